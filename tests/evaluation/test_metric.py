"""The metrics against scikit-learn and fsrs-rs, and under weights."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from statistics import fmean

import fsrs_rs_python as fsrs_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss, roc_auc_score

from mlsd_cards.evaluation.metric import METRICS, Guess, bin_of
from mlsd_cards.evaluation.past import Trial, gaps, trials
from revlogs import made_up

RATING = {1: 1, 3: 2, 4: 3, 5: 4}

GUESSES = st.lists(
    st.builds(
        Guess,
        st.integers(0, 4),
        st.sampled_from([bin_of(1, 2, 0), bin_of(9, 2, 0), bin_of(1, 7, 3)]),
        st.sampled_from([0.1, 0.3, 0.5, 0.9, 0.99]),
        st.booleans(),
    ),
    min_size=1,
    max_size=40,
)
WEIGHTS = st.lists(st.integers(0, 3), min_size=5, max_size=5)


@given(GUESSES, WEIGHTS)
def test_log_loss_and_auc_are_those_of_scikit_learn(guesses: list[Guess], drawn: list[int]) -> None:
    weights = [drawn[guess.card] for guess in guesses]
    seen = [guess.recalled for guess in guesses]
    told = [guess.probability for guess in guesses]
    if sum(weights):
        expected = log_loss(seen, told, labels=[False, True], sample_weight=weights)
        assert METRICS["log_loss"](guesses, 5)(drawn) == pytest.approx(expected)
    measured = METRICS["auc"](guesses, 5)(drawn)
    if len({one for one, weight in zip(seen, weights, strict=True) if weight}) == 2:
        assert measured == pytest.approx(roc_auc_score(seen, told, sample_weight=weights))
    else:
        assert measured is None


@given(GUESSES, WEIGHTS)
def test_a_weight_is_as_good_as_the_same_review_again(
    guesses: list[Guess], drawn: list[int]
) -> None:
    again = [guess for guess in guesses for _ in range(drawn[guess.card])]
    if again:
        for prepare in METRICS.values():
            assert prepare(guesses, 5)(drawn) == pytest.approx(prepare(again, 5)([1] * 5))


def test_rmse_is_nothing_where_each_bin_is_right_and_its_error_where_there_is_one() -> None:
    right = [Guess(0, (1.0, 2, 0), 0.5, recalled) for recalled in (True, False)]
    assert METRICS["rmse_bins"](right, 1)([1]) == 0
    off = [*right, *[Guess(0, (9.0, 2, 0), 0.9, False)] * 2]
    assert METRICS["rmse_bins"](off, 1)([1]) == pytest.approx((0.9**2 / 2) ** 0.5)


def test_log_loss_is_clipped_and_finite() -> None:
    certain = [Guess(0, (1.0, 2, 0), 0.0, True), Guess(0, (1.0, 2, 0), 1.0, False)]
    assert METRICS["log_loss"](certain, 1)([1]) == pytest.approx(34.5388, abs=0.01)


def item(trial: Trial) -> fsrs_rs.FSRSItem:
    """A trial as fsrs-rs has it: the whole history up to and with it."""
    past = trial.history[: trial.place + 1]
    return fsrs_rs.FSRSItem(
        [
            fsrs_rs.FSRSReview(RATING[answer.grade], gap)
            for answer, gap in zip(past, gaps(past), strict=True)
        ]
    )


def recent(count: int) -> list[float]:
    """What fsrs-rs takes each of its reviews for: the latest counts four times as much."""
    return [0.25 + 0.75 * (place / (count - 1)) ** 3 for place in range(count)]


@pytest.mark.parametrize("buttons", ["1234", "13"])
def test_log_loss_and_bins_are_those_of_fsrs_rs(buttons: str) -> None:
    found, _ = trials(made_up(5, cards=150, buttons=buttons))
    model = fsrs_rs.FSRS(fsrs_rs.DEFAULT_PARAMETERS)
    decay = fsrs_rs.DEFAULT_PARAMETERS[20]
    guesses = []
    for number, trial in enumerate(found):  # each a card of its own, to have its own weight
        before = item(trial._replace(place=trial.place - 1))
        stability = model.memory_state(before).stability
        recall = (1 + (0.9 ** (-1 / decay) - 1) * trial.gap / stability) ** -decay
        cell = bin_of(trial.gap, trial.number, trial.lapses)
        guesses.append(Guess(number, cell, recall, trial.answer.recalled))
    theirs, weights = model.evaluate([item(trial) for trial in found]), recent(len(found))
    ours = METRICS["log_loss"](guesses, len(found))(weights)
    assert ours == pytest.approx(theirs.log_loss, abs=1e-4)
    assert by_bins(guesses, weights) == pytest.approx(theirs.rmse_bins, abs=1e-4)
    equal = [1] * len(found)
    assert METRICS["rmse_bins"](guesses, len(found))(equal) == pytest.approx(
        by_bins(guesses, equal)
    )


def by_bins(guesses: list[Guess], weights: list[float]) -> float:
    """RMSE(bins) as fsrs-rs has it: its weights are for bins, not for what is in them."""
    cells = defaultdict(list)
    for guess, weight in zip(guesses, weights, strict=True):
        cells[guess.bin].append((guess.probability - guess.recalled, weight))
    squares = sum(
        fmean(error for error, _ in cell) ** 2 * sum(weight for _, weight in cell)
        for cell in cells.values()
    )
    return (squares / sum(weights)) ** 0.5


def test_auc_knows_no_scale() -> None:
    rng = Random(3)
    guesses = [Guess(0, (1.0, 2, 0), rng.random(), rng.random() < 0.8) for _ in range(200)]
    bent = [guess._replace(probability=guess.probability**3) for guess in guesses]
    assert METRICS["auc"](guesses, 1)([1]) == METRICS["auc"](bent, 1)([1])
