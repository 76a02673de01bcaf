"""Generators of training on many GPUs: draws, right values, guards and usual wrong answers.

Formulas: Rajbhandari et al. 2020 (bytes a parameter with Adam in mixed precision: 2 of weights, 2
of gradients, 12 of optimizer states), Narayanan et al. 2021 (idle time of a pipeline).
"""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.cards.generators.generator import Generator, Values, each, number, whole

STATES = (2, 2, 12)  # bytes a parameter: weights, gradients, optimizer states
ZERO = {"params_b": number(0.1, 10_000), "ranks": whole(4, 100_000), "stage": whole(0, 3)}
STAGES, MICROBATCHES = whole(2, 1000), whole(1, 100_000)
PIPELINE = {"stages": STAGES, "microbatches": MICROBATCHES}


def zero_gb(values: Values) -> float:
    """GB, of 10⁹ bytes, of model states on each rank; stage 0 shards nothing."""
    weights, gradients, optimizer = (
        size / (values["ranks"] if values["stage"] >= first else 1)
        for size, first in zip(STATES, (3, 2, 1), strict=True)
    )
    return float(values["params_b"] * (weights + gradients + optimizer))


def zero_guard(values: Values) -> bool:
    """Whether the size is one that people give in GB."""
    return zero_gb(values) >= 0.1


def zero_wrong(values: Values) -> Iterator[float]:
    """The other stages."""
    return (zero_gb({**values, "stage": stage}) for stage in range(4) if stage != values["stage"])


def bubble(values: Values) -> float:
    """The share of a step's time in which a stage of the pipeline waits."""
    idle = values["stages"] - 1
    return float(idle / (values["microbatches"] + idle))


def bubble_guard(_: Values) -> bool:
    return True


def bubble_wrong(values: Values) -> Iterator[float]:
    """Over the ideal time, one stage too many, and one over the number of micro-batches."""
    stages, batches = values["stages"], values["microbatches"]
    return iter(((stages - 1) / batches, stages / (batches + stages), 1 / batches))


PARALLEL = {
    "zero_memory": Generator(
        params=ZERO, shows=ZERO, draw=each, value=zero_gb, guard=zero_guard, wrong=zero_wrong
    ),
    "pipeline_bubble": Generator(
        params=PIPELINE,
        shows=PIPELINE,
        draw=each,
        value=bubble,
        guard=bubble_guard,
        wrong=bubble_wrong,
    ),
}
