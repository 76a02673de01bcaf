"""All answers of the log counted, by study day and by topic; of a long log mostly from a count that
``store/kept_count`` keeps."""

from __future__ import annotations

from contextlib import suppress
from json import dumps, loads
from typing import NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.store import kept_count
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter, narrowed
from mlsd_cards.store.kept_count import Mark
from mlsd_cards.store.tally import Counted, DayTally, Tally, Which, count, total

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


def _all(catalogue: Catalogue) -> Tallies:
    """All answers, from a kept count on where there is one."""
    store, connection = catalogue.store, catalogue.store.connection
    mark = kept_count.mark(connection)
    if mark.is_behind or (mark.time >= 0 and _kept_topics(catalogue, mark) is None):
        with suppress(UserError), store.write():  # on a full disk it is counted anew each time
            kept_count.keep_up(connection)
            _keep_topics(catalogue)
    connection.execute("BEGIN")  # one view of the log, whatever another window writes
    try:
        return _together(catalogue, kept_count.mark(connection))
    finally:
        connection.execute("COMMIT")


def _together(catalogue: Catalogue, mark: Mark) -> Tallies:
    """The kept count and what came after it."""
    connection = catalogue.store.connection
    counted = count(connection, mark.which) if mark.later else Counted({}, {})
    days, topics = dict(counted.days), _topics(catalogue, counted)
    if mark.time >= 0:
        for made in kept_count.days(connection):
            days[made.day] = _joined(made, days[made.day]) if made.day in days else made
        kept = _kept_topics(catalogue, mark)
        for topic, tally in (_sums(catalogue) if kept is None else kept).items():
            topics[topic] = total((tally, topics.get(topic, Tally())))
    return Tallies(sorted(days.values()), topics)


def _joined(one: DayTally, other: DayTally) -> DayTally:
    west, east = min(one.west, other.west), max(one.east, other.east)
    return DayTally(one.day, west, east, total((one.tally, other.tally)))


# the kept count by the topics of a library


def _key(catalogue: Catalogue) -> str:
    """Under which the store has the logical time of a kept count, and that count by the topics of a
    library, as JSON; dropped when that count or the cards of the library change."""
    return f"{kept_count.TOPICS}{catalogue.library}"


def _kept_topics(catalogue: Catalogue, mark: Mark) -> dict[str, Tally] | None:
    """The kept count by topic; None where it was summed up for another count."""
    find = "SELECT value FROM meta WHERE key = ?"
    row = catalogue.store.connection.execute(find, (_key(catalogue),)).fetchone()
    time, _, topics = str(row[0] if row else "").partition(" ")
    if time != str(mark.time):
        return None
    return {topic: Tally._make(tally) for topic, tally in loads(topics).items()}


def _keep_topics(catalogue: Catalogue) -> None:
    """Sum up the kept count for this library. Inside a transaction."""
    connection = catalogue.store.connection
    value = f"{kept_count.mark(connection).time} {dumps(_sums(catalogue))}"
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_key(catalogue), value))


def _sums(catalogue: Catalogue) -> dict[str, Tally]:
    """The kept count by topic."""
    sums = ", ".join(f"sum({name})" for name in Tally._fields)
    rows = catalogue.store.connection.execute(
        f"SELECT ifnull(c.topic, ''), {sums} FROM tally_card t "
        "LEFT JOIN card c INDEXED BY card_paper ON c.library = ? AND c.id = t.card GROUP BY 1",
        (catalogue.library,),
    )
    return {topic: Tally._make(tally) for topic, *tally in rows}
