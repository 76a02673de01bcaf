"""Generators about scores as probabilities: draws, right values, guards, usual wrong answers.

Formulas: He et al. 2014 (normalised entropy, correction after downsampling), Guo et al. 2017
(expected calibration error).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.classification import LOGLOSS, SCORES, logloss
from mlsd_cards.cards.generators.generator import (
    Generator,
    Values,
    choose,
    each,
    extremes,
    grid,
    list_of,
    number,
    pick,
    whole,
)

if TYPE_CHECKING:
    from random import Random

BACKGROUND = number(0.005, 0.3)
COUNT = whole(1, 1_000_000_000)
WIDEST_GAP = 0.25  # of a bin that is drawn, between prediction and outcome


def ne_draw(params: Values, rng: Random) -> dict[str, Any]:
    return {**LOGLOSS.draw(params, rng), "ctr": pick(params["ctr"], rng)}


def entropy(p: float) -> float:
    """The log loss, in nats, of predicting ``p`` for events that happen with that probability."""
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


def ne(values: Values) -> float:
    """Log loss over that of always predicting the background rate, where that is the true one."""
    return logloss(values) / entropy(values["ctr"])


def ne_wrong(values: Values) -> Iterator[float]:
    loss = logloss(values)
    yield from (loss, loss / math.log(2), loss / -math.log(values["ctr"]))


NE = Generator(
    params={**LOGLOSS.params, "ctr": BACKGROUND},
    shows={**LOGLOSS.shows, "ctr": BACKGROUND},
    draw=ne_draw,
    value=ne,
    guard=LOGLOSS.guard,
    wrong=ne_wrong,
)


def ece_draw(params: Values, rng: Random) -> dict[str, Any]:
    bins, step = pick(params["bins"], rng), pick(params["score_step"], rng)
    counts = [pick(params["count"], rng) for _ in range(bins)]
    # No mean lies on the edge of its bin, so that nobody has to ask which bin has the edge.
    predicted = [
        choose(grid(step, place / bins + step / 2, (place + 1) / bins - step / 2), rng)
        for place in range(bins)
    ]
    observed = [
        choose(grid(step, max(0.0, mean - WIDEST_GAP), min(1.0, mean + WIDEST_GAP)), rng)
        for mean in predicted
    ]
    return {"counts": counts, "total": sum(counts), "predicted": predicted, "observed": observed}


def ece_clash(params: Values) -> Iterator[str]:
    """A problem where a bin may hold no score of the grid but its edges."""
    bins, step = max(extremes(params["bins"])), max(extremes(params["score_step"]))
    if step > 1 / (2 * bins) + 1e-9:
        yield f"score_step must be at most {1 / (2 * bins):.3g} for {bins} bins"


def gaps(values: Values) -> list[tuple[float, float]]:
    """Each bin's share of the examples, and by how much its outcomes exceed its predictions."""
    rows = zip(values["counts"], values["predicted"], values["observed"], strict=True)
    return [(count / values["total"], seen - mean) for count, mean, seen in rows]


def ece(values: Values) -> float:
    """Expected calibration error: the mean absolute gap, a bin weighing as much as its examples."""
    return sum(share * abs(gap) for share, gap in gaps(values))


def ece_guard(values: Values) -> bool:
    return bool(sum(values["counts"]) == values["total"])


def ece_wrong(values: Values) -> Iterator[float]:
    sizes = [abs(gap) for _, gap in gaps(values)]
    yield from (sum(sizes) / len(sizes), max(sizes))
    yield abs(sum(share * gap for share, gap in gaps(values)))


ECE_BINS = Generator(
    params={"bins": whole(2, 10), "count": COUNT, "score_step": number(0.01, 0.25)},
    shows={
        "counts": list_of(COUNT),
        "total": whole(1, 10_000_000_000),
        "predicted": SCORES,
        "observed": SCORES,
    },
    draw=ece_draw,
    value=ece,
    guard=ece_guard,
    wrong=ece_wrong,
    clash=ece_clash,
)


def corrected(values: Values) -> float:
    """The probability on all data behind a score learnt from a share ``w`` of the negatives."""
    p, w = values["p"], values["w"]
    return float(p / (p + (1 - p) / w))


def corrected_wrong(values: Values) -> Iterator[float]:
    p, w = values["p"], values["w"]
    yield from (p * w, p / w, p / (p + (1 - p) * w), p)


# Below a score of 0.1 the product of p and w comes too close to the right answer.
SCORE_AND_SHARE = {"p": number(0.1, 0.95), "w": number(0.001, 0.5)}

DOWNSAMPLE_CORRECTION = Generator(
    params=SCORE_AND_SHARE,
    shows=SCORE_AND_SHARE,
    draw=each,
    value=corrected,
    guard=lambda _: True,
    wrong=corrected_wrong,
)

CALIBRATION = {"ne": NE, "ece_bins": ECE_BINS, "downsample_correction": DOWNSAMPLE_CORRECTION}
