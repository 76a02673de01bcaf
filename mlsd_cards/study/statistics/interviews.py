"""What each step of the interviews had of its points, and which one loses most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.store.sitting import Sitting
from mlsd_cards.study.interview.progress import attempts
from mlsd_cards.study.interview.score import percent


class Step(NamedTuple):
    """A step of the interviews: the points it had in so many attempts, of how many."""

    step: str
    attempts: int
    points: int
    of: int

    @property
    def percent(self) -> int:
        """The points as a part of the most; never below 0."""
        return percent(self.points, self.of)

    @property
    def lost(self) -> int:
        """The points that were missed."""
        return self.of - self.points


class Interviews(NamedTuple):
    """The whole interviews that were scored, by day and percent, the oldest first, and every step
    that was, also alone, the one that loses the largest part first."""

    scores: tuple[tuple[int, int], ...] = ()
    steps: tuple[Step, ...] = ()


def interviews(sittings: Iterable[Sitting], since: int = 0) -> Interviews:
    """The interviews that began on the day ``since`` or later and were scored."""
    told = [one for one in attempts(sittings) if one.is_scored and one.sitting.begun.day >= since]
    scores = tuple(
        (one.sitting.begun.day, one.whole.percent) for one in told if one.whole is not None
    )
    by_step: dict[str, list[tuple[int, int]]] = {}
    for one in told:
        for step in one.result.steps if one.result else ():
            by_step.setdefault(step.step, []).append((step.points, step.of))
    steps = (
        Step(name, len(had), sum(points for points, _ in had), sum(of for _, of in had))
        for name, had in by_step.items()
    )
    order = {name: place for place, name in enumerate(STEPS)}
    ranked = sorted(steps, key=lambda one: (one.percent, order.get(one.step, len(STEPS))))
    return Interviews(scores, tuple(ranked))
