"""The reviews in a collection of Anki, row by row; a row that makes no sense says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd_cards.anki import guid
from mlsd_cards.anki.collection import Collection
from mlsd_cards.anki.revlog import Row

ROWS = (
    "SELECT n.guid, c.ord, r.id, r.ease, r.ivl, r.lastIvl, r.factor, r.time, r.type FROM revlog r "
    "LEFT JOIN cards c ON c.id = r.cid LEFT JOIN notes n ON n.id = c.nid "
    "ORDER BY n.guid, c.ord, r.id"
)


class Review(NamedTuple):
    """A row of the log. ``card`` is its card by our names, None for a card of anybody else's;
    ``row`` is None if what stands there can be no review."""

    card: str | None
    row: Row | None


def count(collection: Collection) -> int:
    """How many rows the log has."""
    return sum(rows for (rows,) in collection.rows("SELECT count(*) FROM revlog"))


def reviews(collection: Collection, until: int) -> Iterator[Review]:
    """Every row of the log, those of one card together and in order. Nothing is later than
    ``until`` (ms): a date in the future would go before all answers to come."""
    for name, ordinal, *values in collection.rows(ROWS):
        known = guid.read(name) if isinstance(name, str) else None
        card = known.card(ordinal) if known and type(ordinal) is int else None
        yield Review(card, _row(values, until))


def _row(values: list[object], until: int) -> Row | None:
    if not all(type(value) is int for value in values):
        return None
    row = Row._make(values)
    return row if 0 < row.id <= until else None
