"""A session as a screen of lines. Pure: the same session and size give the same screen."""

from __future__ import annotations

from mlsd_cards.study.session import Session
from mlsd_cards.term import labels
from mlsd_cards.term.body import body
from mlsd_cards.term.footer import footer
from mlsd_cards.term.line import ASCII, Glyphs, Line, Screen, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.panels import entry, panel
from mlsd_cards.term.wrap import cut, width

SMALLEST = (40, 10)
"""Columns and rows below which there is no screen."""

WIDE, TALL = 60, 16
"""From here on there is room for words in the header, and for empty lines in the body."""

MEASURE = 76
"""The longest line of text, in cells: longer ones are hard to read."""


def render(session: Session, columns: int, rows: int, *, ascii_only: bool = False) -> Screen:
    """The screen for a terminal of ``columns`` by ``rows`` cells."""
    glyphs = ASCII if ascii_only else Glyphs()
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        return _too_small(columns, rows)
    margin = _margin(session, columns)
    page = Page(min(columns - 2 * margin, MEASURE), rows < TALL, glyphs)
    below = [_rule(columns, glyphs), *footer(session, columns, page)]
    room = rows - 2 - len(below)
    note = _note(session, page, room // 2)
    made = _middle(session, page)
    room -= len(note)
    lines, scroll, above, more = _window(made, room, session.scroll, page)
    head = [_header(session, columns, glyphs), _rule(columns, glyphs, glyphs.up, above)]
    below[0] = _rule(columns, glyphs, glyphs.down, more)
    indent = (Span(" " * margin),)
    middle: list[Line] = [(*indent, *line) if line else () for line in (*lines, *note)]
    pan = session.pan if made.pan is None else made.pan  # what covers a drawing does not move it
    return Screen((*head, *middle, *below), scroll, pan)


def _margin(session: Session, columns: int) -> int:
    """Cells left free at either side; of 80, as many as the widest drawing leaves."""
    if columns < WIDE:
        return 1
    return 2 if session.turn and session.turn.question.card.kind == "diagram" else 3


def _too_small(columns: int, rows: int) -> Screen:
    """One line that says so; it may be longer than the terminal is wide."""
    wanted = f"{SMALLEST[0]}x{SMALLEST[1]} needed, this is {columns}x{rows} (Ctrl-C)"
    line: Line = (Span(cut(wanted, max(0, columns), "")),)
    return Screen((line, *[()] * max(0, rows - 1))[: max(0, rows)], 0, dead=True)


def _rule(columns: int, glyphs: Glyphs, arrow: str = "", hidden: int = 0) -> Line:
    """A rule; where lines of the body are out of sight beyond it, it says how many."""
    if not hidden:
        return (Span(glyphs.rule * columns, "dim"),)
    words = f" {arrow} {hidden} more "
    before = glyphs.rule * (columns - 2 - width(words))
    return (Span(before, "dim"), Span(words), Span(glyphs.rule * 2, "dim"))


def _header(session: Session, columns: int, glyphs: Glyphs) -> Line:
    """Deck and topic, what is special about the card, and how far the session is."""
    wide = columns >= WIDE
    name = "practice" if session.practice else "review"
    turn = session.turn
    if turn is None:
        return (Span(f" {name}", "bold"),)
    deck = glyphs.flat(turn.deck).replace("::", f" {glyphs.chevron} ")
    topic = glyphs.flat(turn.question.card.topic)
    parts = [part for part in (deck, topic) if part]
    left: Line = (Span(" " + f" {glyphs.chevron} ".join(parts if wide else parts[:1]), "bold"),)
    kind = {"new": "new card", "again": "again"}.get(turn.kind, "")
    marks = [mark for mark in (kind, "* marked" if turn.marked else "") if mark]
    if wide:
        left = (*left, Span("".join(f"   {mark}" for mark in marks)))
        new = labels.new_left(session)
        right = f"{name}  {labels.place(session)}" + (f"  new {new}" if new else "")
    else:
        short = [mark.split()[0] for mark in marks]
        right = " ".join(("practice" if session.practice else "", *short, labels.place(session)))
    return spread(left, (Span(right.lstrip() + " "),), columns)


def _note(session: Session, page: Page, most: int) -> list[Line]:
    """The status in as few lines as it needs; a remark in brackets is left out where it would cost
    a line on a small screen."""
    if not session.note:
        return []
    text = page.glyphs.flat(session.note)
    said, _, remark = text.rpartition(" (") if text.endswith(")") else (text, "", "")
    if said and remark and width(text) < page.room:
        lines = [spread((Span(said, "note"),), (Span(f"({remark}", "dim"),), page.room)]
    else:
        lines = paragraph(said or text if page.tight else text, page.room, "note")
    if len(lines) > most:
        last = cut(lines[most - 1][-1].text, page.room - 2, "") + f" {page.glyphs.ellipsis}"
        lines = [*lines[: most - 1], (Span(last, "note"),)]
    return lines if page.tight else [(), *lines]


def _middle(session: Session, page: Page) -> Body:
    """What stands between the rules: a panel, the card, or the end."""
    noting = session.panel if session.panel and session.panel.name == "flag" else None
    if session.panel and not noting:
        made = Body(panel(session, session.panel, page))
    elif session.turn:
        made = body(session, session.turn, page)
        if noting:
            made.pinned = entry(noting, page)
    else:
        text = (page.glyphs.typed(line) for line in session.closing)
        made = Body([line for part in text for line in paragraph(part, page.room)])
    if not page.tight:
        first, last = made.focus
        made.lines.insert(0, ())
        made.focus = (first + 1, last + 1)
    return made


def _window(made: Body, room: int, scroll: int, page: Page) -> tuple[list[Line], int, int, int]:
    """The lines of the body that are in sight, and how many are not: the first one's number, lines
    above, lines below. What is pinned stands below the text, or at the bottom if that scrolls.

    A negative ``scroll`` asks for what matters now: the answer, or the option at the cursor.
    """
    gap: list[Line] = [()] if made.pinned and not page.tight else []
    if made.pinned and len(made.lines) + len(gap) + len(made.pinned) <= room:
        made.lines += gap + made.pinned
        made.pinned = []
    room -= len(made.pinned)
    most = max(0, len(made.lines) - room)
    if scroll < 0:
        first, last = made.focus
        scroll = min(first, max(0, last - room + 1))
    scroll = min(scroll, most)
    lines = made.lines[scroll : scroll + room]
    more = len(made.lines) - scroll - len(lines)
    return [*lines, *[()] * (room - len(lines)), *made.pinned], scroll, scroll, more
