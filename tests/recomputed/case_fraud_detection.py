"""What stands behind the numbers of the deck `case-fraud-detection`."""

from __future__ import annotations

from recomputed.table import Numbers

PAYMENTS, MEAN, FRAUD, FEE, CHECKED = 50e6, 40, 0.001, 15, 5_000
MISS, STOP = MEAN + FEE, MEAN / 10

# With p the chance of fraud, stopping costs SALE (1 - p), passing LOSS p, the check both in part.
LOSS, SALE, LET_BY, TURNED_AWAY = 60, 10, 1 / 5, 1 / 10
CHECK_HONEST, CHECK_FRAUD = SALE * TURNED_AWAY, LOSS * LET_BY
STOP_FROM = (SALE - CHECK_HONEST) / (SALE - CHECK_HONEST + CHECK_FRAUD)
CHECK_FROM = CHECK_HONEST / (CHECK_HONEST + LOSS - CHECK_FRAUD)

NUMBERS = {
    "payment-decision-order": Numbers(given="100"),
    "forty-cards-on-one-device": Numbers(given="40"),
    "catches-more-and-loses-more": Numbers(given="70 65"),
    "fraud-count-of-a-device": Numbers(given="30"),
    "outcomes-of-stopped-payments": Numbers(given="90"),
    "youngest-months-look-clean": Numbers(given="0.12 0.11 0.12 0.11 0.08 0.03 20 four"),
    "attack-before-its-labels": Numbers(given="3,000 50"),
    "fraud-features-kept-generated": Numbers(
        given="10 50 1,500 90 3",
        shown=(("take «20.25» TB", 50e6 * 1500 * 90 * 3 / 1e12),),
    ),
    "extra-check-or-stop": Numbers(
        given="60 10 five ten 10 1 1",
        shown=(
            ("The check costs «1» ×", CHECK_HONEST),
            ("and «12» × p", CHECK_FRAUD),
            ("about «0.02»", CHECK_FROM),
        ),
        holds=(
            ("equal at 9/21", abs(STOP_FROM - 9 / 21) < 1e-9),
            ("pays from 1/49", abs(CHECK_FROM - 1 / 49) < 1e-9),
        ),
    ),
    "rules-switched-off-at-launch": Numbers(given="1.1 1.9"),
    "mock-fraud-detection": Numbers(
        given="50 40 0.1 100 20 90 15 tenth 5,000 40 90 5,000 100 40 40 1 10,000 1 1,000 "
        "ten four five 40",
        shown=(
            ("a miss costs EUR «55»", MISS),
            ("a wrong stop EUR «4»", STOP),
            ("Works out «50,000» frauds", PAYMENTS * FRAUD),
            ("«ten» times what people", PAYMENTS * FRAUD / CHECKED),
            ("pass reaches «99.9» %", 100 * (1 - FRAUD)),
            ("the honest «99.9» %", 100 * (1 - FRAUD)),
            ("passing from p = «0.07» on", STOP / (STOP + MISS)),
            ("the amount: «0.07» at EUR 40", STOP / (STOP + MISS)),
            ("«0.006» at EUR 1", 0.1 / (0.1 + 1 + FEE)),
            ("fraud «halved» this", 0.5),
        ),
        holds=(("580 payments a second on average", round(PAYMENTS / 86_400, -1) == 580),),
    ),
}
