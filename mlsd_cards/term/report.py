"""What a command prints that is no session: paragraphs for a person, records for a program."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from typing import IO

from mlsd_cards.term.frame import styled
from mlsd_cards.term.line import Line, Span, glyphs_for, paragraph

NARROWEST = 20
UNBROKEN = 1 << 30
"""Cells in a line where there is no terminal: a line is as long as it is."""


class Report:
    """Lines on their way to a stream; on a terminal they are wrapped, elsewhere whole."""

    def __init__(
        self, stream: IO[str] | None = None, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._out = stream or sys.stdout
        self.is_terminal = self._out.isatty()
        self.glyphs = glyphs_for(self._out, environ)
        columns = shutil.get_terminal_size().columns
        self.room = max(NARROWEST, columns) if self.is_terminal else UNBROKEN
        self._styles = self.is_terminal and environ.get("TERM", "dumb") not in {"dumb", "unknown"}
        self._colour = not environ.get("NO_COLOR")

    def say(self, text: str, lead: str = "", style: str = "") -> None:
        """Print a text as it is typed behind ``lead``; wrapped lines stand below its beginning."""
        self._paragraph(self.glyphs.typed(text), lead, style)

    def quote(self, text: str, lead: str = "", style: str = "") -> None:
        """The same of a card's text, with its markup as styles."""
        self._paragraph(self.glyphs.show(text), lead, style)

    def draw(self, text: str, lead: str = "") -> None:
        """Print lines that must not be wrapped."""
        for line in self.glyphs.typed(text).split("\n"):
            self.line((Span(lead), Span(line)))

    def record(self, *fields: object) -> None:
        """Print the fields in one line, with tabs between them."""
        self._out.write("\t".join(self.glyphs.flat(str(field)) for field in fields) + "\n")

    def gap(self) -> None:
        """An empty line."""
        self._out.write("\n")

    def line(self, line: Line) -> None:
        """Print a line whose texts are fit to be shown."""
        text = "".join(span.text for span in line)
        if self._styles:
            text = styled(line, colour=self._colour)
        self._out.write(text.rstrip(" ") + "\n")

    def _paragraph(self, text: str, lead: str, style: str) -> None:
        front = (Span(self.glyphs.flat(lead)),) if lead else ()
        for line in paragraph(text, self.room, style, front):
            self.line(line)
