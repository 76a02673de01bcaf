"""An interview as a machine: keys and time in, notes and effects out; no terminal, no disk."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import CASE, MINUTE, SECOND, Played, attempt, playing
from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.study.interview import reply
from mlsd_cards.study.interview.attempt import read
from mlsd_cards.study.interview.clock import clock, minutes
from mlsd_cards.study.interview.effect import Call, Drop, Leave
from mlsd_cards.study.interview.interview import OFFER, PROMPT, RESULT, RUBRIC, STEP, Interview
from mlsd_cards.study.interview.score import Lesson
from mlsd_cards.study.interview.step import KEPT_MS, LINE, press, tick

LESSONS = (Lesson("clarify", "Says what", (("a", "A?"), ("b", "B?"))),)


def test_nothing_has_begun_while_the_task_is_read() -> None:
    played = Played(Interview(attempt()))
    played.wait(5 * MINUTE)
    assert (played.now.phase, played.now.attempt.used, played.effects) == (PROMPT, 0, [])
    assert played.now.wait is None
    played.press("x", "enter")
    assert played.now.phase == STEP
    assert played.now.wait == 1.0


def test_lines_are_notes_of_their_step_and_steps_can_be_returned_to() -> None:
    played = playing()
    played.type("first", "  second ", "", "   ")
    played.press(*"half", "tab", after=SECOND)
    played.type("of frame")
    played.press("ctrl-b", after=SECOND)
    played.type("more")
    notes = played.now.attempt.notes
    assert notes[:3] == (("first", "  second", "half", "more"), ("of frame",), ())
    assert played.now.attempt.spent[:3] == (5 * SECOND, SECOND, 0)
    played.press("ctrl-b")
    assert "first step" in played.now.note
    played.wait(SECOND)
    assert played.now.attempt.spent[:2] == (6 * SECOND, SECOND)


@pytest.mark.parametrize(
    ("keys", "phase", "at"),
    [
        (["tab"], STEP, 1),
        (["ctrl-n", "ctrl-n"], STEP, 2),
        (["esc", "n"], STEP, 1),
        (["tab", "esc", "b"], STEP, 0),
        (["esc", "x"], STEP, 0),
        (["esc", "s"], RUBRIC, 0),
        (["tab"] * 7, STEP, 6),
        (["tab"] * 8, RUBRIC, 6),
        ([*["tab"] * 7, "x", "tab"], STEP, 6),
        ([*["tab"] * 7, "ctrl-b", "tab"], STEP, 6),
        (["esc", "p", "enter", "tab"], STEP, 1),
    ],
)
def test_from_step_to_step(keys: list[str], phase: str, at: int) -> None:
    played = playing()
    played.press(*keys)
    assert (played.now.phase, played.now.attempt.at) == (phase, at)


def test_what_is_laid_over_stops_neither_the_clock_nor_loses_what_is_typed() -> None:
    played = playing()
    played.press(*"half", "esc", "?", after=SECOND)
    assert played.now.panel == "keys"
    played.press("pgdn", "x", *"way", "enter")
    assert played.now.attempt.notes[0] == ("halfway",)
    assert played.now.attempt.spent[0] == 6 * SECOND


# the clock


def test_the_end_of_a_step_is_said_once_and_half_as_much_again_clearly() -> None:
    played = playing()
    said: dict[str, int] = {}
    for second in range(1, 12 * 60):
        note = played.wait(SECOND).note
        said.setdefault(note, second)
        if second == 365:
            played.type("a line takes the note away")
            assert played.now.note == ""
    assert said == {
        "": 1,
        "The time of clarify is over (6 minutes).": 360,
        "Clarify has taken half as long again as its 6 minutes: go on.": 540,
    }


def test_the_last_minutes_and_the_end_of_the_whole() -> None:
    played = playing()
    played.press(*["tab"] * 6)
    played.type("x")
    told = {played.wait(SECOND).note for _ in range(46 * 60)}
    assert "5 minutes are left of the interview." in told
    assert "The time is over (45 minutes): score it (esc s), or write on as overtime." in told
    played.type("overtime")
    assert played.now.attempt.left == -MINUTE
    assert played.press("esc", "s").phase == RUBRIC


def test_a_step_by_itself_has_its_minutes_and_no_others() -> None:
    played = playing(only=2)
    assert played.now.attempt.table.whole == 8 * MINUTE
    played.wait(12 * MINUTE)
    assert played.now.note.startswith("Data has taken")
    played.press("ctrl-b", "tab", "tab")
    assert played.now.phase == RUBRIC
    assert {item.step for item in played.now.attempt.items} == {2}


def test_a_program_that_was_stopped_has_a_clock_that_stood() -> None:
    played = playing()
    played.wait(10 * SECOND)
    played.carry_out(*tick(played.now, played.clock + 31 * SECOND, 30 * SECOND))
    assert played.now.attempt.spent[0] == 11 * SECOND
    assert played.now.attempt.paused == 30 * SECOND
    assert "The clock stood for 0:30" in played.now.note
    played.carry_out(*press(played.now, "x", played.clock + 10 * MINUTE))  # in an editor
    assert played.now.attempt.spent[0] == 10 * MINUTE - 20 * SECOND
    assert played.now.attempt.paused == 30 * SECOND


def test_the_clock_is_kept_every_five_seconds() -> None:
    played = playing()
    lefts = set()
    for _ in range(60):
        played.wait(SECOND)
        lefts.add(played.left)
    assert len(lefts - {None}) == 12


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00"), (999, "0:00"), (65_000, "1:05"), (3_600_000, "1:00:00"), (-61_000, "-1:01"),
     (-999, "0:00"), (4_205_000, "1:10:05")],
)  # fmt: skip
def test_times_as_a_clock_shows_them(ms: int, shown: str) -> None:
    assert clock(ms) == shown


@pytest.mark.parametrize(
    ("ms", "said"),
    [(60_000, "1 minute"), (480_000, "8 minutes"), (320_000, "5:20 minutes"), (0, "0 minutes")],
)
def test_times_as_they_are_planned(ms: int, said: str) -> None:
    assert minutes(ms) == said


# the follow-ups


def test_follow_ups_come_in_their_moments() -> None:
    played = playing()
    for one in played.now.attempt.follow_ups:
        while played.now.attempt.at < one.step:
            played.press("tab")
        spent = played.now.attempt.spent[one.step]
        played.wait(one.at - spent - 1)
        assert one.which not in [asked.which for asked in played.now.attempt.asked]
        played.wait(SECOND)
        assert played.now.attempt.asked[-1].which == one.which
    assert len(played.now.attempt.asked) == 3


def test_a_follow_up_comes_late_if_its_step_was_left_before() -> None:
    played = playing()
    played.press(*["tab"] * 6, after=SECOND)
    assert len(played.wait(SECOND).attempt.asked) == 3


def test_a_follow_up_does_not_come_in_a_step_that_is_just_being_left() -> None:
    played = playing()
    played.press(*["tab"] * 6)
    assert not played.now.attempt.asked
    assert {one.step for one in played.wait(SECOND).attempt.asked} == {6}


def test_a_follow_up_comes_once_even_from_two_windows() -> None:
    made = attempt().noted({"asked": 1}).noted({"line": "x"}).noted({"asked": 1})
    assert [(one.which, one.place) for one in made.asked] == [(1, 0)]


def test_a_follow_up_stands_between_the_notes_where_it_came() -> None:
    played = playing()
    first = played.now.attempt.follow_ups[0]
    played.press(*["tab"] * first.step)
    played.type("before")
    played.wait(first.at)
    played.type("after")
    said = played.now.attempt.said(first.step)
    assert [(one.text, one.theirs) for one in said] == [
        ("before", False),
        (CASE.follow_ups[first.which], True),
        ("after", False),
    ]


# the editor


def test_an_editor_has_the_notes_and_the_line_that_is_typed() -> None:
    played = playing()
    played.type("one")
    played.press(*"two", "ctrl-e")
    assert played.now.attempt.notes[0] == ("one", "two", "from the editor")
    assert played.now.text == ""


# the rubric and the result


def test_lines_of_the_rubric_are_marked_one_after_the_other() -> None:
    played = playing()
    played.press("esc", "s", "2", "1", "y", "n")
    assert played.log[-4:] == [
        {"must": [0, 0, 2]},
        {"must": [0, 1, 1]},
        {"strong": [0, 0, 1]},
        {"flag": [0, 0, 0]},
    ]
    assert played.now.item[:3] == (1, "must", 0)
    played.press("y")
    assert played.now.note == "Here it is 0, 1 or 2."
    played.press("up", "2")
    assert played.now.note == "Here it is 1 for yes, 0 for no."
    played.press("up", "up", "0")
    assert played.now.attempt.marks[0, "must", 1] == 0
    played.press("tab", "tab", "ctrl-b")
    assert played.now.item[:3] == (1, "must", 0)


def test_a_result_with_musts_that_have_no_points_is_asked_for_twice() -> None:
    played = playing()
    played.press("esc", "s", *["2", "2", "1", "0"] * 6, "r")
    assert played.now.phase == RUBRIC
    assert "2 musts have no points yet" in played.now.note
    assert played.now.item[:2] == (6, "must")
    played.press("1", "r")
    assert "1 must has no points yet" in played.now.note
    played.press("r")
    assert played.now.phase == RESULT


def test_enter_goes_on_and_behind_the_last_line_to_the_result() -> None:
    played = playing(only=0)
    played.press("esc", "s", "2", "2", "enter", "1", "enter")
    assert played.now.phase == RESULT


def test_cards_are_called_back_once_and_taken_back() -> None:
    played = playing(only=0)
    played.press("esc", "s", "0", "0", "0", "0", "r")
    result = played.now.result
    assert result is not None
    assert press(played.now, "d", 0)[1] == []  # no cards teach it
    lesson = replace(played.now, result=result._replace(lessons=LESSONS))
    assert press(lesson, "u", 0)[1] == []
    assert press(lesson, "d", 0)[1] == [Call(back=True)]
    called = reply.called(lesson, back=True)
    assert "2 cards are due today" in called.note
    assert press(called, "d", 0)[1] == []
    assert press(called, "u", 0)[1] == [Call(back=False)]


def test_leaving_keeps_the_line_that_was_being_typed() -> None:
    for key in ("ctrl-c", "ctrl-d"):
        played = playing()
        played.press(*"half", key)
        assert played.now.attempt.notes[0] == ("half",)
        assert isinstance(played.effects[-1], Leave)


# what was broken off


@pytest.mark.parametrize(
    ("key", "scoring", "phase"),
    [("1", False, STEP), ("enter", False, STEP), ("1", True, RUBRIC), ("2", False, RUBRIC),
     ("x", False, OFFER)],
)  # fmt: skip
def test_what_was_broken_off_is_offered(key: str, scoring: bool, phase: str) -> None:
    before = playing()
    before.type("kept")
    if scoring:
        before.press("esc", "s", "2")
    played = Played(reply.offered(read(before.now.attempt.paper(), before.log)), clock=10**9)
    played.press(key)
    assert played.now.phase == phase
    assert played.now.attempt.notes[0] == ("kept",)
    if scoring:
        assert played.now.cursor == 1
    played.wait(SECOND)
    assert played.now.attempt.used == (SECOND if phase == STEP else 0)


def test_another_one_may_be_begun_instead() -> None:
    assert press(reply.offered(attempt()), "3", 0)[1] == [Drop()]


def test_a_warning_that_was_given_is_not_given_again() -> None:
    before = playing()
    before.wait(7 * MINUTE)
    left = before.left
    played = Played(reply.offered(read(before.now.attempt.paper(), before.log).timed(left)))
    played.press("1")
    assert played.wait(2 * SECOND).note == ""
    assert played.now.attempt.spent[0] == 7 * MINUTE + 2 * SECOND


KEYS = st.one_of(
    st.sampled_from(
        ["enter", "tab", "ctrl-b", "ctrl-e", "esc", "backspace", "up", "pgdn", "space", "newline"]
    ),
    st.sampled_from([*"nbpsq?0129yrdu", "é", "漢", LINE + "a whole line", LINE + " \x1b[2J\u202e"]),
)


@given(st.lists(st.tuples(KEYS, st.integers(0, 90_000)), max_size=60), st.integers(0, 9))
def test_the_log_alone_gives_the_same_attempt(steps: list[tuple[str, int]], seed: int) -> None:
    """Whatever is pressed, and whenever the program is killed; the clock up to when it was kept."""
    played = Played(Interview(attempt(seed=seed)))
    for key, after in steps:
        played.wait(after)
        played.press(key)
        live = played.now.attempt
        paper, log = json.loads(json.dumps([live.paper(), played.log]))
        again = read(paper, log).timed(played.left)
        assert (again.notes, again.asked, again.marks) == (live.notes, live.asked, live.marks)
        assert (again.at, again.scoring, again.paused) == (live.at, live.scoring, live.paused)
        assert again.follow_ups == live.follow_ups
        assert 0 <= live.used - again.used <= KEPT_MS + SECOND


@given(st.lists(KEYS, max_size=60))
def test_no_key_loses_a_note(keys: list[str]) -> None:
    """What was kept stays, in order; only the editor may change it, and this one only adds."""
    played = playing()
    before: tuple[tuple[str, ...], ...] = ((),) * len(STEPS)
    for key in keys:
        text = played.now.text
        typing = played.now.phase == STEP and not played.now.panel
        played.press(key)
        notes = played.now.attempt.notes
        for old, new in zip(before, notes, strict=True):
            assert new[: len(old)] == old
        if typing and text.strip() and not played.now.text:
            gone = key == "backspace" and len(text) == 1
            assert gone or text.rstrip() in [line for step in notes for line in step]
        before = notes


def test_what_a_later_program_has_noted_changes_nothing() -> None:
    what: dict[str, Any] = {"mood": "good"}
    assert attempt().noted(what) == attempt()
