"""How interviews went over time: which step loses points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.store.sitting import Sitting
from mlsd_cards.study.interview.score import SCORED, Result, of_record

FULL = 100


class Past(NamedTuple):
    """An attempt under its ``number``, counted from the first one; ``result`` is None while it is
    open."""

    number: int
    sitting: Sitting
    result: Result | None

    @property
    def is_scored(self) -> bool:
        """Whether it was marked to its end."""
        return self.result is not None and self.result.how == SCORED

    @property
    def whole(self) -> Result | None:
        """The result of a whole interview that was scored; None of any other attempt."""
        return self.result if self.is_scored and self.result and not self.result.only else None


class Weakness(NamedTuple):
    """The step that loses most: the part of its points that it had in all of these attempts, and
    in the latest of them, in percent."""

    step: str
    percent: int
    latest: int
    attempts: int


def attempts(sittings: Iterable[Sitting]) -> list[Past]:
    """All attempts, the oldest first."""
    return [
        Past(number, one, of_record(one.result) if one.result else None)
        for number, one in enumerate(sittings, 1)
    ]


def scored(sittings: Iterable[Sitting]) -> list[Result]:
    """The results of those that were scored, the oldest first."""
    return [one.result for one in attempts(sittings) if one.result and one.is_scored]


def weakest(results: Sequence[Result]) -> Weakness | None:
    """The step that lost the largest part of its points; None if none has lost any."""
    shares: dict[str, list[int]] = {}
    for result in results:
        for step in result.steps:
            shares.setdefault(step.step, []).append(step.percent)
    shares = {step: percents for step, percents in shares.items() if min(percents) < FULL}
    if not shares:
        return None
    name = min(shares, key=lambda one: (sum(shares[one]) / len(shares[one]), STEPS.index(one)))
    percents = shares[name]
    return Weakness(name, round(sum(percents) / len(percents)), percents[-1], len(percents))
