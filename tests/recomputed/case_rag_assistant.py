"""What stands behind the numbers of the deck `case-rag-assistant`."""

from __future__ import annotations

from math import floor, isclose

from recomputed.table import Numbers

FIXED, REPLY, PASSAGE = 0.5 * 0.3, 0.3 * 1.5, 0.3 * 0.3  # cents
LEFT = 2 - FIXED - REPLY

NUMBERS = {
    "chunk-without-its-subject": Numbers(given="five 30"),
    "change-events-or-nightly-crawl": Numbers(
        given="2 20,000",
        shown=(("the changed «1» %", 100 * 20_000 / 2e6),),
    ),
    "passages-that-the-budget-buys": Numbers(
        given="2 1,000 0.3 1,000 1.5 500 300 300 5",
        shown=(
            ("question cost «0.15» cents", FIXED),
            ("the reply «0.45», so", REPLY),
            ("so «1.4» cents are left", LEFT),
            ("at «0.09» a passage", PASSAGE),
            ("as much as «five» passages", REPLY / PASSAGE),
            ("budget allows «15»", floor(LEFT / PASSAGE)),
            ("whether «15» answer", floor(LEFT / PASSAGE)),
        ),
    ),
    "sure-enough-to-reply": Numbers(
        given="10 40 0.5",
        shown=(("At «0.8», the gain", 40 / (10 + 40)),),
        holds=(("0.8 × 10 equals the loss of 0.2 × 40", isclose(0.8 * 10, 0.2 * 40)),),
    ),
    "test-questions-made-from-chunks": Numbers(given="ten 95 58"),
    "right-passages-by-hand": Numbers(
        given="62 91 64 91 91 100",
        shown=(
            ("won «2» points", 64 - 62),
            ("are worth «29»", 91 - 62),
            ("wins «29» points", 91 - 62),
            ("last «9» points", 100 - 91),
            ("of the «29».", 91 - 62),
        ),
    ),
    "access-withdrawn-at-ten": Numbers(given="10 00 10 05 ten 10 05"),
    "two-handbooks-in-the-index": Numbers(given="3 11"),
    "mock-rag-assistant": Numbers(
        given="2 20 300 20,000 60,000 fifth tenth 2 2 1,000 0.3 1.5 tenth 20,000 50 tenth 768 2 20 "
        "2 2 300 90 70 five halve 400",
        shown=(
            ("load: «12,000» questions", 60_000 / 5),
            ("hour, «3.3» a second", 60_000 / 5 / 3_600),
            ("about «31» GB", 20e6 * 768 * 2 / 1e9),
            ("say «15» passages", floor(LEFT / PASSAGE)),
        ),
    ),
}
