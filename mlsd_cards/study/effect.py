"""What a session asks of the app: the few things that reach beyond the screen."""

from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """Write this answer, if the card still stands at ``head``."""

    card: str
    grade: int
    took: int
    head: str


class Act(NamedTuple):
    """Bury, suspend, mark or unmark the card: ``kind`` is the event to write."""

    kind: str
    card: str


class TakeBack(NamedTuple):
    """Undo the latest action of this machine."""


class Look(NamedTuple):
    """Fetch the ``history`` or ``source`` of the card for a panel."""

    what: str
    card: str


class Edit(NamedTuple):
    """Open the card's text in the person's editor, and take in what was changed."""

    card: str


class Flag(NamedTuple):
    """Keep that the card is wrong, and the note that says how."""

    card: str
    note: str


class Leave(NamedTuple):
    """End the program; all is saved."""


Effect = Record | Act | TakeBack | Look | Edit | Flag | Leave
