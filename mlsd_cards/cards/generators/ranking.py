"""Generators of ranking metrics: their draws, right values, guards and usual wrong answers.

Formulas: Järvelin & Kekäläinen 2002 and scikit-learn's ``ndcg_score`` for NDCG, Manning et al.
2008 for precision, recall and average precision, Voorhees 1999 for the reciprocal rank. An item of
a list is worth its grade, or is a hit (1) or not (0).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mlsd_cards.cards.generators.generator import (
    Generator,
    Values,
    choose,
    extremes,
    list_of,
    one_of,
    pick,
    whole,
)

if TYPE_CHECKING:
    from random import Random

GRADE = whole(0, 10)
HITS = list_of(whole(0, 1))
GAIN = one_of("linear", "exponential")
CUT_METRIC = one_of("precision", "recall")
CUT, LENGTH = whole(1, 50), whole(2, 50)
QUERIES = ("q1", "q2", "q3", "q4")


def cut_within_list(params: Values) -> Iterator[str]:
    """A problem unless the cut-off K lies within the shown list in every draw."""
    if max(extremes(params["k"])) > min(extremes(params["n"])):
        yield "parameter k can be larger than n: make the list n at least as long as k"


def ndcg_draw(params: Values, rng: Random) -> dict[str, Any]:
    rels = [pick(params["grades"], rng) for _ in range(pick(params["n"], rng))]
    return {"rels": rels, "k": pick(params["k"], rng), "gain": pick(params["gain"], rng)}


def ndcg_clash(params: Values) -> Iterator[str]:
    yield from cut_within_list(params)
    grades = extremes(params["grades"])
    if max(grades) < 2 or min(grades) == max(grades):
        yield "parameter grades needs two different grades, one of them 2 or more"


def gains(rels: Sequence[int], gain: str) -> list[float]:
    """The gain of each grade: itself, or 2^grade − 1."""
    return [float(rel if gain == "linear" else 2**rel - 1) for rel in rels]


def dcg(worth: Sequence[float], k: int) -> float:
    """Discounted gain of the first ``k``, discount 1/log2(rank + 1)."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(worth[:k], 1))


def dcg_of_2002(worth: Sequence[float], k: int) -> float:
    """The same with the first published discount, 1/log2(rank), which leaves ranks 1, 2 whole."""
    return sum(gain / max(1.0, math.log2(rank)) for rank, gain in enumerate(worth[:k], 1))


def ndcg(values: Values) -> float:
    """DCG of the list over the DCG of its best order; all judged items are in the list."""
    worth, k = gains(values["rels"], values["gain"]), values["k"]
    return dcg(worth, k) / dcg(sorted(worth, reverse=True), k)


def ndcg_guard(values: Values) -> bool:
    return any(values["rels"][: values["k"]]) and ndcg(values) < 1 - 1e-9


def ndcg_wrong(values: Values) -> Iterator[float]:
    worth, k = gains(values["rels"], values["gain"]), values["k"]
    yield ndcg({**values, "gain": "exponential" if values["gain"] == "linear" else "linear"})
    yield dcg_of_2002(worth, k) / dcg_of_2002(sorted(worth, reverse=True), k)
    yield dcg(worth, k) / sum(worth)
    yield dcg(worth, k) / sum(worth[:k])


NDCG_AT_K = Generator(
    params={"k": CUT, "n": LENGTH, "grades": GRADE, "gain": GAIN},
    shows={"rels": list_of(GRADE), "k": CUT, "gain": GAIN},
    draw=ndcg_draw,
    value=ndcg,
    guard=ndcg_guard,
    wrong=ndcg_wrong,
    defaults={"gain": "linear"},
    clash=ndcg_clash,
)


def ap_draw(params: Values, rng: Random) -> dict[str, Any]:
    hits = [choose((0, 1), rng) for _ in range(pick(params["n"], rng))]
    return {"hits": hits, "k": pick(params["k"], rng), "total": pick(params["total"], rng)}


def precisions(hits: Sequence[int], k: int) -> list[float]:
    """The precision at each of the first ``k`` ranks."""
    return [sum(hits[:rank]) / rank for rank in range(1, min(k, len(hits)) + 1)]


def hit_precision(values: Values) -> float:
    """The sum of the precision at those of the first K ranks that hold a relevant item."""
    at_rank = precisions(values["hits"], values["k"])
    return sum(at for at, hit in zip(at_rank, values["hits"], strict=False) if hit)


def ap(values: Values) -> float:
    """AP@K, divided by min(total, K); ``total`` counts the relevant items there are in all."""
    return float(hit_precision(values) / min(values["total"], values["k"]))


def ap_guard(values: Values) -> bool:
    hits, k, total = values["hits"], values["k"], values["total"]
    return bool(sum(hits) <= total and k <= len(hits) and 0 < sum(hits[:k]) < min(total, k))


def ap_wrong(values: Values) -> Iterator[float]:
    hits, k, total = values["hits"], values["k"], values["total"]
    yield hit_precision(values) / sum(hits[:k])
    if k != total:
        yield hit_precision(values) / max(total, k)
    yield sum(precisions(hits, k)) / k


AP_AT_K = Generator(
    # With one relevant item or a cut at 1, the usual wrong denominators are the right one.
    params={"k": LENGTH, "n": LENGTH, "total": whole(2, 1000)},
    shows={"hits": HITS, "k": CUT, "total": whole(1, 1000)},
    draw=ap_draw,
    value=ap,
    guard=ap_guard,
    wrong=ap_wrong,
    clash=cut_within_list,
)


def cut_draw(params: Values, rng: Random) -> dict[str, Any]:
    return {**ap_draw(params, rng), "metric": pick(params["metric"], rng)}


def cut_before_end(params: Values) -> Iterator[str]:
    """A problem unless every list goes on after the cut-off K, where a hit no longer counts."""
    if max(extremes(params["k"])) >= min(extremes(params["n"])):
        yield "parameter k can reach n: make the list n longer than k"


def denominator(values: Values) -> int:
    """What the hits in the top K are divided by: the K places, or all relevant items there are."""
    return int(values["k"] if values["metric"] == "precision" else values["total"])


def precision_recall(values: Values) -> float:
    """Precision@K or Recall@K."""
    return float(sum(values["hits"][: values["k"]]) / denominator(values))


def precision_recall_guard(values: Values) -> bool:
    hits, k, total = values["hits"], values["k"], values["total"]
    return bool(0 < sum(hits[:k]) < sum(hits) <= total != k)


def precision_recall_wrong(values: Values) -> Iterator[float]:
    hits, k, total = values["hits"], values["k"], values["total"]
    found, place = sum(hits[:k]), values["metric"] == "precision"
    yield found / (total if place else k)
    yield sum(hits) / (len(hits) if place else total)
    if denominator(values) != min(total, k):
        yield found / min(total, k)


PRECISION_RECALL_K = Generator(
    params={"k": CUT, "n": LENGTH, "total": whole(2, 1000), "metric": CUT_METRIC},
    shows={"hits": HITS, "k": CUT, "total": whole(1, 1000), "metric": CUT_METRIC},
    draw=cut_draw,
    value=precision_recall,
    guard=precision_recall_guard,
    wrong=precision_recall_wrong,
    clash=cut_before_end,
)


def mrr_draw(params: Values, rng: Random) -> dict[str, Any]:
    """A list for each query, a third of its items hits, so that first hits lie at many ranks."""
    n = pick(params["n"], rng)
    return {query: [choose((0, 0, 1), rng) for _ in range(n)] for query in QUERIES}


def hit_ranks(values: Values) -> list[list[int]]:
    """The ranks of the hits of each query, from 1."""
    lists = (values[query] for query in QUERIES)
    return [[rank for rank, hit in enumerate(hits, 1) if hit] for hits in lists]


def mrr(values: Values) -> float:
    """The mean over queries of 1 / rank of the first hit; a query without a hit adds 0."""
    return sum(1 / ranks[0] for ranks in hit_ranks(values) if ranks) / len(QUERIES)


def mrr_guard(values: Values) -> bool:
    return any(len(ranks) > 1 for ranks in hit_ranks(values))


def mrr_wrong(values: Values) -> Iterator[float]:
    found = [ranks for ranks in hit_ranks(values) if ranks]
    inverses = [1 / rank for ranks in found for rank in ranks]
    yield sum(inverses) / len(QUERIES)
    yield sum(inverses) / len(inverses)
    yield len(found) / sum(ranks[0] for ranks in found)
    if len(found) < len(QUERIES):
        yield sum(1 / ranks[0] for ranks in found) / len(found)


MRR = Generator(
    params={"n": LENGTH},
    shows=dict.fromkeys(QUERIES, HITS),
    draw=mrr_draw,
    value=mrr,
    guard=mrr_guard,
    wrong=mrr_wrong,
)

RANKING = {
    "ndcg_at_k": NDCG_AT_K,
    "ap_at_k": AP_AT_K,
    "precision_recall_k": PRECISION_RECALL_K,
    "mrr": MRR,
}
