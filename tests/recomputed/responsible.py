"""What stands behind the numbers of the deck `responsible`."""

from __future__ import annotations

import math

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers

FLAG = {"tpr": 0.8, "fpr": 0.1}

NUMBERS = {
    "too-many-local-epochs": Numbers(given="fifty"),
    "epsilon-as-a-factor": Numbers(
        given="2 0 0.1 8",
        shown=(
            ("it is «1.11»", math.exp(0.1)),
            ("it is «2,981»", math.exp(8)),
        ),
    ),
    "delta-of-one-in-n": Numbers(given="100,000 1 100,000"),
    "clipping-the-batch-mean": Numbers(given="500 500 500 500 500 500"),
    "reach-of-an-erasure-request": Numbers(cited="2024"),
    "rubber-stamped-refusals": Numbers(given="tenth twice twice", cited="2018"),
    "precision-under-equal-rates-generated": Numbers(
        given="0.8 0.1 0.1 0.4",
        shown=(
            ("give «0.08» / (0.08", 0.8 * 0.1),
            ("/ («0.08» + 0.09)", 0.8 * 0.1),
            ("+ «0.09») =", 0.1 * (1 - 0.1)),
            ("= «0.471»;", worked("precision_from_rates", {**FLAG, "prevalence": 0.1})),
            ("give «0.842».", worked("precision_from_rates", {**FLAG, "prevalence": 0.4})),
        ),
    ),
    "threshold-for-each-group": Numbers(given="80 60"),
    "many-tiny-changes": Numbers(
        given="10,000 0.02 0.01 0.01",
        shown=(("odds by «7.4»", math.exp(10_000 * 0.02 * 0.01)),),
    ),
    "recall-against-yesterdays-spam": Numbers(given="99 70"),
    "reviewers-shown-the-score": Numbers(given="97"),
    "appeals-decided-by-a-model": Numbers(cited="20"),
    "appeals-are-self-selected": Numbers(
        given="1,000,000 20,000 6,000 20,000 6,000",
        shown=(
            ("«30» %, as 20,000", 100 * 6_000 / 20_000),
            ("«0.6» %, as 6,000", 100 * 6_000 / 1_000_000),
        ),
    ),
    "street-images-in-order": Numbers(cited="2009 89"),
    "mask-before-copies-are-made": Numbers(given="five"),
    "fair-share-of-two-features": Numbers(
        given="10 30 20 70",
        shown=(
            ("A adds «20» when", 30 - 10),
            ("and «50» when", 70 - 20),
            ("orders is «35».", (20 + 50) / 2),
            ("B gets «25»,", ((20 - 10) + (70 - 30)) / 2),
            ("distance of «60» from", 70 - 10),
        ),
    ),
    "album-model-at-the-till": Numbers(given="3 18 21 18 18 18 18"),
}
