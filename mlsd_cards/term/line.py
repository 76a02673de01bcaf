"""What a screen is made of: lines of styled spans, and the signs drawn with them.

A style is a name (``bold``, ``dim``, ``right``, ``wrong``, ``partly``), not a colour: what it means
always stands in the text too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, NamedTuple

from mlsd_cards.term.text import drawn, spelled, visible
from mlsd_cards.term.wrap import cut, width, wrap


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: str = ""


Line = tuple[Span, ...]


class Screen(NamedTuple):
    """Exactly as many lines as the terminal has, none wider than it is.

    ``scroll`` is the first line of the body that is shown, ``pan`` the first column of a drawing,
    both within their bounds; ``dead`` says that the terminal is too small and that keys do nothing.
    """

    lines: tuple[Line, ...]
    scroll: int = 0
    pan: int = 0
    dead: bool = False

    @property
    def text(self) -> str:
        """The screen without its styles."""
        return "\n".join(plain(line).rstrip() for line in self.lines) + "\n"


class Glyphs(NamedTuple):
    """The signs that are not letters."""

    rule: str = "─"
    dots: str = "·"
    cursor: str = "▸"
    caret: str = "▌"
    enter: str = "⏎"
    up: str = "↑"
    down: str = "↓"
    right: str = "✓"
    wrong: str = "✗"
    partly: str = "◐"
    chevron: str = "›"
    dash: str = "–"
    ellipsis: str = "…"
    held: str = "⇅"
    west: str = "←"
    east: str = "→"

    def show(self, text: str) -> str:
        """A text from outside, fit to be drawn with these signs."""
        return spelled(visible(text)) if self is ASCII else visible(text)

    def draw(self, text: str) -> str:
        """A drawing, each character in the cells that it was drawn in."""
        return drawn(visible(text)) if self is ASCII else visible(text)

    def flat(self, text: str) -> str:
        """The same, without line breaks."""
        return " ".join(self.show(text).split("\n"))


ASCII = Glyphs("-", ".", ">", "_", "<-", "^", "v", "+", "x", "~", ">", "-", "...", "=", "<", ">")


def glyphs_for(stream: IO[str], environ: Mapping[str, str] = os.environ) -> Glyphs:
    """ASCII where the stream cannot take the signs; the Linux console could, but has no pictures
    for them."""
    signs = "".join(Glyphs())
    try:
        signs.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return ASCII if environ.get("TERM") == "linux" else Glyphs()


def plain(line: Line) -> str:
    """The text of a line."""
    return "".join(span.text for span in line)


def size(line: Line) -> int:
    """The cells that a line takes."""
    return sum(width(span.text) for span in line)


def cropped(line: Line, room: int) -> Line:
    """The line without what goes beyond ``room`` cells."""
    if size(line) <= room:
        return line
    kept: list[Span] = []
    for span in line:
        text = cut(span.text, room, "")
        room -= width(text)
        kept.append(span._replace(text=text))
        if text != span.text:
            break
    return tuple(kept)


def spread(left: Line, right: Line, room: int) -> Line:
    """One line with something at either end; a left side that is too long is cropped."""
    left = cropped(left, max(0, room - size(right) - 1))
    gap = room - size(left) - size(right)
    return cropped((*left, Span(" " * max(0, gap)), *right), room)


def paragraph(
    text: str, room: int, style: str = "", lead: Line = (), *, flush: bool = False
) -> list[Line]:
    """The text wrapped into ``room`` cells behind ``lead``; the lines after the first are indented
    by the lead, or begin at the margin if ``flush``."""
    indent = size(lead)
    first, *others = wrap(text, room, indent) if flush else wrap(text, room - indent)
    begin: Line = (*lead, Span(first, style))
    margin: Line = () if flush or not indent else (Span(" " * indent),)
    return [begin, *((*margin, Span(line, style)) for line in others)]
