"""What a plan comes to: the person's own cards, followed day by day to the interview and beyond.

What is remembered is drawn from the memory model, FSRS-6, whichever scheduler sets the dates. How
often each button is pressed is what fsrs-rs takes for its simulations by default.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.schedule.state import NEW, Memory, Scheduler, State
from mlsd_cards.study.planning.rule import Pace, strength

if TYPE_CHECKING:
    from random import Random

    from mlsd_cards.schedule.fsrs import FSRS

FIRST = ((0.24, 1), (0.334, 2), (0.829, 3), (1.0, 4))
PASSED = ((0.224, 2), (0.855, 3), (1.0, 4))
"""The buttons of a first answer, and of one that was remembered, with their chances added up."""

GRADES = (1, 1, 3, 4, 5)
"""The grade of each button."""

GOOD = 3


class Start(NamedTuple):
    """A card as a plan finds it; the new ones stand in the order in which they come.
    ``level`` is the difficulty of a new one."""

    topic: str
    state: State = NEW
    memory: Memory | None = None
    deck: str = ""
    level: int = 0


class Day(NamedTuple):
    """What is asked on a day: cards never seen before, and reviews."""

    day: int
    new: int
    reviews: int


class Subject:
    """A card on its way."""

    __slots__ = ("memory", "start", "state")

    def __init__(self, start: Start) -> None:
        self.start, self.state, self.memory = start, start.state, start.memory

    def known(self, model: FSRS, day: int) -> float:
        """The chance that it is known on ``day``; 0 for one never seen."""
        if self.memory is None or self.state.last is None:
            return 0.0
        return model.recall(self.memory, max(0, day - self.state.last))


class Course:
    """A way through some cards, by the rules of a plan at a pace.

    ``goal`` is the study day of the interview. At a pace that does not sweep the last days go on as
    the ones before, with nothing new. After the interview the reviews go on, and nothing new comes.
    """

    def __init__(
        self,
        cards: Sequence[Start],
        pace: Pace,
        goal: int,
        scheduler: Scheduler,
        model: FSRS,
        rng: Random,
    ) -> None:
        self.subjects = [Subject(card) for card in cards]
        self.seen = [one for one in self.subjects if one.state.last is not None]
        self.unseen = [one for one in reversed(self.subjects) if one.state.last is None]
        self.pace, self.goal = pace, goal
        self._review, self._model, self._random = scheduler.review, model, rng.random

    def days(self, first: int, end: int) -> Iterator[Day]:
        """Live through the days from ``first`` to the one before ``end``."""
        for day in range(first, end):
            introduced = sum(one.state.first == day for one in self.seen)
            before, left = len(self.seen) - introduced, self.goal - day
            done = sum(one.state.last == day for one in self.seen) - introduced
            room = max(0, self.pace.reviews - done)
            unseen = len(self.unseen) + introduced
            if self.pace.is_sweep(left, before, unseen):
                asked, new = self._swept(day, self.pace.sweep_days(before, unseen), room), 0
            else:
                due = [one for one in self.seen if one.state.due <= day]
                reviews = done + len(due)
                new = max(0, self.pace.new(left, before, unseen, reviews) - introduced)
                asked = self._urgent(due, day)[:room]
            for one in asked:
                self._answer(one, day)
            for _ in range(new):
                one = self.unseen.pop()
                self._answer(one, day)
                self.seen.append(one)
            yield Day(day, new + introduced, len(asked) + done)

    def known(self, day: int) -> float:
        """How many cards are known on ``day``, in expectation, if nothing more is answered."""
        return sum(one.known(self._model, day) for one in self.seen)

    def topics(self, day: int) -> dict[str, float]:
        """The same by topic."""
        found: defaultdict[str, float] = defaultdict(float)
        for one in self.seen:
            found[one.start.topic] += one.known(self._model, day)
        return found

    def _swept(self, day: int, days: int, room: int) -> list[Subject]:
        since = self.goal - days
        done, waiting, again = 0, [], []
        for one in self.seen:
            if (one.state.last or 0) < since:
                waiting.append(one)
                continue
            done += 1
            if one.state.due <= day:
                again.append(one)
        waiting.sort(key=lambda one: strength(one.state), reverse=True)
        share = waiting[self.pace.share(len(waiting), done, self.goal - day, days, room)]
        again.sort(key=lambda one: one.state.due)
        return share + again[: max(0, room - len(share))]

    def _urgent(self, due: list[Subject], day: int) -> list[Subject]:
        """The cards that have waited longest beside their interval first, as in the agenda."""
        if len(due) <= self.pace.reviews:
            return due
        return sorted(due, key=lambda one: (one.state.due - day) / max(1, one.state.interval))

    def _answer(self, one: Subject, day: int) -> None:
        """An answer, and if the card is to be repeated the same day, one more that is good."""
        state, memory = one.state, one.memory
        if memory is None or state.last is None:
            elapsed, rating = 0, self._pressed(FIRST)
        else:
            elapsed = day - state.last
            knows = self._random() < self._model.recall(memory, elapsed)
            rating = self._pressed(PASSED) if knows else 1
        state = self._review(state, GRADES[rating], day)
        memory = self._model.after(memory, rating, elapsed)
        if state.drill:
            state = self._review(state, GRADES[GOOD], day)
            memory = self._model.after(memory, GOOD, 0)
        one.state, one.memory = state, memory

    def _pressed(self, chances: tuple[tuple[float, int], ...]) -> int:
        drawn = self._random()
        return next(button for chance, button in chances if drawn < chance)


def sizes(cards: Sequence[Start]) -> Counter[str]:
    """How many cards each topic has."""
    return Counter(card.topic for card in cards)
