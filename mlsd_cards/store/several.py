"""One thing done to many cards, all in one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.undo import take_back


def append_each(store: Store, kind: str, cards: Iterable[str], moment: Moment) -> None:
    """Write an event of that kind for each of the cards."""
    with store.write():
        for number, card in enumerate(cards):  # no two events have the same instant
            store.append(kind, card, moment._replace(at=moment.at + number))


def undo_each(store: Store, kind: str, cards: Iterable[str], moment: Moment) -> list[str]:
    """Take back the latest event of that kind of each card; the cards that had one."""
    with store.write():
        latest = {
            card: event
            for card in cards
            for event in log.effective(store.events(card))
            if event.kind == kind
        }
        for number, event in enumerate(latest.values()):
            take_back(store, event, moment._replace(at=moment.at + number))
    return list(latest)
