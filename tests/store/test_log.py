"""The fold: any arrival order, any undoing, the same state."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.schedule.parameters import DEFAULT
from mlsd_cards.schedule.sm2 import SM2, Options
from mlsd_cards.schedule.state import NEW
from mlsd_cards.store import log
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.log import Event, Folded


def event(kind: str = log.REVIEWED, time: int = 1, uid: str = "a1", **sides: object) -> Event:
    base = Event(
        "card", time, "d0", uid, kind, time, 0, time, grade=3, scale="1-4", source="review"
    )
    return base._replace(**sides)  # type: ignore[arg-type]


def undone(target: str, time: int, uid: str) -> Event:
    return event(log.UNDONE, time, uid, payload=json.dumps({"event": target}), grade=None)


def folded(*events: Event) -> Folded:
    return log.fold(log.effective(events), SM2())


KINDS = st.sampled_from([*log.UNDOABLE, log.REVIEWED, log.REVIEWED, log.REVIEWED])
EVENTS = st.lists(
    st.builds(
        event,
        kind=KINDS,
        time=st.integers(0, 50),
        uid=st.integers(1, 2**80 - 1).map("{:x}".format),
        device=st.sampled_from(["d1", "d2"]),
        grade=st.integers(1, 4),
        source=st.sampled_from(["review", "practice"]),
    ),
    max_size=20,
    unique_by=lambda e: e.uid,
)


@given(EVENTS, st.data())
def test_any_order_of_arrival_gives_the_same_state(
    events: list[Event], data: st.DataObject
) -> None:
    taken = data.draw(st.lists(st.sampled_from(events), unique=True)) if events else []
    undoings = [undone(e.uid, 60 + n, f"{n:x}f") for n, e in enumerate(taken)]
    everything = events + undoings
    shuffled = data.draw(st.permutations(everything))
    assert folded(*shuffled) == folded(*everything)
    assert folded(*everything) == folded(*(e for e in events if e not in taken))


@given(EVENTS)
def test_one_event_at_a_time_is_the_whole_fold(events: list[Event]) -> None:
    step = log.FRESH
    for one in log.effective(events):
        step = log.fold([one], SM2(), step)
    assert step == folded(*events)


def test_an_undoing_may_arrive_before_its_target() -> None:
    first, second = event(time=1, uid="a1"), event(time=2, uid="a2", grade=1)
    assert folded(undone("a2", 3, "a3"), second, first) == folded(first)


def test_an_undoing_cannot_be_undone() -> None:
    review, undo = event(uid="a1"), undone("a1", 2, "a2")
    assert folded(review, undo, undone("a2", 3, "a3")) == log.FRESH


def test_practice_is_shown_but_never_schedules() -> None:
    result = folded(event(source=log.PRACTICE))
    assert result.state == NEW
    assert result.showings == 1


def test_flags_and_reset() -> None:
    table = [
        ([log.SUSPENDED], Folded(suspended=True)),
        ([log.SUSPENDED, log.RESUMED], Folded()),
        ([log.BURIED], Folded(buried=1)),
        ([log.BURIED, log.RESUMED], Folded()),
        ([log.MARKED], Folded(marked=True)),
        ([log.MARKED, log.UNMARKED], Folded()),
        ([log.REVIEWED, log.RESET], Folded(showings=1)),
        (["a-kind-of-next-year"], Folded()),
    ]
    for kinds, expected in table:
        events = [event(kind, n + 1, f"b{n}") for n, kind in enumerate(kinds)]
        assert folded(*events)._replace(head="") == expected, kinds


def test_the_head_names_the_set_of_effective_events() -> None:
    one, two = event(uid="a1"), event(time=2, uid="b2")
    assert folded().head == ""
    assert folded(one).head != folded(one, two).head
    assert folded(one, two, undone("b2", 3, "c3")).head == folded(one).head


def test_grades_of_both_scales() -> None:
    assert [log.quality(grade, "1-4") for grade in range(1, 5)] == [1, 3, 4, 5]
    assert [log.quality(grade, "0-5") for grade in range(6)] == [0, 1, 2, 3, 4, 5]


def test_the_last_word_on_a_setting_wins_and_unknown_ones_are_passed_over() -> None:
    def configured(time: int, **values: object) -> Event:
        return event(log.CONFIGURED, time, f"e{time}", card="", payload=json.dumps(values))

    events = [
        configured(3, drill_below=3, warp=9),
        configured(1, drill_below=4, rollover=300, lapse_is_first=True),
    ]
    settings = log.settings(events)
    assert settings.rollover == 300
    assert settings.sm2 == Options(lapse_is_first=True, drill_below=3)


def test_settings_of_fsrs_that_cannot_be_are_passed_over() -> None:
    def after(*payloads: str) -> log.Settings:
        return log.settings(
            event(log.CONFIGURED, time, f"e{time}", card="", payload=one)
            for time, one in enumerate(payloads, 1)
        )

    numbers = list(DEFAULT)
    good = json.dumps({"scheduler": "fsrs", "desired_retention": 0.8, "fsrs_parameters": numbers})
    assert after(good) == log.Settings("fsrs", desired_retention=0.8, fsrs_parameters=DEFAULT)
    hostile = [
        '{"scheduler": ["fsrs"]}', '{"desired_retention": NaN}',
        '{"desired_retention": Infinity}', '{"desired_retention": "0.9"}',
        '{"desired_retention": true}', '{"desired_retention": 1}', '{"fsrs_parameters": null}',
        '{"fsrs_parameters": [0.2]}', '{"fsrs_parameters": {}}',
        json.dumps({"fsrs_parameters": [float("nan"), *numbers[1:]]}),
        json.dumps({"fsrs_parameters": [*numbers[:20], 1e400]}),
        json.dumps({"fsrs_parameters": [*numbers[:20], [0.1]]}),
        json.dumps({"fsrs_parameters": [*numbers, 0.1]}),
    ]  # fmt: skip
    for one in hostile:
        assert after(good, one) == after(good), one
        with pytest.raises(ValueError, match="payload"):
            admitted(event(log.CONFIGURED, payload=one)._asdict())
    # what a newer machine may have: kept, and nothing to this one
    assert after(good, '{"scheduler": "fsrs-9"}') == after(good)
    for one in (good, '{"scheduler": "fsrs-9"}', '{"fsrs_parameters": []}'):
        assert admitted(event(log.CONFIGURED, payload=one)._asdict()).payload == one


def test_the_scheduler_is_the_one_that_the_settings_name() -> None:
    assert isinstance(log.scheduler_of(log.Settings()), SM2)
    told = log.Settings("fsrs", desired_retention=0.8)
    scheduler = log.scheduler_of(told)
    assert isinstance(scheduler, FSRS)
    assert (scheduler.parameters, scheduler.retention) == (DEFAULT, 0.8)
    fitted = (5.0, *DEFAULT[1:])
    assert log.scheduler_of(told._replace(fsrs_parameters=fitted)).review(NEW, 0, 1).interval > 5


def test_a_quiz_calls_wrong_answers_back_and_leaves_right_ones_alone() -> None:
    reviews = [
        event(day=1, uid="a1"),
        event(day=2, time=2, uid="a2"),
        event(day=8, time=3, uid="a3"),
    ]
    before = folded(*reviews).state
    assert (before.interval, before.due) == (15, 23)
    for grade, expected in ((3, before), (2, before), (1, before._replace(interval=5, due=13))):
        asked = event(day=13, time=4, uid="a4", grade=grade, source=log.QUIZ)
        assert folded(*reviews, asked).state == expected, grade
        assert folded(*reviews, asked).showings == 4
    wrong = event(day=13, time=4, uid="a4", grade=1, source=log.QUIZ)
    passed = event(day=13, time=5, uid="a5")
    assert folded(*reviews, wrong, passed).state.interval == 13  # ⌈5 × 2.50⌉, not ⌈15 × 2.50⌉
    counted = event(day=23, time=4, uid="a4", source=log.COUNTED)
    assert folded(*reviews, counted) == folded(*reviews, event(day=23, time=4, uid="a4"))


def test_a_wrong_answer_to_a_new_card_and_on_the_day_of_a_review() -> None:
    new = event(day=5, uid="a1", grade=1, source=log.QUIZ)
    assert folded(new).state == folded(event(day=5, uid="a1", grade=1)).state
    again = event(day=5, time=2, uid="a2", grade=1, source=log.QUIZ)
    before = folded(event(day=5, uid="a1")).state
    assert folded(event(day=5, uid="a1"), again).state == before._replace(drill=True)


def test_a_card_that_is_called_back_is_due_as_after_a_wrong_answer_of_a_quiz() -> None:
    called = event(log.CALLED, 9, "a9", day=13, grade=None, source=None)
    wrong = event(day=13, time=9, uid="a9", grade=1, source=log.QUIZ)
    for past in ([], [event(day=13, uid="a1")], [event(day=8, uid="a1")], [event(uid="a1")]):
        assert folded(*past, called).state == folded(*past, wrong).state
        assert folded(*past, called).showings == len(past)  # nothing was answered
        assert folded(*past, called, undone("a9", 10, "b1")) == folded(*past)
        assert folded(*past, called, event(log.RESET, 10, "b1")).state == NEW


def test_a_placed_card_starts_ahead_until_it_is_reset() -> None:
    placed = event(log.PLACED, day=10, uid="a1", grade=30)._replace(scale=log.DAYS)
    state = folded(placed).state
    assert (state.interval, state.due, state.first, state.last) == (30, 40, None, 10)
    review = event(day=40, time=2, uid="a2")
    assert folded(placed, review).state[:4] == (4, 250, 75, 115)
    assert folded(placed, event(log.RESET, 2, "a2")).state == NEW
    assert (
        folded(event(day=1, uid="a0"), placed._replace(time=3)).state == folded(event(day=1)).state
    )


def test_sittings_are_nothing_to_a_fold() -> None:
    for kind in (log.BEGUN, log.NOTED, log.ENDED):
        assert folded(event(kind)) == log.FRESH
