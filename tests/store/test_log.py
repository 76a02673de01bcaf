"""The fold: any arrival order, any undoing, the same state."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.schedule.sm2 import SM2, Options
from mlsd_cards.schedule.state import NEW
from mlsd_cards.store import log
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
