"""When each note's content last changed. Pure.

Anki replaces a note, and whatever a person has written into it there, only where the time of change
in the package is the later one. So the time must move when the content does and at no other time,
on every machine alike: each export writes into the log what it saw for the first time, and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mlsd_cards.store import log
from mlsd_cards.store.log import Event

NAME = "anki:export"
"""The card of the events; a colon cannot stand in a note's id."""

WITHDRAWN = ""
"""The digest of a note that has left the library."""


class Edition:
    """The contents of one export, by GUID; ``now`` is in seconds since 1970.

    Whatever is new here gets one time, ``at``, after all that went out before: a clock that was set
    back hides no change.
    """

    def __init__(self, events: Iterable[Event], now: int) -> None:
        self._known: dict[str, tuple[str, int]] = {}
        latest = 0
        for event in sorted(events, key=log.order):
            told = log.payload(event)
            at, notes = told.get("at"), told.get("notes")
            if not isinstance(at, int) or not isinstance(notes, dict):
                continue
            latest = max(latest, at)
            for guid, digest in notes.items():
                if self._known.get(guid, ("", 0))[0] != digest:
                    self._known[guid] = digest, at
        self.at = max(now, latest + 1)
        self.fresh: dict[str, str] = {}
        """The digests that no export had before, by GUID."""

    def time(self, guid: str, digest: str) -> int:
        """When a note got this content, in seconds since 1970."""
        known, at = self._known.get(guid, ("", 0))
        if known == digest and at:
            return at
        self.fresh[guid] = digest
        return self.at

    def is_new(self, guid: str) -> bool:
        """Whether the note never went out before, or had been withdrawn."""
        return self._known.get(guid, (WITHDRAWN, 0))[0] == WITHDRAWN

    def payload(self) -> dict[str, Any]:
        """What the log has to keep of it."""
        return {"at": self.at, "notes": self.fresh}
