"""What stands behind the numbers of the deck `case-video-search`."""

from __future__ import annotations

from math import sqrt

from recomputed.table import Numbers

VIDEOS, UPLOADS, SECONDS, SEARCHES = 1e9, 3e6, 5 * 60, 500e6
SCENES = 10  # of a video of 5 minutes, at 30 seconds each
FRAMES_A_SECOND, HOUR = 2_000, 3_600
FRAMES = UPLOADS * SECONDS
DAILY = FRAMES / FRAMES_A_SECOND / HOUR

NUMBERS = {
    "gpu-hours-for-new-videos": Numbers(
        given="3 5 2,000 1",
        shown=(
            ("«900» M frames", FRAMES / 1e6),
            ("take «450,000» seconds", FRAMES / FRAMES_A_SECOND),
            ("about «5» GPUs", DAILY / 24),
            ("is «333» times", VIDEOS / UPLOADS),
            ("«41,667» GPU hours", DAILY * VIDEOS / UPLOADS),
        ),
    ),
    "scene-index-size": Numbers(
        given="1 10 64 8 10 256 4",
        shown=(
            ("«10» B entries", VIDEOS * SCENES / 1e9),
            ("of «72» bytes", 64 + 8),
            ("takes a «tenth»", 1 / SCENES),
            ("take «10.24» TB", VIDEOS * SCENES * 256 * 4 / 1e12),
        ),
    ),
    "rerank-gpus-for-search-generated": Numbers(
        given="86,400 250 2 2 100 20,000 0.6",
        shown=(
            ("is «1.157» M", 250e6 * 2 / 86_400 * 2 * 100 / 1e6),
            ("M / «12,000»", 20_000 * 0.6),
            ("= «96.5», so", 250e6 * 2 / 86_400 * 2 * 100 / 12_000),
            ("so «97».", 97),
        ),
    ),
    "one-label-or-graded-labels": Numbers(
        given="10 10",
        cited="2023 25",
        shown=(("cannot exceed «0.1»", 1 / 10),),
    ),
    "narration-ahead-of-the-picture": Numbers(cited="2020"),
    "scenes-into-videos": Numbers(given="200 31 100"),
    "finnish-queries-same-index": Numbers(given="10 10"),
    "recall-down-but-preferred": Numbers(
        given="10 0.62 0.60 58 2,000 2,000",
        shown=(("about «seven» standard errors", round((0.58 - 0.5) / (0.5 / sqrt(2_000)))),),
    ),
    "long-streams-on-every-page": Numbers(
        given="30 ten 0.1 10 five ten",
        shown=(
            ("has «1,200» chances", 10 * HOUR / 30),
            ("has «ten» chances", SECONDS / 30),
        ),
        holds=(("hold a tenth of all scenes", 0.09 < 1.2 / (1.2 + 9.99) < 0.11),),
    ),
    "half-hour-on-a-bow-tie": Numbers(given="8 12 ten ten five"),
    "mock-video-search": Numbers(
        given="1 300 3 500 80 20 300 2,000 1 20 300 1 10 300 64 80 ten 20 five halve",
        shown=(
            ("each, «0.1» at best", 1 / 10),
            ("videos: about «10» in", SECONDS / 30),
            ("Speech: «250,000» hours", UPLOADS * SECONDS / HOUR),
            ("bytes, «640» GB", VIDEOS * SCENES * 64 / 1e9),
            ("say «10» B scenes", VIDEOS * SCENES / 1e9),
            ("Encodes «900» M frames", FRAMES / 1e6),
            ("second: «125» GPU hours", DAILY),
        ),
        holds=(("5,800 searches a second", round(SEARCHES / 86_400, -2) == 5_800),),
    ),
}
