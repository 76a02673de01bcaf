"""What the cards of a library have before them: when they are due, and which are hard. Cards that
are put away are left out."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.schedule.state import LEECH
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed

_IN_LIBRARY = "state s CROSS JOIN card c INDEXED BY card_paper ON c.library = ? AND c.id = s.card"
"""That index holds all that is asked of a card, but for tags. A rubric has no state to be left out
for: nobody can answer one in a review."""


class Hard(NamedTuple):
    """A card that was forgotten ``lapses`` times; ``ef`` in hundredths."""

    card: str
    deck: str
    topic: str
    lapses: int
    ef: int


def due_days(
    catalogue: Catalogue, until: int, wanted: Filter = EVERYTHING
) -> list[tuple[int, int]]:
    """How many cards are due on each day before ``until``."""
    where, values = narrowed(wanted)
    return catalogue.store.connection.execute(
        f"SELECT s.due, count(*) FROM {_IN_LIBRARY} "
        f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due < ? {where} "
        "GROUP BY s.due",
        (catalogue.library, until, *values),
    ).fetchall()


def hardest(catalogue: Catalogue, most: int, wanted: Filter = EVERYTHING) -> list[Hard]:
    """The ``most`` cards that were forgotten most often since they were new, the hardest first."""
    where, values = narrowed(wanted)
    rows = catalogue.store.connection.execute(
        f"SELECT c.id, c.deck, c.topic, s.lapses, s.ef FROM {_IN_LIBRARY} "
        f"WHERE s.lapses > 0 AND s.suspended = 0 {where} "
        "ORDER BY s.lapses DESC, s.ef, c.position LIMIT ?",
        (catalogue.library, *values, most),
    )
    return [Hard._make(row) for row in rows]


def leeches(catalogue: Catalogue, wanted: Filter = EVERYTHING) -> int:
    """How many cards cost more than they teach."""
    where, values = narrowed(wanted)
    row = catalogue.store.connection.execute(
        f"SELECT count(*) FROM {_IN_LIBRARY} WHERE s.lapses >= ? AND s.suspended = 0 {where}",
        (catalogue.library, LEECH, *values),
    ).fetchone()
    return int(row[0])
