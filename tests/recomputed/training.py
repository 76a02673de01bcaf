"""What stands behind the numbers of the deck `training`."""

from __future__ import annotations

from math import isclose, log2, sqrt

from recomputed.table import Numbers

FP16_GAP, BF16_GAP = 2**-10, 2**-7  # between 1 and the next number
STATES = 4 * 16  # GB of 4 billion weights at 16 bytes each
COPIES = 256 / (8 * 4)
WORK = 6 * 3e9 * 60e9
SPEED = 64 * 1.2e14

NUMBERS: dict[str, Numbers] = {
    "linear-scaling-rule": Numbers(
        given="512 0.2 16 256 512",
        shown=(
            ("512 to «4,096»,", 16 * 256),
            ("stands for «eight» small", 16 * 256 / 512),
        ),
    ),
    "time-of-a-gradient-exchange": Numbers(
        given="16 1.5 25",
        cited="twice",
        shown=(("gradients take «3» GB", 1.5 * 2),),
    ),
    "gradients-summed-by-mistake": Numbers(
        given="eight 64 eight eight eight eight eight",
        holds=(
            ("sum of eight means is eight times the mean", isclose(8 * 1.0, 8 * (8 * 1.0 / 8))),
        ),
    ),
    "tiny-gradients-become-zero": Numbers(
        given="16 32",
        holds=(("about 6 × 10⁻⁸", isclose(2**-24, 6e-8, rel_tol=0.01)),),
    ),
    "loss-scaling-order": Numbers(
        given="32 16 32 16 32",
    ),
    "update-lost-in-fp16": Numbers(
        given="1 10 32 1,000 0.0001 1 32 1,000 1 32",
        shown=(
            ("number is «0.00098» higher", FP16_GAP),
            ("1,000 gaps of «0.00098»,", FP16_GAP),
            ("At about «1.1»", 1 + 1000 * 0.0001),
            ("At about «1.98»", 1 + 1000 * FP16_GAP),
            ("overflows above «65,504»;", (2 - FP16_GAP) * 2**15),
        ),
        holds=(
            ("each addition is under half of that", 0.0001 < FP16_GAP / 2),
            ("lie 2⁻¹⁰ apart", isclose(log2(FP16_GAP), -10)),
        ),
    ),
    "bf16-vs-fp16": Numbers(
        given="16 1 32",
        cited="5 8 10 7",
        shown=(
            ("about «1.001»", 1 + FP16_GAP),
            ("about «1.008»", 1 + BF16_GAP),
            ("«65,504»", (2 - FP16_GAP) * 2**15),
        ),
        holds=(
            ("about 3.4 × 10³⁸", isclose((2 - BF16_GAP) * 2.0**127, 3.4e38, rel_tol=0.01)),
            ("Both take 2 bytes", 1 + 5 + 10 == 1 + 8 + 7 == 2 * 8),
        ),
    ),
    "what-each-zero-stage-splits": Numbers(
        cited="1 2 3 1 2 3",
    ),
    "zero-memory-generated": Numbers(
        given="16 10 1 2 3 7.5 2 64 64",
        cited="16 12",
        shown=(
            ("stage 2 splits «14» and", 2 + 12),
            ("take «15» + 105", 7.5 * 2),
            ("+ «105» / 64", 7.5 * 14),
            ("= «16.641» GB", 7.5 * 2 + 7.5 * 14 / 64),
            ("copies take «120».", 7.5 * 16),
        ),
    ),
    "sharded-layer-order": Numbers(
        given="3",
    ),
    "traffic-of-full-sharding": Numbers(
        given="16 3 16 3",
        cited="1 2",
    ),
    "least-sharding-that-fits": Numbers(
        given="4 15 16 1 2 3 3 2",
        shown=(
            ("makes «64» GB", STATES),
            ("whole with «16» GB", 4 * (2 + 2)),
            ("optimizer's «48» GB", 4 * 12),
            ("GB adds «3».", 4 * 12 / 16),
            ("weights take «8» GB", 4 * 2),
            ("the rest «3.5»,", 4 * 14 / 16),
            ("With «4» GB it", STATES / 16),
            ("holds «11.5» GB", 4 * 2 + 4 * 14 / 16),
        ),
        holds=(("What fits", 4 * 2 + 4 * 14 / 16 <= 15 < 4 * 4 + 4 * 12 / 16),),
    ),
    "price-of-recomputing": Numbers(
        given="1 2",
        cited="twice",
        shown=(
            ("become «4» in all", 1 + 1 + 2),
            ("«33» %", 100 / 3),
            ("«33.3» %", 100 / 3),
        ),
        holds=(("1/3", isclose((1 + 1 + 2) / (1 + 2) - 1, 1 / 3)),),
    ),
    "layers-held-with-checkpoints": Numbers(
        given="64 8 8 8",
        shown=(("«8» that are kept", 64 / 8),),
        holds=(
            ("like 2√n", isclose(64 / 8 + 8, 2 * sqrt(64))),
            ("least near k = √n", min(range(1, 65), key=lambda k: 64 / k + k) == sqrt(64)),
        ),
    ),
    "rows-before-the-activation": Numbers(
        given="twice",
    ),
    "what-relieves-activation-memory": Numbers(
        given="1 2 1",
    ),
    "pipeline-step-missing-end": Numbers(
        given="four 1 2 3",
    ),
    "pipeline-bubble-generated": Numbers(
        given="1 1",
        holds=(
            (
                "For 8 and 32 that is 7/39 = 0.179",
                (8 - 1, 32 + 8 - 1) == (7, 39) and round(7 / 39, 3) == 0.179,
            ),
        ),
    ),
    "more-micro-batches-slower-step": Numbers(
        given="eight 64 16 64",
        shown=(("in place of «four»,", 64 / 16),),
        holds=(
            ("from 30 to 10 %", round(100 * 7 / 23) == 30 and round(100 * 7 / 71) == 10),
            ("7/23 and then 7/71", (16 + 8 - 1, 64 + 8 - 1) == (23, 71)),
        ),
    ),
    "batch-at-its-limit": Numbers(
        given="doubling",
    ),
    "layout-for-64-servers": Numbers(
        given="32 64 eight 8 4 32 32 32",
        shown=(
            ("over 4, «16» copies", 64 * 8 / (8 * 4)),
            ("Tensor over 32, no pipeline, «16» copies", 64 * 8 / 32),
            ("No tensor, pipeline over 32, «16» copies", 64 * 8 / 32),
            ("network between «four» servers", 32 / 8),
        ),
        holds=(("Pipeline over 8, tensor over 4 servers, 16 copies", 64 * 8 / (8 * 4) == 16),),
    ),
    "micro-batches-per-pipeline": Numbers(
        given="256 8 4 768 2 8 4",
        shown=(
            ("= «32» GPUs", 8 * 4),
            ("there are «8» copies", COPIES),
            ("copies with «96» sequences", 768 / COPIES),
        ),
    ),
    "table-exchange-missing-box": Numbers(
        given="1 2 1 2 1 2 1 2",
    ),
    "copied-or-split": Numbers(
        given="16 80 200 300 64 100 64",
        shown=(
            ("Its «77» GB", 300e6 * 64 * 4 / 1e9),
            ("take «26» GB", 100e6 * 64 * 4 / 1e9),
        ),
        holds=(
            ("takes kilobytes", 1e3 < 200 * 64 * 4 < 1e6),
            ("would leave no room on a GPU", 300e6 * 64 * 4 / 1e9 > 0.95 * 80),
        ),
    ),
    "equal-bytes-unequal-lookups": Numbers(
        given="40 15",
    ),
    "flops-per-weight-and-token": Numbers(
        shown=(
            ("about «6»ND floating", 2 + 2 * 2),
            ("«67» %", 100 * 4 / 6),
            ("«66.7» %", 100 * 4 / 6),
            ("«4»ND", 2 * 2),
        ),
        holds=(
            ("2/3", isclose(4 / (2 + 4), 2 / 3)),
            ("two thirds", isclose(4 / (2 + 4), 2 / 3)),
            ("happens twice", 2 * 2 == 4),
        ),
    ),
    "days-of-a-training-run": Numbers(
        given="3 60 64 1.2 10 6",
        shown=(
            ("takes «140,625» s", WORK / SPEED),
            ("FLOPs. The GPUs do «7.68» ×", SPEED / 1e15),
            ("6ND is «1.08» ×", WORK / 1e21),
        ),
        holds=(
            ("1.08 × 10²¹", isclose(WORK, 1.08e21)),
            ("7.68 × 10¹⁵ a second", isclose(SPEED, 7.68e15)),
        ),
    ),
    "four-times-the-compute": Numbers(
        given="four four four four four",
        cited="2022 20 2020",
        shown=(("costs «16» times", 4 * 4),),
        holds=(("Both doubled", 2 * 2 == 4), ("about the root of the budget", sqrt(4) == 2)),
    ),
    "smaller-model-trained-longer": Numbers(
        cited="20 2",
    ),
}
