"""In which order notes are met for the first time: none before what it builds on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a note stands in the library, the ids of the notes that it requires, and its stage:
    toward an interview the smaller come first."""

    position: int
    requires: Sequence[str] = ()
    stage: int = 0


def delayed(places: Mapping[str, Place]) -> dict[str, int]:
    """The turns of the notes that wait for a later one: each right behind the last that it
    requires. Everything else has its position for a turn; of equal turns the first position leads.

    What a note requires and nobody has is passed over, and so is the step that closes a circle.
    """
    turns: dict[str, int] = {}
    for note, before in _upward(places):
        turns[note] = max([places[note].position, *(turns[one] + 1 for one in before)])
    return {note: turn for note, turn in turns.items() if turn != places[note].position}


def raised(places: Mapping[str, Place]) -> dict[str, int]:
    """The stages of the notes that require one of a later stage: theirs is as late."""
    stages: dict[str, int] = {}
    for note, before in _upward(places):
        stages[note] = max([places[note].stage, *(stages[one] for one in before)])
    return {note: stage for note, stage in stages.items() if stage != places[note].stage}


def _upward(places: Mapping[str, Place]) -> Iterator[tuple[str, list[str]]]:
    """Each note behind those that it requires, with these."""
    done: set[str] = set()
    for start in places:
        trail = {start: iter(places[start].requires)} if start not in done else {}
        while trail:  # no recursion: a chain may be as long as a library
            note = next(reversed(trail))
            for one in trail[note]:
                if one in places and one not in done and one not in trail:
                    trail[one] = iter(places[one].requires)
                    break
            else:
                del trail[note]
                yield note, [one for one in places[note].requires if one in done]
                done.add(note)
