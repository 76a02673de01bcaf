"""Every state computed anew from the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import repeat
from operator import xor

from mlsd_cards.schedule.state import GRADE_OF_BUTTON, NEW, Scheduler
from mlsd_cards.store import log
from mlsd_cards.store.log import Folded
from mlsd_cards.store.schema import SAVE_STATE, TAKEN_BACK

_COUNTS = f"(kind = '{log.REVIEWED}' OR kind NOT IN {log.SILENT})"
"""Most are reviews: one test is a tenth of a second less a million than seven."""

_BITS = 3
_BUTTON = (1 << _BITS) - 1
"""An answer as one number holds the button in its lowest bits, and the study day above."""

_PLAIN = (
    f"kind = '{log.REVIEWED}' AND source = '{log.REVIEW}' AND scale = '{log.BUTTONS}' "
    "AND grade BETWEEN 1 AND 4"
)
_CARDS = (
    f"SELECT card, group_concat(uid), group_concat((day << {_BITS}) | grade), "
    f"min(ifnull({_PLAIN}, 0)) FROM event WHERE card <> '' AND {_COUNTS} GROUP BY card"
)
"""A row a card, whose answers stand in texts in the order of the key, is read in half the time that
a row an event takes. It says all of a card that was only ever answered in reviews."""

_FACTS = (
    "SELECT card, uid, kind, day, grade, scale, source FROM event "
    f"WHERE card = ? AND {_COUNTS} ORDER BY time, device, uid"
)
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
    connection.execute(  # each row that is written costs its indexes
        "UPDATE card SET unseen = NOT unseen WHERE unseen = EXISTS "
        "(SELECT 1 FROM state WHERE state.card = card.id AND last IS NOT NULL)"
    )


def folds(connection: sqlite3.Connection, scheduler: Scheduler) -> Iterator[tuple[str, Folded]]:
    """Every card that has events, and where it stands by a scheduler, in the order of their ids."""
    undone = {row[0] for row in connection.execute(TAKEN_BACK)}
    for card, uids, answers, plain in connection.execute(_CARDS):
        if plain and undone.isdisjoint(named := uids.split(",")):
            yield card, _fold(named, map(int, answers.split(",")), scheduler)
            continue
        facts = [fact for fact in connection.execute(_FACTS, (card,)) if fact[1] not in undone]
        if facts:
            yield card, log.fold_facts(facts, scheduler)


def _fold(uids: list[str], answers: Iterable[int], scheduler: Scheduler) -> Folded:
    """``log.fold`` over nothing but reviews by buttons, in two thirds of the time."""
    state, review = NEW, scheduler.review
    for answer in answers:
        state = review(state, GRADE_OF_BUTTON[answer & _BUTTON], answer >> _BITS)
    digest = reduce(xor, map(int, uids, repeat(16)))
    return Folded(state, showings=len(uids), head=f"{digest:x}" if digest else "")
