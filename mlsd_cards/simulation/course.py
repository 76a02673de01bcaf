"""A simulated study, day by day: what was asked, what it took, and what was known."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator as Chance

from mlsd_cards.schedule.state import GRADE_OF_BUTTON
from mlsd_cards.simulation import learner as answers
from mlsd_cards.simulation.learner import Learner
from mlsd_cards.simulation.memory import NEVER, Floats, Ints, Mask, Memories
from mlsd_cards.simulation.policy import Policy

GRADE = np.array([-1, *GRADE_OF_BUTTON.values()])
"""The grades of the four keys, which are numbered from 1."""

SHOWINGS = 5
"""The most showings of a card on one day, as in a review."""

AFTER = 90
"""Days after the interview at which is asked once more what is left."""


class Study(NamedTuple):
    """What is to be learnt, and how fast."""

    cards: int
    new: int
    """Cards begun a day."""
    days: int
    date: int
    """The day of the interview, counted from 0, the first; what is known then is known in its
    morning. At most ``days``."""
    seeds: int
    """How often the whole is simulated."""


class Course(NamedTuple):
    """What came of a study: a row a seed, and a column a day where it goes by days."""

    reviews: Ints
    """First answers of a day to cards begun before it."""
    passed: Ints
    """Those of them that were remembered."""
    seconds: Floats
    """With new cards and the repetitions of the same day."""
    known: Floats
    """The sum of the chances of recall in the morning after each day."""
    later: Floats
    """The same so many days after the interview if nothing is reviewed from then on."""
    date: int
    cards: int

    @property
    def peak(self) -> Ints:
        """The reviews of the fullest day."""
        most: Ints = self.reviews.max(axis=1)
        return most

    @property
    def retention(self) -> Floats:
        """The share of reviews that were remembered, of the seeds that had any."""
        reviews = self.reviews.sum(axis=1)
        share: Floats = self.passed.sum(axis=1)[reviews > 0] / reviews[reviews > 0]
        return share

    @property
    def at_date(self) -> Floats:
        """What is known in the morning of the interview."""
        return self.known[:, self.date - 1]


Steps = Generator[None, None, Course]
"""A simulation under way: something is yielded for each day, and the course is returned."""


class _Run:
    """A study under way."""

    def __init__(self, policy: Policy, learner: Learner, study: Study, rng: Chance) -> None:
        count = study.seeds * study.cards
        self.study = study
        self.sweep = policy.sweep
        self.truth = Memories(learner.memory, count)
        self.schedule = policy.schedule(count)
        self.luck = rng
        self.place = np.arange(count) % study.cards
        self.begun = 0
        self.swept = np.full(count, NEVER)
        shape = study.seeds, study.days
        self.reviews, self.passed = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.seconds, self.known = np.zeros(shape), np.zeros(shape)
        self.later = np.zeros(study.seeds)

    def day(self, day: int) -> None:
        """Study on ``day``."""
        # as many numbers every day, so that all policies meet the same luck
        chance = self.luck.random(self.place.size)
        old, new = self._due(day), self._new(day)
        recall = self.truth.memory.recall(day - self.truth.last[old], self.truth.stability[old])
        rated = answers.reviewed(chance[old], recall)
        self.reviews[:, day] = self._by_seed(old)
        self.passed[:, day] = self._by_seed(old[rated > 1])
        at, first = np.concatenate((old, new)), np.arange(old.size + new.size) >= old.size
        self._session(at, np.concatenate((rated, answers.first(chance[new]))), first, day)
        self.known[:, day] = self._known(day + 1)
        if day + 1 == self.study.date:
            self.later = self._known(self.study.date + AFTER)

    def _session(self, at: Ints, rating: Ints, new: Mask, day: int) -> None:
        """Answer the cards ``at``, and repeat those that the scheduler wants again today."""
        seconds = np.where(new, _of(answers.LEARNING_S, rating), _of(answers.REVIEW_S, rating))
        for _ in range(SHOWINGS):
            self.seconds[:, day] += self._by_seed(at, seconds)
            self.truth.answer(at, rating, day)
            drill = self.schedule.answer(at, GRADE[rating], day)
            at, new = at[drill], new[drill]
            if not at.size:
                return
            rating = np.full(at.size, answers.GOOD)
            again = answers.LEARNING_S[answers.GOOD - 1], answers.RELEARNING_GOOD_S
            seconds = np.where(new, *again)

    def _due(self, day: int) -> Ints:
        """The cards that are asked again on ``day``."""
        due = self.schedule.due <= day
        start = self.study.date - self.sweep
        if start <= day < self.study.date:
            if day == start:
                self.swept = self._sweep(start)
            done = self.truth.last >= start
            due = np.where(done, due, self.swept == day)
        return np.flatnonzero(due)

    def _new(self, day: int) -> Ints:
        """The cards that are begun on ``day``."""
        if self.study.date - self.sweep <= day < self.study.date:
            return np.zeros(0, np.int64)
        before, self.begun = self.begun, min(self.begun + self.study.new, self.study.cards)
        return np.flatnonzero((self.place >= before) & (self.place < self.begun))

    def _sweep(self, start: int) -> Ints:
        """The day on which the sweep brings each card: the strongest first, evenly."""
        shape = self.study.seeds, self.study.cards
        strength = self.schedule.strength.reshape(shape)[:, : self.begun]
        rank = np.argsort(np.argsort(-strength, axis=1, kind="stable"), axis=1)
        days = np.full(shape, NEVER)
        days[:, : self.begun] = start + rank * self.sweep // max(self.begun, 1)
        return days.ravel()

    def _known(self, day: int) -> Floats:
        """The sum of the chances of recall in the morning of ``day``, by seed."""
        shape = self.study.seeds, self.study.cards
        last, stability = (
            part.reshape(shape)[:, : self.begun] for part in (self.truth.last, self.truth.stability)
        )
        known: Floats = self.truth.memory.recall(day - last, stability).sum(axis=1)
        return known

    def _by_seed(self, at: Ints, weights: Floats | None = None) -> Floats | Ints:
        return np.bincount(at // self.study.cards, weights, self.study.seeds)


def _of(seconds: tuple[float, ...], rating: Ints) -> Floats:
    """The seconds that each of the answers takes."""
    return np.array(seconds)[rating - 1]


def run(policy: Policy, learner: Learner, study: Study, rng: Chance) -> Steps:
    """The study under the policy, by the learner, all seeds at once; a step a day."""
    going = _Run(policy, learner, study, rng)
    for day in range(study.days):
        going.day(day)
        yield
    by_day = going.reviews, going.passed, going.seconds, going.known
    return Course(*by_day, going.later, study.date, study.cards)
