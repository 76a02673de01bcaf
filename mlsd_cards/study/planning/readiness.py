"""How much would be known if the interview were today, by topic."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.study.planning.course import sizes
from mlsd_cards.study.planning.prospect import Wish


class Ready(NamedTuple):
    """A topic with its cards, and how many of them are known today, in expectation."""

    name: str
    cards: int
    known: float


def readiness(wish: Wish) -> tuple[Ready, ...]:
    """The topics of some cards, as they stand on the first day of the wish."""
    known = wish.course(0).topics(wish.first)
    return tuple(
        Ready(name, cards, known.get(name, 0.0)) for name, cards in sizes(wish.cards).items()
    )
