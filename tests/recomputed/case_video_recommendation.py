"""What stands behind the numbers of the deck `case-video-recommendation`."""

from __future__ import annotations

from recomputed.table import Numbers

VIDEOS, PEAK, UPLOADS, SHOWN = 10e6, 20_000, 50_000, 100e6 * 20

NUMBERS = {
    "mock-video-recommendation": Numbers(
        given="100 10 50,000 20 20,000 200 10 2 3 2 60 50,000 200 50,000 1,000"
        " 500 3 500 50,000 halve",
        shown=(
            ("all is «200» billion", VIDEOS * PEAK / 1e9),
            ("make «10» million scores", 500 * PEAK / 1e6),
            ("a day, «35» a minute", UPLOADS / 1_440),
            ("upload: «50» M of the", 1_000 * UPLOADS / 1e6),
            ("the «2» B or more", SHOWN / 1e9),  # of one page for each user
        ),
    ),
}
