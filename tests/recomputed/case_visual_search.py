"""What stands behind the numbers of the deck `case-visual-search`."""

from __future__ import annotations

from recomputed.table import Numbers

PICTURES, SEARCHES = 1e9, 200e6

NUMBERS = {
    "mock-visual-search": Numbers(
        given="1 5 200 300 200 1 5 300 1 256 64 3 1 1,000 5 5 quarter five",
        shown=(
            ("floats: «1» TB", 256 * 4 * PICTURES / 1e12),
            ("or «64» GB in", 64 * PICTURES / 1e9),
            ("make «4» B vectors", (1 + 3) * PICTURES / 1e9),
            ("vectors, «256» GB of codes", 64 * (1 + 3) * PICTURES / 1e9),
            ("only crops, «1,157» a second", SEARCHES / 2 / 86_400),
            ("about «278» GPU hours", PICTURES / 1_000 / 3_600),
        ),
        holds=(("2,300 a second on average", round(SEARCHES / 86_400, -2) == 2_300),),
    ),
}
