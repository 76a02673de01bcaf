"""What runs a session sees of a terminal: something is painted, and keys come back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self, TypeVar


class Shown(Protocol):
    """Something that a screen can show: a review, a quiz, an interview. Frozen."""

    @property
    def focus(self) -> tuple[object, ...]:
        """What the screen scrolls to by itself, whenever this is another than before."""

    def scrolled(self, scroll: int, pan: int) -> Self:
        """The same, with another line first and another column of a drawing; a negative
        ``scroll`` asks for what matters now to be in sight."""

    @property
    def scroll(self) -> int:
        """The first line of the body that is in sight."""

    @property
    def pan(self) -> int:
        """The first column of a drawing that is in sight."""


S = TypeVar("S", bound=Shown)

LATE_S = 1.0
"""A wait that ends by so much (seconds) later than asked was no wait: the program was stopped."""


class Terminal(Protocol[S]):
    """Where a session is drawn and its keys come from; entered around the whole session.

    What was said on one that ``stays`` can still be read after the session.
    """

    stays: bool

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def paint(self, session: S) -> S:
        """Draw the session; it comes back scrolled and panned as far as it went in the end."""

    def paused(self) -> AbstractContextManager[None]:
        """The terminal as another program finds it, for as long as this lasts."""

    def away(self) -> int:
        """For how long (ms) the program was stopped, as by Ctrl-Z, since this was last asked. A
        stop without a word is known of only while a key is awaited with a timeout, to a second."""

    def key(self, timeout: float | None = None) -> str | None:
        """The next key; None after ``timeout`` seconds, or when there is only something new to
        draw, as after a resize."""
