"""What stands behind the numbers of the deck `case-video-recommendation`."""

from __future__ import annotations

from math import isclose

from recomputed.table import Numbers

VIDEOS, PEAK, UPLOADS, SHOWN = 10e6, 20_000, 50_000, 100e6 * 20

NUMBERS = {
    "heads-to-one-score-missing-box": Numbers(given="four four"),
    "same-number-of-rows-per-viewer": Numbers(given="200 2016"),
    "age-of-the-example": Numbers(given="2016", cited="0"),
    "views-spent-on-uploads": Numbers(
        given="100 six 20 50,000 1,200 5",
        shown=(
            ("«60» million of 12 billion", 50_000 * 1200 / 1e6),
            ("of «12» billion showings", 100e6 * 6 * 20 / 1e9),
            ("one slot on every «tenth» page", 20 * 50_000 * 1200 / (100e6 * 6 * 20)),
            ("gets about «60» clicks", 1200 * 0.05),
        ),
    ),
    "minutes-against-dismissals": Numbers(
        given="0.10 4 0.030 0.06 6 0.005",
        shown=(
            ("A brings «0.40» minutes", 0.10 * 4),
            ("B «0.36»,", 0.06 * 6),
            ("and A «0.025» more", 0.030 - 0.005),
        ),
        holds=(("so 0.04 / 0.025", isclose((0.10 * 4 - 0.06 * 6) / 0.025, 0.04 / 0.025)),),
    ),
    "seconds-vs-share-watched": Numbers(
        given="30 2 3 2 20 60 20",
        shown=(("much, «67» %", 100 * 2 / 3), ("little, «33» %", 100 * 20 / 60)),
    ),
    "good-launch-on-watch-time": Numbers(given="500"),
    "dismiss-head-reads-half": Numbers(given="halved"),
    "page-repeats-the-last-search": Numbers(given="500 0.41 0.58 2016"),
    "better-candidates-same-page": Numbers(
        given="500 0.40 0.52 22 1 22 22 22",
    ),
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
