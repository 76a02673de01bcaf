"""FSRS-6: the states and futures of fsrs-rs, which Anki runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.fsrs import FSRS, RATING_OF_GRADE, memory_after
from mlsd_cards.schedule.parameters import DEFAULT, RANGES, are_parameters
from mlsd_cards.schedule.sm2 import INTERVAL_MAX
from mlsd_cards.schedule.state import GRADES, NEW, State

fsrs_rs = pytest.importorskip("fsrs_rs_python")

HISTORIES = st.lists(
    st.tuples(st.integers(1, 4), st.one_of(st.just(0), st.integers(0, 10), st.integers(0, 3000))),
    min_size=1,
    max_size=25,
).map(lambda answers: [(answers[0][0], 0), *answers[1:]])
"""Ratings and the days since the answer before."""

PARAMETERS = st.one_of(
    st.just(DEFAULT),
    # near the default, as those of learners are; the whole range leads to numbers beyond f32
    st.tuples(*(st.floats(0.8, 1.2) for _ in DEFAULT)).map(
        lambda by: tuple(
            min(high, max(low, w * k))
            for w, k, (low, high) in zip(DEFAULT, by, RANGES, strict=True)
        )
    ),
)


def close(value: float) -> object:
    return pytest.approx(value, rel=1e-4, abs=1e-4)


@given(HISTORIES, PARAMETERS)
def test_states_are_those_of_fsrs_rs(
    history: list[tuple[int, int]], parameters: tuple[float, ...]
) -> None:
    reviews = [fsrs_rs.FSRSReview(rating, days) for rating, days in history]
    theirs = fsrs_rs.FSRS(list(parameters)).historical_memory_states(fsrs_rs.FSRSItem(reviews))
    scheduler, state, day = FSRS(parameters), NEW, 20_000
    assert len(theirs) == len(history)
    for number, ((rating, days), their) in enumerate(zip(history, theirs, strict=True), 1):
        day += days
        state = scheduler.review(state, RATING_OF_GRADE.index(rating), day)
        assert state.memory == (close(their.stability), close(their.difficulty))
        assert state.memory == memory_after(history[:number], parameters)


@given(HISTORIES, st.sampled_from([0.7, 0.8, 0.9, 0.95, 0.97]), st.integers(0, 400))
def test_futures_and_intervals_are_those_of_fsrs_rs(
    history: list[tuple[int, int]], retention: float, days: int
) -> None:
    theirs, memory = fsrs_rs.FSRS(list(DEFAULT)), memory_after(history)
    assert memory
    known = fsrs_rs.MemoryState(*memory)
    expected = theirs.next_states(known, retention, days)
    state = State(due=1, last=0, memory=memory)
    futures = FSRS(retention=retention).choices(state, days)
    for grade, name in zip(GRADES, ["again"] * 3 + ["hard", "good", "easy"], strict=True):
        their, ours = getattr(expected, name), futures[grade]
        assert ours.memory == (close(their.memory.stability), close(their.memory.difficulty))
        whole = max(1.0, min(INTERVAL_MAX, their.interval))
        assert abs(ours.interval - whole) <= 0.5 + 1e-4 * whole


@given(st.integers(1, 400))
def test_a_placed_card_is_what_fsrs_rs_makes_of_a_schedule_of_sm2(interval: int) -> None:
    state = FSRS().place(interval, 100)
    their = fsrs_rs.FSRS(list(DEFAULT)).memory_state_from_sm2(2.5, interval, 0.9)
    assert state.memory == (close(their.stability), close(their.difficulty))
    assert (state.due, state.first, state.last) == (100 + interval, None, 100)


def test_the_default_is_that_of_fsrs_rs_and_in_range() -> None:
    assert pytest.approx(fsrs_rs.DEFAULT_PARAMETERS) == DEFAULT
    assert are_parameters(DEFAULT)
