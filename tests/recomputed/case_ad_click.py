"""What stands behind the numbers of the deck `case-ad-click`."""

from __future__ import annotations

from math import ceil, isclose

from recomputed.table import Numbers

PEOPLE, PLACES, RATE = 200e6, 10, 0.01
SHOWN = PEOPLE * PLACES
LOAD = SHOWN / 86_400
SERVERS = LOAD * 2 * 400 / (250_000 * 0.5)

NUMBERS = {
    "first-day-of-an-ad": Numbers(given="5 1"),
    "common-factor-in-an-auction": Numbers(
        given="doubles double double double doubled doubled doubled",
    ),
    "order-kept-size-lost": Numbers(given="1 50 1 50"),
    "clicked-rows-enter-twice": Numbers(
        given="100 25 25 1 1",
        shown=(("sees «125» rows", 100 + 25),),
        holds=(("p = b / (1 − b) gives the truth back", isclose(0.2 / (1 - 0.2), 0.25)),),
    ),
    "wait-for-clicks-or-train-at-once": Numbers(given="1 90"),
    "history-vs-context-of-an-ad": Numbers(
        shown=(("as a «fifth» of the live ads", 1e6 / 5e6),),
    ),
    "servers-for-ad-scores": Numbers(
        given="200 10 twice 86,400 400 250,000 400 200",
        shown=(
            ("«23,148» auctions a second", LOAD),
            ("«46,296» at peak", LOAD * 2),
            ("or «18.5» M scores", LOAD * 2 * 400 / 1e6),
            ("servers of «125,000» usable", 250_000 * 0.5),
            ("that is «148.1», so", SERVERS),
            ("so «149».", ceil(SERVERS)),
            ("would «halve» the number", 200 / 400),
        ),
    ),
    "log-of-clicks-stalls": Numbers(given="five 14 00 14 40 0.6 1.0 14 00 0.6"),
    "winners-overpredicted": Numbers(given="12"),
    "arms-that-share-a-budget": Numbers(given="4"),
    "mock-ad-click": Numbers(
        given="200 10 5 1 1 90 100 1 5 1 5 100 500 20 0.17 10 5 twice 1,000 halve",
        shown=(
            ("load: «2» B auctions", SHOWN / 1e9),
            ("a click reaches «99» %", 100 * (1 - RATE)),
            ("all «20» M clicks", SHOWN * RATE / 1e6),
            ("the «1.98» B others", SHOWN * (1 - RATE) / 1e9),
            ("about «12» M scores", LOAD * 500 / 1e6),
        ),
        holds=(
            ("23,000 a second on average", round(LOAD, -3) == 23_000),
            ("Estimates 23,000", round(LOAD, -3) == 23_000),
        ),
    ),
}
