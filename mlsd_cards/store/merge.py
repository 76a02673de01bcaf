"""Events from elsewhere, taken into the log."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.kept_count import keep_up, spoil
from mlsd_cards.store.log import Event
from mlsd_cards.store.schema import INSERT_EVENT

_INSERT_NEW = INSERT_EVENT.replace("INSERT", "INSERT OR IGNORE")

JOINED = "joined"
"""Under which the store counts how often events came in that this machine did not make."""


def merge(store: Store, events: Iterable[Event]) -> int:
    """Take in events from elsewhere; those already here are passed over. How many were new."""
    with store.write():
        cards, kinds, added, first = set(), set(), 0, 0
        for event in events:
            if store.connection.execute(_INSERT_NEW, event).rowcount:
                first = min(first, event.time) if added else event.time
                added += 1
                cards.add(event.card)
                kinds.add(event.kind)
        if log.IDENTIFIED in kinds:  # other ids for what the files hold: read them again
            store.connection.execute("UPDATE deck_file SET mtime = -1")
        if added:
            spoil(store.connection, first)
            store.connection.execute(
                "INSERT INTO meta VALUES (?, '1') "
                "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
                (JOINED,),
            )
        store.refold(cards)
        if added:
            keep_up(store.connection)
    return added


def joined(store: Store) -> int:
    """How often events came in from elsewhere."""
    row = store.connection.execute("SELECT value FROM meta WHERE key = ?", (JOINED,)).fetchone()
    return int(row[0]) if row else 0
