"""What stands behind the numbers of the deck `case-video-recommendation`."""

from __future__ import annotations

from recomputed.table import Numbers

VIDEOS, PEAK = 10e6, 20_000

NUMBERS = {
    "mock-video-recommendation": Numbers(
        given="100 10 50,000 20,000 200 10 2 3 60 50,000 200 500 3 500 50,000 halve",
        shown=(
            ("all is «200» billion", VIDEOS * PEAK / 1e9),
            ("make «10» million scores", 500 * PEAK / 1e6),
        ),
    ),
}
