"""What will be due on each of the next days, if nothing more is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

DAYS = 28


class Forecast(NamedTuple):
    """The cards due on each day from ``first``, today, on: those that are ``overdue`` are not among
    today's. What is learnt or failed meanwhile comes on top."""

    first: int
    overdue: int
    due: tuple[int, ...]


def forecast(due: Iterable[tuple[int, int]], today: int, days: int = DAYS) -> Forecast:
    """The forecast from how many cards are due on which day."""
    counts, overdue = [0] * days, 0
    for day, cards in due:
        if day < today:
            overdue += cards
        elif day < today + days:
            counts[day - today] += cards
    return Forecast(today, overdue, tuple(counts))
