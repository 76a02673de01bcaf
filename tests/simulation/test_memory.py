"""The memory is that of fsrs-rs, and so are the learner's habits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule import fsrs
from mlsd_cards.schedule.parameters import DEFAULT
from mlsd_cards.schedule.state import NEW
from mlsd_cards.simulation import learner
from mlsd_cards.simulation.fsrs import FSRS
from mlsd_cards.simulation.learner import LEARNERS, Learner
from mlsd_cards.simulation.memory import Memories, Memory

fsrs_rs = pytest.importorskip("fsrs_rs_python")

HISTORY = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([0, 0, 1, 2, 5, 12, 40, 200])), max_size=15
)
"""Ratings, and the days since the one before."""


@pytest.mark.parametrize("who", LEARNERS, ids=lambda one: one.name)
@given(first=st.integers(1, 4), history=HISTORY)
def test_the_states_are_those_of_fsrs_rs(
    who: Learner, first: int, history: list[tuple[int, int]]
) -> None:
    many, day = Memories(who.memory, 2), 50
    card = np.array([1])
    for rating, later in ((first, 0), *history):
        day += later
        many.answer(card, np.array([rating]), day)
    reviews = [fsrs_rs.FSRSReview(*step) for step in ((first, 0), *history)]
    theirs = fsrs_rs.FSRS(list(who.memory.w)).memory_state(fsrs_rs.FSRSItem(reviews))
    assert many.stability[1] == pytest.approx(theirs.stability, rel=1e-4)
    assert many.difficulty[1] == pytest.approx(theirs.difficulty, rel=1e-4)
    assert many.last.tolist() == [-1, day]


@given(
    first=st.sampled_from([0, 1, 3, 4, 5]),
    history=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from([0, 0, 1, 2, 5, 12, 40, 200])), max_size=15
    ),
    retention=st.sampled_from([0.7, 0.8, 0.9, 0.97]),
)
def test_the_dates_are_those_of_the_programs_own_scheduler(
    first: int, history: list[tuple[int, int]], retention: float
) -> None:
    scheduler, many = fsrs.FSRS(retention=retention), FSRS(1, retention, Memory())
    state, day = NEW, 100
    for grade, later in ((first, 0), *history):
        day += later
        drill = many.answer(np.array([0]), np.array([grade]), day)
        state = scheduler.review(state, grade, day)
        assert drill.tolist() == [state.drill]
        assert many.due[0] == state.due
        assert state.memory is not None
        assert many.strength[0] == pytest.approx(state.memory[0], rel=1e-9)


def test_the_average_learner_is_the_default_of_fsrs_rs() -> None:
    assert pytest.approx(fsrs_rs.DEFAULT_PARAMETERS) == DEFAULT


def test_new_seen_today_and_older_cards_may_be_answered_at_once() -> None:
    together, apart = Memories(Memory(), 3), Memories(Memory(), 3)
    for many in (together, apart):
        many.answer(np.array([0]), np.array([3]), 1)
        many.answer(np.array([1]), np.array([1]), 9)
    together.answer(np.arange(3), np.array([3, 3, 2]), 9)
    for card, rating in enumerate((3, 3, 2)):
        apart.answer(np.array([card]), np.array([rating]), 9)
    assert together.stability.tolist() == apart.stability.tolist()
    assert together.difficulty.tolist() == apart.difficulty.tolist()


@given(st.floats(0.01, 3_000), st.floats(0.7, 0.97))
def test_an_interval_ends_when_recall_has_fallen_to_what_is_desired(
    stability: float, retention: float
) -> None:
    memory = Memory()
    days = memory.interval(np.array([stability]), retention)
    assert memory.recall(days, np.array([stability]))[0] == pytest.approx(retention)


@given(st.integers(1, 4), st.sampled_from([0.7, 0.8, 0.9, 0.97]))
def test_the_dates_are_those_of_fsrs_rs(rating: int, retention: float) -> None:
    many = FSRS(1, retention, Memory())
    many.answer(np.array([0]), np.array([0, 1, 3, 4, 5])[[rating]], 7)
    chosen = fsrs_rs.FSRS(list(DEFAULT)).next_states(None, retention, 0)
    theirs = (chosen.again, chosen.hard, chosen.good, chosen.easy)[rating - 1].interval
    assert many.due[0] == 7 + max(1, int(theirs + 0.5))


def test_only_failures_are_repeated_under_fsrs() -> None:
    drill = FSRS(6, 0.9, Memory()).answer(np.arange(6), np.arange(6), 0)
    assert drill.tolist() == [True, True, True, False, False, False]


def test_chances_and_seconds_are_those_of_fsrs_rs() -> None:
    theirs = fsrs_rs.default_simulator_config()
    assert pytest.approx(theirs.first_rating_prob) == learner.FIRST
    assert pytest.approx(theirs.review_rating_prob) == learner.PASSED
    of_new, of_review, of_again = theirs.state_rating_costs
    assert pytest.approx(of_new) == learner.LEARNING_S
    assert pytest.approx(of_review) == learner.REVIEW_S
    assert pytest.approx(of_again[learner.GOOD - 1]) == learner.RELEARNING_GOOD_S


@pytest.mark.parametrize(
    ("chance", "recall", "rating"),
    [(0.0, 0.5, 2), (0.1, 0.5, 2), (0.12, 0.5, 3), (0.42, 0.5, 3), (0.43, 0.5, 4),
     (0.499, 0.5, 4), (0.5, 0.5, 1), (0.99, 0.5, 1), (0.99, 1.0, 4)],
)  # fmt: skip
def test_a_number_decides_what_is_recalled_and_how_well(
    chance: float, recall: float, rating: int
) -> None:
    assert learner.reviewed(np.array([chance]), np.array([recall])).tolist() == [rating]


def test_the_keys_come_as_often_as_they_should() -> None:
    chance = (np.arange(10_000) + 0.5) / 10_000
    new = np.bincount(learner.first(chance), minlength=5)[1:] / 10_000
    assert new == pytest.approx(learner.FIRST, abs=1e-3)
