"""Screen mode: a session on the alternate screen of a terminal, and its keys."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import TracebackType
from typing import IO, Generic, Protocol, Self, TypeVar

from mlsd_cards.term.frame import Frame
from mlsd_cards.term.line import ASCII, Screen, glyphs_for
from mlsd_cards.term.reader import Reader
from mlsd_cards.terminal import S, Shown

S_contra = TypeVar("S_contra", bound=Shown, contravariant=True)


class Render(Protocol[S_contra]):
    """A session as a screen of that many cells."""

    def __call__(
        self, session: S_contra, columns: int, rows: int, *, ascii_only: bool = False
    ) -> Screen: ...


class LiveScreen(Generic[S]):
    """A terminal that shows one screen at a time and is left as it was found, whatever happens."""

    stays = False

    def __init__(
        self,
        render: Render[S],
        stdin: IO[str],
        stdout: IO[str],
        environ: Mapping[str, str] = os.environ,
        *,
        lines: bool = False,
        later: tuple[str, ...] = (),
    ) -> None:
        self._render = render
        self._later = later
        self._lines = lines
        self._out = stdout
        self._ascii = glyphs_for(stdout, environ) is ASCII
        self._frame = Frame(stdout, colour=not environ.get("NO_COLOR"))
        self._reader = Reader(stdin.fileno(), self._stopped, self._frame.forget)
        self._dead = False
        self._followed: tuple[object, ...] = ()

    def __enter__(self) -> Self:
        self._reader.__enter__()
        self._frame.enter()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._frame.leave()
        finally:
            self._reader.__exit__(kind, value, trace)

    def paint(self, session: S) -> S:
        """Draw the session at the terminal's present size; it comes back as far as it moved.

        It is scrolled to what matters where that has changed, and stays otherwise where the person
        has scrolled it.
        """
        columns, rows = self._size()
        moved, self._followed = session.focus != self._followed, session.focus
        shown = session.scrolled(-1, session.pan) if moved else session
        screen = self._render(shown, columns, rows, ascii_only=self._ascii)
        self._dead = screen.dead
        self._frame.draw(screen.lines, (columns, rows))
        if screen.dead:
            return session
        return session.scrolled(screen.scroll, screen.pan)

    def key(self, timeout: float | None = None) -> str | None:
        """The next key; on a terminal that is too small only those that always leave."""
        if self._later:  # the first screen is there to be read
            names, self._later = self._later, ()
            for name in names:
                import_module(name)
        key = self._reader.key(timeout)
        if self._dead and key not in {"ctrl-c", "ctrl-d"}:
            self._reader.drop()
            return None
        return "space" if key == "newline" and not self._lines else key

    def away(self) -> int:
        """For how long (ms) the program was stopped since this was last asked."""
        return self._reader.away()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The terminal as it was before, with its own signals, for as long as this lasts."""
        self.__exit__(None, None, None)
        try:
            yield
        finally:
            self._reader.cooked()  # whatever modes the other program has left
            self.__enter__()

    def _size(self) -> tuple[int, int]:
        """Columns and rows; COLUMNS and LINES are not asked, they do not follow a resize."""
        try:
            columns, rows = os.get_terminal_size(self._out.fileno())
        except OSError:
            columns, rows = 0, 0
        return columns or 80, rows or 24

    def _stopped(self) -> None:
        """Ctrl-Z: leave the screen, stop, and come back with ``fg``."""
        self._frame.leave()
        self._reader.suspend()
        self._frame.enter()
