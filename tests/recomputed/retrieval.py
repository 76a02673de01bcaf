"""What stands behind the numbers of the deck `retrieval`."""

from __future__ import annotations

from math import comb, isclose, sqrt

from recomputed.table import Numbers


def bm25(count: int, k1: float = 1.2) -> float:
    """The factor of a term that occurs so often in a document of average length."""
    return count * (k1 + 1) / (count + k1)


def winners() -> str:
    """Which of the items A, B, C comes first by inner product, by cosine, by distance to (1, 0)."""
    items = {"A": (0.9, 0.2), "B": (2.0, 2.0), "C": (0.4, 0.0)}

    def product(name: str) -> float:
        return items[name][0]

    def cosine(name: str) -> float:
        return items[name][0] / sqrt(items[name][0] ** 2 + items[name][1] ** 2)

    def nearness(name: str) -> float:
        return -((items[name][0] - 1) ** 2 + items[name][1] ** 2)

    return ", ".join(max(items, key=measure) for measure in (product, cosine, nearness))


def short_of(wanted: int, fetched: int, share: float) -> float:
    """How likely fewer items pass than wanted, of so many fetched that pass independently."""
    return sum(comb(fetched, k) * share**k * (1 - share) ** (fetched - k) for k in range(wanted))


NUMBERS = {
    "ann-recall-definition": Numbers(given="10 0.95 10 10 10 ten"),
    "few-searches-need-no-index": Numbers(given="2,000"),
    "exact-scan-time": Numbers(
        given="20 256 40 10", shown=(("«20.48» GB have", 20e6 * 256 * 4 / 1e9),)
    ),
    "high-index-recall-poor-retrieval": Numbers(
        given="50 0.98 50 61 50 1 50 0.98", shown=(("neighbour in «fifty» now", 1 / (1 - 0.98)),)
    ),
    "hnsw-recall-without-rebuild": Numbers(given="88 95"),
    "hnsw-memory-generated": Numbers(
        given="2 4 10 100 128 32",
        shown=(
            ("the vectors take «51.2» GB", 100e6 * 128 * 4 / 1e9),
            ("the links «25.6» GB", 100e6 * 2 * 32 * 4 / 1e9),
            ("in all «76.8» GB", 100e6 * (128 * 4 + 2 * 32 * 4) / 1e9),
        ),
    ),
    "hnsw-larger-m": Numbers(given="48 16"),
    "ivf-distances-per-query": Numbers(
        given="10 4,096 32 4,096",
        shown=(("«78,125» vectors and", 10e6 * 32 / 4096),),
        holds=(("under 1 % of a full scan", (10e6 * 32 / 4096 + 4096) / 10e6 < 0.01),),
    ),
    "pq-code-content": Numbers(given="2 8 8 8 8 8"),
    "pq-memory-generated": Numbers(
        given="10 8 16 8 8 300 96",
        shown=(
            ("vectors take «7.2» GB", 300e6 * (16 * 8 / 8 + 8) / 1e9),
            ("would take «115.2» GB", 300e6 * 96 * 4 / 1e9),
        ),
    ),
    "asymmetric-distance-tables": Numbers(
        given="16 8", shown=(("are «4,096» table entries", 16 * 2**8),)
    ),
    "nprobe-plateau": Numbers(
        given="10 0.71 64 128 512 0.71", shown=(("«Eight» times as many cells", 512 / 64),)
    ),
    "cosine-from-distance": Numbers(given="1 0.5 2 2 2"),
    "three-measures-three-winners": Numbers(
        given="1 0 0.9 0.2 2 2 0.4 0",
        shown=(("the largest product, «2»;", 1 * 2 + 0 * 2),),
        holds=(("B, C, A", winners() == "B, C, A"),),
    ),
    "euclidean-index-for-dot-product": Numbers(given="2"),
    "inner-product-invariances": Numbers(given="1 1"),
    "switch-of-encoder-version": Numbers(given="nine"),
    "filter-after-search-shortfall": Numbers(
        given="200 3 30 200 30",
        shown=(("only «6» survive", 200 * 0.03),),
        holds=(("nearly half of the queries", 0.45 < short_of(30, 1000, 0.03) < 0.5),),
    ),
    "tenant-sees-empty-pages": Numbers(
        given="50 100 400 1,000 100 1,000 1 100 400",
        shown=(("«0.008» of 1,000 candidates", 1000 * 400 / 50e6),),
    ),
    "bm25-saturation": Numbers(
        given="1 1.2 ten 1",
        shown=(
            ("to «1.96», and", bm25(10)),
            ("From «1» to", bm25(1)),
            ("here «2.2».", bm25(10**9)),
        ),
    ),
    "rrf-of-two-lists": Numbers(
        given="1 60 four 60",
        shown=(
            ("«0.0164» + 0.0159", 1 / 61),
            ("0.0164 + «0.0159»", 1 / 63),
            ("other gets «0.0161»,", 1 / 62),
        ),
        holds=(("half as much", isclose((1 / 61 + 1 / 63) / (1 / 62), 2, abs_tol=1e-3)),),
    ),
    "search-without-labels": Numbers(given="2", cited="2021 18"),
    "hard-conditions-in-a-query": Numbers(given="80"),
    "invalid-semantic-ids": Numbers(
        given="four 256 2 256 2 2", shown=(("about «4.3» billion codes", 256**4 / 1e9),)
    ),
}
