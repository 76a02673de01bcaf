"""The study day: which day an answer counts for.

A study day begins at the rollover (04:00 by default), so that a review at one in the morning still
belongs to the evening before. It is a whole number, the days since 1970-01-01 of the local wall
time less the rollover. Schedules compare these numbers; they never add 86,400 seconds to anything,
which is why neither a DST night nor a flight moves a due date.
"""

from __future__ import annotations

from typing import NamedTuple

MINUTES_A_DAY = 24 * 60
ROLLOVER = 4 * 60
"""Default rollover, in minutes after local midnight."""


LATEST = 32_503_680_000_000
"""The instant (UTC, ms) from which on a clock is wrong beyond doubt: the year 3000. Of what such a
clock says no calendar could tell, and no other machine would take it in."""


def study_day(at: int, offset: int, rollover: int = ROLLOVER) -> int:
    """The study day of an instant.

    ``at`` is UTC in milliseconds since 1970, ``offset`` the minutes by which local time is ahead of
    UTC at that instant, ``rollover`` minutes after midnight.
    """
    return (at // 60_000 + offset - rollover) // MINUTES_A_DAY


class Moment(NamedTuple):
    """An instant as an event keeps it: UTC in milliseconds, the UTC offset in minutes there and
    then, and the study day computed from both. Travel or a changed rollover never rewrite it."""

    at: int
    offset: int
    day: int

    @classmethod
    def of(cls, at: int, offset: int, rollover: int = ROLLOVER) -> Moment:
        """The moment of an instant, with its study day."""
        return cls(at, offset, study_day(at, offset, rollover))


EPOCH = 719_163
"""The number that Python's calendar gives to 1970-01-01."""


def iso(day: int) -> str:
    """The calendar date of a study day, as ``2026-11-21``."""
    from datetime import date

    return date.fromordinal(day + EPOCH).isoformat()


def day_of(text: str) -> int:
    """The study day of a date as ``iso`` writes it; ValueError if it is none."""
    from datetime import date

    return date.fromisoformat(text).toordinal() - EPOCH


def spoken(days: int) -> str:
    """A number of days as it is read on a button: ``today``, ``1 d``, ``4.1 mo``, ``2.0 y``.

    Below 100 days exact; above, a month is 30.4 days and a year 365.25.
    """
    if days <= 0:
        return "today"
    if days < 100:
        return f"{days} d"
    if days < 365:
        return f"{days / 30.4:.1f} mo"
    return f"{days / 365.25:.1f} y"
