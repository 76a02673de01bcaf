"""What stands behind the numbers of the deck `monitoring`."""

from __future__ import annotations

from math import exp, isclose, log, sqrt

from recomputed.table import Numbers

PRIOR_ODDS = (0.05 / 0.95) / (0.01 / 0.99)
ODDS = 0.10 / 0.90  # of a score of 0.10
SIGNIFICANT = sqrt(-log(0.05 / 2) / 2) * sqrt(2 / 2e6)  # KS at 5 %, 2 million rows a side
FAR = 2 * exp(-2 * 0.004**2 * 2e6 / 2)  # the p-value of a distance of 0.004
SUMS = ((0.1, 0.3, 0.7), (0.2, 0.5, 0.6))  # cumulative shares at the inner edges


def floored(floor: float) -> float:
    """What a bin adds to PSI whose share falls from 2 % to a floor."""
    return (floor - 0.02) * log(floor / 0.02)


NUMBERS = {
    "monitoring-layers-missing-box": Numbers(
        given="four",
    ),
    "fault-climbs-the-layers": Numbers(
        given="30 quarter",
    ),
    "default-rate-rises-by-mix": Numbers(
        given="2 3",
    ),
    "score-under-label-shift": Numbers(
        given="1 5 0.10 0.05 0.01",
        shown=(
            ("(0.05 / «0.95»)", 1 - 0.05),
            ("(0.01 / «0.99»)", 1 - 0.01),
            ("= «5.21», from", PRIOR_ODDS),
            ("from «0.111» to", ODDS),
            ("to «0.579».", ODDS * PRIOR_ODDS),
            ("would give «0.5».", 0.10 * 5 / 1),
        ),
    ),
    "steady-inputs-falling-precision": Numbers(
        given="0.80 0.60",
    ),
    "test-the-outputs-of-a-classifier": Numbers(
        given="150,000",
    ),
    "prevalence-from-flags": Numbers(
        given="80 10 24",
        shown=(
            ("so q = «0.14» /", 0.24 - 0.10),
            ("0.14 / «0.7».", 0.80 - 0.10),
        ),
        holds=(("0.24 = 0.8 q + 0.1 (1 − q)", isclose(0.24, 0.8 * 0.2 + 0.1 * (1 - 0.2))),),
    ),
    "psi-in-words": Numbers(
        given="0 0",
    ),
    "psi-generated": Numbers(
        given="0.1 0.3 0.6 0.2 0.3 0.5",
        shown=(
            ("the parts are «0.069», 0", 0.1 * log(0.2 / 0.1)),
            ("0.069, «0» and", 0 * log(0.3 / 0.3)),
            ("and «0.018», in", -0.1 * log(0.5 / 0.6)),
            ("in all «0.088».", 0.1 * log(0.2 / 0.1) - 0.1 * log(0.5 / 0.6)),
        ),
        # a share of 5 % against one of 10 % and more
        holds=(
            (
                "A small share that doubles adds more than a large one that loses as much",
                all(log(2) >= log(s / (s - 5)) for s in range(10, 91)),
            ),
        ),
    ),
    "where-psi-bands-come-from": Numbers(
        cited="0.1 0.25",
    ),
    "psi-of-an-empty-bin": Numbers(
        given="2 0.0001 0.000001",
        shown=(
            ("this bin adds «0.105»,", floored(0.0001)),
            ("it adds «0.198».", floored(0.000001)),
        ),
    ),
    "shops-in-amber": Numbers(
        given="ten 100 five 0.1 0.002 1 100 100 1 1 1",  # two in five: simulated, equal bins
        shown=(
            ("rows bring about «0.09»", (10 - 1) * (1 / 100 + 1e-6)),
            ("here «9» / 100", 10 - 1),
        ),
    ),
    "ks-distance-meaning": Numbers(
        given="0 1 0 1",
    ),
    "ks-over-bins-generated": Numbers(
        given="0.1 0.2 0.4 0.3 0.2 0.3 0.1 0.4",
        shown=(
            ("the gaps are «0.1», 0.2", abs(SUMS[0][0] - SUMS[1][0])),
            ("the gaps are 0.1, «0.2» and", abs(SUMS[0][1] - SUMS[1][1])),
            ("0.2 and «0.1», so", abs(SUMS[0][2] - SUMS[1][2])),
            ("distance is «0.2».", max(abs(e - a) for e, a in zip(*SUMS, strict=True))),
            ("would give «0.3».", max(0.2 - 0.1, 0.3 - 0.2, 0.4 - 0.1, 0.4 - 0.3)),
        ),
    ),
    "ks-between-the-edges": Numbers(
        given="ten",
    ),
    "every-feature-alarms": Numbers(
        given="5 2 2 100 0.004 0.01 0.03",
        shown=(("so many rows «0.0014» is", SIGNIFICANT),),
        holds=(("far beyond the stricter level too", FAR < 1e-6 * 0.05 / 100),),
    ),
    "kl-generated": Numbers(
        given="0.5 0.5 0.8 0.2",
        shown=(
            ("the parts are «0.376» and", 0.8 * log(0.8 / 0.5)),
            ("and −«0.183», in", -0.2 * log(0.2 / 0.5)),
            ("in all «0.193».", 0.8 * log(0.8 / 0.5) + 0.2 * log(0.2 / 0.5)),
            ("direction gives «0.223»,", 0.5 * log(0.5 / 0.8) + 0.5 * log(0.5 / 0.2)),
        ),
    ),
    "payment-method-unknown-at-training": Numbers(
        given="1 0.01 0.01 0 0 0 1",
        shown=(("new method is «0.005»,", (0.01 + 0) / 2),),
    ),
    "jensen-shannon-stays-finite": Numbers(
        given="halves 2 2 2 2 2 2 2 2 2 2 2 2 2",
        shown=(
            ("no ratio exceeds «2»,", 1 / (1 / 2)),
            ("«0.69»", log(2)),
            ("«0.693»", log(2)),
            ("«0.6931»", log(2)),
            ("«0.693147»", log(2)),
        ),
    ),
    "false-alarms-in-a-day": Numbers(
        given="40 25 1 0.01",
        shown=(
            ("«1,000» tests", 40 * 25),
            ("wrong «ten» times", 40 * 25 * 0.01),
        ),
    ),
    "drift-slower-than-the-comparison": Numbers(
        given="twice twice",
    ),
    "retrained-on-minus-one": Numbers(
        given="1 1",
    ),
    "steady-average-failing-app": Numbers(
        given="0.90 0.90 0.91 95 0.95 0.91",
        shown=(
            ("= «0.8645», which", 0.95 * 0.91),
            ("leaves «0.0355» for", 0.90 - 0.95 * 0.91),
            ("for «5» % of the requests", 100 - 95),
            ("a fall by «19» points", (0.90 - (0.90 - 0.95 * 0.91) / 0.05) * 100),
        ),
    ),
    "average-falls-slices-stand": Numbers(
        given="0.90 0.80 20 60 20 60 0.90",
        holds=(
            ("it fell from 0.88 to 0.84", isclose(0.8 * 0.90 + 0.2 * 0.80, 0.88)),
            ("0.4 × 0.90 + 0.6 × 0.80 = 0.84", isclose(0.4 * 0.90 + 0.6 * 0.80, 0.84)),
        ),
    ),
    "recall-behind-the-block": Numbers(
        given="2,000 20 15 300 20 300 15 20",
        shown=(
            ("stands for «100», so", 2000 / 20),
            ("so «1,500» frauds", 2000 * 15 / 20),
            ("15 / «315» =", 15 + 300),
            ("= «0.048».", 15 / (15 + 300)),
        ),
    ),
    "loop-or-taste": Numbers(
        given="100 fifty 100",
    ),
    "chair-among-birds": Numbers(
        given="200 0.98 1",
    ),
}
