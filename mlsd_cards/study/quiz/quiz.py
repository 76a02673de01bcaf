"""A quiz at a moment: its rules, its questions and what stands on them, its clock.

What stands on a question is its answer, whether it was confirmed or not: when the quiz is handed
in, by hand or by its clock, it counts as it stands. Nothing of right or wrong shows before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.quiz import keys as quizkeys
from mlsd_cards.study.quiz.item import Item, restored

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placement import Offer, Plan
    from mlsd_cards.study.quiz.outcome import Outcome

ASK, RATE, LIST, SAVING, OFFER, OVER = "ask", "rate", "list", "saving", "offer", "over"
"""The phases: a question, how sure its answer is, all of them, waiting for the disk, what else a
placement could place, the end."""

STILL = frozenset({SAVING, OFFER, OVER})
"""The phases in which no clock runs."""

HANDED_IN, TIME, BROKEN_OFF = "handed in", "time", "broken off"
"""How a quiz ends: by hand, by its clock, or from outside after it was left."""


UNLIMITED = 1000 * 3_600_000
"""The limit (ms) of a quiz that has none: more than anybody takes."""


class Rules(NamedTuple):
    """What holds for the whole quiz. ``limit`` and ``each`` (for a question, or None) are in ms;
    with ``certainty`` each answer is followed by how sure it is; right answers to due cards are
    reviews if ``counted``; ``placing`` starts cards that are known."""

    title: str
    seed: int
    limit: int
    each: int | None = None
    certainty: bool = False
    counted: bool = False
    placing: bool = False

    @property
    def timed(self) -> bool:
        """Whether its time is limited."""
        return self.limit < UNLIMITED


@dataclass(frozen=True, slots=True)
class Quiz:
    """Everything that the screen shows. ``items`` is never empty; ``at`` is when the clock was last
    read, ``left`` what was left then, ``kept_left`` what the disk knows of it, and ``paused`` the
    time for which it stood still (all ms). ``visit`` counts the questions that were opened.

    A placement grows by its ``plan``, ``asked`` counts its questions, those that have gone since
    too; ``offers`` are what it could place beside, with a ``cursor``
    and those that are ``chosen``.
    """

    rules: Rules
    items: tuple[Item, ...]
    left: int
    at: int
    place: int = 0
    phase: str = ASK
    panel: str = ""
    number: str = ""
    visit: int = 0
    paused: int = 0
    kept_left: int = 0
    how: str = ""
    rolled: int = 0
    note: str = ""
    outcome: Outcome | None = None
    plan: Plan | None = None
    asked: int = 0
    offers: tuple[Offer, ...] = ()
    cursor: int = 0
    chosen: frozenset[int] = frozenset()

    @property
    def item(self) -> Item:
        """The question at hand."""
        return self.items[self.place]

    @property
    def is_asking(self) -> bool:
        """Whether the question itself is on the screen."""
        return self.phase in {ASK, RATE} and not self.panel

    @property
    def keys(self) -> tuple[Binding, ...]:
        """The keys of this moment."""
        if self.phase != ASK:
            listed = quizkeys.FAR_LISTED if self.rules.placing else quizkeys.LISTED
            tables = {RATE: quizkeys.RATING, LIST: listed, OVER: quizkeys.OVER}
            return {**tables, OFFER: quizkeys.OFFERED}.get(self.phase, ())
        return quizkeys.placing(self._answering) if self.rules.placing else self._answering

    @property
    def menu(self) -> tuple[Binding, ...]:
        """What can be done beside answering."""
        return quizkeys.PLACING if self.rules.placing else quizkeys.MENU

    @property
    def _answering(self) -> tuple[Binding, ...]:
        """The keys of the question at hand."""
        item = self.item
        drawn = bindings.DRAWN if item.question.card.kind == "diagram" else ()
        if item.is_shown:
            return quizkeys.SAYING + drawn
        if item.front.lines and item.front.lines.held:
            return quizkeys.HOLDING
        return quizkeys.ANSWERING[item.question.form] + drawn

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(item.given) for item in self.items)

    @property
    def open(self) -> list[int]:
        """The places of the questions that can still be answered and are not; in a placement an
        answer is one once it is final."""
        taken = self.rules.placing
        return [
            at
            for at, item in enumerate(self.items)
            if not (item.locked or (item.given and not taken))
        ]

    @property
    def used(self) -> int:
        """The time that was used, in ms."""
        return self.rules.limit - self.left

    @property
    def each_left(self) -> int | None:
        """What is left for the question at hand, in ms; None without such a limit."""
        each = self.rules.each
        return None if each is None else max(0, each - self.item.took)

    @property
    def wait(self) -> int | None:
        """In how many ms, from ``at``, a clock on the screen shows another second; None once there
        is none."""
        if self.phase in STILL or not self.left:
            return None
        clocks = [self.left]
        if self.phase in {ASK, RATE} and self.each_left is not None:
            clocks.append(self.each_left)
        return min(clock % 1000 or 1000 for clock in clocks)

    @property
    def said(self) -> str:
        """The one line of status."""
        return self.note or (self.item.front.note if self.phase == ASK else "")

    # as a screen sees it

    @property
    def focus(self) -> tuple[object, ...]:
        """What the screen follows."""
        here = self.item.front.focus if self.is_asking else ()
        return self.phase, self.panel, self.visit, self.cursor, here

    @property
    def scroll(self) -> int:
        """The first line in sight."""
        return self.item.front.scroll if self.is_asking else self.rolled

    @property
    def pan(self) -> int:
        """The first column of a drawing that is in sight."""
        return self.item.front.pan

    def scrolled(self, scroll: int, pan: int) -> Quiz:
        """The same, with another line first and another column of a drawing."""
        if not self.is_asking:
            return replace(self, rolled=scroll)
        return self.put(front=self.item.front.scrolled(scroll, pan))

    def put(self, **changed: Any) -> Quiz:
        """The same with something changed on the question at hand."""
        return self.having(self.place, replace(self.item, **changed))

    def having(self, place: int, item: Item) -> Quiz:
        """The same with that question in a place."""
        return replace(self, items=(*self.items[:place], item, *self.items[place + 1 :]))


def begin(rules: Rules, items: tuple[Item, ...], now: int) -> Quiz:
    """The quiz with its first question on the screen."""
    return Quiz(rules, items, rules.limit, now, kept_left=rules.limit)


def taken_up(quiz: Quiz, prints: list[str], notes: Iterable[dict[str, Any]], left: int) -> Quiz:
    """A quiz that was left, with what was noted of it. ``prints`` are what the paper asked then, by
    its places: an answer to a question that has changed since is dropped. ``left`` is the time (ms)
    that was left."""
    given: dict[int, dict[str, Any]] = {}
    flagged: dict[int, bool] = {}
    paused = 0
    for note in notes:
        paused += note.get("paused", 0)
        if "flagged" in note:
            flagged[note["item"]] = note["flagged"]
        elif "given" in note:
            given[note["item"]] = note
    items, changed = [], 0
    for item in quiz.items:
        note, each = given.get(item.index, {}), quiz.rules.each
        same = prints[item.index : item.index + 1] == [item.print]
        changed += bool(note.get("given")) and not same
        took = note.get("took", 0)
        made = item
        if note and same:
            made = restored(item, note["given"], note["certainty"], took)
        locked = each is not None and took >= each
        made = replace(made, took=took, flagged=flagged.get(item.index, False), locked=locked)
        items.append(made.closed if quiz.rules.placing and is_final(made) else made)
    taken = replace(quiz, items=tuple(items), left=left, kept_left=left, paused=paused)
    words = f"{changed} changed since and asked anew." if changed else ""
    if not taken.open:
        return replace(taken, phase=LIST, note=words)
    return replace(taken, place=taken.open[0], note=words)


def is_final(item: Item) -> bool:
    """Whether an answer of a placement was given with its certainty, or passed over."""
    return item.passed or bool(item.given and item.certainty)


def clock(ms: int) -> str:
    """A time as it stands on a clock: 7:12, 1:02:03; the last moment of a second is still it."""
    seconds = -(-ms // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
