"""`due`, `why`, `answer` and their JSON, as docs/json.md promises it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import Clock, Run

STATE = {"repetitions", "ef", "memory", "interval", "due", "lapses", "repeat_today"}
DUE = {
    *("day", "due", "new", "again", "held", "later", "days_to_clear", "tomorrow", "interview"),
    *("sweep", "cards"),
}


def test_due_counts_what_a_review_would_ask(run: Run, deck: Path, clock: Clock) -> None:
    assert "new today    3" in run("due", "--decks", deck).out
    run("answer", "first", "good", "--decks", deck)
    run("answer", "third", "again", "--decks", deck)
    told = json.loads(run("due", "--json", "--decks", deck).out)
    assert set(told) == DUE
    assert (told["due"], told["new"], told["again"], told["tomorrow"]) == (0, 1, 1, 3)
    assert [(card["card"], card["kind"]) for card in told["cards"]] == [
        ("second", "new"), ("third", "again"),
    ]  # fmt: skip
    clock.forward(1)
    told = json.loads(run("due", "--json", "--decks", deck).out)
    assert (told["day"], told["due"], told["new"]) == ("2026-11-22", 2, 1)


def test_answer_json_and_the_head(run: Run, deck: Path) -> None:
    head = json.loads(run("due", "--json", "--decks", deck).out)["cards"][0]["head"]
    told = json.loads(run("answer", "first", "3", "--head", head, "--json", "--decks", deck).out)
    assert set(told) == {"card", "event", "day", "head", *STATE}
    assert (told["interval"], told["due"], told["ef"]) == (1, "2026-11-22", "2.50")
    stale = run("answer", "first", "3", "--head", head, "--decks", deck)
    assert stale.code == 1
    assert "answered elsewhere" in stale.err
    again = run("answer", "first", "3", "--head", told["head"], "--decks", deck)
    assert again.code == 0


@pytest.mark.parametrize(
    ("grade", "scale", "code"),
    [("1", "1-4", 0), ("EASY", "1-4", 0), ("0", "0-5", 0), ("5", "0-5", 0),
     ("0", "1-4", 1), ("5", "1-4", 1), ("good", "0-5", 1), ("6", "0-5", 1), ("³", "1-4", 1)],
)  # fmt: skip
def test_grades(run: Run, deck: Path, grade: str, scale: str, code: int) -> None:
    assert run("answer", "first", grade, "--grades", scale, "--decks", deck).code == code


def test_an_answer_given_earlier(run: Run, deck: Path, clock: Clock) -> None:
    run("answer", "first", "good", "--at", "2026-11-20T23:30+01:00", "--decks", deck)
    assert "2026-11-20  Good" in run("why", "first", "--decks", deck).out
    for bad in ("yesterday", "2026-13-01", "2030-01-01T00:00Z", "1950-01-01T00:00Z"):
        assert run("answer", "first", "good", "--at", bad, "--decks", deck).code == 1, bad


def test_why_tells_every_event(run: Run, deck: Path, clock: Clock) -> None:
    assert "new, never reviewed" in run("why", "first", "--decks", deck).out
    for grade, days in (("good", 1), ("good", 6), ("easy", 0)):
        run("answer", "first", grade, "--decks", deck)
        clock.forward(days)
    out = run("why", "first", "--decks", deck).out
    assert "I(1) = 1" in out
    assert "I(3) = ⌈6 × 2.60⌉" in out
    steps = json.loads(run("why", "first", "--json", "--decks", deck).out)
    assert len(steps) == 3
    assert set(steps[0]) == {
        "event", "kind", "day", "grade", "scale", "name", "source", "took_ms", "undone", "rule",
        *STATE,
    }  # fmt: skip


def test_why_still_knows_a_card_that_left_the_library(run: Run, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    deck.write_text("cards:\n  - {id: other, q: Who?, a: Someone else.}\n")
    assert "I(1) = 1" in run("why", "first", "--decks", deck).out


def test_why_of_a_sequence(run: Run) -> None:
    told = json.loads(run("why", "--grades", "4,4,5", "--json").out)
    assert told[0] == {
        "grade": 4,
        "repetitions": 1,
        "ef": "2.50",
        "memory": None,
        "interval": 1,
        "repeat_today": False,
    }
    assert [step["interval"] for step in told] == [1, 6, 16]
    out = run("why", "--grades", "5,5,5,5,4").out
    assert re.search(r"145 d  I\(5\) = ⌈50 × 2\.90⌉", out)
    lowered = run("why", "--grades", "4,1", "--lapse-lowers-ef").out
    assert "EF 1.96" in lowered
    assert run("why", "--grades", "4,,5").code == 1
    assert run("why").code == 2
    assert run("why", "first", "--grades", "4").code == 2


def test_why_of_fsrs(run: Run, deck: Path, clock: Clock) -> None:
    told = json.loads(run("why", "--grades", "4,4", "--scheduler", "fsrs", "--json").out)
    assert [step["interval"] for step in told] == [2, 11]
    assert told[1]["memory"]["stability"] == pytest.approx(10.9643, abs=1e-4)
    assert "S 2.31 × 4.75" in run("why", "--grades", "4,4", "--scheduler", "fsrs").out
    assert run("why", "--grades", "4", "--scheduler", "fsrs", "--lapse-is-first").code == 2
    run("answer", "first", "good", "--decks", deck)
    assert run("config", "set", "scheduler", "fsrs").code == 0
    clock.forward(2)
    told = json.loads(run("answer", "first", "good", "--json", "--decks", deck).out)
    assert told["memory"]["difficulty"] == pytest.approx(2.1112, abs=1e-4)
    out = run("why", "first", "--decks", deck).out
    assert "due 2026-12-04, interval 11 d, S 10.96  D 2.11, 0 lapses" in out
    assert "11 d  due 2026-12-04  R 0.91 after 2 d, Good: S 2.31 × 4.75" in out
    run("config", "set", "desired_retention", "0.8")
    assert "until R 0.80" in run("why", "first", "--decks", deck).out
    run("config", "set", "scheduler", "sm2")
    assert "I(2) = 6" in run("why", "first", "--decks", deck).out


def test_unknown_names_say_what_was_probably_meant(run: Run, deck: Path) -> None:
    for arguments, meant in (
        (("why", "frist"), "first"),
        (("due", "--deck", "smal"), "small"),
        (("due", "--topic", "on"), "one"),
        (("config", "get", "rolover"), "rollover"),
    ):
        extra = () if arguments[0] == "config" else ("--decks", deck)
        ran = run(*arguments, *extra)
        assert ran.code == 1
        assert f"Did you mean '{meant}'" in ran.err


def test_an_answer_from_before_the_last_one_is_refused(run: Run, deck: Path) -> None:
    def answer(at: str) -> int:
        return run("answer", "first", "good", "--at", at, "--decks", deck).code

    assert answer("2026-11-20T10:00Z") == 0
    assert answer("2026-11-10T10:00Z") == 1
    assert answer("2026-11-20") == 1  # midnight would be the study day before
    assert answer("2026-11-21T10:00Z") == 0
    assert len(json.loads(run("why", "first", "--json", "--decks", deck).out)) == 2


def test_an_empty_home_is_not_the_working_folder(run: Run, deck: Path) -> None:
    ran = run("due", "--home", "", "--decks", deck)
    assert ran.code == 2
    assert "empty" in ran.err
