"""Where a card stands, as Anki's columns. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple

from mlsd_cards.schedule.day import MINUTES_A_DAY
from mlsd_cards.store.log import Folded

FIRST_DAY = 18_262
"""The study day on which the collection in a package begins, 2020-01-01; dates are counted from
it."""

NEW, REVIEW, SUSPENDED = 0, 2, -1
"""Types of cards, which are also their queues, and the queue of what is put away."""


class Standing(NamedTuple):
    """The columns of a card. ``due`` is a place among the new cards, or a day of the collection;
    ``ivl`` is in days, ``factor`` the ease in thousandths."""

    type: int
    queue: int
    due: int
    ivl: int = 0
    factor: int = 0
    reps: int = 0
    lapses: int = 0


def standing(folded: Folded, place: int) -> Standing:
    """Where a card stands; one never studied is the ``place``-th of the new."""
    state = folded.state
    if state.last is None:
        return Standing(NEW, SUSPENDED if folded.suspended else NEW, place)
    return Standing(
        REVIEW,
        SUSPENDED if folded.suspended else REVIEW,
        state.due - FIRST_DAY,
        max(1, state.interval),
        state.ef * 10,
        folded.showings,
        state.lapses,
    )


def created(offset: int, rollover: int) -> int:
    """When the collection was made, in seconds since 1970: the beginning of its first study day."""
    return (FIRST_DAY * MINUTES_A_DAY + rollover - offset) * 60


def settings(offset: int, rollover: int) -> dict[str, Any]:
    """What Anki needs to know to count the same days; its rollover is a whole hour."""
    return {
        "schedVer": 2,
        "sched2021": True,
        "rollover": rollover // 60,
        "creationOffset": -offset,  # Anki counts minutes west of UTC
        "nextPos": 1,
    }
