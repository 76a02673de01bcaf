"""Comparison cards: two things side by side, one cell of the table hidden at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from mlsd_cards.cards.card import Card


class Row(NamedTuple):
    """One dimension of the comparison, and what is true of either side."""

    dim: str
    a: str
    b: str


class Cell(NamedTuple):
    """A place in the table: ``row`` from 0, ``side`` 0 for a and 1 for b."""

    row: int
    side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Card):
    """``a`` and ``b`` name the two; ``choose_a_when`` and ``choose_b_when`` say what decides."""

    kind: ClassVar[str] = "comparison"
    parts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "rows": lambda entries: tuple(map(Row._make, entries))
    }
    a: str
    b: str
    rows: tuple[Row, ...]
    choose_a_when: str = ""
    choose_b_when: str = ""

    def place(self, cell: Cell) -> str:
        """Where a cell is, in words: its dimension and its side."""
        return f"{self.rows[cell.row].dim}, {(self.a, self.b)[cell.side]}"

    def text(self, cell: Cell) -> str:
        """What stands in a cell."""
        return self.rows[cell.row][cell.side + 1]


def hidden(card: Comparison, repetition: int) -> Cell:
    """The cell that is asked for at a repetition.

    All cells have their turn before one comes back, in an order of their own each time round.
    """
    count = 2 * len(card.rows)
    cycle, place = divmod(repetition, count)
    order = _order(card, cycle, count)
    if count > 2 and cycle and order[0] == _order(card, cycle - 1, count)[-1]:
        order[:2] = order[1::-1]  # not the same cell twice running
    return Cell(*divmod(order[place], 2))


def _order(card: Comparison, cycle: int, count: int) -> list[int]:
    from random import Random

    rng = Random(f"{card.id}:cells:{cycle}")  # noqa: S311 - a shuffle, not a secret
    return sorted(range(count), key=lambda _: rng.random())
