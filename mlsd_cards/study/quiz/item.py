"""A question of a quiz and what stands on it: picked, typed, put in order, or said of oneself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from mlsd_cards.cards.question import RECALL, TYPE, Question
from mlsd_cards.schedule.state import NEW
from mlsd_cards.study.given import Given
from mlsd_cards.study.session import BACK, Session, Turn

if TYPE_CHECKING:
    from mlsd_cards.cards.marking import Mark, Verdict

WRONG, PARTLY, RIGHT = 1, 2, 3
"""What a person says of an answer that only a person can mark."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``front`` is its face as a review has it, with what stands on it; that of a
    question that the program cannot mark turns over. ``index`` is its place on the paper, ``took``
    is in ms, ``kept`` what was last noted: given, certainty, took. A ``locked`` one has had its
    time, or its answer is final; one that was ``passed`` over in a placement is not known.
    ``verdict`` is that of a final answer: it is looked at too often to be made each time.
    """

    front: Session
    index: int
    said: int = 0
    certainty: int = 0
    took: int = 0
    flagged: bool = False
    locked: bool = False
    passed: bool = False
    verdict: Verdict | None = None
    kept: tuple[dict[str, Any], int, int] = ({}, 0, 0)

    @property
    def turn(self) -> Turn:
        """What is asked."""
        turn = self.front.turn
        if turn is None:
            raise ValueError("an item without a question")
        return turn

    @property
    def question(self) -> Question:
        """The question."""
        return self.turn.question

    @property
    def is_shown(self) -> bool:
        """Whether the answer is on the screen, for the person to mark."""
        return self.front.phase == BACK

    @property
    def given(self) -> dict[str, Any]:
        """What stands on it, as it is noted; empty where nothing does."""
        front = self.front
        if self.passed:
            return {"passed": True}
        if self.question.form == RECALL:
            return {"said": self.said} if self.said else {}
        if front.lines:
            return {} if front.lines.untouched else {"order": list(front.lines.order)}
        if self.question.form == TYPE:
            return {"text": front.text.strip()} if front.text.strip() else {}
        return {"picked": sorted(front.picked)} if front.picked else {}

    @property
    def is_dirty(self) -> bool:
        """Whether something stands on it that was not noted."""
        return (self.given, self.certainty) != self.kept[:2]

    @property
    def noted(self) -> Item:
        """The same, once all of it is noted."""
        return replace(self, kept=(self.given, self.certainty, self.took))

    @property
    def closed(self) -> Item:
        """The same, its answer final."""
        mark = self.mark()
        return replace(self, locked=True, verdict=mark.verdict if mark else None)

    @property
    def missing(self) -> str:
        """Why what stands on it cannot be taken for an answer; empty if it can."""
        front = self.front
        if not self.given:
            return "No answer yet."
        if front.lines and front.lines.waiting and not front.pressed_empty:
            return f"{front.lines.waiting} lines have no place yet. Enter again takes them so."
        if self.question.form != TYPE:
            return ""
        try:
            Given(front.picked, front.text, front.lines).mark(self.question)
        except ValueError as error:
            return str(error)
        return ""

    @property
    def print(self) -> str:
        """A fingerprint of what is asked: an answer to another text is none to this one."""
        asked = (self.question.prompt, *(one.text for one in self.question.options))
        return f"{crc32(chr(0).join((*asked, *self.question.items)).encode(errors='replace')):08x}"

    def mark(self) -> Mark | None:
        """The mark of what stands on it; None if nothing does."""
        from mlsd_cards.cards.marking import Mark, Verdict

        if self.passed or not self.given:
            return None
        if self.said:
            verdict = {WRONG: Verdict.WRONG, PARTLY: Verdict.PARTLY, RIGHT: Verdict.RIGHT}
            return Mark(verdict[self.said], (self.said - 1) / 2, "")
        front = self.front
        try:
            return Given(front.picked, front.text, front.lines).mark(self.question)
        except ValueError as error:  # handed in before it was whole
            return Mark(Verdict.WRONG, 0.0, str(error))


def fresh(question: Question, index: int, deck: str, source: str = "") -> Item:
    """The question as it is asked first. What can be typed is typed."""
    from mlsd_cards.cards.marking import accepted

    if accepted(question) is not None:
        question = replace(question, form=TYPE)
    front = Session(turn=Turn(question, deck, "quiz", "", {}, NEW, 0, source=source))
    if question.items:
        from mlsd_cards.study.arrangement import begin

        lines = begin(len(question.items), fixed_first=question.fixed_first)
        front = replace(front, lines=lines)
    return Item(front, index)


def restored(item: Item, given: dict[str, Any], certainty: int, took: int) -> Item:
    """The item with what was noted of it; what does not fit the question is left out."""
    front, count = item.front, item.question.count
    said, passed = 0, given == {"passed": True}
    match given:
        case {"said": 1 | 2 | 3 as said} if item.question.form == RECALL:
            front = replace(front, phase=BACK)
        case {"text": str(text)} if item.question.form == TYPE:
            front = replace(front, text=text)
        case {"order": [*order]} if front.lines and _is_order(order, count):
            # with a place for each, none waits for its number
            lines = front.lines._replace(order=tuple(order), placed=count)
            front = replace(front, lines=lines)
        case {"picked": [*picked]} if item.question.options and _are_among(picked, count):
            cursor = picked[0] if len(picked) == 1 else -1
            front = replace(front, picked=frozenset(picked), cursor=cursor)
    made = replace(item, front=front, said=said, passed=passed, certainty=certainty, took=took)
    return made.noted


def _are_among(places: list[Any], count: int) -> bool:
    """Whether these are places of so many."""
    return all(type(place) is int and 0 <= place < count for place in places)


def _is_order(places: list[Any], count: int) -> bool:
    """Whether these are so many places, each once."""
    return _are_among(places, count) and sorted(places) == list(range(count))
