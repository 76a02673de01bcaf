"""Streaks, by hand and against a notebook with a line a day."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.day import Moment
from mlsd_cards.study.streak import Streak, streak

AUCKLAND, HONOLULU, TOKYO = 13 * 60, -10 * 60, 9 * 60


def at(day: int, offset: int = 0) -> Moment:
    return Moment(0, offset, day)


def plain(days: list[int], today: int) -> Streak:
    return streak([(day, 0) for day in days], at(today))


BY_HAND = [
    # days with an answer, today, then current, longest, missed
    ([], 5, (0, 0, 0)),
    ([5], 5, (1, 1, 0)),
    ([4], 5, (1, 1, 0)),  # today is not over
    ([3], 5, (0, 1, 1)),  # yesterday is
    ([1, 2, 3, 5], 5, (1, 3, 1)),
    ([1, 2, 3, 5], 6, (1, 3, 1)),
    ([1, 2, 3, 5], 7, (0, 3, 2)),
    ([1, 2, 8, 9, 10], 10, (3, 3, 5)),
    ([5, 3, 4, 4, 3], 5, (3, 3, 0)),  # in any order, as often as one likes
    ([-2, -1, 0, 1], 1, (4, 4, 0)),
    ([1, 2, 6], 3, (2, 2, 0)),  # a clock that was three days ahead for an evening
    ([1, 2, 4, 5, 6], 4, (3, 3, 1)),  # which today leads to, two days before
    ([2, 3], 1, (2, 2, 0)),  # today can still be answered: it breaks nothing
]


@pytest.mark.parametrize(("days", "today", "expected"), BY_HAND)
def test_by_hand(days: list[int], today: int, expected: tuple[int, int, int]) -> None:
    assert plain(days, today) == expected


FLIGHTS = [
    # what was answered where, where one is now, then current, longest, missed
    # west over the line: Saturday in Auckland, then Saturday once more in Honolulu
    ([(5, AUCKLAND), (6, AUCKLAND)], at(5, HONOLULU), (2, 2, 0)),
    ([(5, AUCKLAND), (6, AUCKLAND), (6, HONOLULU), (7, HONOLULU)], at(7, HONOLULU), (3, 3, 0)),
    # east: Thursday evening in Honolulu, Saturday morning in Auckland; there was no Friday
    ([(4, HONOLULU), (5, HONOLULU)], at(7, AUCKLAND), (2, 2, 0)),
    ([(4, HONOLULU), (5, HONOLULU), (7, AUCKLAND)], at(7, AUCKLAND), (3, 3, 0)),
    ([(4, HONOLULU), (5, HONOLULU), (8, AUCKLAND)], at(8, AUCKLAND), (1, 2, 1)),
    # no date line, no day less; nor is a day given back that was there
    ([(5, TOKYO), (7, AUCKLAND)], at(7, AUCKLAND), (1, 1, 1)),
    ([(5, AUCKLAND), (7, HONOLULU)], at(7, HONOLULU), (1, 1, 1)),
    ([(5, HONOLULU), (6, AUCKLAND)], at(6, AUCKLAND), (2, 2, 0)),
]


@pytest.mark.parametrize(("studied", "now", "expected"), FLIGHTS)
def test_flights(
    studied: list[tuple[int, int]], now: Moment, expected: tuple[int, int, int]
) -> None:
    assert streak(studied, now) == expected


DAYS = st.lists(st.integers(0, 40), max_size=40)


@given(DAYS)
def test_a_notebook_with_a_line_a_day_says_the_same(days: list[int]) -> None:
    run = longest = missed = 0
    for today in range(45):
        if today in days:
            run += 1
        longest = max(longest, run)
        known = [day for day in days if day <= today]
        assert plain(known, today) == (run, longest, missed)
        if today not in days:
            run = 0
            missed += bool(known)


@given(DAYS, st.integers(0, 40), st.integers(-10_000, 10_000), st.randoms())
def test_neither_order_nor_the_calendar_matters(
    days: list[int], today: int, by: int, chance: Random
) -> None:
    moved = [day + by for day in days * 2]
    chance.shuffle(moved)
    assert plain(moved, today + by) == plain(days, today)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-720, 840)), max_size=40),
       st.integers(0, 40), st.integers(-720, 840))  # fmt: skip
def test_an_answer_never_costs_a_streak(
    studied: list[tuple[int, int]], today: int, offset: int
) -> None:
    now = at(today, offset)
    before, after = streak(studied, now), streak([*studied, (today, offset)], now)
    assert after.current == before.current + (today not in dict(studied))
    assert before.longest <= after.longest
    assert 0 <= after.current <= after.longest <= len(dict(studied)) + 1
    assert before.missed == after.missed
