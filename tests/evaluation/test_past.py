"""Which answers can be predicted, from events and in general."""

from __future__ import annotations

import pytest

from mlsd_cards.evaluation.past import Answer, Past, gaps, of_events, trials
from mlsd_cards.evaluation.predictor import READINGS, sm2
from mlsd_cards.schedule.sm2 import Options
from mlsd_cards.store import log
from mlsd_cards.store.log import Event


def answers(*days_and_grades: tuple[int, int], card: str = "a") -> list[Answer]:
    return [Answer(card, at, day, grade) for at, (day, grade) in enumerate(days_and_grades)]


def test_a_review_counts_when_the_card_was_answered_on_an_earlier_day() -> None:
    past = Past.of(answers((0, 1), (0, 4), (1, 4), (1, 4), (7, 1), (8, 1), (9, 4)))
    found, left = trials(past)
    assert [trial.place for trial in found] == [2, 4, 5, 6]
    assert [trial.gap for trial in found] == [1, 6, 1, 1]
    assert [trial.number for trial in found] == [2, 3, 4, 5]
    assert [trial.lapses for trial in found] == [0, 0, 1, 2]  # not the first answer, nor drill
    assert left == {"first answers": 1, "same-day answers": 2}


def test_a_day_that_goes_back_takes_no_days_away() -> None:
    history = answers((10, 4), (9, 4), (10, 4))
    assert gaps(history) == [0, 0, 1]


def test_trials_of_several_cards_stand_in_the_order_of_time() -> None:
    one = [Answer("a", at, at, 4) for at in (0, 2, 5)]
    two = [Answer("b", at, at, 4) for at in (1, 3, 4)]
    found, _ = trials(Past.of([*one, *two]))
    assert [trial.answer.at for trial in found] == [2, 3, 4, 5]


def event(uid: int, kind: str, day: int, grade: int | None = None, **more: object) -> Event:
    scale = log.BUTTONS if kind == log.REVIEWED else None
    made = Event("card", uid, "d", f"{uid:x}", kind, uid, 0, day, grade, scale, 1, log.REVIEW)
    return made._replace(**more)  # type: ignore[arg-type]


def test_events_are_answers_as_the_fold_has_them() -> None:
    past = of_events(
        [
            event(1, log.REVIEWED, 0, 2),
            event(2, log.REVIEWED, 0, 5, scale="0-5"),
            event(3, log.REVIEWED, 1, 1, source=log.PRACTICE),
            event(4, log.REVIEWED, 1, 1, source=log.QUIZ),
            event(5, log.REVIEWED, 2, 3, source=log.COUNTED),
            event(6, log.REVIEWED, 3, 3, source="anki:x"),
            event(7, log.SUSPENDED, 3),
        ]
    )
    assert [answer.grade for answer in past.histories[0]] == [3, 5, 4, 4]
    assert past.left == {"practice and quizzes": 2}


def test_a_reset_begins_anew_and_a_placed_card_is_left_out_until_then() -> None:
    past = of_events(
        [
            event(1, log.PLACED, 0, 21, scale=log.DAYS),
            event(2, log.REVIEWED, 21, 3),
            event(3, log.RESET, 22),
            event(4, log.REVIEWED, 23, 3),
            event(5, log.PLACED, 23, 21, scale=log.DAYS),  # it was answered already
            event(6, log.REVIEWED, 24, 3),
            event(7, log.RESET, 25),
            event(8, log.REVIEWED, 26, 3),
        ]
    )
    assert [[answer.day for answer in history] for history in past.histories] == [[23, 24], [26]]
    assert past.left == {"cards that a placement took as known": 1}
    found, left = trials(past)
    assert len(found) == 1
    assert left["first answers"] == 2


@pytest.mark.parametrize(
    ("options", "third"),
    [(Options(), 1), (Options(lapse_is_first=True), 6), (Options(lapse_lowers_ef=True), 1)],
)
def test_sm2_predicts_nine_tenths_for_the_end_of_its_interval(options: Options, third: int) -> None:
    history = answers((0, 4), (1, 1), (2, 4), (8, 4))  # after a lapse 1, then 1 or 6
    told = sm2(options)([])(history)
    assert told[1:3] == [0.9, 0.9]
    assert told[3] == pytest.approx(0.9 ** (6 / third))


def test_every_reading_that_schedules_otherwise_has_a_row() -> None:
    pairs = {(options.lapse_lowers_ef, options.lapse_is_first) for options in READINGS.values()}
    assert len(pairs) == len(READINGS) == 4
    drill = sm2(Options(drill_below=3))([])(answers((0, 3), (0, 3), (1, 3), (7, 3), (9, 4)))
    assert drill == sm2(Options())([])(answers((0, 3), (0, 3), (1, 3), (7, 3), (9, 4)))
