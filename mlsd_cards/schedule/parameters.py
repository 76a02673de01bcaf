"""What FSRS-6 may be told: its 21 parameters and the retention that is wanted.

Defaults and ranges are those of fsrs-rs (open-spaced-repetition/fsrs-rs, src/inference.rs and
src/parameter_clipper.rs). A module of its own, because settings are checked where no card is
scheduled by FSRS.
"""

from __future__ import annotations

DEFAULT = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""w0 to w20, fitted by the authors to the reviews of many learners."""

RANGES = (
    *((0.001, 100.0),) * 4,  # stability in days after a first Again, Hard, Good, Easy
    *((1.0, 10.0), (0.001, 4.0), (0.001, 4.0), (0.001, 0.75)),  # difficulty
    *((0.0, 4.5), (0.0, 0.8), (0.001, 3.5)),  # stability after a pass
    *((0.001, 5.0), (0.001, 0.25), (0.001, 0.9), (0.0, 4.0)),  # after a failure
    *((0.0, 1.0), (1.0, 6.0)),  # for Hard and Easy
    *((0.0, 2.0), (0.0, 2.0), (0.01, 0.8)),  # on the same day
    (0.1, 0.8),  # how flat the curve of forgetting is
)
"""What each parameter may be; both ends belong to it."""

RETENTIONS = (0.70, 0.97)
"""Below the first a card is mostly relearnt, above the last reviews grow without end."""


def is_retention(value: object) -> bool:
    """Whether that share of cards may be wanted to be known when they are due."""
    return _within(value, RETENTIONS)


def are_parameters(value: object) -> bool:
    """Whether these are 21 parameters, or none, which stands for the default."""
    if not isinstance(value, (list, tuple)) or len(value) not in (0, len(RANGES)):
        return False
    return all(map(_within, value, RANGES))


def _within(value: object, ends: tuple[float, float]) -> bool:
    # by type: true is a number to Python, and no comparison holds for NaN
    return type(value) in (int, float) and ends[0] <= value <= ends[1]  # type: ignore[operator]
