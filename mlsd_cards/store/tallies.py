"""The answers of the log counted: by study day, and by topic.

An answer is the *first* of its card; or it comes a study day or more after the card's last one,
*young* if that is less than 21 days ago, *mature* if not; or it is *other*: drill, practice, and
quizzes that schedule nothing. These three are not what the next answer is measured from. The log
keeps no intervals, which a setting can change, so the days that have passed stand for them.

What an answer counts as depends on earlier answers to its card alone. So a count stays right while
the log grows at its end, and a long one is kept: the next goes on from there. Events are never
changed or deleted, so as many events up to a time as there were then are the same events.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from mlsd_cards.store import log
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed
from mlsd_cards.store.schema import TAKEN_BACK

MATURE = 21
"""From so many days on, what is remembered is mature."""

KEPT = 2_000
"""So many answers that no kept count has are worth keeping one that does."""


class Tally(NamedTuple):
    """How many answers, how many of them right, and their time (ms). ``new`` are the first ones of
    their cards; ``young`` and ``mature`` those that tell how much is remembered."""

    answers: int = 0
    right: int = 0
    took: int = 0
    new: int = 0
    young: int = 0
    young_right: int = 0
    mature: int = 0
    mature_right: int = 0


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    return Tally(*map(sum, zip(Tally(), *tallies, strict=True)))


class DayTally(NamedTuple):
    """The answers of a study day, and the least and greatest UTC offset (minutes) that day."""

    day: int
    west: int
    east: int
    tally: Tally


class Tallies(NamedTuple):
    """The answers by day, the first day first, and by topic; cards that have none, or are in no
    deck any more, have the topic ''."""

    days: list[DayTally]
    topics: dict[str, Tally]


def tallies(catalogue: Catalogue, wanted: Filter = EVERYTHING) -> Tallies:
    """All answers that count; if cards are ``wanted``, those to these cards of the library."""
    if any(wanted):
        counted = _count(catalogue.store.connection, _answered(catalogue, wanted))
        return Tallies(sorted(counted.days.values()), _topics(catalogue, counted))
    return _all(catalogue)


def topics_since(catalogue: Catalogue, wanted: Filter, day: int) -> dict[str, Tally]:
    """The answers from ``day`` on by topic, as ``tallies`` has them."""
    cards, values, _ = _answered(catalogue, wanted)
    lately = "card IN (SELECT card FROM event WHERE time >= ?)"  # no event is later than its time
    which = Which(f"{lately} AND {cards}", ((day - 1) * _DAY_MS, *values), f"(day < {day:d})")
    return _topics(catalogue, _count(catalogue.store.connection, which))


# counting


_DAY_MS = 24 * 3600 * 1000


class Which(NamedTuple):
    """Which cards' answers are looked at, in SQL with its values, and which of these answers a
    condition has passed over: they only tell what a later one counts as."""

    cards: str = "card <> ''"
    values: tuple[Any, ...] = ()
    passed: str = "0"


class Counted(NamedTuple):
    """Tallies by day and by card."""

    days: dict[int, DayTally]
    cards: dict[str, Tally]


RIGHT, APART, PASSED, RESET = 1, 2, 4, 8
_FLAGS = 15
_CODE = (
    "day * 16 | (ifnull(grade, 0) >= 2 + (scale IS '0-5'))"
    f" | iif(source IN ('{log.PRACTICE}', '{log.QUIZ}'), {APART}, 0)"
)
"""An answer as one number. A row a card with its answers in a text is read in a quarter of the time
that a row an answer takes."""

_COUNTS = f"uid NOT IN ({TAKEN_BACK})"


def _answered(catalogue: Catalogue, wanted: Filter) -> Which:
    if not any(wanted):
        return Which()
    where, values = narrowed(wanted)
    cards = f"card IN (SELECT c.id FROM card c WHERE c.library = ? {where})"
    return Which(cards, (catalogue.library, *values))


def _count(connection: sqlite3.Connection, which: Which) -> Counted:
    """Count the answers of which none was taken back."""
    cards, values, passed = which
    rows = connection.execute(
        f"SELECT card, group_concat(code), sum(took) FROM (SELECT card, "
        f"iif(kind = '{log.RESET}', {RESET}, {_CODE} | iif({passed}, {PASSED}, 0)) AS code, "
        f"iif({passed}, 0, took) AS took FROM event "
        f"WHERE kind IN ('{log.REVIEWED}', '{log.RESET}') AND {cards} AND {_COUNTS} "
        "ORDER BY card, time, device, uid) GROUP BY card",
        values,
    )
    kinds: dict[int, int] = {}
    by_card = {card: _count_card(codes, took or 0, kinds) for card, codes, took in rows}
    times = connection.execute(
        "SELECT day, min(utc_offset), max(utc_offset), sum(took) FROM event "
        f"WHERE kind = '{log.REVIEWED}' AND {cards} AND NOT {passed} AND {_COUNTS} GROUP BY day",
        values,
    )
    by_day = {
        day: DayTally(
            day, west, east, _tally([kinds.get(16 * day + k, 0) for k in range(8)], took or 0)
        )
        for day, west, east, took in times
    }
    return Counted(by_day, {card: tally for card, tally in by_card.items() if tally.answers})


def _count_card(codes: str, took: int, kinds: dict[int, int]) -> Tally:
    """Count the answers to one card, in order; those of each day go into ``kinds`` too."""
    mine, last = [0] * 8, None
    for code in map(int, codes.split(",")):
        kind = code & RIGHT
        if not code & APART:
            day = code >> 4
            if code & RESET:
                last = None
                continue
            if last is None:
                kind += 2
                last = day
            elif day > last:
                kind += 4 if day - last < MATURE else 6
                last = day
        if not code & PASSED:
            mine[kind] += 1
            both = (code | _FLAGS) - _FLAGS + kind
            kinds[both] = kinds.get(both, 0) + 1
    return _tally(mine, took)


def _tally(kinds: list[int], took: int) -> Tally:
    """The tally of so many answers of each kind, wrong and right: other, first, young, mature."""
    _, _, first_wrong, first, young_wrong, young, mature_wrong, mature = kinds
    return Tally(
        sum(kinds),
        sum(kinds[1::2]),
        took,
        first_wrong + first,
        young_wrong + young,
        young,
        mature_wrong + mature,
        mature,
    )


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
    counted = _count(connection, mark.which) if mark.later else Counted({}, {})
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
    counted = _count(connection, mark.which)
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
