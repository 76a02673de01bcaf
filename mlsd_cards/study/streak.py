"""Streaks as a person counts them: days in a row on which anything was answered.

Today breaks none before it is over. A flight over the date line gives a day twice, which is one day
of a streak, or takes one away, which nobody could have missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from mlsd_cards.schedule.day import Moment

SKIPPED = 12 * 60
"""Local clocks put forward by so many minutes between two study days have skipped one: only a
flight does that."""


class Streak(NamedTuple):
    """``current`` and ``longest`` are study days in a row with an answer; ``missed`` are the days
    without one, from the first answer to yesterday."""

    current: int = 0
    longest: int = 0
    missed: int = 0


def streak(studied: Iterable[tuple[int, int]], now: Moment) -> Streak:
    """The streaks of a person who has answered something at each of ``studied``: a study day, and
    the minutes by which local time was ahead of UTC then; in any order, and as often as one likes.

    Days after today, from a time zone further east or a clock that was ahead, count once the row
    of today reaches them.
    """
    offsets: dict[int, list[int]] = {}
    for day, offset in studied:
        offsets.setdefault(day, []).append(offset)
    answered = frozenset(offsets)
    offsets.setdefault(now.day, []).append(now.offset)
    days = sorted(offsets)
    rows, missed = [days[:1]], 0
    for before, day in pairwise(days):
        gap = _missed(offsets, before, day)
        if gap:
            rows.append([])
        rows[-1].append(day)
        missed += gap if day <= now.day else 0
    lengths = [len(answered.intersection(row)) for row in rows]
    current = next(length for length, row in zip(lengths, rows, strict=True) if now.day in row)
    return Streak(current, max(lengths), missed)


def _missed(offsets: dict[int, list[int]], before: int, after: int) -> int:
    """How many days between two study days could have had an answer."""
    days = after - before - 1
    skipped = max(offsets[after]) - min(offsets[before]) >= SKIPPED
    return days - 1 if days and skipped else days
