"""SM-2 as published: tables worked by hand from the text, and what the text leaves open."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.sm2 import DELTA, INTERVAL_MAX, SM2, Options, sequence
from mlsd_cards.schedule.state import NEW, State

PUBLISHED = [
    # grades on their due days, then (repetitions, EF in hundredths, interval) after each
    ([5], [(1, 260, 1)]),
    ([4], [(1, 250, 1)]),
    ([3], [(1, 236, 1)]),
    ([2], [(0, 250, 1)]),
    ([0], [(0, 250, 1)]),
    ([4, 4], [(1, 250, 1), (2, 250, 6)]),
    ([4, 4, 4], [(1, 250, 1), (2, 250, 6), (3, 250, 15)]),
    ([5, 5, 5], [(1, 260, 1), (2, 270, 6), (3, 280, 17)]),  # ceil(16.8): today's EF, rounded up
    ([5, 5, 5, 5, 4], [(1, 260, 1), (2, 270, 6), (3, 280, 17), (4, 290, 50), (5, 290, 145)]),
    ([4, 4, 4, 2, 4, 4],
     [(1, 250, 1), (2, 250, 6), (3, 250, 15), (0, 250, 1), (1, 250, 1), (2, 250, 6)]),
    ([4, 4, 3], [(1, 250, 1), (2, 250, 6), (3, 236, 15)]),  # ceil(14.16)
    ([3] * 10, [(1, 236, 1), (2, 222, 6), (3, 208, 13), (4, 194, 26), (5, 180, 47), (6, 166, 79),
                (7, 152, 121), (8, 138, 167), (9, 130, 218), (10, 130, 284)]),
]  # fmt: skip


@pytest.mark.parametrize(("grades", "expected"), PUBLISHED)
def test_published_sequences(grades: list[int], expected: list[tuple[int, int, int]]) -> None:
    states = sequence(grades)
    assert [(s.repetitions, s.ef, s.interval) for s in states] == expected


@pytest.mark.parametrize("grade", range(6))
def test_ef_moves_as_the_formula_says(grade: int) -> None:
    exact = Fraction(1, 10) - (5 - grade) * (Fraction(8, 100) + (5 - grade) * Fraction(2, 100))
    assert DELTA[grade] == exact * 100


@given(st.lists(st.integers(0, 5), max_size=30))
def test_integers_agree_with_exact_fractions(grades: list[int]) -> None:
    """The text in exact rationals, written independently of the module."""
    ef, repetitions, interval = Fraction(5, 2), 0, 0
    for grade, state in zip(grades, sequence(grades), strict=True):
        if grade < 3:
            repetitions, interval = 0, 1
        else:
            q = 5 - grade
            ef = max(
                Fraction(13, 10),
                ef + Fraction(1, 10) - q * (Fraction(8, 100) + q * Fraction(2, 100)),
            )
            repetitions += 1
            interval = {1: 1, 2: 6}.get(repetitions) or min(INTERVAL_MAX, ceil(interval * ef))
        assert (state.repetitions, Fraction(state.ef, 100), state.interval) == (
            repetitions,
            ef,
            interval,
        )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 400)), max_size=40))
def test_a_schedule_always_moves_forward(answers: list[tuple[int, int]]) -> None:
    state, day = NEW, 0
    for grade, gap in answers:
        day += gap
        before, state = state, SM2().review(state, grade, day)
        assert state.last == (day if before.last is None else max(before.last, day))
        assert 130 <= state.ef
        assert 1 <= state.interval <= INTERVAL_MAX
        assert state.due == (state.last or 0) + state.interval
        assert state.first is not None


@given(st.integers(0, 5), st.integers(0, 50), st.lists(st.integers(0, 5), max_size=10))
def test_choices_are_what_review_stores(grade: int, day: int, grades: list[int]) -> None:
    state = (sequence(grades) or [NEW])[-1]
    assert SM2().choices(state, day)[grade] == SM2().review(state, grade, day)


DRILL = [
    # the first answer, what follows the same day, still to be repeated
    (3, [], True),
    (4, [], False),
    (5, [], False),
    (2, [4], False),
    (3, [3], True),
    (3, [3, 2, 4], False),
    (4, [1], True),
]


@pytest.mark.parametrize(("first", "later", "drill"), DRILL)
def test_the_first_answer_of_a_day_schedules_and_later_ones_drill(
    first: int, later: list[int], drill: bool
) -> None:
    scheduled = state = SM2().review(NEW, first, 100)
    for grade in later:
        state = SM2().review(state, grade, 100)
    assert state == scheduled._replace(drill=drill)


GOOD_15 = State(repetitions=3, ef=250, interval=15, due=115, first=80, last=100)
EARLY = [
    # grade, day -> repetitions, EF, interval, due
    (4, 105, (3, 250, 15, 120)),  # 5 elapsed * 2.5 = 12.5 -> 13, not below the old 15
    (4, 110, (3, 250, 25, 135)),  # 10 * 2.5
    (5, 111, (3, 260, 29, 140)),  # 11 * 2.6 = 28.6
    (3, 101, (3, 236, 15, 116)),
    (2, 105, (0, 250, 1, 106)),  # a fail is a fail
    (4, 99, (3, 250, 15, 115)),  # the day before the last: answered further west, as if that day
    (1, 99, (3, 250, 15, 115)),
]


@pytest.mark.parametrize(("grade", "day", "expected"), EARLY)
def test_early(grade: int, day: int, expected: tuple[int, int, int, int]) -> None:
    state = SM2().review(GOOD_15, grade, day)
    assert (state.repetitions, state.ef, state.interval, state.due) == expected


def test_good_on_six_days_running_does_not_run_away() -> None:
    state = NEW
    for day in range(6):
        state = SM2().review(state, 4, day)
    assert state.interval == 6  # without the rule for early reviews: 238


def test_late_reviews_use_the_nominal_interval() -> None:
    on_time, late = (SM2().review(GOOD_15, 4, day) for day in (115, 165))
    assert on_time.interval == late.interval == 38
    assert late.due == 165 + 38


OPTIONS = [
    # named reading, grades, then intervals, final EF
    (Options(), [4, 4, 2, 4, 4], [1, 6, 1, 1, 6], 250),
    (Options(lapse_is_first=True), [4, 4, 2, 4, 4], [1, 6, 1, 6, 15], 250),
    (Options(lapse_lowers_ef=True), [4, 4, 2, 4, 4], [1, 6, 1, 1, 6], 218),
    (Options(lapse_lowers_ef=True), [4, 4, 0, 0, 0], [1, 6, 1, 1, 1], 130),
]


@pytest.mark.parametrize(("options", "grades", "intervals", "ef"), OPTIONS)
def test_named_readings(options: Options, grades: list[int], intervals: list[int], ef: int) -> None:
    states = sequence(grades, SM2(options))
    assert [state.interval for state in states] == intervals
    assert states[-1].ef == ef


def test_drill_below_three_repeats_failures_only() -> None:
    scheduler = SM2(Options(drill_below=3))
    assert [scheduler.review(NEW, grade, 0).drill for grade in range(6)] == [True] * 3 + [False] * 3


def test_lapses_count_failures_but_not_the_first_meeting() -> None:
    states = sequence([0, 1, 4, 4, 2])
    assert [state.lapses for state in states] == [0, 1, 1, 1, 2]


def test_the_interval_is_capped() -> None:
    assert sequence([5] * 30)[-1].interval == INTERVAL_MAX


RULES = [
    (NEW, 4, 0, "I(1) = 1"),
    (NEW, 3, 0, "I(1) = 1; again today"),
    (GOOD_15, 4, 115, "I(4) = ⌈15 × 2.50⌉"),
    (GOOD_15, 4, 120, "I(4) = ⌈15 × 2.50⌉, 5 d late"),
    (GOOD_15, 5, 111, "early, 11 of 15 d: max(15, ⌈11 × 2.60⌉), repetitions kept"),
    (GOOD_15, 1, 115, "below 3: repetitions start anew, 1 day, EF kept; again today"),
    (GOOD_15, 4, 100, "same day: drill, schedule unchanged"),
    (GOOD_15, 3, 99, "answered for a later day before: drill, schedule unchanged; again today"),
]


@pytest.mark.parametrize(("state", "grade", "day", "words"), RULES)
def test_rules_in_words(state: State, grade: int, day: int, words: str) -> None:
    assert SM2().rule(state, grade, day) == words
