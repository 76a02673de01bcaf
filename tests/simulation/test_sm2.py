"""The simulation's SM-2 is the program's: the same answers lead to the same dates."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule import sm2
from mlsd_cards.schedule.state import NEW, State
from mlsd_cards.simulation.sm2 import FAR, SM2

OPTIONS = st.builds(sm2.Options, st.booleans(), st.booleans(), st.integers(3, 4))
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 1, 2, 6, 15, 40, 400, 9_000]),
        st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=4, max_size=4),
    ),
    max_size=40,
)
"""Days since the step before, none for a drill, and what each of four cards is answered then."""


@given(OPTIONS, STEPS)
def test_the_states_are_those_of_the_program(
    options: sm2.Options, steps: list[tuple[int, list[int | None]]]
) -> None:
    scheduler, many = sm2.SM2(options), SM2(4, options)
    states, day = [NEW] * 4, 100
    for later, grades in steps:
        day += later
        at = np.array([card for card, grade in enumerate(grades) if grade is not None], np.int64)
        given_ = [grade for grade in grades if grade is not None]
        drill = many.answer(at, np.array(given_, np.int64), day)
        for card, grade in zip(at.tolist(), given_, strict=True):
            states[card] = scheduler.review(states[card], grade, day)
        assert drill.tolist() == [states[card].drill for card in at]
        assert [fields(many, card) for card in range(4)] == list(map(wanted, states))


@given(OPTIONS, st.integers(0, 5), st.integers(0, 5))
def test_a_clock_set_back_schedules_nothing(options: sm2.Options, first: int, then: int) -> None:
    scheduler, many, card = sm2.SM2(options), SM2(1, options), np.array([0])
    state = NEW
    for grade, day in ((first, 100), (then, 90)):
        many.answer(card, np.array([grade]), day)
        state = scheduler.review(state, grade, day)
    assert fields(many, 0) == wanted(state)


def fields(many: SM2, card: int) -> tuple[int, ...]:
    columns = many.repetitions, many.ef, many.interval, many.due, many.last
    return tuple(int(column[card]) for column in columns)


def wanted(state: State) -> tuple[int, ...]:
    if state.last is None:
        return 0, state.ef, 0, FAR, -1
    return state.repetitions, state.ef, state.interval, state.due, state.last
