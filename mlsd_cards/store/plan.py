"""A plan toward an interview, as the log keeps it: what was wished for, and at what pace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

KEY = "plan"
"""The name of the setting; its value is a record, or None once the plan is taken away."""

MOST_MINUTES = 24 * 60
LONGEST_MS = 3_600_000
LAST_DAY = 1_000_000
"""Far beyond every interview, and a date that Python still knows."""

MOST_NAMES = 1000


class Plan(NamedTuple):
    """Which cards are wanted on which study day, and the time that is there for them.

    ``begun`` is the study day on which it was made. ``new_ms`` and ``review_ms`` are what a new
    card and a reviewed one cost on a day, repetitions included. Of ``decks``, ``tags`` and
    ``topics`` empty ones mean all, as in a filter. ``sweeps`` is whether the last days are to
    bring every card once more.
    """

    day: int
    minutes: int
    new_ms: int
    review_ms: int
    begun: int
    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sweeps: bool = True

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The decks, tags and topics."""
        return self.decks, self.tags, self.topics


def _within(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _names(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) <= MOST_NAMES
        and all(isinstance(name, str) and "\0" not in name for name in value)
    )


FIELDS: dict[str, Callable[[Any], bool]] = {
    "day": _within(0, LAST_DAY),
    "minutes": _within(1, MOST_MINUTES),
    "new_ms": _within(1, LONGEST_MS),
    "review_ms": _within(1, LONGEST_MS),
    "begun": _within(0, LAST_DAY),
    "decks": _names,
    "tags": _names,
    "topics": _names,
    "sweeps": lambda value: type(value) is bool,
}
"""What each field may be: a record may come from a file that anybody has written."""

OLDER = {"sweeps": True}
"""What the first plans did not say."""


def is_record(value: Any) -> bool:
    """Whether a setting may have that value: a plan, or None where it was taken away."""
    return value is None or (
        isinstance(value, dict)
        and FIELDS.keys() <= {*OLDER, *value}
        and all(fits({**OLDER, **value}[name]) for name, fits in FIELDS.items())
    )


def of_record(value: Any) -> Plan | None:
    """The plan that a setting holds; None also for what is none."""
    if value is None or not is_record(value):
        return None
    found = ({**OLDER, **value}[name] for name in FIELDS)
    return Plan._make(tuple(one) if isinstance(one, list) else one for one in found)
