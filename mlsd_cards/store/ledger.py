"""The log as a whole: counted, and read through by those who want more than one card of it."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event, Folded
from mlsd_cards.store.schema import COUNTS, EVENT, STATE


def size(store: Store) -> int:
    """How many events the log keeps."""
    return int(store.connection.execute("SELECT count(*) FROM event").fetchone()[0])


def answers(store: Store) -> int:
    """How many answers the log keeps, those taken back included."""
    count = "SELECT count(*) FROM event WHERE kind = ?"
    return int(store.connection.execute(count, (log.REVIEWED,)).fetchone()[0])


def each_event(store: Store) -> Iterator[Event]:
    """Every event, by card and in order, read as they are taken."""
    rows = store.connection.execute(f"SELECT {EVENT} FROM event ORDER BY card, time, device, uid")
    return map(Event._make, rows)


def flags(store: Store) -> dict[str, list[Event]]:
    """The flags that still stand, by card."""
    rows = store.connection.execute(
        f"SELECT {EVENT} FROM event e WHERE kind IN ('flagged', 'unflagged') AND {COUNTS}",
        (log.UNDONE,),
    )
    return log.flags(map(Event._make, rows))


def identities(store: Store) -> list[tuple[str, str]]:
    """Which card goes on under which text, by its digest; in order, the later counting."""
    rows = store.connection.execute(
        "SELECT card, json_extract(payload, '$.text') FROM event "
        "WHERE kind = 'identified' ORDER BY time, device, uid"
    )
    return [(card, text) for card, text in rows if isinstance(text, str)]


def states(store: Store) -> Iterator[tuple[str, Folded]]:
    """Every cached state with its card."""
    rows = store.connection.execute(f"SELECT card, {STATE} FROM state ORDER BY card")
    return ((row[0], Folded.of(row[1:])) for row in rows)


def has_state(store: Store, note: str) -> bool:
    """Whether anything was done to any card of the note."""
    row = store.connection.execute(
        "SELECT 1 FROM state WHERE card = ? OR (card > ? AND card < ?)",
        (note, f"{note}:", f"{note};"),  # ';' follows ':'
    ).fetchone()
    return row is not None
