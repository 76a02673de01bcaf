"""The program's SM-2 for many cards at once; a property test holds it to ``schedule.sm2``.

What moves no date is left out: the first day and the lapses.
"""

from __future__ import annotations

import numpy as np

from mlsd_cards.schedule.sm2 import DELTA, EF_MIN, INTERVAL_MAX, Options
from mlsd_cards.schedule.state import NEW, PASS
from mlsd_cards.simulation.memory import NEVER, Floats, Ints, Mask

FAR = 1 << 40
"""The due day of a card that was never seen."""

_DELTA = np.array(DELTA)


class SM2:
    """The schedules of ``count`` cards; ``schedule.state.State`` says what the fields mean."""

    def __init__(self, count: int, options: Options = Options()) -> None:  # noqa: B008
        self.options = options
        self.repetitions = np.zeros(count, np.int64)
        self.ef = np.full(count, NEW.ef)
        self.interval = np.zeros(count, np.int64)
        self.due = np.full(count, FAR)
        self.last = np.full(count, NEVER)

    def answer(self, at: Ints, grade: Ints, day: int) -> Mask:
        """The answers to the cards ``at``; which of them are to be repeated the same day."""
        scheduling = self.last[at] < day
        self._review(at[scheduling], grade[scheduling], day)
        return grade < self.options.drill_below

    @property
    def strength(self) -> Floats:
        """What the scheduler holds to be known best, highest."""
        return self.interval.astype(np.float64)

    def _review(self, at: Ints, grade: Ints, day: int) -> None:
        repetitions, interval, last = self.repetitions[at], self.interval[at], self.last[at]
        passed = grade >= PASS
        moves = passed | self.options.lapse_lowers_ef
        ef = np.where(moves, np.maximum(self.ef[at] + _DELTA[grade], EF_MIN), self.ef[at])
        early = passed & (last != NEVER) & (day < self.due[at])
        repetitions = np.where(passed, repetitions + ~early, np.int64(self.options.lapse_is_first))
        planned = -(-interval * ef // 100)
        nearer = np.maximum(interval, -(-(day - last) * ef // 100))
        interval = np.select(
            [~passed, early, repetitions == 1, repetitions == 2], [1, nearer, 1, 6], planned
        )
        interval = np.minimum(interval, INTERVAL_MAX)
        self.repetitions[at], self.ef[at], self.interval[at] = repetitions, ef, interval
        self.due[at], self.last[at] = day + interval, day
