"""Events taken back, by events that say so."""

from __future__ import annotations

import os
from collections.abc import Iterable

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event
from mlsd_cards.store.schema import COUNTS, EVENT, INSERT_EVENT


def undo(store: Store, moment: Moment) -> Event | None:
    """Take back this device's latest action that still counts; return it, or None."""
    with store.write():
        event = _latest(store)
        if event is not None:
            take_back(store, event, moment)
    return event


def take_back(store: Store, event: Event, moment: Moment) -> None:
    """Write that the event does not count."""
    take_back_all(store, [(event.card, event.uid)], moment)


def take_back_all(store: Store, events: Iterable[tuple[str, str]], moment: Moment) -> None:
    """Write that none of the events, by card and uid, counts. All at one logical time: nothing
    depends on the order of what takes back, and a long row of times would lie in the future."""
    with store.write():
        stamp, cards = store.stamp(log.UNDONE, "", moment), set()
        for card, uid in events:
            payload = log.packed({"event": uid})
            undoing = stamp._replace(card=card, uid=os.urandom(10).hex(), payload=payload)
            store.connection.execute(INSERT_EVENT, undoing)
            cards.add(card)
        store.refold(cards)


def _latest(store: Store) -> Event | None:
    """This device's latest action that counts; its own logical times are all different."""
    kinds = ", ".join("?" * len(log.UNDOABLE))
    row = store.connection.execute(
        f"SELECT {EVENT} FROM event e WHERE device = ? AND kind IN ({kinds}) "
        f"AND ifnull(source, '') NOT IN (?, ?) AND {COUNTS} ORDER BY time DESC LIMIT 1",
        (store.device, *log.UNDOABLE, log.QUIZ, log.COUNTED, log.UNDONE),
    ).fetchone()
    return Event._make(row) if row else None
