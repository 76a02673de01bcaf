"""What a plan comes to: in words for a person, a fact a line for a program, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.commands import options
from mlsd_cards.commands.options import plural
from mlsd_cards.schedule.day import iso
from mlsd_cards.study.planning.advice import MOST_MINUTES
from mlsd_cards.study.planning.prospect import AFTER, SEEDS, kind_of, rehearsals, spans
from mlsd_cards.study.planning.rule import MS_A_MINUTE, SETTLING

if TYPE_CHECKING:
    from mlsd_cards.run.planning import Costs
    from mlsd_cards.store.plan import Plan
    from mlsd_cards.study.planning.advice import Advice
    from mlsd_cards.study.planning.prospect import Load, Prospect, Topic, Wish
    from mlsd_cards.term.report import Report

WEAKEST = 5
"""The topics that are shown on a terminal; a pipe and JSON have all."""

MOST_DECKS = 6
"""Decks to leave out that are named; of more the first."""


class Told(NamedTuple):
    """A plan with all that is told of it; ``costs`` are those of today, which may differ from the
    plan's own."""

    plan: Plan
    costs: Costs
    wish: Wish
    found: Prospect
    instead: Advice | None

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


def tell_none(plan: Plan | None, today: int, *, as_json: bool) -> None:
    """Say that no plan is ahead."""
    if as_json:
        options.print_json(None)
    elif plan is None:
        options.say("No plan is saved. Make one: mlsd-cards plan --date 2026-12-31 --minutes 30")
    elif plan.day == today:
        options.say("The interview is today. Good luck!")
    else:
        options.say(f"The interview was on {iso(plan.day)}: mlsd-cards plan --off")


def tell(told: Told) -> None:
    """Print the plan."""
    from mlsd_cards.term.report import Report

    report = Report()
    if not report.is_terminal:
        _records(told, report)
        return
    for part in (_head, _unfit, _table, _end, _topics, _how):
        part(told, report)


def _head(told: Told, report: Report) -> None:
    """The wish, and what will be known."""
    plan, found = told.plan, told.found
    days = plural(plan.day - told.wish.first, "day")
    names = ", ".join(name for names in plan.names for name in names)
    report.say(
        f"Interview on {iso(plan.day)}: {days} of {plan.minutes} min, "
        f"{plural(found.cards, 'card')}, {told.seen} of them seen"
        + (f" ({names})." if names else "."),
        style="bold",
    )
    percent = 100 * found.known / found.cards
    report.say(
        f"Known then: {found.known:.0f} of {found.cards} ({percent:.0f} %); without the final "
        f"sweep {found.known_without:.0f}; today {found.now:.0f}."
    )
    report.say(
        f"{AFTER} days later, if reviews go on: {found.later:.0f}; without the sweep "
        f"{found.later_without:.0f}."
    )


def _unfit(told: Told, report: Report) -> None:
    """That the wish does not fit, and what would."""
    found = told.found
    if told.instead is None:
        return
    report.gap()
    if found.surely < found.cards:
        learnt = f"about {found.learnt:.0f} of {found.cards} cards can be learnt in time"
    else:
        learnt = f"the final sweep alone would take {found.sweep_days} days"
    report.say(f"This does not fit: {learnt}.", style="bold")
    ways = _ways(told.instead)
    none = f"Neither {MOST_MINUTES} minutes a day, a date within a year nor fewer decks would fit."
    report.say({0: none, 1: "This would fit:"}.get(len(ways), "Any of these would fit:"))
    for way in ways:
        report.say(way, "  - ")
    if told.wish.unseen and told.wish.goal - told.wish.first <= SETTLING:
        report.say(
            "Nothing new comes so late; mlsd-cards review --new 10 asks for some all the same."
        )
    else:
        report.say("As it is, the plan goes as far as it can in the order of learning.")


def _ways(instead: Advice) -> list[str]:
    ways = [f"{instead.minutes} minutes a day"] if instead.minutes else []
    ways += [f"the interview on {iso(instead.day)} or later"] if instead.day else []
    if instead.leave:
        more = len(instead.leave) - MOST_DECKS
        first = instead.leave[:MOST_DECKS] if more > 1 else instead.leave
        names = ", ".join(first) + (f" and the {more} after them" if more > 1 else "")
        ways.append(
            f"without the last decks in the order of learning, {names}: "
            f"{instead.cards} cards remain"
        )
    return ways


def _table(told: Told, report: Report) -> None:
    """What a day holds, week by week."""
    report.gap()
    report.draw("days             new  reviews  minutes")
    for span in spans(told.found.days, told.wish.goal, told.found.sweep_days):
        days = " to ".join(iso(day)[5:] for day in sorted({span.first, span.last}))
        minutes = told.minutes(span.new, span.reviews)
        report.draw(f"{days:<15}{span.new:>5.0f}{span.reviews:>9.0f}{minutes:>9.0f}")


def _end(told: Told, report: Report) -> None:
    """The last days: nothing new, rehearsals, the final sweep and what it costs."""
    found, wish = told.found, told.wish
    extra = _reviews(found.days) - _reviews(found.days_without)
    report.gap()
    if found.sweep_days:
        left = wish.goal - told.sweep
        # the rule gives up its spare reviews, and the strongest cards, where the days do not do
        cards, most = "every card once more", wish.pace.swept
        if found.sweep_days > left:
            cards, most = "as many cards as fit, the strongest left out", wish.pace.reviews
        report.say(
            f"Final sweep from {iso(told.sweep)}: in {plural(left, 'day')} {cards}, the weakest "
            f"last, {most} a day at most. It costs {extra:.0f} reviews "
            f"({told.minutes(0, extra):.0f} min)."
        )
    played = [iso(day)[5:] for day in rehearsals(wish.first, wish.goal)]
    rehearsed = f"; interviews on {', '.join(played)} come on top" if played else ""
    report.say(f"Last {SETTLING} days: nothing new{rehearsed}.")


def _reviews(days: tuple[Load, ...]) -> float:
    return sum(day.reviews for day in days)


def _topics(told: Told, report: Report) -> None:
    """The topics that will be known least."""
    topics = told.found.topics
    reached = sorted((topic for topic in topics if topic.known > 0), key=_share)
    if len(topics) == 1 or not reached:
        return
    least = [
        f"{topic.name} {100 * _share(topic):.0f} % ({100 * topic.without / topic.cards:.0f})"
        for topic in reached[:WEAKEST]
    ]
    away = len(topics) - len(reached)
    report.say(
        f"Least known then (without the sweep): {', '.join(least)}."
        + (f" Not reached: {plural(away, 'topic')}." if away else "")
    )


def _share(topic: Topic) -> float:
    return topic.known / topic.cards


def _how(told: Told, report: Report) -> None:
    """How the figures were computed, and what they are worth."""
    for line in (_times(told), HOW):
        report.say(line)


HOW = (
    "Known: the mean chance to recall a card, by FSRS-6 with its default parameters over your own "
    f"answers, in {len(SEEDS)} simulated ways through the days (docs/plan.md). That is an average "
    "learner's memory, and of cards: an interview asks for more."
)
"""How what is known was computed, and what it is worth."""


def _times(told: Told) -> str:
    pace, costs = told.wish.pace, told.costs
    line = f"Times: {pace.new_ms / 1000:.0f} s a new card, {pace.review_ms / 1000:.0f} s a review: "
    own = [
        f"{count:,} {what} of your own"
        for count, what in ((costs.new, "new cards"), (costs.reviews, "reviews"))
        if count
    ]
    if len(own) == 2:
        line += f"the means of {' and '.join(own)}."
    elif own:
        line += f"the mean of {own[0]}, else the default."
    else:
        line += "defaults until you have answered more."
    if _differs(pace.new_ms, costs.new_ms) or _differs(pace.review_ms, costs.review_ms):
        line += (
            f" By now they are {costs.new_ms / 1000:.0f} s and {costs.review_ms / 1000:.0f} s: "
            f"mlsd-cards plan --minutes {told.plan.minutes} takes them over."
        )
    return line


def _differs(then: int, now: int) -> bool:
    """Whether a time has changed by more than a fifth."""
    return abs(now - then) * 5 > then


def _records(told: Told, report: Report) -> None:
    """The facts for a program: a name, then its values."""
    value = record(told)
    for name, one in value.items():
        if name == "days":
            for day in one:
                report.record("day", *day.values())
        elif name == "topics":
            for topic in one:
                report.record("topic", *topic.values())
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
        "fits": found.fits(),
        "instead": _instead(told.instead),
        "sweep": {
            "begins": iso(told.sweep),
            "days": wish.goal - told.sweep,
            "cards": wish.pace.swept,
        },
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
                "for": kind_of(wish.goal - day.day, found.sweep_days),
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
