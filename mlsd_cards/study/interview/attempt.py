"""An attempt at an interview: what it began with, and what was noted down since.

Everything that the person does is a small mapping, which goes into the log first and then through
``noted``; so an attempt that is read back from the log is the one that was broken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast

from mlsd_cards.cards.rubric import STEPS, Rubric
from mlsd_cards.study.interview.timetable import FollowUp, Timetable, follow_ups, timetable

MUST, STRONG, FLAG = "must", "strong", "flag"
"""What a rubric lists for a step, under the names that the log has for them."""


class Item(NamedTuple):
    """A line of the rubric: number ``which`` of its kind in a step."""

    step: int
    kind: str
    which: int
    text: str


class Asked(NamedTuple):
    """The follow-up ``which`` came in a step, after its first ``place`` notes."""

    step: int
    which: int
    place: int


class Said(NamedTuple):
    """A line of a step: a note, or a question of theirs."""

    text: str
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt. ``only`` is the step that is rehearsed alone; ``spent`` are the ms of each step,
    ``paused`` those in which the program was stopped. ``marks`` are the points of the rubric's
    lines, by step, kind and index; a line without any is not there. ``scoring`` says that the
    interview is over and the rubric is open."""

    case: Rubric
    title: str
    seed: int
    minutes: float
    only: int | None
    table: Timetable
    follow_ups: tuple[FollowUp, ...]
    at: int
    spent: tuple[int, ...] = (0,) * len(STEPS)
    paused: int = 0
    notes: tuple[tuple[str, ...], ...] = ((),) * len(STEPS)
    asked: tuple[Asked, ...] = ()
    scoring: bool = False
    marks: Mapping[tuple[int, str, int], int] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """The ms of all steps."""
        return sum(self.spent)

    @property
    def left(self) -> int:
        """The ms that are left of the interview; negative when it is over."""
        return self.table.whole - self.used

    @property
    def step(self) -> str:
        """The name of the present step."""
        return STEPS[self.at]

    def passed(self, elapsed: int) -> Attempt:
        """The attempt when the clock of the present step has gone on by ``elapsed`` ms."""
        return self._spend(self.at, self.spent[self.at] + elapsed)

    def timed(self, left: int | None) -> Attempt:
        """The attempt with that many ms left, as the clock was last kept: the present step had the
        time that the others did not have."""
        if left is None or self.scoring:
            return self
        others = self.used - self.spent[self.at]
        return self._spend(self.at, max(self.spent[self.at], self.table.whole - left - others))

    def _spend(self, step: int, spent: int) -> Attempt:
        return replace(self, spent=(*self.spent[:step], spent, *self.spent[step + 1 :]))

    def due(self) -> tuple[FollowUp, ...]:
        """The questions whose moment has come; that of a step which was left before comes late."""
        asked = {one.which for one in self.asked}
        spent, at = self.spent[self.at], self.at
        return tuple(
            one
            for one in self.follow_ups
            if one.which not in asked and (one.step < at or (one.step == at and one.at <= spent))
        )

    def said(self, step: int) -> tuple[Said, ...]:
        """The notes of a step, and between them the questions that came in it."""
        lines = [Said(text) for text in self.notes[step]]
        for one in reversed([one for one in self.asked if one.step == step]):
            question = self.case.follow_ups[one.which]
            lines.insert(min(one.place, len(self.notes[step])), Said(question, theirs=True))
        return tuple(lines)

    def neighbour(self, by: int) -> int | None:
        """The number of the step that many steps on, if it is played."""
        return self.at + by if self.at + by in self.table.played else None

    @property
    def items(self) -> tuple[Item, ...]:
        """The lines of the rubric that are marked, in order."""
        return tuple(
            Item(number, kind, index, text)
            for number in self.table.played
            for kind, texts in lines_of(self.case, number).items()
            for index, text in enumerate(texts)
        )

    def mark(self, item: Item) -> int | None:
        """The points of a line: of a must 0 to 2, else 1 if it is so; None if nobody has said."""
        return self.marks.get(item[:3])

    @property
    def unmarked(self) -> tuple[Item, ...]:
        """The musts without points."""
        return tuple(one for one in self.items if one.kind == MUST and self.mark(one) is None)

    # the log

    def paper(self) -> dict[str, Any]:
        """What the attempt began with, for the log. The rubric is in it, so that what was begun can
        be gone on with, however the deck has changed."""
        from mlsd_cards.cards.card import encode

        return {
            "card": self.case.id,
            "title": self.title,
            "seed": self.seed,
            "minutes": self.minutes,
            "step": None if self.only is None else STEPS[self.only],
            "follow_ups": [list(one) for one in self.follow_ups],
            "rubric": encode(self.case),
        }

    def noted(self, what: Mapping[str, Any]) -> Attempt:
        """The attempt after one entry of its log; what this program does not know changes nothing.

        ``clock`` are the ms of all steps, ``step`` the present one; ``line`` is a note more in it,
        ``text`` all of its notes, ``asked`` a follow-up that came; ``must``, ``strong`` and
        ``flag`` are a step, an index and points; ``paused`` are ms.
        """
        made = replace(self, paused=self.paused + what.get("paused", 0))
        if "clock" in what:
            made = replace(made, spent=tuple(what["clock"]))
        if "step" in what:
            made = replace(made, at=what["step"])
        if "line" in what:
            made = made._with_notes((*made.notes[made.at], what["line"]))
        if "text" in what:
            made = made._with_notes(tuple(lines_in(what["text"])))
        if "asked" in what and what["asked"] not in {one.which for one in made.asked}:
            asked = Asked(made.at, what["asked"], len(made.notes[made.at]))
            made = replace(made, asked=(*made.asked, asked))
        for kind in (MUST, STRONG, FLAG):
            if kind in what:
                step, index, points = what[kind]
                made = replace(made, marks={**made.marks, (step, kind, index): points})
        return replace(made, scoring=True) if what.get("scoring") else made

    def _with_notes(self, notes: tuple[str, ...]) -> Attempt:
        return replace(self, notes=(*self.notes[: self.at], notes, *self.notes[self.at + 1 :]))


def lines_of(case: Rubric, step: int) -> dict[str, tuple[str, ...]]:
    """What the rubric lists for a step, by kind."""
    one = case.steps[step]
    return {MUST: one.must, STRONG: one.strong, FLAG: one.red_flag}


def lines_in(text: str) -> list[str]:
    """The notes in a text: its lines, without those that are empty."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def begin(
    case: Rubric, title: str, seed: int, minutes: float | None = None, only: int | None = None
) -> Attempt:
    """A new attempt, in ``minutes`` or those of the case."""
    from mlsd_cards.study.interview.timetable import usual

    minutes = usual(case) if minutes is None else minutes
    table = timetable(case, minutes, only)
    drawn = follow_ups(case, table, seed)
    return Attempt(case, title, seed, minutes, only, table, drawn, table.played[0])


def read(paper: Mapping[str, Any], notes: Iterable[Mapping[str, Any]]) -> Attempt | None:
    """The attempt that began with ``paper``, after what was noted since; None if that makes no
    sense, since anybody may have written it."""
    from mlsd_cards.cards.shape import NONSENSE, fits

    try:
        made = _read(paper, notes)
        return made if fits(made, Attempt) and _is_whole(made) else None
    except NONSENSE:
        return None


def _read(paper: Mapping[str, Any], notes: Iterable[Mapping[str, Any]]) -> Attempt:
    from mlsd_cards.cards.card import decode

    case = cast(Rubric, decode(Rubric.kind, paper["rubric"]))
    only = None if paper["step"] is None else STEPS.index(paper["step"])
    made = begin(case, paper["title"], paper["seed"], paper["minutes"], only)
    made = replace(made, follow_ups=tuple(FollowUp._make(one) for one in paper["follow_ups"]))
    for what in notes:
        made = made.noted(what)
    return made


def _is_whole(made: Attempt) -> bool:
    """Whether its numbers are those of steps, questions and points that there are."""
    questions = set(range(len(made.case.follow_ups)))
    return (
        tuple(step.step for step in made.case.steps) == STEPS
        and len(made.spent) == len(made.notes) == len(STEPS)
        and made.at in made.table.played
        and {one.which for one in made.asked} <= questions
        and {one.which for one in made.follow_ups} <= questions
        and all(points in (0, 1, 2) for points in made.marks.values())
    )
