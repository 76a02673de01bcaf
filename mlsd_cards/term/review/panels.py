"""What is laid over a card: the menu, the page of keys, and looked-up lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.session import Panel, Session
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph
from mlsd_cards.term.page import Page
from mlsd_cards.term.review import labels
from mlsd_cards.term.wrap import width

DAYS = (
    "Why the four keys of a new card read nearly alike: under SM-2 the first interval is 1 day and "
    "the second 6 whatever the grade, because the ease factor only speaks from the third review.",
    "today+15 d means: asked again today until it is Good, then in 15 days.",
)
"""The part of the page of keys that is about days."""

DAYS_OF_FSRS = (
    "What stands under a key is the day by which the chance to know the card will have fallen to "
    "the one that you want, 90 % unless you set desired_retention.",
    "today+2 d means: asked again today until it is known, then in 2 days.",
)
"""The same where FSRS schedules."""


def panel(session: Session, shown: Panel, page: Page) -> list[Line]:
    """The panel's lines, none longer than the page's."""
    room, glyphs = page.room, page.glyphs
    if shown.name == "menu":
        return (
            short_menu(bindings.MENU, room)
            if page.tight
            else table("Menu", bindings.MENU, room, glyphs, 6)
        )
    if shown.name == "keys":
        return _keys(session, room, glyphs)
    title: list[Line] = [*paragraph(glyphs.flat(shown.name.capitalize()), room, "bold"), ()]
    return title + [line for text in shown.lines for line in paragraph(glyphs.typed(text), room)]


def entry(shown: Panel, page: Page) -> list[Line]:
    """The note that is being typed, of a long one its end."""
    lead: Line = (Span("What is wrong? ", "dim"),)
    text = page.glyphs.flat(shown.lines[0]) + page.glyphs.caret
    return paragraph(text, page.room, "bold", lead, flush=True)[-3 if page.tight else -5 :]


def short_menu(rows: Sequence[Binding], room: int) -> list[Line]:
    """The menu in two columns, because it does not scroll."""
    half = (len(rows) + 1) // 2
    lines: list[Line] = []
    for row in range(half):
        line: Line = ()
        for binding in rows[row::half]:
            key, text = binding.keys[0], f" {binding.label}"
            line = (*line, Span(key, "key"), Span(text.ljust(room // 2 - len(key))))
        lines.append(line)
    return lines


def sections(session: Session) -> list[tuple[str, list[Binding]]]:
    """The tables that concern this card, each with a title; what stands in the menu only there."""
    turn = session.turn
    asked = bindings.ANSWERING[turn.question.form] if turn else ()
    tables = (
        ("Question", asked),
        ("Answer", bindings.ANSWERED[session.scale]),
    )
    drawn = turn is not None and turn.question.card.kind == "diagram"
    return [
        *((title, [row for row in rows if row not in bindings.MENU]) for title, rows in tables),
        *([("Drawing", list(bindings.DRAWN))] if drawn else []),
        ("Menu", list(bindings.MENU)),
    ]


def _keys(session: Session, room: int, glyphs: Glyphs) -> list[Line]:
    count = session.turn.question.count if session.turn else 6
    lines: list[Line] = []
    for title, rows in sections(session):
        if rows:
            lines += [*table(title, rows, room, glyphs, count), ()]
    lines += paragraph(labels.EVERYWHERE, room)
    for text in days(session):
        lines += [(), *paragraph(text, room)]
    return lines


def days(session: Session) -> tuple[str, ...]:
    """What is to be known of the days under the keys."""
    futures = session.turn.futures.values() if session.turn else ()
    return DAYS_OF_FSRS if any(after.memory for after in futures) else DAYS


def table(
    title: str, rows: Iterable[Binding], room: int, glyphs: Glyphs, options: int
) -> list[Line]:
    """A binding a line: keys, and what they do."""
    named = [(labels.keys(row, glyphs, options), row.help) for row in rows]
    column = max(width(keys) for keys, _ in named) + 2
    lines: list[Line] = [(Span(title, "bold"),)]
    for keys, text in named:
        lead = (Span(keys, "key"), Span(" " * (column - width(keys))))
        lines += paragraph(glyphs.typed(text), room, lead=lead)
    return lines
