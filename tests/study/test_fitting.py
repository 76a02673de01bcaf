"""Parameters fitted to one's own answers: which answers count, and what the later ones say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.schedule.parameters import DEFAULT, are_parameters
from mlsd_cards.store import log
from mlsd_cards.store.log import Event
from mlsd_cards.study import fitting
from mlsd_cards.study.fitting import Answer, Past, check, fit, pasts, predictions

FORGETFUL = (0.05, 0.2, 0.4, 1.5, *DEFAULT[4:])
"""Of a learner who forgets first answers much sooner than most."""


def event(day: int, grade: int | None = 3, kind: str = log.REVIEWED, **more: object) -> Event:
    made = Event("c", day * 10, "d", f"{day + 1:x}{len(kind):x}", kind, day, 0, day, grade, "1-4")
    return made._replace(source=log.REVIEW)._replace(**more)  # type: ignore[arg-type]


def reset(day: int) -> Event:
    return event(day, None, log.RESET)


PASTS = [
    # events, then the pasts as (rating, elapsed)
    ([event(1), event(3, 1), event(3, 3, time=31, uid="f")], [[(3, 0), (1, 2), (3, 0)]]),
    ([event(1), event(3), reset(4), event(9)], [[(3, 0), (3, 2)], [(3, 0)]]),
    ([event(1), event(2, source=log.PRACTICE), event(5)], [[(3, 0), (3, 4)]]),
    ([event(1), event(2, 1, source=log.QUIZ), event(5)], [[(3, 0), (3, 4)]]),
    ([event(1, 1, source=log.QUIZ), event(5)], [[(1, 0), (3, 4)]]),  # it began with this answer
    ([event(1), event(4, None, log.CALLED), event(4, time=41, uid="e")], [[(3, 0), (3, 3)]]),
    ([event(1, 30, log.PLACED, scale=log.DAYS), event(30), event(40)], []),
    ([event(1, 30, log.PLACED, scale=log.DAYS), event(30), reset(31), event(40)], [[(3, 0)]]),
    ([event(1, 0, scale="0-5"), event(3, 5, scale="0-5")], [[(1, 0), (4, 2)]]),
    ([event(1), event(3), event(4, None, log.UNDONE, payload='{"event": "48"}')], [[(3, 0)]]),
]


@pytest.mark.parametrize(("events", "expected"), PASTS)
def test_a_past_is_what_fsrs_is_given(
    events: list[Event], expected: list[list[tuple[int, int]]]
) -> None:
    told = [[(one.rating, one.elapsed) for one in past.answers] for past in pasts(events)]
    assert told == expected


def test_a_card_by_itself_and_nothing_of_the_log_as_a_whole() -> None:
    events = [event(0, None, log.CONFIGURED, card=""), event(1), event(2, card="d")]
    assert [past.card for past in pasts(events)] == ["c", "d"]


def test_answers_of_later_days_are_predicted_from_those_before() -> None:
    told = [Past("c", [Answer(1, 3, 0), Answer(3, 1, 2), Answer(3, 3, 0), Answer(4, 3, 1)])]
    model = FSRS()
    first = model.after(None, 3, 0)
    later = model.after(model.after(first, 1, 2), 3, 0)
    assert [(one.day, one.chance, one.passed) for one in predictions(told, DEFAULT)] == [
        (3, model.recall(first, 2), False),
        (4, model.recall(later, 1), True),
    ]
    assert fitting.count(told) == 2


def learnt(parameters: Sequence[float], cards: int, seed: int = 1) -> list[Past]:
    """What a learner of these parameters answers, asked at growing intervals."""
    rng, truth = Random(seed), FSRS(parameters)

    def answers(day: int) -> Iterator[Answer]:
        memory, gap = truth.after(None, 3, 0), 4
        yield Answer(day, 3, 0)
        for _ in range(3):
            day += gap
            rating = 3 if rng.random() < truth.recall(memory, gap) else 1
            yield Answer(day, rating, gap)
            memory = truth.after(memory, rating, gap)
            gap = gap * 2 if rating > 1 else 4

    return [Past(f"c{number}", list(answers(number % 100))) for number in range(cards)]


def test_held_out_answers_are_the_latest_and_the_fit_never_sees_them() -> None:
    told, seen = learnt(DEFAULT, 100), []

    def fitted(given: Sequence[Past], before: int) -> tuple[float, ...]:
        seen.append(before)
        return DEFAULT

    found = check(told, Random(1), fitted)
    days = [one.day for one in predictions(told, DEFAULT)]
    assert seen == [found.first]
    assert found.trained == sum(day < found.first for day in days)
    assert found.held_out == sum(day >= found.first for day in days) >= len(days) // 5
    assert found.default == found.fitted
    assert (found.low, found.high, found.wins) == (0, 0, False)


def test_what_is_known_of_the_learner_wins_and_what_is_false_loses() -> None:
    told = learnt(FORGETFUL, 400)
    right = check(told, Random(1), lambda *_: FORGETFUL)
    assert right.wins
    assert right.fitted < right.default
    assert right.low < right.default - right.fitted < right.high
    wrong = check(told, Random(1), lambda *_: (100.0,) * 4 + DEFAULT[4:])
    assert wrong.high < 0
    assert not wrong.wins


def test_answers_of_one_day_cannot_be_split() -> None:
    told = [Past(f"c{number}", [Answer(1, 3, 0), Answer(2, 3, 1)]) for number in range(10)]
    with pytest.raises(ValueError, match="one day"):
        check(told, Random(1), lambda *_: DEFAULT)


def test_fsrs_rs_finds_a_learner_who_is_not_the_average() -> None:
    pytest.importorskip("fsrs_rs_python")
    told = learnt(FORGETFUL, 1500)
    found = fit(told)
    assert are_parameters(found)
    assert found[2] < DEFAULT[2] / 2
    assert check(told, Random(1)).wins
    earlier = [past._replace(answers=[a for a in past.answers if a.day < 60]) for past in told]
    assert fit(told, before=60) == fit(earlier), "the answers held out were not seen"
