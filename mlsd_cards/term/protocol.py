"""What the review loop needs of a terminal."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from mlsd_cards.study.session import Session


class Terminal(Protocol):
    """Shows a session and gives its keys, between entering and leaving the context."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def paint(self, session: Session) -> int:
        """Show the session; returns the scroll that it was shown at, to be kept in the session."""

    def key(self, timeout: float | None = None) -> str | None:
        """The next key. None after ``timeout`` seconds, or when ``paint`` is wanted again."""

    def paused(self) -> AbstractContextManager[None]:
        """Gives the terminal back while an editor runs; ``paint`` is wanted afterwards."""
