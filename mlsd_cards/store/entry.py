"""What a paper needs to know of a card, in a module of its own: no review needs it."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.schedule.state import NEW
from mlsd_cards.store.catalogue import DAILY, EVERYTHING, Catalogue, Filter, narrowed
from mlsd_cards.store.schema import TAKEN_BACK, WRONG

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


def entries(
    catalogue: Catalogue, wanted: Filter = EVERYTHING, *, wrong: bool = False
) -> list[Entry]:
    """All cards that can stand in a quiz: no rubrics, and none that is suspended.

    Wrong answers are counted only if ``wrong``, which takes a query of its own.
    """
    where, values = narrowed(wanted)
    rows = catalogue.store.connection.execute(
        f"SELECT {COLUMNS} FROM card c LEFT JOIN state s ON s.card = c.id "
        f"WHERE c.library = ? AND {DAILY} AND ifnull(s.suspended, 0) = 0 {where}",
        (catalogue.library, *values),
    )
    failed = _wrong(catalogue) if wrong else {}
    return [
        Entry._make((*row[:7], tuple(row[7].split()), *row[8:], failed.get(row[0], 0)))
        for row in rows
    ]


def _wrong(catalogue: Catalogue) -> dict[str, int]:
    """How often each card was answered wrong; what was taken back does not count."""
    rows = catalogue.store.connection.execute(
        f"SELECT card, count(*) FROM event WHERE {WRONG} "
        f"AND uid NOT IN ({TAKEN_BACK}) GROUP BY card"
    )
    return dict(rows.fetchall())
