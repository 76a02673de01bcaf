"""When an interview wants what: the time of each step, and the moments of the follow-ups."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from mlsd_cards.cards.rubric import STEPS, Rubric

MINUTE = 60_000

ASKED_IN = tuple(STEPS.index(step) for step in ("data", "model", "evaluate", "serve"))
"""The steps in which follow-up questions come: before them there is no design to ask about, and
behind them hardly any time."""

EARLIEST, LATEST = 0.35, 0.8
"""The part of a step's time in which a question may come."""


class FollowUp(NamedTuple):
    """The rubric's question number ``which`` comes ``at`` ms of the clock of a step."""

    step: int
    at: int
    which: int


class Timetable(NamedTuple):
    """``limits`` are the ms of all seven steps, ``played`` those steps that are rehearsed, and
    ``whole`` the ms of the interview, which those of the steps may leave some of."""

    limits: tuple[int, ...]
    played: tuple[int, ...]
    whole: int


def usual(rubric: Rubric) -> float:
    """The minutes of the interview; if its steps take longer, as long as these."""
    return max(rubric.expected_s / 60, sum(step.minutes for step in rubric.steps))


def timetable(rubric: Rubric, minutes: float, only: int | None = None) -> Timetable:
    """The interview in ``minutes``, or ``only`` the step of that number with its share of them.

    Each step keeps its share of the time, whether or not the rubric's minutes add up.
    """
    scale = MINUTE * minutes / usual(rubric)
    limits = tuple(round(step.minutes * scale) for step in rubric.steps)
    if only is None:
        return Timetable(limits, tuple(range(len(limits))), round(MINUTE * minutes))
    return Timetable(limits, (only,), limits[only])


def follow_ups(rubric: Rubric, table: Timetable, seed: int) -> tuple[FollowUp, ...]:
    """The questions in the order in which they come: each once, spread over the steps; of a single
    step that is rehearsed, one."""
    rng = Random(f"follow-ups {seed}")  # noqa: S311 - no secret
    among = [step for step in ASKED_IN if step in table.played] or list(table.played[:1])
    indices = rng.sample(range(len(rubric.follow_ups)), len(rubric.follow_ups))
    if len(table.played) == 1:
        indices = indices[:1]
    order = rng.sample(among, len(among))
    drawn = [
        FollowUp(step, round(table.limits[step] * rng.uniform(EARLIEST, LATEST)), index)
        for index, step in zip(indices, order * len(indices), strict=False)
    ]
    return tuple(sorted(drawn))
