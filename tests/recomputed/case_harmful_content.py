"""What stands behind the numbers of the deck `case-harmful-content`."""

from __future__ import annotations

import math

from recomputed.table import Numbers

POSTS, HARMFUL, REVIEWS = 200e6, 0.001, 100_000

HARMFUL_VIEWS = (1.96 / 0.2) ** 2  # for an interval of ± 20 %

NUMBERS = {
    "known-picture-saved-again": Numbers(
        cited="31 256",
        holds=(("at 2,300 posts a second", round(200e6 / 86_400, -2) == 2_300),),
    ),
    "same-words-another-picture": Numbers(cited="2020"),
    "removals-triple-after-a-retrain": Numbers(given="0.97"),
    "views-to-label-for-prevalence": Numbers(
        given="0.05 95 1.96 20",
        shown=(
            ("«96» harmful views", HARMFUL_VIEWS),
            ("one view in «2,000»", 1 / 0.0005),
            ("«Halving» the interval", 1 / 2),
            ("takes «four» times as many", 2**2),
        ),
    ),
    "recall-under-full-review": Numbers(
        given="200,000 80,000 95 100,000 55 20,000",
        shown=(
            ("«76,000» and 55,000", 80_000 * 0.95),
            ("and «55,000» of", 100_000 * 0.55),
            ("of «200,000». Removing", 200_000),
        ),
    ),
    "views-left-after-the-queue": Numbers(
        given="3 9",
        holds=(
            ("left after 3 hours", math.isclose(0.5 ** (3 / 3), 1 / 2)),
            ("a quarter after 6", math.isclose(0.5 ** (6 / 3), 1 / 4)),
            ("an eighth after 9", math.isclose(0.5 ** (9 / 3), 1 / 8)),
        ),
    ),
    "prevalence-vs-proactive-rate": Numbers(given="99"),
    "new-slur-few-labels": Numbers(given="300 300"),
    "twice-the-removals-same-prevalence": Numbers(
        given="60,000 120,000 0.05 96",
        shown=(("«doubled» from 60,000", 120_000 / 60_000),),
    ),
    "all-models-worse-overnight": Numbers(given="0.94 0.81 500 12 2"),
    "mock-harmful-content": Numbers(
        given="200 30 0.1 100,000 3 6 100 3 100,000 1,000 200 0.1 1 double 300 1",
        shown=(
            ("«200,000» harmful posts", POSTS * HARMFUL),
            ("are «twice» what people", POSTS * HARMFUL / REVIEWS),
            ("prevalence within «20» %", 1.96 / math.sqrt(100) * 100),
            ("nothing brings to «99.9» %", 100 * (1 - HARMFUL)),
            ("«2,315» posts a second: says", POSTS / 86_400),
            ("one post in «2,000»", POSTS / REVIEWS),
            ("bring them «20» times", 0.01 * POSTS * (1 - HARMFUL) / REVIEWS),
        ),
    ),
}
