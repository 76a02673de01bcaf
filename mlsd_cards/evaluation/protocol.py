"""Which reviews are learnt from and which are predicted, and what came of it with its uncertainty.

The order of time is kept: everything learnt from is earlier than what is predicted. Intervals come
of drawing the cards anew, with all their reviews: answers to one card are not independent. Pure;
chance is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from mlsd_cards.evaluation.metric import (
    LOSS,
    METRICS,
    RMSE,
    Guess,
    Metrics,
    Weights,
    bin_of,
    clipped,
)
from mlsd_cards.evaluation.past import Rule, Trial
from mlsd_cards.evaluation.predictor import Predictor

FOLDS = 5
FEWEST = FOLDS + 1
"""Without so many reviews there are no folds."""

DRAWS = 300
"""How often the cards are drawn anew."""

FEWEST_CARDS = 10
"""Of fewer cards the drawings say nothing: what is rare has not happened yet."""

LEVEL = 0.95


class Split(NamedTuple):
    """The first ``begin`` reviews are learnt from, those up to ``end`` predicted."""

    begin: int
    end: int


def last_fifth(count: int) -> list[Split]:
    """The last 20 % in time are predicted from all before."""
    return [Split(count - count // FOLDS, count)]


def folds(count: int) -> list[Split]:
    """Of six parts in the order of time each but the first is predicted from all before it; the
    last takes what six do not divide."""
    size = count // (FOLDS + 1)
    begins = [size * part for part in range(1, FOLDS + 1)]
    return [Split(*ends) for ends in zip(begins, [*begins[1:], count], strict=True)]


PROTOCOLS = {"last": last_fifth, "folds": folds}


class Score(NamedTuple):
    """A metric, and where 95 % of it lie as the cards are drawn anew; None where there is none."""

    value: float | None
    low: float | None
    high: float | None


class Row(NamedTuple):
    """What came of a predictor. ``draws`` are its log losses as the cards are drawn anew, the same
    draws for all of a protocol; ``clipped`` counts probabilities that log loss does not take as
    they are; ``why`` says why there is nothing else."""

    predictor: str
    scores: dict[str, Score]
    draws: Sequence[float] = ()
    clipped: int = 0
    why: str = ""


class Part(NamedTuple):
    """The reviews of a protocol, predicted and learnt from, and the cards that are drawn."""

    protocol: str
    splits: list[Split]
    trials: Sequence[Trial]
    cards: dict[str, int]
    draws: Sequence[Weights]

    @property
    def tested(self) -> Sequence[Trial]:
        """The reviews that are predicted."""
        return self.trials[self.splits[0].begin :]

    @property
    def recalled(self) -> int:
        """How many of them were remembered."""
        return sum(trial.answer.recalled for trial in self.tested)


def part(protocol: str, trials: Sequence[Trial], rng: Random, draws: int = DRAWS) -> Part:
    """A protocol for these reviews, which are at least ``FEWEST`` and in the order of time. Of few
    cards nothing is drawn, and no interval is to be had."""
    splits = PROTOCOLS[protocol](len(trials))
    cards = {trial.answer.card for trial in trials[splits[0].begin :]}
    enough = len(cards) >= FEWEST_CARDS
    return part_of(protocol, splits, trials, rng, draws if enough else 0)


def part_of(
    name: str, splits: list[Split], trials: Sequence[Trial], rng: Random, draws: int
) -> Part:
    """The same with splits of one's own."""
    tested = trials[splits[0].begin :]
    cards = {card: number for number, card in enumerate({t.answer.card: 0 for t in tested})}
    drawn = [_weights(len(cards), rng) for _ in range(draws)]
    return Part(name, splits, trials, cards, drawn)


def _weights(cards: int, rng: Random) -> list[int]:
    """How often each card comes when as many as there are are drawn with replacement."""
    weights = [0] * cards
    for card in rng.choices(range(cards), k=cards):
        weights[card] += 1
    return weights


def rows(part: Part, predictors: Sequence[Predictor], metrics: Metrics = METRICS) -> Iterator[Row]:
    """What came of each predictor, one after the other."""
    for predictor in predictors:
        if predictor.learn is None:
            yield Row(predictor.name, {}, why=predictor.why)
            continue
        guesses: list[Guess] = []
        for split in part.splits:
            rule = predictor.learn(part.trials[: split.begin])
            guesses += _guesses(part, rule, split)
        yield measured(predictor.name, guesses, part, metrics)


def _guesses(part: Part, rule: Rule, split: Split) -> Iterator[Guess]:
    told: dict[int, list[float]] = {}  # by the history, which several trials share
    for trial in part.trials[split.begin : split.end]:
        history = trial.history
        if id(history) not in told:
            told[id(history)] = rule(history)
        answer = trial.answer
        cell = bin_of(trial.gap, trial.number, trial.lapses)
        probability = told[id(history)][trial.place]
        yield Guess(part.cards[answer.card], cell, probability, answer.recalled)


def measured(name: str, guesses: Sequence[Guess], part: Part, metrics: Metrics) -> Row:
    """Every metric with its interval; log loss is among them."""
    scores: dict[str, Score] = {}
    values: dict[str, list[float]] = {}
    for metric, prepare in metrics.items():
        measure = prepare(guesses, len(part.cards))
        value = measure([1] * len(part.cards))
        drawn = [found for draw in part.draws if (found := measure(draw)) is not None]
        if metric == RMSE and value is not None:
            drawn = _centred(drawn, value)
        scores[metric] = Score(value, *interval(drawn))
        values[metric] = drawn
    return Row(name, scores, values[LOSS], sum(map(clipped, guesses)))


def _centred(drawn: list[float], value: float) -> list[float]:
    """The same moved so that their mean is the value, which is what drawing alone adds."""
    bias = sum(drawn) / len(drawn) - value if drawn else 0
    return [max(0.0, one - bias) for one in drawn]


def interval(drawn: list[float]) -> tuple[float | None, float | None]:
    """Between which values ``LEVEL`` of them lie, as many above as below."""
    if not drawn:
        return None, None
    ordered, tail = sorted(drawn), (1 - LEVEL) / 2
    return _quantile(ordered, tail), _quantile(ordered, 1 - tail)


def _quantile(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
