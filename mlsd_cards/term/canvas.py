"""What every screen is set in: a header, rules, what scrolls between them, a status, keys. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mlsd_cards.term.line import ASCII, Glyphs, Line, Screen, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.wrap import cut, width

SMALLEST = (40, 10)
"""Columns and rows below which there is no screen."""

WIDE, TALL = 60, 16
"""From here on there is room for words in the header, and for empty lines in the body."""

MEASURE = 76
"""The longest line of text, in cells: longer ones are hard to read."""


class Canvas(NamedTuple):
    """A terminal of ``columns`` by ``rows`` cells, and the page that fits between the margins."""

    columns: int
    rows: int
    margin: int
    page: Page

    @property
    def wide(self) -> bool:
        """Whether there is room for words in the header."""
        return self.columns >= WIDE

    def screen(
        self, header: Line, made: Body, below: list[Line], *, note: str = "", scroll: int, pan: int,
        bar: Line = (),
    ) -> Screen:  # fmt: skip
        """The whole screen: ``below`` the lower rule stand the keys; a ``bar`` takes the place of
        the upper one while nothing is out of sight above. A negative ``scroll`` shows
        what matters now; ``pan`` is kept where the body moves no drawing."""
        columns, glyphs, page = self.columns, self.page.glyphs, self.page
        room = self.rows - 3 - len(below)
        if not page.tight:
            first, last = made.focus
            made.lines.insert(0, ())
            made.focus = (first + 1, last + 1)
        said = _note(note, page, (room + 1) // 2)
        lines, scroll, above, more = _window(made, room - len(said), scroll, page)
        indent = (Span(" " * self.margin),)
        middle: list[Line] = [(*indent, *line) if line else () for line in (*lines, *said)]
        shown = (
            header,
            bar if bar and not above else _rule(columns, glyphs, glyphs.up, above),
            *middle,
            _rule(columns, glyphs, glyphs.down, more),
            *below,
        )
        return Screen(shown, scroll, pan if made.pan is None else made.pan)


def on_canvas(
    draw: Callable[[Canvas], Screen],
    columns: int,
    rows: int,
    *,
    ascii_only: bool = False,
    margin: int = 3,
) -> Screen:
    """What ``draw`` makes of a terminal of that size; on one that is too small, a line that says
    so."""
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        return _too_small(columns, rows)
    glyphs = ASCII if ascii_only else Glyphs()
    margin = margin if columns >= WIDE else 1
    page = Page(min(columns - 2 * margin, MEASURE), rows < TALL, glyphs)
    return draw(Canvas(columns, rows, margin, page))


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


def _note(note: str, page: Page, most: int) -> list[Line]:
    """The status in as few lines as it needs; a remark in brackets is left out where it would cost
    a line on a small screen."""
    if not note:
        return []
    text = page.glyphs.flat(note)
    said, _, remark = text.rpartition(" (") if text.endswith(")") else (text, "", "")
    if said and remark and width(text) < page.room:
        lines = [spread((Span(said, "note"),), (Span(f"({remark}", "dim"),), page.room)]
    else:
        lines = paragraph(said or text if page.tight else text, page.room, "note")
    if len(lines) > most:
        last = cut(lines[most - 1][-1].text, page.room - 2, "") + f" {page.glyphs.ellipsis}"
        lines = [*lines[: most - 1], (Span(last, "note"),)]
    return lines if page.tight else [(), *lines]


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
