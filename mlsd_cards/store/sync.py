"""This machine's log and those of others, by way of a folder: all that is there comes in, and all
that only this machine has goes out.

Logs only grow, so what was read up to a mark need not be read again, and of what this machine did
itself only what is later than its last line can be missing. Only where that does not tell (a first
look, a file that is no longer what it was, events that were restored or imported here) is all
compared with all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import chain, islice
from json import dumps, loads
from typing import Any, NamedTuple

from mlsd_cards.store import exchange
from mlsd_cards.store.database import Store
from mlsd_cards.store.exchange import Fault, Mark, Reading
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import joined, merge
from mlsd_cards.store.schema import EVENT

KEY = "sync "
"""Before the path of a folder: under which the store keeps how far its files were read."""


TRIED = 100
"""A machine looks for a name of its own among so many, where others' files have the first ones."""

Watch = Callable[[Iterator[Event], str], Iterator[Event]]
"""Passes the events of a file on, whose name it is told; for who wants to see how far it is."""


class Synced(NamedTuple):
    """What came of it: events that went out, events that came in by file, what was wrong, and the
    files whose last line is not whole yet."""

    sent: int
    received: dict[str, int]
    faults: list[Fault]
    unfinished: list[str]


class _Past(NamedTuple):
    """What is kept of the last time: the marks of the files, the last logical time of what was
    out, and how often events had come in from elsewhere."""

    marks: dict[str, Mark]
    sent: int
    joined: int


def sync(store: Store, folder: str, watch: Watch = lambda events, _: events) -> Synced:
    """Exchange events with the others; safe at any moment, whatever else runs or was broken off.

    OSError if the folder cannot be read, or this machine's file in it not be written.
    """
    key = KEY + os.path.realpath(folder)
    past, before = _past(store, key), joined(store)
    readings = _readings(folder, past)
    whole = (
        past is None
        or past.joined != before
        or bool(past.marks.keys() - readings.keys())
        or any(readings[name].again for name in past.marks)
    )
    if whole:
        readings = _readings(folder, None)
    ours = [exchange.own_name(store.device, number) for number in range(1, TRIED)]
    received = {
        name: merge(store, watch(reading.events(), name))
        for name, reading in readings.items()
        if name not in ours
    }
    with store.write():  # two windows take turns with the file that is ours
        for own in ours:
            mine = readings.setdefault(own, Reading(folder, own, Mark()))
            received[own] = merge(store, mine.events())
            if not mine.foreign:
                break
        after = 0 if whole or past is None else past.sent
        mine.check_end()
        lacking = (event for event in _ours(store, whole, after) if not _is_out(event, readings))
        sent = 0
        first = list(islice(lacking, 1))
        if first or mine.unfinished:
            mine.mark, sent = exchange.append(
                folder, mine.name, store.device, chain(first, lacking), mine.mark
            )
        marks = {name: reading.mark for name, reading in readings.items() if reading.mark.lines}
        came = sum(map(bool, received.values()))
        _keep(store, key, _Past(marks, _latest(store), before + came))
    return Synced(
        sent,
        {name: new for name, new in received.items() if new},
        [fault for reading in readings.values() for fault in reading.faults],
        [name for name, one in readings.items() if one.unfinished and one is not mine],
    )


def _readings(folder: str, past: _Past | None) -> dict[str, Reading]:
    """The files of the folder, each to be read from its mark."""
    marks = past.marks if past else {}
    return {name: Reading(folder, name, marks.get(name, Mark())) for name in exchange.names(folder)}


def _is_out(event: Event, readings: dict[str, Reading]) -> bool:
    return any(event.uid in reading.uids for reading in readings.values())


def _ours(store: Store, whole: bool, after: int) -> Iterator[Event]:
    """The events that may have to go out: all, or those of this machine later than ``after``."""
    lately = "INDEXED BY event_time WHERE time > ? AND device = ?"
    where, values = ("", ()) if whole else (lately, (after, store.device))
    rows = store.connection.execute(f"SELECT {EVENT} FROM event {where}", values)
    return map(Event._make, rows)


def _latest(store: Store) -> int:
    """The last logical time of the log: what this machine does from now on is later."""
    return int(store.connection.execute("SELECT max(time) FROM event").fetchone()[0] or 0)


def _past(store: Store, key: str) -> _Past | None:
    row = store.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    kept: dict[str, Any] = loads(row[0]) if row else {}
    if kept.get("device") != store.device:  # none, or a copied home, which is another machine
        return None
    marks = {name: Mark(*mark) for name, mark in kept["marks"].items()}
    return _Past(marks, kept["sent"], kept["joined"])


def _keep(store: Store, key: str, past: _Past) -> None:
    value = dumps({**past._asdict(), "device": store.device})
    store.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
