"""Answers counted: by study day and by card.

An answer is the *first* of its card; or it comes a study day or more after the card's last one,
*young* if that is less than 21 days ago, *mature* if not; or it is *other*: drill, practice, and
quizzes that schedule nothing. These three are not what the next answer is measured from. The log
keeps no intervals, which a setting can change, so the days that have passed stand for them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from mlsd_cards.store import log
from mlsd_cards.store.schema import TAKEN_BACK

MATURE = 21
"""From so many days on, what is remembered is mature."""


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


# counting


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


RIGHT, APART, PASSED, RESET = 1, 8, 16, 32
NEW, YOUNG, OLD = 2, 4, 6
_KINDS, _DAY = 8, 6
"""A code has right or wrong and the kind in its lowest three bits, the day above six."""

_CODE = (
    f"day << {_DAY} | (ifnull(grade, 0) >= 2 + (scale IS '0-5'))"
    f" | iif(source IN ('{log.PRACTICE}', '{log.QUIZ}'), {APART}, 0)"
)
"""An answer as one number. A row a card with its answers in a text is read in a quarter of the time
that a row an answer takes."""

_NEVER = -(10**9)
"""A day before all days."""

_COUNTS = f"uid NOT IN ({TAKEN_BACK})"


def count(connection: sqlite3.Connection, which: Which) -> Counted:
    """Count the answers of which none was taken back."""
    cards, values, passed = which
    rows = connection.execute(  # the key gives them by card, and those of a card in order
        f"SELECT card, group_concat(iif(kind = '{log.RESET}', {RESET}, "
        f"{_CODE} | iif({passed}, {PASSED}, 0))), sum(iif({passed}, 0, took)) FROM event "
        f"WHERE kind IN ('{log.REVIEWED}', '{log.RESET}') AND {cards} AND {_COUNTS} GROUP BY card",
        values,
    )
    kinds: dict[int, int] = {}
    by_card = {card: _count_card(codes, took or 0, kinds) for card, codes, took in rows}
    times = connection.execute(
        "SELECT day, min(utc_offset), max(utc_offset), sum(took) FROM event "
        f"WHERE kind = '{log.REVIEWED}' AND {cards} AND NOT {passed} AND {_COUNTS} GROUP BY day",
        values,
    )
    by_day = {}
    for day, west, east, took in times:
        of_day = [kinds.get((day << _DAY) + kind, 0) for kind in range(_KINDS)]
        by_day[day] = DayTally(day, west, east, _tally(of_day, took or 0))
    return Counted(by_day, {card: tally for card, tally in by_card.items() if tally.answers})


def _count_card(codes: str, took: int, kinds: dict[int, int]) -> Tally:
    """Count the answers to one card, in order; those of each day go into ``kinds`` too."""
    mine, last, known = [0] * _KINDS, _NEVER, kinds.get
    for code in map(int, codes.split(",")):
        if code & (APART | PASSED | RESET):
            if code & RESET:
                last = _NEVER
            elif code & PASSED and not code & APART:
                last = max(last, code >> _DAY)
            if code & (PASSED | RESET):
                continue
            kind = code - APART
        else:
            kind, day = code, code >> _DAY
            if day > last:
                kind += NEW if last == _NEVER else YOUNG if day - last < MATURE else OLD
                last = day
        mine[kind % _KINDS] += 1
        kinds[kind] = known(kind, 0) + 1
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
