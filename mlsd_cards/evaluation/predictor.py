"""What predicts recall: each learns from a training part, and then goes through a card's history,
saying before each answer how probable it is that the card is remembered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from mlsd_cards.evaluation import memory
from mlsd_cards.evaluation.past import History, Rule, Trial, gaps
from mlsd_cards.schedule.sm2 import SM2, Options
from mlsd_cards.schedule.state import NEW

AIM = 0.9
"""What SM-2 is taken to predict for the day on which its interval ends."""


class Predictor(NamedTuple):
    """A name, and how it learns; without ``learn`` it cannot take part, and ``why`` says why."""

    name: str
    learn: Callable[[Sequence[Trial]], Rule] | None
    why: str = ""


def constant(training: Sequence[Trial]) -> Rule:
    """The mean of the training part, for every review: what every predictor has to beat."""
    mean = sum(trial.answer.recalled for trial in training) / len(training)
    return lambda history: [mean] * len(history)


def sm2(options: Options) -> Callable[[Sequence[Trial]], Rule]:
    """SM-2 in a reading, taken as if its interval ended where recall falls to ``AIM``: it never
    says so itself."""
    review = SM2(options).review

    def rule(history: History) -> list[float]:
        state, told = NEW, []
        for answer, gap in zip(history, gaps(history), strict=True):
            told.append(AIM ** (gap / state.interval) if state.interval else 0.0)
            state = review(state, answer.grade, answer.day)
        return told

    return lambda training: rule


READINGS = {
    "SM-2": Options(),
    "SM-2 lapse_lowers_ef": Options(lapse_lowers_ef=True),
    "SM-2 lapse_is_first": Options(lapse_is_first=True),
    "SM-2 both of these": Options(lapse_lowers_ef=True, lapse_is_first=True),
}
"""The readings that give other intervals. ``drill_below`` gives none: drill does not schedule."""

CONSTANT, FITTED = "constant", "FSRS-6 fitted"


def predictors() -> list[Predictor]:
    """All of them, in the order of the table."""
    can_fit = find_spec("fsrs_rs_python") is not None
    return [
        *(Predictor(name, sm2(options)) for name, options in READINGS.items()),
        Predictor("FSRS-6 default", memory.default),
        Predictor(FITTED, memory.fitted if can_fit else None, "" if can_fit else memory.INSTALL),
        Predictor(CONSTANT, constant),
    ]
