"""What stands behind the numbers of the deck `case-real-time-prediction`."""

from __future__ import annotations

from math import isclose

from recomputed.table import Numbers

SHOPS, ROW, SERVERS = 500_000, 1e3, 60
READS = 12_000 * 200 * ROW
CHANGES = SHOPS / 60
LOAD = 12_000 * 200 + 8_000

NUMBERS = {
    "callers-send-keys": Numbers(given="twelve"),
    "worth-of-a-fresh-feature": Numbers(given="ten"),
    "shop-rows-in-every-server": Numbers(
        given="12,000 200 1 60 500,000 10 10 60",
        shown=(
            ("are «2.4» GB/s", READS / 1e9),
            ("About «8,333» changes", CHANGES),
            ("together «0.5» GB/s", SERVERS * CHANGES * ROW / 1e9),
            ("copy takes «0.5» GB", SHOPS * ROW / 1e9),
            ("At «288» servers", READS / (CHANGES * ROW)),
        ),
    ),
    "shared-or-own-model-servers": Numbers(given="40 1 4"),
    "flood-from-one-team": Numbers(given="twelve ten"),
    "shop-that-closed-a-minute-ago": Numbers(given="20"),
    "overload-on-shared-servers": Numbers(
        given="1.9 12,000 200 8,000 100 four 8,000",
        shown=(
            ("makes «1.208» M", (12_000 * 100 + 8_000) / 1e6),
            ("makes «1.808» M", (9_000 * 200 + 8_000) / 1e6),
            ("cent of the scores; «2.4» M remain", 12_000 * 200 / 1e6),
            ("«2.408» M scores arrive", LOAD / 1e6),
            ("arrive, «27» % too many", 100 * (LOAD / 1.9e6 - 1)),
        ),
        holds=(
            ("12,000 × 100 + 8,000", 12_000 * 100 + 8_000 < 1.9e6),
            ("9,000 × 200 + 8,000", 9_000 == 12_000 * 3 / 4 and 9_000 * 200 + 8_000 < 1.9e6),
            ("a third of a per cent of the scores", isclose(8_000 / LOAD, 1 / 300, rel_tol=0.01)),
        ),
    ),
    "load-test-that-flatters": Numbers(
        given="1,000 20,000 99 60 15,000 190 1,000",
        holds=(("sent a third more than comes live", isclose(20_000 / 15_000, 4 / 3)),),
    ),
    "seam-between-batch-and-stream": Numbers(
        given="six 04 00 00 00 04 00 double four six",
        shown=(("about a «sixth» too low", 1 / 6), ("The «five» older days", 6 - 1)),
    ),
    "parity-off-by-45-seconds": Numbers(given="ten 30 45 45 45"),
    "faster-without-late-features": Numbers(given="99 95 140 3 8 0.5"),
    "mock-real-time-prediction": Numbers(
        given="40 12 1 4 12,000 200 150 8,000 50 99 500,000 100 600 60 60 500,000 1 40 99 "
        "150 200 50 ten 99 140 95 doubles 40",
        shown=(
            ("about «2.4» M a second", LOAD / 1e6),
            ("Load test: «20,000»", 12_000 + 8_000),
            ("job for the «540»", 600 - 60),
        ),
        holds=(("12,000 × 200 + 8,000", round(LOAD, -5) == 2_400_000),),
    ),
}
