"""A quiz as a state machine: keys and the clock, and that nothing given is ever lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.card import Basic, Card, Cloze, Mcq, MultiSelect, Numeric, Option, Tolerance
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import ask
from mlsd_cards.study.quiz import handed
from mlsd_cards.study.quiz.effect import Effect, HandIn, KeepClock, Leave, Note
from mlsd_cards.study.quiz.item import Item, fresh
from mlsd_cards.study.quiz.outcome import read
from mlsd_cards.study.quiz.quiz import (
    ASK,
    BROKEN_OFF,
    HANDED_IN,
    LIST,
    OVER,
    RATE,
    SAVING,
    TIME,
    Quiz,
    Rules,
    begin,
    clock,
    taken_up,
)
from mlsd_cards.study.quiz.step import away, hand_in, handed_in, press, tick, unsaved

OPTIONS = tuple(Option(text, text in {"a", "b"}) for text in "abcd")


def named(name: str) -> dict[str, str]:
    return {"id": name, "note": name, "prompt": f"The question of {name}?", "topic": "topic"}


CARDS: dict[str, Card] = {
    "mcq": Mcq(**named("mcq"), options=(OPTIONS[0], OPTIONS[2], OPTIONS[3])),
    "multi": MultiSelect(**named("multi"), options=OPTIONS),
    "number": Numeric(**named("number"), value=3.0, tolerance=Tolerance(abs=0.1)),
    "cloze": Cloze(id="cloze:c1", note="cloze", prompt="The {{c1::recall}} is a share.", ordinal=1),
    "order": Ordering(**named("order"), items=("first", "second", "third")),
    "basic": Basic(**named("basic"), answer="The answer."),
    "table": Comparison(
        **named("table"), a="A", b="B", rows=(Row("x", "1", "2"), Row("y", "3", "4"))
    ),
}
RULES = Rules("all decks", seed=3, limit=600_000)


def quiz(*cards: str, **rules: Any) -> Quiz:
    items = (fresh(ask(CARDS[name], 0), at, "deck") for at, name in enumerate(cards))
    return begin(RULES._replace(**rules), tuple(items), 0)


def key(card: str, text: str) -> str:
    """The key of an option, or of an item of an ordering."""
    question = ask(CARDS[card], 0)
    shown = [option.text for option in question.options] or list(question.items)
    return str(shown.index(text) + 1)


def after(session: Quiz, *keys: str, every: int = 0) -> Quiz:
    return played(session, *keys, every=every)[0]


def played(session: Quiz, *keys: str, every: int = 0) -> tuple[Quiz, list[Effect]]:
    """The quiz after these keys, and all that was to be done for them."""
    effects: list[Effect] = []
    for one in keys:
        session, more = press(session, one, session.at + every)
        effects += more
    return session, effects


ORDERED = [key("order", text) for text in ("first", "second", "third")]
ANSWERS = [
    ("mcq", [key("mcq", "a")], {"picked": [int(key("mcq", "a")) - 1]}, "right"),
    ("mcq", [key("mcq", "c")], {"picked": [int(key("mcq", "c")) - 1]}, "wrong"),
    ("mcq", ["down", "enter"], {"picked": [0]}, None),
    ("multi", [key("multi", "a"), key("multi", "b"), "enter"], None, "right"),
    ("multi", [key("multi", "a"), "enter"], None, "partly"),
    ("multi", [key("multi", "c"), "enter"], None, "wrong"),
    ("number", [*"3.05", "enter"], {"text": "3.05"}, "right"),
    ("number", [*"30", "enter"], {"text": "30"}, "wrong"),
    ("cloze", [*"Recall", "enter"], {"text": "Recall"}, "right"),
    ("cloze", [*"precision", "enter"], {"text": "precision"}, "wrong"),
    ("order", [*ORDERED, "enter"], None, "right"),
    ("order", [*reversed(ORDERED), "enter"], None, "wrong"),
    ("basic", ["space", "3"], {"said": 3}, "right"),
    ("basic", ["enter", "2"], {"said": 2}, "partly"),
    ("table", ["space", "1"], {"said": 1}, "wrong"),
]


@pytest.mark.parametrize(("card", "keys", "noted", "verdict"), ANSWERS)
def test_each_kind_is_answered_noted_and_marked_only_at_the_end(
    card: str, keys: list[str], noted: dict[str, Any] | None, verdict: str | None
) -> None:
    session, effects = played(quiz(card, "mcq"), *keys, every=100)
    assert session.place == 1
    note = next(effect.what for effect in effects if isinstance(effect, Note))
    assert note["item"] == 0
    assert note["given"] == session.items[0].given
    assert noted is None or note["given"] == noted
    assert note["took"] == 100 * len(keys)
    assert note["left"] == 600_000 - 100 * len(keys)
    assert session.items[0].front.mark is None
    told = handed.result(session)["items"][0]
    assert verdict is None or told["verdict"] == verdict
    assert told["self"] == (card in {"basic", "table"})


def test_the_right_answer_of_a_table_says_which_cell_it_is() -> None:
    (told,) = handed.result(quiz("table"))["items"]
    assert told["right"] in {"x, A: 1", "x, B: 2", "y, A: 3", "y, B: 4"}


@pytest.mark.parametrize(
    ("card", "keys", "said"),
    [
        ("mcq", ["enter"], "No answer yet"),
        ("multi", ["enter"], "No answer yet"),
        ("number", ["enter"], "No answer yet"),
        ("number", [*"many", "enter"], "type a number"),
        ("cloze", ["space", "enter"], "No answer yet"),
        ("order", ["enter"], "No answer yet"),
        ("order", ["2", "enter"], "2 lines have no place yet"),
    ],
)
def test_what_is_no_whole_answer_is_not_taken(card: str, keys: list[str], said: str) -> None:
    session = after(quiz(card, "mcq"), *keys)
    assert session.place == 0
    assert said in session.said


def test_the_lines_that_wait_are_taken_as_they_stand_at_the_second_enter() -> None:
    assert after(quiz("order", "mcq"), "2", "enter", "enter").place == 1


def test_one_that_is_skipped_comes_back() -> None:
    session = after(quiz("mcq", "number", "mcq"), "tab", "tab")
    assert session.place == 2
    assert after(session, "1").place == 0
    session = after(session, "1", "1")
    assert session.place == 1
    assert after(session, *"3", "enter").phase == LIST


def test_the_last_open_question_leads_to_the_list_and_the_list_to_any() -> None:
    session = after(quiz("mcq", "number", "mcq"), "1", "tab", "1", "esc", "l")
    assert session.phase == LIST
    assert session.open == [1]
    assert after(session, "enter").place == 1
    assert after(session, "3", "enter").place == 2
    assert after(session, "3", "backspace", "1", "enter").place == 0
    assert "There are 3" in after(session, "4", "enter").note
    assert "There are 3" in after(session, "0", "enter").note


def test_an_answer_is_changed_until_it_is_handed_in() -> None:
    session = after(quiz("mcq", "mcq"), "1", "b", "2")
    assert session.items[0].given == {"picked": [1]}
    session, effects = played(after(session, "1"), "h")
    assert session.phase == SAVING
    assert effects == [HandIn(HANDED_IN)]


def test_handing_in_shows_first_what_is_open() -> None:
    session, effects = played(quiz("mcq", "number"), "h")
    assert (session.phase, effects) == (LIST, [])
    assert after(session, "h").phase == SAVING


def test_flags_and_typing() -> None:
    session, effects = played(quiz("mcq", "number"), "f")
    assert session.item.flagged
    assert effects == [Note({"item": 0, "flagged": True})]
    assert not after(session, "f").item.flagged
    typing = after(session, "tab", "f", "q")
    assert typing.item.front.text == "fq"
    assert after(typing, "esc", "f").item.flagged
    assert after(typing, "esc", "l").phase == LIST
    assert after(typing, "esc", "x").item.front.text == "fq"


def test_how_sure_is_asked_after_each_answer_and_before_one_is_shown() -> None:
    session = after(quiz("mcq", "basic", certainty=True), "1")
    assert session.phase == RATE
    assert after(session, "esc").phase == ASK
    session, effects = played(session, "3")
    assert session.place == 1
    assert isinstance(effects[0], Note)
    assert effects[0].what["certainty"] == 3
    session = after(session, "space")
    assert (session.phase, session.item.is_shown) == (RATE, False)
    session = after(session, "2")
    assert (session.phase, session.item.is_shown) == (ASK, True)
    session = after(session, "3")
    assert session.items[1].certainty == 2
    assert session.phase == LIST


# the clock


def test_at_zero_it_is_handed_in_as_it_stands() -> None:
    session = after(quiz("number", "mcq", limit=10_000), *"3", every=1000)
    session, effects = tick(session, 10_500)
    assert (session.phase, session.left, session.how) == (SAVING, 0, TIME)
    assert [type(effect) for effect in effects] == [Note, HandIn]
    told = handed.result(session)
    assert [one["verdict"] for one in told["items"]] == ["right", ""]
    assert (told["how"], told["used_ms"]) == ("time", 10_000)


def test_a_question_whose_time_is_over_is_taken_as_it_stands_and_locked() -> None:
    session = after(quiz("number", "mcq", each=5000), *"3", every=1000)
    session, effects = tick(session, 5000)
    assert (session.place, session.items[0].locked) == (1, True)
    assert isinstance(effects[0], Note)
    assert effects[0].what["given"] == {"text": "3"}
    assert "Time for question 1" in session.note
    back = after(session, "b")
    assert back.place == 1
    assert "over" in after(session, "l", "1", "enter").note
    session, effects = tick(session, 10_000)
    assert (session.phase, session.how) == (SAVING, TIME)


def test_a_key_that_comes_too_late_is_no_answer_to_the_next_question() -> None:
    session = press(quiz("mcq", "mcq", each=5000), "1", 5000)[0]
    assert session.place == 1
    assert session.answered == 0
    session = press(quiz("mcq", limit=5000), "1", 5000)[0]
    assert (session.phase, session.answered) == (SAVING, 0)


def test_the_clock_is_kept_every_five_seconds_with_what_is_typed() -> None:
    session = after(quiz("number"), "3")
    kept = []
    for second in range(1, 13):
        session, effects = tick(session, 1000 * second)
        kept += [(second, type(effect).__name__) for effect in effects]
    assert kept == [(5, "Note"), (10, "KeepClock")]


@pytest.mark.parametrize(
    ("passed", "wait"), [(0, 1000), (1, 999), (999, 1), (1000, 1000), (2500, 500)]
)
def test_it_wakes_when_a_clock_shows_another_second(passed: int, wait: int) -> None:
    session = tick(quiz("mcq"), passed)[0]
    assert session.wait == wait
    shown = clock(session.left)
    assert clock(tick(session, passed + wait - 1)[0].left) == shown
    assert clock(tick(session, passed + wait)[0].left) != shown


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (1, "0:01"), (1000, "0:01"), (61_001, "1:02"), (3_600_000, "1:00:00")],
)
def test_clock(ms: int, shown: str) -> None:
    assert clock(ms) == shown


def test_a_clock_that_stood_still_takes_no_time() -> None:
    session, effects = away(quiz("mcq"), 90_000)
    assert effects == [Note({"paused": 90_000})]
    session = tick(session, 91_000)[0]
    assert session.left == 599_000
    assert handed.result(session)["paused_ms"] == 90_000
    assert "Paused for 90 s" in session.note


# leaving and coming back


@pytest.mark.parametrize("leaving", ["q", "ctrl-c", "ctrl-d"])
def test_leaving_keeps_what_stands_on_the_question(leaving: str) -> None:
    keys = ["down", "1"] if leaving != "q" else ["1"]
    session, effects = played(quiz("multi"), *keys, leaving, every=100)
    assert isinstance(effects[0], Note)
    assert effects[0].what["given"] == {"picked": [0]}
    assert effects[-2:] == [KeepClock(session.left), Leave()]


def test_it_is_taken_up_as_it_was_left() -> None:
    cards = ("mcq", "multi", "number", "cloze", "order", "basic", "table")
    rules = {"certainty": True}
    keys = ["2", "3", "1", "enter", "1", *"3.1", "enter", "2", *"recal", "tab", "3", "1", "2",
            "enter", "2", "space", "1", "2", "f", "q"]  # fmt: skip
    session, effects = played(quiz(*cards, **rules), *keys, every=700)
    notes = [effect.what for effect in effects if isinstance(effect, Note)]
    prints = [item.print for item in session.items]
    again = taken_up(quiz(*cards, **rules), prints, notes, session.left)
    assert [one.given for one in again.items] == [one.given for one in session.items]
    assert [one.certainty for one in again.items] == [one.certainty for one in session.items]
    assert [one.flagged for one in again.items] == [one.flagged for one in session.items]
    assert [one.took for one in again.items] == [one.took for one in session.items]
    assert again.left == session.left
    assert again.place == 6
    assert handed.result(again)["items"] == handed.result(session)["items"]


def test_an_answer_to_a_question_that_has_changed_is_dropped_and_one_that_went_is_none() -> None:
    notes: list[dict[str, Any]] = [
        {"item": at, "given": {"picked": [0]}, "certainty": 0, "took": 10, "left": 9}
        for at in range(3)
    ]
    session = quiz("mcq", "mcq", "mcq")
    prints = [session.items[0].print, "other", session.items[2].print]
    session = replace(session, items=(session.items[1], session.items[2]))  # the first has gone
    session = taken_up(session, prints, notes, 500)
    assert [item.given for item in session.items] == [{}, {"picked": [0]}]
    assert session.place == 0
    assert "1 changed since" in session.note


@pytest.mark.parametrize(
    "noted", [{"picked": [7]}, {"order": [0, 0, 1]}, {"said": 9}, {"text": 3}, {"more": 1}, {}]
)
def test_what_was_noted_and_fits_no_question_is_left_out(noted: dict[str, Any]) -> None:
    cards = ("mcq", "order", "basic", "number")
    session = quiz(*cards)
    notes = [
        {"item": at, "given": noted, "certainty": 0, "took": 0, "left": 9}
        for at in range(len(cards))
    ]
    session = taken_up(session, [item.print for item in session.items], notes, 9)
    assert session.answered == 0


def test_handed_in_from_outside() -> None:
    session, effects = hand_in(after(quiz("mcq", "mcq"), "1"))
    assert effects[-1] == HandIn(BROKEN_OFF)
    assert session.how == BROKEN_OFF


# what cannot be written


def test_what_could_not_be_written_is_tried_again() -> None:
    session, effects = played(quiz("mcq", "mcq"), "1")
    assert isinstance(effects[0], Note)
    session = unsaved(session, effects[0], "NOT saved: the disk is full")
    assert session.note.startswith("NOT saved")
    session, effects = played(session, "b", "tab", every=1)
    assert any(isinstance(one, Note) and one.what["given"] for one in effects)


def test_a_quiz_that_could_not_be_handed_in_waits_in_its_list() -> None:
    session, effects = tick(quiz("mcq", limit=100), 100)
    session = unsaved(session, effects[-1], "NOT saved")
    assert session.phase == LIST
    assert tick(session, 9999)[1] == []
    assert "over" in after(session, "1", "enter").note
    assert played(session, "h")[1] == [HandIn(HANDED_IN)]


# properties

KEYS = st.sampled_from(
    [*"1234567890", *"abflhq?", "enter", "space", "tab", "esc", "up", "down", "left", "right",
     "backspace", "pgup", "pgdn"]
)  # fmt: skip
STEPS = st.lists(st.tuples(KEYS, st.integers(0, 4000)), max_size=80)
SOME = st.lists(st.sampled_from(list(CARDS)), min_size=1, max_size=6)


@settings(max_examples=150)
@given(SOME, STEPS, st.sampled_from([None, 7000]), st.booleans())
def test_no_keys_lose_an_answer_or_break_the_clock(
    cards: list[str], steps: list[tuple[str, int]], each: int | None, certainty: bool
) -> None:
    session = quiz(*cards, each=each, certainty=certainty, limit=60_000)
    before, effects = session, []
    notes: dict[int, dict[str, Any]] = {}
    for name, passed in steps:
        session, more = press(session, name, session.at + passed)
        effects += more
        for one in more:
            if isinstance(one, Note) and "given" in one.what:
                notes[one.what["item"]] = one.what
        assert 0 <= session.left <= before.left
        assert session.left == max(0, 60_000 - session.at) or session.phase == SAVING
        here = session.place
        for at, (old, new) in enumerate(zip(before.items, session.items, strict=True)):
            assert old.given == new.given or at == before.place
            if at != here or session.phase in {LIST, SAVING}:
                assert not new.is_dirty  # on the disk before anything else shows
                assert new.given == notes.get(at, {"given": {}})["given"]
            assert not old.locked or old.given == new.given
        before = session
    assert sum(isinstance(one, HandIn) for one in effects) <= 1
    left, last = press(session, "ctrl-c", session.at)
    kept = [one.what for one in (*effects, *last) if isinstance(one, Note)]
    again = taken_up(quiz(*cards, each=each, certainty=certainty, limit=60_000),
                     [item.print for item in left.items], kept, left.left)  # fmt: skip
    assert [one.given for one in again.items] == [one.given for one in left.items]
    told = handed.result(again)
    assert [one["card"] for one in told["items"]] == [CARDS[name].id for name in cards]
    answered = [one for one in told["items"] if one["verdict"]]
    assert [one.card for one in handed.answers(again)] == [one["card"] for one in answered]


def test_the_end_takes_keys_to_leave_only() -> None:
    session = after(quiz("mcq"), "1", "h")
    session = handed_in(session, read(handed.result(session)))
    assert session.phase == OVER
    assert played(session, "1", "h", "f")[1] == []
    assert played(session, "q")[1] == [Leave()]
    assert played(session, "ctrl-c")[1] == [Leave()]


def test_an_item_says_what_it_asks() -> None:
    one, other = quiz("mcq", "multi").items
    changed: Item = fresh(ask(replace(CARDS["mcq"], prompt="Another?"), 0), 0, "deck")
    assert len({one.print, other.print, changed.print}) == 3
