"""What a screen is made of: lines of styled spans, and the signs drawn with them.

A style is a name (``bold``, ``dim``, ``right``, ``wrong``, ``partly``), or several with spaces
between, not a colour: what it means always stands in the text too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple

from mlsd_cards.term.text import END, SWITCHES, drawn, spelled, visible
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
    full: str = "━"
    shades: str = "·░▒▓█"

    def show(self, text: str) -> str:
        """A card's text with its markup as styles, fit to be drawn by ``paragraph``."""
        if not any(sign in text for sign in "*_`$"):
            return self.typed(text)
        from mlsd_cards.term.styled import styled  # few cards have markup

        return styled(text, self is ASCII)

    def words(self, text: str) -> str:
        """The same where there are no styles."""
        shown = self.show(text)
        return shown.translate(UNSTYLED) if END in shown else shown

    def typed(self, text: str) -> str:
        """A text from outside as it was typed, fit to be drawn with these signs."""
        return spelled(visible(text)) if self is ASCII else visible(text)

    def draw(self, text: str) -> str:
        """A drawing, each character in the cells that it was drawn in."""
        return drawn(visible(text)) if self is ASCII else visible(text)

    def flat(self, text: str) -> str:
        """The same, without line breaks."""
        return " ".join(self.typed(text).split("\n"))


UNSTYLED = dict.fromkeys(map(ord, SWITCHES))


ASCII = Glyphs(
    "-", ".", ">", "_", "<-", "^", "v", "+", "x", "~", ">", "-", "...", "=", "<", ">", "=", ".:+*#"
)


def glyphs_for(stream: IO[str], environ: Mapping[str, str] = os.environ) -> Glyphs:
    """ASCII where the stream cannot take the signs, or the person asked for the locale C, for which
    Python takes UTF-8; the Linux console could take them, but has no pictures for them."""
    signs = "".join(Glyphs())
    try:
        signs.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return ASCII if environ.get("TERM") == "linux" or _asks_for_c(environ) else Glyphs()


def _asks_for_c(environ: Mapping[str, str]) -> bool:
    """Whether the locale is named C. Python itself sets LC_CTYPE to C.UTF-8 if it is."""
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE", "").replace("C.UTF-8", "")
    return (named or environ.get("LANG")) in {"C", "POSIX"}


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
    by the lead, or begin at the margin if ``flush``. What ``Glyphs.show`` has marked is styled."""
    indent = size(lead)
    lines = wrap(text, room, indent) if flush else wrap(text, room - indent)
    first, *others = _spans(lines, style) if END in text else ((Span(one, style),) for one in lines)
    margin: Line = () if flush or not indent else (Span(" " * indent),)
    return [(*lead, *first), *((*margin, *line) for line in others)]


def _spans(lines: Iterable[str], style: str) -> Iterator[Line]:
    """The lines of one text in their styles; one that begins in a line may go on in the next."""
    now = style
    for line in lines:
        first, *others = re.split("([\x01-\x04])", line)
        made = [Span(first, now)]
        for switch, text in zip(others[::2], others[1::2], strict=True):
            now = f"{style} {SWITCHES[switch]}".strip()
            made.append(Span(text, now))
        yield tuple(made)
