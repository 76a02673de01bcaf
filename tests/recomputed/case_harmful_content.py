"""What stands behind the numbers of the deck `case-harmful-content`."""

from __future__ import annotations

import math

from recomputed.table import Numbers

POSTS, HARMFUL, REVIEWS = 200e6, 0.001, 100_000

NUMBERS = {
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
