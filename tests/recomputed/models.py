"""What stands behind the numbers of the deck `models`."""

from __future__ import annotations

from math import isclose

from mlsd_cards.cards.generate import worked
from recomputed.table import Numbers

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
}
