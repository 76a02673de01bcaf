"""A way of deciding what is asked when: a scheduler, and what is done before the interview."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from mlsd_cards.schedule.sm2 import Options
from mlsd_cards.simulation.fsrs import FSRS
from mlsd_cards.simulation.memory import Floats, Ints, Mask, Memory
from mlsd_cards.simulation.sm2 import SM2


class Schedule(Protocol):
    """The schedules of many cards."""

    due: Ints
    """The day from which each is asked."""

    def answer(self, at: Ints, grade: Ints, day: int) -> Mask:
        """The answers to the cards ``at``; which of them are to be repeated the same day."""

    @property
    def strength(self) -> Floats:
        """What the scheduler holds to be known best, highest."""


class Policy(NamedTuple):
    """SM-2, or FSRS if there is a desired retention; with a final sweep or without."""

    retention: float | None = None
    sweep: int = 0
    """The last so many days before the interview bring each card once, the weakest last; nothing
    new then. 0: no sweep."""
    options: Options = Options()
    """How SM-2 is read."""
    memory: Memory = Memory()
    """The memory that FSRS believes in."""

    @property
    def fitted(self) -> bool:
        """Whether FSRS believes in another memory than it does by default."""
        return self.memory != Memory()

    @property
    def scheduler(self) -> str:
        """The scheduler's name."""
        return "sm2" if self.retention is None else "fsrs"

    def schedule(self, count: int) -> Schedule:
        """So many new cards under this policy."""
        if self.retention is None:
            return SM2(count, self.options)
        return FSRS(count, self.retention, self.memory)
