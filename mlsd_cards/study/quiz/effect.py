"""What a quiz asks of the app."""

from __future__ import annotations

from typing import Any, NamedTuple


class Note(NamedTuple):
    """Keep what was given, or what else happened; ``at`` is the question's place, if it is of
    one."""

    what: dict[str, Any]
    at: int = -1


class KeepClock(NamedTuple):
    """Keep the time that is left (ms)."""

    left: int


class HandIn(NamedTuple):
    """Mark the quiz and end it; ``how`` says for what reason."""

    how: str


class Ask(NamedTuple):
    """Ask the next question of a placement, or end it if there is none."""


class Place(NamedTuple):
    """Start these cards, too, as known."""

    cards: tuple[str, ...]


class Leave(NamedTuple):
    """End the program; the quiz stays as it is."""


Effect = Note | KeepClock | HandIn | Ask | Place | Leave
