"""Words for what the tables and the scheduler hold: keys, grades and their days."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards.card import Number
from mlsd_cards.cards.question import Question
from mlsd_cards.schedule.day import spoken
from mlsd_cards.schedule.state import Button
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.session import Session, Turn
from mlsd_cards.term.line import ASCII, Glyphs


def keys(binding: Binding, glyphs: Glyphs, options: int = 6) -> str:
    """The keys of a binding as they are shown: ``1–4``, ``⏎``, the first two of more.

    Of the keys that pick an option, only as many as there are ``options``.
    """
    names = binding.keys
    if binding.action in {"pick", "toggle", "place"}:
        names = names[: max(1, options)]
    if len(names) > 2 and "".join(names).isdigit():
        return f"{names[0]}{glyphs.dash}{names[-1]}"
    names = names[:2]
    signs = {"enter": glyphs.enter, "up": glyphs.up, "down": glyphs.down}
    signs |= {"left": glyphs.west, "right": glyphs.east}
    if glyphs is ASCII:
        signs = {}
    return " ".join(signs.get(name, name) for name in names)


class Choice(NamedTuple):
    """One grade as the footer shows it; ``proposed`` is what enter takes."""

    key: str
    name: str
    when: str
    short: str
    proposed: bool


def choices(session: Session, turn: Turn) -> list[Choice]:
    """The grades of the session's scale, each with what its key would store."""
    named = session.scale == "1-4"
    grades = [button.value for button in Button] if named else range(6)
    return [
        Choice(
            str(grade),
            Button(grade).label if named else "",
            "" if session.practice else when(turn, session.quality(grade)),
            "" if session.practice else when(turn, session.quality(grade), short=True),
            grade == session.proposed,
        )
        for grade in grades
    ]


def when(turn: Turn, quality: int, *, short: bool = False) -> str:
    """When the card returns after an SM-2 grade: ``15 d``, or ``today+1 d`` if also today."""
    after = turn.futures.get(quality)
    if after is None:
        return ""
    days = spoken(after.due - turn.day)
    if not after.drill:
        return days
    if days == "today":
        return days
    return "today+" + (days.removesuffix(" d") if short else days)


def place(session: Session) -> str:
    """Which showing this is, of how many: ``7/24``."""
    done = len(session.answers)
    return f"{done + (session.turn is not None)}/{done + session.left}"


def new_left(session: Session) -> int:
    """How many new cards are still to be answered, the present one included."""
    waiting = sum(card in session.new for card in session.queue)
    return waiting + (session.turn is not None and session.turn.kind == "new")


def unit(question: Question) -> str:
    """The unit of a number that is asked for; empty where it has none."""
    text = str(getattr(question.card, "unit", "1"))
    return "" if text == "1" else text


def precision(question: Question) -> str:
    """How near a typed number has to come, in words; empty where none is asked for."""
    card = question.card
    return card.tolerance.words(question.value) if isinstance(card, Number) else ""


def verdict(session: Session) -> tuple[str, str]:
    """How the answer was marked and why, in words; empty for a card that the person grades.

    What was wrong with a pick stands beside the option, so it is not said twice.
    """
    mark = session.mark
    if mark is None or session.turn is None:
        return "", ""
    word = {"right": "Right", "partly": "Partly right", "wrong": "Wrong"}[mark.verdict.value]
    question = session.turn.question
    if not question.options:
        return word, mark.why
    right = {index for index, option in enumerate(question.options) if option.correct}
    if not session.picked:
        return word, "not answered"
    if len(right) == 1 or session.picked == right:
        return word, ""
    found, extra = len(session.picked & right), len(session.picked - right)
    return word, f"{found} of {len(right)} found" + (f", {extra} wrong" if extra else "")


EVERYWHERE = "Ctrl-C and Ctrl-D leave at any time, as q does; every answer is already saved."
