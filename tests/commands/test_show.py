"""`show`: a card of each kind, whole, on a terminal and in a pipe.

``GOLDEN=write pytest tests/commands/test_show.py`` writes golden/show.txt anew.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.cards.card import KINDS, Computed
from mlsd_cards.term.line import Glyphs
from mlsd_cards.term.report import Report
from mlsd_cards.term.sheet import sections
from mlsd_cards.term.wrap import width

GOLDEN = Path(__file__).parent / "golden" / "show.txt"

STEPS = ("clarify", "frame", "data", "model", "evaluate", "serve", "monitor")
DECK = """\
deck: all::kinds
tags: [mixed]
cards:
  - id: plain-one
    topic: one
    tags: ["step:1", mixed]
    prompt: "*Why* is `x` so, with $x^2$?"
    answer: So it is.
    accept: [thus]
    explanation: Because.
    sources: [known2019, unknown]
    requires: [gap]
    as_of: "2026-01-31"
  - id: gap
    type: cloze
    prompt: "{{c1::Precision::a metric}} is of what was flagged, {{c2::recall}} of what is there."
    accept: {c2: [sensitivity]}
  - id: pick
    prompt: Which is right?
    options:
      - {text: This one, correct: true, why: It is the right one.}
      - {text: That one, correct: false}
  - id: several
    type: multi_select
    prompt: Which are right?
    options:
      - {text: This one, correct: true}
      - {text: That one, correct: true}
      - {text: The other, correct: false, why: "No, it is not."}
  - id: count
    prompt: How much is 3 times 8 GB?
    value: 24
    unit: GB
    tolerance: {rel: 0.02}
    check: 3 * 8
  - id: drawn
    type: computed
    generator: f1_from_counts
    params: {tp: {range: [20, 90]}, fp: {choice: [5, 6]}, fn: 7}
    prompt: "{tp} right, {fp} false, {fn} missed: what is F1?"
    pinned: {params: {tp: 60, fp: 15, fn: 60}, value: 0.6154}
    check: "2*60/(2*60+15+60)"
    tolerance: {abs: 0.005}
  - id: lined-up
    prompt: What comes when?
    items: [First, Second, Third]
    fixed_first: true
  - id: beside
    prompt: How do they differ?
    a: Trees
    b: Nets
    rows:
      - {dim: speed, a: fast, b: slow}
      - {dim: data, a: little, b: much}
    choose_a_when: There is little data.
  - id: boxes
    type: diagram
    prompt: What is missing?
    diagram: |
      user --> [?] --> ranker -------------------------------> page
           \\\\--> log
    missing: retrieval
    accept: [Retrieval, candidates]
  - id: whole
    type: rubric
    prompt: Design it.
    follow_ups: [What with ten times the traffic?]
    steps:
"""
DECK += "".join(
    f"      - {{step: {step}, minutes: 6, must: [Say {step}], strong: [More], red_flag: [Less]}}\n"
    for step in STEPS
)
SOURCES = """\
sources:
  known2019:
    title: What is known
    authors: Some, Body
    year: "2019"
    arxiv: "1906.00001"
"""


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """A deck with a card of each kind, and a list of sources."""
    folder = tmp_path / "decks"
    folder.mkdir()
    folder.joinpath("kinds.yaml").write_text(DECK)
    folder.joinpath("sources.yaml").write_text(SOURCES)
    monkeypatch.chdir(tmp_path)
    return ("--decks", "decks")


NOTES = re.findall(r"^  - id: (.+)$", DECK, re.M)


def test_every_kind_in_a_pipe(run: Run, decks: tuple[str, ...]) -> None:
    ran = run("show", *NOTES, *decks)
    assert ran.code == 0, run("check", *decks).out
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(ran.out)
    assert ran.out == GOLDEN.read_text()


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_terminal_lines_are_wrapped(
    run: Run, decks: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    out = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    made = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: made)
    run("show", *NOTES, *decks)
    seen = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert "\x1b[1mplain-one\x1b[0m" in out.getvalue()
    wide = [line for line in seen.splitlines() if width(line) > columns]
    assert all("-->" in line for line in wide)  # a drawing stays as it was drawn
    assert "".join(seen.split()) == "".join(GOLDEN.read_text().split())


def test_it_is_a_record_too(run: Run, decks: tuple[str, ...]) -> None:
    told = json.loads(run("show", *NOTES, "--json", *decks).out)
    assert [one["kind"] for one in told if one["card"] != "gap:c2"] == list(KINDS)
    assert set(told[0]) == {
        "card", "note", "kind", "deck", "topic", "difficulty", "expected_s", "prompt", "fields",
        "explanation", "sources", "as_of", "tags", "requires", "file", "line", "head", "suspended",
        "marked", "standing", "repetitions", "ef", "memory", "interval", "due", "lapses",
        "repeat_today",
    }  # fmt: skip
    assert told[0]["tags"] == ["mixed", "step:1"]
    assert [set(source) for source in told[0]["sources"]] == [{"key", "short", "long"}] * 2
    assert told[3]["fields"]["options"][1] == {"text": "That one", "correct": False, "why": ""}
    assert told[-1]["fields"]["steps"][0]["must"] == ["Say clarify"]


def test_where_it_stands(run: Run, decks: tuple[str, ...]) -> None:
    run("answer", "count", "good", *decks)
    run("suspend", "count", *decks)
    run("review", "--topic", "one", *decks, stdin="-\n")
    assert "EF 2.50, 0 lapses, suspended\n" in run("show", "count", *decks).out
    assert "never reviewed, buried until tomorrow\n" in run("show", "plain-one", *decks).out
    assert "never of a review\n" in run("show", "whole", *decks).out


def test_a_note_shows_all_its_cards_and_each_once(run: Run, decks: tuple[str, ...]) -> None:
    told = json.loads(run("show", "gap:c2", "gap", "--json", *decks).out)
    assert [one["card"] for one in told] == ["gap:c2", "gap:c1"]


def test_an_unknown_card_names_the_nearest(run: Run, decks: tuple[str, ...]) -> None:
    ran = run("show", "plane-one", *decks)
    assert ran.code == 1
    assert "Did you mean 'plain-one'?" in ran.err


@pytest.mark.parametrize(
    ("params", "pinned", "example"),
    [
        ({"tp": 60, "fp": 15, "fn": 60}, {}, "60 right"),  # nothing pinned: as it is asked first
        ({"tp": 60}, {}, "none: generator f1_from_counts"),
    ],
)
def test_the_example_of_a_computed_card(
    params: dict[str, int], pinned: dict[str, int], example: str
) -> None:
    card = Computed(
        id="c", note="c", prompt="{tp} right", generator="f1_from_counts", params=params,
        pinned=pinned, check="1 + 1",
    )  # fmt: skip
    shown = {section.title: section.items for section in sections(card, Glyphs())}
    assert shown["Example"][0].text.startswith(example)
    assert "1 + 1" not in str(shown)  # it is the arithmetic of pinned numbers


def test_what_a_card_says_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text('cards:\n  - {id: bad, q: "a \\e[2J b", a: "c \\u202e d"}\n')
    out = run("show", "bad", "--decks", path).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_card_that_left_its_deck_is_said_to_be_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    card = "- {id: one, q: What?, a: That.}\n"
    path.write_text(f"cards:\n{card}- {{id: two, q: Who?, a: He.}}\n")
    run("answer", "one", "good", "--decks", path)
    path.write_text(path.read_text().replace(card, ""))
    ran = run("show", "one", "--decks", path)
    assert ran.code == 1
    assert "one is in no deck any more\nIts answers are kept (mlsd-cards why one)" in ran.err
    assert "no card is called 'on'" in run("show", "on", "--decks", path).err
