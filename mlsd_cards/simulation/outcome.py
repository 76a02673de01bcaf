"""What a simulated study came to: a course in numbers with their uncertainty, without numpy."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np

from mlsd_cards.simulation.course import Course
from mlsd_cards.simulation.learner import Learner
from mlsd_cards.simulation.memory import Floats, Ints
from mlsd_cards.simulation.policy import Policy

T_975 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26)
"""Student's t for a 95 % interval of 2 to 10 seeds."""


class Estimate(NamedTuple):
    """A mean over seeds, and what to add and to take away for its 95 % interval."""

    mean: float
    margin: float | None = None
    """None for a single seed, which says nothing of others."""


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
        reviews=estimate(course.reviews.mean(axis=1)),
        minutes=estimate(course.seconds.mean(axis=1) / 60),
        peak=estimate(course.peak),
        retained=estimate(course.retention) if course.retention.size else None,
        average=estimate(course.known.mean(axis=1)),
        known=estimate(course.at_date),
        later=estimate(course.later),
        fewer=_saved(course.reviews, beside.reviews) if beside else None,
        quicker=_saved(course.seconds, beside.seconds) if beside else None,
        days=Days(
            _over_seeds(course.reviews),
            _over_seeds(course.seconds / 60),
            _over_seeds(course.known),
        ),
    )


def estimate(values: Floats | Ints) -> Estimate:
    """The mean of what the seeds gave, and its margin."""
    mean, freedom = float(values.mean()), values.size - 1
    if not freedom:
        return Estimate(mean)
    t = T_975[freedom - 1] if freedom <= len(T_975) else 1.96 + 2.6 / freedom
    return Estimate(mean, t * float(values.std(ddof=1)) / sqrt(values.size))


def _saved(needed: Floats | Ints, instead: Floats | Ints) -> Estimate:
    """Seed by seed, since both met the same luck."""
    return estimate(1 - needed.sum(axis=1) / np.maximum(instead.sum(axis=1), 1))


def _over_seeds(values: Floats | Ints) -> tuple[float, ...]:
    return tuple(map(float, values.mean(axis=0)))
