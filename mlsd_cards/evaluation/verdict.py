"""What a table of results means: who predicts best, and by how much more than chance. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlsd_cards.evaluation.metric import LOSS
from mlsd_cards.evaluation.protocol import Row


class Comparison(NamedTuple):
    """Two rows by their log loss. ``ahead`` is the share of draws of cards in which ``one`` had
    the smaller; the draws are the same for both, so it tells more than whether the intervals
    overlap."""

    one: Row
    other: Row
    overlap: bool
    ahead: float


def loss(row: Row) -> float:
    """The log loss of a row that took part."""
    return row.scores[LOSS].value or 0.0


def compare(one: Row, other: Row) -> Comparison:
    """Two rows of one protocol that both took part."""
    (_, low, high), (_, other_low, other_high) = one.scores[LOSS], other.scores[LOSS]
    overlap = (low or 0) <= (other_high or 0) and (other_low or 0) <= (high or 0)
    wins = sum(mine < theirs for mine, theirs in zip(one.draws, other.draws, strict=True))
    return Comparison(one, other, overlap, wins / len(one.draws))


def ranked(rows: Sequence[Row]) -> list[Row]:
    """The rows that took part, the smallest log loss first."""
    return sorted((row for row in rows if row.scores), key=loss)
