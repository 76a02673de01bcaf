"""FSRS's parameters fitted to a person's own answers, and held to answers that the fit did not see.

The split is by time, as everywhere here, and between two days: parameters that know the future
prove nothing. Pure; chance is an argument.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from mlsd_cards.evaluation import memory
from mlsd_cards.evaluation.metric import LOSS, log_loss
from mlsd_cards.evaluation.past import Trial
from mlsd_cards.evaluation.predictor import Predictor, constant
from mlsd_cards.evaluation.protocol import Part, Row, Split, interval, last_fifth, part_of, rows
from mlsd_cards.evaluation.verdict import loss
from mlsd_cards.schedule.parameters import DEFAULT, are_parameters

ENOUGH = 400
"""Answers that it takes. With fewer the fit stays near its start, and the part held out is too
small to say anything."""

DRAWS = 1000
"""How often the cards are drawn anew: more than where nothing is decided by it."""

Parameters = tuple[float, ...]


class Check(NamedTuple):
    """How fitted parameters did on the answers held out, from the study day ``first`` on.

    ``constant``, ``default``, ``used`` and ``fitted`` are log losses there, the first of always
    predicting the share of right answers before, ``used`` that of the parameters in use. ``low``
    and ``high`` are the ends of the 95 % interval of what the fit gains over these, by cards drawn
    anew.
    """

    trained: int
    held_out: int
    first: int
    constant: float
    default: float
    used: float
    fitted: float
    low: float
    high: float

    @property
    def wins(self) -> bool:
        """Whether the fit is better beyond chance."""
        return self.low > 0


def fit(training: Sequence[Trial]) -> Parameters:
    """The parameters that fit these reviews best, as they are written in settings.

    ``ImportError`` without fsrs-rs-python; ``ValueError`` if nothing can be fitted.
    """
    parameters = tuple(round(value, 4) for value in memory.trained(training))
    if not are_parameters(parameters):
        raise ValueError(parameters)
    return parameters


def check(
    trials: Sequence[Trial],
    rng: Random,
    fitting: Callable[[Sequence[Trial]], Parameters] = fit,
    *,
    used: Parameters = DEFAULT,
) -> Check:
    """Fit to the earlier reviews, and predict the later, beside the parameters ``used`` now."""
    part = _part(trials, rng)
    before, default, mine, fitted = _rows(part, used, fitting)
    low, high = interval([one - other for one, other in zip(mine.draws, fitted.draws, strict=True)])
    begin, first = part.splits[0].begin, part.tested[0].answer.day
    losses = loss(before), loss(default), loss(mine), loss(fitted)
    return Check(begin, len(part.tested), first, *losses, low or 0.0, high or 0.0)


def _part(trials: Sequence[Trial], rng: Random) -> Part:
    """The last fifth, and what else was answered on its first day."""
    ordered = sorted(trials, key=_day)  # a day may be an earlier one again, west of the last
    days = [*map(_day, ordered)]
    (split,) = last_fifth(len(days))
    begin = bisect_left(days, days[split.begin])
    if not begin:
        raise ValueError("all answers are of one day")
    return part_of("held out", [Split(begin, split.end)], ordered, rng, DRAWS)


def _day(trial: Trial) -> int:
    return trial.answer.day


def _rows(
    part: Part, used: Parameters, fitting: Callable[[Sequence[Trial]], Parameters]
) -> list[Row]:
    """The constant, the default, what is used and the fit."""
    learners = {
        "constant": constant,
        "default": memory.default,
        "used": lambda training: memory.rule(used),
        "fitted": lambda training: memory.rule(fitting(training)),
    }
    predictors = [Predictor(name, learn) for name, learn in learners.items()]
    return list(rows(part, predictors, {LOSS: log_loss}))
