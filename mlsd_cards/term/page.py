"""What the middle of a screen is set on, and what is set: lines, those of them that matter now."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.term.line import Glyphs, Line


class Body:
    """Lines that scroll, below them lines that must stay in sight, and the first and last line of
    what matters now. ``pan`` is the first column in sight of a drawing, if one was moved."""

    __slots__ = ("focus", "lines", "pan", "pinned")

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.pinned: list[Line] = []
        self.focus = (0, 0)
        self.pan: int | None = None


class Page(NamedTuple):
    """How a body is to be set: cells in a line, whether to save lines, and the signs."""

    room: int
    tight: bool
    glyphs: Glyphs

    @property
    def gap(self) -> list[Line]:
        """An empty line where there is room for it."""
        return [] if self.tight else [()]
