"""What the app needs of a terminal, and which kind this one is."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import IO, Protocol, Self

from mlsd_cards.study.session import Session


class Terminal(Protocol):
    """Shows a session and reads its keys, between entering and leaving the context."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def paint(self, session: Session) -> int:
        """Show the session; returns the scroll that it was shown at, to be kept in the session."""

    def key(self, timeout: float | None = None) -> str | None:
        """The next key. None after ``timeout`` seconds, or when ``paint`` is wanted again."""

    def paused(self) -> AbstractContextManager[None]:
        """Gives the terminal back while an editor runs; ``paint`` is wanted afterwards."""


def open_terminal(
    *,
    plain: bool = False,
    stdin: IO[str] | None = None,
    stdout: IO[str] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Terminal:
    """A screen if both streams are a terminal that can show one, else line mode."""
    stdin, stdout = stdin or sys.stdin, stdout or sys.stdout
    if plain or not _screens(stdin, stdout, environ):
        from mlsd_cards.term.plain import Plain

        return Plain(stdin, stdout)
    from mlsd_cards.term.screen import LiveScreen

    return LiveScreen(stdin, stdout)


def _screens(stdin: IO[str], stdout: IO[str], environ: Mapping[str, str]) -> bool:
    """Whether a screen can be shown: not on a dumb terminal, nor on Windows outside WSL."""
    dumb = environ.get("TERM", "").lower() in {"dumb", "unknown"}
    wanted = environ.get("MLSD_CARDS_PLAIN", "") in {"", "0"}
    return wanted and not dumb and os.name == "posix" and stdin.isatty() and stdout.isatty()


def needs_ascii(stream: IO[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the stream cannot take the signs that we draw with. The Linux console could, but has
    no pictures for them."""
    if environ.get("TERM") == "linux":
        return True
    try:
        "─·▸▌⏎↑↓✓✗◐›–…𝒳".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False
