"""The rows of FSRS-6 against fsrs-rs, its own evaluation included."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from statistics import fmean

import fsrs_rs_python as fsrs_rs
import pytest

from mlsd_cards.evaluation import predictor
from mlsd_cards.evaluation.memory import default, fitted, items
from mlsd_cards.evaluation.metric import METRICS, Guess, bin_of
from mlsd_cards.evaluation.past import Trial, trials
from mlsd_cards.evaluation.predictor import FITTED, Predictor, predictors
from mlsd_cards.evaluation.protocol import part, rows
from revlogs import made_up


def guesses_of(found: list[Trial]) -> list[Guess]:
    """The guesses of the default parameters, each as a card of its own, to have its own weight."""
    rule = default([])
    return [
        Guess(
            number,
            bin_of(trial.gap, trial.number, trial.lapses),
            rule(trial.history)[trial.place],
            trial.answer.recalled,
        )
        for number, trial in enumerate(found)
    ]


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


@pytest.mark.parametrize("buttons", ["1234", "13"])
def test_the_default_is_that_of_fsrs_rs(buttons: str) -> None:
    found, _ = trials(made_up(5, cards=150, buttons=buttons))
    guesses, count = guesses_of(found), len(found)
    # the latest review counts four times as much as the first
    recent = [0.25 + 0.75 * (place / (count - 1)) ** 3 for place in range(count)]
    theirs = fsrs_rs.FSRS(fsrs_rs.DEFAULT_PARAMETERS).evaluate(items(found))
    ours = METRICS["log_loss"](guesses, count)(recent)
    assert ours == pytest.approx(theirs.log_loss, abs=1e-4)
    assert by_bins(guesses, recent) == pytest.approx(theirs.rmse_bins, abs=1e-4)
    equal = METRICS["rmse_bins"](guesses, count)([1] * count)
    assert equal == pytest.approx(by_bins(guesses, [1] * count))


@pytest.mark.parametrize("buttons", ["1234", "13"])
def test_fitted_in_folds_is_the_evaluation_of_fsrs_rs(buttons: str) -> None:
    found, _ = trials(made_up(1, cards=120, buttons=buttons))
    theirs = fsrs_rs.evaluate_with_time_series_splits(items(found))
    one = part("folds", found, Random(0), draws=1)
    (row,) = rows(one, [Predictor(FITTED, fitted)])
    assert row.scores["log_loss"].value == pytest.approx(theirs.log_loss, abs=1e-4)
    assert row.scores["rmse_bins"].value == pytest.approx(theirs.rmse_bins, abs=1e-4)


def test_too_little_to_fit_leaves_the_default() -> None:
    found, _ = trials(made_up(1, cards=3))
    history = found[-1].history
    assert fitted(found[:1])(history) == pytest.approx(default([])(history), abs=1e-6)


def test_without_fsrs_rs_the_row_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictor, "find_spec", lambda name: None)
    found, _ = trials(made_up(1))
    told = {row.predictor: row for row in rows(part("last", found, Random(0)), predictors())}
    assert told[FITTED].scores == {}
    assert told[FITTED].why == "pipx inject mlsd-cards fsrs-rs-python"
    assert told["FSRS-6 default"].scores
