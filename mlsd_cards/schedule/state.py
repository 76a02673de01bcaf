"""What a scheduler knows of a card, what it may be told, and what it must be able to do."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, Protocol

GRADES = range(6)
"""Grades of SM-2: 0 a blackout … 3 right with serious difficulty, 4 after hesitation, 5 perfect."""

LEECH = 8
"""A card with so many lapses costs more than it teaches: better reworded than repeated."""

PASS = 3
"""The lowest grade that counts as remembered."""

RETENTION = 0.9
"""The chance to know a card when it comes back: what SM-2 aims at, and FSRS unless told."""


class Button(IntEnum):
    """The four keys of a review, numbered as they are pressed."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def grade(self) -> int:
        """The SM-2 grade that this key stands for."""
        return GRADE_OF_BUTTON[self.value]

    @property
    def label(self) -> str:
        """The key's name as shown."""
        return self.name.capitalize()


GRADE_OF_BUTTON = {1: 1, 2: 3, 3: 4, 4: 5}


Memory = tuple[float, float]
"""The stability in days, and the difficulty from 1 to 10."""


class State(NamedTuple):
    """A card's schedule after its past; the default is a card never seen.

    Days are study days. ``ef`` is the ease factor in hundredths (250 is 2.50), ``interval`` in
    days. ``drill`` says that the card still has to be repeated on the day ``last``. ``memory`` is
    for FSRS alone, which in turn leaves ``ef`` alone.
    """

    repetitions: int = 0
    ef: int = 250
    interval: int = 0
    due: int = 0
    first: int | None = None
    last: int | None = None
    lapses: int = 0
    drill: bool = False
    memory: Memory | None = None


NEW = State()


class Scheduler(Protocol):
    """From the past and an answer to the future; no clock and no randomness in it."""

    name: str

    def review(self, state: State, grade: int, day: int) -> State:
        """The state after ``grade`` (0..5) on study day ``day``."""

    def place(self, interval: int, day: int) -> State:
        """The state of a card that was known on ``day`` before it was ever studied: it comes after
        ``interval`` days, and goes on from there. Its ``first`` day stays None."""

    def choices(self, state: State, day: int) -> dict[int, State]:
        """The state after each grade: all futures of this answer, so that what a key shows is what
        it stores."""

    def rule(self, state: State, grade: int, day: int) -> str:
        """Which rule ``review`` applies here, in words for ``why``."""


def called_back(state: State, day: int, scheduler: Scheduler) -> State:
    """The state of a card that was not known on ``day`` outside a review: it is due that day, and
    the review decides.

    The interval shrinks to the days that had passed, so that a review which passes with the answer
    still in the ear is not paid for days that never were. A card never studied starts as after a
    review that failed; one that was reviewed the same day is repeated on it.
    """
    if state.last is None:
        return scheduler.review(state, GRADE_OF_BUTTON[Button.AGAIN], day)
    if state.last >= day:
        return state._replace(drill=True)
    if state.due <= day:
        return state
    return state._replace(due=day, interval=day - state.last)


def rule_of_call(state: State, day: int) -> str:
    """What ``called_back`` does here, in words for ``why``."""
    if state.last is None:
        return "never studied: starts as after Again"
    if state.last >= day:
        return "answered today already: again today"
    if state.due <= day:
        return "due as it is: schedule unchanged"
    elapsed = day - state.last
    return f"due today instead of in {state.due - day} d; interval the {elapsed} d that had passed"
