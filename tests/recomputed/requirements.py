"""What stands behind the numbers of the deck `requirements`."""

from __future__ import annotations

from recomputed.table import Numbers

REQUESTS = 20e6 * 9  # a day
RANKING = 200 - 40 - max(30, 25) - 35 - 15  # ms left to rank in

NUMBERS = {
    "quality-or-function": Numbers(given="99 300"),
    "latency-limit-made-precise": Numbers(given="100"),
    "retraining-from-staleness": Numbers(cited="quarter"),
    "page-stays-up-without-ranker": Numbers(given="99.95 99.5"),
    "peak-load-from-daily-users": Numbers(
        given="20 9 3 3",
        shown=(
            ("A day has «86,400» seconds", 24 * 60 * 60),
            ("so «180» million requests", REQUESTS / 1e6),
            ("are «2,083» per second", REQUESTS / 86_400),
        ),
    ),
    "yesterdays-orders-have-no-label": Numbers(given="30"),
    "loan-refused-by-model-alone": Numbers(cited="22"),
    "threshold-from-two-costs": Numbers(
        given="2 38 2 1 38 2 0.5", shown=(("equal at 2 / «40»", 2 + 38),)
    ),
    "cost-grows-with-the-amount": Numbers(
        given="4 4 4 0.01 5,000 100",
        shown=(
            ("puts EUR «50» of EUR 5,000", 0.01 * 5000),
            ("and EUR «1» of EUR 100", 0.01 * 100),
        ),
        holds=(("at stake, which is worth a check", 0.01 * 5000 > 4 > 0.01 * 100),),
    ),
    "you-decide-says-the-interviewer": Numbers(given="ten"),
    "what-may-be-parked": Numbers(given="six"),
    "candidates-that-fit-the-limit": Numbers(
        given="200 40 30 25 35 15 0.2",
        shown=(("the longer «30» ms", max(30, 25)), ("so «80» ms are left", RANKING)),
    ),
    "shard-limit-behind-a-page-limit": Numbers(
        given="50 99 50 0.99 1 50 99",
        shown=(
            ("about «99.98» %", 100 * 0.99 ** (1 / 50)),
            ("leave only «61» % of queries", 100 * 0.99**50),
        ),
    ),
    "last-shards-of-a-search": Numbers(given="200 twice"),
}
