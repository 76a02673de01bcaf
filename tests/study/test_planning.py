"""The arithmetic of a plan, what it promises, and a candidate who follows it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import Scheduler, State
from mlsd_cards.store.catalogue import Candidate
from mlsd_cards.study.planning.advice import advice, fits
from mlsd_cards.study.planning.course import Course, Start
from mlsd_cards.study.planning.follow import Today, swept, today
from mlsd_cards.study.planning.prospect import (
    AFTER,
    Load,
    Prospect,
    Wish,
    kind_of,
    length,
    prospect,
    rehearsals,
    spans,
)
from mlsd_cards.study.planning.rule import MS_A_MINUTE, SETTLING, Pace

HALF_HOUR = Pace(30, 60_000, 30_000)
GOAL = 1000
MODEL = FSRS()


def seen(number: int, interval: int = 10, last: int = 900, due: int = 2000) -> Candidate:
    name = f"c{number}"
    return Candidate(name, name, "d", "t", number, due, interval, 800, last)


def end(steps):  # type: ignore[no-untyped-def]
    """What a generator returns, and after how many steps."""
    taken = 0
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value, taken
        taken += 1


# the arithmetic


@pytest.mark.parametrize(
    ("pace", "reviews", "swept"),
    [
        (HALF_HOUR, 60, 54),
        (Pace(30, 60_000, 14_000), 128, 115),
        (Pace(1, 60_000, 30_000), 2, 1),
        (Pace(1, 60_000, 90_000), 1, 1),
    ],
)
def test_a_day_holds_what_its_minutes_hold(pace: Pace, reviews: int, swept: int) -> None:
    assert (pace.reviews, pace.swept) == (reviews, swept)


@pytest.mark.parametrize(
    ("cards", "days"), [(0, 0), (1, 1), (54, 1), (55, 2), (640, 12), (1133, 21)]
)
def test_the_sweep_takes_as_many_days_as_its_cards_fill(cards: int, days: int) -> None:
    assert HALF_HOUR.sweep_days(cards) == days


@pytest.mark.parametrize(
    ("left", "seen", "unseen", "reviews", "new"),
    [
        (40, 0, 290, 0, 10),  # 33 days of learning, four of them in reserve
        (40, 0, 640, 0, 27),  # the sweep over 640 takes 12 days, so 24 are for learning
        (40, 0, 640, 30, 15),  # half of the time is for reviews
        (40, 0, 640, 60, 0),
        (40, 0, 640, 500, 0),
        (13, 100, 5, 0, 3),
        (8, 100, 5, 0, 5),
        (7, 100, 5, 0, 0),
        (0, 100, 5, 0, 0),
        (9, 640, 0, 0, 0),  # the sweep has begun
        (9, 640, 5, 0, 5),  # while there are new cards it is the last week at most
        (7, 640, 5, 0, 0),
        (20, 0, 0, 0, 0),
        (6, 0, 400, 0, 30),  # hardly anything is seen: then the last days are for learning too
        (5, 30, 370, 30, 15),
        (1, 0, 400, 0, 30),
        (2, 59, 400, 0, 0),  # the sweep
        (6, 60, 400, 0, 0),
    ],
)
def test_new_cards_of_a_day(left: int, seen: int, unseen: int, reviews: int, new: int) -> None:
    assert HALF_HOUR.new(left, seen, unseen, reviews) == new


@pytest.mark.parametrize(
    ("waiting", "done", "left", "room", "first", "count"),
    [
        (108, 0, 2, 60, 0, 54),
        (54, 54, 1, 60, 0, 54),
        (100, 8, 2, 52, 0, 46),  # what is done already today counts
        (108, 0, 1, 60, 48, 60),  # a day was missed: the strongest are left out
        (0, 108, 1, 60, 0, 0),
        (54, 54, 1, 10, 44, 10),
    ],
)
def test_the_share_of_a_day_of_the_sweep(
    waiting: int, done: int, left: int, room: int, first: int, count: int
) -> None:
    part = HALF_HOUR.share(waiting, done, left, 2, room)
    assert (part.start, part.stop - part.start) == (first, count)


@given(
    st.integers(1, 600),
    st.integers(1, 60),
    st.integers(1, 120_000),
    st.integers(1, 120_000),
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_no_day_holds_more_than_its_minutes(
    minutes: int, left: int, new_ms: int, review_ms: int, known: int, unseen: int, due: int
) -> None:
    pace = Pace(minutes, new_ms, review_ms)
    new, reviews = pace.new(left, known, unseen, due), min(due, pace.reviews)
    assert 0 <= new <= unseen
    assert new * new_ms + reviews * review_ms <= max(minutes * MS_A_MINUTE, review_ms)
    assert new == 0 or left > SETTLING or known < pace.reviews


# the day


def test_the_plan_of_a_day_is_the_same_at_every_moment_of_it() -> None:
    day = GOAL - 40
    due = [seen(number, last=day - 6, due=day) for number in range(20)]
    begun = today(HALF_HOUR, GOAL, day, due, 400)
    answered = [card._replace(last=day, due=day + 9) for card in due[:12]]
    fresh = [Candidate(f"n{n}", "n", "d", "t", n, day + 1, 1, day, day) for n in range(5)]
    later = today(HALF_HOUR, GOAL, day, answered + due[12:] + fresh, 395)
    assert begun == later
    assert begun.new == 15


def test_the_sweep_begins_in_time_and_takes_the_weakest_last() -> None:
    cards = [seen(number, interval=number + 1) for number in range(108)]
    assert today(HALF_HOUR, GOAL, GOAL - 3, cards, 9) == Today(3, 0, 60)
    assert today(HALF_HOUR, GOAL, GOAL - 2, cards, 9) == Today(2, 0, 60, GOAL - 2)
    assert today(HALF_HOUR, GOAL, GOAL, cards, 9) == Today(0, 0, 60)
    now = Today(2, 0, 60, GOAL - 2)
    taken = swept(HALF_HOUR, now, GOAL - 2, cards, 60)
    assert [card.interval for card in taken] == list(range(108, 54, -1))


def test_cards_that_failed_in_the_sweep_come_again_behind_its_share() -> None:
    day = GOAL - 1
    failed = [seen(number, 1, last=day - 1, due=day) for number in range(7)]
    passed = [seen(number, 20, last=day - 1) for number in range(7, 54)]
    waiting = [seen(number, 3) for number in range(54, 108)]
    taken = swept(HALF_HOUR, Today(1, 0, 60, GOAL - 2), day, failed + passed + waiting, 60)
    assert taken == waiting + failed[:6]


# what is promised


def wish(cards: int, days: int, pace: Pace = HALF_HOUR, scheduler: Scheduler | None = None) -> Wish:
    starts = tuple(Start(f"t{n % 7}", deck=f"d{n // 40}") for n in range(cards))
    return Wish(starts, pace, GOAL - days, GOAL, scheduler or SM2(), MODEL)


@pytest.mark.parametrize(
    "scheduler", [SM2(), FSRS(), FSRS(retention=0.75)], ids=["sm2", "fsrs", "low"]
)
def test_the_sweep_is_worth_its_reviews(scheduler: Scheduler) -> None:
    found, _ = end(prospect(wish(300, 50, scheduler=scheduler)))
    assert found.fits()
    assert found.known_without < found.known <= 300
    assert found.known > 0.95 * 300
    extra = sum(day.reviews for day in found.days) - sum(day.reviews for day in found.days_without)
    assert extra > 0
    assert found.known == pytest.approx(sum(topic.known for topic in found.topics))


def test_the_steps_are_counted_beforehand() -> None:
    wanted = wish(50, 20)
    assert end(prospect(wanted))[1] == length(wanted) == 10 * (20 + AFTER)


def test_a_course_keeps_to_its_minutes_and_brings_nothing_new_at_the_end() -> None:
    found, _ = end(prospect(wish(640, 40)))
    for day in found.days:
        minutes = day.new + day.reviews / 2
        assert minutes <= 30.001
        if GOAL - day.day <= SETTLING:
            assert day.new == 0
    assert not found.fits()


@pytest.mark.parametrize("seed", range(5))
def test_the_sweep_takes_every_card_once_the_weakest_last(seed: int) -> None:
    wanted = wish(250, 40)
    course = Course(wanted.cards, HALF_HOUR, GOAL, SM2(), MODEL, Random(seed))
    begins = GOAL - HALF_HOUR.sweep_days(250)
    for _ in course.days(GOAL - 40, begins):
        pass
    before = {id(one): one.state for one in course.seen}
    swept_on: dict[int, int] = {}
    for day in range(begins, GOAL):
        for _ in course.days(day, day + 1):
            pass
        for one in course.seen:
            if one.state.last == day:
                swept_on.setdefault(id(one), day)
    assert len(swept_on) == 250
    by_day = {
        day: [before[one].interval for one in before if swept_on[one] == day]
        for day in range(begins, GOAL)
    }
    for earlier, later in pairwise(by_day.values()):
        assert min(earlier) >= max(later)


def test_what_is_learnt_already_is_told_from_the_memory() -> None:
    memory = MODEL.after(None, 3, 0)
    state = State(1, 250, 6, GOAL - 4, GOAL - 10, GOAL - 10)
    wanted = Wish((Start("t", state, memory), Start("t")), HALF_HOUR, GOAL - 9, GOAL, SM2(), MODEL)
    found, _ = end(prospect(wanted))
    assert found.now == pytest.approx(MODEL.recall(memory, 1))


def test_spans_are_weeks_and_the_ends_of_the_plan() -> None:
    days = [
        Load(day, 10 if GOAL - day > 7 else 0, day - GOAL + 40) for day in range(GOAL - 20, GOAL)
    ]
    found = spans(days, GOAL, 3)
    assert [(one.kind, one.first - GOAL, one.last - GOAL, one.new) for one in found] == [
        ("learning", -20, -14, 10),
        ("learning", -13, -8, 10),
        ("settling", -7, -4, 0),
        ("sweep", -3, -1, 0),
    ]
    assert found[0].reviews == 23
    assert kind_of(9, 12) == "sweep"


def test_interviews_every_other_day_of_the_last_week() -> None:
    assert rehearsals(GOAL - 40, GOAL) == [GOAL - 6, GOAL - 4, GOAL - 2]
    assert rehearsals(GOAL - 3, GOAL) == [GOAL - 2]


# what would fit


def test_what_would_fit_does() -> None:
    wanted = wish(400, 40)
    found, _ = end(prospect(wanted))
    assert isinstance(found, Prospect)
    assert not found.fits()
    instead, _ = end(advice(wanted, found))
    longer = wanted._replace(pace=wanted.pace._replace(minutes=instead.minutes))
    assert end(fits(longer))[0]
    assert instead.minutes % 5 == 0
    assert end(fits(wanted._replace(goal=instead.day)))[0]
    assert (instead.day - GOAL) % 7 == 0
    rest = tuple(card for card in wanted.cards if card.deck not in instead.leave)
    assert len(rest) == instead.cards
    assert end(fits(wanted._replace(cards=rest)))[0]
    assert instead.leave == tuple(f"d{number}" for number in range(instead.cards // 40, 10))


def test_where_not_all_can_be_learnt_the_sweep_is_the_last_week_and_takes_the_weakest() -> None:
    wanted = wish(1159, 60)
    found, _ = end(prospect(wanted))
    assert found.sweep_days == SETTLING
    assert found.days[-SETTLING - 1].new > 0
    assert HALF_HOUR.sweep_days(found.surely) > SETTLING
    assert found.known > 560  # 536 where the sweep takes all cards, and eleven days
    assert found.known > found.known_without


def test_who_begins_a_few_days_before_still_learns() -> None:
    found, _ = end(prospect(wish(400, 6)))
    assert 45 <= found.learnt <= 75
    assert found.known > 0.8 * found.learnt
    assert all(day.new + day.reviews / 2 <= 30.001 for day in found.days)


def test_where_there_is_no_time_to_learn_more_minutes_are_no_advice() -> None:
    old = State(1, 250, 6, GOAL + 4, GOAL - 10, GOAL - 10)
    known = Start("t", old, MODEL.after(None, 3, 0), "d0")
    wanted = wish(40, 5)
    wanted = wanted._replace(cards=(known,) * 500 + wanted.cards)
    found, _ = end(prospect(wanted))
    instead, _ = end(advice(wanted, found))
    assert not found.fits()
    assert (instead.minutes, instead.leave) == (None, ())
    assert instead.day == GOAL + 7
