"""What stands behind the numbers of the deck `deep-models`."""

from __future__ import annotations

import math
from math import isclose

from recomputed.table import Numbers

WIDTH, HIDDEN = 768, 3072
MATRICES = 4 * WIDTH**2 + 2 * WIDTH * HIDDEN  # multiplications a token
PAIRS = 1800 * 1799 / 2  # of photos in a batch
CELLS = 960 // 16 * (640 // 16)


def layer(tokens: int) -> float:
    """The multiplications of a transformer layer of that width, without a mask."""
    return tokens * (MATRICES + 2 * WIDTH * tokens)


def softmax(logits: list[float], temperature: float) -> list[float]:
    """The probabilities of logits that are divided by a temperature first."""
    powers = [math.exp(logit / temperature) for logit in logits]
    return [power / sum(powers) for power in powers]


NUMBERS = {
    "attention-cost-crossover": Numbers(
        given="768 4 768 768 768 3,072",
        shown=(
            ("matrices cost «12»d²", MATRICES / WIDTH**2),
            ("much at n = «6»d", MATRICES / (2 * WIDTH) / WIDTH),
        ),
    ),
    "clause-beyond-the-window": Numbers(
        given="512 20,000 512 20,000 512 20,000 512",
        holds=(("some 1,500 times as many", isclose((20_000 / 512) ** 2, 1500, rel_tol=0.02)),),
    ),
    "deeper-but-worse-in-training": Numbers(cited="56 20 20 20 56"),
    "cnn-vs-vit": Numbers(
        given="doubled",
        cited="2021",
        shown=(
            ("about «4» times the work", 2**2),
            ("«4» times the patches", 2**2),
            ("so «16» times the attention", (2**2) ** 2),
        ),
    ),
    "patches-of-half-the-side": Numbers(
        given="768 224 224 8 8 16 16 3,072",
        shown=(
            ("has «16» times the entries", ((224 // 8) ** 2 / (224 // 16) ** 2) ** 2),
            ("about «4.5» times the mult", layer(784) / layer(196)),
            ("there are «4» times", (224 // 8) ** 2 / (224 // 16) ** 2),
            ("«196» patches", (224 // 16) ** 2),
            ("become «784»", (224 // 8) ** 2),
            ("pairs take «4» %", 100 * 2 * WIDTH * 196 / MATRICES),
            ("and «17» % after", 100 * 2 * WIDTH * 784 / MATRICES),
            ("far below «6» × 768", MATRICES / (2 * WIDTH) / WIDTH),
            ("below 6 × «768».", WIDTH),
            ("grow by «16»", ((224 // 8) ** 2 / (224 // 16) ** 2) ** 2),
        ),
    ),
    "fine-tune-at-higher-resolution": Numbers(
        given="224 224 16 16 384 384 15",
        shown=(
            ("their «14» × 14 grid", 224 / 16),
            ("14 × «14» grid", 224 / 16),
            ("to «24» × 24", 384 / 16),
            ("24 × «24».", 384 / 16),
            ("some «8.6» times", (24 / 14) ** 4),
        ),
        holds=(("from the second row into the first", (14 // 14, 14 // 24) == (1, 0)),),
    ),
    "background-anchors-per-match": Numbers(
        given="16 16 960 640 9 5 8 9",
        cited="256",
        shown=(
            ("«60» × 40 cells", 960 / 16),
            ("60 × «40» cells", 640 / 16),
            ("give «21,600» anchors", CELLS * 9),
            ("anchors, «40» of them", 5 * 8),
        ),
    ),
    "people-lost-in-a-crowd": Numbers(given="0.8 0.3 0.3"),
    "positives-and-negatives-of-simclr": Numbers(given="2 1 2 2 2 1 1 2"),
    "negatives-on-one-device": Numbers(
        given="4,096 32",
        shown=(
            ("holds «128» images", 4096 / 32),
            ("so «256» views", 2 * 4096 / 32),
            ("makes it «8,190»", 2 * (4096 - 1)),
        ),
    ),
    "batch-without-positive-pairs": Numbers(
        given="8 1,800 1 8",
        cited="40",
        shown=(
            ("Of the «1.6» million pairs", PAIRS / 1e6),
            ("so «0.2» are expected", PAIRS / 8e6),
        ),
    ),
    "no-sentence-fits": Numbers(given="0.8 0.5 0.5"),
    "one-minute-of-an-hour": Numbers(cited="2022", shown=(("lost among «sixty»", 60 * 60 / 60),)),
    "frozen-encoder-first": Numbers(given="2,000"),
    "lora-share-of-weights": Numbers(
        given="4,096 11,008 16 4,096 16 16 11,008",
        shown=(
            ("with «241,664» weights", 16 * (4096 + 11008)),
            ("against «45» million", 4096 * 11008 / 1e6),
        ),
    ),
    "random-head-bends-features": Numbers(cited="ten"),
    "softened-second-class": Numbers(
        given="6 3 0 3 1",
        shown=(
            ("softmax of «2», 1 and 0", 6 / 3),
            ("softmax of 2, «1» and 0", 3 / 3),
            ("2, 1 and «0».", 0 / 3),
            ("would get «0.047»", softmax([6, 3, 0], 1)[1]),
        ),
    ),
    "weight-of-the-soft-loss": Numbers(given="1 1"),
    "image-times-out-at-serving": Numbers(given="5"),
    "signs-smaller-than-a-cell": Numbers(given="32 32 12 4", shown=(("do «16» times", 4**2),)),
}
