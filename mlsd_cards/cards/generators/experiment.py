"""Generators of A/B tests: draws, right values, guards and usual wrong answers.

Formulas: Kohavi et al. 2009 (sixteen times variance over squared effect, for each arm), Fabijan et
al. 2019 (chi-square of the counts against the planned split, here one half).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import Generator, Values, each, number, pick, whole

if TYPE_CHECKING:
    from random import Random

# A rate in per cent, and the change of it to be found, in percentage points.
SIZE = {"rate": number(0.1, 50), "change": number(0.01, 10)}
EXPECTED, OFF, COUNT = whole(1_000, 10_000_000), number(0.01, 10), whole(1, 20_000_000)
ALARM = 12.12  # chi-square at one degree of freedom whose p is 0.0005
SIDES = (-1, 1)


def arm_size(values: Values) -> float:
    """Thousands of users per arm, for 80 % power and a two-sided 5 % test."""
    rate, change = values["rate"] / 100, values["change"] / 100
    return float(16 * rate * (1 - rate) / change**2 / 1000)


def size_guard(values: Values) -> bool:
    """Whether the rule holds, as it takes the variance of both arms to be that of control."""
    return bool(values["change"] <= 0.2 * values["rate"]) and 1 <= arm_size(values) < 10_000


def size_wrong(values: Values) -> Iterator[float]:
    """One arm's variance alone, all users, the deviation for the variance, an unsquared effect."""
    right, rate = arm_size(values), values["rate"] / 100
    yield right / 2
    yield right * 2
    yield right / math.sqrt(rate * (1 - rate))
    yield right * values["change"] / 100


def split_draw(params: Values, rng: Random) -> dict[str, Any]:
    """As many users too many in one arm as are missing in the other."""
    expected = pick(params["expected"], rng)
    off = round(expected * pick(params["off"], rng) / 100)
    side = SIDES[int(rng.random() * 2)]
    return {"control": expected + side * off, "treatment": expected - side * off}


def chi_square(values: Values) -> float:
    """Of the two counts against an even split."""
    control, treatment = values["control"], values["treatment"]
    return float((control - treatment) ** 2 / (control + treatment))


def split_guard(values: Values) -> bool:
    """Whether the verdict is clear: the statistic is not close to that of the alarm."""
    return 0.5 <= chi_square(values) <= 200 and abs(chi_square(values) / ALARM - 1) > 0.05


def split_wrong(values: Values) -> Iterator[float]:
    """One arm alone, gaps not squared, shares for counts, and the other arm as what is expected."""
    control, treatment = values["control"], values["treatment"]
    total, gap = control + treatment, abs(control - treatment)
    yield chi_square(values) / 2
    yield 2 * gap / total
    yield chi_square(values) / total
    yield gap**2 / control


EXPERIMENT = {
    "ab_sample_size": Generator(
        params=SIZE, shows=SIZE, draw=each, value=arm_size, guard=size_guard, wrong=size_wrong
    ),
    "srm_chi2": Generator(
        params={"expected": EXPECTED, "off": OFF},
        shows={"control": COUNT, "treatment": COUNT},
        draw=split_draw,
        value=chi_square,
        guard=split_guard,
        wrong=split_wrong,
    ),
}
