"""The quizzes so far, and the result of one: on a terminal, in a pipe, on a screen, as JSON.

``GOLDEN=write pytest tests/commands/test_quizzes.py`` writes golden/quiz-*.txt anew.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from conftest import Clock
from mlsd_cards.app import App
from mlsd_cards.commands.quizzes import LAST, looks, show_history, show_one
from mlsd_cards.errors import UserError
from mlsd_cards.store.sitting import INTERVIEW, QUIZ, Sittings
from mlsd_cards.study.quiz.outcome import read
from mlsd_cards.term.canvas import Canvas, on_canvas
from mlsd_cards.term.line import ASCII, Glyphs, Screen, Span
from mlsd_cards.term.quiz.outcome import body, facts
from mlsd_cards.term.report import Report
from mlsd_cards.term.wrap import width

GOLDEN = Path(__file__).parent / "golden"

PREVALENCE = {
    "card": "precision-at-low-prevalence",
    "deck": "metrics",
    "topic": "confusion-matrix",
    "kind": "mcq",
    "prompt": "One transaction in 1,000 is fraud. At the chosen threshold recall is 0.90 and the "
    "false-positive rate is 0.01. About what share of alerts is really fraud?",
    "verdict": "wrong",
    "score": 0.0,
    "certainty": 3,
    "took": 95_000,
    "expected_s": 60,
    "given": "90 %",
    "right": "8 %",
    "why": "Per 100,000 payments there are 90 true alerts and **999** false ones.",
    "source": "Saito and Rehmsmeier 2015",
    "flagged": False,
    "self": False,
}
NUMERIC = PREVALENCE | {
    "card": "index-memory",
    "deck": "models",
    "topic": "retrieval-memory",
    "kind": "numeric",
    "prompt": "How much memory do $10^8$ item vectors of 128 `float32` take?",
    "verdict": "partly",
    "score": 0.5,
    "certainty": 1,
    "took": 50_000,
    "given": "51.2 *GiB*",
    "right": "51.2 GB",
    "why": "100 M × 128 × 4 B = 51.2 GB.",
    "source": "",
}
SKIPPED = PREVALENCE | {
    "card": "auc-invariances",
    "topic": "roc-auc",
    "kind": "multi_select",
    "prompt": "Which changes leave ROC-AUC as it was?",
    "verdict": "",
    "certainty": 0,
    "took": 4_000,
    "given": "",
    "right": "Passing every logit through a sigmoid; copying every negative twice",
    "why": "Only the order of the pooled scores counts.",
    "source": "",
}
RIGHT = PREVALENCE | {"verdict": "right", "score": 1.0, "certainty": 2, "took": 12_000}
ORDER = SKIPPED | {
    "kind": "ordering",
    "topic": "request-path",
    "prompt": "Put the stations in order.",
    "verdict": "wrong",
    "given": "The ranker scores\nRetrieval returns posts",
    "right": "Retrieval returns posts\nThe ranker scores",
}
MISSED = PREVALENCE | {
    "kind": "basic",
    "topic": "two-tower-vs-gbdt",
    "deck": "models",
    "prompt": "Why can two towers be indexed?",
    "given": "wrong",
    "right": "Their score is a dot product.",
    "self": True,
    "took": 20_000,
}
BY_SELF = RIGHT | {"kind": "basic", "topic": "calibration", "self": True, "deck": "models"}

ENDED: dict[str, Any] = {
    "how": "time",
    "used_ms": 600_000,
    "paused_ms": 65_000,
    "limit_ms": 600_000,
    "title": "metrics, models",
    "seed": 7,
    "certainty": True,
    "items": [PREVALENCE, NUMERIC, SKIPPED, ORDER, MISSED, RIGHT, RIGHT, BY_SELF],
}


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def app(home: Path, clock: Clock) -> App:
    """A home with three quizzes, the last still open, and an interview."""
    app = App(str(home))
    quizzes = Sittings(app.store, QUIZ)
    short = {"items": [RIGHT, SKIPPED], "used_ms": 61_000, "title": "metrics", "how": "handed in"}
    for ended in (short, ENDED):
        name = quizzes.begin(app.moment(), {"seed": 7, "title": ended["title"]})
        quizzes.end(name, app.moment(), ended)
        clock.forward(1)
    quizzes.begin(app.moment(), {"seed": 9, "title": "all cards"})
    Sittings(app.store, INTERVIEW).begin(app.moment(), {})
    return app


def check(name: str, text: str) -> None:
    path = GOLDEN / f"quiz-{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("what", ["history", "show"])
@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_terminal(app: App, monkeypatch: pytest.MonkeyPatch, what: str, columns: int) -> None:
    out = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    made = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: made)
    if what == "history":
        show_history(app, as_json=False)
    else:
        show_one(app, 2, as_json=False)
    seen = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert max(map(width, seen.splitlines())) <= columns
    check(f"{what}@{columns}", seen)


def test_in_a_pipe(app: App, capfd: pytest.CaptureFixture[str]) -> None:
    show_history(app, as_json=False)
    show_one(app, 2, as_json=False)
    check("pipe", capfd.readouterr().out)


@pytest.mark.parametrize("at", ["80x24", "40x12"])
def test_on_the_screen(at: str) -> None:
    columns, rows = map(int, at.split("x"))

    def draw(canvas: Canvas) -> Screen:
        made = body(read(ENDED, [55, 60]), canvas.page)
        return canvas.screen((Span(" quiz"),), made, [(Span(" q quit"),)], scroll=0, pan=0)

    check(f"end@{at}", on_canvas(draw, columns, rows).text)


def test_in_line_mode() -> None:
    check("lines", "\n".join(facts(read(ENDED, [55, 60]), Glyphs())) + "\n")
    assert "\n".join(facts(read(ENDED), ASCII)).isascii()


def test_as_json(app: App, capfd: pytest.CaptureFixture[str]) -> None:
    show_history(app, as_json=True)
    listed = json.loads(capfd.readouterr().out)
    brief = {
        "quiz", "day", "title", "how", "questions", "score", "percent", "right", "partly", "wrong",
        "unanswered", "used_ms", "limit_ms", "seed", "placed",
    }  # fmt: skip
    assert [set(one) for one in listed] == [brief] * 3
    assert [(one["quiz"], one["how"], one["percent"]) for one in listed] == [
        (1, "handed in", 50), (2, "time", 44), (3, "not ended", 0),
    ]  # fmt: skip
    assert (listed[2]["title"], listed[2]["seed"]) == ("all cards", 9)

    show_one(app, 2, as_json=True)
    told = json.loads(capfd.readouterr().out)
    assert set(told) == brief | {
        "paused_ms", "answers_ms", "expected_ms", "marked", "self_marked", "earlier", "decks",
        "topics", "certainty", "placement", "items",
    }  # fmt: skip
    assert told["earlier"] == [50]
    assert set(told["certainty"]) == {"average", "bonus", "levels"}
    assert set(told["certainty"]["levels"][0]) == {"certainty", "answers", "right", "judgement"}
    assert told["topics"][0] == {
        "name": "request-path", "questions": 1, "score": 0.0, "percent": 0,
    }  # fmt: skip
    assert set(told["items"][0]) == {
        "question", "card", "deck", "topic", "kind", "prompt", "verdict", "score", "certainty",
        "took_ms", "expected_s", "given", "right", "why", "source", "flagged", "self_marked",
        "slow",
    }  # fmt: skip
    assert told["items"][0]["certainty"] == "sure"


@pytest.mark.parametrize(("number", "words"), [(4, "no quiz 4"), (3, "quiz 3 has not ended")])
def test_a_quiz_that_cannot_be_shown(app: App, number: int, words: str) -> None:
    with pytest.raises(UserError, match=words):
        show_one(app, number, as_json=False)


def test_without_a_number_it_is_the_last_that_has_ended(
    app: App, capfd: pytest.CaptureFixture[str]
) -> None:
    show_one(app, LAST, as_json=True)
    assert json.loads(capfd.readouterr().out)["quiz"] == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "False None 20"),
        (["--history"], "True None 20"),
        (["--show"], "False 0 20"),  # without a number the last
        (["--show", "3", "-n", "5"], "False 3 5"),
        (["--show", "-n", "5"], "False 0 5"),
    ],
)
def test_the_options(words: list[str], told: str) -> None:
    @click.command()
    @looks
    @click.option("-n", "count", default=20)
    def command(history: bool, shown: int | None, count: int) -> None:
        click.echo(f"{history} {shown} {count}")

    assert CliRunner().invoke(command, words).output == f"{told}\n"


def test_no_quiz_yet(home: Path, clock: Clock, capfd: pytest.CaptureFixture[str]) -> None:
    show_history(App(str(home)), as_json=False)
    assert capfd.readouterr() == ("", "No quiz yet.\n")
    show_history(App(str(home)), as_json=True)
    assert json.loads(capfd.readouterr().out) == []
    with pytest.raises(UserError, match="there is no quiz yet"):
        show_one(App(str(home)), LAST, as_json=False)


def test_a_quiz_of_which_nothing_is_left(app: App, capfd: pytest.CaptureFixture[str]) -> None:
    quizzes = Sittings(app.store, QUIZ)
    quizzes.end(quizzes.open()[0].name, app.moment(), {"how": "broken off"})
    show_one(app, LAST, as_json=False)
    assert capfd.readouterr().out.startswith("quiz\tall cards\tbroken off\t9\nscore\t0\t0\t0 %\n")
    quizzes.end(quizzes.begin(app.moment(), {}), app.moment(), ENDED)
    show_one(app, LAST, as_json=True)
    assert json.loads(capfd.readouterr().out)["earlier"] == [50, 44]  # it has no score to compare
