"""The live screen on a real pseudo-terminal, seen through pyte."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

import termios

from seen import ALTERNATE, CURSOR, PASTE, PATIENCE, WRAP, Seen

HERE = Path(__file__).parent


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
