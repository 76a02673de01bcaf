"""What stands behind the numbers of the deck `llm`."""

from __future__ import annotations

from math import isclose

from recomputed.table import Numbers

STEP = 70e9 * 2 / 8e12 * 1000  # ms in which the weights are read once
A_TASK, B_TASK = 0.30 + (1 - 0.6) * 2.00, 0.16 + (1 - 0.4) * 2.00  # with a person's work

TOKEN = 2 * 80 * 8 * 128 * 2  # bytes of keys and values

NUMBERS = {
    "no-document-has-the-answer": Numbers(
        given="five",
    ),
    "support-search-finds-questions": Numbers(
        given="1",
    ),
    "agreement-against-a-first-place": Numbers(
        given="1 60",
        cited="60",
        shown=(
            ("1 / «61» holds", 60 + 1),
            ("r < «62».", 2 * 61 - 60),
        ),
        holds=(
            (
                "2 / (60 + r) > 1 / 61 holds for r < 62",
                all((2 / (60 + r) > 1 / 61 + 1e-12) == (r < 62) for r in range(1, 200)),
            ),
        ),
    ),
    "answer-lost-in-the-middle": Numbers(
        given="40 20",
        cited="2023",
    ),
    "whole-manual-in-every-prompt": Numbers(
        given="180,000 3,000 20,000",
        shown=(
            ("«3,600» million", 180_000 * 20_000 / 1e6),
            ("against «60» million", 3_000 * 20_000 / 1e6),
        ),
    ),
    "seconds-until-the-last-token": Numbers(
        given="350 20 251 0.35 0.02",
        shown=(("and «250» times", 251 - 1),),
    ),
    "floor-of-a-decode-step": Numbers(
        given="70 2 8 10 8 4",
        shown=(
            ("«140» GB at", 70 * 2),
            ("take «17.5» ms", STEP),
            ("so «57» tokens", 1000 / STEP),
            ("to a «quarter»", 4 / 16),
        ),
    ),
    "stutter-after-long-prompts": Numbers(
        given="30,000 25 900",
        holds=(("as long as dozens of decode steps", 900 / 25 >= 24),),
    ),
    "grouped-heads-and-the-cache": Numbers(
        given="64 8 1",
        cited="80 128 2 3 70",
        shown=(
            ("one «eighth»", 8 / 64),
            ("takes «320» KiB", 2 * 80 * 8 * 128 * 2 / 2**10),
            ("place of «2.5» MiB", 2 * 80 * 64 * 128 * 2 / 2**20),
        ),
    ),
    "grouped-kv-cache-generated": Numbers(
        given="2 four 8,192",
        cited="3 70 80 8 128 2",
        shown=(
            ("takes «320» KiB", TOKEN / 2**10),
            ("take «10.0» GiB", TOKEN * 8192 * 4 / 2**30),
        ),
    ),
    "time-stamp-ahead-of-instructions": Numbers(
        given="3,000",
    ),
    "batch-renewed-at-every-step": Numbers(
        given="eight eight",
    ),
    "drafts-keep-the-distribution": Numbers(
        given="1",
    ),
    "tokens-per-speculative-round": Numbers(
        given="4 0.8 1 0.8 0.8 0.8 0.8 1 4 0.8",
        shown=(
            ("0.8⁴ = «3.36».", sum(0.8**n for n in range(5))),
            ("0.8 = «4.2» is", 1 + 4 * 0.8),
        ),
    ),
    "speculation-in-large-batches": Numbers(
        given="halved 200",
    ),
    "low-rank-update": Numbers(
        given="0",
    ),
    "four-bit-weights-and-prefill": Numbers(
        given="4 16 16 4 16 16 4 16 16",
        shown=(("A «quarter» of the bytes", 4 / 16),),
    ),
    "reward-rises-raters-object": Numbers(
        cited="2023",
    ),
    "judge-sees-both-orders": Numbers(
        given="30 twice",
        cited="2023",
    ),
    "steps-towards-a-fair-judge": Numbers(
        given="ten ten",
    ),
    "stage-with-most-to-win": Numbers(
        given="94 50 61 five 97 59 50 five 50 five 59 61 94 61",
        shown=(
            ("It misses «6» %", 100 - 94),
            ("61 = «33» points", 94 - 61),
            ("re-ranking, «6» before", 100 - 94),
            ("before it, «2» after", 61 - 59),
        ),
        holds=(("a third of all questions lose", isclose((94 - 61) / 100, 1 / 3, abs_tol=0.01)),),
    ),
    "mean-cost-of-a-cascade": Numbers(
        given="1 30 20 1 0.3 20 0.7 1 0.3 20",
        shown=(
            ("20 = «7», or", 1 + 0.3 * 20),
            ("or «35» % of", (1 + 0.3 * 20) / 20 * 100),
            ("20 = «6.7» forgets", 0.7 * 1 + 0.3 * 20),
        ),
    ),
    "four-successes-in-a-row": Numbers(
        given="0.6 4 4 1 0.6 2",
        shown=(
            ("2 = «0.565», although", (1 + 0.6**4) / 2),
            ("succeeds with «0.8» on", (1 + 0.6) / 2),
            ("«0.8»⁴ =", (1 + 0.6) / 2),
            ("0.8⁴ = «0.41» is", 0.8**4),
        ),
    ),
    "cheaper-agent-dearer-task": Numbers(
        given="60 0.30 40 0.16 2.00 0.16 0.30 0.30 2.00 0.16 2.00",
        shown=(
            ("Below USD «0.70» for", (0.30 - 0.16) / (0.6 - 0.4)),
            ("USD «0.40» against", 0.16 / 0.4),
            ("0.40 against «0.50»", 0.30 / 0.6),
            ("USD «1.10» against", A_TASK),
            ("1.10 against «1.36»", B_TASK),
            ("USD «0.50» against", 0.30 / 0.6),
            ("0.50 against «1.36»", B_TASK),
            ("0.30 + «0.4» ×", 1 - 0.6),
            ("0.16 + «0.6» ×", 1 - 0.4),
        ),
    ),
    "contracts-that-end-in-may": Numbers(given="40,000 ten four"),
    "token-vectors-of-a-corpus": Numbers(
        given="10 100 768 128 2 100",
        shown=(
            ("«256» GB against", 10e6 * 100 * 128 * 2 / 1e9),
            ("against «15.4» GB", 10e6 * 768 * 2 / 1e9),
        ),
    ),
    "re-ranker-over-the-time-limit": Numbers(given="200 200 400 100 200 50 200 50 200"),
    "weight-from-a-few-labels": Numbers(given="1 60 300 60", cited="2023"),
    "random-errors-of-a-judge": Numbers(
        given="60 80 0.6 0.8 0.6 0.8",
        shown=(
            ("+ «0.4» ×", 1 - 0.6),
            ("× «0.2» =", 1 - 0.8),
            ("= «0.56».", 0.6 * 0.8 + 0.4 * 0.2),
            ("= «0.48» forgets", 0.6 * 0.8),
        ),
    ),
}
