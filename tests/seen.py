"""A program on a pseudo-terminal of its own, seen through pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from copy import copy, deepcopy
from select import select
from time import monotonic, sleep
from typing import Any, Self

import pyte

ALTERNATE, WRAP, PASTE, CURSOR = 1049, 7, 2004, 25
PATIENCE = 20.0
"""Seconds until a test gives up: machines are shared."""


CONTROLLED = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
"""Makes stdin the controlling terminal, as a shell's is, before the program runs."""


class TwoScreens(pyte.Screen):
    """A pyte screen that also has the alternate one."""

    kept: tuple[Any, Any] | None = None

    def set_mode(self, *modes: int, **kinds: bool) -> None:
        """Go to the alternate screen, for one."""
        super().set_mode(*modes, **kinds)
        if kinds.get("private") and ALTERNATE in modes:
            self.kept = deepcopy(self.buffer), copy(self.cursor)
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kinds: bool) -> None:
        """Come back from it, for one."""
        super().reset_mode(*modes, **kinds)
        if kinds.get("private") and ALTERNATE in modes and self.kept:
            self.buffer, self.cursor = self.kept
            self.cursor.hidden = False


class Seen:
    """A program on a terminal of its own, and what a person would see there."""

    def __init__(self, *argv: str, size: tuple[int, int] = (80, 24), **environ: str) -> None:
        env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        env |= {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "COLUMNS": "33", **environ}
        env.pop("MLSD_CARDS_PLAIN", None)
        self.screen = TwoScreens(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.fd, inner = pty.openpty()
        self.resize(*size, signalled=False)
        self.inner = inner
        self.before = self.modes()
        argv = (sys.executable, "-c", CONTROLLED, *argv)
        self.process = subprocess.Popen(
            argv, stdin=inner, stdout=inner, stderr=inner, env=env, start_new_session=True
        )
        self.pid = self.process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for descriptor in {self.fd, self.inner} - {-1}:
            os.close(descriptor)

    def resize(self, columns: int, rows: int, *, signalled: bool = True) -> None:
        """Change the terminal's size, as a window does."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if signalled:
            self.screen.resize(rows, columns)

    def type(self, text: bytes) -> None:
        """Type on its keyboard."""
        os.write(self.fd, text)

    def unread(self) -> int:
        """How many typed bytes the program has not read yet."""
        return int.from_bytes(fcntl.ioctl(self.inner, termios.FIONREAD, bytes(4)), sys.byteorder)

    def pump(self, wait: float) -> None:
        """Take in what the program writes within ``wait`` seconds."""
        if select([self.fd], [], [], wait)[0]:
            try:
                new = os.read(self.fd, 65536)
            except OSError:
                sleep(min(wait, 0.01))
                return
            self.raw += new
            self.stream.feed(new)

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true of the screen."""
        end = monotonic() + PATIENCE
        while not true():
            assert monotonic() < end, self.text
            self.pump(0.1)

    def shows(self, text: str) -> None:
        """Wait until the text stands on the screen."""
        self.until(lambda: text in self.text)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def mode(self, number: int) -> bool:
        """Whether a private mode is set."""
        return number << 5 in self.screen.mode

    def ended(self) -> int:
        """Wait for the end of the program; its exit code."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            self.pump(0.02)
            if self.process.poll() is not None:
                for _ in range(5):
                    self.pump(0.01)
                return self.process.returncode
        raise AssertionError(self.text)

    def restored(self) -> None:
        """The terminal is as the program found it."""
        assert not self.mode(ALTERNATE)
        assert not self.mode(PASTE)
        assert self.mode(WRAP)
        assert self.mode(CURSOR)
        assert self.modes() == self.before

    def modes(self) -> list[Any]:
        """The terminal's present modes, without what the kernel sets by itself."""
        modes = termios.tcgetattr(self.inner)
        modes[3] &= ~getattr(termios, "PENDIN", 0)
        return modes
