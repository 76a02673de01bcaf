"""The answers counted up to some time, and kept: the next count goes on from there.

What an answer counts as depends on earlier answers to its card alone. So a count stays right while
the log grows at its end. It ends where an event comes in that is older than it, and where one that
it has is taken back. A machine's own events are later than all it has seen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mlsd_cards.store.tally import DayTally, Tally, Which, count

KEPT = 2_000
"""So many events that no kept count has are worth keeping one that does."""

MARK = "tallied"
"""Under which the store has the logical time up to which answers are counted and kept."""

TOPICS = "topics "
"""Before the number of a library: under which the store has that count by the library's topics."""

_COLUMNS = ", ".join(Tally._fields)
_DAY = f"day, west, east, {_COLUMNS}"
_ADDED = ", ".join(f"{name} = {name} + excluded.{name}" for name in Tally._fields)


_TAKEN_BACK = (
    "SELECT 1 FROM event u JOIN event e ON e.card = u.card "
    "AND e.uid = json_extract(u.payload, '$.event') "
    "WHERE u.kind = 'undone' AND u.time > ? AND e.time <= ?"
)


class Mark(NamedTuple):
    """The logical time up to which a kept count goes, -1 where none holds; ``later`` is the number
    of events after it."""

    time: int
    later: int

    @property
    def is_behind(self) -> bool:
        """Whether a count that is worth keeping is not kept."""
        return self.later >= KEPT

    @property
    def which(self) -> Which:
        """The answers that came later."""
        if self.time < 0:
            return Which()
        cards = "card IN (SELECT card FROM event WHERE time > ?)"
        return Which(cards, (self.time,), f"(time <= {self.time:d})")


def mark(connection: sqlite3.Connection) -> Mark:
    """Where the kept count ends; nowhere if something that came since takes any of it back."""
    execute = connection.execute
    row = execute("SELECT value FROM meta WHERE key = ?", (MARK,)).fetchone()
    time = int(row[0]) if row else -1
    if row and execute(_TAKEN_BACK, (time, time)).fetchone():
        time = -1
    later = execute("SELECT count(*) FROM event WHERE time > ?", (time,)).fetchone()
    return Mark(time, int(later[0]))


def days(connection: sqlite3.Connection) -> Iterator[DayTally]:
    """The kept count by day."""
    for day, west, east, *tally in connection.execute(f"SELECT {_DAY} FROM tally_day"):
        yield DayTally(day, west, east, Tally._make(tally))


def spoil(connection: sqlite3.Connection, time: int) -> None:
    """An event of that logical time came from elsewhere: no count goes on that should have had it.
    Inside a transaction."""
    connection.execute(
        "DELETE FROM meta WHERE key = ? AND CAST(value AS INTEGER) >= ?", (MARK, time)
    )


def keep_up(connection: sqlite3.Connection) -> None:
    """Keep a count of everything if there is one that is worth it. Inside a transaction."""
    now = mark(connection)
    if not now.is_behind:
        return
    if now.time < 0:
        connection.execute("DELETE FROM tally_day")
        connection.execute("DELETE FROM tally_card")
    counted = count(connection, now.which)
    by_day = [(*one[:3], *one.tally) for one in counted.days.values()]
    wider = "west = min(west, excluded.west), east = max(east, excluded.east), "
    _add(connection, "tally_day", "day", _DAY, wider, by_day)
    by_card = [(card, *tally) for card, tally in counted.cards.items()]
    _add(connection, "tally_card", "card", f"card, {_COLUMNS}", "", by_card)
    connection.execute("DELETE FROM meta WHERE key GLOB ?", (f"{TOPICS}*",))
    connection.execute(
        "INSERT OR REPLACE INTO meta SELECT ?, CAST(max(time) AS TEXT) FROM event", (MARK,)
    )


def _add(
    connection: sqlite3.Connection,
    table: str,
    key: str,
    columns: str,
    more: str,
    rows: Iterable[tuple[object, ...]],
) -> None:
    """Add counts to those that a table has."""
    places = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({places}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {more}{_ADDED}",
        rows,
    )
