"""All answers of the log counted: by study day, and by topic; and a count that is kept.

What an answer counts as depends on earlier answers to its card alone. So a count stays right while
the log grows at its end, and a long one is kept: the next goes on from there. Events are never
changed or deleted, so as many events up to a time as there were then are the same events.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed
from mlsd_cards.store.tally import Counted, DayTally, Tally, Which, count, total

KEPT = 2_000
"""So many answers that no kept count has are worth keeping one that does."""


_DAY_MS = 24 * 3600 * 1000


class Tallies(NamedTuple):
    """The answers by day, the first day first, and by topic; cards that have none, or are in no
    deck any more, have the topic ''."""

    days: list[DayTally]
    topics: dict[str, Tally]


def tallies(catalogue: Catalogue, wanted: Filter = EVERYTHING) -> Tallies:
    """All answers that count; if cards are ``wanted``, those to these cards of the library."""
    if any(wanted):
        counted = count(catalogue.store.connection, _answered(catalogue, wanted))
        return Tallies(sorted(counted.days.values()), _topics(catalogue, counted))
    return _all(catalogue)


def topics_since(catalogue: Catalogue, wanted: Filter, day: int) -> dict[str, Tally]:
    """The answers from ``day`` on by topic, as ``tallies`` has them."""
    cards, values, _ = _answered(catalogue, wanted)
    lately = "card IN (SELECT card FROM event WHERE time >= ?)"  # no event is later than its time
    which = Which(f"{lately} AND {cards}", ((day - 1) * _DAY_MS, *values), f"(day < {day:d})")
    return _topics(catalogue, count(catalogue.store.connection, which))


def _answered(catalogue: Catalogue, wanted: Filter) -> Which:
    if not any(wanted):
        return Which()
    where, values = narrowed(wanted)
    cards = f"card IN (SELECT c.id FROM card c WHERE c.library = ? {where})"
    return Which(cards, (catalogue.library, *values))


def _topics(catalogue: Catalogue, counted: Counted, *, kept: bool = False) -> dict[str, Tally]:
    """What was counted, and a kept count if it is to be added, by topic."""
    execute = catalogue.store.connection.execute
    found: dict[str, list[Tally]] = {}
    if kept:
        sums = ", ".join(f"sum({name})" for name in Tally._fields)
        rows = execute(
            f"SELECT ifnull(c.topic, ''), {sums} FROM tally_card t "
            "LEFT JOIN card c INDEXED BY card_paper ON c.library = ? AND c.id = t.card GROUP BY 1",
            (catalogue.library,),
        )
        found = {topic: [Tally._make(tally)] for topic, *tally in rows}
    if counted.cards:
        every = "SELECT id, topic FROM card WHERE library = ?"
        topics = dict(execute(every, (catalogue.library,)).fetchall())
        for card, tally in counted.cards.items():
            found.setdefault(topics.get(card, ""), []).append(tally)
    return {topic: total(several) for topic, several in found.items()}


# a kept count

MARK = "tallied"
"""Under which the store has the logical time up to which answers are counted and kept, and how
many events there were up to it."""


class Mark(NamedTuple):
    """The logical time up to which a kept count goes, -1 where none holds; ``later`` is the number
    of events after it."""

    time: int
    later: int

    @property
    def which(self) -> Which:
        """The answers that came later."""
        if self.time < 0:
            return Which()
        cards = "card IN (SELECT card FROM event WHERE time > ?)"
        return Which(cards, (self.time,), f"(time <= {self.time:d})")


def _all(catalogue: Catalogue) -> Tallies:
    """All answers, from a kept count on where there is one."""
    store = catalogue.store
    store.connection.execute("BEGIN")  # one view of the log, whatever another window writes
    try:
        mark = _mark(store.connection)
        if mark.later < KEPT:
            return _together(catalogue, mark)
    finally:
        store.connection.execute("COMMIT")
    with store.write():
        _keep(store.connection, _mark(store.connection))
        return _together(catalogue, _mark(store.connection))


def _together(catalogue: Catalogue, mark: Mark) -> Tallies:
    """The kept count and what came after it."""
    connection, kept = catalogue.store.connection, mark.time >= 0
    counted = count(connection, mark.which) if mark.later else Counted({}, {})
    days = dict(counted.days)
    if kept:
        for day, west, east, *tally in connection.execute(f"SELECT {_DAY} FROM tally_day"):
            made = DayTally(day, west, east, Tally._make(tally))
            days[day] = _joined(made, days[day]) if day in days else made
    return Tallies(sorted(days.values()), _topics(catalogue, counted, kept=kept))


def _joined(one: DayTally, other: DayTally) -> DayTally:
    west, east = min(one.west, other.west), max(one.east, other.east)
    return DayTally(one.day, west, east, total((one.tally, other.tally)))


_COLUMNS = ", ".join(Tally._fields)
_DAY = f"day, west, east, {_COLUMNS}"
_ADDED = ", ".join(f"{name} = {name} + excluded.{name}" for name in Tally._fields)


def _mark(connection: sqlite3.Connection) -> Mark:
    """Where the kept count ends. It holds while all that came since is later than what it has, and
    takes nothing of that back."""
    execute = connection.execute
    events = int(execute("SELECT count(*) FROM event").fetchone()[0])
    row = execute("SELECT value FROM meta WHERE key = ?", (MARK,)).fetchone()
    if row is None:
        return Mark(-1, events)
    time, counted = map(int, row[0].split())
    later = int(execute("SELECT count(*) FROM event WHERE time > ?", (time,)).fetchone()[0])
    gone = execute(
        "SELECT 1 FROM event u JOIN event e ON e.card = u.card "
        "AND e.uid = json_extract(u.payload, '$.event') "
        "WHERE u.kind = 'undone' AND u.time > ? AND e.time <= ?",
        (time, time),
    ).fetchone()
    return Mark(-1, events) if gone or events - later != counted else Mark(time, later)


def _keep(connection: sqlite3.Connection, mark: Mark) -> None:
    """Keep a count of everything. Inside a transaction."""
    if mark.time < 0:
        connection.execute("DELETE FROM tally_day")
        connection.execute("DELETE FROM tally_card")
    counted = count(connection, mark.which)
    for into, key, more, rows in (
        (
            f"tally_day ({_DAY})",
            "day",
            "west = min(west, excluded.west), east = max(east, excluded.east), ",
            [(*one[:3], *one.tally) for one in counted.days.values()],
        ),
        (
            f"tally_card (card, {_COLUMNS})",
            "card",
            "",
            [(card, *tally) for card, tally in counted.cards.items()],
        ),
    ):
        connection.executemany(
            f"INSERT INTO {into} VALUES ({', '.join('?' * (into.count(',') + 1))}) "
            f"ON CONFLICT ({key}) DO UPDATE SET {more}{_ADDED}",
            rows,
        )
    connection.execute(
        "INSERT OR REPLACE INTO meta SELECT ?, max(time) || ' ' || count(*) FROM event", (MARK,)
    )
