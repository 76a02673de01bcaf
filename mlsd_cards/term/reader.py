"""Keys from a terminal, in one thread: wait for a byte, a signal or the clock, whichever is first.

While it is open the terminal is in cbreak mode, and the signals that would end or stop the program
are remembered until ``key`` is asked again, so nothing is interrupted half-way.
"""

from __future__ import annotations

import os
import signal
import termios
from collections import deque
from collections.abc import Callable
from select import select
from time import monotonic
from types import FrameType, TracebackType
from typing import Any, Self

from mlsd_cards.term.keys import decode, in_paste
from mlsd_cards.terminal import LATE_S

ESCAPE_S = 0.05
"""Seconds after which an ESC with nothing behind it is the key, not the start of a sequence."""

PASTE_S = 1.0
"""Seconds to wait for the rest of a paste."""

LEAVE = {signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
WATCHED = (*LEAVE, signal.SIGINT, signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT)


class Reader:
    """Reads keys from the terminal at ``fd``. ``stop`` is called to leave the screen and stop for
    the shell (Ctrl-Z), and must return after ``fg`` with everything restored; ``resumed`` says that
    the process was stopped without being asked, and that the screen may show anything."""

    def __init__(self, fd: int, stop: Callable[[], None], resumed: Callable[[], None]) -> None:
        self._fd = fd
        self._stop = stop
        self._resumed = resumed
        self._rest = b""
        self._keys: deque[str] = deque()
        self._signals: deque[int] = deque()
        self._leaving = False
        self._handlers: dict[int, Any] = {}
        self._mode: list[Any] | None = None
        self._wakeup = (-1, -1)
        self._old_wakeup = -1
        self._away = self._heard = 0.0

    def __enter__(self) -> Self:
        self._mode = termios.tcgetattr(self._fd)
        self._wakeup = os.pipe()
        for end in self._wakeup:
            os.set_blocking(end, False)
        self._old_wakeup = signal.set_wakeup_fd(self._wakeup[1], warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._note) for number in WATCHED}
        self.cbreak()
        self._heard = monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cooked()  # first: from the next line on a signal may end us
        for number, handler in self._handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        signal.set_wakeup_fd(self._old_wakeup)
        for end in self._wakeup:
            os.close(end)
        self._keys.clear()
        self._rest = b""

    def cbreak(self) -> None:
        """Keys at once and unechoed; Ctrl-S and Ctrl-V are keys; Ctrl-C and Ctrl-Z still signal."""
        if self._mode is None:
            return
        mode = [*self._mode[:6], list(self._mode[6])]
        mode[0] &= ~(termios.IXON | termios.ISTRIP | termios.INLCR | termios.IGNCR)
        mode[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        self._set(mode)

    def cooked(self) -> None:
        """The terminal's modes as they were found."""
        if self._mode is not None:
            self._set(self._mode)

    def _set(self, mode: list[Any]) -> None:
        try:
            termios.tcsetattr(self._fd, termios.TCSADRAIN, mode)
        except termios.error:  # the terminal is gone: there is nothing to restore
            self._leaving = True

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Remember a signal; the second wish to leave unwinds at once, in case we hang."""
        if number in LEAVE and number in self._signals:
            raise SystemExit(128 + number)
        self._signals.append(number)

    def key(self, timeout: float | None = None) -> str | None:
        """The next key; None after ``timeout`` seconds, and when the screen must be painted anew.

        Hang-up, SIGTERM, SIGHUP and SIGQUIT are the key ``ctrl-d``, now and ever after.
        """
        deadline = None if timeout is None else monotonic() + timeout
        while True:
            if self._leaving:
                return "ctrl-d"
            if self._signals:
                return self._heed(self._signals[0])
            if self._keys:
                return self._keys.popleft()
            wait = None if deadline is None else max(0.0, deadline - monotonic())
            if not self._read(wait) and wait == 0.0:
                return None

    def drop(self) -> None:
        """Forget the keys that have been read and not been asked for."""
        self._keys.clear()

    def _heed(self, number: int) -> str | None:
        """What a signal means to the one who asks for a key."""
        if number in LEAVE:
            self._leaving = True
            return "ctrl-d"
        self._signals.popleft()
        if number == signal.SIGINT:
            return "ctrl-c"
        if number == signal.SIGTSTP:
            self._stop()
        elif number == signal.SIGCONT:
            self.cbreak()  # the shell has set its own modes
            self._resumed()
        return None

    def suspend(self) -> None:
        """Stop this process for the shell, and return when it goes on. The modes are cooked then
        and cbreak again after."""
        self.cooked()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        since = monotonic()
        os.kill(os.getpid(), signal.SIGTSTP)
        self._heard = monotonic()
        self._away += self._heard - since
        signal.signal(signal.SIGTSTP, ours)
        self.cbreak()

    def away(self) -> int:
        """For how long (ms) this process was stopped since this was last asked."""
        away, self._away = self._away, 0.0
        return round(1000 * away)

    def _read(self, wait: float | None) -> bool:
        """Wait for something to happen and take it in; False if only time has passed."""
        pause = PASTE_S if in_paste(self._rest) else ESCAPE_S
        limit = wait if not self._rest else pause
        ready, _, _ = select([self._fd, self._wakeup[0]], [], [], limit)
        since, self._heard = self._heard, monotonic()
        late = self._heard - since - (limit or 0.0)
        if limit is not None and late > LATE_S:
            self._away += late
        if self._wakeup[0] in ready:
            os.read(self._wakeup[0], 512)  # the handlers have noted what it was
        if self._fd in ready:
            self._take()
        elif self._rest and not ready:
            keys, self._rest = decode(self._rest, final=True)
            self._keys += keys
        return bool(ready)

    def _take(self) -> None:
        """Read what has been typed; at the end of input there is nothing to do but leave."""
        try:
            typed = os.read(self._fd, 4096)
        except OSError:
            typed = b""
        if not typed:
            self._leaving = True
        keys, self._rest = decode(self._rest + typed)
        self._keys += keys
