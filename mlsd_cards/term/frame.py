"""Drawing lines on a terminal's alternate screen, and leaving it as it was.

Written by hand, not with ``rich.live``: that costs twice ``python -c pass`` to import, which is the
wait before the first card, and does nothing more for a screen of ready lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO

from mlsd_cards.term.line import Line

STYLES = {
    "": "",
    "bold": "1",
    "key": "1",
    "dim": "2",
    "emph": "4",
    "code": "36",
    "note": "",
    "right": "1;32",
    "partly": "1;33",
    "wrong": "1;31",
    "match": "4",
    "warm": "32",
}
"""Each style as parameters of SGR; the colours are the terminal's own."""

# Alternate screen, no cursor. No wrapping at the right edge: where the terminal thinks a character
# wider than we do, a line loses its end instead of pushing the others down. Pastes are announced,
# so that nothing in them is taken for a key.
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"
LEAVE = "\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l"


def styled(line: Line, *, colour: bool = True) -> str:
    """The line with the terminal's codes for its styles."""
    parts = []
    for text, style in line:
        codes = ";".join(_codes(style, colour))
        parts.append(f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text)
    return "".join(parts).rstrip(" ")


def _codes(style: str, colour: bool) -> Iterator[str]:
    """The parameters of a style; those of two digits are colours."""
    for name in style.split():
        yield from (code for code in STYLES[name].split(";") if code and (colour or len(code) == 1))


class Frame:
    """What is on a terminal's screen; only lines that have changed are drawn again."""

    def __init__(self, out: IO[str], *, colour: bool = True) -> None:
        self._out = out
        self._colour = colour
        self._shown: list[str] = []
        self._size = (0, 0)
        self._open = False

    def enter(self) -> None:
        """Go to the alternate screen, with nothing on it."""
        self._open = True
        self._shown = []
        self._write(ENTER)

    def leave(self) -> None:
        """Go back to the screen that was there before; a second time does nothing."""
        if self._open:
            self._open = False
            self._write(LEAVE)

    def forget(self) -> None:
        """Draw everything the next time: something else has written on the screen."""
        self._shown = []

    def draw(self, lines: Sequence[Line], size: tuple[int, int]) -> None:
        """Show the lines on a terminal of ``size`` (columns, rows); nothing unless entered."""
        if not self._open:
            return
        if size != self._size:
            self._size, self._shown = size, []
        drawn = [styled(line, colour=self._colour) for line in lines]
        before: list[str] | list[None] = self._shown or [None] * len(drawn)
        changed = [
            f"\x1b[{row};1H\x1b[2K{text}"
            for row, (text, old) in enumerate(zip(drawn, before, strict=True), 1)
            if text != old
        ]
        self._write(("" if self._shown else "\x1b[2J") + "".join(changed))
        self._shown = drawn

    def _write(self, text: str) -> None:
        if text:
            with suppress(OSError):  # the terminal has hung up: the reader of keys says so next
                self._out.write(text)
                self._out.flush()
