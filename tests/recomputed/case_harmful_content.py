"""What stands behind the numbers of the deck `case-harmful-content`."""

from __future__ import annotations

from recomputed.table import Numbers

POSTS, HARMFUL, REVIEWS = 200e6, 0.001, 100_000

NUMBERS = {
    "mock-harmful-content": Numbers(
        given="200 30 0.1 100,000 0.1 200 0.1 1 double 300 1",
        shown=(
            ("«200,000» harmful posts", POSTS * HARMFUL),
            ("are «twice» what people", POSTS * HARMFUL / REVIEWS),
            ("nothing brings to «99.9» %", 100 * (1 - HARMFUL)),
            ("all «2,315» posts a second", POSTS / 86_400),
            ("one post in «2,000»", POSTS / REVIEWS),
            ("bring them «20» times", 0.01 * POSTS * (1 - HARMFUL) / REVIEWS),
        ),
    ),
}
