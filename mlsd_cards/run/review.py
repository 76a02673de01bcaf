"""The review loop: keys from a terminal to the session, its effects to the store, and back."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from mlsd_cards.app import App, monotonic
from mlsd_cards.errors import StaleError, UserError
from mlsd_cards.schedule.state import PASS, State
from mlsd_cards.store import log
from mlsd_cards.study import reply
from mlsd_cards.study.effect import Act, Edit, Effect, Flag, Leave, Look, Record, TakeBack
from mlsd_cards.study.history import grade_name, line, steps
from mlsd_cards.study.session import OVER, Session, Turn, press
from mlsd_cards.study.summary import closing

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter, Found
    from mlsd_cards.store.log import Folded
    from mlsd_cards.study.agenda import Limits
    from mlsd_cards.terminal import Terminal


class Runner:
    """One review from its agenda to its end."""

    def __init__(
        self,
        app: App,
        terminal: Terminal[Session],
        wanted: Filter,
        limits: Limits,
        since: int = 0,
    ) -> None:
        """``since`` is the first day of a plan's final sweep, 0 where there is none."""
        self.app = app
        self.since = since
        self.terminal = terminal
        self.wanted = wanted
        self.limits = limits

    def run(self, session: Session) -> Session:
        """The session at its end; every answer is on the disk before the next card shows."""
        session = reply.begin(session)
        gc.enable()  # off since the start of the program
        with self.terminal:
            while True:
                session = self.terminal.paint(self._ready(session))
                key = self.terminal.key()
                if key is None:
                    continue
                session, effects = press(session, key, monotonic())
                for effect in effects:
                    if isinstance(effect, Leave):
                        return session
                    session = self._carry_out(session, effect)

    def _ready(self, session: Session) -> Session:
        """The session with the card that it wants loaded, or with its end written."""
        while card := session.wanted:
            found = self.app.catalogue.find(card)
            if found is None or not found.card.daily:
                session = reply.passed_over(session, f"{card} is no longer in the decks")
                continue
            try:
                turn = self._turn(found, session)
            except ValueError as error:  # a generator that finds no fair numbers
                session = reply.passed_over(session, f"{card} cannot be asked: {error}")
                continue
            if turn is None:
                session = reply.passed_over(session, f"{card} was answered or put away elsewhere")
                continue
            session = reply.show(session, turn, monotonic())
        if session.phase == OVER and not session.closing:
            agenda = self.app.agenda(self.wanted, self.limits)
            outlook = self.app.outlook(self.wanted, agenda)
            lines = closing(session.answers, outlook, practice=session.practice)
            session = reply.ended(session, lines)
        return session

    def _turn(self, found: Found, session: Session) -> Turn | None:
        """The card as it is to be asked now, or None if another window has dealt with it."""
        from mlsd_cards.cards.question import ask

        store, day = self.app.store, self.app.moment().day
        folded = store.folded(found.card.id)
        state = folded.state
        if not session.practice and not waits(folded, day, self.since):
            return None
        kind = "new" if state.last is None else "again" if state.last >= day else "due"
        return Turn(
            question=ask(found.card, folded.showings),
            deck=found.deck,
            kind="practice" if session.practice else kind,
            head=folded.head,
            futures=self._futures(state, day, session),
            state=state,
            day=day,
            marked=folded.marked,
            source="; ".join(self._citation(key) for key in found.card.sources),
        )

    def _futures(self, state: State, day: int, session: Session) -> dict[int, State]:
        """The schedule after each grade; in a backlog only failures are repeated the same day."""
        futures = self.app.store.scheduler.choices(state, day)
        if not session.backlog:
            return futures
        return {
            grade: after._replace(drill=after.drill and grade < PASS)
            for grade, after in futures.items()
        }

    def _citation(self, key: str) -> str:
        source = self.app.catalogue.source(key)
        return source[0] if source else key

    def _carry_out(self, session: Session, effect: Effect) -> Session:
        try:
            match effect:
                case Record():
                    return self._record(session, effect)
                case Act():
                    return self._act(session, effect)
                case TakeBack():
                    return self._take_back(session)
                case Edit():
                    return self._edit(session, effect.card)
                case Flag():
                    return self._flag(session, effect)
                case Look():
                    return reply.looked(session, effect.what, self._look(effect))
        except StaleError:
            return reply.stale(session, "Changed elsewhere meanwhile: nothing saved, shown again.")
        except UserError as error:
            return reply.unsaved(session, f"NOT saved: {error}")
        raise AssertionError(effect)

    def _record(self, session: Session, answer: Record) -> Session:
        turn, moment = session.turn, self.app.moment()
        if turn and not session.practice:
            # A new day, or a setting changed in another window: the keys no longer say the truth.
            now = self._futures(turn.state, moment.day, session)
            if now != turn.futures:
                raise StaleError("")
        event, after = self.app.store.append(
            log.REVIEWED,
            answer.card,
            moment,
            head=answer.head,
            grade=answer.grade,
            scale=session.scale,
            took=answer.took,
            source=log.PRACTICE if session.practice else log.REVIEW,
        )
        return reply.recorded(session, event.uid, answer.grade, answer.took, after.state)

    def _act(self, session: Session, act: Act) -> Session:
        head = session.turn.head if session.turn else None
        _, after = self.app.store.append(act.kind, act.card, self.app.moment(), head=head)
        return reply.acted(session, act.kind, act.card, after.head)

    def _take_back(self, session: Session) -> Session:
        from mlsd_cards.store.undo import undo

        event = undo(self.app.store, self.app.moment())
        if event is None:
            return reply.taken_back(session, "", "", "", ask=False)
        after = self.app.store.folded(event.card)
        what = f"{grade_name(event)} on {event.card}"
        if event.kind in {log.MARKED, log.UNMARKED, log.FLAGGED, log.UNFLAGGED}:
            session = reply.remarked(session, event.card, after.marked, event.uid)
            return reply.taken_back(session, event.uid, event.card, what, ask=False)
        found = self.app.catalogue.find(event.card)
        asked = found is not None and found.card.daily
        ask = asked and (session.practice or waits(after, self.app.moment().day, self.since))
        new = after.state.last is None
        return reply.taken_back(session, event.uid, event.card, what, ask=ask, new=new)

    def _flag(self, session: Session, flag: Flag) -> Session:
        payload = log.remark(flag.note)
        event, _ = self.app.store.append(log.FLAGGED, flag.card, self.app.moment(), payload=payload)
        return reply.flagged(session, flag.card, event.uid)

    def _edit(self, session: Session, card: str) -> Session:
        """Leave the terminal to the editor. A card that it changed is asked anew; one that it made
        unreadable stays on the screen as it was, so that it can be edited again."""
        from mlsd_cards.editing import desk

        try:
            with self.terminal.paused():
                outcome = desk.edit(self.app, card)
        except UserError as error:
            return reply.said(session, " ".join(str(error).split("\n")))
        words = desk.told(card, outcome)
        if outcome.found and outcome.is_new:
            return reply.asked_again(session, outcome.found.card.id, words)
        if outcome.found or outcome.errors:
            return reply.said(session, words)
        return reply.dropped(session, words)

    def _look(self, look: Look) -> tuple[str, ...]:
        if look.what == "source":
            found = self.app.catalogue.find(look.card)
            keys = found.card.sources if found else ()
            sources = [self.app.catalogue.source(key) or ("", key) for key in keys]
            return tuple(source[1] for source in sources) or ("This card names no source.",)
        told = steps(self.app.store.events(look.card), self.app.store.scheduler)
        return (look.card, *map(line, told)) if told else (look.card, "Never answered yet.")


def waits(folded: Folded, day: int, since: int = 0) -> bool:
    """Whether the card is to be asked on ``day``: new, due, still to be repeated, or not asked yet
    in a final sweep that began on the day ``since``; and not put away."""
    state = folded.state
    away = folded.suspended or (folded.buried is not None and folded.buried >= day)
    again = state.drill and state.last is not None and state.last >= day
    return not away and (state.last is None or state.due <= day or again or state.last < since)
