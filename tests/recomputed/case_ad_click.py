"""What stands behind the numbers of the deck `case-ad-click`."""

from __future__ import annotations

from recomputed.table import Numbers

PEOPLE, PLACES, RATE = 200e6, 10, 0.01
SHOWN = PEOPLE * PLACES
LOAD = SHOWN / 86_400

NUMBERS = {
    "mock-ad-click": Numbers(
        given="200 10 5 1 1 90 100 1 5 1 5 100 500 20 0.17 10 5 twice 1,000 halve",
        shown=(
            ("load: «2» B auctions", SHOWN / 1e9),
            ("a click reaches «99» %", 100 * (1 - RATE)),
            ("all «20» M clicks", SHOWN * RATE / 1e6),
            ("the «1.98» B others", SHOWN * (1 - RATE) / 1e9),
            ("about «12» M scores", LOAD * 500 / 1e6),
        ),
        holds=(
            ("23,000 a second on average", round(LOAD, -3) == 23_000),
            ("Estimates 23,000", round(LOAD, -3) == 23_000),
        ),
    ),
}
