"""The generator of contrastive loss: its draw, right value, guard and usual wrong answers.

Formula: InfoNCE of van den Oord et al. 2018, −ln of the softmax share of the positive among the
positive and the negatives, each similarity over the temperature.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
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

SIMILARITY, TEMPERATURE = number(-1, 1), number(0.01, 10)
WIDEST_GAP = 5  # temperatures; e⁻⁵ of the largest term no longer shows


def infonce_draw(params: Values, rng: Random) -> dict[str, Any]:
    """Different negatives, on either side of the positive."""
    scores = grid(pick(params["score_step"], rng), 0.1, 0.9)
    return {
        "pos": choose(scores, rng),
        "neg": sorted(several(scores, pick(params["n_neg"], rng), rng), reverse=True),
        "tau": pick(params["tau"], rng),
    }


def infonce(values: Values) -> float:
    """The loss in nats of one positive against its negatives."""
    logits = [score / values["tau"] for score in (values["pos"], *values["neg"])]
    return math.log(math.fsum(math.exp(logit - logits[0]) for logit in logits))


def infonce_guard(values: Values) -> bool:
    """Whether every negative counts, and a calculator copes."""
    scores = values["pos"], *values["neg"]
    return bool(max(scores) - min(scores) <= WIDEST_GAP * values["tau"] + 1e-9)


def infonce_wrong(values: Values) -> Iterator[float]:
    """The positive left out below the line, log2, and the temperature forgotten or multiplied."""
    pos, tau = values["pos"], values["tau"]
    yield math.log(math.fsum(math.exp((score - pos) / tau) for score in values["neg"]))
    yield infonce(values) / math.log(2)
    if tau != 1:
        yield infonce({**values, "tau": 1})
        yield infonce({**values, "tau": 1 / tau})


CONTRASTIVE = {
    "infonce": Generator(
        params={"n_neg": whole(1, 8), "score_step": number(0.05, 0.2), "tau": TEMPERATURE},
        shows={"pos": SIMILARITY, "neg": list_of(SIMILARITY), "tau": TEMPERATURE},
        draw=infonce_draw,
        value=infonce,
        guard=infonce_guard,
        wrong=infonce_wrong,
    )
}
