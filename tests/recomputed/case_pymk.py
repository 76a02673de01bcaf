"""What stands behind the numbers of the deck `case-pymk`."""

from __future__ import annotations

from math import isclose, log

from recomputed.table import Numbers

PAIR, DAY = 20e-6, 86_400  # core seconds a pair, seconds
PEOPLE, TWO_STEPS, MUTUAL = 1e9, 40_000, 2_000

TREATED, CONTROL = 13, 10  # accepted requests a week
RECEIVED = (TREATED + CONTROL) / 2
LEAD = (TREATED + RECEIVED) / (CONTROL + RECEIVED) - 1
LAUNCH = TREATED / CONTROL - 1

NUMBERS = {
    "friends-of-friends-beyond-the-square": Numbers(
        given="1,000 1,000 10 10",
        cited="2013 130 130 48,000",
        shown=(("is «16,900»", 130**2),),
    ),
    "friend-suggestions-missing-step": Numbers(given="500 10"),
    "cores-for-nightly-suggestions": Numbers(
        given="1 40,000 2,000 20 86,400 2,000",
        shown=(
            ("take «40» ms", MUTUAL * PAIR * 1e3),
            ("people «40» million core", PEOPLE * MUTUAL * PAIR / 1e6),
            ("be «20» times", TWO_STEPS / MUTUAL),
            ("«9,259» cores", PEOPLE * TWO_STEPS * PAIR / DAY),
        ),
    ),
    "auc-against-random-pairs": Numbers(given="0.99 ten"),
    "mutual-friends-made-by-the-link": Numbers(given="0.97 14 6"),
    "adamic-adar-of-two-candidates": Numbers(
        given="1 1,000 10",
        holds=(
            ("logarithms to base 10", isclose(log(10, 10), 1)),
            ("it is 2/1 against 3/3", isclose(log(1_000, 10), 3)),
            (
                "no other base changes the ratio",
                isclose(
                    (2 / log(10, 2)) / (3 / log(1_000, 2)), (2 / log(10, 7)) / (3 / log(1_000, 7))
                ),
            ),
        ),
    ),
    "pair-features-vs-graph-network": Numbers(given="12"),
    "request-needs-two-yeses": Numbers(cited="ten"),
    "person-and-cluster-tests-disagree": Numbers(given="14 27 14"),
    "links-counted-at-both-ends": Numbers(
        given="13 10",
        shown=(
            ("receives «11.5»", RECEIVED),
            ("it is «24.5»", TREATED + RECEIVED),
            ("against «21.5»", CONTROL + RECEIVED),
            ("from «20»", 2 * CONTROL),
            ("to «26» each", 2 * TREATED),
            ("up «30» %", 100 * LAUNCH),
        ),
        holds=(("less than half of the effect", LEAD < LAUNCH / 2),),
    ),
    "mock-pymk": Numbers(
        given="1 120 40,000 300 10 10 1 300 0.97 10,000 40,000",
        shown=(
            ("«3» B are shown", 300e6 * 10 / 1e9),
            ("half makes «14» % more", 100 * LEAD),
        ),
    ),
}
