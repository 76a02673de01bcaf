"""What stands behind the numbers of the deck `case-event-recommendation`."""

from __future__ import annotations

from recomputed.table import Numbers

PEOPLE, PAGES, SHOWN, RATE = 10e6, 3, 20, 1 / 1000
ACCOUNTS, NEAR = 40e6, 3000
PUBLISHED, LIFE = 25_000, 16
OPEN = PUBLISHED * LIFE
LOAD = PEOPLE * PAGES / 86_400
LASTING = 0.02 * (1 - 1 / 4)

NUMBERS = {
    "open-events-and-turnover": Numbers(
        given="25,000 16 6.25 6.3 6 16",
        shown=(
            ("about «400,000» are open", OPEN),
            ("day «6.25» % of", 100 * PUBLISHED / OPEN),
        ),
    ),
    "place-as-the-ranker-needs-it": Numbers(given="500"),
    "friends-going-jumps-in-training": Numbers(given="2.9 0.6"),
    "test-events-seen-in-training": Numbers(given="20 0.58 0.41 five"),
    "lists-without-a-registration": Numbers(
        given="100 20 98 0 100",
        shown=(("cannot pass «0.02» however", (100 - 98) / 100),),
    ),
    "event-page-missing-stage": Numbers(given="400,000 3,000"),
    "cores-for-scoring-events-generated": Numbers(
        given="86,400 10 3 3 3,000",
        shown=(
            ("it is «3.125» million", LOAD * 3 * NEAR / 1e6),
            ("over «50,000» a core", 100_000 * 0.5),
            ("a core «62.5», so", LOAD * 3 * NEAR / 50_000),
            ("so «63».", 63),
        ),
    ),
    "nightly-or-live-event-scores": Numbers(
        given="40 10 3 3,000",
        shown=(
            ("«120» billion", ACCOUNTS * NEAR / 1e9),
            ("«90» billion", PEOPLE * PAGES * NEAR / 1e9),
        ),
    ),
    "showings-that-fill-the-room": Numbers(
        given="60 200,000 2 quarter 60 0.02",
        shown=(("× «0.75»)", LASTING / 0.02),),
    ),
    "mock-event-recommendation": Numbers(
        given="10 3 20 25,000 16 3,000 1,000 200 3,000 20 1 200 60 200,000 ten",
        shown=(
            ("out «400,000» open", OPEN),
            ("cut «400,000» to", OPEN),
            ("id: «24» registrations", PEOPLE * PAGES * SHOWN * RATE / PUBLISHED),
            ("yes reaches «99.9» %", 100 * (1 - RATE)),
            ("over the «2» % of lists", 100 * SHOWN * RATE),
            ("it is «0.4» GB", OPEN * 1e3 / 1e9),
            ("about «1» M scores", LOAD * NEAR / 1e6),
        ),
        holds=(("350 pages a second on average", round(LOAD, -1) == 350),),
    ),
}
