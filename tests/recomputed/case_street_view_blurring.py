"""What stands behind the numbers of the deck `case-street-view-blurring`."""

from __future__ import annotations

from recomputed.table import Numbers

PANORAMAS, OLDER, FACES = 5e6, 2e9, 1.2
TILES = (8_192 // 1_024) * (4_096 // 1_024)  # of 1,280 pixels, one every 1,024
A_SECOND, HOUR = 50, 3_600
DAILY = PANORAMAS * TILES / A_SECOND / HOUR
ARCHIVE = OLDER * TILES / A_SECOND / HOUR

NUMBERS = {
    "visible-faces-by-recall": Numbers(
        given="5 1.2 0.95 0.99 60 000 60000 60 0.95 0.99",
        shown=(
            ("«300,000» faces a day", PANORAMAS * FACES * (1 - 0.95)),
            ("still «60,000»", PANORAMAS * FACES * (1 - 0.99)),
        ),
        holds=(("four of every five", round((0.99 - 0.95) / (1 - 0.95), 9) == 4 / 5),),
    ),
    "blurring-gpu-hours-a-day": Numbers(
        given="5 32 50",
        shown=(
            ("«160» M tiles", PANORAMAS * TILES / 1e6),
            ("«3.2» M seconds", DAILY * HOUR / 1e6),
            ("«37» GPUs", DAILY / 24),
        ),
    ),
    "better-detector-for-the-archive": Numbers(
        given="2 32 50",
        holds=(("500 GPUs busy for a month", 28 < ARCHIVE / 500 / 24 < 31),),
    ),
    "what-stays-whole-on-a-side": Numbers(given="10 10"),
    "half-a-face-is-a-hit": Numbers(
        given="55 0.5 0.55 0.55",
        shown=(
            ("part of three, «0.33»", 1 / 3),
            ("reaches «0.33»", 1 / 3),
            ("since «45» %", 100 - 55),
        ),
    ),
    "false-blurs-per-panorama": Numbers(
        given="1.2 0.05 0.96 0.12 12",
        shown=(
            ("«1.15» boxes are right", FACES * 0.96),
            ("«88» boxes are wrong", 100 * (1 - 0.12)),
        ),
    ),
    "inputs-that-unmask-a-false-face": Numbers(given="five"),
    "one-network-or-two-for-plates": Numbers(
        given="50",
        shown=(("in «160» M tiles", PANORAMAS * TILES / 1e6),),
        holds=(("about 890 GPU hours", round(DAILY, -1) == 890),),
    ),
    "originals-deleted-before-the-upgrade": Numbers(given="12 20"),
    "faces-that-come-back": Numbers(given="98 96"),
    "small-faces-lost-on-the-way-in": Numbers(
        given="8,192 2,048 97 100 20 16 40 4 4 16",
        shown=(
            ("Shrinking to a «quarter»", 2_048 / 8_192),
            ("leaves «4» to", 16 / 4),
            ("to «10» pixels", 40 / 4),
        ),
        holds=(("with 16, not 4", 16 * 2_048 / 8_192 == 4),),
    ),
    "recall-fell-with-a-new-camera": Numbers(
        given="88 97 30 twice 97 97 twice 97 88",
        shown=(("new one about «67» %", 100 * (0.88 - 0.7 * 0.97) / 0.3),),
    ),
    "mock-street-view-blurring": Numbers(
        given=(
            "5 8,192 4,096 10 2 1.2 2 16 14 50 1,280 1,280 "
            "0.95 10 16 1,024 16 0.5 0.95 0.99 0.97 0.93 halve 14"
        ),
        shown=(
            ("harm: «6» M faces", PANORAMAS * FACES / 1e6),
            ("exposes «300,000»", PANORAMAS * FACES * (1 - 0.95)),
            ("16 pixels become «2»", 16 * 1_024 / 8_192),
            ("so «160» M a day", PANORAMAS * TILES / 1e6),
        ),
        holds=(
            ("Say 32 tiles", TILES == 32),
            ("about 890 GPU hours", round(DAILY, -1) == 890),
            ("356,000 GPU hours", round(ARCHIVE, -3) == 356_000),
        ),
    ),
}
