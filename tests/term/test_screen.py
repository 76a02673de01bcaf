"""The live screen on a real pseudo-terminal, seen through pyte."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from pathlib import Path
from select import select
from time import monotonic, sleep
from typing import Any, Self

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

import fcntl
import pty
import struct
import subprocess
import termios

import pyte

HERE = Path(__file__).parent
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


@pytest.fixture
def seen() -> Iterator[Seen]:
    """The driver, with its first screen shown."""
    with Seen(str(HERE / "driver.py")) as program:
        program.shows("quit")
        yield program


def test_the_screen_is_entered_and_left(seen: Seen) -> None:
    assert seen.mode(ALTERNATE)
    assert seen.mode(PASTE)
    assert not seen.mode(WRAP)
    assert not seen.mode(CURSOR)
    assert not seen.modes()[3] & (termios.ICANON | termios.ECHO)
    assert seen.modes()[3] & termios.ISIG
    assert seen.screen.display[0].startswith(" deck › topic   new card")
    seen.type(b"q")
    assert seen.ended() == 0
    seen.restored()
    assert "left in peace" in seen.text


@pytest.mark.parametrize("leaving", [b"\x03", b"\x04"])
def test_leaving_by_control_keys(seen: Seen, leaving: bytes) -> None:
    seen.type(leaving)
    assert seen.ended() == 0
    seen.restored()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_leaving_by_signals(seen: Seen, number: int) -> None:
    os.kill(seen.pid, number)
    assert seen.ended() == 0
    seen.restored()
    assert "left in peace" in seen.text


def test_an_exception_shows_its_traceback_on_the_normal_screen(seen: Seen) -> None:
    seen.type(b"x")
    assert seen.ended() == 1
    seen.restored()
    assert "RuntimeError: as asked" in seen.text
    assert seen.raw.index(b"\x1b[?1049l") < seen.raw.index(b"RuntimeError")


def test_hang_up_ends_the_program(seen: Seen) -> None:
    os.close(seen.inner)
    os.close(seen.fd)
    seen.fd = seen.inner = -1
    # the last words may fail, but nothing is killed or hangs
    assert seen.process.wait(PATIENCE) >= 0


def test_keys_and_the_clock(seen: Seen) -> None:
    seen.type(b"\x1b[5~")
    seen.shows("key pgup")
    seen.type("é".encode()[:1])
    seen.type("é".encode()[1:])
    seen.shows("key é")
    seen.type(b"t")
    seen.shows("key None in time")
    seen.type(b"\x1b")
    seen.shows("press a key")
    seen.type(b"\x1b")
    seen.shows("key esc")
    seen.type(b"\x13")  # Ctrl-S is a key here and stops nothing
    seen.shows("key ctrl-s")
    seen.type(b" ")
    seen.shows("The answer.")
    seen.shows("3 Good 1 d ⏎")


def test_resize_redraws_and_too_small_is_dead(seen: Seen) -> None:
    seen.resize(40, 12)
    seen.until(lambda: seen.screen.display[0].rstrip().endswith("new 1/2"))
    assert "↓ 4 more" in seen.text
    seen.resize(39, 9)
    seen.shows("40x10 needed, this is 39x9")
    seen.type(b" q")
    seen.until(lambda: not seen.unread())
    seen.resize(80, 24)
    seen.shows("show")
    assert "The answer." not in seen.text
    seen.type(b"q")
    assert seen.ended() == 0


def test_an_answer_below_the_fold_is_scrolled_to_and_stays_where_it_is_scrolled() -> None:
    with Seen(str(HERE / "driver.py"), size=(40, 12)) as program:
        program.shows("↓ 4 more")
        program.type(b" ")
        program.shows("The answer.")
        program.type(b"\x1b[5~")
        program.until(lambda: "The answer." not in program.text)


def test_an_editor_gets_the_terminal(seen: Seen) -> None:
    seen.type(b"e")
    seen.until(lambda: not seen.mode(ALTERNATE))
    seen.until(lambda: bool(seen.modes()[3] & termios.ICANON))
    seen.type(b"writes a line\n")
    seen.until(lambda: seen.mode(ALTERNATE))
    seen.shows("quit")
    assert b"the editor writes a line" in seen.raw
    seen.type(b"q")
    assert seen.ended() == 0
    seen.restored()


def test_stop_and_foreground() -> None:
    with Seen(str(HERE / "shell.py"), str(HERE / "driver.py")) as program:
        program.shows("quit")
        for _ in range(2):
            program.type(b"\x1a")
            program.shows("stopped")
            program.restored()
            program.type(b"fg\n")
            program.shows("quit")
            assert program.mode(ALTERNATE)
            program.type(b"\x1b[6~")
            program.shows("key pgdn")  # at once, without an Enter
        program.type(b"q")
        assert program.ended() == 0
        program.restored()
        assert "left in peace" in program.text
        assert "ended 0" in program.text


def test_stopped_without_being_asked(seen: Seen) -> None:
    os.kill(seen.pid, signal.SIGSTOP)
    os.waitid(os.P_PID, seen.pid, os.WSTOPPED | os.WNOWAIT)
    termios.tcsetattr(seen.inner, termios.TCSANOW, seen.before)
    drawn = len(seen.raw)
    os.kill(seen.pid, signal.SIGCONT)
    seen.until(lambda: b"line 3 of the prompt" in seen.raw[drawn:])
    assert not seen.modes()[3] & termios.ICANON


def test_a_terminal_that_cannot_encode_gets_ascii() -> None:
    with Seen(str(HERE / "driver.py"), PYTHONIOENCODING="ascii") as program:
        program.shows("quit")
        assert program.screen.display[0].startswith(" deck > topic")
        program.raw.decode("ascii")
