"""Answers counted: by study day and by card.

An answer is the *first* of its card; or it comes a study day or more after the card's last one,
*young* if that is less than 21 days ago, *mature* if not; or it is *other*: drill, practice, and
quizzes that schedule nothing. These three are not what the next answer is measured from. The log
keeps no intervals, which a setting can change, so the days that have passed stand for them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
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


APART, PASSED, RESET = 8, 16, 32
NEW, YOUNG, OLD = 2, 4, 6
_KINDS, _OFFSET, _DAY = 8, 6, 18
"""A code has right or wrong and the kind in its lowest three bits, the UTC offset above six, and
the day above eighteen."""

_EAST = 1 << 11
"""More minutes than any place is ahead of UTC or behind it."""

_CODE = (
    f"(day << {_DAY}) | ((utc_offset + {_EAST}) << {_OFFSET})"
    " | (ifnull(grade, 0) >= 2 + (scale IS '0-5'))"
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
        f"{_CODE} | iif({passed}, {PASSED}, 0))), group_concat(ifnull(took, 0)) FROM event "
        f"WHERE kind IN ('{log.REVIEWED}', '{log.RESET}') AND {cards} AND {_COUNTS} GROUP BY card",
        values,
    )
    kinds: defaultdict[int, int] = defaultdict(int)
    spent: defaultdict[int, int] = defaultdict(int)
    by_card = {card: _count_card(codes, took, kinds, spent) for card, codes, took in rows}
    return Counted(
        _by_day(kinds, spent), {card: one for card, one in by_card.items() if one.answers}
    )


def _count_card(
    codes: str, times: str, kinds: defaultdict[int, int], spent: defaultdict[int, int]
) -> Tally:
    """Count the answers to one card, in order; those of each day and place go into ``kinds`` too,
    and their times into ``spent``."""
    mine, last, total_ms = [0] * _KINDS, _NEVER, 0
    for code, took in zip(map(int, codes.split(",")), map(int, times.split(",")), strict=True):
        day = code >> _DAY
        if code & (APART | PASSED | RESET):
            if code & RESET:
                last = _NEVER
            elif code & PASSED and not code & APART:
                last = max(last, day)
            if code & (PASSED | RESET):
                continue
            kind = code - APART
        else:
            kind = code
            if day > last:
                kind += NEW if last == _NEVER else YOUNG if day - last < MATURE else OLD
                last = day
        mine[kind % _KINDS] += 1
        kinds[kind] += 1
        spent[day] += took
        total_ms += took
    return _tally(mine, total_ms)


def _by_day(kinds: dict[int, int], spent: dict[int, int]) -> dict[int, DayTally]:
    """The tallies of the days on which answers of any kind were given."""
    of_day: dict[int, list[int]] = {day: [0] * _KINDS for day in spent}
    places: dict[int, set[int]] = {day: set() for day in spent}
    for kind, answers in kinds.items():
        of_day[kind >> _DAY][kind % _KINDS] += answers
        places[kind >> _DAY].add((kind >> _OFFSET) % (2 * _EAST) - _EAST)
    return {
        day: DayTally(day, min(places[day]), max(places[day]), _tally(of_day[day], took))
        for day, took in spent.items()
    }


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
