"""What stands behind the numbers of the deck `case-eta-prediction`."""

from __future__ import annotations

from math import ceil, exp, factorial
from statistics import NormalDist

from recomputed.table import Numbers

FAST, SLOW, FAST_SHARE = 10, 25, 0.4  # minutes, and the share of the fast case


def percentage_error(estimate: float) -> float:
    """The mean absolute percentage error of a constant estimate, in per cent."""
    fast, slow = abs(estimate - FAST) / FAST, abs(estimate - SLOW) / SLOW
    return 100 * (FAST_SHARE * fast + (1 - FAST_SHARE) * slow)


NORMAL = NormalDist()


def normal_expectile(weight: float) -> float:
    """Where ``weight`` × mean lateness equals mean earliness, for a standard normal spread."""
    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        late = NORMAL.pdf(middle) - middle * (1 - NORMAL.cdf(middle))
        low, high = (middle, high) if weight * late > middle + late else (low, middle)
    return low


# Trips as a fixed part and a gamma spread of integer shape: one spread for both models of the test.
SHAPE, SCALE = 4, 1.8


def longer(minutes: float, shape: int = SHAPE) -> float:
    """The share of trips of which the spread exceeds so many minutes."""
    x = minutes / SCALE
    return exp(-x) * sum(x**n / factorial(n) for n in range(shape))


def median() -> float:
    """The minutes that half of the trips exceed."""
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if longer(middle) > 0.5 else (low, middle)
    return low


def figures(shown: float) -> tuple[float, float, float]:
    """Mean absolute error, per cent over 5 minutes late, mean of actual minus shown."""
    mean = SHAPE * SCALE
    late = mean * longer(shown, SHAPE + 1) - shown * longer(shown)
    return 2 * late - (mean - shown), 100 * longer(shown + 5), mean - shown


NEW, OLD = figures(median()), figures(median() + 2)
KNOWN = 700 / 1000  # the share of pickups that ended
CORRECTIONS = 20e6 * 3 / 86_400 * 3 * 20

NUMBERS = {
    "eta-service-missing-box": Numbers(given="21 3", shown=(("v  «24» min", 21 + 3),)),
    "cores-for-driver-etas-generated": Numbers(
        given="86,400 20 3 3 20",
        shown=(
            ("it is «41,667» a second", CORRECTIONS),
            ("over «1,000» a core", 2000 * 0.5),
            ("a core «41.7», so", CORRECTIONS / 1000),
            ("so «42».", ceil(CORRECTIONS / 1000)),
        ),
    ),
    "lowest-percentage-error": Numbers(
        given="10 40 25 60 10 25 six ten 10",
        shown=(
            ("Its error is «60» %", 100 * (SLOW - FAST) / SLOW),
            ("of ten, «36» % on average", percentage_error(FAST)),
            ("«19» minutes", FAST_SHARE * FAST + (1 - FAST_SHARE) * SLOW),
            ("percentage error is «50.4» %", percentage_error(19)),
            ("percentage error is «60» %", percentage_error(SLOW)),
            ("«17.5» minutes", (FAST + SLOW) / 2),
            ("percentage error is «48» %", percentage_error(17.5)),
        ),
        holds=(("It lies below the median", FAST < SLOW and FAST_SHARE < 0.5),),
    ),
    "three-in-four-were-promised": Numbers(
        given="four 3 1 10 5 75 3 1 10 75 3 1",
        shown=(
            ("and «67» % end within", 100 * NORMAL.cdf(normal_expectile(3))),
            ("one covers «67» %", 100 * NORMAL.cdf(normal_expectile(3))),
            ("by the «0.75» quantile", 3 / (3 + 1)),
        ),
        holds=(("3/(3 + 1), which is three in four", 3 / (3 + 1) == 3 / 4),),
    ),
    "more-exact-and-more-often-late": Numbers(
        given="5",
        shown=(
            ("Moving the centre by «2» minutes", NEW[2] - OLD[2]),
            ("a mean moved by «2» minutes", NEW[2] - OLD[2]),
            ("here it moved by «2» minutes", NEW[2] - OLD[2]),
            ("of errors, moved by «2» minutes", NEW[2] - OLD[2]),
            ("error of «2.8» minutes", NEW[0]),
            ("the old one «3.2»", OLD[0]),
            ("Yet «12» % of", NEW[1]),
            ("late, not «6» %", OLD[1]),
            ("averages +«0.6» minutes", NEW[2]),
            ("not −«1.4»", -OLD[2]),
        ),
    ),
    "cancelled-while-waiting": Numbers(
        given="1,000 700 6 8 12 700 0.9 8 700",
        shown=(("The other «300» were", 1000 - 700), ("up to «0.7»;", KNOWN)),
        holds=(
            ("however long the 300 would have taken", 1000 / 2 < 700),
            ("It lies among the cancelled ones", KNOWN < 0.9),
        ),
    ),
    "mended-engine-old-correction": Numbers(
        given="24 22 24 24", shown=(("shown are «26» instead", 24 + (24 - 22)),)
    ),
    "mock-eta-prediction": Numbers(
        given="4 20 20 40,000 5 four 4 5 40,000 20 5",
        shown=(
            ("«0.8» quantile for promised", 4 / (4 + 1)),
            ("promises kept against «80» %", 100 * 4 / (4 + 1)),
        ),
    ),
}
