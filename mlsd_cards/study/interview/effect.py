"""What an interview asks of the app."""

from __future__ import annotations

from typing import Any, NamedTuple


class Begin(NamedTuple):
    """Write that the attempt has begun."""


class Keep(NamedTuple):
    """Write what is to be noted of the attempt, as ``Attempt.noted`` takes it."""

    what: dict[str, Any]


class KeepClock(NamedTuple):
    """Keep the ms that are left."""

    left: int


class Edit(NamedTuple):
    """Open the notes of the present step in the person's editor."""

    text: str


class Finish(NamedTuple):
    """Write the result."""


class Drop(NamedTuple):
    """End the attempt without a score, and begin another."""


class Call(NamedTuple):
    """Call the cards that teach what was missed back, or take that back."""

    back: bool


class Leave(NamedTuple):
    """End the program; all is kept."""


Effect = Begin | Keep | KeepClock | Edit | Finish | Drop | Call | Leave
