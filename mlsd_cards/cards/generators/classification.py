"""Generators of classification metrics: draws, right values, guards and usual wrong answers.

Formulas: Manning et al. 2008 (F), Hanley & McNeil 1982 (AUC as a share of pairs). The values of a
guard, a right and a wrong answer are those that the prompt shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import (
    FLAG,
    Generator,
    Values,
    choose,
    each,
    extremes,
    grid,
    list_of,
    number,
    pick,
    several,
    whole,
)

if TYPE_CHECKING:
    from random import Random

COUNT = whole(0, 1_000_000_000)
FEW = whole(1, 20)
SHARE = number(1e-9, 1)
COUNTS = {"tp": COUNT, "fp": COUNT, "fn": COUNT}
BETA = {"beta": number(0.1, 10, other_than=1)}
RATES = {"tpr": SHARE, "fpr": SHARE, "prevalence": SHARE}
SCORES = list_of(number(0, 1))


def f_score(values: Values, beta2: float = 1.0) -> float:
    """F with ``beta2`` = β²; F1 as it stands."""
    hit = (1 + beta2) * values["tp"]
    return float(hit / (hit + beta2 * values["fn"] + values["fp"]))


def f1_guard(values: Values) -> bool:
    return bool(values["tp"] > 0)


def f1_wrong(values: Values) -> Iterator[float]:
    tp, fp, fn = values["tp"], values["fp"], values["fn"]
    precision, recall = tp / (tp + fp), tp / (tp + fn)
    yield from (precision, recall, (precision + recall) / 2, math.sqrt(precision * recall))
    yield tp / (tp + fp + fn)


F1_FROM_COUNTS = Generator(
    params=COUNTS, shows=COUNTS, draw=each, value=f_score, guard=f1_guard, wrong=f1_wrong
)


def fbeta(values: Values) -> float:
    """F-beta: recall counts β times as much as precision."""
    return f_score(values, values["beta"] ** 2)


def fbeta_guard(values: Values) -> bool:
    return bool(values["tp"] > 0 and values["fp"] != values["fn"])


def fbeta_wrong(values: Values) -> Iterator[float]:
    beta = values["beta"]
    return (f_score(values, slip) for slip in (1 / beta**2, beta, 1.0))


FBETA = Generator(
    params=COUNTS | BETA,
    shows=COUNTS | BETA,
    draw=each,
    value=fbeta,
    guard=fbeta_guard,
    wrong=fbeta_wrong,
)


def auc_draw(params: Values, rng: Random) -> dict[str, Any]:
    n_pos, n_neg = pick(params["n_pos"], rng), pick(params["n_neg"], rng)
    step = pick(params["score_step"], rng)
    scores = grid(step, step, 1 - step)
    if pick(params["allow_ties"], rng):
        pos, neg = several(scores, n_pos, rng), several(scores, n_neg, rng)
    else:
        drawn = several(scores, n_pos + n_neg, rng)
        pos, neg = drawn[:n_pos], drawn[n_pos:]
    return {"pos": sorted(pos, reverse=True), "neg": sorted(neg, reverse=True)}


def auc_clash(params: Values) -> Iterator[str]:
    """A problem where the grid has too few scores: they differ within a class, or over both."""
    step = max(extremes(params["score_step"]))
    counts = [max(extremes(params[name])) for name in ("n_pos", "n_neg")]
    needed = max(counts) if all(extremes(params["allow_ties"])) else sum(counts)
    if needed > (there := len(grid(step, step, 1 - step))):
        yield f"score_step leaves {there} scores for {needed}: make it, n_pos or n_neg smaller"


def pairs_won(values: Values, tie: float) -> float:
    """The share of positive-negative pairs in the right order, a tied pair counting ``tie``."""
    pairs = list(product(values["pos"], values["neg"]))
    return sum(tie if pos == neg else float(pos > neg) for pos, neg in pairs) / len(pairs)


def auc(values: Values) -> float:
    """ROC-AUC: the share of pairs in the right order; a tie is half."""
    return pairs_won(values, 0.5)


def auc_guard(values: Values) -> bool:
    return 0 < auc(values) < 1 and auc(values) != 0.5


def auc_wrong(values: Values) -> Iterator[float]:
    yield 1 - auc(values)
    if set(values["pos"]) & set(values["neg"]):
        yield pairs_won(values, 0.0)
        yield pairs_won(values, 1.0)


AUC_PAIRS = Generator(
    params={"n_pos": FEW, "n_neg": FEW, "score_step": number(0.01, 0.5), "allow_ties": FLAG},
    shows={"pos": SCORES, "neg": SCORES},
    draw=auc_draw,
    value=auc,
    guard=auc_guard,
    wrong=auc_wrong,
    clash=auc_clash,
)


def precision(values: Values) -> float:
    """The share of alerts that are right, by Bayes from the rates and the prevalence."""
    right = values["tpr"] * values["prevalence"]
    return float(right / (right + values["fpr"] * (1 - values["prevalence"])))


def precision_guard(values: Values) -> bool:
    return 0.01 <= precision(values) <= 0.99


def precision_wrong(values: Values) -> Iterator[float]:
    tpr, fpr = values["tpr"], values["fpr"]
    return iter((1 - fpr, tpr, tpr / (tpr + fpr), tpr * values["prevalence"]))


PRECISION_FROM_RATES = Generator(
    params=RATES,
    shows=RATES,
    draw=each,
    value=precision,
    guard=precision_guard,
    wrong=precision_wrong,
)


def logloss_draw(params: Values, rng: Random) -> dict[str, Any]:
    n, steps = pick(params["n"], rng), grid(pick(params["p_step"], rng), 0.05, 0.95)
    labels = [choose((0, 1), rng) for _ in range(n)]
    return {"labels": labels, "probs": [choose(steps, rng) for _ in range(n)]}


def logloss(values: Values) -> float:
    """The mean of −ln of the probability given to the true label, in nats."""
    rows = list(zip(values["labels"], values["probs"], strict=True))
    return -sum(math.log(p if label else 1 - p) for label, p in rows) / len(rows)


def logloss_guard(values: Values) -> bool:
    return len(set(values["labels"])) == 2 and all(0.05 <= p <= 0.95 for p in values["probs"])


def logloss_wrong(values: Values) -> Iterator[float]:
    right, probs = logloss(values), values["probs"]
    yield from (right / math.log(2), right / math.log(10), right * len(probs))
    yield -sum(map(math.log, probs)) / len(probs)


LOGLOSS = Generator(
    params={"n": whole(2, 20), "p_step": number(0.01, 0.45)},
    shows={"labels": list_of(whole(0, 1)), "probs": SCORES},
    draw=logloss_draw,
    value=logloss,
    guard=logloss_guard,
    wrong=logloss_wrong,
)

CLASSIFICATION = {
    "f1_from_counts": F1_FROM_COUNTS,
    "fbeta": FBETA,
    "auc_pairs": AUC_PAIRS,
    "precision_from_rates": PRECISION_FROM_RATES,
    "logloss": LOGLOSS,
}
