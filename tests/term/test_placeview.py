"""A placement on a screen and in line mode: golden files, and what must hold at every size.

``GOLDEN=write pytest tests/term/test_placeview.py`` writes golden/place/ anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.store.entry import Entry
from mlsd_cards.study.placement import placing
from mlsd_cards.study.placement.placement import interval, plan
from mlsd_cards.study.quiz import handed
from mlsd_cards.study.quiz.effect import Ask, Effect, HandIn, Leave, Place
from mlsd_cards.study.quiz.item import Item, fresh
from mlsd_cards.study.quiz.outcome import read
from mlsd_cards.study.quiz.quiz import SAVING, UNLIMITED, Quiz, Rules, begin
from mlsd_cards.study.quiz.step import away, handed_in, press
from mlsd_cards.study.session import Turn
from mlsd_cards.term.line import size
from mlsd_cards.term.plain import Plain
from mlsd_cards.term.quiz.spoken import SPEECH
from mlsd_cards.term.quiz.view import render

GOLDEN = Path(__file__).parent / "golden" / "place"
Turns = Mapping[str, Turn]
Check = Callable[[Path, str], None]

CARDS = (
    ("precision-at-low-prevalence", "confusion-matrix", 2),
    ("auc-invariances", "confusion-matrix", 3),
    ("index-memory", "request-path", 2),
    ("feed-request-stations", "request-path", 1),
    ("seven-step-chain:c2", "step-order", 2),
)
"""What can be asked: card, topic, difficulty; and cards that only a topic places."""
RULES = Rules("metrics, models", 7, UNLIMITED, certainty=True, placing=True)
SURE = ("1", "3", "2", "3", "enter", "3")
"""Both of the first topic right and sure."""


def item(turns: Turns, card: str) -> Item:
    question = turns[card].question
    topic = next(topic for name, topic, _ in CARDS if name == card)
    question = replace(question, card=replace(question.card, topic=topic))
    return fresh(question, 0, "models", turns[card].source)


def quiz(turns: Turns, rules: Rules = RULES, others: int = 3) -> Quiz:
    entries = [
        Entry(card, card, "models", topic, "mcq", level, 30, (), at)
        for at, (card, topic, level) in enumerate(CARDS)
    ]
    for topic in ("confusion-matrix", "request-path"):
        entries += [
            Entry(f"{topic}-{at}", f"{topic}-{at}", "models", topic, "basic", 1, 30, (), 50 + at)
            for at in range(others)
        ]
    made = plan(entries, rules.seed, 99)
    first = made.next([])
    assert first
    begun = begin(rules, (item(turns, first.card),), 1000)
    return replace(begun, plan=made, asked=1, note=placing.FINAL)


def carried(turns: Turns, session: Quiz, effects: list[Effect]) -> Quiz:
    """The quiz once its effects are carried out, as the runner does it."""
    for effect in effects:
        match effect:
            case Ask():
                assert session.plan
                following = session.plan.next(placing.answers(session))
                if following:
                    session = placing.asked(session, item(turns, following.card))
                else:
                    session = carried(turns, session, [HandIn("handed in")])
            case HandIn():
                session = replace(session, how=effect.how)
                outcome = read(handed.result(session))
                session = handed_in(session, outcome, "", placing.offers(session))
            case Place(cards):
                accepted = [[card, interval(card)] for card in cards]
                outcome = read(handed.result(session), (), [{"accepted": accepted}])
                session = placing.accepted(session, outcome)
    return session


def after(turns: Turns, session: Quiz, *keys: str) -> Quiz:
    for key in keys:
        session, effects = press(session, key, session.at + 1500)
        session = carried(turns, session, effects)
    return session


SECOND = (*SURE, *"51.2", "enter", "3", *"452136", "enter", "3", "esc", "tab")
"""Both topics known, the third passed."""

SCENES: dict[str, Callable[[Turns], Quiz]] = {
    "first": quiz,
    "sure": lambda t: after(t, quiz(t), "2"),
    "second-topic": lambda t: after(t, quiz(t), *SURE, *"51"),
    "no-way-back": lambda t: after(t, quiz(t), "b"),
    "nothing": lambda t: after(t, quiz(t), "enter"),
    "menu": lambda t: after(t, quiz(t), "esc"),
    "keys": lambda t: after(t, quiz(t), "?"),
    "far": lambda t: after(t, quiz(t), *SURE, "esc", "l"),
    "timed": lambda t: quiz(t, RULES._replace(limit=300_000)),
    "paused": lambda t: away(quiz(t), 65_000)[0],
    "offer": lambda t: after(t, quiz(t), *SURE, "esc", "tab", "tab", "esc", "tab"),
    "offer-chosen": lambda t: after(t, quiz(t), *SECOND, "down", "space"),
    "end": lambda t: after(t, quiz(t), *SURE, *"5", "enter", "3", "tab", "tab", "enter", "down"),
    "end-all": lambda t: after(t, quiz(t), *SECOND, "a"),
    "end-none": lambda t: after(t, quiz(t), "h", "h"),
}


@pytest.mark.parametrize("at", ["80x24", "40x12", "ascii"])
@pytest.mark.parametrize("name", SCENES)
def test_golden_screen(turns: Turns, name: str, at: str, check: Check) -> None:
    columns, rows = (80, 24) if at == "ascii" else map(int, at.split("x"))
    shown = SCENES[name](turns).scrolled(-1, -1)
    text = render(shown, columns, rows, ascii_only=at == "ascii").text
    assert text.isascii() or at != "ascii"
    check(GOLDEN / f"{name}@{at}.txt", text)


def test_no_golden_screen_is_of_a_scene_that_is_gone() -> None:
    screens = {f"{name}@{at}.txt" for name in SCENES for at in ("80x24", "40x12", "ascii")}
    assert {path.name for path in GOLDEN.iterdir()} == screens | {"lines.txt"}


LINES = """\
b
1
sure
1,3
/change
2 3
3
/how far

51.2
3
452136
3
/pass
?
3
2

"""


def test_line_mode(turns: Turns, check: Check) -> None:
    """A whole placement, typed."""
    said = played(turns, quiz(turns), LINES)
    assert "\x1b" not in said
    check(GOLDEN / "lines.txt", said)


def played(turns: Turns, session: Quiz, lines: str) -> str:
    """What line mode says while these lines are typed, each of which takes a second."""
    out = io.StringIO()
    terminal = Plain(SPEECH, Echo(lines, out), out, {})
    with terminal:
        while True:
            session = terminal.paint(session)
            key = terminal.key()
            if key is None:
                continue
            passed = session.at + (1000 if key == "enter" else 0)
            session, effects = press(session, key, passed)
            if any(isinstance(effect, Leave) for effect in effects):
                return out.getvalue()
            session = carried(turns, session, effects)
            assert session.phase != SAVING


class Echo(io.StringIO):
    """Lines that show in what is printed when they are read."""

    def __init__(self, lines: str, out: io.StringIO) -> None:
        super().__init__(lines)
        self._out = out

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(-1 if size is None else size)
        self._out.write(f"> {line}" if line else "")
        return line


KEYS = ("1", "2", "3", "enter", "tab", "down", "up", "space", "esc", "b", "l", "h", "a", "?", "f")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.sampled_from(KEYS), max_size=40), st.integers(40, 120), st.integers(10, 40))
def test_any_keys_at_any_size(turns: Turns, keys: list[str], columns: int, rows: int) -> None:
    shown = after(turns, quiz(turns), *keys).scrolled(-1, -1)
    lines = render(shown, columns, rows).lines
    assert len(lines) == rows
    assert all(size(line) <= columns for line in lines)
