"""What stands behind the numbers of the deck `case-visual-search`."""

from __future__ import annotations

from recomputed.table import Numbers

PICTURES, SEARCHES = 1e9, 200e6

INPUTS = 1e9 * (1 + 3)  # whole pictures and objects in them

NUMBERS = {
    "dresses-in-any-colour": Numbers(given="31 78"),
    "striped-shirts-for-a-striped-chair": Numbers(
        given="nine ten",
        shown=(("both labels are right «81» times", 100 * 0.9**2),),
        holds=(("up to a fifth of the good", round(1 - 0.9**2, 1) == 1 / 5),),
    ),
    "hours-to-encode-everything-again": Numbers(
        given="1 1,000 200 5",
        shown=(
            ("«Four» billion inputs", INPUTS / 1e9),
            ("at «200,000» a second", 1000 * 200),
            ("are «20,000» s", INPUTS / 200_000),
            ("or «1,111» GPU hours", INPUTS / 1000 / 3600),
            ("some «1.2» M new", 5 * INPUTS / 200_000 / 86_400),
        ),
    ),
    "recall-with-a-missing-box": Numbers(
        given="80 100 70 25 100 80 70",
        shown=(
            ("«0.56» from boxed", 0.8 * 0.7),
            ("and «0.05» from the", 0.2 * 0.25),
            ("would reach «0.70»", 0.7),
            ("70 %, «0.69».", 0.8 * 0.8 + 0.2 * 0.25),
        ),
    ),
    "whole-picture-vs-object-vectors": Numbers(given="1 1 3"),
    "one-embedding-vs-one-per-use": Numbers(cited="2019"),
    "crops-fail-taps-work": Numbers(given="6 5 0.4 tenfold"),
    "saves-up-likeness-down": Numbers(given="4 58 ten 71"),
    "mock-visual-search": Numbers(
        given="1 5 200 300 200 1 5 300 1 256 64 3 1 1,000 5 5 quarter five",
        shown=(
            ("floats: «1» TB", 256 * 4 * PICTURES / 1e12),
            ("or «64» GB in", 64 * PICTURES / 1e9),
            ("make «4» B vectors", (1 + 3) * PICTURES / 1e9),
            ("vectors, «256» GB of codes", 64 * (1 + 3) * PICTURES / 1e9),
            ("only crops, «1,157» a second", SEARCHES / 2 / 86_400),
            ("about «278» GPU hours", PICTURES / 1_000 / 3_600),
        ),
        holds=(("2,300 a second on average", round(SEARCHES / 86_400, -2) == 2_300),),
    ),
}
