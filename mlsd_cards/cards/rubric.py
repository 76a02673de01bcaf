"""Rubric cards: what a whole interview is scored by. They are never part of a daily review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from mlsd_cards.cards.card import Card

STEPS = ("clarify", "frame", "data", "model", "evaluate", "serve", "monitor")
"""The steps of an interview, in their order."""


USUAL_S = 45 * 60
"""The time of an interview in seconds."""

SPARE_MINUTES = 5
"""The steps leave so much of it at most."""


class Scoring(NamedTuple):
    """How the points are given, in words, for what must be said, what is strong, red flags."""

    must: str = "0 missed, 1 named, 2 justified with this system's numbers"
    strong: str = "+1 each, capped at 4 in all"
    red_flag: str = "-1 each"


SCORING = Scoring()


class Step(NamedTuple):
    """One of ``STEPS`` with its share of the time in minutes, and what is listened for."""

    step: str
    minutes: int
    must: tuple[str, ...]
    strong: tuple[str, ...] = ()
    red_flag: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric(Card):
    """``steps`` are all of ``STEPS``, in order; ``expected_s`` is the time of the interview, of
    which the minutes of the steps leave some for the end."""

    kind: ClassVar[str] = "rubric"
    daily: ClassVar[bool] = False
    parts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "scoring": Scoring._make,
        "steps": lambda entries: tuple(map(Step._make, entries)),
    }
    expected_s: int = USUAL_S
    scoring: Scoring = SCORING
    steps: tuple[Step, ...]
    follow_ups: tuple[str, ...] = ()
