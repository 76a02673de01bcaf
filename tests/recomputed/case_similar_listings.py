"""What stands behind the numbers of the deck `case-similar-listings`."""

from __future__ import annotations

from recomputed.table import Numbers

HOMES, SESSIONS, CLICKS, BOOKED = 4e6, 8e6, 6, 0.015
VECTOR = 32
TABLE, VECTORS = HOMES * 200 * 8 / 1e9, HOMES * VECTOR * 4 / 1e9
YEARLY = SESSIONS * BOOKED * 365 / HOMES

NUMBERS = {
    "which-cleaning-of-click-sessions": Numbers(given="1.5", cited="30 30 five"),
    "clicks-train-bookings-count": Numbers(
        given="4 365",
        shown=(
            ("homes, «48» million", SESSIONS * CLICKS / 1e6),
            ("and «120,000» bookings", SESSIONS * BOOKED),
            ("clicked about «12» times", SESSIONS * CLICKS / HOMES),
            ("booked about «11» times", YEARLY),
        ),
    ),
    "what-random-negatives-teach": Numbers(given="20,000"),
    "booked-home-as-lasting-context": Numbers(given="20", cited="five"),
    "right-city-wrong-homes": Numbers(given="12 99 0.98 0.5"),
    "first-vector-of-a-new-home": Numbers(given="8,000", cited="ten 98"),
    "offline-test-for-similar-homes": Numbers(given="1 12"),
    "home-row-missing-box": Numbers(
        given="200 12",
        holds=(("about 60", 200 * 0.4 * 0.8 == 64),),  # as in spring, of neighbours-left
    ),
    "neighbour-table-size-generated": Numbers(
        given="10 4 200 8 32",
        shown=(("GB are «6.4».", TABLE), ("take «0.5» GB", VECTORS)),
    ),
    "neighbours-left-in-high-season": Numbers(
        given="200 40 5 80 200 200 0.05 0.8 12",
        shown=(("leaves «64».", 200 * 0.4 * 0.8),),
    ),
    "neighbour-table-or-scan": Numbers(
        given="4 40,000 32 200 8 40,000 12",
        shown=(
            ("«6.4» GB at", TABLE),
            ("«0.5» GB, the", VECTORS),
            ("products, «1.3» million", 40_000 * VECTOR / 1e6),
        ),
    ),
    "mock-similar-listings": Numbers(
        given="4 20,000 40,000 8,000 8 6 1.5 12 150 4 32 40,000 200 12 12 8,000 20",
        shown=(
            ("out «48» M home", SESSIONS * CLICKS / 1e6),
            ("has «12» a day", SESSIONS * CLICKS / HOMES),
            ("and «11» bookings", YEARLY),
            ("the «98.5» %", 100 * (1 - BOOKED)),
            ("floats, «0.5» GB", VECTORS),
        ),
        holds=(("560 a second", round(SESSIONS * CLICKS / 86_400, -1) == 560),),
    ),
}
