"""Several ways of scheduling beside each other, for learners that the scheduler expects and others.

Fewer reviews alone are no merit: who asks less is told less. So each comparison has FSRS at the
retention that leaves as much known, on average over the days, as SM-2 does; and for a learner about
whom it is wrong, the same once it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np

from mlsd_cards.schedule.parameters import RETENTIONS
from mlsd_cards.schedule.sm2 import Options
from mlsd_cards.simulation.course import Course, Steps, Study, run
from mlsd_cards.simulation.learner import LEARNERS, Learner
from mlsd_cards.simulation.memory import Memory
from mlsd_cards.simulation.outcome import Outcome, outcome
from mlsd_cards.simulation.policy import Policy

NEAR = 0.0002
"""By how large a share what is known may differ and still be called equal. A thousandth more of it
costs more than a hundredth of the reviews."""

ENOUGH = 0.002
"""What is put up with where the nearest retentions do not come nearer, as with few cards."""

MOST_TRIES = 10


def policies(
    schedulers: Sequence[str], retentions: Sequence[float], sweep: int, options: Options
) -> list[Policy]:
    """The ways of scheduling to compare: SM-2 is always the first, and a sweep of so many days
    follows on SM-2 and on the most relaxed FSRS."""
    sm2 = Policy(options=options)
    wanted = sorted(set(retentions), reverse=True) if "fsrs" in schedulers else []
    plain = [sm2, *map(Policy, wanted)]
    swept = [sm2] if "sm2" in schedulers else []
    swept += map(Policy, wanted[-1:])
    return plain + [policy._replace(sweep=sweep) for policy in swept if sweep]


def steps(chosen: Sequence[Policy], study: Study) -> int:
    """About how many steps ``compare`` takes."""
    return (len(LEARNERS) * (len(chosen) + 4) + 4) * study.days


def compare(chosen: Sequence[Policy], study: Study, seed: int) -> Iterator[Outcome | None]:
    """What each way came to for each learner; None for every day that was simulated meanwhile."""
    for learner in LEARNERS:
        courses: dict[Policy, Course] = {}

        def simulated(policy: Policy, learner: Learner = learner) -> Steps:
            return run(policy, learner, study, np.random.default_rng(seed))

        for policy in chosen:
            course = courses[policy] = yield from simulated(policy)
            yield outcome(learner, policy, course)
        sm2 = courses[chosen[0]]
        for memory in dict.fromkeys((Memory(), learner.memory)):
            equal = yield from _equal(sm2, memory, courses, simulated)
            if equal:
                yield outcome(learner, equal, courses[equal], sm2)


def _equal(
    sm2: Course,
    memory: Memory,
    courses: dict[Policy, Course],
    simulated: Callable[[Policy], Steps],
) -> Generator[None, None, Policy | None]:
    """FSRS with that memory at the retention that leaves as much known as ``sm2``, with its course
    in ``courses``; None if none was found."""
    want = _average(sm2)
    tried = {
        policy.retention: _average(course)
        for policy, course in courses.items()
        if policy.retention is not None and policy.memory == memory and not policy.sweep
    }
    for _ in range(MOST_TRIES):
        retention = _guess(want, tried)
        if retention is None:
            return None
        policy = Policy(retention, memory=memory)
        if retention not in tried:
            courses[policy] = yield from simulated(policy)
            tried[retention] = _average(courses[policy])
        if abs(tried[retention] - want) <= NEAR * want:
            return policy
    nearest = min(tried, key=lambda one: abs(tried[one] - want))
    if abs(tried[nearest] - want) > ENOUGH * want:
        return None
    return Policy(nearest, memory=memory)


def _guess(want: float, tried: dict[float, float]) -> float | None:
    """The retention to try next, from what was known at others; None if it lies beyond the ends."""
    below = max((one for one in tried if tried[one] <= want), default=None)
    above = min((one for one in tried if tried[one] > want), default=None)
    least, most = RETENTIONS
    if below is None:
        return None if least in tried else least
    if above is None:
        return None if most in tried else most
    share = (want - tried[below]) / (tried[above] - tried[below])
    return round(below + share * (above - below), 4)


def _average(course: Course) -> float:
    return float(course.known.mean())
