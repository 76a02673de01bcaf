"""In which order notes are met for the first time: none before what it builds on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a note stands in the library, and the ids of the notes that it requires."""

    position: int
    requires: Sequence[str] = ()


def delayed(places: Mapping[str, Place]) -> dict[str, int]:
    """The turns of the notes that wait for a later one: each right behind the last that it
    requires. Everything else has its position for a turn; of equal turns the first position leads.

    What a note requires and nobody has is passed over, and so is the step that closes a circle.
    """
    turns: dict[str, int] = {}
    for start in places:
        trail = {start: iter(places[start].requires)} if start not in turns else {}
        while trail:  # no recursion: a chain may be as long as a library
            note = next(reversed(trail))
            for one in trail[note]:
                if one in places and one not in turns and one not in trail:
                    trail[one] = iter(places[one].requires)
                    break
            else:
                del trail[note]
                position, requires = places[note]
                turns[note] = max([position, *(turns[one] + 1 for one in requires if one in turns)])
    return {note: turn for note, turn in turns.items() if turn != places[note].position}
