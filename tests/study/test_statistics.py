"""Figures from plain rows: weeks, the map, what is due, retention, quizzes, interviews."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import attempt
from mlsd_cards.schedule.day import Moment, iso
from mlsd_cards.store import log
from mlsd_cards.store.log import Event
from mlsd_cards.store.sitting import Sitting
from mlsd_cards.store.tallies import Tallies
from mlsd_cards.store.tally import DayTally, Tally, total
from mlsd_cards.study.interview.score import BROKEN_OFF, record, score
from mlsd_cards.study.statistics.forecast import forecast
from mlsd_cards.study.statistics.heat import LEVELS, WEEKS, HeatMap, heat_map
from mlsd_cards.study.statistics.interviews import interviews
from mlsd_cards.study.statistics.overview import practised
from mlsd_cards.study.statistics.period import WEEK, by_day, by_week, monday
from mlsd_cards.study.statistics.quizzes import quizzes
from mlsd_cards.study.statistics.retention import retention
from mlsd_cards.study.statistics.share import FEW, Share

TODAY = 20_778
"""2026-11-21, a Saturday."""

counts = st.dictionaries(st.integers(TODAY - 400, TODAY), st.integers(1, 500), max_size=60)


def of(answers: dict[int, int]) -> list[DayTally]:
    return [DayTally(day, 0, 0, Tally(count, count)) for day, count in sorted(answers.items())]


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (TODAY, "2026-11-16"),
        (TODAY + 1, "2026-11-16"),
        (TODAY + 2, "2026-11-23"),
        (0, "1969-12-29"),
    ],
)
def test_a_week_begins_on_monday(day: int, begins: str) -> None:
    assert iso(monday(day)) == begins


@given(answers=counts)
def test_series_have_no_gap_and_lose_nothing(answers: dict[int, int]) -> None:
    first = min(answers, default=TODAY)
    everything = total(one.tally for one in of(answers))
    for series, length in (
        (by_day(of(answers), first, TODAY), 1),
        (by_week(of(answers), first, TODAY), WEEK),
    ):
        assert total(one.tally for one in series) == everything
        assert {one.days for one in series} == {length}
        starts = [one.first for one in series]
        assert starts == list(range(starts[0], TODAY + 1, length))


@given(answers=counts)
def test_a_shade_is_a_quarter_of_the_busiest_day(answers: dict[int, int]) -> None:
    made = heat_map(of(answers), TODAY)
    assert len(made.answers) == (WEEKS - 1) * WEEK + 6  # a Saturday ends the last week
    assert [len(row) for row in made.rows] == [WEEKS] * WEEK
    assert made.rows[6][-1] is None
    for count in made.answers:
        level = made.level(count)
        assert (level == 0) == (count == 0)
        assert not level or count <= made.most[level - 1]
        assert level < 2 or count > made.most[level - 2]
    assert not made.busiest or made.level(made.busiest) == LEVELS


def test_a_day_stands_below_its_weekday() -> None:
    made = heat_map(of({TODAY: 3, TODAY - 7: 2, TODAY - 6: 1}), TODAY)
    assert made.rows[5][-2:] == [2, 3]
    assert made.rows[6][-2:] == [1, None]
    assert made.studied == 3
    assert isinstance(made, HeatMap)


def test_what_is_late_is_told_apart() -> None:
    made = forecast(
        [(TODAY - 3, 2), (TODAY - 1, 1), (TODAY, 4), (TODAY + 2, 5), (TODAY + 9, 1)], TODAY, 3
    )
    assert (made.overdue, made.due) == (3, (4, 0, 5))


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(), None),
        (Share(FEW - 1, FEW - 1), None),
        (Share(18, FEW), 90),
        (Share(2, 3) + Share(10, 17), 60),
    ],
)
def test_a_share_of_few_is_none(share: Share, percent: int | None) -> None:
    assert share.percent == percent


def test_the_weakest_topic_comes_first_and_those_that_tell_nothing_last() -> None:
    def tally(right: int, of: int) -> Tally:
        return Tally(of, right, 0, 0, of, right)

    topics = {
        "good": tally(95, 100), "bad": tally(30, 50), "few": tally(1, 10), "": tally(0, 99),
        "never": Tally(5, 5, 0, 5),
    }  # fmt: skip
    made = retention(total(topics.values()), topics, [])
    assert [name for name, _ in made.topics] == ["bad", "good", "few"]
    assert made.weakest == [("bad", 60), ("good", 95)]
    assert made.young == Share(126, 259)


def test_a_window_narrows_what_was_done_but_not_the_streak() -> None:
    days = of({TODAY - 40: 7, TODAY - 1: 2, TODAY: 3})
    counted, now = Tallies(days, {"topic": Tally(12)}), Moment(0, 0, TODAY)
    whole = practised(counted, now)
    assert (whole.since, whole.everything, whole.studied) == (TODAY - 40, True, 3)
    assert (whole.today.answers, whole.whole.answers) == (3, 12)
    late = practised(counted, now, TODAY - 6, {})
    assert (late.since, late.everything, late.studied) == (TODAY - 6, False, 2)
    assert late.whole.answers == 5
    assert late.streak == whole.streak
    assert late.streak.current == 2
    assert late.heat == whole.heat
    assert late.retention.topics == ()


def test_nothing_at_all() -> None:
    made = practised(Tallies([], {}), Moment(0, 0, TODAY))
    assert (made.since, made.studied, made.streak.current, made.heat.busiest) == (TODAY, 0, 0, 0)


# sittings


def sitting(day: int, paper: dict[str, Any], result: dict[str, Any] | None) -> Sitting:
    def event(kind: str, payload: dict[str, Any]) -> Event:
        return Event("quiz/1", day, "here", "00", kind, 0, 0, day, payload=log.packed(payload))

    ended = event(log.ENDED, result) if result is not None else None
    return Sitting("quiz/1", event(log.BEGUN, paper), (), ended)


def item(verdict: str, certainty: int = 0) -> dict[str, Any]:
    return {"verdict": verdict, "score": float(verdict == "right"), "certainty": certainty}


def test_quizzes_are_those_that_ended_and_were_no_placement() -> None:
    right, wrong = item("right", 3), item("wrong", 1)
    made = quizzes(
        [
            sitting(1, {"title": "old"}, {"items": [right]}),
            sitting(5, {"title": "all"}, {"items": [right, wrong], "certainty": True}),
            sitting(6, {"title": "placed", "place": True}, {"items": [wrong], "certainty": True}),
            sitting(7, {"title": "open"}, None),
            sitting(8, {"title": "unsure"}, {"items": [right]}),
            sitting(9, {"title": "empty"}, {"items": []}),
        ],
        since=2,
    )
    assert [(one.title, one.percent) for one in made.scores] == [("all", 50), ("unsure", 100)]
    assert made.calibration is not None
    levels = [(one.certainty.words, one.right, one.answers) for one in made.calibration.levels]
    assert levels == [("sure", 1, 1), ("think so", 0, 0), ("guess", 0, 1)]


def test_the_step_that_loses_most_comes_first() -> None:
    def played(only: int | None, points: dict[str, int], how: str = "scored") -> dict[str, Any]:
        told = record(score(attempt(only), how))
        for step in told["steps"]:
            for must in step["must"]:
                must["points"] = points.get(step["step"], 2)
        return told

    made = interviews(
        [
            sitting(1, {}, played(None, {"clarify": 1})),
            sitting(2, {}, played(2, {"data": 0})),
            sitting(3, {}, played(None, {"serve": 0}, BROKEN_OFF)),
            sitting(4, {}, None),
        ]
    )
    assert [(one.step, one.percent, one.lost, one.attempts) for one in made.steps[:3]] == [
        ("clarify", 50, 2, 1), ("data", 50, 4, 2), ("frame", 100, 0, 1),
    ]  # fmt: skip
    assert [day for day, _ in made.scores] == [1]  # one step alone is no whole interview


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 0, 0, 1), (8, 10, 0.4902, 0.9433), (0, 10, 0, 0.2775), (90, 100, 0.8256, 0.9448)],
)
def test_where_the_true_share_may_lie(right: int, of: int, low: float, high: float) -> None:
    assert Share(right, of).interval == pytest.approx((low, high), abs=1e-4)
