"""`search`: records in a pipe, lines on a terminal, JSON, and what is said of a poor query."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.term.report import Report


def test_a_record_a_line_in_a_pipe(run: Run, deck: Path) -> None:
    run("answer", "second", "good", "--decks", deck)
    run("suspend", "second", "--decks", deck)
    ran = run("search", "right", "--decks", deck)
    assert ran.code == 0
    assert ran.out == "second\tsmall\ttwo\tin 1 d, suspended\tprompt\tWhich is right?\n"
    assert ran.err == ""
    assert run("search", "nothing", "before", "--decks", deck).out.split("\t")[4] == "explanation"


def test_the_answers_of_other_cards_stay_hidden(run: Run, deck: Path) -> None:
    assert "answer" not in run("search", "What comes", "--decks", deck).out


def test_it_is_told_how_the_words_were_taken(run: Run, deck: Path) -> None:
    ran = run("search", "frist", "--decks", deck)
    assert ran.out.startswith("first\t")
    assert "Showing results for “first”." in ran.err
    assert "these have some" in run("search", "first right", "--decks", deck).err
    assert "The best 1 of 2; --limit 2 shows all." in run(
        "search", "which comes right", "--limit", "1", "--decks", deck
    ).err  # fmt: skip


def test_nothing_found_leaves_with_1(run: Run, deck: Path) -> None:
    ran = run("search", "xyzzyqwv", "--decks", deck)
    assert (ran.code, ran.out) == (1, "")
    assert "nothing found for 'xyzzyqwv'" in ran.err
    assert "Try another word, or its beginning." in ran.err
    assert "Fewer words find more;" in run("search", "xyzzyqwv", "qq", "--decks", deck).err
    assert "Give a word" in run("search", "", "--decks", deck).err
    ran = run("search", "first", "--topic", "two", "--json", "--decks", deck)
    assert ran.code == 1
    assert json.loads(ran.out)["cards"] == []
    assert "without --deck" in ran.err


def test_it_can_be_narrowed(run: Run, deck: Path) -> None:
    told = json.loads(run("search", "which comes", "--json", "--decks", deck).out)
    assert told["total"] == 2
    narrowed = run("search", "which comes", "--topic", "two", "--json", "--decks", deck)
    assert [card["card"] for card in json.loads(narrowed.out)["cards"]] == ["second"]


def test_it_is_a_record_too(run: Run, deck: Path) -> None:
    told = json.loads(run("search", "becuase", "--json", "--decks", deck).out)
    assert set(told) == {"query", "corrected", "loose", "total", "cards"}
    assert (told["query"], told["corrected"], told["loose"]) == ("becuase", "because", False)
    assert set(told["cards"][0]) == {
        "card", "deck", "topic", "prompt", "field", "text", "words", "suspended", "repetitions",
        "ef", "memory", "interval", "due", "lapses", "repeat_today",
    }  # fmt: skip
    assert told["cards"][0]["words"] == ["because"]


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("term", "columns", "shown"),
    [
        ("xterm", 80, "\x1b[1mfirst\x1b[0m\n  \x1b[2msmall › one, new\x1b[0m\n  What comes first?\n"
         "  \x1b[2mexplanation: \x1b[0m\x1b[4mBecause\x1b[0m nothing comes before it.\n"),
        ("dumb", 24, "first\n  small › one, new\n  What comes first?\n  explanation: Because…\n"),
    ],
)  # fmt: skip
def test_lines_on_a_terminal(
    run: Run, deck: Path, monkeypatch: pytest.MonkeyPatch, term: str, columns: int, shown: str
) -> None:
    out = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", term)
    made = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: made)
    run("search", "because", "--decks", deck)
    assert out.getvalue() == shown


@pytest.mark.parametrize("text", ["-", "--", "\x1b[2J", "\udce9", "a" * 10_000, "NEAR(*)"])
def test_any_text_is_only_text(run: Run, deck: Path, text: str) -> None:
    ran = run("search", "--decks", deck, "--", text)
    assert ran.code == 1
    assert "\x1b" not in ran.err
