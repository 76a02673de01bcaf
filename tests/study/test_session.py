"""The review as a machine: keys in, screens and effects out; no terminal, no clock, no disk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.card import Basic, Card, Mcq, MultiSelect, Numeric, Option, Tolerance
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.marking import Verdict
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import ask
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import NEW
from mlsd_cards.study import bindings, reply
from mlsd_cards.study.effect import Act, Edit, Effect, Flag, Leave, Look, Record, TakeBack
from mlsd_cards.study.session import (
    BACK,
    FRONT,
    OVER,
    PAN,
    SAVING,
    SETTLE_MS,
    Panel,
    Session,
    Turn,
    press,
)

OPTIONS = (Option("right one", True, "because"), Option("wrong one", False, "a trap"))
CARDS: dict[str, Card] = {
    "recall": Basic(id="recall", note="recall", prompt="Why?", answer="So."),
    "choose": Mcq(id="choose", note="choose", prompt="Which?", options=OPTIONS),
    "toggle": MultiSelect(
        id="toggle", note="toggle", prompt="Which?", options=(*OPTIONS, Option("also", True, "yes"))
    ),
    "type": Numeric(
        id="type",
        note="type",
        prompt="How many?",
        value=24.0,
        unit="GB",
        tolerance=Tolerance(rel=0.02),
    ),
    "order": Ordering(id="order", note="order", prompt="Order.", items=tuple("abcde")),
    "drawn": Diagram(id="drawn", note="drawn", prompt="Name it.", diagram="[?]", missing="x"),
}


def turn(name: str) -> Turn:
    futures = SM2().choices(NEW, 100)
    return Turn(ask(CARDS[name], 0), "deck", "new", "head", futures, NEW, 100)


def showing(name: str, **sides: object) -> Session:
    session = reply.begin(Session(queue=(name, "next"), **sides))  # type: ignore[arg-type]
    return reply.show(session, turn(name), now=1000)


def keys(session: Session, *pressed: str, now: int = 2000) -> tuple[Session, list[Effect]]:
    effects: list[Effect] = []
    for key in pressed:
        session, more = press(session, key, now)
        effects += more
        now += 1000
    return session, effects


def right(name: str, *, correct: bool = True) -> list[str]:
    """The keys that pick the right (or wrong) options as they are shown."""
    options = turn(name).question.options
    return [str(n) for n, option in enumerate(options, 1) if option.correct is correct]


def order(wanted: str) -> list[str]:
    """The keys that put the items in this order."""
    return [str(turn("order").question.items.index(item) + 1) for item in wanted]


GRADED = [
    # card, keys -> verdict, grade recorded (buttons)
    ("recall", ["space", "enter"], None, 3),
    ("recall", ["enter", "1"], None, 1),
    ("choose", [*right("choose"), "enter"], Verdict.RIGHT, 3),
    ("choose", [*right("choose", correct=False), "enter"], Verdict.WRONG, 1),
    ("choose", [*right("choose", correct=False), "4"], Verdict.WRONG, 4),
    ("toggle", [*right("toggle"), "enter", "space"], Verdict.RIGHT, 3),
    ("toggle", [right("toggle")[0], "enter", "enter"], Verdict.PARTLY, 2),
    ("type", ["2", "4", "enter", "enter"], Verdict.RIGHT, 3),
    ("type", ["2", "5", "backspace", "4", "space", "G", "B", "enter", "enter"], Verdict.RIGHT, 3),
    ("type", ["9", "enter", "enter"], Verdict.WRONG, 1),
    ("type", ["enter", "enter", "enter"], Verdict.WRONG, 1),  # nothing typed, asked about once
    ("choose", ["enter", "enter", "enter"], Verdict.WRONG, 1),
    ("order", [*order("abcde"), "enter", "enter"], Verdict.RIGHT, 3),
    ("order", [*order("abcd"), "enter", "enter"], Verdict.RIGHT, 3),  # the last is left
    ("order", [*order("bacde"), "enter", "enter"], Verdict.PARTLY, 2),
    ("order", [*order("edcba"), "enter", "enter"], Verdict.WRONG, 1),
    ("order", [*order("ac"), "backspace", *order("bcd"), "enter", "enter"], Verdict.RIGHT, 3),
    ("order", ["enter", "enter", "enter"], Verdict.WRONG, 1),
    ("order", ["down", "enter", "enter", "enter"], Verdict.WRONG, 1),  # nothing has moved
    # enter drops a line that is held, and only then answers
    ("order", [*order("bacde"), *["up"] * 4, "space", "down", "enter", "enter", "3"],
     Verdict.RIGHT, 3),
    ("drawn", ["right", "space", "left", "enter"], None, 3),
]  # fmt: skip


@pytest.mark.parametrize(("card", "pressed", "verdict", "grade"), GRADED)
def test_answers(card: str, pressed: list[str], verdict: Verdict | None, grade: int) -> None:
    session, effects = keys(showing(card), *pressed)
    assert (session.mark.verdict if session.mark else None) == verdict
    assert session.phase == SAVING
    (record,) = effects
    assert isinstance(record, Record)
    assert (record.card, record.grade, record.head) == (card, grade, "head")


def test_lines_without_a_place_are_asked_about_once() -> None:
    session, _ = keys(showing("order"), *order("ba"), "enter")
    assert session.phase == FRONT
    assert session.note.startswith("3 lines have no place yet.")
    assert keys(session, "enter")[0].phase == BACK
    assert keys(session, *order("c"), "enter")[0].note.startswith("2 lines")


def test_a_drawing_is_moved_sideways() -> None:
    session = replace(showing("drawn"), pan=4)  # where the screen has put it
    assert keys(session, "right", "right", "left")[0].pan == 4 + PAN
    assert keys(session, "left")[0].pan == 0
    assert keys(session, "space", "right")[0].pan == 4 + PAN
    assert press(showing("recall"), "right", 2000)[0] == showing("recall")


def test_the_time_taken_runs_from_the_showing_to_the_grade() -> None:
    session, _ = press(showing("recall"), "space", 3_000)
    _, (record,) = press(session, "3", 8_500)
    assert isinstance(record, Record)
    assert record.took == 7_500


def test_a_pause_is_not_recorded_as_thinking() -> None:
    session, _ = press(showing("recall"), "space", 3_000)
    _, (record,) = press(session, "3", 9_000_000)
    assert isinstance(record, Record)
    assert record.took == 600_000


@pytest.mark.parametrize("key", ["enter", "space"])
def test_a_key_meant_for_the_question_does_not_grade(key: str) -> None:
    session, _ = press(showing("recall"), "space", 3_000)
    held, effects = press(session, key, 3_000 + SETTLE_MS - 1)
    assert (held, effects) == (session, [])
    assert press(session, "3", 3_001)[1]  # a number is meant
    assert press(session, key, 3_000 + SETTLE_MS)[1]


def test_typing_takes_every_character_the_menus_letters_too() -> None:
    session, effects = keys(showing("type"), *"-5e6 us?q", "space", "@")
    assert session.text == "-5e6 us?q @"
    assert effects == []
    session, effects = keys(session, "esc", "u")
    assert effects == [TakeBack()]


def test_what_cannot_be_read_is_asked_again() -> None:
    session, effects = keys(showing("type"), *"lots", "enter")
    assert session.phase == FRONT
    assert session.note
    assert effects == []
    assert session.text == "lots"


MENU_KEYS: list[tuple[str, Effect]] = [
    ("u", TakeBack()),
    ("e", Edit("recall")),
    ("-", Act("buried", "recall")),
    ("@", Act("suspended", "recall")),
    ("*", Act("marked", "recall")),
    ("i", Look("history", "recall")),
    ("s", Look("source", "recall")),
    ("q", Leave()),
    ("ctrl-c", Leave()),
    ("ctrl-d", Leave()),
]


@pytest.mark.parametrize(("key", "effect"), MENU_KEYS)
@pytest.mark.parametrize("before", [[], ["space"], ["esc"], ["space", "esc"]])
def test_the_menu_is_open_on_recall_fronts_and_after_answers(
    key: str, effect: Effect, before: list[str]
) -> None:
    _, effects = keys(showing("recall"), *before, key)
    assert effects == [effect]


@pytest.mark.parametrize("key", ["e", "-", "@", "*", "i", "s"])
@pytest.mark.parametrize("card", ["choose", "toggle"])
def test_among_options_the_menu_is_behind_escape(card: str, key: str) -> None:
    assert keys(showing(card), key)[1] == []
    assert len(keys(showing(card), "esc", key)[1]) == 1


@given(st.text(max_size=1) | st.sampled_from(["f5", "tab", "up", "left", "home", "7", "0"]))
def test_unknown_keys_do_nothing(key: str) -> None:
    known = {k for b in (*bindings.ANSWERED["1-4"], bindings.EVERYWHERE) for k in b.keys}
    session, _ = keys(showing("recall"), "space")
    if key not in known:
        assert press(session, key, 9_000) == (session, [])


def test_panels_close_with_any_key_and_scroll() -> None:
    session, _ = keys(showing("recall"), "?")
    assert session.panel is not None
    assert session.panel.name == "keys"
    session, _ = keys(session, "down", "down", "up")
    assert session.scroll == 1
    session, effects = keys(session, "3")
    assert session.panel is None
    assert effects == []
    assert session.phase == FRONT


@pytest.mark.parametrize(
    ("card", "before", "answer"),
    [("recall", [], ""), ("recall", ["space"], ""), ("choose", ["esc"], ""),
     ("type", ["5", "0", "esc"], "50")],
)  # fmt: skip
def test_a_note_is_typed_below_the_card(card: str, before: list[str], answer: str) -> None:
    first = reply.show(Session(queue=(card,)), turn(card)._replace(head=""), now=1000)
    start, _ = keys(first, *before)
    session, effects = keys(start, "!", *"q3?!", "space", "backspace", "space", *"é", "left", "tab")
    assert session.panel == Panel("flag", ("q3?! é",))
    assert (effects, session.text, session.phase) == ([], answer, start.phase)
    asked, effects = keys(session, "enter")
    assert effects == [Flag(card, "q3?! é")]
    assert asked.panel == session.panel  # it stays until it is on the disk
    assert reply.unsaved(asked, "NOT saved").panel == session.panel
    kept = reply.flagged(asked, card, "f")
    assert kept.panel is None
    assert (kept.phase, kept.text) == (start.phase, answer)
    assert keys(session, "esc") == (replace(start, panel=None), [])
    assert keys(session, "ctrl-c")[1] == [Leave()]
    assert len(keys(session, *"x" * 300)[0].panel.lines[0]) == 200  # type: ignore[union-attr]


def test_a_flag_changes_the_head_by_itself_alone_and_back() -> None:
    first = reply.show(Session(queue=("recall",)), turn("recall")._replace(head="a"), now=0)
    session = reply.flagged(replace(first, panel=Panel("flag", ("x",))), "recall", "6")
    assert session.turn is not None
    assert session.turn.head == "c"
    back = reply.remarked(session, "recall", False, "6")
    assert back.turn == first.turn


def test_an_edited_card_is_asked_anew_in_its_place() -> None:
    session, _ = keys(showing("recall"), "space")
    again = reply.asked_again(session, "recall", "changed")
    assert (again.wanted, again.queue, again.phase) == ("recall", ("recall", "next"), FRONT)
    shown = reply.show(again, turn("recall"), now=5000)
    assert (shown.queue, shown.note, shown.revealed_at) == (("next",), "changed", 0)


def test_a_card_that_an_edit_took_away_makes_room_for_the_next() -> None:
    session = reply.dropped(showing("recall"), "gone")
    assert (session.wanted, session.note) == ("next", "gone")
    last = reply.show(Session(queue=("recall",)), turn("recall"), now=0)
    assert reply.dropped(last, "gone").phase == OVER


def test_the_next_card_waits_for_the_disk() -> None:
    session, _ = keys(showing("recall"), "space", "3")
    assert session.wanted is None
    session = reply.recorded(session, "uid", 3, 900, SM2().review(NEW, 4, 100))
    assert session.wanted == "next"
    assert session.note == "saved: Good, again in 1 d (u takes it back)"
    assert [answer.card for answer in session.answers] == ["recall"]


def test_hard_is_drilled_at_the_end_but_not_in_a_backlog() -> None:
    for backlog, drill in ((False, ("recall",)), (True, ())):
        session, _ = keys(showing("recall", backlog=backlog), "space", "2")
        session = reply.recorded(session, "uid", 2, 900, SM2().review(NEW, 3, 100))
        assert session.drill == drill
        assert session.wanted == "next"
    session, _ = keys(showing("recall", backlog=True), "space", "1")
    assert reply.recorded(session, "uid", 1, 9, SM2().review(NEW, 1, 100)).drill == ("recall",)


def test_drill_comes_after_the_queue_until_it_is_right() -> None:
    session = reply.begin(Session(queue=("recall",)))
    session = reply.show(session, turn("recall"), 0)
    session = reply.recorded(session, "u1", 1, 9, SM2().review(NEW, 1, 100))
    assert session.wanted == "recall"
    session = reply.show(session, turn("recall"), 0)
    assert session.left == 1
    session = reply.recorded(session, "u2", 3, 9, SM2().review(NEW, 4, 100))
    assert session.phase == OVER


def test_undo_brings_the_card_back_and_the_present_one_after_it() -> None:
    session = showing("recall")
    session = reply.recorded(session, "u1", 1, 9, SM2().review(NEW, 1, 100))
    session = reply.show(session, turn("choose")._replace(), 0)
    session = reply.taken_back(session, "u1", "recall", "Again on recall", ask=True)
    assert session.queue[:2] == ("recall", "choose")
    assert session.drill == ()
    assert session.answers == ()
    assert "taken back" in session.note


def test_undo_on_the_end_screen() -> None:
    session = reply.begin(Session(queue=()))
    assert session.phase == OVER
    _, effects = keys(session, "u")
    assert effects == [TakeBack()]
    session = reply.taken_back(session, "u0", "recall", "Good on recall", ask=True)
    assert session.phase == FRONT
    assert session.wanted == "recall"


def test_a_stale_card_is_shown_again_and_not_counted() -> None:
    session, _ = keys(showing("recall"), "space", "3")
    session = reply.stale(session, "elsewhere")
    assert session.wanted == "recall"
    assert session.answers == ()
    assert session.note == "elsewhere"


def test_what_could_not_be_saved_can_be_graded_again() -> None:
    session, _ = keys(showing("recall"), "space", "3")
    session = reply.unsaved(session, "disk full")
    assert session.phase == BACK
    assert keys(session, "3")[1]


def test_an_undone_mark_leaves_what_another_window_did_unseen() -> None:
    marked = reply.acted(showing("recall"), "marked", "recall", "a1")
    assert marked.turn is not None
    back = reply.remarked(marked, "recall", False, "a1")
    assert back.turn is not None
    assert (back.turn.marked, back.turn.head) == (False, "")


def test_a_failure_on_the_end_screen_leaves_it_open() -> None:
    session = reply.unsaved(reply.begin(Session()), "locked")
    assert session.phase == OVER
    assert keys(session, "q")[1] == [Leave()]


def test_marking_toggles() -> None:
    session = reply.acted(showing("recall"), "marked", "recall", "new-head")
    assert session.turn is not None
    assert session.turn.marked
    assert session.turn.head == "new-head"  # or the grade would be refused as stale
    assert keys(session, "*")[1] == [Act("unmarked", "recall")]


def test_grades_of_sm2() -> None:
    session, _ = keys(showing("recall", scale="0-5"), "space")
    assert session.proposed == 4
    _, (record,) = press(session, "5", 9_000)
    assert isinstance(record, Record)
    assert record.grade == 5
    assert press(session, "0", 9_000)[1]


def test_practice_drills_nothing() -> None:
    session, _ = keys(showing("recall", practice=True), "space", "1")
    session = reply.recorded(session, "u1", 1, 9, NEW)
    assert session.drill == ()
    assert "practice" in session.note


def test_the_tables_name_no_key_twice_at_one_moment() -> None:
    moments = [
        *bindings.ANSWERING.values(),
        *bindings.ANSWERED.values(),
        bindings.OVER,
        bindings.MENU,
        bindings.HOLDING,
        bindings.NOTING,
        (*bindings.ANSWERING["recall"], *bindings.DRAWN),
        (*bindings.ANSWERED["1-4"], *bindings.DRAWN),
    ]
    for moment in moments:
        named = [key for binding in moment for key in binding.keys]
        assert len(named) == len(set(named)), moment


KEYS = st.sampled_from(
    [*"0123456789abq?u-@*is!e", *"enter space esc up down left right backspace".split()]
)


@given(st.sampled_from(sorted(CARDS)), st.lists(KEYS, max_size=20))
def test_any_keys_lead_to_a_sane_place(card: str, pressed: list[str]) -> None:
    session, now = showing(card), 2000
    for key in pressed:
        session, effects = press(session, key, now)
        now += 500
        assert session.scroll >= 0
        if session.phase == SAVING:
            assert effects
            return
    assert session.turn is not None
    assert replace(session, panel=None).keys
