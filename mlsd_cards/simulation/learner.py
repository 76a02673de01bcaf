"""Who answers: a memory, the keys it presses, and the seconds they take.

Chances and seconds are the defaults of fsrs-rs' own simulator, taken from the logs of many users
of Anki (its ``SimulatorConfig``); a test compares them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mlsd_cards.simulation.memory import Floats, Ints, Memory

FIRST = (0.24, 0.094, 0.495, 0.171)
"""How often a card is answered Again, Hard, Good and Easy when it is new."""

PASSED = (0.224, 0.631, 0.145)
"""How often Hard, Good and Easy when it was remembered."""

LEARNING_S = (19.58, 18.79, 13.78, 10.71)
REVIEW_S = (19.38, 17.59, 12.38, 8.94)
"""Seconds of an answer by its key: of a new card and its repetitions, and of a review."""

RELEARNING_GOOD_S = 12.32
"""Seconds of a repetition after a review."""

GOOD = 3
"""How every repetition of the same day is answered. The keys that people press there are known too,
but a memory of FSRS takes each Hard for a sign that the card is difficult: then asking more often
would make the cards more difficult."""

REAL = (
    *(0.1731, 0.8339, 2.4872, 6.3093, 6.5545, 0.5188, 3.1773, 0.0213, 1.6661, 0.2572, 0.6257),
    *(1.5865, 0.0355, 0.3903, 1.7807, 0.6017, 1.8729, 0.8069, 0.0473, 0.1514, 0.2526),
)
"""The parameters that fsrs-rs fits to 12,580 reviews of one person, the log in py-fsrs' tests."""


class Learner(NamedTuple):
    """A memory under a name."""

    name: str
    title: str
    memory: Memory


LEARNERS = (
    Learner("average", "The average learner, whose memory is what FSRS expects", Memory()),
    Learner("other", "Another learner, whose memory is not what FSRS expects", Memory(REAL)),
)
"""The truths that every comparison is made under."""


def first(chance: Floats) -> Ints:
    """The keys pressed for new cards, from numbers between 0 and 1."""
    return 1 + _drawn(np.array(FIRST), chance)


def reviewed(chance: Floats, recall: Floats) -> Ints:
    """The keys pressed for cards that are recalled with the chance ``recall``."""
    forgotten = chance >= recall
    return np.where(forgotten, 1, 2 + _drawn(np.array(PASSED), chance / recall))


def _drawn(chances: Floats, chance: Floats) -> Ints:
    """Which of the chances, which add up to 1, the number between 0 and 1 falls to."""
    return np.searchsorted(np.cumsum(chances)[:-1], chance, side="right")
