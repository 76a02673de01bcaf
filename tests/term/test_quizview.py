"""A quiz on a screen and in line mode: golden files, and what must hold at every size.

``GOLDEN=write pytest tests/term/test_quizview.py`` writes golden/quiz/ anew.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.study.quiz import handed
from mlsd_cards.study.quiz.effect import Leave
from mlsd_cards.study.quiz.item import fresh
from mlsd_cards.study.quiz.outcome import read
from mlsd_cards.study.quiz.quiz import OVER, SAVING, Quiz, Rules, begin
from mlsd_cards.study.quiz.step import away, handed_in, press, tick
from mlsd_cards.study.session import Turn
from mlsd_cards.term.line import ASCII, Glyphs, size
from mlsd_cards.term.plain import Plain
from mlsd_cards.term.quiz.spoken import SPEECH, facts
from mlsd_cards.term.quiz.view import render

GOLDEN = Path(__file__).parent / "golden" / "quiz"
Turns = Mapping[str, Turn]

CARDS = (
    "precision-at-low-prevalence",
    "auc-invariances",
    "index-memory",
    "seven-step-chain:c2",
    "feed-request-stations",
    "two-tower-why-indexable",
    "batch-or-online",
    "feature-loop-missing-box",
)
RULES = Rules("metrics, models; weak cards first", 7, 600_000, certainty=True)


def quiz(turns: Turns, *cards: str, rules: Rules = RULES) -> Quiz:
    named = cards or CARDS
    items = (
        fresh(turns[card].question, at, "models", turns[card].source)
        for at, card in enumerate(named)
    )
    return begin(rules, tuple(items), 1000)


def after(session: Quiz, *keys: str) -> Quiz:
    """The quiz after these keys, half a second apart; whatever it hands in is kept."""
    for key in keys:
        session, _ = press(session, key, session.at + 500)
        if session.phase == SAVING:
            session = handed_in(session, read(handed.result(session)))
    return session


EACH = RULES._replace(each=45_000, certainty=False)
MIXED = ("1", "3", "2", "3", "enter", "1", *"51.2", "enter", "2", "f", "tab")

SCENES: dict[str, Callable[[Turns], Quiz]] = {
    "first": quiz,
    "each": lambda t: replace(
        after(quiz(t, rules=EACH), "f"), note="Time for question 4 is over: taken as it stands."
    ),
    "multi": lambda t: after(quiz(t, CARDS[1]), "1", "3", "down"),
    "nothing": lambda t: after(quiz(t, CARDS[1]), "enter"),
    "sure": lambda t: after(quiz(t, CARDS[1]), "1", "3", "enter"),
    "number": lambda t: after(quiz(t, CARDS[2]), *"51"),
    "number-sure": lambda t: after(quiz(t, CARDS[2]), *"51", "enter"),
    "cloze": lambda t: after(quiz(t, CARDS[3]), *"develop"),
    "order": lambda t: after(quiz(t, CARDS[4]), "2", "5"),
    "recall": lambda t: quiz(t, CARDS[5]),
    "recall-sure": lambda t: after(quiz(t, CARDS[5]), "space"),
    "recall-shown": lambda t: after(quiz(t, CARDS[5]), "space", "2"),
    "table-shown": lambda t: after(quiz(t, CARDS[6], rules=EACH), "space"),
    "diagram": lambda t: after(quiz(t, CARDS[7]), *"feature"),
    "answered": lambda t: after(quiz(t, *CARDS[:2]), "1", "3", "b"),
    "list": lambda t: after(quiz(t), *MIXED, "l", "1"),
    "menu": lambda t: after(quiz(t, CARDS[2]), "esc"),
    "keys": lambda t: after(quiz(t), "?"),
    "paused": lambda t: away(quiz(t), 65_000)[0],
    "end": lambda t: after(quiz(t), *MIXED, "h", "h"),
    "time": lambda t: after(tick(after(quiz(t), *MIXED), 700_000)[0], "up"),
}


@pytest.mark.parametrize("at", ["80x24", "40x12", "ascii"])
@pytest.mark.parametrize("name", SCENES)
def test_golden_screen(turns: Turns, name: str, at: str) -> None:
    columns, rows = (80, 24) if at == "ascii" else map(int, at.split("x"))
    shown = SCENES[name](turns).scrolled(-1, -1)
    text = render(shown, columns, rows, ascii_only=at == "ascii").text
    assert text.isascii() or at != "ascii"
    check(f"{name}@{at}.txt", text)


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_screen_is_of_a_scene_that_is_gone() -> None:
    screens = {f"{name}@{at}.txt" for name in SCENES for at in ("80x24", "40x12", "ascii")}
    assert {path.name for path in GOLDEN.iterdir()} == screens | {"lines.txt"}


@pytest.mark.parametrize("name", [name for name in SCENES if name not in {"end", "time"}])
def test_nothing_of_right_or_wrong_shows_before_the_end(turns: Turns, name: str) -> None:
    session = SCENES[name](turns)
    text = render(session, 100, 60).text
    told = "\n".join(line for fact in facts(session, Glyphs()) for line in fact.lines)
    for item in session.items:
        for option in item.question.options:
            assert not option.why or option.why not in text + told
        if not item.is_shown:
            assert not item.question.card.explanation or (
                item.question.card.explanation not in text + told
            )


LINES = """\
nonsense
9
2
sure
1,3
2
many
/flag
51.2 GB
1
/skip
develop the model
3

2 1
215634
1
it is a dot product
2
right
/l
3
51.3 GB
3

2
2
/?
/skip
feature store
h
/change
online feature store
3
/list
h

"""


def test_line_mode(turns: Turns) -> None:
    """A whole quiz, typed; the lines that were typed stand behind a sign."""
    said = played(quiz(turns), LINES)
    check("lines.txt", said)
    assert "1 of 8" in said
    assert "\x1b" not in said


def played(session: Quiz, lines: str) -> str:
    """What line mode says while these lines are typed, each of which takes a second."""
    out = io.StringIO()
    terminal = Plain(SPEECH, Echo(lines, out), out, {})
    with terminal:
        while True:
            session = terminal.paint(session)
            key = terminal.key()
            passed = session.at + (1000 if key in {None, "enter"} else 0)
            session, effects = (press if key else _tick)(session, key or "", passed)
            if session.phase == SAVING:
                session = handed_in(session, read(handed.result(session)))
            if any(isinstance(effect, Leave) for effect in effects):
                return out.getvalue()


def _tick(session: Quiz, _: str, now: int) -> tuple[Quiz, list[object]]:
    session, effects = tick(session, now)
    return session, list(effects)


class Echo(io.StringIO):
    """Lines that show where they were read."""

    def __init__(self, lines: str, out: io.StringIO) -> None:
        super().__init__(lines)
        self.shown = out

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline()
        self.shown.write(f"> {line}" if line else "")
        return line


def test_line_mode_says_the_half_the_last_minute_and_the_last_ten_seconds(turns: Turns) -> None:
    session, known, said = quiz(turns), set[tuple[object, ...]](), []
    for second in range(601):
        session, _ = tick(session, 1000 + 1000 * second)
        true = facts(session, ASCII)
        said += [
            (second, *fact.lines)
            for fact in true
            if fact.mark[0] == "clock" and fact.mark not in known
        ]
        known = {fact.mark for fact in true}
    assert said == [
        (300, "Half the time is over: 5:00 left."),
        (540, "One minute left."),
        (590, "Ten seconds left."),
    ]


KEYS = st.sampled_from(
    [*"1234567890abflhq?", "enter", "space", "tab", "esc", "up", "down", "left", "right",
     "backspace", "pgup", "pgdn"]
)  # fmt: skip


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    keys=st.lists(KEYS, max_size=30),
    columns=st.integers(30, 130),
    rows=st.integers(5, 40),
    plain=st.booleans(),
)
def test_every_screen_is_exactly_the_terminal(
    turns: Turns, keys: list[str], columns: int, rows: int, plain: bool
) -> None:
    session = quiz(turns)
    for key in keys:
        session = after(session, key)
        screen = render(session.scrolled(-1, -1), columns, rows, ascii_only=plain)
        assert len(screen.lines) == rows
        assert all(size(line) <= columns for line in screen.lines)
        assert not plain or screen.text.isascii()
        if session.phase != OVER:
            facts(session, Glyphs())
