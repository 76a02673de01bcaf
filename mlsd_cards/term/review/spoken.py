"""A review spoken: what line mode says of it and what a line means to it. Pure."""

from __future__ import annotations

import re

from mlsd_cards.cards.question import ORDER, RECALL, TOGGLE, TYPE
from mlsd_cards.study import bindings
from mlsd_cards.study.session import BACK, FRONT, SAVING, Session
from mlsd_cards.term.plain import Speech
from mlsd_cards.term.review.facts import facts, hint

LONGEST = 1000
"""Characters of a line that are read; no answer is longer."""


def moment(session: Session) -> str:
    """The form of the question that is open: what may be typed is said once for each."""
    if not session.turn or session.phase != FRONT or session.panel:
        return ""
    return session.turn.question.form


def closing(session: Session) -> str:
    """The key that closes what lies over the card: what was said cannot lie over anything."""
    return "esc" if session.panel and session.panel.name != "flag" else ""


def meant(session: Session, line: str) -> list[str]:
    """The keys that a line stands for at this moment; none if it stands for nothing."""
    text = line.strip()[:LONGEST]
    if session.panel and session.panel.name == "flag":
        return [*_characters(text), "enter"] if text else ["esc"]
    if text.startswith(("/", "! ")):
        return _menu(session, text.removeprefix("/").strip())
    form = session.turn.question.form if session.turn and session.phase == FRONT else ""
    if form == TYPE:
        return _typed(session, text)
    if form == TOGGLE and re.fullmatch(r"[1-9 ,;]+", text):
        return _toggled(session, text)
    if form == ORDER and re.fullmatch(r"[1-9 ,;]+", text):
        return _ordered(session, text)
    if not text:
        # The grade itself: Enter has to wait until the answer has settled, a line has not.
        return [str(session.proposed)] if session.phase == BACK else ["enter"]
    options = session.turn.question.count if session.turn and form else 0
    if options and text.isdigit() and text > str(options):
        return []
    if bindings.action(session.keys, text):
        return [text]
    if options and len(text) == 1:
        return _menu(session, text)
    return ["enter"] if form == RECALL and len(text) > 1 else []  # the answer, said for oneself


def _menu(session: Session, words: str) -> list[str]:
    """``u`` or ``undo``, directly where the key works, else through the menu; what stands behind
    ``flag`` is its note."""
    word, _, rest = words.partition(" ")
    note = [*_characters(rest.strip()), "enter"] if rest.strip() else []
    for binding in bindings.MENU:
        if word in {*binding.keys, binding.label}:
            key = binding.keys[0]
            typing = session.turn and session.turn.question.form == TYPE and session.phase == FRONT
            if rest and binding.action != "flag":
                break
            if bindings.action(session.keys, key) == binding.action and not typing:
                return [key, *note]
            return ["esc", key, *note] if bindings.OPEN_MENU in session.keys else []
    return []


def _characters(text: str) -> list[str]:
    """The keys by which a text is typed."""
    flat = text.expandtabs(1)
    return ["space" if char == " " else char for char in flat if char.isprintable()]


def _typed(session: Session, text: str) -> list[str]:
    """A whole answer, in place of what an earlier line has left there."""
    return [*["backspace"] * len(session.text), *_characters(text), "enter"]


def _toggled(session: Session, text: str) -> list[str]:
    """Exactly these options, whatever is taken already; none if one of them does not exist."""
    wanted = {int(digit) - 1 for digit in text if digit.isdigit()}
    count = len(session.turn.question.options) if session.turn else 0
    if not wanted or max(wanted) >= count:
        return []
    return [*(str(index + 1) for index in sorted(wanted ^ session.picked)), "enter"]


def _ordered(session: Session, text: str) -> list[str]:
    """Exactly this order, whatever has been placed already; none if it is not each line once. A
    first line that stays need not be named."""
    lines = session.lines
    digits = [digit for digit in text if digit.isdigit()]
    if lines is None:
        return []
    free = [str(index + 1) for index in range(len(lines.order))][lines.fixed :]
    named = digits[lines.fixed :] if digits[: lines.fixed] == ["1"] else digits
    if sorted(named) != free:
        return []
    return [*["backspace"] * (lines.placed - lines.fixed), *named, "enter"]


SPEECH = Speech(
    facts=facts,
    hint=hint,
    moment=moment,
    meant=meant,
    closing=closing,
    is_busy=lambda session: session.phase == SAVING,
    note=lambda session: session.note,
)
