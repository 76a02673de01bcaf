"""FSRS's parameters fitted to a person's own answers, and held to answers that the fit did not see.

What counts is what `evaluate` of others counts (srs-benchmark): answers on a later day than the
card's last one, each predicted from the answers before it. The split is by time: parameters that
know the future prove nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from math import log as ln
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.schedule.fsrs import FSRS, RATING_OF_GRADE
from mlsd_cards.schedule.parameters import DEFAULT, are_parameters
from mlsd_cards.schedule.state import State
from mlsd_cards.store import log
from mlsd_cards.store.log import Event

if TYPE_CHECKING:
    from random import Random

ENOUGH = 400
"""Answers that it takes. With fewer the fit stays near its start, and the part held out is too
small to say anything."""

HELD_OUT = 5
"""One in so many answers, the latest, is held out."""

RESAMPLES = 1000
NEAREST = 1e-15
"""No prediction is taken for nearer to certain than that: being wrong would cost without end."""

Parameters = tuple[float, ...]


class Answer(NamedTuple):
    """An answer from 1 (Again) to 4 on a study day, ``elapsed`` days after the one before."""

    day: int
    rating: int
    elapsed: int


class Past(NamedTuple):
    """The answers to a card from its first on; one that was reset has several pasts."""

    card: str
    answers: list[Answer]


class Prediction(NamedTuple):
    """What was expected of an answer, and whether it was right."""

    card: str
    day: int
    chance: float
    passed: bool

    @property
    def loss(self) -> float:
        """The log loss."""
        chance = self.chance if self.passed else 1 - self.chance
        return -ln(max(NEAREST, chance))


class Check(NamedTuple):
    """How fitted parameters did on the answers held out, from the study day ``first`` on.

    ``constant``, ``default`` and ``fitted`` are log losses there, the first of always predicting
    the share of right answers before. ``low`` and ``high`` are the ends of the 95 % interval of
    what the fit gains over the default, by cards drawn anew.
    """

    trained: int
    held_out: int
    first: int
    constant: float
    default: float
    fitted: float
    low: float
    high: float

    @property
    def wins(self) -> bool:
        """Whether the fit is better beyond chance."""
        return self.low > 0


class _Recorder(FSRS):
    """Keeps what FSRS is given, by the same fold; of a card that was placed nothing, since its
    memory did not begin with an answer."""

    def __init__(self) -> None:
        super().__init__()
        self.pasts: list[list[Answer]] = []
        self._now: list[Answer] = []

    def review(self, state: State, grade: int, day: int) -> State:
        if state.last is None:
            self._now = []
            self.pasts.append(self._now)
        last = day if state.last is None else state.last
        day = max(day, last)
        self._now.append(Answer(day, RATING_OF_GRADE[grade], day - last))
        return State(due=day, last=day)

    def place(self, interval: int, day: int) -> State:
        self._now = []
        return State(due=day, last=day)


def pasts(events: Iterable[Event]) -> Iterator[Past]:
    """The pasts of all cards, from events by card."""
    for card, own in groupby(events, attrgetter("card")):
        recorder = _Recorder()
        if card:
            log.fold(log.effective(own), recorder)
        yield from (Past(card, answers) for answers in recorder.pasts)


def predictions(told: Iterable[Past], parameters: Sequence[float]) -> Iterator[Prediction]:
    """What FSRS expects of each answer that counts."""
    model = FSRS(parameters)
    for card, answers in told:
        memory = None
        for day, rating, elapsed in answers:
            if memory and elapsed:
                yield Prediction(card, day, model.recall(memory, elapsed), rating > 1)
            memory = model.after(memory, rating, elapsed)


def count(told: Iterable[Past]) -> int:
    """How many answers count."""
    return sum(answer.elapsed > 0 for past in told for answer in past.answers)


def fit(told: Iterable[Past], before: int | None = None) -> Parameters:
    """The parameters that fit the answers best, of those before a study day if one is named.

    ``ImportError`` without fsrs-rs-python; ``ValueError`` if nothing can be fitted.
    """
    from fsrs_rs_python import FSRS as Trainer  # noqa: N811
    from fsrs_rs_python import FSRSItem, FSRSReview

    dated = []
    for _, answers in told:
        reviews = [FSRSReview(answer.rating, answer.elapsed) for answer in answers]
        dated += [
            (answer.day, FSRSItem(reviews[: number + 1]))
            for number, answer in enumerate(answers)
            if answer.elapsed and (before is None or answer.day < before)
        ]
    dated.sort(key=lambda one: one[0])
    found = Trainer(list(DEFAULT)).compute_parameters([item for _, item in dated])
    parameters = tuple(round(float(value), 4) for value in found)
    if not are_parameters(parameters):
        raise ValueError(parameters)
    return parameters


def check(
    told: Sequence[Past], rng: Random, fitting: Callable[[Sequence[Past], int], Parameters] = fit
) -> Check:
    """Fit to the earlier answers, and predict the later."""
    expected = list(predictions(told, DEFAULT))
    days = sorted(one.day for one in expected)
    first = days[len(days) - len(days) // HELD_OUT]
    train = [one for one in expected if one.day < first]
    if not train:
        raise ValueError("all answers are of one day")
    default = [one for one in expected if one.day >= first]
    fitted = [one for one in predictions(told, fitting(told, first)) if one.day >= first]
    share = sum(one.passed for one in train) / len(train)
    low, high = _interval(default, fitted, rng)
    constant = [one._replace(chance=share) for one in default]
    return Check(
        len(train), len(default), first, _loss(constant), _loss(default), _loss(fitted), low, high
    )


def _loss(part: Sequence[Prediction]) -> float:
    return sum(one.loss for one in part) / len(part)


def _interval(
    worse: Sequence[Prediction], better: Sequence[Prediction], rng: Random
) -> tuple[float, float]:
    """The 95 % interval of the mean gain, by cards: answers to one card are no witnesses of their
    own."""
    gains: defaultdict[str, list[float]] = defaultdict(list)
    for one, other in zip(worse, better, strict=True):
        gains[one.card].append(one.loss - other.loss)
    sums = [(sum(gain), len(gain)) for gain in gains.values()]
    means = []
    for _ in range(RESAMPLES):
        drawn = rng.choices(sums, k=len(sums))
        means.append(sum(gain for gain, _ in drawn) / sum(number for _, number in drawn))
    means.sort()
    return means[RESAMPLES // 40], means[-1 - RESAMPLES // 40]
