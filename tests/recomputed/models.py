"""What stands behind the numbers of the deck `models`."""

from __future__ import annotations

from recomputed.table import Numbers

NUMBERS = {
    "two-tower-why-indexable": Numbers(given="100"),
    "corpus-scan-tree-against-index": Numbers(
        given="4 2 80,000 40 25 40 2",
        shown=(
            ("«160» core-seconds", 40e6 * 4e-6),
            ("2 ms + «2» ms", 1e3 * 80_000 * 25e-9),
            ("is «160» times cheaper", 4e-6 / 25e-9),
            ("and «500» times fewer", 40e6 / 80_000),
            ("«halves» the product", 40e6 * 4e-6 / 4e-3 / (160 * 500)),
        ),
    ),
    "two-tower-as-ranker-loses-crosses": Numbers(given="300 300 300"),
    "in-batch-score-is-no-click-rate": Numbers(given="0 1"),
    "in-batch-negatives": Numbers(given="512", shown=(("each user «511» negatives", 512 - 1),)),
    "item-tower-legal-inputs": Numbers(given="30"),
    "boosting-fits-negative-gradient": Numbers(given="0 1"),
    "churn-table-next-model": Numbers(
        given="50,000 60", cited="2022 10,000 50,000 2025 10,000 2022 2022 10,000"
    ),
    "implicit-mf-empty-pairs": Numbers(given="0 1"),
    "cross-encoder-recall-ceiling": Numbers(given="200 62 200 ten 55 55 70 200 62 ten 62 62 ten"),
}
