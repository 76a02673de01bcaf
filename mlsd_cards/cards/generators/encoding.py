"""Generators of categories as numbers: shared hash buckets and smoothed target encodings.

Hashing as in Weinberger et al. 2009, with a function that spreads evenly at random; a smoothed mean
as in scikit-learn's TargetEncoder with a given weight (Micci-Barreca 2001).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from mlsd_cards.cards.generators.generator import Generator, Values, each, number, whole

BUCKETS = {"ids_m": whole(1, 100_000), "buckets_m": whole(1, 100_000)}  # both in millions
CATEGORY = {  # prior: per cent; weight: imagined rows
    "rows": whole(1, 1_000_000),
    "hits": whole(0, 1_000_000),
    "prior": number(0.01, 99.99),
    "weight": whole(1, 1_000_000),
}


def sharing(values: Values) -> float:
    """The percentage of ids that meet another id in their bucket."""
    others, buckets = values["ids_m"] * 10**6 - 1, values["buckets_m"] * 10**6
    return 100 * -math.expm1(others * math.log1p(-1 / buckets))


def sharing_guard(values: Values) -> bool:
    """Whether collisions are neither rare nor nearly certain."""
    return 5 <= sharing(values) <= 95


def sharing_wrong(values: Values) -> Iterator[float]:
    """Ids over buckets, the ids that are alone, and the two numbers swapped."""
    load = values["ids_m"] / values["buckets_m"]
    yield 100 * load
    yield 100 * math.exp(-load)
    yield 100 * -math.expm1(-1 / load)


def smoothed(values: Values) -> float:
    """The percentage of hits among real rows and imagined ones at the prior."""
    hits = 100 * values["hits"] + values["weight"] * values["prior"]
    return float(hits / (values["rows"] + values["weight"]))


def smoothed_guard(values: Values) -> bool:
    """Whether the rows can hold the hits, some of them and not all."""
    return bool(0 < values["hits"] < values["rows"])


def smoothed_wrong(values: Values) -> Iterator[float]:
    """No smoothing, the prior, their plain mean, the weights swapped, and one part left out."""
    rows, weight, prior = values["rows"], values["weight"], values["prior"]
    own = 100 * values["hits"] / rows
    yield from (own, prior, (own + prior) / 2)
    yield (weight * own + rows * prior) / (rows + weight)
    yield 100 * values["hits"] / (rows + weight)
    yield own + weight * prior / rows


ENCODING = {
    "shared_bucket": Generator(
        params=BUCKETS,
        shows=BUCKETS,
        draw=each,
        value=sharing,
        guard=sharing_guard,
        wrong=sharing_wrong,
    ),
    "smoothed_mean": Generator(
        params=CATEGORY,
        shows=CATEGORY,
        draw=each,
        value=smoothed,
        guard=smoothed_guard,
        wrong=smoothed_wrong,
    ),
}
