"""Generators of drift measures on binned shares: draws, right values, guards, usual wrong answers.

Formulas: Siddiqi 2006 (PSI), Kullback-Leibler divergence in nats, Hodges 1958 (the largest gap of
two cumulative distributions, read at the edges of the bins alone).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import (
    Generator,
    Param,
    Values,
    extremes,
    list_of,
    number,
    pick,
    several,
    whole,
)

if TYPE_CHECKING:
    from random import Random

STEPS = (0.01, 0.02, 0.05, 0.1)
LEAST = 0.05  # of a bin, which an empty one would make infinite
PARAMS = {
    "bins": whole(2, 10),
    "min_share": number(LEAST, 0.25),
    "share_step": Param("0.01, 0.02, 0.05 or 0.1", lambda v: v in STEPS),
}
SHARES = {name: list_of(number(LEAST, 1)) for name in ("expected", "actual")}


def shares(params: Values, rng: Random) -> list[float]:
    """Shares of bins that sum to 1, every split of the steps as likely as every other."""
    bins, units = pick(params["bins"], rng), round(1 / pick(params["share_step"], rng))
    least = math.ceil(pick(params["min_share"], rng) * units - 1e-9)
    places = units - bins * least + bins - 1
    bars = sorted(several(range(places), bins - 1, rng))
    return [
        round((right - left - 1 + least) / units, 9)
        for left, right in pairwise([-1, *bars, places])
    ]


def shares_draw(params: Values, rng: Random) -> dict[str, Any]:
    fixed = {**params, "bins": pick(params["bins"], rng)}
    return {name: shares(fixed, rng) for name in SHARES}


def shares_clash(params: Values) -> Iterator[str]:
    """A problem where so many bins cannot each have the smallest share."""
    bins, least = max(extremes(params["bins"])), max(extremes(params["min_share"]))
    step = max(extremes(params["share_step"]))
    if bins * math.ceil(least / step - 1e-9) * step > 1 + 1e-9:
        yield f"min_share leaves no room for {bins} bins: make it or bins smaller"


def shares_guard(values: Values) -> bool:
    """Whether both lists are shares of as many bins."""
    lists = values["expected"], values["actual"]
    return len(lists[0]) == len(lists[1]) and all(abs(sum(one) - 1) < 1e-6 for one in lists)


def pairs(values: Values) -> list[tuple[float, float]]:
    """Each bin's share as it was expected and as it is."""
    return list(zip(values["expected"], values["actual"], strict=True))


def kl(values: Values) -> float:
    """KL(actual ∥ expected) in nats."""
    return math.fsum(a * math.log(a / e) for e, a in pairs(values))


def kl_back(values: Values) -> float:
    """KL(expected ∥ actual) in nats."""
    return math.fsum(e * math.log(e / a) for e, a in pairs(values))


def psi(values: Values) -> float:
    """Population stability index: the KL divergences of both directions added."""
    return kl(values) + kl_back(values)


def psi_guard(values: Values) -> bool:
    return shares_guard(values) and 0.02 < psi(values) < 0.6


def psi_wrong(values: Values) -> Iterator[float]:
    there, back, right = kl(values), kl_back(values), psi(values)
    yield from (there, back, 2 * there, 2 * back, right / math.log(2), right / math.log(10))


def kl_guard(values: Values) -> bool:
    return shares_guard(values) and 0.01 < kl(values) < 0.6


def kl_wrong(values: Values) -> Iterator[float]:
    right = kl(values)
    yield from (kl_back(values), psi(values), right / math.log(2), right / math.log(10))


def gaps(values: Values) -> list[float]:
    """How far the two cumulative shares lie apart at each inner edge."""
    sums = zip(*(list(accumulate(values[name]))[:-1] for name in SHARES), strict=True)
    return [abs(e - a) for e, a in sums]


def ks(values: Values) -> float:
    """The largest gap of the cumulative shares over the bin edges."""
    return max(gaps(values))


def ks_guard(values: Values) -> bool:
    """Whether one edge alone has the largest gap."""
    if not shares_guard(values) or len(values["expected"]) < 3:
        return False
    second, first = sorted(gaps(values))[-2:]
    return first - second > 1e-6


def ks_wrong(values: Values) -> Iterator[float]:
    """The largest gap of a bin, and half the sum of these."""
    off = [abs(e - a) for e, a in pairs(values)]
    yield from (max(off), sum(off) / 2)


PSI = Generator(
    params=PARAMS,
    shows=SHARES,
    draw=shares_draw,
    value=psi,
    guard=psi_guard,
    wrong=psi_wrong,
    clash=shares_clash,
)

DRIFT = {
    "psi": PSI,
    "kl": PSI._replace(value=kl, guard=kl_guard, wrong=kl_wrong),
    "ks_two_sample": PSI._replace(value=ks, guard=ks_guard, wrong=ks_wrong),
}
