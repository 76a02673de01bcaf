"""Line mode: one fact a line, answers as lines; for pipes, logs and screen readers.

No cursor code, no colour, no redraw. What has been said is not said again.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from select import select
from shutil import get_terminal_size
from time import monotonic
from types import TracebackType
from typing import IO, Self

from mlsd_cards.cards.question import ORDER, RECALL, TOGGLE, TYPE
from mlsd_cards.study import bindings
from mlsd_cards.study.session import BACK, FRONT, SAVING, Session
from mlsd_cards.term.facts import Fact, facts, hint
from mlsd_cards.term.line import glyphs_for
from mlsd_cards.term.wrap import wrap

NARROWEST = 20
"""Columns; a terminal that says it has fewer is not believed."""

LONGEST = 1000
"""Characters of a line that are read; no answer is longer."""


class Plain:
    """Says what is new in a session, and reads its keys from lines."""

    stays = True

    def __init__(
        self, stdin: IO[str], stdout: IO[str], environ: Mapping[str, str] = os.environ
    ) -> None:
        self._lines = Lines(stdin)
        self._out = stdout
        self._glyphs = glyphs_for(stdout, environ)
        self._session = Session()
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

    def paint(self, session: Session) -> Session:
        """Say what is new since the last time; while a line is being carried out, nothing."""
        self._session = session
        if self._keys or session.phase == SAVING:
            return session
        true = facts(session, self._glyphs)
        news = [fact for fact in true if fact.mark not in self._known]
        self._known = {fact.mark for fact in true}
        self._say([line for fact in news for line in fact.lines])
        self._explain(session, news)
        if session.panel and session.panel.name != "flag":
            self._keys.append("esc")  # what was said cannot lie over anything
        self._asked = False
        return session

    def _explain(self, session: Session, news: list[Fact]) -> None:
        """What may be typed: at the first question of each form, and after a line that did nothing,
        where the status line is the reason if there is one."""
        form = session.turn.question.form if session.turn and session.phase == FRONT else ""
        if form and form not in self._hinted and not session.panel:
            self._hinted.add(form)
            self._say([self._glyphs.typed(hint(session))])
        elif self._asked and not news:
            reason = "" if self._idle else session.note
            self._say([self._glyphs.typed(reason or hint(session))])

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
        if line is None:
            return "ctrl-d" if self._lines.ended else None
        self._asked = True
        self._keys.extend(meant(self._session, line))
        self._idle = not self._keys
        return self._keys.popleft() if self._keys else None

    def paused(self) -> AbstractContextManager[None]:
        """Nothing is held, so nothing has to be given back."""
        return nullcontext()


def meant(session: Session, line: str) -> list[str]:
    """The keys that a line stands for at this moment; none if it stands for nothing."""
    text = line.strip()[:LONGEST]
    if session.panel and session.panel.name == "flag":
        return [*_characters(text), "enter"] if text else ["esc"]
    if text.startswith(("/", "! ")):
        return _menu(session, text.removeprefix("/").strip())
    form = session.turn.question.form if session.turn and session.phase == FRONT else ""
    if form == TYPE:
        return _typed(session, text)
    if form == TOGGLE and re.fullmatch(r"[1-9 ,;]+", text):
        return _toggled(session, text)
    if form == ORDER and re.fullmatch(r"[1-9 ,;]+", text):
        return _ordered(session, text)
    if not text:
        # The grade itself: Enter has to wait until the answer has settled, a line has not.
        return [str(session.proposed)] if session.phase == BACK else ["enter"]
    options = session.turn.question.count if session.turn and form else 0
    if options and text.isdigit() and text > str(options):
        return []
    if bindings.action(session.keys, text):
        return [text]
    if options and len(text) == 1:
        return _menu(session, text)
    return ["enter"] if form == RECALL and len(text) > 1 else []  # the answer, said for oneself


def _menu(session: Session, words: str) -> list[str]:
    """``u`` or ``undo``, directly where the key works, else through the menu; what stands behind
    ``flag`` is its note."""
    word, _, rest = words.partition(" ")
    note = [*_characters(rest.strip()), "enter"] if rest.strip() else []
    for binding in bindings.MENU:
        if word in {*binding.keys, binding.label}:
            key = binding.keys[0]
            typing = session.turn and session.turn.question.form == TYPE and session.phase == FRONT
            if rest and binding.action != "flag":
                break
            if bindings.action(session.keys, key) == binding.action and not typing:
                return [key, *note]
            return ["esc", key, *note] if bindings.OPEN_MENU in session.keys else []
    return []


def _characters(text: str) -> list[str]:
    """The keys by which a text is typed."""
    flat = text.expandtabs(1)
    return ["space" if char == " " else char for char in flat if char.isprintable()]


def _typed(session: Session, text: str) -> list[str]:
    """A whole answer, in place of what an earlier line has left there."""
    return [*["backspace"] * len(session.text), *_characters(text), "enter"]


def _toggled(session: Session, text: str) -> list[str]:
    """Exactly these options, whatever is taken already; none if one of them does not exist."""
    wanted = {int(digit) - 1 for digit in text if digit.isdigit()}
    count = len(session.turn.question.options) if session.turn else 0
    if not wanted or max(wanted) >= count:
        return []
    return [*(str(index + 1) for index in sorted(wanted ^ session.picked)), "enter"]


def _ordered(session: Session, text: str) -> list[str]:
    """Exactly this order, whatever has been placed already; none if it is not each line once. A
    first line that stays need not be named."""
    lines = session.lines
    digits = [digit for digit in text if digit.isdigit()]
    if lines is None:
        return []
    free = [str(index + 1) for index in range(len(lines.order))][lines.fixed :]
    named = digits[lines.fixed :] if digits[: lines.fixed] == ["1"] else digits
    if sorted(named) != free:
        return []
    return [*["backspace"] * (lines.placed - lines.fixed), *named, "enter"]


class Lines:
    """Lines from a stream, with a time limit where the system can wait for it."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._buffer = b""
        self.ended = False
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
            if wait is not None and not select([self._fd], [], [], wait)[0]:
                return None
            if not self._fill():
                self.ended = True
                last, self._buffer = self._buffer, b""
                return last.decode(self._encoding, "replace").rstrip("\r") if last else None
        line_bytes, _, self._buffer = self._buffer.partition(b"\n")
        return line_bytes.decode(self._encoding, "replace").rstrip("\r")

    def _fill(self) -> bool:
        try:
            more = os.read(self._fd, 65536)
        except OSError:
            more = b""
        self._buffer += more
        return bool(more)
