"""The lines below the lower rule: what the keys of this moment do, from the session's own table."""

from __future__ import annotations

from collections.abc import Sequence

from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.session import BACK, OVER, Session, Turn
from mlsd_cards.term.line import Glyphs, Line, Span, size, spread
from mlsd_cards.term.page import Page
from mlsd_cards.term.review import labels
from mlsd_cards.term.review.labels import Choice
from mlsd_cards.term.wrap import width

ARROWS = Binding(("up", "down"), "scroll", "scroll", "")

Hint = tuple[str, str]
"""Keys as shown, and what they do."""


def footer(session: Session, room: int, page: Page) -> list[Line]:
    """One line, or two where the grades need them."""
    glyphs = page.glyphs
    if session.panel:
        return [_panel(session.panel.name, room, glyphs)]
    if session.turn and session.phase == BACK:
        return _grades(session, session.turn, room, glyphs)
    count = session.turn.question.count if session.turn else 6
    shown = [binding for binding in session.keys if _is_shown(session, binding, page)]
    aside = {bindings.OPEN_MENU, bindings.KEYS, bindings.QUIT}
    hints = [
        (labels.keys(binding, glyphs, count), binding.label, binding in aside) for binding in shown
    ]
    left = [(keys, label) for keys, label, far in hints if not far]
    right = [(keys, label) for keys, label, far in hints if far]
    return [fitted(left, right, room)]


def _is_shown(session: Session, binding: Binding, page: Page) -> bool:
    """Whether a key has a place in the footer."""
    if binding in bindings.DRAWN and session.turn:
        from mlsd_cards.term.drawing import is_wide

        return is_wide(session.turn.question, page.room, page.glyphs)
    return bool(binding.label) and not _in_menu(session, binding)


def _in_menu(session: Session, binding: Binding) -> bool:
    """Whether a key is left to the menu page, where it is listed with the others."""
    always = {bindings.KEYS, bindings.QUIT}
    return session.phase != OVER and binding in bindings.MENU and binding not in always


def _panel(name: str, room: int, glyphs: Glyphs) -> Line:
    if name == "menu":
        return fitted([("", "press a key; any other closes it")], [], room)
    if name == "flag":
        named = [binding for binding in bindings.NOTING if binding.label]
        return fitted([(labels.keys(one, glyphs), one.label) for one in named], [], room)
    arrows = labels.keys(ARROWS, glyphs)
    scroll: list[Hint] = [(arrows, "scroll")]
    return fitted(scroll, [("any other key", "closes")], room)


def fitted(left: Sequence[Hint], right: Sequence[Hint], room: int) -> Line:
    """Hints at either end; the right ones lose their words where both do not fit."""
    begin = (Span(" "), *_spans(left, "   "))
    bare = [(keys, "") for keys, _ in right]
    least = [(keys, "") for keys, _ in right if keys == "?"]
    tries = [_spans(right, "   "), _spans(right, "  "), _spans(bare, "  "), _spans(least, ""), ()]
    end = next((end for end in tries if size(begin) + size(end) + 2 <= room), ())
    return spread(begin, (*end, Span(" ")), room)


def _spans(hints: Sequence[Hint], gap: str) -> Line:
    """The hints one after the other."""
    spans: list[Span] = []
    for index, (keys, label) in enumerate(hints):
        spans += [
            Span(gap if index else ""),
            Span(keys, "key"),
            Span(f" {label}" if keys and label else label),
        ]
    return tuple(spans)


def _grades(session: Session, turn: Turn, room: int, glyphs: Glyphs) -> list[Line]:
    """The grades with their days: in one line where that fits, else in two."""
    choices = labels.choices(session, turn)
    line: Line = (Span(" "),)
    for index, choice in enumerate(choices):
        line += (Span("  " if index else ""), *_long(choice, glyphs))
    rests: list[list[Hint]] = [[("?", "keys"), ("q", "quit")], [("?", "keys")], [("?", "")]]
    for rest in rests:
        end = _spans(rest, " ")
        if size(line) + size(end) + 2 <= room:
            return [spread(line, (*end, Span(" ")), room)]
    return _two_lines(choices, room, glyphs)


def _long(choice: Choice, glyphs: Glyphs) -> Line:
    """``3 Good 15 d ⏎``."""
    words = " ".join(word for word in (choice.name, choice.when) if word)
    sign = f" {glyphs.enter}" if choice.proposed else ""
    return (Span(choice.key, "key"), Span(f" {words}{sign}", "bold" if choice.proposed else ""))


def _two_lines(choices: Sequence[Choice], room: int, glyphs: Glyphs) -> list[Line]:
    """Four grades in columns, the days below the names; six without names in two rows."""
    if not choices[0].name:
        half = len(choices) // 2
        cells = [
            f"{choice.key} {choice.short}" + (f" {glyphs.enter}" if choice.proposed else "")
            for choice in choices
        ]
        rows = [cells[:half], cells[half:]]
    else:
        signs = [f" {glyphs.enter}" if choice.proposed else "" for choice in choices]
        names = zip(choices, signs, strict=True)
        rows = [
            [f"{choice.key} {choice.name}{sign}" for choice, sign in names],
            [choice.short.replace(" mo", "mo").replace(" y", "y") for choice in choices],
        ]
    columns = [max(map(width, column)) for column in zip(*rows, strict=True)]
    gap = max(1, min(3, (room - 4 - sum(columns)) // (len(columns) - 1)))
    upper, lower = (_row(row, columns, gap) for row in rows)
    return [
        spread((Span(" "), *upper), (Span(" "),), room),
        spread((Span(" "), *lower), (Span("?", "key"), Span(" ")), room),
    ]


def _row(cells: Sequence[str], columns: Sequence[int], gap: int) -> Line:
    padded = (
        cell + " " * (column - width(cell)) for cell, column in zip(cells, columns, strict=True)
    )
    return (Span((" " * gap).join(padded)),)
