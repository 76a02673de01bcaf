"""Where one stands: on a terminal of two sizes, in sentences, in a pipe, as JSON.

``GOLDEN=write pytest tests/commands/test_stats.py`` writes golden/stats*.txt anew.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path
from random import Random

import pytest

from conftest import Clock, Run
from interviews import attempt
from mlsd_cards.app import App
from mlsd_cards.commands.stats import tell
from mlsd_cards.run.statistics import overview
from mlsd_cards.store import log
from mlsd_cards.store.catalogue import Filter
from mlsd_cards.store.sitting import INTERVIEW, QUIZ, Sittings
from mlsd_cards.study.interview.score import record, score
from mlsd_cards.study.statistics.overview import Overview
from mlsd_cards.term.line import ASCII
from mlsd_cards.term.report import Report
from mlsd_cards.term.wrap import width

GOLDEN = Path(__file__).parent / "golden"

TOPICS = ("calibration", "drift", "losses", "rare-topic")
DAYS = 150
PER_DAY = 9

ITEM = {"card": "c1", "deck": "small", "topic": "drift", "kind": "basic", "prompt": "What?"}
SURE = ("right", 3), ("wrong", 3), ("right", 2), ("right", 1)


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def write_deck(path: Path) -> Path:
    """Forty cards; the last topic has one."""
    cards = (
        f"  - {{id: card-{number}, topic: {TOPICS[number % 3 if number else 3]}, "
        f"q: What is {number}?, a: It is a number., tags: [t{number % 2}]}}\n"
        for number in range(40)
    )
    path.write_text("deck: small\ncards:\n" + "".join(cards))
    return path


def answered(app: App, clock: Clock) -> None:
    """Five months of answers: fewer at weekends, a fortnight away, a hard card, a few today."""
    rng = Random(7)
    clock.forward(-DAYS)
    with app.store.write():
        for day in range(DAYS + 1):
            count = PER_DAY - 5 * (day % 7 in {0, 1}) if not 80 <= day < 94 else 0
            for turn in range(count):
                card = 0 if day % 40 == 0 else rng.randrange(min(40, 3 + day // 2))
                right = rng.random() < (0.4 if card == 5 else 0.95 - 0.1 * (card % 3))
                answer(app, f"card-{card}", 3 if right else 1, turn)
            if day < DAYS:
                clock.forward(1)


def answer(app: App, card: str, grade: int, turn: int = 0, source: str = log.REVIEW) -> None:
    app.store.append(
        log.REVIEWED,
        card,
        app.moment(),
        grade=grade,
        scale=log.BUTTONS,
        took=11_000 + 500 * turn,
        source=source,
    )


def sat(app: App) -> None:
    """Three quizzes, asked how sure, and an interview."""
    quizzes = Sittings(app.store, QUIZ)
    for right in (3, 9, 7):
        items = [
            ITEM | {"verdict": verdict, "score": float(verdict == "right"), "certainty": sure}
            for verdict, sure in (SURE[:1] * right + SURE)
        ]
        name = quizzes.begin(app.moment(), {"seed": 7, "title": "small"})
        quizzes.end(name, app.moment(), {"items": items, "certainty": True, "how": "handed in"})
    told = record(score(attempt()))
    for place, step in enumerate(told["steps"]):
        for must in step["must"]:
            must["points"] = place % 3
    interviews = Sittings(app.store, INTERVIEW)
    name = interviews.begin(app.moment(), {"card": "mock-parcels", "title": "Parcels"})
    interviews.end(name, app.moment(), told)


@pytest.fixture
def app(home: Path, tmp_path: Path, clock: Clock) -> App:
    app = App(str(home), (str(write_deck(tmp_path / "small.yaml")),))
    answered(app, clock)
    sat(app)
    return app


@pytest.fixture
def fresh(home: Path, tmp_path: Path, clock: Clock) -> App:
    """Nothing answered."""
    return App(str(home), (str(write_deck(tmp_path / "small.yaml")),))


def check(name: str, text: str) -> None:
    path = GOLDEN / f"stats{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text)
    assert text == path.read_text()


def shown(
    made: Overview, monkeypatch: pytest.MonkeyPatch, columns: int, *, plain: bool = False
) -> str:
    """What a terminal of so many columns is written."""
    out = Terminal()
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    report = Report(out)
    monkeypatch.setattr("mlsd_cards.term.report.Report", lambda: report)
    tell(made, plain=plain)
    return out.getvalue()


def bare(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [40, 80])
def test_on_a_terminal(app: App, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    seen = bare(shown(overview(app), monkeypatch, columns))
    assert max(map(width, seen.splitlines())) <= columns
    assert columns < 80 or len(seen.splitlines()) < 24  # the prompt has the last
    check(f"@{columns}", seen)


def test_little_is_said_of_little(fresh: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for card in range(5):
        answer(fresh, f"card-{card}", 3)
    seen = bare(shown(overview(fresh), monkeypatch, 80))
    assert "too few answers to tell: 0 of 20" in seen
    assert not any(word in seen for word in ("By week", "Weakest", "Hardest", "Quizzes"))
    check("-little@80", seen)


def test_colour_is_left_out_where_it_is_not_wanted(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = overview(app)
    assert "\x1b[32m" in shown(made, monkeypatch, 80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3\dm", shown(made, monkeypatch, 80))


def test_ascii_has_signs_of_its_own(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    made = overview(app)
    monkeypatch.setenv("LC_ALL", "C")
    seen = bare(shown(made, monkeypatch, 80))
    assert seen.isascii()
    assert all(sign in seen for sign in ASCII.shades)


def test_in_sentences(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = bare(shown(overview(app), monkeypatch, 400, plain=True))
    assert all(line.endswith(".") for line in seen.splitlines())
    check("-sentences", seen)


def test_in_a_pipe(app: App, capfd: pytest.CaptureFixture[str]) -> None:
    tell(overview(app), plain=False)
    check("-pipe", capfd.readouterr().out)


def test_nothing_answered(fresh: App, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "mlsd-cards review begins" in shown(overview(fresh), monkeypatch, 80)


TALLY = {"answers", "right", "new", "took_ms", "young", "mature"}
SHARE = {"right", "of", "percent"}


def test_as_json(app: App, run: Run) -> None:
    (deck,) = app.decks
    ran = run("stats", "--json", "--decks", deck)
    told = json.loads(ran.out)
    assert set(told) == {
        "day", "since", "today", "whole", "streak", "heat", "forecast", "retention", "hardest",
        "leeches", "quizzes", "interviews",
    }  # fmt: skip
    assert set(told["today"]) == TALLY
    assert set(told["whole"]) == TALLY | {"days"}
    assert set(told["streak"]) == {"current", "longest", "missed"}
    assert set(told["heat"]) == {"first", "answers"}
    assert set(told["forecast"]) == {"first", "overdue", "due"}
    assert len(told["forecast"]["due"]) == 28
    assert set(told["retention"]) == {"young", "mature", "topics", "weeks"}
    assert set(told["retention"]["young"]) == SHARE
    assert set(told["retention"]["topics"][0]) == {"topic"} | SHARE
    assert set(told["retention"]["weeks"][0]) == {"first"} | TALLY
    assert set(told["hardest"][0]) == {"card", "deck", "topic", "lapses", "ef"}
    assert told["hardest"][0]["card"] == "card-5"
    assert set(told["quizzes"]) == {"scores", "certainty"}
    assert set(told["quizzes"]["scores"][0]) == {"day", "title", "questions", "percent"}
    assert set(told["quizzes"]["certainty"][0]) == {
        "certainty", "answers", "right", "accuracy", "judgement",
    }  # fmt: skip
    assert set(told["interviews"]) == {"scores", "steps"}
    assert set(told["interviews"]["steps"][0]) == {"step", "attempts", "points", "of", "percent"}


def test_some_cards_and_some_days(app: App, run: Run) -> None:
    (deck,) = app.decks

    def told(*arguments: str) -> dict[str, object]:
        made: dict[str, object] = json.loads(
            run("stats", "--json", "--decks", deck, *arguments).out
        )
        return made

    def count(told: dict[str, object], name: str = "answers") -> int:
        return told["whole"][name]  # type: ignore[index, no-any-return]

    whole = told()
    by_topic = [told("--topic", topic) for topic in TOPICS]
    assert sum(map(count, by_topic)) == count(whole)
    assert {one["quizzes"] for one in by_topic} == {None}
    assert count(told("--tag", "t0")) + count(told("--tag", "t1")) == count(whole)
    week = told("--days", "7")
    assert week["since"] == "2026-11-15"
    assert count(week, "days") <= 7
    assert count(week) == sum(whole["heat"]["answers"][-7:])  # type: ignore[index]
    assert week["streak"] == whole["streak"]
    assert {one["topic"] for one in week["retention"]["topics"]} <= {*TOPICS}  # type: ignore[index]
    assert run("stats", "--topic", "drfit", "--decks", deck).code == 1
    assert run("stats", "--days", "0").code == 2


def test_a_line_that_would_say_nothing_is_left_out(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = bare(shown(overview(app, Filter(topics=("rare-topic",)), 60), monkeypatch, 80))
    assert re.search(r"^Lately     \d+ answers", seen, re.M)
    assert "By week" not in seen
    assert "Weakest" not in seen  # of one topic
    assert "Quizzes" not in seen
