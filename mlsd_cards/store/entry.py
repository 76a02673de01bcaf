"""What a paper needs to know of a card, in a module of its own: no review needs it."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.schedule.state import NEW

COLUMNS = (
    "c.id, c.note, c.deck, c.topic, c.kind, c.difficulty, c.expected_s, c.requires, c.position, "
    f"ifnull(s.showings, 0), ifnull(s.lapses, 0), ifnull(s.ef, {NEW.ef}), s.last"
)
"""The fields of an entry up to ``last``, from a card ``c`` and its state ``s``, if it has one."""


class Entry(NamedTuple):
    """A card that can stand in a quiz.

    ``requires`` names notes. ``expected_s`` is in seconds, ``ef`` in hundredths; ``last`` is None
    for a card never reviewed. ``wrong`` counts wrong answers in reviews, practice and quizzes,
    those before a reset too.
    """

    card: str
    note: str
    deck: str
    topic: str
    kind: str
    difficulty: int
    expected_s: int
    requires: tuple[str, ...]
    position: int
    showings: int = 0
    lapses: int = 0
    ef: int = NEW.ef
    last: int | None = None
    wrong: int = 0
