"""A plan with what it comes to, as data: JSON, and a fact a line for a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.schedule.day import iso
from mlsd_cards.study.planning.prospect import kind_of, rehearsals
from mlsd_cards.study.planning.rule import MS_A_MINUTE

if TYPE_CHECKING:
    from mlsd_cards.run.planning import Costs
    from mlsd_cards.store.plan import Plan
    from mlsd_cards.study.planning.advice import Advice
    from mlsd_cards.study.planning.prospect import Prospect, Wish
    from mlsd_cards.term.report import Report


class Told(NamedTuple):
    """A plan with all that is told of it; ``costs`` are those of today, which may differ from the
    plan's own. ``is_new`` is whether it was saved just now."""

    plan: Plan
    costs: Costs
    wish: Wish
    found: Prospect
    instead: Advice | None
    is_new: bool = False

    @property
    def seen(self) -> int:
        """How many of the cards were ever answered."""
        return len(self.wish.cards) - self.wish.unseen

    @property
    def sweep(self) -> int:
        """The study day on which the final sweep begins."""
        return max(self.wish.first, self.wish.goal - self.found.sweep_days)

    def minutes(self, new: float, reviews: float) -> float:
        """The time that so many cards take."""
        pace = self.wish.pace
        return (new * pace.new_ms + reviews * pace.review_ms) / MS_A_MINUTE


LISTS = {"days": "day", "topics": "topic", "learnt_by_difficulty": "learnt_by_difficulty"}
"""The keys whose values are records of their own, and the names of these."""


def records(told: Told, report: Report) -> None:
    """The facts for a program: a name, then its values."""
    value = record(told)
    for name, one in value.items():
        if name in LISTS:
            for part in one:
                report.record(LISTS[name], *part.values())
        elif isinstance(one, dict):
            for key, part in one.items():
                report.record(f"{name}.{key}", *_flat(part))
        else:
            report.record(name, *_flat(one))


def _flat(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def record(told: Told) -> dict[str, Any]:
    """The plan as docs/json.md describes it."""
    plan, found, wish = told.plan, told.found, told.wish
    return {
        "date": iso(plan.day),
        "days_left": plan.day - wish.first,
        "begun": iso(plan.begun),
        "minutes": plan.minutes,
        "decks": list(plan.decks),
        "tags": list(plan.tags),
        "topics_wanted": list(plan.topics),
        "new_s": plan.new_ms / 1000,
        "review_s": plan.review_ms / 1000,
        "times": {"new": told.costs.new, "reviews": told.costs.reviews},
        "cards": found.cards,
        "seen": told.seen,
        "learnt": round(found.learnt, 1),
        "learnt_by_difficulty": [level._asdict() for level in found.levels],
        "fits": found.fits(),
        "instead": _instead(told.instead),
        "sweep": {
            "begins": iso(told.sweep),
            "days": wish.goal - told.sweep,
            "cards": wish.pace.swept,
        }
        if found.sweeps
        else None,
        "rehearsals": [iso(day) for day in rehearsals(wish.first, wish.goal)],
        "known": {
            "now": round(found.now, 1),
            "then": round(found.known, 1),
            "without_sweep": round(found.known_without, 1),
            "later": round(found.later, 1),
            "later_without_sweep": round(found.later_without, 1),
        },
        "days": [
            {
                "day": iso(day.day),
                "for": kind_of(wish.goal - day.day, found.swept_days),
                "new": round(day.new, 1),
                "reviews": round(day.reviews, 1),
                "minutes": round(told.minutes(day.new, day.reviews), 1),
            }
            for day in found.days
        ],
        "topics": [
            {
                "topic": topic.name,
                "cards": topic.cards,
                "known": round(topic.known, 2),
                "without_sweep": round(topic.without, 2),
            }
            for topic in found.topics
        ],
    }


def _instead(instead: Advice | None) -> dict[str, Any] | None:
    if instead is None:
        return None
    return {
        "minutes": instead.minutes,
        "date": iso(instead.day) if instead.day else None,
        "leave_out": list(instead.leave),
        "cards": instead.cards,
    }
