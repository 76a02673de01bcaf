"""Screen mode: the session on the alternate screen of a terminal, and its keys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import IO, Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.segment import Segment
from rich.style import Style

from mlsd_cards.study.session import Session
from mlsd_cards.term.line import ASCII, Screen, glyphs_for
from mlsd_cards.term.reader import Reader
from mlsd_cards.term.view import render

STYLES = {
    "": None,
    "bold": Style(bold=True),
    "key": Style(bold=True),
    "dim": Style(dim=True),
    "note": Style(italic=True),
    "right": Style(color="green", bold=True),
    "partly": Style(color="yellow", bold=True),
    "wrong": Style(color="red", bold=True),
}

# No wrapping at the right edge: where the terminal thinks a character wider than we do, a line
# loses its end instead of pushing the others down. Pastes are announced, so that they are no keys.
ENTER, LEAVE = "\x1b[?7l\x1b[?2004h", "\x1b[?2004l\x1b[?7h"


class Drawing:
    """A screen as rich wants it: segments that are neither wrapped nor interpreted."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, one after the other."""
        for line in self.screen.lines:
            for span in line:
                yield Segment(span.text, STYLES[span.style])
            yield Segment.line()


class LiveScreen:
    """A terminal that shows one screen at a time and is left as it was found, whatever happens."""

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._out = stdout
        self._ascii = glyphs_for(stdout) is ASCII
        self._reader = Reader(stdin.fileno(), self._stopped)
        self._console = Console(file=stdout, force_terminal=True, force_interactive=True)
        self._live: Live | None = None
        self._dead = False
        self._followed: tuple[object, ...] = ()

    def __enter__(self) -> Self:
        self._reader.__enter__()
        try:
            self._show()
        except BaseException:
            self._reader.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._hide()
        finally:
            self._reader.__exit__(kind, error, trace)

    def paint(self, session: Session) -> int:
        """Draw the session at the terminal's present size."""
        columns, rows = self._size()
        self._console.size = (columns, rows)
        screen = render(self._following(session), columns, rows, ascii_only=self._ascii)
        self._dead = screen.dead
        if self._live:
            with suppress(OSError):  # hung up: the reader says so next
                self._live.update(Drawing(screen), refresh=True)
        return screen.scroll

    def key(self, timeout: float | None = None) -> str | None:
        """The next key; on a terminal that is too small only those that always leave."""
        key = self._reader.key(timeout)
        if self._dead and key not in {"ctrl-c", "ctrl-d"}:
            return None
        return key

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The terminal as it was before, with its own signals, for as long as this lasts."""
        self.__exit__(None, None, None)
        try:
            yield
        finally:
            self.__enter__()

    def _following(self, session: Session) -> Session:
        """The session, scrolled to what matters where that has changed: the answer has come, the
        cursor moved, a panel closed. Otherwise it stays where the person has scrolled it."""
        card = session.turn and session.turn.question.card.id
        panel = session.panel and session.panel.name
        now = (card, panel, session.revealed_at, session.cursor, session.picked)
        moved, self._followed = now != self._followed, now
        return replace(session, scroll=-1) if moved else session

    def _size(self) -> tuple[int, int]:
        """Columns and rows; COLUMNS and LINES are not asked, they do not follow a resize."""
        try:
            columns, rows = os.get_terminal_size(self._out.fileno())
        except OSError:
            columns, rows = 0, 0
        return columns or 80, rows or 24

    def _show(self) -> None:
        self._live = Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()
        self._out.write(ENTER)
        self._out.flush()

    def _hide(self) -> None:
        live, self._live = self._live, None
        if live is None:
            return
        with suppress(OSError):  # a terminal that has hung up takes nothing back
            self._out.write(LEAVE)
            self._out.flush()
            live.stop()

    def _stopped(self) -> None:
        """Ctrl-Z: leave the screen, stop, and come back with ``fg``."""
        self._hide()
        self._reader.suspend()
        self._show()
