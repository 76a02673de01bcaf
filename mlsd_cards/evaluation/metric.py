"""How good predictions are: log loss, RMSE(bins), AUC. Pure.

Each metric is prepared once and then measured with a weight for each card, as often as the cards
are drawn anew. A weight of 1 for all is the metric itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from math import floor, log, sqrt
from operator import attrgetter, mul
from typing import NamedTuple

CLIP = 1e-15
"""Log loss takes a probability for no nearer to 0 or 1 than this."""

Bin = tuple[float, int, int]


class Guess(NamedTuple):
    """A review with the recall that was predicted: its card by number, and its bin."""

    card: int
    bin: Bin
    probability: float
    recalled: bool


Weights = Sequence[float]
"""What the reviews of each card count, by its number."""

Metric = Callable[[Weights], float | None]


def bin_of(gap: int, number: int, lapses: int) -> Bin:
    """The bin of srs-benchmark: reviews alike in the days since the last, in how many there were,
    and in lapses."""
    return (
        round(2.48 * 3.62 ** floor(log(gap, 3.62)), 2),
        round(1.99 * 1.89 ** floor(log(number, 1.89))),
        round(1.65 * 1.73 ** floor(log(lapses, 1.73))) if lapses else 0,
    )


def clipped(guess: Guess) -> bool:
    """Whether log loss does not take this probability as it is."""
    return not CLIP <= guess.probability <= 1 - CLIP


def log_loss(guesses: Sequence[Guess], cards: int) -> Metric:
    """The mean of -log of the probability of what happened; 0 is perfect."""
    losses, counts = [0.0] * cards, [0] * cards
    for card, _, probability, recalled in guesses:
        certain = min(max(probability, CLIP), 1 - CLIP)
        losses[card] -= log(certain if recalled else 1 - certain)
        counts[card] += 1

    def measure(weights: Weights) -> float:
        total: float = sum(map(mul, weights, losses))
        count: float = sum(map(mul, weights, counts))
        return total / count

    return measure


def rmse_bins(guesses: Sequence[Guess], cards: int) -> Metric:
    """How far the predicted recall lies from the observed in the bins, weighted by their reviews:
    calibration. A predictor that knows the bins can be right in each and tell nothing apart."""
    ordered = sorted(guesses, key=attrgetter("bin"))
    places = [guess.card for guess in ordered]
    errors = [guess.probability - guess.recalled for guess in ordered]
    ends = [0, *accumulate(len([*group]) for _, group in groupby(ordered, attrgetter("bin")))]

    def measure(weights: Weights) -> float:
        drawn = [weights[card] for card in places]
        counts = [*accumulate(drawn, initial=0.0)]
        sums = [*accumulate(map(mul, drawn, errors), initial=0.0)]
        squares = 0.0
        for begin, end in pairwise(ends):
            if count := counts[end] - counts[begin]:
                squares += (sums[end] - sums[begin]) ** 2 / count
        return sqrt(squares / counts[-1])

    return measure


def auc(guesses: Sequence[Guess], cards: int) -> Metric:
    """The share of pairs, one remembered and one not, in which the remembered one had the higher
    probability, a tie counting half; None without such a pair."""
    failed: list[int] = []
    passed: list[int] = []
    below: list[int] = []
    level: list[int] = []
    ordered = sorted(guesses, key=attrgetter("probability"))
    for _, tied in groupby(ordered, attrgetter("probability")):
        before = len(failed)
        group = [*tied]
        failed += [guess.card for guess in group if not guess.recalled]
        held = [guess.card for guess in group if guess.recalled]
        passed += held
        below += [before] * len(held)
        level += [len(failed)] * len(held)

    def measure(weights: Weights) -> float | None:
        failures = [*accumulate([weights[card] for card in failed], initial=0.0)]
        passes = [weights[card] for card in passed]
        pairs = sum(passes) * failures[-1]
        if not pairs:
            return None
        won: float = sum(map(mul, passes, map(failures.__getitem__, below)))
        won += sum(map(mul, passes, map(failures.__getitem__, level)))
        return won / 2 / pairs

    return measure


Metrics = Mapping[str, Callable[[Sequence[Guess], int], Metric]]
"""By name, what prepares a metric for guesses about so many cards."""

LOSS = "log_loss"
"""The metric by which predictors are compared."""

RMSE = "rmse_bins"
"""The metric that grows when cards are drawn twice, since a bin then holds fewer of them."""

METRICS: Metrics = {
    LOSS: log_loss,
    RMSE: rmse_bins,
    "auc": auc,
}
