"""What stands behind the numbers of the deck `case-llm-serving-platform`."""

from __future__ import annotations

from math import ceil

from recomputed.table import Numbers

# The platform of the case: its model, its traffic at peak, and its servers of four GPUs.
WEIGHTS, LAYERS, HEADS, SIZE = 70e9, 80, 8, 128
TOKEN = 2 * LAYERS * HEADS * SIZE * 2  # bytes of cache
STAY = 1 + 500 * 0.05  # seconds
OPEN = 10 * STAY
HELD = 6_000 + 500 / 2  # tokens on average
CACHE = OPEN * HELD * TOKEN
SERVER = 4 * 80e9 * 0.9
ROOM = SERVER - 2 * WEIGHTS
OPERATIONS = 2 * WEIGHTS / 400e12  # seconds of a GPU for each token

HOUR = 1_500 * 3_600 / 1e6  # million tokens
LINK = TOKEN * 4_096 * 10


def held(reply: int) -> float:
    """Tokens of cache times steps, for a prompt of 200 tokens."""
    return reply * (200 + reply / 2)


NUMBERS = {
    "goodput-within-two-limits": Numbers(given="90"),
    "price-of-a-million-tokens": Numbers(
        given="12 1,500 50",
        shown=(
            ("where «5.4» million", HOUR),
            ("writes «2.7» million", HOUR / 2),
        ),
    ),
    "replicas-by-cache": Numbers(
        given="10 26 6,250 320 2 320 10 10 140",
        shown=(
            ("«260» open sequences", 10 * 26),
            ("hold «532» GB", 10 * 26 * 6_250 * 320 * 2**10 / 1e9),
            ("has «148» GB to give", (320 * 0.9) - 140),
            ("so «3.6» are needed", CACHE / ROOM),
            ("room for «72», too", ROOM // (HELD * TOKEN)),
        ),
    ),
    "queue-with-idle-arithmetic": Numbers(
        given="72 6,250 40 30 50 8 16 256 128 72 twice 512 2,048 8",
        shown=(("holds «twice» as many", 16 / 8),),
    ),
    "link-between-pools-generated": Numbers(
        given="2 10 4,096",
        cited="3 70 80 8 128 2",
        shown=(
            ("make «12.5» GiB", LINK / 2**30),
            ("«107» Gbit a second", LINK * 8 / 1e9),
        ),
        holds=(("InfiniBand of 800 Gbit; a network of 25", 25 < LINK * 8 / 1e9 < 800),),
    ),
    "quota-in-requests": Numbers(
        given="60 30,000 500",
        shown=(("has «60» times as many", 30_000 / 500),),
    ),
    "one-wide-replica-or-two": Numbers(
        given="8 four four four twice four four four four 70 80 tenth",
        shown=(
            ("has «218» GB", SERVER / 1e9 - 70),
            ("narrow ones «74» GB", SERVER / 2e9 - 70),
        ),
    ),
    "stream-cut-in-the-middle": Numbers(given="72 72"),
    "same-score-other-answers": Numbers(
        given="1,000 720 16 718 4 10,000",
        cited="2024",
        holds=(("60 turned wrong and 58 turned right", 720 - 60 + 58 == 718),),
    ),
    "mean-lengths-in-the-load-test": Numbers(
        given="200 500 100 900 200 2 500",
        shown=(
            ("is «225,000» for", held(500)),
            ("and «25,000» or", held(100)),
            ("or «585,000» for", held(900)),
            ("others, «305,000» on average", (held(100) + held(900)) / 2),
        ),
    ),
    "load-test-that-waits": Numbers(given="100 8 99 0.9 6 100"),
    "more-sequences-fewer-tokens": Numbers(
        given="doubled 128 900 1,400 twice 128 doubled twice",
        holds=(("128 sequences takes longer than one over 64", 2 * 64 == 128),),
    ),
    "all-requests-on-one-replica": Numbers(given="four 45 5"),
    "mock-llm-serving-platform": Numbers(
        given="40 70 80 8 128 4 80 400 2 10 6,000 5,000 500 95 1 50 300 300 5,000 6,000 16 95 "
        "12,000 twice tenth 60 halve",
        shown=(
            ("0.05) = «260» replies", OPEN),
            ("take «140» GB in", 2 * WEIGHTS / 1e9),
            ("cache «320» KiB, from", TOKEN / 2**10),
            ("is «532» GB", CACHE / 1e9),
            ("so «4» servers or more", ceil(CACHE / ROOM)),
            ("tokens are «29» GPU-hours", 300e6 * OPERATIONS / 3_600),
            ("of «16» GPUs busy", 4 * ceil(CACHE / ROOM)),
            ("make «1.3» TB", 10 * 60 * 6_500 * TOKEN / 1e12),
            ("arithmetic: «5.3» of", 10 * (1_000 + 500) * OPERATIONS),
            ("hits, «22.8» without", 10 * (6_000 + 500) * OPERATIONS),
            ("with «65» replies under way", OPEN / 4),
        ),
        holds=(
            ("10 × (1 + 500 × 0.05)", OPEN == 10 * (1 + 500 * 0.05)),
            ("260 × 6,250 × 320 KiB", CACHE == 260 * 6_250 * 320 * 2**10),
        ),
    ),
}
