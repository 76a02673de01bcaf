"""What stands behind the numbers of the deck `losses`."""

from __future__ import annotations

import math
from math import isclose

from recomputed.table import Numbers


def focal_risk(p: float, true: float) -> float:
    """The expected focal loss, with γ = 2, of the score ``p`` at the probability ``true``."""
    return -true * (1 - p) ** 2 * math.log(p) - (1 - true) * p**2 * math.log(1 - p)


def focal_score(true: float) -> float:
    """The score, to a thousandth, with the least expected focal loss."""
    return min((i / 1000 for i in range(1, 1000)), key=lambda p: focal_risk(p, true))


EASY, HARD = -100_000 * math.log(0.99), -50 * math.log(0.2)
ENTROPY = -(0.02 * math.log(0.02) + 0.98 * math.log(0.98))
EXCESS = 0.02 * math.log(0.02 / 0.04) + 0.98 * math.log(0.98 / 0.96)

NUMBERS = {
    "gradient-at-the-logit": Numbers(given="0 1 1 1"),
    "excess-log-loss": Numbers(
        given="2 4 0.02 0.02 0.04 2 doubled",
        shown=(
            ("+ «0.98» ln", 1 - 0.02),
            ("ln(«0.98»/", 1 - 0.02),
            ("/«0.96»)", 1 - 0.04),
            ("of 2 %, «0.098»", ENTROPY),
            ("by about «6» %", 100 * EXCESS / ENTROPY),
        ),
    ),
    "softmax-over-harms": Numbers(given="12"),
    "focal-factor": Numbers(given="1 0"),
    "focal-tames-easy-boxes": Numbers(
        given="100,000 0.99 50 0.2 2",
        shown=(
            ("are «0.01»² for", 1 - 0.99),
            ("and «0.8»² for", 1 - 0.2),
            ("weighs «12.5» times", EASY / HARD),
            ("loss «0.002» times", EASY / HARD * 0.01**2 / 0.8**2),
        ),
    ),
    "focal-score-as-probability": Numbers(
        given="2 0.5 0 1 0.02 halved doubling",
        shown=(("near «0.19»", focal_score(0.02)),),
        holds=(
            (
                "the order of posts is kept",
                all(focal_score(i / 50) < focal_score((i + 1) / 50) for i in range(1, 49)),
            ),
            ("nil at one half", focal_score(0.5) == 0.5),
        ),
    ),
    "infonce-by-hand": Numbers(
        given="0.8 0.6 0.4 0.2",
        shown=(
            ("logits «4», 3", 0.8 / 0.2),
            ("4, «3» and", 0.6 / 0.2),
            ("3 and «2», so", 0.4 / 0.2),
            ("would be «0.91» for", math.log(1 + math.exp(-0.2) + math.exp(-0.4))),
        ),
        holds=(
            (
                "ln(1 + e⁻¹ + e⁻²)",
                isclose(
                    math.log(1 + math.exp(-1) + math.exp(-2)),
                    math.log(math.exp(4) + math.exp(3) + math.exp(2)) - 4,
                ),
            ),
        ),
    ),
    "infonce-at-chance": Numbers(
        given="1 255 0.1 5.55 1",
        shown=(
            ("ln «256» is", 1 + 255),
            ("is «5.55», the", math.log(256)),
            ("1/«256»", 1 + 255),
        ),
    ),
    "near-twins-at-low-temperature": Numbers(
        given="0.5 0.05 0.05 0.9 0.5 0.5 0.05",
        shown=(
            ("within ±«20»", 1 / 0.05),
            ("is «2.2» at", math.exp((0.9 - 0.5) / 0.5)),
            ("and «2,981» at", math.exp((0.9 - 0.5) / 0.05)),
        ),
    ),
    "semi-hard-negative": Numbers(given="0 0"),
    "loss-stuck-at-the-margin": Numbers(given="0.2 0.2 0.2 0.2"),
    "swap-near-the-top": Numbers(
        given="2 1 1 1 1 0 1 2 9 10",
        shown=(
            ("«0.369» at", 1 - 1 / math.log2(3)),
            ("against «0.012» below", 1 / math.log2(10) - 1 / math.log2(11)),
        ),
    ),
    "queries-with-many-pairs": Numbers(
        given="2 10 200 1,000",
        shown=(
            ("are «16» pairs", 2 * (10 - 2)),
            ("are «160,000».", 200 * (1000 - 200)),
        ),
    ),
    "absolute-error-target": Numbers(given="0.9 90 50 0.5"),
    "quantile-from-costs": Numbers(
        given="4 1 1 4 1",
        holds=(("q = 4/(4 + 1)", isclose(0.8 / (1 - 0.8), 4 / 1)),),
    ),
    "weekly-quantile-from-daily": Numbers(given="0.9 seven nine ten"),
    "trainable-as-they-stand": Numbers(given="0.5"),
    "log-loss-up-accuracy-up": Numbers(given="5 12 5 0.5 0.5 5 12"),
}
