"""What is true of a wrong number that may show the slip: a factor, a unit, the complement."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.cards.card import Number
from mlsd_cards.cards.quantity import written
from mlsd_cards.cards.unit import SHARE, SIZE, TIME, parse


def near_misses(card: Number, given: float, right: float) -> Iterator[str]:
    """What is true of a wrong number and may show the slip, likeliest first; never empty."""

    def near(other: float) -> bool:
        # A wide absolute tolerance would find a likeness in any small number.
        return card.tolerance.accepts(other, right) and abs(other - right) <= 0.05 * abs(right)

    for factor, between in factors(card.unit):
        if near(given / factor):
            yield f"About {written(factor, 4)} times the right value{between}."
        if near(given * factor):
            yield f"About 1/{written(factor, 4)} of the right value{between}."
    unit = parse(card.unit)
    whole = 1 / unit.size
    if unit.dimension == SHARE and 0 <= given <= whole and near(whole - given):
        yield f"That is the complement: {whole:g} minus it is right."
    if given and near(1 / given):
        yield "That is the reciprocal: 1 divided by it is right."
    if near(-given):
        yield "Right but for the sign."
    yield "Too high." if given > right else "Too low."


def factors(unit: str) -> Iterator[tuple[float, str]]:
    """By how much a number is often off, and what lies between: units first, then powers of ten."""
    parsed = parse(unit)
    if parsed.dimension == SHARE:
        yield 100.0, ", as between a share and a percentage"
    if parsed.dimension == SIZE:
        yield 8.0, ", as between bits and bytes"
        for power, letter in enumerate("kMGTP", 1):
            if parsed.size in (1000.0**power, 1024.0**power):
                yield 1.024**power, f", as between {letter.upper()}iB and {letter}B"
    if parsed.dimension == TIME:
        for size, names in ((60.0, "minutes"), (3600.0, "hours"), (86_400.0, "days")):
            yield size, f", as between seconds and {names}"
        yield 24.0, ", as between hours and days"
    yield from ((10.0**power, "") for power in (3, 6, 9, 12, 1, 2, 4, 5))
