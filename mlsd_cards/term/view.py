"""A session as a screen of lines. Pure: the same session and size give the same screen."""

from __future__ import annotations

from mlsd_cards.study.session import OVER, Session
from mlsd_cards.term import labels
from mlsd_cards.term.body import Body, Page, answered, body
from mlsd_cards.term.footer import footer
from mlsd_cards.term.line import ASCII, Glyphs, Line, Screen, Span, cropped, paragraph, size, spread
from mlsd_cards.term.panels import panel
from mlsd_cards.term.text import one_line, spelled, visible
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
        made = _too_small(columns, rows)
    else:
        made = _laid_out(session, columns, rows, glyphs)
    if not ascii_only:
        return made
    return made._replace(lines=tuple(_in_ascii(line, columns) for line in made.lines))
