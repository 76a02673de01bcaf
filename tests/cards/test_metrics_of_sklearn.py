"""Generators of metrics against scikit-learn, on drawings of their own."""

import ast
from random import Random

import pytest
from sklearn.metrics import (
    average_precision_score,
    fbeta_score,
    jaccard_score,
    log_loss,
    ndcg_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from mlsd_cards.cards.card import Tolerance
from mlsd_cards.cards.generators.generate import draw, worked

NEAR = Tolerance(abs=0.005)
SEEDS = range(50)
COUNTS = {name: {"range": [5, 90]} for name in ("tp", "fp", "fn")}
BOXES = {"corner": {"choice": [0, 1, 2, 3, 4]}, "side": {"choice": [4, 6, 8, 10]}}


def drawings(name, params, tolerance=NEAR):
    """The values and the answer of fifty drawings, read from what is shown."""
    for seed in SEEDS:
        drawn = draw(name, params, tolerance, Random(seed))
        values = {
            key: text if text.isalpha() else ast.literal_eval(text)
            for key, text in drawn.shown.items()
        }
        yield values, drawn.value


def falling(items):
    """Scores that put the items in the order in which they stand."""
    return [-place for place in range(len(items))]


@pytest.mark.parametrize("gain", ["linear", "exponential"])
def test_ndcg(gain):
    params = {"k": {"choice": [3, 5]}, "n": 6, "grades": {"range": [0, 3]}, "gain": gain}
    for values, answer in drawings("ndcg_at_k", params):
        rels = values["rels"]
        worth = rels if gain == "linear" else [2**rel - 1 for rel in rels]
        assert answer == pytest.approx(ndcg_score([worth], [falling(rels)], k=values["k"]))


def test_average_precision_of_a_whole_list():
    """scikit-learn has no cut: the list ends after its last relevant item."""
    for seed in SEEDS:
        rng = Random(seed)
        hits = [int(rng.random() < 0.5) for _ in range(9)] + [1]
        right = average_precision_score(hits, falling(hits))
        assert worked("ap_at_k", {"hits": hits, "k": 10, "total": sum(hits)}) == pytest.approx(
            right
        )


@pytest.mark.parametrize(
    ("metric", "score"), [("precision", precision_score), ("recall", recall_score)]
)
def test_precision_and_recall_at_k(metric, score):
    params = {"k": {"choice": [4, 5]}, "n": 8, "total": {"range": [4, 12]}, "metric": metric}
    for values, answer in drawings("precision_recall_k", params):
        missed = values["total"] - sum(values["hits"])
        true = values["hits"] + [1] * missed
        taken = [int(place < values["k"]) for place in range(len(true))]
        assert answer == pytest.approx(score(true, taken))


@pytest.mark.parametrize("beta", [0.5, 1, 2])
def test_f1_and_fbeta(beta):
    name, params = ("f1_from_counts", COUNTS) if beta == 1 else ("fbeta", {**COUNTS, "beta": beta})
    for values, answer in drawings(name, params):
        tp, fp, fn = values["tp"], values["fp"], values["fn"]
        true, alarm = [1] * tp + [0] * fp + [1] * fn, [1] * (tp + fp) + [0] * fn
        assert answer == pytest.approx(fbeta_score(true, alarm, beta=beta))


def test_roc_auc():
    params = {"n_pos": 3, "n_neg": 4, "score_step": 0.1, "allow_ties": True}
    for values, answer in drawings("auc_pairs", params):
        pos, neg = values["pos"], values["neg"]
        labels = [1] * len(pos) + [0] * len(neg)
        assert answer == pytest.approx(roc_auc_score(labels, pos + neg))


def test_log_loss():
    for values, answer in drawings("logloss", {"n": {"choice": [3, 4, 6]}, "p_step": 0.05}):
        assert answer == pytest.approx(log_loss(values["labels"], values["probs"]))


def test_precision_from_rates():
    params = {"tpr": {"range": [0.5, 0.99]}, "fpr": {"range": [0.001, 0.05]}, "prevalence": 0.01}
    for values, answer in drawings("precision_from_rates", params, Tolerance(rel=0.02)):
        share, tpr, fpr = values["prevalence"], values["tpr"], values["fpr"]
        weights = [share * tpr, (1 - share) * fpr, share * (1 - tpr), (1 - share) * (1 - fpr)]
        right = precision_score([1, 0, 1, 0], [1, 1, 0, 0], sample_weight=weights)
        assert answer == pytest.approx(right)


def test_iou_as_jaccard_score_of_the_pixels():
    for values, answer in drawings("conv_iou", BOXES):
        masks = [
            [int(left <= x < right and top <= y < bottom) for x in range(14) for y in range(14)]
            for left, top, right, bottom in (values["truth"], values["found"])
        ]
        assert answer == pytest.approx(jaccard_score(*masks))
