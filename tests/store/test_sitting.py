"""Sittings: what was given is kept at once, and a sitting is handed in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import ledger, log
from mlsd_cards.store.database import Store
from mlsd_cards.store.merge import merge
from mlsd_cards.store.sitting import BY_TOPIC, INTERVIEW, QUIZ, Answer, Sittings
from mlsd_cards.store.undo import undo
from mlsd_cards.study.history import steps

NOON = 1_795_262_400_000


def moment(minutes: int = 0) -> Moment:
    return Moment.of(NOON + minutes * 60_000, 0)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home")


def test_a_sitting_from_its_beginning_to_its_end(store: Store, tmp_path: Path) -> None:
    sittings = Sittings(store, QUIZ)
    name = sittings.begin(moment(), {"seed": 3})
    sittings.note(name, moment(1), {"question": 0, "picked": [1]})
    sittings.keep_clock(name, 90_000)
    store.close()

    store = Store.open(tmp_path / "home")  # as after a kill
    sittings = Sittings(store, QUIZ)
    (open_,) = sittings.open()
    assert open_.paper == {"seed": 3}
    assert open_.notes == [{"question": 0, "picked": [1]}]
    assert sittings.clock(name) == 90_000
    assert sittings.end(name, moment(2), {"score": 1.0}, [Answer("card", 1, 4000)])
    assert not sittings.end(name, moment(3), {"score": 2.0}, [Answer("card", 1, 4000)])

    (ended,) = sittings.all()
    assert ended.result == {"score": 1.0}
    assert sittings.open() == []
    assert sittings.clock(name) is None
    (answer,) = store.events("card")
    assert (answer.source, answer.took) == (log.QUIZ, 4000)
    assert log.payload(answer) == {"sitting": name}
    assert store.folded("card").state.drill


def test_kinds_and_machines_are_kept_apart(store: Store, tmp_path: Path) -> None:
    quizzes, interviews = Sittings(store, QUIZ), Sittings(store, INTERVIEW)
    names = [quizzes.begin(moment(minute), {"n": minute}) for minute in range(5)]
    interviews.begin(moment(), {})
    assert [one.name for one in quizzes.all()] == names
    assert len(interviews.all()) == 1
    other = Store.open(tmp_path / "other")
    merge(other, store.events())
    assert len(Sittings(other, QUIZ).all()) == 5
    assert Sittings(other, QUIZ).open() == []  # another machine sits in them
    assert not other.is_used()


def test_what_fails_at_the_end_leaves_it_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sittings = Sittings(store, QUIZ)
    name = sittings.begin(moment(), {})

    def full(*_: object, **__: object) -> None:
        raise UserError("the disk is full", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "note", full)
        with pytest.raises(UserError):
            sittings.end(name, moment(1), {}, [Answer("card", 1, 1)])
    assert store.events("card") == []
    assert len(sittings.open()) == 1


def test_an_undo_passes_over_the_answers_of_a_quiz(store: Store) -> None:
    store.append(log.REVIEWED, "other", moment(), grade=3, scale="1-4", source=log.REVIEW)
    sittings = Sittings(store, QUIZ)
    sittings.end(sittings.begin(moment(1), {}), moment(2), {}, [Answer("card", 1, 1)])
    undone = undo(store, moment(3))
    assert undone is not None
    assert undone.card == "other"
    store.rebuild()
    assert [card for card, _ in ledger.states(store)] == ["card"]


def test_known_cards_start_as_known(store: Store) -> None:
    sittings = Sittings(store, QUIZ)
    name = sittings.begin(moment(), {"place": True})
    answers = [Answer("known", 3, 1), Answer("missed", 1, 1)]
    assert sittings.end(name, moment(1), {}, answers, placed=[("known", 30), ("missed", 30)])
    assert sittings.place(name, moment(2), [("topic", 25), ("known", 25)], by=BY_TOPIC) == ["topic"]
    intervals = {card: folded.state.interval for card, folded in ledger.states(store)}
    assert intervals == {"known": 30, "missed": 1, "topic": 25}  # what was missed is not known
    event = store.events("topic")[-1]
    assert (event.grade, event.scale) == (25, log.DAYS)
    assert log.payload(event) == {"sitting": name, "by": "topic"}
    (step,) = steps(store.events("topic"), store.scheduler)
    assert step.rule == "topic known before it was studied: starts 25 d ahead; `reset` makes it new"
    assert store.events("known")[-1].kind == log.PLACED
    before = dict(ledger.states(store))
    store.rebuild()
    assert dict(ledger.states(store)) == before


def test_cards_are_placed_all_or_none(store: Store) -> None:
    sittings = Sittings(store, QUIZ)
    name = sittings.begin(moment(), {"place": True})

    def cards() -> Iterator[tuple[str, int]]:
        yield "one", 30
        raise UserError("the disk is full", "Make room.")

    with pytest.raises(UserError):
        sittings.end(name, moment(1), {}, [Answer("one", 3, 1)], placed=cards())
    assert store.events("one") == []
    assert len(sittings.open()) == 1
