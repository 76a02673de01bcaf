"""What a plan comes to, in words for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_cards.commands import options
from mlsd_cards.commands.options import plural
from mlsd_cards.commands.planned import Told, records
from mlsd_cards.schedule.day import iso
from mlsd_cards.study.planning.advice import MOST_MINUTES
from mlsd_cards.study.planning.prospect import AFTER, rehearsals, spans
from mlsd_cards.study.planning.rule import SETTLING

if TYPE_CHECKING:
    from mlsd_cards.store.plan import Plan
    from mlsd_cards.study.planning.advice import Advice
    from mlsd_cards.study.planning.prospect import Level, Load, Topic
    from mlsd_cards.term.report import Report

WEAKEST = 3
"""The topics that are shown on a terminal; a pipe and JSON have all."""

MOST_DECKS = 3
"""Decks to leave out that are named; of more the first."""

LITTLE = 0.05
"""Cards: as much would be shown as none."""


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
    """Print the plan. What matters most comes last: there a terminal stays when all is said."""
    from mlsd_cards.term.report import Report

    report = Report()
    if not report.is_terminal:
        records(told, report)
        return
    for part in (_wish, _table, _end, _topics, _so_far, _how, _known, _verdict):
        part(told, report)


def _wish(told: Told, report: Report) -> None:
    """What is planned."""
    plan = told.plan
    names = ", ".join(name for names in plan.names for name in names)
    report.say(
        f"{'Plan saved: interview' if told.is_new else 'Interview'} on {iso(plan.day)}, "
        f"{plural(plan.day - told.wish.first, 'day')} of {plan.minutes} min, "
        f"{plural(told.found.cards, 'card')}, {told.seen:,} seen"
        + (f" ({names})." if names else "."),
        style="bold",
    )


def _table(told: Told, report: Report) -> None:
    """What a day holds, week by week."""
    report.draw("days             new  reviews  minutes")
    for span in spans(told.found.days, told.wish.goal, told.found.swept_days):
        days = " to ".join(iso(day)[5:] for day in sorted({span.first, span.last}))
        minutes = told.minutes(span.new, span.reviews)
        report.draw(f"{days:<15}{span.new:>5.0f}{span.reviews:>9.0f}{minutes:>9.0f}")


def _end(told: Told, report: Report) -> None:
    """The last days: nothing new, rehearsals, the final sweep and what it costs."""
    found, wish = told.found, told.wish
    if not found.sweeps:
        report.say(f"No final sweep: with it {_gained(told)}.")
    elif found.sweep_days:
        report.say(_sweep(told))
    late = any(day.new for day in found.days[-SETTLING:])
    new = "new cards too, since so few are seen" if late else "nothing new"
    played = [iso(day)[5:] for day in rehearsals(wish.first, wish.goal)]
    rehearsed = f"; interviews on {', '.join(played)} come on top" if played else ""
    report.say(f"Last {SETTLING} days: {new}{rehearsed}.")


def _gained(told: Told) -> str:
    """What the sweep would change that the plan was made without."""
    gain = told.found.gain
    if gain < LITTLE:
        return f"{-gain:.1f} fewer would be known" if gain <= -LITTLE else "as many would be known"
    again = f"mlsd-cards plan --minutes {told.plan.minutes}"
    return f"{gain:.1f} more would be known: {again} takes it in"


def _sweep(told: Told) -> str:
    found, wish = told.found, told.wish
    extra = _reviews(found.days) - _reviews(found.days_without)
    left = wish.goal - told.sweep
    # the rule gives up its spare reviews, and the strongest cards, where the days do not do
    cards, most = "every card once more", wish.pace.swept
    if wish.pace.sweep_days(found.surely) > left:
        cards, most = "as many cards as fit, the strongest left out", wish.pace.reviews
    line = (
        f"Final sweep from {iso(told.sweep)}: in {plural(left, 'day')} {cards}, the weakest "
        f"last, {most} a day at most. It costs {extra:.0f} reviews "
        f"({told.minutes(0, extra):.0f} min)."
    )
    if found.gain <= -LITTLE:
        line += (
            f" Without it {-found.gain:.1f} more would be known: "
            f"mlsd-cards plan --minutes {told.plan.minutes} leaves it out."
        )
    return line


def _reviews(days: tuple[Load, ...]) -> float:
    return sum(day.reviews for day in days)


def _topics(told: Told, report: Report) -> None:
    """The topics that will be known least."""
    topics = told.found.topics
    reached = sorted((topic for topic in topics if topic.known > 0), key=_share)
    if len(topics) == 1 or not reached:
        return
    least = [_topic(topic, told) for topic in reached[:WEAKEST]]
    away = len(topics) - len(reached)
    report.say(
        f"Least known then{' (without the sweep)' * told.found.sweeps}: {', '.join(least)}."
        + (f" Not reached: {plural(away, 'topic')}." if away else "")
    )


def _topic(topic: Topic, told: Told) -> str:
    without = f" ({100 * topic.without / topic.cards:.0f})" if told.found.sweeps else ""
    return f"{topic.name} {100 * _share(topic):.0f} %{without}"


def _share(topic: Topic) -> float:
    return topic.known / topic.cards


def _so_far(told: Told, report: Report) -> None:
    """How far a plan goes that does not reach all cards."""
    found = told.found
    if found.surely == found.cards:
        return
    if not any(day.new for day in found.days):
        report.say(
            "Nothing new comes so late; mlsd-cards review --new 10 asks for some all the same."
        )
    elif len(found.levels) > 1:
        levels = "; ".join(map(_level, found.levels))
        report.say(f"The less difficult cards come first, deck by deck: {levels}.")


def _level(level: Level) -> str:
    """How many cards of a difficulty are learnt."""
    learnt = "all" if level.learnt == level.cards else f"{level.learnt:,} of"
    return f"{learnt} {level.cards:,} of difficulty {level.difficulty}"


def _how(told: Told, report: Report) -> None:
    """What the figures rest on."""
    for line in (_times(told), HOW):
        report.say(line)


HOW = "Known: expected recall by FSRS-6 (docs/plan.md); an interview asks for more."
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


def _known(told: Told, report: Report) -> None:
    """What will be known."""
    found = told.found
    line = (
        f"Known then: {found.known:,.0f} of {found.cards:,} "
        f"({100 * found.known / found.cards:.0f} %), today {found.now:,.0f}; "
        f"{AFTER} days later, if reviews go on, {found.later:,.0f}."
    )
    if found.sweeps:
        line += f" Without the sweep {found.known_without:,.0f}, later {found.later_without:,.0f}."
    report.say(line)


def _verdict(told: Told, report: Report) -> None:
    """Whether the wish fits, and if it does not, what would."""
    found = told.found
    if told.instead is None:
        report.say("This fits: every card is learnt in time.", style="bold")
        return
    if found.surely < found.cards:
        learnt = f"about {found.learnt:,.0f} of {found.cards:,} cards can be learnt in time"
    else:
        learnt = f"the final sweep alone would take {plural(found.sweep_days, 'day')}"
    ways = _ways(told.instead)
    would = " What would:" if ways else ""
    report.say(f"This does not fit: {learnt}.{would}", style="bold")
    for way in ways:
        report.say(way, "- ")
    if not ways:
        minutes = f"{MOST_MINUTES} minutes a day"
        report.say(f"Neither {minutes}, a date within a year nor fewer decks would fit.")


def _ways(instead: Advice) -> list[str]:
    ways = [f"{instead.minutes} minutes a day"] if instead.minutes else []
    ways += [f"the interview on {iso(instead.day)} or later"] if instead.day else []
    if leave := instead.leave:
        decks = ", ".join(leave)
        if len(leave) > MOST_DECKS:
            decks = f"{len(leave)} decks, those from {leave[0]} on"
        ways.append(f"without {decks}: {plural(instead.cards, 'card')} remain")
    return ways
