"""What stands behind every number of the deck `features`."""

from __future__ import annotations

import math

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers

# 300 of 1,000 rows are positive; a row's code is the mean label of the 999 others.
POSITIVE, NEGATIVE = (300 - 1) / 999, 300 / 999

NUMBERS = {
    "city-as-a-code": Numbers(given="1 300 300"),
    "first-layer-behind-one-hot": Numbers(
        given="2 256 32",
        shown=(
            ("«512» million weights", 2e6 * 256 / 1e6),
            ("against «64» million", 2e6 * 32 / 1e6),
        ),
        holds=(("and a few thousand", 1000 < 32 * 256 < 10_000),),
    ),
    "row-for-unknown-ids": Numbers(cited="2016"),
    "vectors-of-rare-products": Numbers(given="4 five"),
    "ids-sharing-a-bucket-generated": Numbers(
        given="1 1 1 10 20",
        shown=(
            ("rows «39.347» % meet", worked("shared_bucket", {"ids_m": 10, "buckets_m": 20})),
            ("although «60.7» % of the rows", 100 * math.exp(-10 / 20)),
        ),
    ),
    "sign-hash-cancels": Numbers(given="1 1"),
    "one-in-ten-ids-collides": Numbers(
        given="ten", shown=(("that «nine» tenths", 10 - 1), ("nine «tenths» of", 1 / 10))
    ),
    "shrunk-return-rate-generated": Numbers(
        given="5 12 20 10",
        shown=(
            ("give «7» / 32", 5 + 20 * 0.10),
            ("give 7 / «32»", 12 + 20),
            (
                "which is «21.875» %",
                worked("smoothed_mean", {"rows": 12, "hits": 5, "prior": 10, "weight": 20}),
            ),
        ),
    ),
    "ordered-code-of-the-fourth-row": Numbers(
        given="0.2 1 1 0 1 1 four 2 0.2 3 1",
        shown=(("be «0.64» and", (1 + 0 + 1 + 1 + 0.2) / (4 + 1)),),
    ),
    "all-but-one-on-a-constant": Numbers(
        given="1,000 300 300",
        shown=(
            ("get «299»/999", 300 - 1),
            ("get 299/«999»", 1000 - 1),
            ("negatives 300/«999»", 1000 - 1),
            ("rows all get «0.3»", 300 / 1000),
        ),
        holds=(("falls exactly when its own label is positive", POSITIVE < NEGATIVE),),
    ),
    "sort-categories-before-a-split": Numbers(given="2 1 1 1"),
    "native-split-on-user-ids": Numbers(given="30,000 20"),
    "half-a-million-merchants": Numbers(given="500,000 0 1"),
    "three-names-for-missing": Numbers(cited="1976"),
    "spread-after-mean-fill": Numbers(
        given="10 36",
        shown=(("falls to «64» %", 100 - 36), ("64 % of «100»", 10**2)),
    ),
    "first-gaps-come-live": Numbers(given="2", shown=(("other «98» %", 100 - 2),)),
    "log-of-a-view-count": Numbers(given="0 50 100 1"),
    "clicks-per-crossed-value": Numbers(
        given="60 24 25 1.8",
        shown=(
            ("cross has «36,000» values", 60 * 24 * 25),
            ("fewer than «50» clicks", 1.8e6 / (60 * 24 * 25)),
        ),
    ),
    "history-as-a-mean-vector": Numbers(cited="2016"),
    "history-with-the-label-in-it": Numbers(given="50 fifty 50"),
    "frame-vectors-on-disk": Numbers(
        given="2 5 512 2 10",
        shown=(
            ("«600» million frames", 2 * 5 * 60),
            ("frames of «1,024» bytes", 512 * 2),
            ("takes «2.05» GB", 2e6 * 512 * 2 / 1e9),
            ("GB, «300» times less", 5 * 60),
        ),
    ),
    "offline-vs-online-store": Numbers(cited="2017"),
    "value-of-a-dead-job": Numbers(given="ten"),
    "shared-feature-redefined": Numbers(given="30 nine nine nine"),
    "value-written-too-late": Numbers(
        given="5 10 00 10 02 7 11 00 11 40 9 12 00 12 02 11 15 7 11 00 11 15 11 15 5"
    ),
    "what-makes-values-differ": Numbers(given="ten 0"),
    "worse-on-live-features": Numbers(
        given="0.40 0.41 0.47", shown=(("costs «0.01» only", 0.41 - 0.40),)
    ),
    "three-kinds-of-window": Numbers(
        shown=(("in «60» windows", 60 / 1), ("at «60» times the state", 60 / 1))
    ),
    "replayed-clicks-counted-twice": Numbers(given="1 1"),
}
