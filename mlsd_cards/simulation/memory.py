"""FSRS-6: how a memory fades and what an answer does to it, for many cards at once.

Stability S is the days until the chance of recall has fallen to nine in ten, difficulty D goes
from 1 to 10. The formulas are those of fsrs-rs 6; a test compares them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlsd_cards.schedule.fsrs import DIFFICULTY_MAX, DIFFICULTY_MIN, STABILITY_MAX, STABILITY_MIN
from mlsd_cards.schedule.parameters import DEFAULT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Memory(NamedTuple):
    """A memory with FSRS-6's 21 parameters. Ratings are 1 to 4, Again to Easy; times are days."""

    w: tuple[float, ...] = DEFAULT

    @property
    def factor(self) -> float:
        """What makes the chance of recall .9 at t = S."""
        return float(0.9 ** (-1 / self.w[20]) - 1)

    def recall(self, elapsed: Floats | Ints, stability: Floats) -> Floats:
        """The chance of recall after ``elapsed`` days."""
        chance: Floats = np.power(1 + self.factor * elapsed / stability, -self.w[20])
        return chance

    def interval(self, stability: Floats, retention: float) -> Floats:
        """The days after which the chance of recall has fallen to ``retention``."""
        return stability * (float(retention ** (-1 / self.w[20])) - 1) / self.factor

    def first(self, rating: Ints) -> tuple[Floats, Floats]:
        """Stability and difficulty after the first answer of all."""
        stability = np.array(self.w[:4])[rating - 1]
        return stability, np.clip(self._first_difficulty(rating), DIFFICULTY_MIN, DIFFICULTY_MAX)

    def after(
        self, stability: Floats, difficulty: Floats, elapsed: Ints, rating: Ints
    ) -> tuple[Floats, Floats]:
        """Both after an answer on a later day."""
        recall = self.recall(elapsed, stability)
        kept = np.where(
            rating > 1,
            self._after_success(stability, difficulty, recall, rating),
            self._after_failure(stability, difficulty, recall),
        )
        return np.clip(kept, STABILITY_MIN, STABILITY_MAX), self._difficulty(difficulty, rating)

    def same_day(
        self, stability: Floats, difficulty: Floats, rating: Ints
    ) -> tuple[Floats, Floats]:
        """Both after one more answer on the same day."""
        w = self.w
        growth = np.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        growth = np.where(rating > 1, np.maximum(growth, 1), growth)
        return np.clip(stability * growth, STABILITY_MIN, STABILITY_MAX), self._difficulty(
            difficulty, rating
        )

    def _after_success(
        self, stability: Floats, difficulty: Floats, recall: Floats, rating: Ints
    ) -> Floats:
        w = self.w
        bonus = np.array([1, w[15], 1, w[16]])[rating - 1]
        gain = np.exp(w[8]) * (11 - difficulty) * stability ** -w[9]
        kept: Floats = stability * (1 + gain * (np.exp((1 - recall) * w[10]) - 1) * bonus)
        return kept

    def _after_failure(self, stability: Floats, difficulty: Floats, recall: Floats) -> Floats:
        w = self.w
        left = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
        return np.minimum(
            left * np.exp((1 - recall) * w[14]), stability / float(np.exp(w[17] * w[18]))
        )

    def _difficulty(self, difficulty: Floats, rating: Ints) -> Floats:
        w = self.w
        moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        easy = float(self._first_difficulty(np.array(4)))
        return np.clip(w[7] * easy + (1 - w[7]) * moved, DIFFICULTY_MIN, DIFFICULTY_MAX)

    def _first_difficulty(self, rating: Ints) -> Floats:
        start: Floats = self.w[4] - np.exp(self.w[5] * (rating - 1)) + 1
        return start


NEVER = -1
"""The day of the last answer to a card that had none."""


class Memories:
    """Where many cards stand in one memory."""

    def __init__(self, memory: Memory, count: int) -> None:
        self.memory = memory
        self.stability = np.ones(count)
        self.difficulty = np.ones(count)
        self.last = np.full(count, NEVER)

    def answer(self, at: Ints, rating: Ints, day: int) -> None:
        """What the answers to the cards ``at`` on ``day`` do to them."""
        last, stability, difficulty = self.last[at], self.stability[at], self.difficulty[at]
        new, again = last == NEVER, last == day
        for part in (new, again, ~(new | again)):
            if not part.any():
                continue
            if part is new:
                after = self.memory.first(rating[part])
            elif part is again:
                after = self.memory.same_day(stability[part], difficulty[part], rating[part])
            else:
                elapsed = day - last[part]
                after = self.memory.after(stability[part], difficulty[part], elapsed, rating[part])
            stability[part], difficulty[part] = after
        self.stability[at], self.difficulty[at], self.last[at] = stability, difficulty, day
