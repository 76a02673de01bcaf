"""What the cards of a library have before them: when they are due, and which are hard. Cards that
are put away are left out."""

from __future__ import annotations

from json import dumps
from typing import NamedTuple

from mlsd_cards.schedule.state import LEECH
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed


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
    mine, values = _mine(catalogue, wanted)
    return catalogue.store.connection.execute(
        "SELECT s.due, count(*) FROM state s "
        f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due < ? AND {mine} GROUP BY s.due",
        (until, *values),
    ).fetchall()


def hardest(catalogue: Catalogue, most: int, wanted: Filter = EVERYTHING) -> list[Hard]:
    """The ``most`` cards that were forgotten most often since they were new, the hardest first."""
    mine, values = _mine(catalogue, wanted)
    first = "ORDER BY s.lapses DESC, s.ef, s.card"
    rows = catalogue.store.connection.execute(
        "SELECT c.id, c.deck, c.topic, s.lapses, s.ef FROM (SELECT card, lapses, ef FROM state s "
        f"WHERE s.lapses > 0 AND s.suspended = 0 AND {mine} {first} LIMIT ?) s "
        f"JOIN card c ON c.library = ? AND c.id = s.card {first}",
        (*values, most, catalogue.library),
    )
    return [Hard._make(row) for row in rows]


def leeches(catalogue: Catalogue, wanted: Filter = EVERYTHING) -> int:
    """How many cards cost more than they teach."""
    mine, values = _mine(catalogue, wanted)
    row = catalogue.store.connection.execute(
        f"SELECT count(*) FROM state s WHERE s.lapses >= ? AND s.suspended = 0 AND {mine}",
        (LEECH, *values),
    ).fetchone()
    return int(row[0])


def _mine(catalogue: Catalogue, wanted: Filter) -> tuple[str, tuple[object, ...]]:
    """A condition on ``s.card``, with its values: it is in the library, and wanted."""
    if any(wanted):
        where, values = narrowed(wanted)
        cards = f"s.card IN (SELECT c.id FROM card c WHERE c.library = ? {where})"
        return cards, (catalogue.library, *values)
    if strangers := _strangers(catalogue):
        return "s.card NOT IN (SELECT value FROM json_each(?))", (dumps(strangers),)
    return "1", ()


def _strangers(catalogue: Catalogue) -> list[str]:
    """The cards that were seen and are not in the library: few, and mostly none, while to look up
    all that are in it takes longer than all else here."""
    execute, library = catalogue.store.connection.execute, catalogue.library
    seen = execute("SELECT count(*) FROM state WHERE last IS NOT NULL").fetchone()[0]
    cards = execute("SELECT count(*) FROM card WHERE library = ?", (library,)).fetchone()[0]
    unseen = "SELECT count(*) FROM card WHERE library = ? AND unseen = 1"
    if seen == cards - execute(unseen, (library,)).fetchone()[0]:
        return []
    rows = execute(
        "SELECT s.card FROM state s WHERE s.last IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM card c WHERE c.library = ? AND c.id = s.card)",
        (library,),
    )
    return [row[0] for row in rows]
