"""FSRS-6 on whole study days, and what a scheduler must do beside its formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.fsrs import FSRS, memory_after, retrievability
from mlsd_cards.schedule.parameters import RANGES
from mlsd_cards.schedule.sm2 import INTERVAL_MAX, sequence
from mlsd_cards.schedule.state import GRADES, NEW, State, called_back

WORKED = [
    # rating, days, then stability and difficulty; fsrs-rs 6.6.1, through fsrs-rs-python 0.9.3
    (3, 0, 2.3065, 2.1181),
    (1, 2, 0.6076, 7.3945),
    (1, 0, 0.2229, 9.1288),
    (3, 0, 0.2585, 9.1149),
    (2, 1, 0.7034, 9.3977),
]


def test_a_history_worked_by_fsrs_rs() -> None:
    history = [(rating, days) for rating, days, _, _ in WORKED]
    for number, (*_, stability, difficulty) in enumerate(WORKED, 1):
        assert memory_after(history[:number]) == pytest.approx((stability, difficulty), abs=1e-4)


def test_after_the_stability_the_chance_is_nine_in_ten() -> None:
    memory = (12.5, 5.0)
    assert retrievability(memory, 0) == 1
    assert retrievability(memory, 12.5) == pytest.approx(0.9)
    assert retrievability(State(memory=memory), 30) == retrievability(memory, 30) < 0.9
    assert retrievability(NEW, 5) == 0
    assert memory_after([]) is None


PARAMETERS = st.tuples(*(st.floats(*ends) for ends in RANGES))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 400)), max_size=40), PARAMETERS)
def test_a_schedule_always_moves_forward(
    answers: list[tuple[int, int]], parameters: tuple[float, ...]
) -> None:
    scheduler, state, day = FSRS(parameters), NEW, 0
    for grade, gap in answers:
        day += gap
        before, state = state, scheduler.review(state, grade, day)
        assert state.last == (day if before.last is None else max(before.last, day))
        assert 1 <= state.interval <= INTERVAL_MAX
        assert state.due == state.last + state.interval
        assert state.memory
        assert 0.001 <= state.memory[0] <= 36_500
        assert 1 <= state.memory[1] <= 10


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 90)), max_size=10), st.integers(0, 90))
def test_choices_are_what_review_stores(answers: list[tuple[int, int]], gap: int) -> None:
    scheduler, state, day = FSRS(), NEW, 0
    for grade, days in answers:
        day += days
        state = scheduler.review(state, grade, day)
    futures = scheduler.choices(state, day + gap)
    assert futures == {grade: scheduler.review(state, grade, day + gap) for grade in GRADES}
    spans = [futures[grade].interval for grade in (2, 3, 4, 5)]
    assert spans == sorted(spans)
    assert futures[0] == futures[1] == futures[2]


@pytest.mark.parametrize("retention", [0.7, 0.8, 0.95])
def test_who_wants_to_know_less_is_asked_later(retention: float) -> None:
    usual, wanted = (sequence([4] * 6, FSRS(retention=r))[-1] for r in (0.9, retention))
    assert (wanted.interval > usual.interval) == (retention < 0.9)


DRILL = [
    # the first answer of a day, what follows on it, still to be repeated
    (3, [], False),
    (2, [], True),
    (2, [3], False),
    (0, [1, 1], True),
    (1, [1, 4], False),
]


@pytest.mark.parametrize(("first", "later", "drill"), DRILL)
def test_what_failed_stays_today_until_it_is_known(
    first: int, later: list[int], drill: bool
) -> None:
    known = FSRS().review(NEW, 4, 98)
    state = FSRS().review(known, first, 100)
    counted = state.repetitions, state.lapses
    assert counted == ((0, 1) if first < 3 else (2, 0))
    for grade in later:
        before, state = state, FSRS().review(state, grade, 100)
        assert state.memory != before.memory, "same-day answers belong to the history"
        assert state.due == 100 + state.interval
    assert state.drill == drill
    assert (state.repetitions, state.lapses) == counted, "drill counts as nothing"


def test_a_card_called_back_is_paid_for_the_days_that_passed() -> None:
    known = sequence([4, 4, 4], FSRS())[-1]
    assert known.last is not None
    called = called_back(known, known.last + 5, FSRS())
    assert (called.due, called.memory) == (known.last + 5, known.memory)
    early, due = (FSRS().review(called, 4, known.last + days) for days in (5, known.interval))
    assert known.interval < early.interval < due.interval
    assert called_back(NEW, 7, FSRS()) == FSRS().review(NEW, 1, 7)


def test_a_day_before_the_last_answer_is_its_day() -> None:
    known = FSRS().review(NEW, 4, 100)
    assert FSRS().review(known, 4, 97) == FSRS().review(known, 4, 100)
    assert FSRS().review(known, 1, 97).lapses == 0


RULES = [
    (NEW, 4, 0, "first answer Good: S = w2; 2 d until R 0.90"),
    (NEW, 0, 0, "first answer Again: S = w0; 1 d, the least; again today"),
    (FSRS().review(NEW, 4, 0), 4, 2,
     "R 0.91 after 2 d, Good: S 2.31 × 4.75; 11 d until R 0.90"),
    (FSRS().review(NEW, 1, 0), 4, 0, "same day, Good: S 0.21 × 1.16; 1 d, the least"),
    (FSRS().review(NEW, 4, 9), 4, 8,
     "answered for a later day before, Good: S 2.31 × 1.00; 2 d until R 0.90"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "grade", "day", "words"), RULES)
def test_rules_in_words(state: State, grade: int, day: int, words: str) -> None:
    assert FSRS().rule(state, grade, day) == words
