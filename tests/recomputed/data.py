"""What stands behind every number of the deck `data`."""

from __future__ import annotations

import math

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers


def kept(share: float, p: float) -> float:
    """The probability on all rows behind a score learnt with a share of the negatives."""
    return worked("downsample_correction", {"p": p, "w": share})


def odds(p: float) -> float:
    return p / (1 - p)


def seen_at_random(share: float, p: float) -> float:
    """The score that stands for a probability after keeping a share of the negatives."""
    return p / (p + (1 - p) * share)


# A click brings a purchase with 0.2, after 5 days on average; 5 days have passed without one.
BUYS, SILENT = 0.2, math.exp(-5 / 5)

# Line t enters a reservoir of 500 with 500/t and ousts a given one of the 500 with 1/500.
SURVIVES = math.prod(1 - 500 / line / 500 for line in range(10_001, 40_001))

LONG, SHORT = 100, 20  # wrong decisions in 1,000 checks each

NUMBERS = {
    "confidence-weight-worked": Numbers(
        given="1 40 2.5 1 1 0 1 1", shown=(("the ratio is «101»", (1 + 40 * 2.5) / (1 + 40 * 0)),)
    ),
    "mean-rating-by-inverse-propensity": Numbers(
        given="1,000 200 5 0.4 50 1 0.1 1,000 1,000 0",
        shown=(
            ("gives («2,500» +", 200 * 5 / 0.4),
            ("+ «500») /", 50 * 1 / 0.1),
            ("mean of the «250» ratings", 200 + 50),
            ("ratings is «4.2»", (200 * 5 + 50 * 1) / 250),
        ),
    ),
    "copied-rule-counts-again": Numbers(given="ten six ten six six six six"),
    "fresh-click-false-negative": Numbers(given="30"),
    "shorter-wait-for-purchases": Numbers(given="30"),
    "label-window-gap": Numbers(
        given="seven 1 60 67 80 seven seven 7 seven seven",
        shown=(("the end of day «67» can", 60 + 7), ("up to day «60» and no later", 67 - 7)),
    ),
    "open-clicks-in-a-delay-model": Numbers(given="29 29"),
    "purchase-still-to-come": Numbers(
        given="0.2 5 5 5 5 0.2 0",
        shown=(
            ("exp(−5/5) = «0.37»", SILENT),
            ("0.2 × «0.37» =", SILENT),
            ("0.37 = «0.074» stands", BUYS * SILENT),
            ("against «0.8» who never buy", 1 - BUYS),
            ("never buy. «0.074» /", BUYS * SILENT),
            ("0.074 / «0.874» is", 1 - BUYS + BUYS * SILENT),
            ("0.874 is «0.084»", BUYS * SILENT / (1 - BUYS + BUYS * SILENT)),
        ),
    ),
    "noise-columns-selected-first": Numbers(given="200 10,000 25 0.5 0.5 25 0.5 0.5 0.5"),
    "speaker-on-both-sides": Numbers(given="50 200"),
    "two-systems-two-classes": Numbers(given="0.99"),
    "launch-in-new-cities": Numbers(given="40 five"),
    "train-as-given-move-the-threshold": Numbers(
        given="50 1 1 50", shown=(("(1 + 50) ≈ «0.02» on", 1 / (1 + 50)),)
    ),
    "undersampled-score-correction": Numbers(
        given="1",
        holds=(
            (
                "It is the same as pw / (pw + 1 − p)",
                math.isclose(kept(0.05, 0.2), 0.2 * 0.05 / (0.2 * 0.05 + 1 - 0.2)),
            ),
            (
                "multiplies the odds in training by 1/w; the formula multiplies them by w again",
                math.isclose(odds(kept(0.05, 0.2)), 0.05 * odds(0.2))
                and math.isclose(odds(seen_at_random(0.05, 0.2)), odds(0.2) / 0.05),
            ),
        ),
    ),
    "undersampled-score-generated": Numbers(
        given="1 0.2 0.05",
        shown=(
            ("odds go from «0.25» to", odds(0.2)),
            ("0.25 to «0.0125», so", odds(0.2) * 0.05),
            ("the probability is «0.0123»", kept(0.05, 0.2)),
        ),
        holds=(
            (
                "turn odds o back into o / (1 + o)",
                math.isclose(odds(0.2) / (1 + odds(0.2)), 0.2),
            ),
        ),
    ),
    "undersampling-what-changes": Numbers(
        given="5 0.5",
        shown=(
            ("click are «twenty» times", odds(seen_at_random(0.05, 0.02)) / odds(0.02)),
            ("one in «twenty» of", 1 / 0.05),
        ),
    ),
    "threshold-on-the-undersampled-scale": Numbers(
        given="0.02 10 0.02",
        shown=(
            ("the odds «ten» times", 1 / 0.1),
            ("0.02 / «0.98» =", 1 - 0.02),
            ("0.98 = «0.0204» becomes", odds(0.02)),
            ("becomes «0.204», which", odds(0.02) / 0.1),
            ("a score of «0.169»", seen_at_random(0.1, 0.02)),
        ),
    ),
    "reservoir-survival": Numbers(
        given="500 10,000 40,000 500 10,000 500 40,000",
        shown=(("the ratio, «0.25», is", SURVIVES),),
    ),
    "reservoir-hides-last-week": Numbers(
        given="100 100", shown=(("about «1» % of the sample", 100 * 1 / 100),)
    ),
    "error-rate-from-strata": Numbers(
        given="20 1,000 1,000 100 20",
        shown=(("decisions, «0.06», belongs", (LONG + SHORT) / 2000),),
    ),
    "hardest-are-not-the-best": Numbers(given="ten ten ten", cited="101 500"),
    "score-over-label-rate": Numbers(given="0.4 0.3 0.4", shown=(("it gives «0.75»", 0.3 / 0.4),)),
    "actively-chosen-test-rows": Numbers(given="5,000 20 0.30 0.30 0.30 0.30 0.30"),
    "cascade-reading-of-a-click": Numbers(given="3 4"),
    "clicks-per-look": Numbers(
        given="60 1,000 1 20 1,000 4 1 4 25 60 20 60 60 20 60 1 20 4 1 4",
        shown=(
            ("in a «quarter» of its displays", 0.25),
            ("A, by 60 to «5» after", 20 * 0.25),
            ("B, by «80» to 60 after", 20 / 0.25),
            ("clicks over «0.25» stand", 25 / 100),
            ("stand for «80» relevant", 20 / 0.25),
            ("B, by 20 to «15» after", 60 * 0.25),
            ("counts «four» times", 1 / 0.25),
        ),
    ),
    "never-shown-never-weighted": Numbers(given="ten ten 0 0"),
    "swap-to-measure-looking": Numbers(given="4 1 4 1"),
}
