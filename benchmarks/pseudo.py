"""The program on a pseudo-terminal, driven and timed from outside as a person's terminal would."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

PATIENCE_S = 20.0
QUIET_S = 0.03
"""A program that has drawn nothing for so long has drawn all."""

COLUMNS, ROWS = 80, 24

CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[])")
RULE = "─" * 20
FOOTER = re.compile(r"esc|\?|leave")
"""One of these stands in every footer of a review, below the second rule."""


class NotPaintedError(Exception):
    """The program ended, or was silent, before a whole screen had been painted."""


class Painted:
    """The program between its start and its end, on a terminal of 80x24."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        names = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**environment, **names},
        )
        os.close(slave)
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def footer(self) -> str:
        """The last two lines of the screen: the keys of this moment."""
        return "\n".join(self._screen.display[-2:])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            os.write(self._master, b"\x04")  # ctrl-d leaves at every moment
        try:
            self._drain()
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        finally:
            os.close(self._master)

    def painted(self) -> float:
        """Wait for the footer of the first card; the instant at which it was there."""
        seen = b""
        while not is_whole(CODES.sub("", seen.decode(errors="ignore"))):
            chunk = self._read(PATIENCE_S)
            arrived = time.perf_counter()
            if not chunk:
                raise NotPaintedError(CODES.sub("", seen.decode(errors="ignore"))[-2000:])
            seen += chunk
        self._stream.feed(seen)
        return arrived

    def press(self, key: str) -> float:
        """Press a key; seconds until all that it changes on the screen had been drawn."""
        self._quiet()
        pressed = time.perf_counter()
        os.write(self._master, key.encode())
        drawn, patience = 0.0, PATIENCE_S
        while chunk := self._read(patience):
            drawn, patience = time.perf_counter() - pressed, QUIET_S
            self._stream.feed(chunk)
        if not drawn:
            raise NotPaintedError("\n".join(self._screen.display))
        return drawn

    def _quiet(self) -> None:
        """Take in what is still being drawn."""
        while chunk := self._read(QUIET_S):
            self._stream.feed(chunk)

    def _read(self, patience: float) -> bytes:
        """What has been written; nothing after ``patience`` seconds or at the end."""
        if not select.select([self._master], [], [], patience)[0]:
            return b""
        try:
            return os.read(self._master, 65536)
        except OSError:  # the other end is closed: how Linux says that the program has ended
            return b""

    def _drain(self) -> None:
        """Read on until the program has ended: a full terminal would hold it up."""
        deadline = time.perf_counter() + PATIENCE_S
        while self._process.poll() is None and time.perf_counter() < deadline:
            self._read(0.02)


def is_whole(text: str) -> bool:
    """Whether the text ends in a screen with both of its rules and the footer below them."""
    parts = text.rsplit(RULE, 1)
    return len(parts) == 2 and RULE in parts[0].rstrip("─") and bool(FOOTER.search(parts[1]))


def first_paint(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds from the start of a review to its first card."""
    with Painted(command, environment) as screen:
        return screen.painted() - screen.begun


def answers(command: Sequence[str], environment: Mapping[str, str], count: int) -> list[float]:
    """Seconds from each of ``count`` grades to the card after it, with its commit between."""
    taken: list[float] = []
    with Painted(command, environment) as screen:
        screen.painted()
        while len(taken) < count:
            if "Again" in screen.footer:
                taken.append(screen.press("3"))
            else:
                screen.press("\r")  # nothing is chosen or typed: twice shows the answer
    return taken
