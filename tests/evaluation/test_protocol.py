"""Splits never look ahead; intervals are fixed by their seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.evaluation.past import Rule, Trial, trials
from mlsd_cards.evaluation.predictor import CONSTANT, Predictor, constant, predictors
from mlsd_cards.evaluation.protocol import FEWEST, PROTOCOLS, folds, last_fifth, part, rows
from mlsd_cards.evaluation.verdict import compare, ranked
from revlogs import made_up

SEEDS = st.integers(0, 10_000)


@given(st.integers(FEWEST, 500))
def test_folds_predict_all_but_the_first_sixth_once_and_in_order(count: int) -> None:
    splits = folds(count)
    predicted = [place for split in splits for place in range(split.begin, split.end)]
    assert predicted == list(range(splits[0].begin, count))
    assert splits[0].begin == count // 6
    assert all(split.begin < split.end for split in splits)


@given(st.integers(FEWEST, 500))
def test_the_last_fifth(count: int) -> None:
    (split,) = last_fifth(count)
    assert split.end == count
    assert split.end - split.begin == count // 5
    assert split.begin > 0


@given(SEEDS, st.sampled_from(sorted(PROTOCOLS)))
def test_what_is_learnt_from_is_never_later_than_what_is_predicted(seed: int, name: str) -> None:
    found, _ = trials(made_up(seed, cards=8))
    if len(found) < FEWEST:
        return
    seen: list[Sequence[Trial]] = []

    def spy(training: Sequence[Trial]) -> Rule:
        seen.append(training)
        return constant(training)

    one = part(name, found, Random(seed), draws=2)
    list(rows(one, [Predictor("spy", spy)]))
    for split, training in zip(one.splits, seen, strict=True):
        tested = found[split.begin : split.end]
        assert max(t.answer.at for t in training) <= min(t.answer.at for t in tested)


@given(SEEDS, st.integers(0, 100))
def test_no_prediction_knows_its_own_answer_or_a_later_one(seed: int, pick: int) -> None:
    found, _ = trials(made_up(seed, cards=4))
    if not found:
        return
    trial = found[pick % len(found)]
    history, place = list(trial.history), trial.place
    other = 1 if trial.answer.grade > 1 else 5
    cut = [*history[:place], trial.answer._replace(grade=other)]
    for predictor in predictors():
        if predictor.learn:
            rule = predictor.learn(found)
            assert rule(history)[place] == rule(cut)[place]


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_a_seed_fixes_the_intervals_and_they_hold_the_value(name: str) -> None:
    found, _ = trials(made_up(1))
    first, again, other = (
        list(rows(part(name, found, Random(seed)), predictors())) for seed in (1, 1, 2)
    )
    assert first == again
    assert [row.scores["log_loss"].value for row in first] == [
        row.scores["log_loss"].value for row in other
    ]
    assert first != other
    for row in first:
        for metric in ("log_loss", "rmse_bins", "auc"):
            value, low, high = row.scores[metric]
            assert value is not None and low is not None and high is not None
            assert low <= value <= high


def test_what_drawing_alone_adds_is_taken_from_the_interval() -> None:
    found, _ = trials(made_up(1, cards=300, most=5))
    chosen = [Predictor(CONSTANT, constant)]
    (row,) = rows(part("folds", found, Random(1)), chosen)
    value, low, high = row.scores["rmse_bins"]
    assert value is not None and low is not None and high is not None
    assert 0.4 < (value - low) / (high - low) < 0.6  # a quarter, as it is drawn


def test_the_constant_is_the_mean_of_what_was_learnt_from() -> None:
    found, _ = trials(made_up(4))
    one = part("last", found, Random(0), draws=1)
    (split,) = one.splits
    mean = sum(trial.answer.recalled for trial in found[: split.begin]) / split.begin
    rule = constant(found[: split.begin])
    assert set(rule(found[-1].history)) == {mean}


def test_one_outcome_leaves_auc_undefined_and_nothing_else() -> None:
    past = made_up(2)
    always = [[answer._replace(grade=4) for answer in history] for history in past.histories]
    found, _ = trials(past._replace(histories=always))
    for row in rows(part("folds", found, Random(0)), predictors()):
        assert row.scores["auc"] == (None, None, None)
        assert row.scores["log_loss"].value is not None
    (row,) = rows(part("last", found, Random(0)), [Predictor("constant", constant)])
    assert row.clipped == len(found) // 5  # it takes remembering for certain


def test_what_cannot_take_part_says_why() -> None:
    found, _ = trials(made_up(2))
    one = part("last", found, Random(0))
    absent, *others = rows(one, [Predictor("absent", None, "not installed"), *predictors()])
    assert (absent.scores, absent.why) == ({}, "not installed")
    assert absent not in ranked([absent, *others])


def test_a_predictor_that_knows_more_is_ahead_draw_by_draw() -> None:
    found, _ = trials(made_up(2))
    oracle = Predictor("oracle", lambda _: lambda h: [0.9 if a.recalled else 0.1 for a in h])
    told = rows(part("folds", found, Random(0)), [Predictor("constant", constant), oracle])
    worse, better = told
    compared = compare(better, worse)
    assert ranked([worse, better]) == [better, worse]
    assert (compared.ahead, compared.overlap) == (1.0, False)
    assert compare(worse, better).ahead == 0
    assert compare(worse, worse).overlap
