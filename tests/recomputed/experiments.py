"""What stands behind the numbers of the deck `experiments`, and the formulas that it takes."""

from __future__ import annotations

from itertools import accumulate
from random import Random
from statistics import NormalDist

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers

NORMAL = NormalDist()


def per_arm(rate: float, change: float) -> float:
    """Users per arm, of a rate and a change in per cent."""
    return 1000 * worked("ab_sample_size", {"rate": rate, "change": change})


def chi_square(control: int, treatment: int) -> float:
    return worked("srm_chi2", {"control": control, "treatment": treatment})


def share_stopped(looks: int, tests: int = 4000) -> float:
    """How often some look of a test without effect is significant at 5 %, by simulation."""
    line, rng = NORMAL.inv_cdf(0.975), Random(28)
    stopped = 0
    for _ in range(tests):
        sums = accumulate(rng.gauss(0, 1) for _ in range(looks))
        stopped += any(abs(total) > line * days**0.5 for days, total in enumerate(sums, 1))
    return stopped / tests


def deviations(one: float, other: float, users: float, others: float) -> float:
    """The gap between two rates in per cent, in its standard errors."""
    error = one * (100 - one) / users + other * (100 - other) / others
    return float((one - other) / error**0.5)


# Of 1,000 ideas: significant without an effect, and with one.
FALSE, TRUE = 1000 * 0.9 * 0.05, 1000 * 0.1 * 0.8

# (propensity, click) of the impressions in which the new policy agrees.
AGREEING = [(0.5, 1), (0.2, 0), (0.25, 1)]
WEIGHTS = sum(1 / propensity for propensity, _ in AGREEING)
WEIGHTED = sum(click / propensity for propensity, click in AGREEING)

# A million users a day: in a sale 5 % of them in B, half on the day after.
SALE, AFTER = 1_000_000 * 0.05, 1_000_000 * 0.5
POOLED_B = (SALE * 3.3 + AFTER * 1.65) / (SALE + AFTER)
REST = 1_000_000 - SALE
POOLED_CONTROL = (REST * 3.0 + AFTER * 1.5) / (REST + AFTER)


NUMBERS = {
    "hash-assignment-missing-box": Numbers(given="0 49 0 99 50 99 100 100"),
    "halved-effect-sample": Numbers(
        given="halving halving",
        shown=(
            ("per arm by «4».", per_arm(10, 0.5) / per_arm(10, 1)),
            ("multiplies them by «0.5».", 0.5),
        ),
    ),
    "ab-sample-size-five-percent": Numbers(
        given="5 16 80 5 0.2 1",
        shown=(
            ("here «0.0475»", 0.05 * (1 - 0.05)),
            ("δ is «0.002»", 0.2 / 100),
            ("change is «4» % of the rate", 100 * 0.2 / 5),
            ("takes «380,000» users", 2 * per_arm(5, 0.2)),
        ),
    ),
    "ab-sample-size-generated": Numbers(
        given="16 80 5 1 10 1 16 double",
        shown=(
            ("16 × «0.09»", 0.1 * 0.9),
            ("/ «0.0001»", 0.01**2),
            ("or «14.4» thousand", per_arm(10, 1) / 1000),
        ),
    ),
    "flat-result-wide-interval": Numbers(given="1 95 1.5 2.5 1 1 1 2.5 0.3 0.4 1"),
    "triggered-analysis-dilution": Numbers(
        given="10",
        shown=(
            ("shrinks to a «tenth»", 0.1),
            ("takes «100» times", 1 / 0.1**2),
            ("arrive «10» times", 1 / 0.1),
        ),
    ),
    "p-value-meaning": Numbers(given="0.03", shown=(("come up in «3» %", 100 * 0.03),)),
    "significant-but-false-share": Numbers(
        given="10 0.8 5 1,000 0.05",
        shown=(("ideas «45» are", FALSE), ("and «80» rightly", TRUE)),
    ),
    "peeking-daily-error-rate": Numbers(
        given="28 0.05 5 1 0.95 5 5",
        shown=(("In about «76» %, which", 100 * (1 - 0.95**28)),),
        holds=(("In about 27 %, as looks", 0.26 < share_stopped(28) < 0.29),),
    ),
    "twenty-metrics-by-chance": Numbers(
        given="20 0.05 0.05",
        shown=(("On average «1» of", 20 * 0.05), ("p-value below «0.0025»", 0.05 / 20)),
    ),
    "too-good-to-be-true": Numbers(given="40 1"),
    "srm-before-results": Numbers(given="50 50"),
    "srm-chi-square-generated": Numbers(
        given="50,300 49,700 0.0005 0.05",
        shown=(
            ("that is «1.8» +", (50_300 - 50_000) ** 2 / 50_000),
            ("+ «1.8» =", (49_700 - 50_000) ** 2 / 50_000),
            ("= «3.6», no alarm", chi_square(50_300, 49_700)),
            ("above «12.1».", NORMAL.inv_cdf(1 - 0.0005 / 2) ** 2),
            ("sound test in «20» would", 1 / 0.05),
        ),
    ),
    "srm-slow-variant": Numbers(
        given="505,000 495,000 50 50 1",
        shown=(
            ("Drop «10,000» random", 505_000 - 495_000),
            ("just «2» %", 100 * (505_000 - 495_000) / 500_000),
            ("statistic is «100»,", chi_square(505_000, 495_000)),
        ),
        holds=(
            # Two standard errors of the difference between the arms, as a share of one of them.
            ("explains a few tenths of a per cent", 0.2 < 100 * 2 * 1e6**0.5 / 500_000 < 0.9),
        ),
    ),
    "cuped-variance-left": Numbers(given="0.6 1", shown=(("them, «64» % of", 100 * (1 - 0.6**2)),)),
    "switchback-carryover": Numbers(given="10 40 40"),
    "effect-by-days-since-exposure": Numbers(given="4 1 1 14 1 14 4 1"),
    "holdback-after-launch": Numbers(given="2 2"),
    "ips-from-ten-impressions": Numbers(
        given="10 0.5 0.2 0.25 1 10",
        shown=(
            ("the three, «0.67», ignores", 2 / 3),
            ("of weights, «11», gives", WEIGHTS),
            ("gives «0.55».", WEIGHTED / WEIGHTS),
        ),
    ),
    "ramp-up-pooled-rates": Numbers(
        given="5 50 3.3 3.0 1.65 1.5",
        shown=(
            ("by a «tenth» on", 1.65 / 1.5 - 1),
            ("worse, «1.8» against", POOLED_B),
            ("against «2.48» %", POOLED_CONTROL),
            ("B has «50,000» of", SALE),
            ("and «500,000» of the day", AFTER),
            ("control «950,000» and", REST),
            ("and «500,000». Compare", AFTER),
        ),
        holds=(
            (
                "converts significantly better on both",
                min(deviations(3.3, 3.0, SALE, REST), deviations(1.65, 1.5, AFTER, AFTER)) > 3,
            ),
        ),
    ),
    "clipped-and-normalised-weights": Numbers(
        given="0.001 0.02 0.02", shown=(("No weight exceeds «50»", 1 / 0.02),)
    ),
    "whom-to-send-a-coupon": Numbers(given="fifth"),
    "x-learner-small-treated-group": Numbers(given="2,000 500,000 2,000 2,000"),
    "incremental-buyers-in-top-fifth": Numbers(
        given="fifth 2,000 160 1,000 60",
        shown=(("giving «120» purchases", 60 * 2000 / 1000),),
    ),
    "fewer-chats-reach-a-person": Numbers(given="60 70"),
}
