"""The sections of what is ahead: the plan, and how much is known by topic, today and then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlsd_cards.report import charts
from mlsd_cards.report.charts import Stack, day_month
from mlsd_cards.report.element import bar, below, name, text
from mlsd_cards.report.picture import picture
from mlsd_cards.report.section import Section, Table
from mlsd_cards.schedule.day import iso
from mlsd_cards.study.planning.prospect import AFTER, rehearsals, spans
from mlsd_cards.study.planning.readiness import Ready
from mlsd_cards.study.planning.rule import MS_A_MINUTE, SETTLING
from mlsd_cards.term.statistics.words import plural

if TYPE_CHECKING:
    from mlsd_cards.study.planning.prospect import Prospect, Wish

WEAKEST = 6
"""So many topics stand in the open; the others open."""

HOW = (
    "Known is the expected share: the mean chance to recall each card on that day, by FSRS-6 with "
    "its default parameters over your own answers, and 0 for a card never seen. That is an average "
    "learner's memory, and of cards: an interview asks for more."
)
"""How readiness was computed, and what it is worth."""


def plan(wish: Wish, found: Prospect) -> Section:
    """The days until the interview, and what will be known then."""
    heading, pace = "The plan", wish.pace
    sweep = max(wish.first, wish.goal - found.swept_days)
    said = (
        f"Interview on {iso(wish.goal)}, in {plural(wish.goal - wish.first, 'day')}: "
        f"{pace.minutes} minutes a day for {plural(found.cards, 'card')}, "
        f"{found.cards - wish.unseen:,} of them seen."
    )
    if not found.fits():
        said += f" This does not fit: {_misfit(found)}. mlsd-cards plan says what would."
    begins = f"The final sweep begins on {iso(sweep)}" if found.sweeps else "No final sweep"
    late = any(day.new for day in found.days[-SETTLING:])
    end = f"{begins}; in the last {SETTLING} days {'few cards are' if late else 'nothing is'} new."
    if played := [day_month(day) for day in rehearsals(wish.first, wish.goal)]:
        end += f" Rehearse an interview on {', '.join(played)}."
    without = f"; without the sweep {found.later_without:,.0f}" if found.sweeps else ""
    later = (
        f"{AFTER} days after it, if reviews go on: {found.later:,.0f} cards known{without}. "
        "Drawn are the minutes of each day."
    )
    new = [day.new * pace.new_ms / MS_A_MINUTE for day in found.days]
    reviews = [day.reviews * pace.review_ms / MS_A_MINUTE for day in found.days]
    stack = Stack(reviews, new, ("reviews", "new cards"))
    painted = charts.bars(wish.first, stack, sweep if found.sweeps else None)
    svg = picture("plan-picture", heading, f"Minutes a day. {said} {end}", painted)
    rows = [
        [
            below(text(f"{day_month(one.first)} – {day_month(one.last)}"), one.kind),
            text(f"{one.new:.0f}"),
            text(f"{one.reviews:.0f}"),
            text(f"{(one.new * pace.new_ms + one.reviews * pace.review_ms) / MS_A_MINUTE:.0f}"),
        ]
        for one in spans(found.days, wish.goal, found.swept_days)
    ]
    numbers = Table("a day of the plan", ("Days", "New", "Reviews", "Minutes"), rows)
    return Section("plan", heading, (said, end, later), svg, numbers=numbers)


def _misfit(found: Prospect) -> str:
    if found.surely < found.cards:
        return f"about {found.learnt:,.0f} of {found.cards:,} cards can be learnt in time"
    return f"the final sweep alone would take {plural(found.sweep_days, 'day')}"


def readiness(ready: Sequence[Ready], found: Prospect | None = None) -> Section:
    """The share known by topic, today, and at the interview if there is a plan."""
    heading, cards = "Readiness by topic", sum(one.cards for one in ready)
    now = sum(one.known for one in ready)
    said = f"Today you would know {_percent(now, cards)} of {plural(cards, 'card')}"
    notes, sweeps = [HOW], found is not None and found.sweeps
    if found:
        said += f"; at the interview {_percent(found.known, cards)} if you follow the plan"
        if sweeps:
            said += f", without its final sweep {_percent(found.known_without, cards)}"
        notes.insert(0, "The first part of a bar is today, the second what the plan adds.")
    then = {one.name: one for one in found.topics} if found else {}
    rows = []
    for one in sorted(ready, key=lambda one: _order(one, found)):
        share, goal = one.known / one.cards, then.get(one.name)
        more = goal.known / one.cards - share if goal else 0
        row = [
            below(name(one.name or "(no topic)"), plural(one.cards, "card"))
            + bar(100 * share, 100 * more),
            text(_percent(one.known, one.cards)),
        ]
        if goal:
            shares = (goal.known, goal.without) if sweeps else (goal.known,)
            row += [text(_percent(known, one.cards)) for known in shares]
        rows.append(row)
    head = ["Topic", "Today", *["Then"] * bool(found), *["No sweep"] * sweeps]
    rest = Table(f"the other {len(rows) - WEAKEST} topics", head, rows[WEAKEST:])
    shown = Table(heading, head, rows[:WEAKEST])
    numbers = rest if rest.rows else None
    return Section("readiness", heading, (f"{said}.", *notes), shown=shown, numbers=numbers)


def _order(ready: Ready, found: Prospect | None) -> tuple[bool, float, str]:
    """The weakest first, of those that were begun; by what will be known if there is a plan."""
    then = {one.name: one.known for one in found.topics} if found else {}
    known = then.get(ready.name, ready.known)
    return known == 0, known / ready.cards, ready.name


def _percent(known: float, cards: int) -> str:
    return f"{100 * known / cards:.0f} %"
