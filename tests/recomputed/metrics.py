"""What stands behind the numbers of the deck `metrics`, and the formulas that it takes."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise, permutations, product
from statistics import mean

from mlsd_cards.cards.generators.generate import worked
from recomputed.table import Numbers

Curve = tuple[tuple[float, float], ...]  # the corners (FPR, TPR) of a ROC curve


def roc_auc(curve: Curve) -> float:
    return sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(curve))


def pr_auc(curve: Curve, prevalence: float, steps: int = 2000) -> float:
    """The mean of precision over recall, along straight pieces of a ROC curve."""
    area = 0.0
    for (x0, y0), (x1, y1) in pairwise(curve):
        for step in range(steps if y1 > y0 else 0):
            share = (step + 0.5) / steps
            right = (y0 + (y1 - y0) * share) * prevalence
            false = (x0 + (x1 - x0) * share) * (1 - prevalence)
            area += right / (right + false) * (y1 - y0) / steps
    return area


# Two models of one ROC-AUC: most positives on top of everything, or all spread over the top 30 %.
EARLY: Curve = ((0, 0), (0, 0.7), (1, 1))
SPREAD: Curve = ((0, 0), (0.3, 1), (1, 1))
# Two models of one PR-AUC at 50 %: false positives all along the way, or only for the last cases.
ALONG: Curve = ((0, 0), (1 / 9, 1), (1, 1))
LAST: Curve = ((0, 0), (0, 0.815), (1, 0.815), (1, 1))


def f_beta(beta: float, tp: int, fp: int, fn: int) -> float:
    return worked("fbeta", {"tp": tp, "fp": fp, "fn": fn, "beta": beta})


def misses_per_false_alert(beta: float) -> float:
    """How many times the one more miss adds to the denominator what one more false alert adds."""
    base, miss, alert = (1 / f_beta(beta, 60, *rest) for rest in ((10, 20), (10, 21), (11, 20)))
    return (miss - base) / (alert - base)


def mean_auc_of_random_order() -> float:
    orders = permutations([0.1, 0.2, 0.3, 0.4, 0.5])
    return mean(worked("auc_pairs", {"pos": order[:2], "neg": order[2:]}) for order in orders)


def ap(hits: list[int], k: int, total: int) -> float:
    return worked("ap_at_k", {"hits": hits, "k": k, "total": total})


def dcg(rels: list[int]) -> float:
    return sum(rel / math.log2(rank + 1) for rank, rel in enumerate(rels, 1))


def ndcg(rels: list[int]) -> float:
    return worked("ndcg_at_k", {"rels": rels, "k": len(rels)})


def entropy(p: float) -> float:
    return -(p * math.log(p) + (1 - p) * math.log(1 - p))


EXPONENTIAL = [2**grade - 1 for grade in range(4)]
JUDGED, RETURNED = [0, 3, 2, 3, 2], [2, 2, 0]
LIST, IDEAL = [3, 0, 2, 1, 0], [3, 2, 1, 0, 0]


# Of 10,000 payments 50 are fraud; the model catches 40 of them and raises 50 false alerts.
CAUGHT, MISSED, FALSE, PAYMENTS = 40, 10, 50, 10_000

# Where two ROC curves cross, the model with the larger area can lose in precision over recall.
AHEAD_EARLY: Curve = ((0, 0), (0, 0.6), (1, 1))


def between(share: float) -> tuple[float, float]:
    """True and false positives, expected, on the way from threshold A to threshold B."""
    return 20 + share * (60 - 20), share * 240


def expected_log_loss(p: float) -> float:
    """Of always saying ``p`` where the chance is 0.3."""
    return -0.3 * math.log(p) - 0.7 * math.log(1 - p)


BINS = {"counts": [50, 30, 20], "total": 100, "predicted": [0.2, 0.6, 0.9]}
IMPRESSIONS = {"labels": [0, 1, 0, 0], "probs": [0.1, 0.6, 0.2, 0.3]}
CONFORMAL = [0.02, 0.05, 0.08, 0.11, 0.17, 0.24, 0.35, 0.48, 0.66, 0.90]
RANK = math.ceil((len(CONFORMAL) + 1) * 0.8)


NUMBERS = {
    "precision-vs-fpr-denominators": Numbers(
        given="1,000 1", shown=(("about «ten» false alerts", 1000 * 0.01),)
    ),
    "roc-auc-pair-meaning": Numbers(
        given="0.8 0.8 0.5",
        shown=(("Random scores give «0.5»", mean_auc_of_random_order()),),
    ),
    "pr-auc-random-baseline": Numbers(
        given="49 1",
        shown=(
            ("ROC-AUC near «0.5»", mean_auc_of_random_order()),
            ("(PR-AUC) near «0.02»", 1 / (1 + 49)),
            ("1 in «50»", 1 + 49),
        ),
    ),
    "f1-generated": Numbers(
        shown=(
            ("Precision «0.80»", 60 / (60 + 15)),
            ("recall «0.50»", 60 / (60 + 60)),
            ("give «0.615»", worked("f1_from_counts", {"tp": 60, "fp": 15, "fn": 60})),
            ("arithmetic «0.65»", (0.80 + 0.50) / 2),
        ),
        holds=(
            (
                "harmonic mean of precision and recall, 2TP / (2TP + FP + FN)",
                math.isclose(2 * 60 / (2 * 60 + 15 + 60), 2 / (1 / 0.80 + 1 / 0.50)),
            ),
        ),
    ),
    "precision-at-k-ceiling": Numbers(
        given="3 10 3 10 10 10",
        shown=(("«0.3»: at most", 3 / 10), ("perfect ranker score «1»", 3 / 3)),
    ),
    "ndcg-exponential-gain": Numbers(
        given="1 1 2 1 3 1",
        shown=(("worth «seven» grade-1", EXPONENTIAL[3] / EXPONENTIAL[1]),),
        holds=(
            ("grades 0, 1, 2, 3 the gains become 0, 1, 3, 7,", EXPONENTIAL == [0, 1, 3, 7]),
            (
                "each step up the scale counts twice the step before",
                [b - a for a, b in pairwise(EXPONENTIAL)] == [1, 2, 4],
            ),
            ("With grades 0 and 1 alone the two gains agree", EXPONENTIAL[:2] == [0, 1]),
        ),
    ),
    "fbeta-false-negative-weight": Numbers(
        given="2",
        shown=(("as heavily as «four» errors", misses_per_false_alert(2)),),
        holds=(
            (
                "The denominator is (1 + β²)TP + β²FN + FP",
                math.isclose(f_beta(2, 60, 10, 20), 5 * 60 / (5 * 60 + 4 * 20 + 10)),
            ),
            ("With β above 1 recall counts more", f_beta(2, 60, 20, 10) > f_beta(2, 60, 10, 20)),
            (
                "with β below 1 precision counts more",
                f_beta(0.5, 60, 10, 20) > f_beta(0.5, 60, 20, 10),
            ),
        ),
    ),
    "ndcg-ideal-list": Numbers(
        given="0 3 2 3 2 2 2 0",
        shown=(("items alone would make it «1»", ndcg(RETURNED)),),
        holds=(
            (
                "NDCG@3 divides by the DCG@3 of grades 3, 3, 2",
                sorted(JUDGED, reverse=True)[:3] == [3, 3, 2],
            ),
            ("missed both items of grade 3", Counter(JUDGED) - Counter(RETURNED) == {3: 2}),
        ),
    ),
    "precision-at-low-prevalence": Numbers(
        given="1,000 0.90 0.01 0.90 100,000 1",
        shown=(
            ("«0.09» %", 100 * 0.90 * 0.001),
            ("0.90 × «0.001»", 1 / 1000),
            ("«8» %", 100 * 90 / 1089),
            ("are «90» true alerts", 100_000 / 1000 * 0.90),
            ("«999» false ones", (100_000 - 100_000 / 1000) * 0.01),
            ("«90»/1,089", 100_000 / 1000 * 0.90),
            ("90/«1,089»", 90 + 999),
            ("is «8.3» %", 100 * 90 / 1089),
            ("«90» %", 100 * 0.90),
            ("«99» %", 100 * (1 - 0.01)),
        ),
    ),
    "prevalence-shift-fixed-threshold": Numbers(
        given="5 0.5",
        shown=(
            ("become «ten» times rarer", 5 / 0.5),
            ("shrink «tenfold»", 5 / 0.5),
            ("grow by «5» %", 100 * ((1 - 0.005) / (1 - 0.05) - 1)),
        ),
    ),
    "ece-three-bins": Numbers(
        given="1 600 0.10 5 300 0.40 50 100 0.80 60",
        shown=(
            ("for «1,000» examples", 600 + 300 + 100),
            ("examples: «0.03» +", 0.6 * (0.10 - 0.05)),
            ("0.03 + «0.03» +", 0.3 * (0.50 - 0.40)),
            ("0.03 + «0.02».", 0.1 * (0.80 - 0.60)),
            ("unweighted mean gives «0.117»", (0.05 + 0.10 + 0.20) / 3),
            ("cancel gives «0.02»", abs(0.6 * 0.05 - 0.3 * 0.10 + 0.1 * 0.20)),
        ),
    ),
    "normalised-entropy-two-percent": Numbers(
        given="2 0.0833 2 2",
        shown=(
            ("divisor, «0.098»", entropy(0.02)),
            ("so «0.85» means", 0.0833 / entropy(0.02)),
            ("means «15» % less", 100 * (1 - 0.0833 / entropy(0.02))),
        ),
    ),
    "precision-from-rates-generated": Numbers(
        given="0.8 0.02 0.01",
        shown=(
            ("that is «0.008» /", 0.8 * 0.01),
            ("/ («0.008» +", 0.8 * 0.01),
            ("+ «0.0198»)", 0.02 * (1 - 0.01)),
            ("= «0.288»", 0.008 / (0.008 + 0.0198)),
            ("would give «0.98»", 0.8 / (0.8 + 0.02)),
        ),
        holds=(
            (
                "precision = TPR·π / (TPR·π + FPR·(1 − π))",
                math.isclose(
                    worked("precision_from_rates", {"tpr": 0.8, "fpr": 0.02, "prevalence": 0.01}),
                    0.8 * 0.01 / (0.8 * 0.01 + 0.02 * (1 - 0.01)),
                ),
            ),
        ),
    ),
    "auc-by-pairs-generated": Numbers(
        given="0.9 0.6 0.8 0.6 0.2",
        shown=(
            ("that is «4.5» / 6", (1 + 1 + 1) + (0 + 0.5 + 1)),
            ("4.5 / «6» =", 2 * 3),
            ("= «0.75»", worked("auc_pairs", {"pos": [0.9, 0.6], "neg": [0.8, 0.6, 0.2]})),
        ),
    ),
    "log-loss-generated": Numbers(
        given="1 1 1 0 1 0 1 0.8 0.1 0.4 0.8 0.4",
        shown=(
            ("ln 0.8 + ln «0.9»", 1 - 0.1),
            ("/ «3» =", len([1, 0, 1])),
            ("= «0.415»", -math.log(0.8 * (1 - 0.1) * 0.4) / 3),
        ),
    ),
    "ap-at-5-generated": Numbers(
        given="1 1 1 0 1 0 0 1 3 6",
        shown=(
            ("that is («1» +", 1 / 1),
            ("+ «2»/3)", sum([1, 0, 1])),
            ("+ 2/«3»)", len([1, 0, 1])),
            (") / «3» =", min(3, 5)),
            ("= «0.556»", ap([1, 0, 1, 0, 0, 1], k=5, total=3)),
        ),
    ),
    "ndcg-at-5-generated": Numbers(
        given="1 1 3 0 2 1 0",
        shown=(
            ("that is «4.431» /", dcg(LIST)),
            ("/ «4.762» =", dcg(IDEAL)),
            ("= «0.930»", ndcg(LIST)),
        ),
        holds=(
            (
                "because the 2 and the 1 each sit one rank too low",
                all(LIST.index(rel) == IDEAL.index(rel) + 1 for rel in (2, 1)),
            ),
        ),
    ),
    "ap-divided-by-hits": Numbers(
        given="1 1 5 1",
        shown=(
            ("lone hit at rank 1 scores a perfect «1»", 1 / 1),
            ("then score «0.7»", (1 / 1 + 2 / 5) / 2),
            ("one at rank 1 scores «1»", 1 / 1),
        ),
        holds=(
            ("adding a hit further down can lower the score", (1 / 1 + 2 / 5) / 2 < 1 / 1),
            ("each one not found adds zero", ap([1, 0, 0, 0, 0], k=5, total=2) == 1 / 2),
        ),
    ),
    "micro-macro-f1-gap": Numbers(
        given="five 0.93 0.52 0.52 0.93 0.93", shown=(("so «93» % of posts", 100 * 0.93),)
    ),
    "pr-auc-across-prevalence": Numbers(
        given="0.35 1 0.90 50 0.90 0.35 1 50 0.90 1",
        shown=(
            ("because «35» times its baseline", 0.35 / 0.01),
            ("beats «1.8» times", 0.90 / 0.50),
            ("can reach «100» at 1 %", 1 / 0.01),
            ("but only «2» at 50 %", 1 / 0.50),
            ("shrinks «fifty-fold»", 0.50 / 0.01),
            ("fifty-fold to «0.018»", 0.90 / 50),
            ("with ROC-AUC «0.85»", roc_auc(SPREAD)),
            ("a PR-AUC of «0.03» and", pr_auc(SPREAD, 0.01)),
            ("and «0.7» at 1 % fraud", pr_auc(EARLY, 0.01)),
        ),
        holds=(
            ("two models with ROC-AUC 0.85", math.isclose(roc_auc(EARLY), roc_auc(SPREAD))),
            (
                "0.90 at 50 % fraud can become less than 0.1 or more than 0.7 at 1 %",
                all(round(pr_auc(curve, 0.50), 2) == 0.90 for curve in (ALONG, LAST))
                and pr_auc(ALONG, 0.01) < 0.1
                and pr_auc(LAST, 0.01) > 0.7,
            ),
        ),
    ),
    "auc-up-log-loss-worse": Numbers(
        given="0.78 0.79 4 2 doubling",
        shown=(("stays «twice» too high", 4 / 2), ("overpredicts «twofold»", 4 / 2)),
    ),
    "auc-invariances": Numbers(given="twice"),
}

NUMBERS |= {
    "specificity-complement": Numbers(
        given="2,000 60 60",
        shown=(
            ("false-positive rate is «0.03»", 60 / 2000),
            ("rate add up to «1»", 60 / 2000 + (2000 - 60) / 2000),
        ),
    ),
    "accuracy-below-flag-nothing": Numbers(
        given="0.5 10,000 40 10,000 0.5",
        shown=(
            ("threshold is «99.4» %", 100 * (1 - (MISSED + FALSE) / PAYMENTS)),
            ("would score «99.5» %", 100 - 0.5),
            ("Of «60» errors", MISSED + FALSE),
            ("10,000 payments «50» can be", FALSE),
            ("«40» of 50 frauds", CAUGHT),
            ("40 of «50» frauds", 0.5 / 100 * PAYMENTS),
            ("recall «0.8» at", CAUGHT / (CAUGHT + MISSED)),
            ("precision «0.44» fits", CAUGHT / (CAUGHT + FALSE)),
            ("right in «99.4» %", 100 * (1 - (MISSED + FALSE) / PAYMENTS)),
            ("caught, «10» missed", 0.5 / 100 * PAYMENTS - CAUGHT),
            ("and «50» false alerts", FALSE),
            ("so «60» errors", MISSED + FALSE),
            ("accuracy «99.4» %", 100 * (1 - (MISSED + FALSE) / PAYMENTS)),
        ),
    ),
    "balanced-test-set-live-metrics": Numbers(
        given="0.1 1,000 1,000", shown=(("there are «999» harmless", (1 - 0.001) / 0.001),)
    ),
    "fpr-for-review-capacity": Numbers(
        given="1,000,000 0.2 5,000 0.9",
        shown=(
            ("Of «2,000» harmful", 0.002 * 1e6),
            ("posts «1,800» are", 0.9 * 0.002 * 1e6),
            ("leaves «3,200» reviews", 5000 - 0.9 * 0.002 * 1e6),
            ("among «998,000» harmless", (1 - 0.002) * 1e6),
            ("would be «0.005»", 5000 / 1e6),
        ),
    ),
    "roc-curve-points": Numbers(
        given="0 0 30 1 1",
        shown=(("near («0.3», 0.3)", 30 / 100), ("near (0.3, «0.3»)", 30 / 100)),
    ),
    "roc-auc-operating-region": Numbers(
        given="0.5",
        holds=(
            (
                "Two ROC curves of one area can cross",
                math.isclose(roc_auc(EARLY), roc_auc(SPREAD)) and EARLY != SPREAD,
            ),
            (
                "a model of smaller area can win in the region that counts",
                roc_auc(AHEAD_EARLY) < roc_auc(SPREAD) and AHEAD_EARLY[1][1] > SPREAD[0][1],
            ),
        ),
    ),
    "pooled-auc-user-feature": Numbers(given="0.72 0.77"),
    "pr-point-between-thresholds": Numbers(
        given="100 20 0 60 240 0.4",
        shown=(
            ("counts are «40» true", between(0.5)[0]),
            ("and «120» false positives", between(0.5)[1]),
            ("would promise «0.6»", (20 / 20 + 60 / (60 + 240)) / 2),
        ),
        holds=(("At recall 0.4, halfway,", between(0.5)[0] / 100 == 0.4),),
    ),
    "roc-vs-pr-curve": Numbers(
        given="0", shown=(("diagonal, area «0.5»", mean_auc_of_random_order()),)
    ),
    "roc-dominance-carries-over": Numbers(
        holds=(
            (
                "the model with the larger ROC area can have the smaller precision-recall area",
                roc_auc(AHEAD_EARLY) < roc_auc(SPREAD)
                and pr_auc(AHEAD_EARLY, 0.01) > pr_auc(SPREAD, 0.01),
            ),
        ),
    ),
    "f1-of-flagging-everything": Numbers(
        given="70 0.81 0.81",
        shown=(
            ("precision «0.7» and", 70 / 100),
            ("recall «1» give", 70 / 70),
            ("give F1 = «0.82»", worked("f1_from_counts", {"tp": 70, "fp": 30, "fn": 0})),
        ),
        holds=(
            (
                "scores 2π / (1 + π) for a share π",
                math.isclose(
                    worked("f1_from_counts", {"tp": 70, "fp": 30, "fn": 0}), 2 * 0.7 / (1 + 0.7)
                ),
            ),
        ),
    ),
    "fbeta-generated": Numbers(
        given="2 0.5 60 15 60 2",
        shown=(
            ("a miss weighs «four» times", misses_per_false_alert(2)),
            ("a «quarter» as much", misses_per_false_alert(0.5)),
            ("that is «300» /", (1 + 2**2) * 60),
            ("/ «555» =", (1 + 2**2) * 60 + 2**2 * 60 + 15),
            ("= «0.541»", f_beta(2, 60, 15, 60)),
        ),
        holds=(
            (
                "F-beta is (1 + β²)TP / ((1 + β²)TP + β²FN + FP)",
                math.isclose(f_beta(2, 60, 15, 60), 5 * 60 / (5 * 60 + 4 * 60 + 15)),
            ),
        ),
    ),
    "normalised-entropy-generated": Numbers(
        given="1 0 1 0 0 0.1 0.6 0.2 0.3 0.2",
        shown=(
            ("that is «0.299» /", -math.log(0.9 * 0.6 * 0.8 * 0.7) / 4),
            ("/ «0.5004» =", entropy(0.2)),
            ("= «0.598».", worked("ne", {**IMPRESSIONS, "ctr": 0.2})),
            ("a value above «1» is worse", entropy(0.2) / entropy(0.2)),
        ),
        holds=(
            (
                "−(c ln c + (1 − c) ln(1 − c))",
                math.isclose(entropy(0.2), -(0.2 * math.log(0.2) + 0.8 * math.log(0.8))),
            ),
        ),
    ),
    "score-that-rewards-honesty": Numbers(
        given="0.3 0.3 0.5 0.5 0.3 0.01 0",
        shown=(
            ("accuracy of «0.7»", 1 - 0.3),
            ("score «0.5» whatever", worked("auc_pairs", {"pos": [0.3], "neg": [0.3, 0.3]})),
        ),
        holds=(
            (
                "Its expectation is 0.3 + 0.4p",
                all(math.isclose(0.3 * (1 - p) + 0.7 * p, 0.3 + 0.4 * p) for p in (0.1, 0.6)),
            ),
            (
                "Its expectation −0.3 ln p − 0.7 ln(1 − p) has its only minimum at p = 0.3",
                min((n / 1000 for n in range(1, 1000)), key=expected_log_loss) == 0.3,
            ),
        ),
    ),
    "reliability-diagram-axis": Numbers(given="1.0 0.5 0.0 0.0 0.5 1.0"),
    "ece-generated": Numbers(
        given="1 50 30 20",
        shown=(
            ("gaps of «0.1», 0.1", 0.3 - 0.2),
            ("gaps of 0.1, «0.1» and", 0.6 - 0.5),
            ("and «0.15» that", 0.9 - 0.75),
            ("that is «0.05» +", 50 / 100 * 0.1),
            ("0.05 + «0.03» +", 30 / 100 * 0.1),
            ("0.03 + «0.03» =", 20 / 100 * 0.15),
            ("= «0.11».", worked("ece_bins", {**BINS, "observed": [0.3, 0.5, 0.75]})),
        ),
    ),
    "platt-vs-isotonic": Numbers(given="0 1", cited="1,000"),
    "temperature-vs-platt": Numbers(given="1 1"),
    "calibrated-overall-wrong-per-slice": Numbers(given="twice"),
    "coverage-and-selective-risk": Numbers(
        given="200 1,000 24",
        shown=(
            ("Its coverage is «0.8»", (1000 - 200) / 1000),
            ("gives, is «0.03»", 24 / (1000 - 200)),
            ("by the «800» documents", 1000 - 200),
        ),
    ),
    "abstain-by-cost": Numbers(given="8 2 8 1 2 2 8", shown=(("2 / 8 = «0.25»", 2 / 8),)),
    "ensemble-agrees-or-splits": Numbers(
        given="five 0.5 0.05 0.05 0.5 0.95 0.95 0.5",
        shown=(("The mean is «0.5»", mean([0.05, 0.05, 0.5, 0.95, 0.95])),),
    ),
    "conformal-threshold-ten-scores": Numbers(
        given="80 1 0.02 0.05 0.08 0.11 0.17 0.24 0.35 0.48 0.66 0.90 1 0.8 80 ten",
        shown=(
            ("«Ten» calibration examples", len(CONFORMAL)),
            ("With n = «10»", len(CONFORMAL)),
            ("× 0.8 = «8.8»", (len(CONFORMAL) + 1) * 0.8),
            ("rounded up to «9»", RANK),
            ("ten, rank «8», would", math.ceil(len(CONFORMAL) * 0.8)),
            ("probability at least «0.34»", 1 - CONFORMAL[RANK - 1]),
        ),
    ),
    "conformal-coverage-promise": Numbers(given="90 90 90 90"),
}

# --- Ranked lists, funnels, boxes and text ----------------------------------------------------


def cut_metrics(hits: list[int], k: int, total: int) -> dict[str, float]:
    """Metrics of one list cut at ``k``, of whose relevant items there are ``total`` in all."""
    found = hits[:k]
    first = next((1 / rank for rank, hit in enumerate(found, 1) if hit), 0.0)
    return {
        "recall": sum(found) / total,
        "precision": sum(found) / k,
        "hit rate": float(any(found)),
        "ndcg": dcg(found) / dcg([1] * min(k, total)),
        "mrr": first,
    }


def changes(name: str) -> set[int]:
    """The signs of a metric's change from a cut at 2 to one at 4, over all lists of 4 and more."""
    lists = [list(hits) for hits in product((0, 1), repeat=4)]
    pairs = [(hits, total) for hits in lists for total in range(max(1, sum(hits)), 7)]
    steps = [
        cut_metrics(hits, 4, total)[name] - cut_metrics(hits, 2, total)[name]
        for hits, total in pairs
    ]
    return {(step > 1e-12) - (step < -1e-12) for step in steps}


def of_2002(rels: list[int]) -> float:
    """DCG with its original discount, log2(rank) from rank 2 on."""
    return sum(rel / max(1, math.log2(rank)) for rank, rel in enumerate(rels, 1))


def in_sampled_top(rank: int, items: int = 1_000_000, drawn: int = 99, k: int = 10) -> float:
    """The chance that fewer than ``k`` of the items drawn at random stand above ``rank``."""
    above = (rank - 1) / (items - 1)
    return sum(
        math.comb(drawn, count) * above**count * (1 - above) ** (drawn - count)
        for count in range(k)
    )


def edits(said: str, heard: str) -> int:
    """The fewest substitutions, deletions and insertions of words between two texts."""
    row = list(range(len(heard.split()) + 1))
    for deleted, one in enumerate(said.split(), 1):
        before, row = row, [deleted]
        for place, other in enumerate(heard.split()):
            row.append(min(before[place] + (one != other), before[place + 1] + 1, row[place] + 1))
    return row[-1]


SAID = "please send the report to anna before monday"
HEARD = "send report too anna and before monday"
CUT_LIST = {"hits": [1, 0, 1, 1, 0, 0, 1, 0], "k": 5, "total": 6}
CORNERS = {"truth": [0, 0, 100, 100], "found": [50, 50, 150, 150]}
QUERIES = {
    "q1": [0, 1, 0, 0, 1],
    "q2": [1, 0, 1, 0, 0],
    "q3": [0, 0, 0, 0, 0],
    "q4": [0, 0, 0, 0, 1],
}

NUMBERS |= {
    "order-inside-top-k": Numbers(given="10 10 10 10 10 10 1 10"),
    "hit-rate-single-item": Numbers(
        given="10 10 10",
        shown=(
            ("is «1» or 0", cut_metrics([0, 1], k=2, total=1)["recall"]),
            ("1 or «0»", cut_metrics([0, 0], k=2, total=1)["recall"]),
        ),
        holds=(
            (
                "the same credit to a user with one hit and to one with nine",
                cut_metrics([1] + [0] * 9, 10, 10)["hit rate"]
                == cut_metrics([1] * 9 + [0], 10, 10)["hit rate"],
            ),
        ),
    ),
    "recall-at-5-generated": Numbers(
        given="1 1 1 0 1 1 0 0 1 0 6",
        shown=(
            ("that is «3» / 6", sum(CUT_LIST["hits"][:5])),
            ("3 / «6» =", 6),
            ("= «0.5»,", worked("precision_recall_k", CUT_LIST | {"metric": "recall"})),
            ("here «0.6»", worked("precision_recall_k", CUT_LIST | {"metric": "precision"})),
        ),
        holds=(("as rank 7 lies beyond K", CUT_LIST["hits"].index(1, 5) == 7 - 1),),
    ),
    "larger-k-same-lists": Numbers(
        given="20 10 20 10 10",
        shown=(("scored «0» and", cut_metrics([0, 0], k=2, total=1)["mrr"]),),
        holds=(
            ("Hits can only be added", changes("recall") == {0, 1}),
            ("it falls when the added places hold fewer hits", changes("precision") == {-1, 0, 1}),
            ("another query can gain its first", changes("hit rate") == {0, 1}),
            ("and that can grow faster", changes("ndcg") == {-1, 0, 1}),
            ("can now score more", changes("mrr") == {0, 1}),
        ),
    ),
    "map-up-frequent-queries-down": Numbers(
        given="900 100 80 0.30 0.34 0.80 0.70",
        shown=(
            ("queries «0.9» ×", 900 / (900 + 100)),
            ("0.9 × «0.04»", 0.34 - 0.30),
            ("− «0.1» × 0.10", 100 / (900 + 100)),
            ("0.1 × «0.10»", 0.80 - 0.70),
            ("is +«0.026»", 0.9 * (0.34 - 0.30) - 0.1 * (0.80 - 0.70)),
            ("searches «0.2» ×", 1 - 80 / 100),
            ("0.2 × «0.04»", 0.34 - 0.30),
            ("− «0.8» × 0.10", 80 / 100),
            ("0.8 × «0.10»", 0.80 - 0.70),
            ("is −«0.072»", -(0.2 * (0.34 - 0.30) - 0.8 * (0.80 - 0.70))),
            ("loss of «0.10» with", 0.80 - 0.70),
            ("gain of «0.04» and", 0.34 - 0.30),
            ("«nine» times as many", 900 / 100),
        ),
    ),
    "reciprocal-rank-first-hit": Numbers(
        given="2 four 10",
        shown=(("are «1»/2", 1), ("1/«2»", 2)),
    ),
    "mrr-generated": Numbers(
        given="1 four 1 0 1 0",
        shown=(
            ("(«1»/2 + 1", 1),
            ("(1/«2» + 1", 2),
            ("1/2 + «1» + 0", 1 / 1),
            ("+ 1 + «0» +", 0),
            ("+ «1»/5)", 1),
            ("+ 1/«5»)", 5),
            (") / «4» =", len(QUERIES)),
            ("= «0.425»", worked("mrr", QUERIES)),
        ),
        holds=(
            (
                "First hits at ranks 2, 1, none and 5",
                [hits.index(1) + 1 if 1 in hits else None for hits in QUERIES.values()]
                == [2, 1, None, 5],
            ),
        ),
    ),
    "mrr-drop-to-second": Numbers(
        given="1 2 1 1 1 1 1 3",
        shown=(
            ("from 1 to «0.5»;", 1 / 2),
            ("from 1 to «0.63».", 1 / math.log2(2 + 1)),
            ("is «0.631»", 1 / math.log2(3)),
        ),
        holds=(
            (
                "slipping from rank 1 to 2 costs as much as slipping from rank 2 out of the list",
                1 / 1 - 1 / 2 == 1 / 2 - 0,
            ),
        ),
    ),
    "ndcg-queries-without-relevant": Numbers(
        given="30 1 10 0.60 10 0 0 1 0",
        shown=(
            ("is 0/«0»", dcg([0, 0])),
            ("give «0.42»", (1 - 0.30) * 0.60),
            ("out gives «0.60»", (1 - 0.30) * 0.60 / (1 - 0.30)),
        ),
    ),
    "ndcg-discount-differs": Numbers(
        given="3 0 2 1 0 5 1 1 1 1 1 1 1 2 0 2 1 3 2 2 1 1 2",
        shown=(
            ("NDCG@5 of «0.930», team Y", dcg(LIST) / dcg(IDEAL)),
            ("team Y «0.846»", of_2002(LIST) / of_2002(IDEAL)),
            (
                "stays «0.930»",
                (dcg(LIST) * math.log(2)) / (dcg(IDEAL) * math.log(2)),
            ),
            ("more: «4.762» /", of_2002(LIST)),
            ("/ «5.631» is", of_2002(IDEAL)),
            ("is «0.846»", of_2002(LIST) / of_2002(IDEAL)),
            ("result is «3.917» /", sum(rel / rank for rank, rel in enumerate(LIST, 1))),
            ("/ «4.333», or", sum(rel / rank for rank, rel in enumerate(IDEAL, 1))),
            ("or «0.904»", (3 + 2 / 3 + 1 / 4) / (3 + 2 / 2 + 1 / 3)),
            ("gives «4.431» /", dcg(LIST)),
            ("/ «6», which", sum(LIST)),
            ("is «0.738»", dcg(LIST) / sum(LIST)),
        ),
    ),
    "funnel-missing-metric": Numbers(given="10,000,000 500 500 10 10 500 500 500"),
    "same-dcg-two-ideals": Numbers(
        given="10 0.85 0.40 0.85 1 0.40",
        shown=(("about «0.47»", 0.40 * 1 / 0.85),),
    ),
    "sampled-recall-counts-far-ranks": Numbers(
        given="50,000 1,000,000 10 99 99 99 10 10",
        shown=(
            ("About «5» of", 99 * (50_000 - 1) / (1_000_000 - 1)),
            ("of these «100»", 99 + 1),
            ("probability «0.05»", (50_000 - 1) / (1_000_000 - 1)),
            ("at most «nine» of", 10 - 1),
            ("probability «0.97»", in_sampled_top(50_000)),
            ("among «100» stands", 99 + 1),
            ("top «100,000» of", 1_000_000 * 10 / 100),
        ),
    ),
    "sampled-recall-flips-models": Numbers(
        given="1,000,000 5 30 500,000 20,000 10 99 99 30 20,000 10",
        shown=(
            ("gives A «0.30» and B", 30 / 100),
            ("and B «0».", 0),
            ("differ: «0.30» for A", 0.30 * in_sampled_top(5) + 0.70 * in_sampled_top(500_000)),
            ("nearly «1» for B", in_sampled_top(20_000)),
            ("so B scores «0»", 0),
        ),
        holds=(("nearly certain to reach the top 10", in_sampled_top(20_000) > 0.999),),
    ),
    "catalogue-coverage-share": Numbers(
        given="12,000 400,000", shown=(("of «3» %", 100 * 12_000 / 400_000),)
    ),
    "covered-varied-and-known": Numbers(given="100"),
    "diversity-costs-offline-ndcg": Numbers(given="10 3"),
    "iou-generated": Numbers(
        given="0 0 100 100 50 50 150 150",
        shown=(
            ("that is «2,500» /", (100 - 50) * (100 - 50)),
            ("/ «17,500» =", 100 * 100 + 100 * 100 - 50 * 50),
            ("= «0.143»", worked("conv_iou", CORNERS)),
            ("a «quarter» of each", 50 * 50 / (100 * 100)),
        ),
    ),
    "loose-and-strict-iou": Numbers(cited="0.5 0.5 0.95 0.5 0.75"),
    "mean-iou-thin-crack": Numbers(
        given="100,000 2,000 1,500 1,000",
        shown=(
            ("Crack: «1,000» /", 1000),
            ("/ «2,500» =", 1000 + (1500 - 1000) + (2000 - 1000)),
            ("= «0.40»;", 1000 / (1500 + 2000 - 1000)),
            ("background: «97,500» /", 100_000 - 2000 - (1500 - 1000)),
            ("/ «99,000» =", 100_000 - 1000),
            ("= «0.985».", 97_500 / 99_000),
            ("accuracy is «0.985»", (1000 + 97_500) / 100_000),
        ),
    ),
    "equal-ap-face-blurring": Numbers(given="0.5 0.5 0.95 0.5 0.5"),
    "word-error-rate-worked": Numbers(
        shown=(("1) / «8».", len(SAID.split())),),
        holds=(
            (f"“{SAID}”", True),
            (f"“{HEARD}”", True),
            ("(1 + 2 + 1)", edits(SAID, HEARD) == 1 + 2 + 1),
            ("WER can exceed 1", edits("yes", "yes it can") / len(["yes"]) > 1),
        ),
    ),
    "bleu-brevity-penalty": Numbers(
        given="8,000 10,000 1 1 1",
        shown=(
            ("1 − «1.25»", 10_000 / 8_000),
            ("= «0.779»", math.exp(1 - 10_000 / 8_000)),
        ),
    ),
    "bleu-vs-rouge": Numbers(cited="1 4 1 2"),
    "rouge-up-false-claims-up": Numbers(
        given="0.41 0.44 1",
        holds=(
            (
                "share all words but one",
                edits("The drug did not help", "The drug did help") == 1,
            ),
        ),
    ),
    "map-of-three-queries": Numbers(
        given="5 5 1 1 1 0 1 0 0 2 0 0 0 0 0 3 0 1 0 0 1 4 5 5 0 3 2 4",
        shown=(
            ("AP@5 is «0.833»,", (1 + 2 / 3) / 2),
            ("and «0.225», and", (1 / 2 + 2 / 5) / 4),
            ("queries is «0.353».", ((1 + 2 / 3) / 2 + (1 / 2 + 2 / 5) / 4) / 3),
            ("gives «0.529» and", ((1 + 2 / 3) / 2 + (1 / 2 + 2 / 5) / 4) / 2),
        ),
    ),
}
