"""Points, what was missed, and how it went over time."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import attempt
from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.study.interview.attempt import Attempt
from mlsd_cards.study.interview.progress import Weakness, weakest
from mlsd_cards.study.interview.score import (
    BROKEN_OFF,
    Lesson,
    Result,
    of_record,
    percent,
    record,
    score,
)

MARKS = {"must": 2, "strong": 1, "flag": 1}


def marked(*kinds: str, only: int | None = None) -> Attempt:
    """An attempt in which all lines of these kinds have their most points."""
    made = attempt(only)
    marks = {one[:3]: MARKS[one.kind] for one in made.items if one.kind in kinds}
    return replace(made, marks=marks)


@pytest.mark.parametrize(
    ("kinds", "points", "of", "share"),
    [
        ((), 0, 28, 0),
        (("must",), 28, 28, 100),
        (("strong",), 4, 28, 14),  # seven noticed, four counted
        (("flag",), -7, 28, 0),
        (("must", "strong"), 32, 28, 100),
        (("must", "flag"), 21, 28, 75),
        (("must", "strong", "flag"), 25, 28, 89),
    ],
)
def test_points(kinds: tuple[str, ...], points: int, of: int, share: int) -> None:
    result = score(marked(*kinds))
    assert (result.points, result.of, result.percent) == (points, of, share)


def test_points_of_a_step() -> None:
    (step,) = score(marked("must", "strong", "flag", only=3)).steps
    assert (step.step, step.points, step.of, step.percent) == ("model", 3, 4, 75)
    (step,) = score(marked("flag", only=3)).steps
    assert (step.points, step.percent) == (-1, 0)


def test_what_was_missed() -> None:
    made = attempt(0)
    made = replace(made, marks={(0, "must", 0): 2, (0, "must", 1): 1})
    (step,) = score(made).steps
    missed = [one.text for one in step.missed]
    assert missed == ["Gives the numbers of clarify", "Has seen clarify fail"]
    assert score(marked("must", "strong", only=0)).steps[0].missed == ()


@given(st.dictionaries(st.sampled_from([one[:3] for one in attempt().items]), st.integers(0, 1)))
def test_a_result_is_read_as_it_was_written(marks: dict[tuple[int, str, int], int]) -> None:
    made = replace(attempt(), marks=marks, spent=(9, 8, 7, 6, 5, 4, 3), paused=2)
    made = made.noted({"line": "a\x1b[2J\ud800 note"}).noted({"asked": 0})
    lessons = (Lesson("data", "Says what data is for", (("a", "A?"), ("b:c1", "B?"))),)
    result = score(made, BROKEN_OFF if len(marks) % 2 else "scored")._replace(lessons=lessons)
    assert of_record(json.loads(json.dumps(record(result)))) == result
    assert result.cards == ("a", "b:c1")


def test_parts_stay_between_0_and_100() -> None:
    assert [percent(*pair) for pair in ((-1, 4), (5, 4), (1, 3), (0, 0))] == [0, 100, 33, 0]


def results(*shares: dict[str, int]) -> list[Result]:
    """Results in which each step has so many musts justified, all of them where nothing is said."""
    made = []
    for share in shares:
        marks = {
            one[:3]: 2
            for one in attempt().items
            if one.kind == "must" and one.which < share.get(STEPS[one.step], 2)
        }
        made.append(score(replace(attempt(), marks=marks)))
    return made


def test_the_weakest_step_over_time() -> None:
    assert weakest([]) is None
    assert weakest(results({})) is None
    assert weakest(results({"serve": 0}, {"data": 1, "serve": 1})) == Weakness("serve", 25, 50, 2)
    alone = score(marked(only=6))
    assert weakest([*results({}), alone]) == Weakness("monitor", 50, 0, 2)
