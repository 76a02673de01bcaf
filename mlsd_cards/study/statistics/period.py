"""What was answered by day and by week: a series for a chart, without a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mlsd_cards.store.tally import DayTally, Tally, total
from mlsd_cards.study.statistics.share import Share

WEEK = 7


class Period(NamedTuple):
    """``days`` study days from ``first`` on, and their answers."""

    first: int
    days: int
    tally: Tally

    @property
    def retention(self) -> Share:
        """How much was remembered, young and mature together."""
        return young(self.tally) + mature(self.tally)


def young(tally: Tally) -> Share:
    """How much was remembered after less than 21 days."""
    return Share(tally.young_right, tally.young)


def mature(tally: Tally) -> Share:
    """How much was remembered after 21 days or more."""
    return Share(tally.mature_right, tally.mature)


def monday(day: int) -> int:
    """The first day of the week that ``day`` is in; the first study day of all is a Thursday."""
    return day - (day + 3) % WEEK


def by_day(counted: Iterable[DayTally], first: int, last: int) -> list[Period]:
    """Each day from ``first`` to ``last``, those without an answer too."""
    known = {one.day: one.tally for one in counted}
    return [Period(day, 1, known.get(day, Tally())) for day in range(first, last + 1)]


def by_week(counted: Iterable[DayTally], first: int, last: int) -> list[Period]:
    """Each week from that of ``first`` to that of ``last``, from Monday on."""
    weeks: dict[int, list[Tally]] = {
        start: [] for start in range(monday(first), monday(last) + 1, WEEK)
    }
    for one in counted:
        if first <= one.day <= last:
            weeks[monday(one.day)].append(one.tally)
    return [Period(start, WEEK, total(tallies)) for start, tallies in weeks.items()]


def between(counted: Iterable[DayTally], first: int, last: int) -> Tally:
    """All answers from ``first`` to ``last``."""
    return total(one.tally for one in counted if first <= one.day <= last)
