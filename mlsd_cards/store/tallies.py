"""All answers of the log counted: by study day, and by topic; and a count that is kept.

What an answer counts as depends on earlier answers to its card alone. So a count stays right while
the log grows at its end, and a long one is kept: the next goes on from there. Events are never
changed or deleted, so as many events up to a time as there were then are the same events.
"""

from __future__ import annotations

import sqlite3
from json import dumps, loads
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


def _topics(catalogue: Catalogue, counted: Counted) -> dict[str, Tally]:
    """What was counted, by topic."""
    every = "SELECT id, topic FROM card WHERE library = ?"
    rows = catalogue.store.connection.execute(every, (catalogue.library,))
    topics = dict(rows.fetchall()) if counted.cards else {}
    found: dict[str, list[Tally]] = {}
    for card, tally in counted.cards.items():
        found.setdefault(topics.get(card, ""), []).append(tally)
    return {topic: total(several) for topic, several in found.items()}


# a kept count

MARK = "tallied"
"""Under which the store has the logical time up to which answers are counted and kept."""


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


def spoil(connection: sqlite3.Connection, time: int) -> None:
    """An event of that logical time came from elsewhere: no count goes on that should have had it.
    Inside a transaction."""
    connection.execute(
        "DELETE FROM meta WHERE key = ? AND CAST(value AS INTEGER) >= ?", (MARK, time)
    )


def _all(catalogue: Catalogue) -> Tallies:
    """All answers, from a kept count on where there is one."""
    store, execute = catalogue.store, catalogue.store.connection.execute
    if _is_behind(catalogue, _mark(store.connection)):
        with store.write():
            _keep(catalogue, _mark(store.connection))
    execute("BEGIN")  # one view of the log, whatever another window writes
    try:
        return _together(catalogue, _mark(store.connection))
    finally:
        execute("COMMIT")


def _is_behind(catalogue: Catalogue, mark: Mark) -> bool:
    """Whether a count is worth keeping that is not kept."""
    return mark.later >= KEPT or (mark.time >= 0 and not _kept_topics(catalogue, mark))


def _together(catalogue: Catalogue, mark: Mark) -> Tallies:
    """The kept count and what came after it."""
    connection = catalogue.store.connection
    counted = count(connection, mark.which) if mark.later else Counted({}, {})
    days, topics = dict(counted.days), _topics(catalogue, counted)
    if mark.time >= 0:
        for day, west, east, *tally in connection.execute(f"SELECT {_DAY} FROM tally_day"):
            made = DayTally(day, west, east, Tally._make(tally))
            days[day] = _joined(made, days[day]) if day in days else made
        for topic, kept in (_kept_topics(catalogue, mark) or _sums(catalogue)).items():
            topics[topic] = total((kept, topics.get(topic, Tally())))
    return Tallies(sorted(days.values()), topics)


def _kept_topics(catalogue: Catalogue, mark: Mark) -> dict[str, Tally]:
    """The kept count by topic; empty where it was kept for another count."""
    find = "SELECT value FROM meta WHERE key = ?"
    row = catalogue.store.connection.execute(find, (_key(catalogue),)).fetchone()
    time, _, topics = str(row[0] if row else "").partition(" ")
    if time != str(mark.time):
        return {}
    return {topic: Tally._make(tally) for topic, tally in loads(topics).items()}


def _key(catalogue: Catalogue) -> str:
    """Under which the store has the logical time of a kept count, and that count by the topics of a
    library, as JSON; dropped when its cards change."""
    return f"topics {catalogue.library}"  # as rows.order and rows.prune have it


def _sums(catalogue: Catalogue) -> dict[str, Tally]:
    """The kept count by topic, summed up."""
    sums = ", ".join(f"sum({name})" for name in Tally._fields)
    rows = catalogue.store.connection.execute(
        f"SELECT ifnull(c.topic, ''), {sums} FROM tally_card t "
        "LEFT JOIN card c INDEXED BY card_paper ON c.library = ? AND c.id = t.card GROUP BY 1",
        (catalogue.library,),
    )
    return {topic: Tally._make(tally) for topic, *tally in rows}


def _joined(one: DayTally, other: DayTally) -> DayTally:
    west, east = min(one.west, other.west), max(one.east, other.east)
    return DayTally(one.day, west, east, total((one.tally, other.tally)))


_COLUMNS = ", ".join(Tally._fields)
_DAY = f"day, west, east, {_COLUMNS}"
_ADDED = ", ".join(f"{name} = {name} + excluded.{name}" for name in Tally._fields)


def _mark(connection: sqlite3.Connection) -> Mark:
    """Where the kept count ends. It holds while nothing that came since takes any of it back."""
    execute = connection.execute
    row = execute("SELECT value FROM meta WHERE key = ?", (MARK,)).fetchone()
    time = int(row[0]) if row else -1
    gone = (
        row
        and execute(
            "SELECT 1 FROM event u JOIN event e ON e.card = u.card "
            "AND e.uid = json_extract(u.payload, '$.event') "
            "WHERE u.kind = 'undone' AND u.time > ? AND e.time <= ?",
            (time, time),
        ).fetchone()
    )
    time = -1 if gone else time
    later = execute("SELECT count(*) FROM event WHERE time > ?", (time,)).fetchone()
    return Mark(time, int(later[0]))


def _keep(catalogue: Catalogue, mark: Mark) -> None:
    """Keep a count of everything. Inside a transaction."""
    connection = catalogue.store.connection
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
    time = connection.execute("SELECT max(time) FROM event").fetchone()[0]
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        ((MARK, str(time)), (_key(catalogue), f"{time} {dumps(_sums(catalogue))}")),
    )
