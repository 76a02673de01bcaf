"""Whole interviews through a pipe: what is said, what is kept, what can be called back."""

from __future__ import annotations

import json
import shlex
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.app import App
from mlsd_cards.cards.rubric import STEPS, Rubric
from mlsd_cards.errors import UserError
from mlsd_cards.run import interview as interview_runner
from mlsd_cards.run.interview import InterviewRunner
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.sitting import INTERVIEW, Sitting, Sittings
from mlsd_cards.study.interview.attempt import begin
from mlsd_cards.study.interview.interview import Interview
from mlsd_cards.term.interview.words import leaving

CASES = """\
deck: case-parcels
cards:
  - id: mock-parcels
    type: rubric
    prompt: Design the forecast of arrival times.
    requires: [censored]
    follow_ups: [What with ten times the parcels?, And with no labels?]
    steps:
""" + "".join(
    f"      - {{step: {step}, minutes: 6, must: [Says what {step} needs, Calibrates the "
    f"quantiles of {step}], strong: [Has seen {step} fail], red_flag: [Skips {step}]}}\n"
    for step in STEPS
)
DECK = """\
deck: lessons
cards:
  - id: quantiles
    tags: ["step:5"]
    prompt: What calibrates quantiles?
    answer: Conformal prediction evaluates and widens them.
  - id: far-away
    prompt: What is the capital of France?
    answer: Paris.
  - id: other
    prompt: Which loss is robust?
    answer: Huber's.
"""
ALL = "2 1 y n\n" * 7


@pytest.fixture
def decks(tmp_path: Path) -> tuple[str, ...]:
    """A case, and the cards that teach it."""
    (tmp_path / "case.yaml").write_text(CASES)
    (tmp_path / "lessons.yaml").write_text(
        DECK
        + "".join(
            f"  - id: filler-{number}\n    q: Filler {number}?\n    a: Filling {number}.\n"
            for number in range(20)
        )
    )
    return ("--decks", str(tmp_path / "case.yaml"), "--decks", str(tmp_path / "lessons.yaml"))


def sittings(home: Path) -> list[Sitting]:
    store = Store.open(home)
    try:
        return Sittings(store, INTERVIEW).all()
    finally:
        store.close()


def test_a_whole_interview(run: Run, decks: tuple[str, ...], home: Path) -> None:
    notes = "scope\n/next\nframing\n/next\ndata\n/next\n/next\n/next\n/next\nwatch drift\n"
    ran = run("interview", "parcels", *decks, stdin=f"{notes}/score\n{ALL}/result\n\n")
    assert ran.code == 0, ran.err
    assert "parcels: 89 % in 0:0" in ran.out
    assert "Points: 25 of 28: musts 21, strong +4 (7 noticed)." in ran.out
    assert "They ask: What with ten times the parcels?" in ran.out
    (sitting,) = sittings(home)
    assert [one["text"] for one in sitting.result["steps"][0]["said"]] == ["scope"]
    assert sitting.paper["card"] == "mock-parcels"
    assert [one["line"] for one in sitting.notes if "line" in one] == [
        "scope", "framing", "data", "watch drift",
    ]  # fmt: skip


def test_what_was_missed_is_taught_by_cards_that_can_be_made_due(
    run: Run, decks: tuple[str, ...], home: Path, clock: Clock
) -> None:
    ran = run("interview", "parcels", *decks, stdin="x\n/score\n" + "0 0 n n\n" * 7 + "r\nd\n\n")
    assert "see quantiles: What calibrates quantiles?" in ran.out
    assert "far-away" not in ran.out
    assert "1 card is due today (u takes that back)" in ran.out
    why = json.loads(run("why", "quantiles", "--json", *decks).out)
    assert [(one["kind"], one["undone"]) for one in why] == [("called", False)]
    assert "called back after an interview, never studied" in why[0]["rule"]
    assert json.loads(run("due", "--json", *decks).out)["again"] == 1
    assert run("interview", "--show", "1", *decks).out.count("see quantiles") == 1


def test_calling_back_is_taken_back_there_and_in_a_review(
    run: Run, decks: tuple[str, ...], home: Path
) -> None:
    missed = "x\n/score\n" + "0 0 n n\n" * 7 + "r\nd\n"
    ran = run("interview", "parcels", *decks, stdin=missed + "u\n\n")
    assert "taken back: nothing was called" in ran.out
    assert json.loads(run("due", "--json", *decks).out)["again"] == 0
    run("interview", "parcels", *decks, stdin=missed + "\n")
    assert json.loads(run("due", "--json", *decks).out)["again"] == 1
    assert "taken back: called on quantiles" in run("review", *decks, stdin="u\nq\n").out
    assert json.loads(run("due", "--json", *decks).out)["again"] == 0


def test_a_known_card_that_is_called_comes_today(
    run: Run, decks: tuple[str, ...], clock: Clock
) -> None:
    run("answer", "quantiles", "4", *decks)
    clock.forward(1)
    run("answer", "quantiles", "4", *decks)
    clock.forward(2)
    assert json.loads(run("due", "--json", *decks).out)["due"] == 0
    run("interview", "parcels", *decks, stdin="x\n/score\n" + "0 0 n n\n" * 7 + "r\nd\n\n")
    assert json.loads(run("due", "--json", *decks).out)["due"] == 1
    assert "due today instead of in 4 d" in run("why", "quantiles", *decks).out


def test_left_in_the_middle_it_goes_on(run: Run, decks: tuple[str, ...], home: Path) -> None:
    ran = run("interview", "parcels", *decks, "--seed", "7", stdin="one\n/next\ntwo")
    assert "All is kept; mlsd-cards interview parcels goes on with 4" in ran.out
    ran = run("interview", "parcels", *decks, stdin="1\nthree\n/quit\n")
    assert "An interview is open: parcels, in step 2 of 7, frame, 4" in ran.out
    assert "2 lines of notes" in ran.out
    ran = run("interview", "parcels", *decks, stdin=f"2\n{ALL}")
    assert "opens its rubric again" in ran.out
    ran = run("interview", "parcels", *decks, stdin="1\n/result\n")
    assert "parcels: 89 %" in ran.out
    (sitting,) = sittings(home)
    said = [[one["text"] for one in step["said"]] for step in sitting.result["steps"]]
    assert said[:2] == [["one"], ["two", "three"]]
    assert sitting.result["seed"] == 7


def test_another_may_be_begun_and_the_notes_of_the_first_stay(
    run: Run, decks: tuple[str, ...], home: Path
) -> None:
    run("interview", "parcels", *decks, stdin="one\n")
    ran = run("interview", "parcels", *decks, stdin="3\nnew\n/quit\n")
    assert "Task: Design the forecast" in ran.out
    first, second = sittings(home)
    assert first.result["how"] == "broken off"
    assert second.ended is None
    shown = run("interview", "--show", "1", *decks).out
    assert "broken off" in shown
    assert "- one" in shown
    assert "- new" in run("interview", "--show", "2", *decks).out


def test_only_looking_begins_nothing(run: Run, decks: tuple[str, ...], home: Path) -> None:
    for stdin in ("", "/quit\n", "/q\n"):
        assert "Nothing has begun." in run("interview", "parcels", *decks, stdin=stdin).out
    assert sittings(home) == []


def test_a_step_alone(run: Run, decks: tuple[str, ...], home: Path) -> None:
    ran = run(
        "interview", "parcels", "--step", "data", *decks, stdin="x\n/score\n2 2 y n\n/result\n"
    )
    assert "One step, data: 6 minutes." in ran.out
    assert "parcels, data: 100 % in" in ran.out
    assert "Task:" in run("interview", "parcels", "--step", "frame", *decks).out
    (sitting,) = sittings(home)
    assert sitting.paper["step"] == "data"
    assert sitting.paper["follow_ups"][0][0] == 2


def test_a_step_alone_that_was_broken_off_is_offered_unless_another_is_named(
    run: Run, decks: tuple[str, ...]
) -> None:
    run("interview", "parcels", "--step", "data", *decks, stdin="x\n")
    for arguments, offered in (
        ((), True),
        (("--step", "data"), True),
        (("--step", "model"), False),
    ):
        out = run("interview", "parcels", *arguments, *decks).out
        assert ("An interview is open" in out) == offered, arguments
        assert ("Task:" in out) != offered


def test_the_list_of_cases(run: Run, decks: tuple[str, ...]) -> None:
    told = json.loads(run("interview", "--json", *decks).out)
    assert told == {
        "cases": [
            {"case": "parcels", "card": "mock-parcels", "deck": "case-parcels", "minutes": 45,
             "scored": 0, "best": None, "last": None, "open": False}
        ],
        "next": "parcels",
    }  # fmt: skip
    run("interview", "parcels", *decks, stdin=f"x\n/score\n{ALL}/result\n")
    run("interview", "parcels", *decks, stdin="x\n")
    (case,) = json.loads(run("interview", "--json", *decks).out)["cases"]
    assert (case["scored"], case["last"], case["open"]) == (1, 89, True)
    out = run("interview", *decks).out
    assert out == "parcels\tmock-parcels\t45\t1 scored, last 89 %, one open\n"


def test_a_library_without_a_case(run: Run, deck: Path) -> None:
    ran = run("interview", "--decks", deck)
    assert (ran.code, ran.out) == (1, "")
    assert "these decks hold no case" in ran.err
    told = json.loads(run("interview", "--decks", deck, "--json").out)
    assert told == {"cases": [], "next": None}


def test_the_next_case_is_the_one_that_rested_longest(run: Run, home: Path) -> None:
    told = json.loads(run("interview", "--json").out)
    first, second, third = [case["case"] for case in told["cases"]][:3]
    assert told["next"] == first
    run("interview", first, stdin="x\n/score\nr\nr\n")
    assert json.loads(run("interview", "--json").out)["next"] == second
    run("interview", second, "--step", "data", stdin="x\n/score\nr\nr\n")
    told = json.loads(run("interview", "--json").out)
    assert told["next"] == second  # a step alone is no interview
    assert told["cases"][1]["scored"] == 0
    run("interview", third, stdin="x\n")
    run("interview", first, stdin="x\n")
    assert json.loads(run("interview", "--json").out)["next"] == first  # it was broken off


def test_history_and_show(run: Run, decks: tuple[str, ...], clock: Clock) -> None:
    assert run("interview", "--history", *decks).out == ""
    run("interview", "parcels", *decks, stdin=f"x\n/score\n{ALL}/result\n")
    clock.forward(1)
    run("interview", "parcels", *decks, stdin="y\n/score\n" + "2 2 n n\n" * 6 + "0 0 n n\nr\n")
    rows = json.loads(run("interview", "--history", "--json", *decks).out)
    assert [(row["number"], row["day"], row["percent"]) for row in rows] == [
        (1, "2026-11-21", 89),
        (2, "2026-11-22", 86),
    ]
    assert rows[1]["steps"] == {**dict.fromkeys(STEPS, 100), "monitor": 0}
    assert set(rows[0]) == {
        *("number", "day", "card", "title", "how", "step", "minutes", "used_ms", "percent"),
        "steps",
    }
    lines = run("interview", "--history", *decks).out.splitlines()
    assert lines[1].split("\t")[:4] == ["2", "2026-11-22", "parcels", "86 %"]
    shown = json.loads(run("interview", "--show", "2", "--json", *decks).out)
    assert shown["steps"][0]["said"] == [{"text": "y", "theirs": False}]
    assert shown["lessons"][0]["cards"][0]["card"] == "quantiles"
    assert "Attempt 2, 2026-11-22" in run("interview", "--show", "2", *decks).out
    refused = run("interview", "--show", "9", *decks)
    assert refused.code == 1
    assert "there is no attempt 9\nThe history has 2 attempts." in refused.err


def test_comparison_with_earlier_attempts(run: Run, decks: tuple[str, ...]) -> None:
    run("interview", "parcels", *decks, stdin="y\n/score\n" + "2 2 n n\n" * 6 + "0 0 n n\nr\n")
    ran = run("interview", "parcels", *decks, stdin=f"x\n/score\n{ALL}/result\n")
    assert "Earlier attempts of parcels: 86 %." in ran.out
    assert "Over 2 attempts monitor loses most: 38 % of its points on average, 75 %" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["parcel"], 1, "no case is called 'parcel'\nDid you mean 'parcels'?"),
        (["parcels", "--minutes", "0"], 2, "--minutes"),
        (["parcels", "--minutes", "-5"], 2, "--minutes"),
        (["parcels", "--minutes", "nan"], 2, "--minutes"),
        (["parcels", "--step", "dtaa"], 2, "there is no step 'dtaa'. Did you mean 'data'?"),
        (["parcels", "--step", "m"], 2, "there is no step 'm'"),
        (["parcels", "--json"], 2, "--json goes with"),
        (["--step", "nope"], 2, "there is no step"),
        (["--show", "0"], 2, "--show"),
    ],
)
def test_bad_input(
    run: Run, decks: tuple[str, ...], arguments: list[str], code: int, told: str
) -> None:
    ran = run("interview", *arguments, *decks)
    assert ran.code == code, ran.err
    assert told in ran.err


@pytest.mark.parametrize("name", ["parcels", "case-parcels", "mock-parcels"])
def test_names_of_a_case(run: Run, decks: tuple[str, ...], name: str) -> None:
    assert "Interview: parcels" in run("interview", name, *decks).out


def test_two_cases_in_a_deck_go_by_their_cards(run: Run, tmp_path: Path) -> None:
    steps = "".join(f"      - {{step: {one}, minutes: 6, must: [x]}}\n" for one in STEPS)
    two = "".join(f"  - id: {name}\n    q: {name}?\n    steps:\n{steps}" for name in ("one", "two"))
    (tmp_path / "two.yaml").write_text(f"deck: case-two\ncards:\n{two}")
    where = ("--decks", tmp_path / "two.yaml")
    told = json.loads(run("interview", "--json", *where).out)
    assert [case["case"] for case in told["cases"]] == ["one", "two"]
    assert "Task: two?" in run("interview", "two", *where).out


def test_minutes_scale_the_steps(run: Run, decks: tuple[str, ...]) -> None:
    out = run("interview", "parcels", "--minutes", "30", *decks).out
    assert "30 minutes: clarify 4:00, frame 4:00" in out


def test_an_attempt_outlives_its_case(run: Run, decks: tuple[str, ...], tmp_path: Path) -> None:
    run("interview", "parcels", *decks, stdin="kept\n")
    text = (tmp_path / "case.yaml").read_text()
    (tmp_path / "case.yaml").write_text(text.replace("Says what", "Tells which"))
    ran = run("interview", "parcels", *decks, stdin="2\n")
    assert "Must 1 of 2: Says what clarify needs" in ran.out
    (tmp_path / "case.yaml").write_text("cards: [{q: a, a: b}]\n")
    assert "- kept" in run("interview", "--show", "1", *decks).out


def test_notes_may_be_anything(run: Run, decks: tuple[str, ...], home: Path) -> None:
    lines = ["\x1b[2J\u202egnp.exe", "漢字 🚀", "x" * 50_000, "/usr/bin/env", "\ttab", "  indented"]
    ran = run("interview", "parcels", *decks, stdin="\n".join(["", *lines]) + "\n")
    (sitting,) = sittings(home)
    assert [one["line"] for one in sitting.notes if "line" in one] == lines
    assert "\x1b" not in run("interview", "--show", "1", *decks).out + ran.out


# the editor


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that does what stands in this file: a Python program that gets the path."""
    program = tmp_path / "editor.py"
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(program)]))
    return program


APPENDS = "import sys; open(sys.argv[-1], 'a').write('line from the editor\\n\\nand another')"


def test_notes_are_written_in_an_editor(
    run: Run, decks: tuple[str, ...], home: Path, editor: Path
) -> None:
    editor.write_text(APPENDS)
    run("interview", "parcels", *decks, stdin="one\n/edit\nafter\n")
    (sitting,) = sittings(home)
    assert {"text": "one\nline from the editor\n\nand another"} in sitting.notes
    shown = run("interview", "--show", "1", *decks).out
    assert "- one\n- line from the editor\n- and another\n- after" in shown
    assert list(home.glob("*.txt")) == []


@pytest.mark.parametrize(
    ("program", "told", "stays"),
    [
        ("import sys; sys.exit(3)", "ended with 3", False),
        (APPENDS + "; sys.exit(1)", "ended with 1. What it wrote is in", True),
        ("import os, sys; os.unlink(sys.argv[-1])", "No such file", False),
    ],
)
def test_an_editor_that_fails_loses_nothing(
    run: Run, decks: tuple[str, ...], home: Path, editor: Path, program: str, told: str, stays: bool
) -> None:
    editor.write_text(program)
    ran = run("interview", "parcels", *decks, stdin="one\n/edit\nafter\n")
    assert told in ran.out
    assert "- one\n- after" in run("interview", "--show", "1", *decks).out
    assert [path.read_text()[:4] for path in home.glob("*.txt")] == (["one\n"] if stays else [])


def test_an_editor_that_fails_again_takes_nothing_of_what_it_wrote_before(
    run: Run, decks: tuple[str, ...], home: Path, editor: Path
) -> None:
    editor.write_text(APPENDS + "; sys.exit(1)")
    run("interview", "parcels", *decks, stdin="one\n/edit\ntwo\n/edit\n")
    assert [path.read_text().count("two") for path in sorted(home.glob("*.txt"))] == [1, 0]


def test_without_a_terminal_no_editor_is_tried_that_nobody_has_named(
    run: Run, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    ran = run("interview", "parcels", *decks, stdin="one\n/edit\nafter\n")
    assert "no editor is known" in ran.out
    assert "- one\n- after" in run("interview", "--show", "1", *decks).out


def test_a_missing_editor_loses_nothing(
    run: Run, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    ran = run("interview", "parcels", *decks, stdin="one\n/edit\nafter\n")
    assert "the editor /no/such/editor could not be started" in ran.out
    assert "- one\n- after" in run("interview", "--show", "1", *decks).out


# what cannot be written


class Typing:
    """A terminal at which these keys are pressed."""

    stays = False

    def __init__(self, *keys: str) -> None:
        self.keys = list(keys)

    def __enter__(self) -> Typing:
        return self

    def __exit__(self, *_: object) -> None: ...

    def paint(self, session: Interview) -> Interview:
        return session

    def key(self, timeout: float | None = None) -> str | None:
        return self.keys.pop(0)

    def paused(self) -> nullcontext[None]:
        return nullcontext()

    def away(self) -> int:
        return 0


def test_what_cannot_be_saved_is_said(
    run: Run, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserError("the disk is full", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(interview_runner.Sittings, "note", full)
        ran = run("interview", "parcels", *decks, stdin="one\n")
    assert "NOT saved: the disk is full Make room." in ran.out
    assert ran.code == 0


def test_a_line_that_cannot_be_kept_is_still_there(
    home: Path, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the screen it stays to be kept again; on leaving it is the last word."""
    app = App(str(home), decks[1::2])
    case = app.catalogue.find("mock-parcels")
    assert case is not None
    assert isinstance(case.card, Rubric)
    begun = begin(case.card, "parcels", 1)
    runner = InterviewRunner(
        app, Typing("enter", *"one", "enter", "tab", "ctrl-d"), Interview(begun)
    )

    def full(*_: object, **__: object) -> None:
        raise UserError("the disk is full")

    monkeypatch.setattr(interview_runner.Sittings, "note", full)
    left = runner.run(Interview(begun))
    assert left.text == "one"
    assert left.attempt.at == 0
    assert leaving(left) == "NOT saved: the disk is full This line was not kept: one"


def test_what_was_noted_in_another_window_is_in_the_result(
    run: Run, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Sittings.note

    def both(self: Sittings, name: str, moment: log.Moment, what: dict[str, object]) -> None:
        note(self, name, moment, what)
        if what == {"line": "from one"}:
            note(self, name, moment, {"line": "from two"})

    monkeypatch.setattr(Sittings, "note", both)
    run("interview", "parcels", *decks, stdin=f"from one\n/score\n{ALL}/result\n")
    assert "- from one\n- from two" in run("interview", "--show", "1", *decks).out


def test_ended_in_another_window(
    run: Run, decks: tuple[str, ...], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = Sittings.end

    def twice(self: Sittings, *rest: object, **sides: object) -> bool:
        end(self, *rest, **sides)  # type: ignore[arg-type]
        return end(self, *rest, **sides)  # type: ignore[arg-type]

    monkeypatch.setattr(Sittings, "end", twice)
    ran = run("interview", "parcels", *decks, stdin=f"x\n/score\n{ALL}/result\n")
    assert "ended in another window" in ran.out
    assert [event.kind for event in Store.open(home).events()].count(log.ENDED) == 1
