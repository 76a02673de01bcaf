"""FSRS-6 as a predictor: with its default parameters, and fitted to the part learnt from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlsd_cards.evaluation.past import History, Rule, Trial, gaps
from mlsd_cards.schedule.fsrs import FSRS, RATING_OF_GRADE
from mlsd_cards.schedule.parameters import DEFAULT

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

INSTALL = "pipx inject mlsd-cards fsrs-rs-python"
"""What brings the package that fits parameters."""


def default(training: Sequence[Trial]) -> Rule:
    """FSRS-6 as it comes; it learns nothing."""
    return rule(DEFAULT)


def rule(parameters: Sequence[float]) -> Rule:
    """FSRS-6 with these parameters. It learns from the later answers of a day too."""
    model = FSRS(parameters)

    def predict(history: History) -> list[float]:
        memory, told = None, []
        for answer, gap in zip(history, gaps(history), strict=True):
            told.append(model.recall(memory, gap) if memory else 0.0)
            memory = model.after(memory, RATING_OF_GRADE[answer.grade], gap)
        return told

    return predict


def fitted(training: Sequence[Trial]) -> Rule:
    """FSRS-6 with the parameters that fsrs-rs finds for the training part."""
    return rule(trained(training))


def trained(training: Sequence[Trial]) -> list[float]:
    """The parameters that fsrs-rs finds; ``ImportError`` without fsrs-rs-python."""
    from fsrs_rs_python import FSRS as Trainer  # noqa: N811

    found: list[float] = Trainer(list(DEFAULT)).compute_parameters(items(training))
    return found


def items(trials: Sequence[Trial]) -> list[FSRSItem]:
    """The trials as fsrs-rs has them: each the history up to the review that is predicted."""
    from fsrs_rs_python import FSRSItem, FSRSReview

    reviews = {
        id(history): [
            FSRSReview(RATING_OF_GRADE[answer.grade], gap)
            for answer, gap in zip(history, gaps(history), strict=True)
        ]
        for history in {id(trial.history): trial.history for trial in trials}.values()
    }
    return [FSRSItem(reviews[id(trial.history)][: trial.place + 1]) for trial in trials]
