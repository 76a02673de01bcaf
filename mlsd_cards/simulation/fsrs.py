"""FSRS-6 as a scheduler of many cards: it believes in a memory and asks when a card has faded."""

from __future__ import annotations

import numpy as np

from mlsd_cards.schedule.fsrs import RATING_OF_GRADE
from mlsd_cards.schedule.sm2 import INTERVAL_MAX
from mlsd_cards.schedule.state import PASS
from mlsd_cards.simulation.memory import Floats, Ints, Mask, Memories, Memory
from mlsd_cards.simulation.sm2 import FAR

RATING = np.array(RATING_OF_GRADE)
"""What FSRS calls the grades 0 to 5."""


class FSRS:
    """The schedules of ``count`` cards, each asked when its recall falls to ``retention``."""

    def __init__(self, count: int, retention: float, memory: Memory) -> None:
        self.retention = retention
        self.due = np.full(count, FAR)
        self._belief = Memories(memory, count)

    def answer(self, at: Ints, grade: Ints, day: int) -> Mask:
        """The answers to the cards ``at``; which of them are to be repeated the same day."""
        belief = self._belief
        belief.answer(at, RATING[grade], day)
        days = belief.memory.interval(belief.stability[at], self.retention)
        self.due[at] = day + np.clip((days + 0.5).astype(np.int64), 1, INTERVAL_MAX)
        return grade < PASS

    @property
    def strength(self) -> Floats:
        """What the scheduler holds to be known best, highest."""
        return self._belief.stability
