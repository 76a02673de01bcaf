"""Every state computed anew from the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from mlsd_cards.schedule.state import Scheduler
from mlsd_cards.store import log
from mlsd_cards.store.log import Fact, Folded
from mlsd_cards.store.schema import SAVE_STATE, TAKEN_BACK

_FACT = "card, uid, kind, day, grade, scale, source"
_BATCH = 10_000


def refold(connection: sqlite3.Connection, scheduler: Scheduler) -> None:
    """Every state anew, reading the log once in the order of its key. Inside a transaction."""
    connection.execute("DELETE FROM state")
    batch = []
    for card, folded in folds(connection, scheduler):
        batch.append((card, *folded.row()))
        if len(batch) >= _BATCH:
            connection.executemany(SAVE_STATE, batch)
            batch.clear()
    connection.executemany(SAVE_STATE, batch)
    connection.execute(
        "UPDATE card SET unseen = NOT EXISTS "
        "(SELECT 1 FROM state WHERE state.card = card.id AND last IS NOT NULL)"
    )


def folds(connection: sqlite3.Connection, scheduler: Scheduler) -> Iterator[tuple[str, Folded]]:
    """Every card that has events, and where it stands by a scheduler, in the order of their ids."""
    undone = {row[0] for row in connection.execute(TAKEN_BACK)}
    rows: Iterator[Fact] = connection.execute(
        # most are reviews, and one test is a tenth of a second less a million than seven
        f"SELECT {_FACT} FROM event WHERE card <> '' "
        f"AND (kind = '{log.REVIEWED}' OR kind NOT IN {log.SILENT}) "
        "ORDER BY card, time, device, uid"
    )
    counted = (row for row in rows if row[1] not in undone) if undone else rows
    for card, facts in groupby(counted, key=itemgetter(0)):
        yield card, log.fold_facts(facts, scheduler)
