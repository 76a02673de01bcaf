"""What stands behind the numbers of the deck `models`."""

from __future__ import annotations

import math
from math import isclose

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers


def positive(temperature: float) -> float:
    """The softmax of a cosine of 1 among 1,023 cosines of −1."""
    return 1 / (1 + 1023 * math.exp(-2 / temperature))


MMR = {
    "lam": 0.6,
    "rel": [0.9, 0.8, 0.5],
    "sim_a": [0.9, 0.3, 0.1],
    "sim_b": [0.2, 0.5, 0.2],
}

NUMBERS = {
    "two-tower-why-indexable": Numbers(given="100"),
    "corpus-scan-tree-against-index": Numbers(
        given="4 2 80,000 40 25 40 2",
        shown=(
            ("«160» core-seconds", 40e6 * 4e-6),
            ("2 ms + «2» ms", 1e3 * 80_000 * 25e-9),
            ("is «160» times cheaper", 4e-6 / 25e-9),
            ("and «500» times fewer", 40e6 / 80_000),
            ("«halves» the product", 40e6 * 4e-6 / 4e-3 / (160 * 500)),
        ),
    ),
    "two-tower-as-ranker-loses-crosses": Numbers(given="300 300 300"),
    "in-batch-score-is-no-click-rate": Numbers(given="0 1"),
    "in-batch-negatives": Numbers(given="512", shown=(("each user «511» negatives", 512 - 1),)),
    "item-tower-legal-inputs": Numbers(given="30"),
    "boosting-fits-negative-gradient": Numbers(given="0 1"),
    "churn-table-next-model": Numbers(
        given="50,000 60", cited="2022 10,000 50,000 2025 10,000 2022 2022 10,000"
    ),
    "implicit-mf-empty-pairs": Numbers(given="0 1"),
    "cross-encoder-recall-ceiling": Numbers(given="200 62 200 ten 55 55 70 200 62 ten 62 62 ten"),
    "one-learning-rate-per-weight": Numbers(cited="five"),
    "second-order-leaf-weight": Numbers(
        given="1 8 0.5 six 1 0 1",
        shown=(
            ("G is −«2»", -(6 * (0.5 - 1) + 2 * 0.5)),
            ("H is «2»", 8 * 0.5 * (1 - 0.5)),
            ("without λ it would be «1»", 2 / 2),
            ("mean residual, «0.25»", (6 * 0.5 - 2 * 0.5) / 8),
        ),
        holds=(("the weight is 2/3", isclose(2 / 3, 2 / (2 + 1))),),
    ),
    "histogram-split-search": Numbers(given="255"),
    "leaf-wise-on-small-data": Numbers(
        given="5,000 8 256 8", shown=(("depth 8 has at most «256»", 2**8),)
    ),
    "boosted-leaves-missing-stage": Numbers(cited="2014"),
    "grid-vs-random-search": Numbers(
        given="64 64",
        cited="2012",
        shown=(
            ("«4» values", 64 ** (1 / 3)),
            ("each in «16» trials", 64 / 4),
            ("«60» trials repeat", 64 - 4),
        ),
    ),
    "best-of-many-configurations": Numbers(given="200 0.81 0.81 200 200"),
    "mmr-second-pick": Numbers(
        given="1 0.7 0.9 0.8 0.6 0.9 0.2 1",
        shown=(
            ("scores «0.42»", 0.7 * 0.6),
            ("− «0.06» =", 0.3 * 0.2),
            ("= «0.36»,", 0.7 * 0.6 - 0.3 * 0.2),
            ("only «0.56»", 0.7 * 0.8),
            ("− «0.27» =", 0.3 * 0.9),
            ("= «0.29».", 0.7 * 0.8 - 0.3 * 0.9),
        ),
    ),
    "mmr-third-pick-generated": Numbers(
        given="1 0.6 0.9 0.8 0.5 0.9 0.3 0.1 0.2 0.5 0.2",
        shown=(
            ("wins with «0.48»", 0.6 * 0.8),
            ("− «0.20» =", (1 - 0.6) * max(0.3, 0.5)),
            ("= «0.28».", worked("mmr_third_pick", MMR)),
        ),
    ),
    "ndcg-drops-with-diversity": Numbers(given="1 0.7 2 1 1"),
    "linucb-vs-thompson": Numbers(cited="2011"),
    "dot-product-replaced-by-mlp": Numbers(cited="2020"),
    "batch-gaps-estimate-frequency": Numbers(
        given="40", shown=(("probability «0.025» per batch", 1 / 40),)
    ),
    "cosine-without-temperature": Numbers(
        given="1 1,023 1 1 1,023 0.05",
        shown=(("stretches them to ±«20»", 1 / 0.05),),
        holds=(
            ("so the loss stays high however good the vectors are", -math.log(positive(1)) > 4),
            ("almost the whole probability", positive(0.05) > 0.999),
        ),
    ),
    "export-skips-normalisation": Numbers(given="1"),
    "factorised-pair-never-seen": Numbers(given="6"),
    "pairwise-weights-against-factors": Numbers(
        given="200,000 20",
        shown=(
            ("About «20» billion weights", math.comb(200_000, 2) / 1e9),
            ("against «4» million", 200_000 * 20 / 1e6),
        ),
    ),
    "re-rank-depth-from-latency": Numbers(
        given="16 9 150 70",
        shown=(
            ("fit into «80» ms", 150 - 70),
            ("«Eight» whole batches", (150 - 70) // 9),
            ("finish at «81» ms", 9 * 9),
        ),
        holds=(("and a ninth would", (150 - 70) // 9 + 1 == 9),),
    ),
    "cross-layers-and-degree": Numbers(given="five", shown=(("thus take «four» layers", 5 - 1),)),
    "low-rank-cross-layer": Numbers(
        given="1,500 1,500 1,500 150 2 1,500 150",
        shown=(("a «fifth» of the full matrix", 2 * 1500 * 150 / 1500**2),),
    ),
    "click-model-table-memory-generated": Numbers(
        given="10 200 64 4", shown=(("take «51.2» GB", 200e6 * 64 * 4 / 1e9),)
    ),
    "click-model-must-shrink": Numbers(
        given="60 5 32 40 8 16 60 60 4 nine tenths",
        shown=(
            ("together take «0.02» GB", 5e6 * 4 / 1e9),
            ("quarters of «0.02» GB", 5e6 * 4 / 1e9),
            ("60 GB to «30» GB", 60 * 16 / 32),
            ("are «15» billion", 60 / 4),
            ("«3,000» times as many", 60 / 4 * 1e9 / 5e6),
        ),
        holds=(("three quarters of", 1 - 8 / 32 == 3 / 4),),
    ),
    "scores-an-index-can-search": Numbers(given="1"),
    "two-hop-fan-out": Numbers(
        given="25 10 400",
        shown=(
            ("«160,401» reads", 1 + 400 + 400 * 400),
            ("reads against «276»", 1 + 25 + 25 * 10),
        ),
    ),
    "conversion-rate-by-division": Numbers(given="1 0 0 0 1"),
    "position-tower-at-serving": Numbers(cited="2019 tenth"),
    "halving-vs-bayesian-search": Numbers(given="halving halving"),  # its name
}
