"""The generator of diversity re-ranking: its draw, right value, guard and usual wrong answers.

Formula: maximal marginal relevance of Carbonell & Goldstein 1998, λ · relevance − (1 − λ) · the
largest similarity to an item that was picked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import (
    Generator,
    Values,
    choose,
    grid,
    list_of,
    number,
    pick,
    several,
    whole,
)

if TYPE_CHECKING:
    from random import Random

SHARE, CANDIDATES = number(0, 1), whole(2, 8)
TRADE = number(0.1, 0.9, other_than=0.5)  # at 0.5 the two weights could be swapped unnoticed
RELEVANCE, FAR, NEAR = grid(0.1, 0.2, 0.9), grid(0.1, 0.1, 0.5), grid(0.1, 0.6, 0.9)


def mmr_draw(params: Values, rng: Random) -> dict[str, Any]:
    """The most relevant candidate is near the item picked first, so that the third pick is open."""
    rel = several(RELEVANCE, pick(params["n"], rng), rng)
    return {
        "lam": pick(params["lam"], rng),
        "rel": rel,
        "sim_a": [choose(NEAR if worth == max(rel) else FAR, rng) for worth in rel],
        "sim_b": [choose(FAR, rng) for _ in rel],
    }


def scores(values: Values, over: Callable[[Sequence[float]], float], lam: float) -> list[float]:
    """What each candidate is worth if ``over`` sums up its similarities to the picked items."""
    pairs = zip(values["sim_a"], values["sim_b"], strict=True)
    return [
        lam * rel - (1 - lam) * over(pair) for rel, pair in zip(values["rel"], pairs, strict=True)
    ]


def mmr(values: Values) -> float:
    """The score of the candidate that is picked third, after the items a and b."""
    return max(scores(values, max, values["lam"]))


def mmr_guard(values: Values) -> bool:
    """Whether the lists are of one length and the most relevant candidate is not the one picked."""
    rel = values["rel"]
    if not len(rel) == len(values["sim_a"]) == len(values["sim_b"]):
        return False
    worth = scores(values, max, values["lam"])
    return worth.index(max(worth)) != rel.index(max(rel)) and max(worth) > 0


def mmr_wrong(values: Values) -> Iterator[float]:
    lam, rel = values["lam"], values["rel"]
    yield max(scores(values, max, 1 - lam))
    yield max(scores(values, sum, lam))
    yield max(scores(values, lambda pair: sum(pair) / 2, lam))
    yield max(scores(values, lambda pair: pair[1], lam))  # compared with the last pick alone
    yield scores(values, max, lam)[rel.index(max(rel))]


DIVERSITY = {
    "mmr_third_pick": Generator(
        params={"n": CANDIDATES, "lam": TRADE},
        shows={
            "lam": TRADE,
            "rel": list_of(SHARE),
            "sim_a": list_of(SHARE),
            "sim_b": list_of(SHARE),
        },
        draw=mmr_draw,
        value=mmr,
        guard=mmr_guard,
        wrong=mmr_wrong,
    )
}
