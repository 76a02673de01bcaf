"""The days of 26 weeks, and how much each holds beside the busiest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mlsd_cards.store.tally import DayTally
from mlsd_cards.study.statistics.period import WEEK, by_day, monday

WEEKS = 26
LEVELS = 4
"""Shades of a day with an answer; one without has none."""


class HeatMap(NamedTuple):
    """Answers a day from the Monday ``first`` on, to today; ``busiest`` is the most on one day."""

    first: int
    answers: tuple[int, ...]

    @property
    def busiest(self) -> int:
        """The most answers on one of these days."""
        return max(self.answers)

    @property
    def studied(self) -> int:
        """How many of these days have an answer."""
        return sum(count > 0 for count in self.answers)

    def level(self, count: int) -> int:
        """The shade of so many answers: 0 for none, else by quarters of the busiest day's."""
        return -(-LEVELS * count // self.busiest) if count else 0

    @property
    def most(self) -> tuple[int, ...]:
        """The most answers of each shade from 1 on."""
        return tuple(self.busiest * level // LEVELS for level in range(1, LEVELS + 1))

    @property
    def rows(self) -> list[list[int | None]]:
        """The weekdays from Monday on, each with its days; None for those that are to come."""
        days: list[int | None] = [*self.answers]
        days += [None] * (-len(days) % WEEK)
        return [days[weekday::WEEK] for weekday in range(WEEK)]


def heat_map(counted: Iterable[DayTally], today: int) -> HeatMap:
    """The map of the week of ``today`` and the 25 before it."""
    first = monday(today) - (WEEKS - 1) * WEEK
    return HeatMap(first, tuple(one.tally.answers for one in by_day(counted, first, today)))
