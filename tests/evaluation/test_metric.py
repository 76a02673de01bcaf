"""The metrics against scikit-learn, and under weights."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss, roc_auc_score

from mlsd_cards.evaluation.metric import METRICS, Guess, bin_of

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


def test_auc_knows_no_scale() -> None:
    rng = Random(3)
    guesses = [Guess(0, (1.0, 2, 0), rng.random(), rng.random() < 0.8) for _ in range(200)]
    bent = [guess._replace(probability=guess.probability**3) for guess in guesses]
    assert METRICS["auc"](guesses, 1)([1]) == METRICS["auc"](bent, 1)([1])
