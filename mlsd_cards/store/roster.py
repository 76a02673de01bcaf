"""The cards of a library by their names: all of them, a kind's, a note's; put away or not."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed


def ids(catalogue: Catalogue, wanted: Filter = EVERYTHING) -> list[str]:
    """All cards, put away or not, in the order of the library."""
    where, values = narrowed(wanted)
    rows = catalogue.store.connection.execute(
        f"SELECT c.id FROM card c WHERE c.library = ? {where} ORDER BY c.position",
        (catalogue.library, *values),
    )
    return [row[0] for row in rows]


def of_kind(catalogue: Catalogue, kind: str) -> list[str]:
    """The ids of the cards of a kind, in the order of the library."""
    rows = catalogue.store.connection.execute(
        "SELECT id FROM card WHERE library = ? AND kind = ? ORDER BY position",
        (catalogue.library, kind),
    )
    return [row[0] for row in rows]


def cards_of(catalogue: Catalogue, note: str) -> list[str]:
    """The ids of a note's cards, in order."""
    rows = catalogue.store.connection.execute(
        "SELECT id FROM card WHERE library = ? AND id >= ? AND id < ? AND note = ? "
        "ORDER BY position",
        (catalogue.library, note, note + ";", note),  # ';' follows ':', so the range holds them all
    )
    return [row[0] for row in rows]


def names(catalogue: Catalogue, column: str) -> list[str]:
    """All values of ``id``, ``note``, ``deck``, ``topic`` or ``tags`` in the library."""
    if column not in {"id", "note", "deck", "topic", "tags"}:
        raise ValueError(column)
    rows = catalogue.store.connection.execute(
        f"SELECT DISTINCT {column} FROM card WHERE library = ?", (catalogue.library,)
    )
    return [row[0] for row in rows]


def size(catalogue: Catalogue) -> int:
    """How many cards the library holds."""
    count = "SELECT count(*) FROM card WHERE library = ?"
    return int(catalogue.store.connection.execute(count, (catalogue.library,)).fetchone()[0])


def bodies_in_order(
    catalogue: Catalogue, wanted: Filter = EVERYTHING
) -> Iterator[tuple[str, str, str, str, str]]:
    """Note, kind, deck, tags and body of all cards, put away or not, in the order of the
    library, read as they are taken."""
    where, values = narrowed(wanted)
    return catalogue.store.connection.execute(
        "SELECT c.note, c.kind, c.deck, c.tags, c.body FROM card c "
        f"WHERE c.library = ? {where} ORDER BY c.position",
        (catalogue.library, *values),
    )
