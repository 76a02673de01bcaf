"""What was given to a question that the program can mark: whether it is whole, and its mark."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards.marking import (
    Mark,
    Verdict,
    accepted,
    mark_number,
    mark_order,
    mark_picks,
    mark_text,
)
from mlsd_cards.cards.question import TYPE, Question
from mlsd_cards.study.arrangement import Arrangement


class Given(NamedTuple):
    """Options picked, a text typed, lines put in order: one of them, as the question asks."""

    picked: frozenset[int]
    text: str
    lines: Arrangement | None

    @property
    def nothing(self) -> bool:
        """Whether all is as it was shown."""
        moved = self.lines and not self.lines.untouched
        return not (self.picked or self.text.strip() or moved)

    @property
    def missing(self) -> str:
        """What to say of an answer that is not there, or not whole; empty where it is."""
        if self.lines and self.lines.waiting:
            placed = f"{self.lines.waiting} lines have no place yet."
            return f"{placed} Enter again takes them as they stand."
        if self.nothing:
            return "No answer yet. Enter again shows it, and counts as not known."
        return ""

    def mark(self, question: Question) -> Mark:
        """The mark; ValueError says why the text cannot be read."""
        if self.nothing:
            return Mark(Verdict.WRONG, 0.0, "not answered")
        if self.lines:
            return mark_order(question, self.lines.order)
        if question.form == TYPE:
            typed = accepted(question) is not None
            return (mark_text if typed else mark_number)(question, self.text)
        return mark_picks(question, self.picked)
