"""The sources of a library as works, with all that is known of them."""

from __future__ import annotations

from mlsd_cards.cards.source import Source
from mlsd_cards.store.catalogue import Catalogue


def work(catalogue: Catalogue, key: str) -> Source | None:
    """The source of that key."""
    kept = catalogue.kept(key)
    return Source(key, *kept[2:]) if kept else None


def works(catalogue: Catalogue) -> list[Source]:
    """Every source, by key."""
    keys = catalogue.store.connection.execute(
        "SELECT DISTINCT key FROM source WHERE library = ? ORDER BY key", (catalogue.library,)
    ).fetchall()
    return [found for (key,) in keys if (found := work(catalogue, key))]
