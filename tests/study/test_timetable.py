"""The time of the steps and the moments of the follow-ups."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import CASE, MINUTE
from mlsd_cards.cards.rubric import STEPS, Rubric
from mlsd_cards.study.interview.timetable import ASKED_IN, follow_ups, timetable, usual


def case(minutes: tuple[int, ...], expected_s: int = 2700, questions: int = 3) -> Rubric:
    steps = tuple(
        step._replace(minutes=share) for step, share in zip(CASE.steps, minutes, strict=True)
    )
    asked = tuple(f"Question {number}?" for number in range(questions))
    return replace(CASE, steps=steps, expected_s=expected_s, follow_ups=asked)


@pytest.mark.parametrize(
    ("expected_s", "minutes", "first", "whole"),
    [
        (2700, 45, 6 * MINUTE, 45 * MINUTE),  # two minutes are left for the end
        (2700, 22.5, 3 * MINUTE, 22.5 * MINUTE),
        (2700, 90, 12 * MINUTE, 90 * MINUTE),
        (1200, 43, 6 * MINUTE, 43 * MINUTE),  # the steps take more than is there: they share it
        (1200, 21.5, 3 * MINUTE, 21.5 * MINUTE),
        (5400, 45, 3 * MINUTE, 45 * MINUTE),
    ],
)
def test_steps_share_the_time(expected_s: int, minutes: float, first: int, whole: int) -> None:
    table = timetable(case((6, 4, 8, 9, 5, 8, 3), expected_s), minutes)
    assert table.limits[0] == first
    assert table.whole == whole
    assert sum(table.limits) <= table.whole + len(STEPS)


@pytest.mark.parametrize(("expected_s", "minutes"), [(2700, 45), (1200, 43), (60, 43)])
def test_the_usual_time(expected_s: int, minutes: float) -> None:
    assert usual(case((6, 4, 8, 9, 5, 8, 3), expected_s)) == minutes


@given(st.integers(), st.integers(0, 9), st.floats(0.1, 600), st.none() | st.integers(0, 6))
def test_follow_ups_are_drawn_by_the_seed(
    seed: int, questions: int, minutes: float, only: int | None
) -> None:
    rubric = case((6, 4, 8, 9, 5, 8, 3), questions=questions)
    table = timetable(rubric, minutes, only)
    drawn = follow_ups(rubric, table, seed)
    assert drawn == follow_ups(rubric, table, seed)
    assert [one[:2] for one in drawn] == sorted(one[:2] for one in drawn)
    if only is not None:
        assert len(drawn) == min(1, questions)
        assert {one.step for one in drawn} <= {only}
    else:
        assert {one.which for one in drawn} == set(range(questions))
        assert {one.step for one in drawn} <= set(ASKED_IN)
        assert questions < len(ASKED_IN) or {one.step for one in drawn} == set(ASKED_IN)
    for one in drawn:
        assert 0.3 <= (one.at + 1) / (table.limits[one.step] + 1) <= 0.85


def test_another_seed_draws_other_moments() -> None:
    rubric = case((6, 4, 8, 9, 5, 8, 3))
    table = timetable(rubric, 45)
    assert len({follow_ups(rubric, table, seed) for seed in range(20)}) == 20
