"""Line mode: one fact a line, answers as lines; for pipes, logs and screen readers.

No cursor code, no colour, no redraw. What has been said is not said again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from select import select
from shutil import get_terminal_size
from time import monotonic
from types import TracebackType
from typing import IO, Generic, NamedTuple, Self

from mlsd_cards.term.line import Glyphs, glyphs_for
from mlsd_cards.term.wrap import wrap
from mlsd_cards.terminal import LATE_S, S

NARROWEST = 20
"""Columns; a terminal that says it has fewer is not believed."""


class Fact(NamedTuple):
    """Something to be said once: as long as its ``mark`` stays the same it is not news."""

    mark: tuple[object, ...]
    lines: tuple[str, ...]


class Speech(NamedTuple, Generic[S]):
    """How a kind of session is spoken.

    ``facts`` are what is true now, in the order in which it is said; ``note`` the status;
    ``hint`` says what may be typed, unasked once for each ``moment`` that is not empty;
    ``meant`` makes keys of a line, ``closing`` is a key that presses itself after what was said,
    and nothing is said while the session ``is_busy``.
    """

    facts: Callable[[S, Glyphs], list[Fact]]
    hint: Callable[[S], str]
    moment: Callable[[S], str]
    meant: Callable[[S, str], list[str]]
    closing: Callable[[S], str]
    is_busy: Callable[[S], bool]
    note: Callable[[S], str]


class Plain(Generic[S]):
    """Says what is new in a session, and reads its keys from lines."""

    stays = True

    def __init__(
        self,
        speech: Speech[S],
        stdin: IO[str],
        stdout: IO[str],
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._speech = speech
        self._lines = Lines(stdin)
        self._out = stdout
        self._glyphs = glyphs_for(stdout, environ)
        self._session: S | None = None
        self._keys: deque[str] = deque()
        self._known: set[tuple[object, ...]] = set()
        self._hinted: set[str] = set()
        self._asked = self._idle = self._gone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._say(())

    def paint(self, session: S) -> S:
        """Say what is new since the last time; while a line is being carried out, nothing."""
        self._session = session
        if self._keys or self._speech.is_busy(session):
            return session
        true = self._speech.facts(session, self._glyphs)
        news = [fact for fact in true if fact.mark not in self._known]
        self._known = {fact.mark for fact in true}
        self._say([line for fact in news for line in fact.lines])
        self._explain(session, news)
        if closing := self._speech.closing(session):
            self._keys.append(closing)
        self._asked = False
        return session

    def _explain(self, session: S, news: list[Fact]) -> None:
        """What may be typed: at the first moment of each kind, and after a line that did nothing,
        where the status line is the reason if there is one."""
        moment = self._speech.moment(session)
        if moment and moment not in self._hinted:
            self._hinted.add(moment)
            self._say([self._glyphs.typed(self._speech.hint(session))])
        elif self._asked and not news:
            reason = "" if self._idle else self._speech.note(session)
            self._say([self._glyphs.typed(reason or self._speech.hint(session))])

    def _say(self, lines: list[str] | tuple[str, ...]) -> None:
        """Print whole lines at once; a reader that is gone is not told so, it is left."""
        if self._gone:
            return
        try:
            if lines:
                self._out.write("\n".join(self._broken(lines)) + "\n")
            self._out.flush()
        except BrokenPipeError:
            self._gone = self._lines.ended = True
            self._keys.clear()

    def _broken(self, lines: list[str] | tuple[str, ...]) -> Iterable[str]:
        """On a terminal no word goes over its edge, where a screen reader would say two."""
        if not self._out.isatty():
            return lines
        columns = max(NARROWEST, get_terminal_size().columns)
        return (piece for line in lines for piece in wrap(line, columns))

    def key(self, timeout: float | None = None) -> str | None:
        """The next key of the present line, or the first of the next; at the end ``ctrl-d``.

        None after ``timeout`` seconds without a line, and after a line that means nothing here.
        """
        if self._keys:
            return self._keys.popleft()
        try:
            line = self._lines.read(timeout)
        except KeyboardInterrupt:
            return "ctrl-c"
        if line is None or self._session is None:
            return "ctrl-d" if self._lines.ended else None
        self._asked = True
        self._keys.extend(self._speech.meant(self._session, line))
        self._idle = not self._keys
        return self._keys.popleft() if self._keys else None

    def away(self) -> int:
        """For how long (ms) the program was stopped since this was last asked."""
        away, self._lines.away = self._lines.away, 0.0
        return round(1000 * away)

    def paused(self) -> AbstractContextManager[None]:
        """Nothing is held, so nothing has to be given back."""
        return nullcontext()


class Lines:
    """Lines from a stream, with a time limit where the system can wait for it."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._buffer = b""
        self.ended = False
        self.away = 0.0
        try:
            self._fd = stream.fileno()
        except (OSError, ValueError, AttributeError):
            self._fd = -1

    def read(self, timeout: float | None = None) -> str | None:
        """The next line without its end; None after ``timeout`` seconds, and once it has ended."""
        if self.ended:
            return None
        if self._fd < 0:
            line = self._stream.readline()
            self.ended = not line
            return line.rstrip("\r\n") if line else None
        deadline = None if timeout is None else monotonic() + timeout
        while b"\n" not in self._buffer:
            wait = None if deadline is None else max(0.0, deadline - monotonic())
            if wait is not None and not self._comes(wait):
                return None
            if not self._fill():
                self.ended = True
                last, self._buffer = self._buffer, b""
                return last.decode(self._encoding, "replace").rstrip("\r") if last else None
        line_bytes, _, self._buffer = self._buffer.partition(b"\n")
        return line_bytes.decode(self._encoding, "replace").rstrip("\r")

    def _comes(self, wait: float) -> bool:
        """Whether something to read comes within ``wait`` seconds; those in which the program was
        stopped are ``away``."""
        since = monotonic()
        ready = select([self._fd], [], [], wait)[0]
        late = monotonic() - since - wait
        self.away += late if late > LATE_S else 0.0
        return bool(ready)

    def _fill(self) -> bool:
        try:
            more = os.read(self._fd, 65536)
        except OSError:
            more = b""
        self._buffer += more
        return bool(more)
