"""What a simulated study came to: a course in numbers with their uncertainty, without numpy."""

from __future__ import annotations

from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from mlsd_cards.simulation.course import Course
from mlsd_cards.simulation.learner import Learner
from mlsd_cards.simulation.memory import Floats, Ints
from mlsd_cards.simulation.policy import Policy

FEWEST_SEEDS = 5
"""Of fewer the interval is so wide, or so narrow by chance, that it says nothing."""

T_975 = (2.78, 2.57, 2.45, 2.36, 2.31, 2.26)
"""Student's t for a 95 % interval of so many seeds to 10."""


class Estimate(NamedTuple):
    """A mean over seeds, and what to add and to take away for its 95 % interval."""

    mean: float
    margin: float | None = None
    """None for too few seeds to tell."""
    most: float | None = None
    """What it cannot exceed; what may be saved has no such end, and none below 0 either."""

    @property
    def ends(self) -> tuple[float, float] | None:
        """The interval, as far as such values go."""
        if self.margin is None:
            return None
        low, high = self.mean - self.margin, self.mean + self.margin
        return (low, high) if self.most is None else (max(0.0, low), min(self.most, high))


class Days(NamedTuple):
    """Means over seeds, day by day."""

    reviews: tuple[float, ...]
    minutes: tuple[float, ...]
    known: tuple[float, ...]
    """In the morning after."""


class Outcome(NamedTuple):
    """What one way of scheduling came to for one learner."""

    learner: Learner
    policy: Policy
    equal: bool
    """Whether its retention was chosen so that as much is known on average as with SM-2."""
    reviews: Estimate
    """Reviews a day. New cards and the repetitions of the same day are none."""
    minutes: Estimate
    """Minutes a day, with new cards and repetitions."""
    peak: Estimate
    """Reviews of the fullest day."""
    retained: Estimate | None
    """The share of reviews that were remembered; None if there was none in any seed."""
    average: Estimate
    """Cards known, a mean over the days."""
    known: Estimate
    """Cards known in the morning of the interview."""
    later: Estimate
    """What is left of them long after if nothing is reviewed from the interview on."""
    fewer: Estimate | None
    """The share of SM-2's reviews that are not needed; only where ``equal``."""
    quicker: Estimate | None
    """The same of its minutes."""
    days: Days


def outcome(
    learner: Learner, policy: Policy, course: Course, beside: Course | None = None
) -> Outcome:
    """The numbers of the course; ``beside`` is SM-2's where as much is known as there."""
    return Outcome(
        learner,
        policy,
        equal=beside is not None,
        reviews=estimate(course.reviews.mean(axis=1), course.cards),
        minutes=estimate(course.seconds.mean(axis=1) / 60, inf),
        peak=estimate(course.peak, course.cards),
        retained=estimate(course.retention, 1) if course.retention.size else None,
        average=estimate(course.known.mean(axis=1), course.cards),
        known=estimate(course.at_date, course.cards),
        later=estimate(course.later, course.cards),
        fewer=_saved(course.reviews, beside.reviews) if beside else None,
        quicker=_saved(course.seconds, beside.seconds) if beside else None,
        days=Days(
            _over_seeds(course.reviews),
            _over_seeds(course.seconds / 60),
            _over_seeds(course.known),
        ),
    )


def estimate(values: Floats | Ints, most: float | None = None) -> Estimate:
    """The mean of what the seeds gave, and its margin; ``most`` as in the estimate."""
    mean, seeds = float(values.mean()), values.size
    if seeds < FEWEST_SEEDS:
        return Estimate(mean, None, most)
    at = seeds - FEWEST_SEEDS
    t = T_975[at] if at < len(T_975) else 1.96 + 2.6 / (seeds - 1)
    return Estimate(mean, t * float(values.std(ddof=1)) / sqrt(seeds), most)


def _saved(needed: Floats | Ints, instead: Floats | Ints) -> Estimate:
    """Seed by seed, since both met the same luck."""
    return estimate(1 - needed.sum(axis=1) / np.maximum(instead.sum(axis=1), 1))


def _over_seeds(values: Floats | Ints) -> tuple[float, ...]:
    return tuple(map(float, values.mean(axis=0)))
