"""Ordering cards: lines to be put in their order, and how near an answer comes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, ClassVar

from mlsd_cards.cards.card import Card

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Card):
    """``items`` stand in their right order; if ``fixed_first``, the first is given away."""

    kind: ClassVar[str] = "ordering"
    items: tuple[str, ...]
    fixed_first: bool = False


def shuffled(card: Ordering, rng: Random) -> tuple[str, ...]:
    """The items as they are shown: in any order but the right one."""
    given = card.items[:1] if card.fixed_first else ()
    rest = card.items[len(given) :]
    while True:
        # only random() itself draws the same under every version of Python
        shown = given + tuple(sorted(rest, key=lambda _: rng.random()))
        if shown != card.items:
            return shown


def swapped(order: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs that stand the wrong way round: each an earlier and a later one of ``order``, of
    which the earlier is the greater."""
    return [(first, second) for first, second in combinations(order, 2) if first > second]


def misplaced(order: Sequence[int]) -> set[int]:
    """The fewest numbers without which the order rises."""
    for size in range(len(order), 0, -1):
        for kept in combinations(order, size):
            if all(first < second for first, second in pairwise(kept)):
                return set(order) - set(kept)
    return set()


def tau(order: Sequence[int]) -> float:
    """Kendall's tau of an order of different numbers against their rising order.

    1 where all pairs stand the right way round, -1 where none does, 0 for half of them.
    """
    pairs = len(order) * (len(order) - 1) // 2
    return 1 - 2 * len(swapped(order)) / pairs if pairs else 1.0
