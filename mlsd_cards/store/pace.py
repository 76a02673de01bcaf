"""How long a person's cards take: what was needed for a new one, and for one that came back."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.schema import TAKEN_BACK


class Times(NamedTuple):
    """The time of a card on a day, in ms, all its showings together: on its first day, and on any
    other; of each the mean, and over how many."""

    new_ms: int
    new: int
    review_ms: int
    reviews: int


def times(store: Store) -> Times:
    """The times of all reviews that were given here and count."""
    rows = store.connection.execute(
        f"SELECT card, sum(took) FROM event WHERE kind = '{log.REVIEWED}' AND card <> '' "
        f"AND source = '{log.REVIEW}' AND took > 0 AND uid NOT IN ({TAKEN_BACK}) "
        "GROUP BY card, day ORDER BY card, day"
    )
    first, later = list[int](), list[int]()
    for _, days in groupby(rows, key=itemgetter(0)):
        took = [day[1] for day in days]
        first.append(took[0])
        later += took[1:]
    return Times(_mean(first), len(first), _mean(later), len(later))


def _mean(values: list[int]) -> int:
    return round(sum(values) / len(values)) if values else 0
