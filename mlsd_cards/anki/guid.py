"""The names by which Anki and the store mean the same card.

A note's GUID holds its kind, because Anki cannot turn a note of one type into one of another: a
card whose kind changed is a new note there, and the old one is withdrawn. Of a cloze the ordinal of
Anki's card is that of its deletions, counted from 0; every other note has one card.
"""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards.card import KINDS, Cloze

PREFIX = "mlsd"


class Name(NamedTuple):
    """A note of ours as its GUID tells it."""

    kind: str
    note: str

    @property
    def guid(self) -> str:
        """The text that Anki keeps; ``read`` takes it apart again."""
        return f"{PREFIX}:{self.kind}:{self.note}"

    def card(self, ordinal: int) -> str:
        """The id of the card with that ordinal in Anki."""
        return f"{self.note}:c{ordinal + 1}" if self.kind == Cloze.kind else self.note


def read(guid: str) -> Name | None:
    """The note that a GUID names, in any library; None if it is none of ours."""
    prefix, _, rest = guid.partition(":")
    kind, _, note = rest.partition(":")
    return Name(kind, note) if prefix == PREFIX and kind in KINDS and note else None
