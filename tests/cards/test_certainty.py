"""Certainty-based marking, held to the table and the figures that Moodle documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.certainty import Certainty, expected, judged, points, score, summary
from mlsd_cards.cards.marking import Mark, Verdict

GUESS, THINK, SURE = Certainty
RIGHT, WRONG = Mark(Verdict.RIGHT, 1.0, ""), Mark(Verdict.WRONG, 0.0, "no")
HALF = Mark(Verdict.PARTLY, 0.5, "half")
POOR = Mark(Verdict.WRONG, 0.3, "an order that is wrong, but not all wrong")


@pytest.mark.parametrize(
    ("mark", "marks"),
    [
        (RIGHT, (1, 2, 3)),
        (WRONG, (0, -2, -6)),
        (HALF, (0.5, 1, 1.5)),
        (POOR, (0.3, 0.6, 0.9)),
    ],
)
def test_what_an_answer_gives(mark: Mark, marks: tuple[float, ...]) -> None:
    assert tuple(score(mark, one) for one in Certainty) == pytest.approx(marks)
    assert score(mark, None) == 0


def test_the_levels_are_said_in_words() -> None:
    assert [one.words for one in Certainty] == ["guess", "think so", "sure"]


@pytest.mark.parametrize(
    ("share", "best"),
    [(0, GUESS), (0.5, GUESS), (0.6, GUESS), (0.67, THINK), (0.79, THINK), (0.81, SURE), (1, SURE)],
)  # fmt: skip
def test_the_level_that_is_true_pays_most(share: float, best: Certainty) -> None:
    def mean(one: Certainty) -> float:
        return share * points(1, one) + (1 - share) * points(0, one)

    assert max(Certainty, key=mean) is best
    assert mean(best) == expected(share)


@pytest.mark.parametrize(
    ("accuracy", "mark"), [(0, 0), (0.5, 0.5), (2 / 3, 2 / 3), (0.75, 1), (0.8, 1.2), (1, 3)]
)
def test_the_mark_that_an_accuracy_lets_expect(accuracy: float, mark: float) -> None:
    assert expected(accuracy) == pytest.approx(mark)


@pytest.mark.parametrize(
    ("given", "accuracy", "average", "bonus"),
    [
        ([], 0, 0, 0),
        ([(RIGHT, SURE)] * 4, 1, 3, 0),
        ([(RIGHT, GUESS)] * 4, 1, 1, -0.2),  # hidden certainty costs
        ([(WRONG, SURE)] * 2, 0, -6, -0.6),
        ([(WRONG, None)] * 2, 0, 0, 0),
        ([(RIGHT, SURE), (WRONG, GUESS)], 0.5, 1.5, 0.1),  # known from unknown told well
        ([(RIGHT, GUESS), (WRONG, SURE)], 0.5, -2.5, -0.3),  # and badly
        ([(RIGHT, THINK), (HALF, THINK), (WRONG, None)], 0.5, 1, 0.05),
        ([(RIGHT, SURE)] * 3 + [(WRONG, GUESS)], 0.75, 2.25, 0.125),
    ],
)
def test_the_figures(
    given: list[tuple[Mark, Certainty | None]], accuracy: float, average: float, bonus: float
) -> None:
    made = summary(given)
    assert (made.accuracy, made.average, made.bonus) == pytest.approx((accuracy, average, bonus))
    assert made.total == pytest.approx(accuracy + bonus)
    assert made.questions == len(given)
    assert made.answered == sum(one is not None for _, one in given)


@pytest.mark.parametrize(
    ("certainty", "right", "answers", "words"),
    [
        (SURE, 10, 10, "justified"),
        (SURE, 8, 10, "justified"),
        (SURE, 7, 10, "a bit overconfident"),
        (SURE, 5, 10, "overconfident"),
        (SURE, 0, 1, "overconfident"),
        (SURE, 1, 2, "a bit overconfident"),
        (THINK, 7, 10, "justified"),
        (THINK, 2, 3, "justified"),
        (THINK, 4, 5, "justified"),
        (THINK, 10, 10, "a bit underconfident"),
        (THINK, 13, 13, "underconfident"),
        (THINK, 4, 10, "overconfident"),
        (GUESS, 0, 10, "justified"),
        (GUESS, 2, 3, "justified"),
        (GUESS, 4, 5, "a bit underconfident"),
        (GUESS, 5, 5, "underconfident"),
    ],
)
def test_whether_a_level_was_justified(
    certainty: Certainty, right: int, answers: int, words: str
) -> None:
    assert judged(certainty, right / answers, answers) == words
    made = summary([(RIGHT, certainty)] * right + [(WRONG, certainty)] * (answers - right))
    level = next(one for one in made.levels if one.certainty is certainty)
    assert (level.answers, level.right, level.words) == (answers, right, words)
    assert level.accuracy == pytest.approx(right / answers)


def test_the_table_has_every_level_the_surest_first() -> None:
    made = summary([(HALF, SURE), (RIGHT, SURE), (WRONG, None)])
    assert [one.certainty for one in made.levels] == [SURE, THINK, GUESS]
    assert [(one.answers, one.right, one.accuracy) for one in made.levels] == [
        (2, 1, 0.75), (0, 0, None), (0, 0, None)
    ]  # fmt: skip
    assert made.levels[2].words == "no answers"


MARKS = st.sampled_from([RIGHT, WRONG, HALF, POOR])


@given(st.lists(st.tuples(MARKS, st.sampled_from([*Certainty, None])), max_size=20))
def test_figures_stay_in_their_ranges(answers: list[tuple[Mark, Certainty | None]]) -> None:
    made = summary(answers)
    assert 0 <= made.accuracy <= 1
    assert -6 <= made.average <= 3
    assert sum(one.answers for one in made.levels) == made.answered
