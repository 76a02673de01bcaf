"""The program on a pseudo-terminal: keys to it, its screen from it, and a kill at any moment."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyte

COLUMNS, ROWS = 80, 24
PATIENCE_S = 20.0
PROGRAM = (sys.executable, "-m", "mlsd_cards")
TAKEN = {b"\x1b[?1049h": b"\x1b[?1049l", b"\x1b[?25l": b"\x1b[?25h"}
"""What takes a terminal's own screen and its cursor, and what gives them back."""


class Terminal:
    """A run of the program and the screen that a person would see."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        before: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        """``before`` is a command that runs the program; ``prepare`` is called in its process."""
        self._master, self._slave = os.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._modes = termios.tcgetattr(self._slave)
        self.output = b""
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        names = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "MLSD_CARDS_HOME": str(home)}
        self.process = subprocess.Popen(
            [*before, *PROGRAM, *arguments],
            stdin=self._slave, stdout=self._slave, stderr=self._slave,
            start_new_session=True,
            env={**os.environ, **(environment or {}), **names},
            preexec_fn=lambda: _as_a_person_starts_it(prepare),
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The screen as it was last painted."""
        return "\n".join(self._screen.display)

    @property
    def footer(self) -> str:
        """The keys of this moment."""
        return "\n".join(self._screen.display[-2:])

    def press(self, key: str) -> None:
        """Send a key, if anybody still listens."""
        if self.process.poll() is None:
            os.write(self._master, key.encode())

    def look(self, patience: float = 0.03) -> bool:
        """Take in what is being painted, until nothing has come for so long; whether any came."""
        came = False
        while select.select([self._master], [], [], patience)[0]:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:
                break
            if not data:
                break
            came, self.output = True, self.output + data
            self._stream.feed(data)
        return came

    def wait_for(self, *words: str) -> bool:
        """Look until one of the words is on the screen; whether it came before patience ended."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self.look(0.01)
            if any(word in self.text for word in words):
                return True
            if self.process.poll() is not None:
                self.look()
                return any(word in self.text for word in words)
        return False

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal, and see what was painted until then."""
        if self.process.poll() is None:
            self.process.send_signal(number)

    def end(self) -> int:
        """Wait for the end, reading on; the exit code."""
        deadline = time.monotonic() + PATIENCE_S
        while self.process.poll() is None and time.monotonic() < deadline:
            self.look(0.02)
        if self.process.poll() is None:
            self.process.kill()
        self.look()
        return self.process.wait()

    def is_restored(self) -> bool:
        """Whether modes, screen and cursor of the terminal are as they were before the program."""
        given_back = all(
            self.output.rfind(back) >= self.output.rfind(taken) for taken, back in TAKEN.items()
        )
        return given_back and self._modes == termios.tcgetattr(self._slave)

    def close(self) -> None:
        """Let go of both ends."""
        self.end()
        os.close(self._master)
        os.close(self._slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: Any) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.close()


def _as_a_person_starts_it(prepare: Callable[[], None] | None) -> None:
    """In the process of the program: what a shell or nohup ignores for its jobs is not ignored."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if prepare:
        prepare()


def run(
    home: Path, *arguments: str, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """The program without a terminal, to its end."""
    return subprocess.run(
        [*before, *PROGRAM, *arguments],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        env={**os.environ, "MLSD_CARDS_HOME": str(home)},
        timeout=300,
    )  # fmt: skip
