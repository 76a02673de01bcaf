"""What stands behind the numbers of the deck `case-semantic-product-search`."""

from __future__ import annotations

from recomputed.table import Numbers

PRODUCTS, SHOPPERS, EACH = 50e6, 20e6, 5
SEARCHES = SHOPPERS * EACH
LOAD = SEARCHES / 86_400

NUMBERS = {
    "what-stays-out-of-the-product-vector": Numbers(given="50"),
    "looks-differ-by-layout": Numbers(given="six 5 5"),
    "no-more-empty-pages": Numbers(given="6"),
    "pair-scoring-gpus-generated": Numbers(
        given="86,400 20 5 3 40",
        shown=(
            ("make «138,889» pairs", LOAD * 3 * 40),
            ("At «3,000» a GPU", 5000 * 0.6),
            ("that is «46.3»", LOAD * 3 * 40 / 3000),
            ("so «47».", 47),
        ),
    ),
    "part-numbers-lose-to-agreement": Numbers(
        given="1 60 9 10",
        holds=(("scores 2/70, more than the 1/61", 2 / (60 + 10) > 1 / (60 + 1)),),
    ),
    "unjudged-finds-sink-ndcg": Numbers(
        given="20 5,000 10 0.55 0.62 0 10 30 5,000 0 20 20",
        shown=(("here «15,000» pairs", 5_000 * 10 * 0.3),),
    ),
    "mock-semantic-product-search": Numbers(
        given="50 500,000 20 5 30 200 20,000 50 20,000 200 200 50 256 100 500,000 1 9 90 200",
        shown=(
            ("load: «100» M searches", SEARCHES / 1e6),
            ("floats: «51» GB", PRODUCTS * 256 * 4 / 1e9),
        ),
        holds=(
            ("1,200 a second on average", round(LOAD, -2) == 1_200),
            ("about 350 a second need encoding", round(LOAD * 0.3, -1) == 350),
        ),
    ),
}
