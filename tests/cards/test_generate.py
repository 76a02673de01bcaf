"""Every generator against golden numbers, a brute-force formula of its own, and its guards."""

import ast
import math
import re
from decimal import Decimal, localcontext
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.card import Tolerance
from mlsd_cards.cards.generate import (
    GENERATORS,
    Drawn,
    draw,
    placeholders,
    problems_in,
    problems_in_pinned,
    separate,
    worked,
)
from mlsd_cards.cards.generator import between, grid, pick, show

COUNTS = {"tp": {"range": [20, 90]}, "fp": {"range": [5, 60]}, "fn": {"range": [5, 60]}}
NDCG = {"k": 5, "n": 5, "grades": {"choice": [0, 1, 2, 3]}, "gain": "linear"}
AUC = {
    "n_pos": {"choice": [2, 3]},
    "n_neg": {"choice": [3, 4]},
    "score_step": 0.1,
    "allow_ties": True,
}
AP = {"k": {"choice": [4, 5]}, "n": 6, "total": {"range": [3, 8]}}
RATES = {"tpr": {"range": [0.5, 0.99]}, "fpr": {"range": [0.001, 0.05]}, "prevalence": 0.01}
LOGLOSS = {"n": {"choice": [3, 4]}, "p_step": 0.1}
TABLE = {
    "rows_m": {"range": [10, 500]},
    "dim": {"choice": [16, 32, 64, 128]},
    "bytes": {"choice": [2, 4]},
}
RECALL = {"k": 5, "n": 8, "total": {"range": [4, 12]}, "metric": "recall"}
MRR = {"n": 5}
BOXES = {"corner": {"choice": [0, 10, 20, 30, 40]}, "side": {"choice": [40, 60, 80, 100]}}
NE = {**LOGLOSS, "ctr": {"choice": [0.05, 0.1, 0.2, 0.3]}}
ECE = {"bins": 3, "count": {"choice": [100, 200, 300, 400, 600]}, "score_step": 0.05}
KEPT = {"p": {"range": [0.1, 0.9]}, "w": {"choice": [0.01, 0.02, 0.05, 0.1, 0.2]}}
MMR = {"n": 3, "lam": {"choice": [0.6, 0.7, 0.8]}}
CODES = {
    "rows_m": {"choice": [100, 300, 1000]},
    "dim": 96,
    "m": {"choice": [8, 12, 16]},
    "nbits": {"choice": [4, 6, 8]},
    "id_bytes": {"choice": [0, 4, 8]},
}
GRAPH = {**TABLE, "dim": {"choice": [64, 96, 128]}, "links": {"choice": [16, 32, 48]}}
SHARDS = {"shards": {"range": [10, 100]}, "slow": {"choice": [0.5, 1, 2, 3]}}
SIZE = {
    "rate": {"choice": [2, 3, 4, 5, 8, 10, 12, 15, 20, 30]},
    "change": {"choice": [0.1, 0.2, 0.3, 0.4, 0.5, 1]},
}
SPLIT = {
    "expected": {"choice": [10_000, 20_000, 40_000, 50_000, 100_000]},
    "off": {"choice": [0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5]},
}
BUCKETS = {"ids_m": {"range": [3, 60]}, "buckets_m": {"choice": [10, 20, 40, 50]}}
CATEGORY = {
    "rows": {"range": [5, 80]},
    "hits": {"range": [1, 30]},
    "prior": {"choice": [2, 5, 10, 20]},
    "weight": {"choice": [10, 20, 50, 100]},
}
NEAR = Tolerance(abs=0.005)

CARDS = [
    ("ndcg_at_k", NDCG, NEAR),
    ("ndcg_at_k", {**NDCG, "k": 3, "n": 6, "gain": "exponential"}, NEAR),
    ("auc_pairs", AUC, NEAR),
    ("auc_pairs", {**AUC, "allow_ties": False}, NEAR),
    ("f1_from_counts", COUNTS, NEAR),
    ("fbeta", {**COUNTS, "beta": {"choice": [0.5, 2]}}, NEAR),
    ("ap_at_k", AP, NEAR),
    ("precision_from_rates", RATES, Tolerance(rel=0.02)),
    ("logloss", LOGLOSS, NEAR),
    ("embedding_table_bytes", TABLE, Tolerance(rel=0.02)),
    ("precision_recall_k", RECALL, NEAR),
    ("precision_recall_k", {**RECALL, "metric": {"choice": ["precision", "recall"]}}, NEAR),
    ("mrr", MRR, NEAR),
    ("conv_iou", BOXES, NEAR),
    ("ne", NE, Tolerance(abs=0.01)),
    ("ece_bins", ECE, NEAR),
    ("ece_bins", {**ECE, "bins": {"choice": [2, 5]}}, NEAR),
    ("mmr_third_pick", MMR, NEAR),
    ("pq_bytes", CODES, Tolerance(rel=0.02)),
    ("hnsw_bytes", GRAPH, Tolerance(rel=0.02)),
    ("downsample_correction", KEPT, Tolerance(rel=0.02)),
    ("ab_sample_size", SIZE, Tolerance(rel=0.03)),
    ("srm_chi2", SPLIT, Tolerance(rel=0.03)),
    ("tail_fanout", SHARDS, Tolerance(abs=0.01)),
    ("shared_bucket", BUCKETS, Tolerance(rel=0.02)),
    ("smoothed_mean", CATEGORY, Tolerance(rel=0.02)),
]
each_card = pytest.mark.parametrize(("name", "params", "tolerance"), CARDS)
SEEDS = range(200)

BINS = {
    "counts": [50, 30, 20],
    "total": 100,
    "predicted": [0.2, 0.6, 0.9],
    "observed": [0.3, 0.5, 0.75],
}

CUT_LIST = {"hits": [1, 0, 1, 1, 0, 0, 1, 0], "k": 5, "total": 6}
PICKS = {"rel": [0.8, 0.6, 0.5], "sim_a": [0.9, 0.2, 0.1], "sim_b": [0.1, 0.1, 0.3]}
BILLION = {"rows_m": 1000, "dim": 128, "m": 16, "nbits": 8, "id_bytes": 8}

GOLDEN = [
    ("ndcg_at_k", {"rels": [3, 0, 2, 1, 0], "k": 5}, 0.9305),
    ("ndcg_at_k", {"rels": [3, 0, 2, 1, 0], "k": 5, "gain": "exponential"}, 0.9508),
    ("auc_pairs", {"pos": [0.9, 0.6], "neg": [0.8, 0.6, 0.2]}, 0.75),
    ("precision_from_rates", {"tpr": 0.9, "fpr": 0.01, "prevalence": 0.001}, 0.0826),
    ("f1_from_counts", {"tp": 90, "fp": 999, "fn": 10}, 0.1514),
    ("f1_from_counts", {"tp": 60, "fp": 15, "fn": 60}, 0.6154),
    ("ap_at_k", {"hits": [1, 0, 1, 0, 0, 1], "k": 6, "total": 3}, 0.7222),
    ("ap_at_k", {"hits": [1, 0, 1, 0, 0, 1], "k": 5, "total": 3}, 0.5556),
    ("logloss", {"labels": [1, 0, 1], "probs": [0.8, 0.1, 0.4]}, 0.4149),
    ("fbeta", {"tp": 60, "fp": 15, "fn": 60, "beta": 2}, 300 / (300 + 240 + 15)),
    ("embedding_table_bytes", {"rows_m": 200, "dim": 64, "bytes": 4}, 51.2),
    ("precision_recall_k", {**CUT_LIST, "metric": "recall"}, 0.5),
    ("precision_recall_k", {**CUT_LIST, "metric": "precision"}, 0.6),
    ("mrr", {"q1": [0, 1, 1], "q2": [1, 0, 0], "q3": [0, 0, 0], "q4": [0, 0, 0, 1]}, 0.4375),
    ("conv_iou", {"truth": [0, 0, 100, 100], "found": [50, 50, 150, 150]}, 0.1429),
    ("ne", {"labels": [1, 0, 1], "probs": [0.8, 0.1, 0.4], "ctr": 0.02}, 4.2323),
    ("ece_bins", BINS, 0.11),
    ("mmr_third_pick", {"lam": 0.7, **PICKS}, 0.7 * 0.6 - 0.3 * 0.2),
    ("pq_bytes", BILLION, 24),
    ("hnsw_bytes", {"rows_m": 100, "dim": 128, "bytes": 4, "links": 32}, 76.8),
    ("downsample_correction", {"p": 0.2, "w": 0.05}, 0.0123),
    ("ab_sample_size", {"rate": 5, "change": 0.2}, 190),
    ("srm_chi2", {"control": 50_300, "treatment": 49_700}, 3.6),
    ("srm_chi2", {"control": 505_000, "treatment": 495_000}, 100),
    ("tail_fanout", {"shards": 100, "slow": 1}, 0.6340),
    ("tail_fanout", {"shards": 20, "slow": 1}, 0.1821),
    ("shared_bucket", {"ids_m": 1, "buckets_m": 10}, 9.5163),
    ("smoothed_mean", {"rows": 10, "hits": 4, "prior": 10, "weight": 20}, 20),
]


@pytest.mark.parametrize(("name", "values", "right"), GOLDEN)
def test_golden_values(name, values, right):
    assert worked(name, values) == pytest.approx(right, abs=6e-5)


def test_the_other_discount_of_the_golden_list_is_a_wrong_answer():
    values = {"rels": [3, 0, 2, 1, 0], "k": 5, "gain": "linear"}
    wrong = list(GENERATORS["ndcg_at_k"].wrong(values))
    assert wrong == pytest.approx([0.9508, 0.8457, 4.4307 / 6, 4.4307 / 6], abs=6e-5)


def test_f1_means_are_wrong_answers():
    wrong = list(GENERATORS["f1_from_counts"].wrong({"tp": 60, "fp": 15, "fn": 60}))
    assert wrong == pytest.approx([0.8, 0.5, 0.65, math.sqrt(0.4), 60 / 135])


def test_gibibytes_bits_and_forgotten_bytes_are_wrong_answers():
    wrong = GENERATORS["embedding_table_bytes"].wrong({"rows_m": 200, "dim": 64, "bytes": 4})
    assert list(wrong) == pytest.approx([47.68, 409.6, 12.8], abs=6e-3)


SLIPS = [
    ("precision_recall_k", {**CUT_LIST, "metric": "recall"}, [3 / 5, 4 / 6, 3 / 5]),
    ("precision_recall_k", {**CUT_LIST, "metric": "precision"}, [3 / 6, 4 / 8]),
    ("mrr", {"q1": [0, 1, 0, 1], "q2": [1], "q3": [0, 0, 0, 1], "q4": [0]},
     [2 / 4, 2 / 4, 3 / 7, 1.75 / 3]),
    ("conv_iou", {"truth": [0, 0, 10, 10], "found": [5, 0, 10, 10]}, [50 / 150, 100 / 150, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "wrong"), SLIPS)
def test_usual_wrong_answers_of_lists_and_boxes(name, values, wrong):
    assert list(GENERATORS[name].wrong(values)) == pytest.approx(wrong)


def test_the_usual_slips_of_calibration_are_wrong_answers():
    wrong = list(GENERATORS["ece_bins"].wrong(BINS))
    assert wrong == pytest.approx([0.35 / 3, 0.15, abs(0.05 - 0.03 - 0.03)])
    values = {"labels": [1, 0, 1], "probs": [0.8, 0.1, 0.4], "ctr": 0.02}
    wrong = list(GENERATORS["ne"].wrong(values))
    assert wrong == pytest.approx([0.4149, 0.5986, 0.1061], abs=6e-5)
    wrong = list(GENERATORS["downsample_correction"].wrong({"p": 0.2, "w": 0.05}))
    assert wrong == pytest.approx([0.01, 4, 0.8333, 0.2], abs=6e-5)


def test_comparing_with_one_picked_item_or_the_mean_is_a_wrong_answer():
    wrong = list(GENERATORS["mmr_third_pick"].wrong({"lam": 0.7, **PICKS}))
    assert wrong == pytest.approx([0.3 * 0.6 - 0.7 * 0.2, 0.33, 0.41, 0.53, 0.29])


def test_the_usual_slips_of_experiments_are_wrong_answers():
    wrong = list(GENERATORS["ab_sample_size"].wrong({"rate": 10, "change": 1}))
    assert wrong == pytest.approx([7.2, 28.8, 16 * 0.3 / 0.01**2 / 1000, 0.144])
    wrong = list(GENERATORS["srm_chi2"].wrong({"control": 50_300, "treatment": 49_700}))
    assert wrong == pytest.approx([1.8, 0.012, 3.6e-5, 600**2 / 50_300])


def test_the_usual_slips_of_encodings_are_wrong_answers():
    wrong = list(GENERATORS["shared_bucket"].wrong({"ids_m": 10, "buckets_m": 20}))
    assert wrong == pytest.approx([50, 60.6531, 86.4665], abs=6e-5)
    values = {"rows": 10, "hits": 4, "prior": 10, "weight": 20}
    wrong = list(GENERATORS["smoothed_mean"].wrong(values))
    assert wrong == pytest.approx([40, 10, 25, 30, 400 / 30, 60])


# --- the same answers by other means ------------------------------------------------------------


def brute_ndcg(shown):
    k, rels = int(shown["k"]), ast.literal_eval(shown["rels"])
    worth = [g if shown["gain"] == "linear" else 2**g - 1 for g in rels]

    def discounted(order):
        total = 0.0
        for place in range(min(k, len(order))):
            total += order[place] * math.log(2) / math.log(place + 2)
        return total

    return discounted(worth) / discounted(sorted(worth)[::-1])


def brute_ap(shown):
    k, total, hits = int(shown["k"]), int(shown["total"]), ast.literal_eval(shown["hits"])
    seen, area = 0, 0.0
    for place, hit in enumerate(hits):
        if hit and place < k:
            seen += 1
            area += seen / (place + 1)
    return area / (total if total < k else k)


def brute_auc(shown):
    """The area under the ROC curve by trapezia, threshold by threshold."""
    pos, neg = ast.literal_eval(shown["pos"]), ast.literal_eval(shown["neg"])
    curve = [(0.0, 0.0)]
    for cut in sorted({*pos, *neg}, reverse=True):
        rate = [sum(score >= cut for score in side) / len(side) for side in (neg, pos)]
        curve.append((rate[0], rate[1]))
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(curve))


def brute_fbeta(shown):
    """The weighted harmonic mean of precision and recall."""
    tp, fp, fn = (int(shown[name]) for name in ("tp", "fp", "fn"))
    weight = float(shown.get("beta", "1")) ** 2
    return (1 + weight) / (1 / (tp / (tp + fp)) + weight / (tp / (tp + fn)))


def brute_precision(shown):
    people = 1e6
    sick = people * float(shown["prevalence"])
    caught, alarmed = sick * float(shown["tpr"]), (people - sick) * float(shown["fpr"])
    return caught / (caught + alarmed)


def brute_logloss(shown):
    labels, probs = ast.literal_eval(shown["labels"]), ast.literal_eval(shown["probs"])
    likelihood = 1.0
    for y, p in zip(labels, probs, strict=True):
        likelihood *= p**y * (1 - p) ** (1 - y)
    return -math.log(likelihood) / len(labels)


def brute_table(shown):
    """Row by row: a thousand bytes are a kB, and so on."""
    row = sum(int(shown["bytes"]) for _ in range(int(shown["dim"])))
    return row * int(shown["rows_m"]) / 1000


def brute_precision_recall(shown):
    relevant = {place for place, hit in enumerate(ast.literal_eval(shown["hits"])) if hit}
    shelf = set(range(int(shown["k"])))
    size = {"precision": len(shelf), "recall": int(shown["total"].replace(",", ""))}
    return len(relevant & shelf) / size[shown["metric"]]


def brute_mrr(shown):
    total = 0.0
    for flags in shown.values():
        row = "".join(map(str, ast.literal_eval(flags)))
        total += 1 / (row.index("1") + 1) if "1" in row else 0
    return total / len(shown)


def brute_iou(shown):
    """Pixel by pixel."""

    def pixels(corners):
        left, top, right, bottom = ast.literal_eval(corners)
        return {(x, y) for x in range(left, right) for y in range(top, bottom)}

    truth, found = pixels(shown["truth"]), pixels(shown["found"])
    return len(truth & found) / len(truth | found)


def brute_ne(shown):
    """The loss over the mean loss of the constant forecast on a million impressions."""
    ctr, clicks = float(shown["ctr"]), 1e6 * float(shown["ctr"])
    constant = -clicks * math.log(ctr) - (1e6 - clicks) * math.log(1 - ctr)
    return brute_logloss(shown) / (constant / 1e6)


def brute_ece(shown):
    counts, predicted, observed = (
        ast.literal_eval(shown[name]) for name in ("counts", "predicted", "observed")
    )
    off = 0.0
    for place, count in enumerate(counts):
        off += abs(count * predicted[place] - count * observed[place])
    return off / int(shown["total"].replace(",", ""))


def brute_mmr(shown):
    """Step by step: each candidate against each picked item, the least favourable one counting."""
    lam, rel = float(shown["lam"]), ast.literal_eval(shown["rel"])
    picked = [ast.literal_eval(shown[name]) for name in ("sim_a", "sim_b")]
    return max(
        min(lam * rel[i] - (1 - lam) * likeness[i] for likeness in picked) for i in range(len(rel))
    )


def brute_pq(shown):
    """In bits."""
    rows_m, m, nbits, id_bytes = (
        int(shown[name].replace(",", "")) for name in ("rows_m", "m", "nbits", "id_bytes")
    )
    return rows_m * 1e6 * (m * nbits + 8 * id_bytes) / 8e9


def brute_hnsw(shown):
    """Vectors and links counted apart."""
    rows, dim, width, links = (
        int(shown[name].replace(",", "")) for name in ("rows_m", "dim", "bytes", "links")
    )
    return (rows * dim * width + rows * links * 2 * 4) / 1e3


def brute_correction(shown):
    """Counted among a million rows of that score: the negatives left out are put back."""
    positives = 1e6 * float(shown["p"])
    return positives / (positives + (1e6 - positives) / float(shown["w"]))


def brute_arm_size(shown):
    """So many users that the standard error of an arm's mean is a quarter of the effect."""
    rate, change = float(shown["rate"]) / 100, float(shown["change"]) / 100
    return (math.sqrt(rate - rate**2) / (change / 4)) ** 2 / 1000


def brute_chi_square(shown):
    counts = [int(text.replace(",", "")) for text in shown.values()]
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts)


def brute_fan_out(shown):
    """Shard by shard: those still fast so far may meet the next slow one."""
    slow = 0.0
    for _ in range(int(shown["shards"])):
        slow += (1 - slow) * float(shown["slow"]) / 100
    return slow


def brute_sharing(shown):
    """In fifty digits, as the chance of missing all other ids is a power near e."""
    ids, buckets = (10**6 * int(shown[name]) for name in ("ids_m", "buckets_m"))
    with localcontext(prec=50):
        return float(100 - 100 * (1 - 1 / Decimal(buckets)) ** (ids - 1))


def brute_smoothed(shown):
    """The plain mean of the labels, imagined rows among them."""
    rows, hits, weight = (int(shown[name]) for name in ("rows", "hits", "weight"))
    labels = [1] * hits + [0] * (rows - hits) + [float(shown["prior"]) / 100] * weight
    return 100 * math.fsum(labels) / len(labels)


BRUTE = {
    "shared_bucket": brute_sharing,
    "smoothed_mean": brute_smoothed,
    "tail_fanout": brute_fan_out,
    "ab_sample_size": brute_arm_size,
    "srm_chi2": brute_chi_square,
    "ndcg_at_k": brute_ndcg,
    "ap_at_k": brute_ap,
    "auc_pairs": brute_auc,
    "f1_from_counts": brute_fbeta,
    "fbeta": brute_fbeta,
    "precision_from_rates": brute_precision,
    "logloss": brute_logloss,
    "embedding_table_bytes": brute_table,
    "precision_recall_k": brute_precision_recall,
    "mrr": brute_mrr,
    "conv_iou": brute_iou,
    "ne": brute_ne,
    "ece_bins": brute_ece,
    "mmr_third_pick": brute_mmr,
    "pq_bytes": brute_pq,
    "hnsw_bytes": brute_hnsw,
    "downsample_correction": brute_correction,
}


@each_card
def test_brute_force_from_the_shown_text_agrees(name, params, tolerance):
    for seed in SEEDS:
        drawn = draw(name, params, tolerance, Random(seed))
        assert drawn.value == pytest.approx(BRUTE[name](drawn.shown), rel=1e-9)


# --- what every drawing must keep ---------------------------------------------------------------


def test_every_generator_is_drawn_here():
    assert {name for name, _, _ in CARDS} == set(GENERATORS) == set(BRUTE)


@each_card
def test_drawings(name, params, tolerance):
    drawings = [draw(name, params, tolerance, Random(seed)) for seed in SEEDS]
    assert drawings == [draw(name, params, tolerance, Random(seed)) for seed in SEEDS]
    assert len({tuple(drawn.shown.items()) for drawn in drawings}) >= 20
    for drawn in drawings:
        assert math.isfinite(drawn.value)
        assert set(drawn.shown) == set(GENERATORS[name].shows)
        slack = 2 * max(tolerance.abs, tolerance.rel * drawn.value)
        assert drawn.wrong
        assert all(abs(wrong - drawn.value) > slack for wrong in drawn.wrong)


def values_of(drawn: Drawn):
    def value(text):
        return text if text.isalpha() else ast.literal_eval(re.sub(r",(?=[0-9])", "", text))

    return {name: value(text) for name, text in drawn.shown.items()}


@each_card
def test_a_drawing_would_do_as_a_pinned_example(name, params, tolerance):
    for seed in range(50):
        drawn = draw(name, params, tolerance, Random(seed))
        assert worked(name, values_of(drawn)) == pytest.approx(drawn.value)
        assert problems_in_pinned(name, values_of(drawn), tolerance) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_guards_in_the_words_of_the_blueprint(seed):
    """Section 6.2, said once more from the shown text alone."""

    def drawn(number):
        place = number if isinstance(number, int) else [name for name, *_ in CARDS].index(number)
        name, params, tolerance = CARDS[place]
        out = draw(name, params, tolerance, Random(seed))
        return out.value, values_of(out)

    value, _ = drawn(0)
    assert 0 < value < 1
    value, auc = drawn(2)
    assert 0 < value < 1
    assert value != 0.5
    _, apart = drawn(3)
    assert not set(apart["pos"]) & set(apart["neg"])
    _, counts = drawn(5)
    assert counts["tp"] > 0
    assert counts["fp"] != counts["fn"]
    _, ap = drawn(6)
    found = sum(ap["hits"][: ap["k"]])
    assert 1 <= found < min(ap["total"], ap["k"])
    assert sum(ap["hits"]) <= ap["total"]
    value, _ = drawn(7)
    assert 0.01 <= value <= 0.99
    value, _ = drawn("embedding_table_bytes")
    assert value >= 0.1
    _, rows = drawn(8)
    assert set(rows["labels"]) == {0, 1}
    assert all(0.05 <= p <= 0.95 for p in rows["probs"])
    _, rows = drawn("ne")
    assert set(rows["labels"]) == {0, 1}
    assert 0.005 <= rows["ctr"] <= 0.3
    _, bins = drawn("ece_bins")
    assert sum(bins["counts"]) == bins["total"]
    assert [int(3 * mean) for mean in bins["predicted"]] == [0, 1, 2]
    assert all(0 <= share <= 1 for share in bins["observed"])
    assert all(score in grid(0.1, 0.1, 0.9) for score in auc["pos"] + auc["neg"])
    value, picks = drawn("mmr_third_pick")
    worth = [
        picks["lam"] * rel - (1 - picks["lam"]) * max(pair)
        for rel, *pair in zip(picks["rel"], picks["sim_a"], picks["sim_b"], strict=True)
    ]
    assert max(worth) == pytest.approx(value)
    assert worth.index(max(worth)) != picks["rel"].index(max(picks["rel"]))
    _, test = drawn("ab_sample_size")
    assert test["change"] <= 0.2 * test["rate"]
    value, _ = drawn("srm_chi2")
    assert abs(value - 12.12) > 0.05 * 12.12


@pytest.mark.parametrize("seed", SEEDS)
def test_guards_of_lists_and_boxes(seed):
    def drawn(name, params):
        return values_of(draw(name, params, NEAR, Random(seed)))

    cut = drawn("precision_recall_k", RECALL)
    assert 1 <= sum(cut["hits"][: cut["k"]]) < sum(cut["hits"]) <= cut["total"] != cut["k"]
    assert any(sum(hits) > 1 for hits in drawn("mrr", MRR).values())
    assert 0 < draw("conv_iou", BOXES, NEAR, Random(seed)).value < 1


def test_some_lists_of_mrr_have_no_hit():
    drawings = [values_of(draw("mrr", MRR, NEAR, Random(seed))) for seed in SEEDS]
    assert any(not any(hits) for lists in drawings for hits in lists.values())


def test_some_drawings_have_ties_and_their_slips():
    drawings = [draw("auc_pairs", AUC, NEAR, Random(seed)) for seed in SEEDS]
    assert {len(drawn.wrong) for drawn in drawings} == {1, 3}


def test_numbers_read_naturally():
    texts = {"0.9": 0.9, "0.001": 0.001, "1,000": 1000, "[3, 0]": [3, 0], "[0.9, 0.6]": [0.9, 0.6]}
    for text, value in texts.items():
        assert show(value) == text
    assert show([1000, 2000]) == "[1000, 2000]"
    assert show(0.1 + 0.2) == "0.3"
    assert show("linear") == "linear"


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6), st.integers(0, 1000))
def test_a_drawn_decimal_lies_in_its_range_and_is_short(lo, width, seed):
    drawn = between(lo, lo + width, Random(seed))
    assert lo <= drawn <= lo + width


def test_a_drawn_decimal_is_short():
    for seed in SEEDS:
        assert len(show(between(0.001, 0.05, Random(seed)))) <= len("0.0012")
        assert len(show(pick({"range": [0.5, 0.99]}, Random(seed)))) <= len("0.55")


def test_a_whole_range_reaches_both_its_ends():
    assert {pick({"range": [1, 3]}, Random(seed)) for seed in SEEDS} == {1, 2, 3}
    assert pick({"choice": [7]}, Random(0)) == pick(7, Random(0)) == 7


# --- what is wrong with params ------------------------------------------------------------------

BAD = [
    ("no_such", {}, "there is no generator 'no_such'; use one of ab_sample_size, ap_at_k"),
    ("f1_from_counts", [], "params must be a mapping"),
    ("f1_from_counts", {"tp": 1, "fp": 2}, "parameter fn is missing: give a whole number from 0"),
    ("f1_from_counts", {**COUNTS, "tn": 3}, "unknown 'tn': the params of f1_from_counts are tp, "),
    ("f1_from_counts", {**COUNTS, "tp": "many"}, "tp must be a whole number"),
    ("f1_from_counts", {**COUNTS, "tp": True}, "not True"),
    ("f1_from_counts", {**COUNTS, "tp": {"range": [9, 2]}}, "from a number up to a larger one"),
    ("f1_from_counts", {**COUNTS, "tp": {"range": [1, "x"]}}, "from a number up to a larger one"),
    ("f1_from_counts", {**COUNTS, "tp": {"range": [1, 2.5]}}, "not 2.5"),
    ("f1_from_counts", {**COUNTS, "tp": {"range": [1]}}, "is not a way to give a parameter"),
    ("f1_from_counts", {**COUNTS, "tp": {"choice": []}}, "is not a way to give a parameter"),
    ("f1_from_counts", {**COUNTS, "tp": {}}, "is not a way to give a parameter"),
    ("f1_from_counts", {**COUNTS, "tp": {"choice": [1, None]}}, "not None"),
    ("f1_from_counts", {**COUNTS, "tp": [1, 2]}, "must be a whole number"),
    ("f1_from_counts", {**COUNTS, "tp": -1}, "not -1"),
    ("fbeta", {**COUNTS, "beta": {"choice": [1, 2]}}, "other than 1, not 1"),
    ("fbeta", {**COUNTS, "beta": math.nan}, "not nan"),
    ("ndcg_at_k", {**NDCG, "gain": "log"}, "parameter gain must be linear or exponential"),
    ("ndcg_at_k", {**NDCG, "k": 9}, "k can be larger than n"),
    ("ndcg_at_k", {**NDCG, "grades": {"choice": [0, 1]}}, "grades needs two different grades"),
    ("ndcg_at_k", {**NDCG, "grades": 2}, "grades needs two different grades"),
    ("ap_at_k", {**AP, "k": {"range": [3, 7]}}, "k can be larger than n"),
    ("auc_pairs", {**AUC, "allow_ties": "yes"}, "allow_ties must be true or false"),
    ("auc_pairs", {**AUC, "n_pos": 10}, "score_step leaves 9 scores for 10"),
    ("auc_pairs", {**AUC, "n_pos": 6, "allow_ties": False}, "9 scores for 10"),
    ("precision_from_rates", {**RATES, "fpr": {"range": [0, 0.1]}}, "parameter fpr must be"),
    ("mmr_third_pick", {**MMR, "lam": 0.5}, "lam must be a number from 0.1 to 0.9 other than 0.5"),
    ("logloss", {**LOGLOSS, "n": 1}, "parameter n must be a whole number from 2"),
    ("embedding_table_bytes", {**TABLE, "bytes": 1}, "parameter bytes must be a whole number from"),
    ("precision_recall_k", {**RECALL, "k": 8}, "k can reach n"),
    ("precision_recall_k", {**RECALL, "metric": "f1"}, "must be precision or recall"),
    ("conv_iou", {**BOXES, "side": 0}, "side must be a whole number from 1"),
    ("ne", {**NE, "ctr": 0.5}, "parameter ctr must be a number from 0.005 to 0.3"),
    ("ab_sample_size", {**SIZE, "rate": 60}, "rate must be a number from 0.1 to 50, not 60"),
    ("ece_bins", {**ECE, "bins": {"choice": [3, 6]}, "score_step": 0.1}, "at most 0.0833 for 6"),
]


@pytest.mark.parametrize(("name", "params", "words"), BAD)
def test_bad_params_are_named_and_never_drawn(name, params, words):
    [said] = problems_in(name, params)
    assert words in said
    with pytest.raises(ValueError, match="generator " + name):
        draw(name, params, NEAR, Random(0))


@each_card
def test_good_params_have_no_problems(name, params, tolerance):
    assert problems_in(name, params) == []


def test_all_problems_are_told_at_once():
    assert len(problems_in("fbeta", {"tp": "x", "fq": 1})) == 5


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["range", "choice", "x"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(deadline=None)  # params without a fair drawing take all the tries
@given(st.sampled_from(CARDS), st.data())
def test_any_params_give_words_or_a_drawing(card, data):
    name, params, tolerance = card
    key = data.draw(st.sampled_from(sorted(params)))
    params = {**params, key: data.draw(json)}
    if problems_in(name, params):
        return
    try:
        drawn = draw(name, params, tolerance, Random(0))
    except ValueError as error:
        assert name in str(error)
    else:
        assert math.isfinite(drawn.value)


@given(st.sampled_from(sorted(GENERATORS)), st.data())
def test_any_pinned_values_give_words_or_a_value(name, data):
    values = {key: data.draw(json) for key in GENERATORS[name].shows}
    problems_in_pinned(name, values, NEAR)
    try:
        assert math.isfinite(worked(name, values))
    except ValueError as error:
        assert str(error)


def test_params_that_allow_no_fair_drawing_end_in_a_word():
    same = {"tp": 50, "fp": 20, "fn": 20}
    with pytest.raises(ValueError, match=r"generator f1_from_counts: none of 1000 drawings"):
        draw("f1_from_counts", same, NEAR, Random(0))


PINNED = [
    ("f1_from_counts", {"tp": 60, "fp": 15}, "fn is missing"),
    ("f1_from_counts", {"tp": 60, "fp": 15, "fn": "x"}, "fn must be a whole number"),
    ("f1_from_counts", {"tp": 60, "fp": 15, "fn": 60, "tn": 1}, "unknown 'tn'"),
    ("f1_from_counts", {"tp": 0, "fp": 0, "fn": 0}, "guard"),
    ("f1_from_counts", {"tp": 50, "fp": 20, "fn": 20}, "within twice the tolerance"),
    ("ndcg_at_k", {"rels": [3, 2, 1], "k": 3}, "guard"),
    ("logloss", {"labels": [1, 0], "probs": [0.5]}, "do not work"),
    ("embedding_table_bytes", {"rows_m": 1, "dim": 8, "bytes": 2}, "guard"),
    ("pq_bytes", {**BILLION, "nbits": 6, "m": 2}, "guard"),
    ("pq_bytes", {**BILLION, "dim": 100}, "guard"),
    ("hnsw_bytes", {"rows_m": 1, "dim": 8, "bytes": 2, "links": 4}, "guard"),
    ("ne", {"labels": [1, 1], "probs": [0.5, 0.6], "ctr": 0.1}, "guard"),
    ("ece_bins", {**BINS, "total": 200}, "guard"),
    ("ece_bins", {**BINS, "observed": [0.3, 0.5]}, "do not work"),
    ("ece_bins", {**BINS, "observed": [0.3, 0.7, 0.95]}, "within twice the tolerance"),
    ("nothing", {}, "no generator"),
    ("precision_recall_k", {**CUT_LIST, "total": 3, "metric": "recall"}, "guard"),
    ("mrr", {"q1": [0, 1], "q2": [1, 0], "q3": [0, 0], "q4": [1, 0]}, "guard"),
    ("conv_iou", {"truth": [0, 0, 9, 9], "found": [9, 0, 18, 9]}, "guard"),
    ("ab_sample_size", {"rate": 5, "change": 2}, "guard"),
    ("srm_chi2", {"control": 50_550, "treatment": 49_450}, "guard"),
    ("tail_fanout", {"shards": 10, "slow": 1}, "guard"),
    ("tail_fanout", {"shards": 1000, "slow": 2}, "guard"),
    ("conv_iou", {"truth": [0, 0, 9, 9], "found": [9, 0, 5, 9]}, "found must be a box"),
]


@pytest.mark.parametrize(("name", "values", "words"), PINNED)
def test_pinned_values_that_could_not_be_drawn(name, values, words):
    [said] = problems_in_pinned(name, values, NEAR)
    assert words in said


def test_no_value_where_the_formula_has_none():
    with pytest.raises(ValueError, match="no value"):
        worked("f1_from_counts", {"tp": 0, "fp": 0, "fn": 0})
    with pytest.raises(ValueError, match="no generator"):
        worked("nothing", {})


def test_a_count_only_has_to_differ():
    assert separate(58.0, [57.0], Tolerance())
    assert not separate(58.0, [58.0], Tolerance())
    assert not separate(58.0, [58.5], Tolerance(abs=0.3))
    assert not separate(math.nan, [], Tolerance())
    assert not separate(1.0, [math.inf], Tolerance())


def test_placeholders_of_a_prompt():
    assert placeholders("NDCG@{k} of {rels}, $x^{2}$ {K}") == {"k", "rels"}


def test_the_exemplars_of_these_generators_are_fair():
    exemplars = [row for row in GOLDEN if row[0] in ("ndcg_at_k", "auc_pairs")][::2]
    for name, values, _ in [*exemplars, GOLDEN[5]]:
        assert problems_in_pinned(name, values, NEAR) == []


def test_random_is_only_a_type_here():
    """The rng is an argument: nothing in these modules may reach for the global one."""
    folder = Path(__file__).parents[2] / "mlsd_cards" / "cards"
    rooms = "generate generator ranking classification calibration detection diversity sizing"
    for name in [*rooms.split(), "latency", "experiment"]:
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        loaded = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert all("random" not in ast.dump(node) for node in loaded)
