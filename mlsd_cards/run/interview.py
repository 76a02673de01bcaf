"""The loop of an interview: keys and the clock to it, its effects to the store, and back."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_cards.app import App, monotonic
from mlsd_cards.errors import UserError
from mlsd_cards.store import log
from mlsd_cards.store.sitting import INTERVIEW, Sittings
from mlsd_cards.study.interview import reply
from mlsd_cards.study.interview.effect import (
    Begin,
    Call,
    Drop,
    Edit,
    Effect,
    Finish,
    Keep,
    KeepClock,
    Leave,
)
from mlsd_cards.study.interview.interview import Interview
from mlsd_cards.study.interview.score import BROKEN_OFF, SCORED, record, score
from mlsd_cards.study.interview.step import press, tick

if TYPE_CHECKING:
    from mlsd_cards.study.interview.attempt import Attempt
    from mlsd_cards.terminal import Terminal


class InterviewRunner:
    """One interview from its task to its result. ``name`` is that of its sitting, empty before it
    has begun; ``fresh`` is what begins when one that was broken off is not gone on with."""

    def __init__(
        self, app: App, terminal: Terminal[Interview], fresh: Interview, name: str = ""
    ) -> None:
        self.app = app
        self.terminal = terminal
        self.fresh = fresh
        self.name = name
        self.sittings = Sittings(app.store, INTERVIEW)

    def run(self, interview: Interview) -> Interview:
        """The interview as it was left; what was given is on the disk before anything shows."""
        gc.enable()  # off since the start of the program
        with self.terminal:
            while True:
                interview = self.terminal.paint(interview)
                key = self.terminal.key(interview.wait)
                interview, effects = self._take(interview, key)
                interview = self._done(interview, effects)
                if any(isinstance(effect, Leave) for effect in effects):
                    return interview

    def _done(self, interview: Interview, effects: list[Effect]) -> Interview:
        """Carry the effects out, up to the first that fails."""
        try:
            for effect in effects:
                if not isinstance(effect, Leave):
                    interview = self._carry_out(interview, effect)
        except UserError as error:
            return reply.said(interview, f"NOT saved: {' '.join(str(error).split())}")
        return interview

    def _take(self, interview: Interview, key: str | None) -> tuple[Interview, list[Effect]]:
        """Press the key, and those that are there behind it as long as they only are text: a paste
        is painted once."""
        away = self.terminal.away()
        effects: list[Effect] = []
        while key is not None and not effects:
            is_text = interview.typing and (key == "space" or len(key) == 1)
            interview, effects = press(interview, key, monotonic(), away)
            away, key = 0, self.terminal.key(0) if is_text and not effects else None
        return (interview, effects) if effects else tick(interview, monotonic(), away)

    def _carry_out(self, interview: Interview, effect: Effect) -> Interview:
        match effect:
            case Begin():
                return self._begin(interview)
            case Keep(what):
                self.sittings.note(self.name, self.app.moment(), what)
                return reply.kept(interview, what)
            case KeepClock(left):
                self.sittings.keep_clock(self.name, left)
                return interview
            case Edit(text):
                return self._edit(interview, text)
            case Finish():
                return self._finish(interview)
            case Drop():
                return self._drop(interview)
            case Call(back):
                return self._call(interview, back)
        raise AssertionError(effect)

    def _begin(self, interview: Interview) -> Interview:
        self.name = self.sittings.begin(self.app.moment(), interview.attempt.paper())
        return reply.begun(interview, monotonic())

    def _edit(self, interview: Interview, text: str) -> Interview:
        """Leave the terminal to the editor; its time is time of the step."""
        from mlsd_cards.editing.scratch import edited

        note, what = "", {}
        try:
            with self.terminal.paused():
                after = edited(self.app.home, self.name, text)
            if after != text or interview.text:
                what = {"text": after}
        except UserError as error:
            note = " ".join(str(error).split())
        interview, effects = tick(interview, monotonic())
        interview = self._done(interview, [*([Keep(what)] if what else []), *effects])
        return reply.said(interview, note) if note else interview

    def _finish(self, interview: Interview) -> Interview:
        from mlsd_cards.run.lessons import lessons
        from mlsd_cards.study.interview.progress import scored

        earlier = tuple(scored(self.sittings.all()))
        interview = replace(interview, attempt=self._with_all_notes(interview.attempt))
        result = score(interview.attempt, SCORED)
        result = result._replace(lessons=lessons(self.app, interview.attempt, result))
        if not self.sittings.end(self.name, self.app.moment(), record(result)):
            return reply.said(interview, "It was ended in another window: nothing is saved.")
        return reply.finished(interview, result, earlier)

    def _with_all_notes(self, attempt: Attempt) -> Attempt:
        """The attempt with what was noted in other windows too, which this one has not seen."""
        from mlsd_cards.study.interview.attempt import read

        kept = (one for one in self.sittings.open() if one.name == self.name)
        found = next((read(one.paper, one.notes) for one in kept), None)
        return replace(attempt, notes=found.notes) if found else attempt

    def _drop(self, interview: Interview) -> Interview:
        result = score(interview.attempt, BROKEN_OFF)
        self.sittings.end(self.name, self.app.moment(), record(result))
        self.name = ""
        return self.fresh

    def _call(self, interview: Interview, back: bool) -> Interview:
        from mlsd_cards.store.several import append_each, undo_each

        cards = interview.result.cards if interview.result else ()
        if back:
            append_each(self.app.store, log.CALLED, cards, self.app.moment())
        else:
            undo_each(self.app.store, log.CALLED, cards, self.app.moment())
        return reply.called(interview, back)
