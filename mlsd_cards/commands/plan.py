"""The way to an interview: how much a day, the final sweep, and what will be known."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError
from mlsd_cards.store.catalogue import Filter
from mlsd_cards.store.plan import KEY, MOST_MINUTES, Plan

MINUTES = 30
LONGEST_DAYS = 366

Result = TypeVar("Result")


@click.command(epilog="Example: mlsd-cards plan --date 2026-12-31 --minutes 30")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the interview; makes a new plan.")
@click.option(
    "--minutes",
    type=Whole(1, MOST_MINUTES),
    metavar="N",
    help="Minutes a day; without --date those of the saved plan are changed.",
    show_default=str(MINUTES),
)
@options.wanted
@click.option("--off", is_flag=True, help="Take the saved plan away: reviews go on without it.")
@options.as_json
@options.decks
@options.home
def command(
    date: str | None,
    minutes: int | None,
    wanted: Filter,
    off: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Plan the days until an interview, and what will be known then.

    The plan is saved, and `review` follows it. Alone, the saved plan is shown as it stands now.
    """
    app = options.open_app(home, decks)
    saved = app.store.settings.plan
    asked = date is not None or minutes is not None or any(wanted)
    if off:
        if asked:
            raise click.UsageError("--off goes without --date, --minutes and names.")
        take_away(app, saved, as_json=as_json)
        return
    names.check_names(app.catalogue, wanted)
    plan = made(app, date, minutes, wanted, saved) if asked else saved
    show(app, plan, saved, as_json=as_json)


def made(
    app: App, date: str | None, minutes: int | None, wanted: Filter, saved: Plan | None
) -> Plan:
    """The plan that was asked for; without a date the saved one, changed."""
    from mlsd_cards.run.planning import costs

    today, cost = app.moment().day, costs(app)
    if date is not None:
        goal, usual, named = goal_of(date, today), MINUTES, wanted
    elif saved is None:
        raise click.UsageError("No plan is saved yet: say the day of the interview by --date.")
    else:
        goal, usual = saved.day, saved.minutes
        named = wanted if any(wanted) else Filter(*saved.names)
    return Plan(goal, minutes or usual, cost.new_ms, cost.review_ms, today, *named)


def goal_of(text: str, today: int) -> int:
    """The study day of a date; ``UserError`` if it is none, or no day to plan for."""
    from mlsd_cards.schedule.day import day_of, iso

    try:
        day = day_of(text)
    except ValueError as error:
        raise UserError(f"{text!r} is no date", "Write it as 2026-12-31.") from error
    if day <= today:
        when = "today" if day == today else "in the past"
        raise UserError(
            f"{iso(day)} is {when}", "A plan needs at least a day before the interview."
        )
    if day > today + LONGEST_DAYS:
        raise UserError(
            f"{iso(day)} is more than a year away",
            "Review as you like until then, and plan when it is nearer.",
        )
    return day


def take_away(app: App, saved: Plan | None, *, as_json: bool) -> None:
    """End the saved plan."""
    if saved is not None:
        save(app, None)
    if as_json:
        options.print_json(None)
    elif saved is None:
        options.say("No plan is saved.")
    else:
        options.say("The plan is taken away: review goes on with new_a_day and reviews_a_day.")


def save(app: App, plan: Plan | None) -> None:
    """Keep the plan in the log, for all machines."""
    from mlsd_cards.store import log

    app.store.append(log.CONFIGURED, "", app.moment(), payload={KEY: plan and plan._asdict()})


def show(app: App, plan: Plan | None, saved: Plan | None, *, as_json: bool) -> None:
    """Print what the plan comes to, once it is saved; one that was asked for has the final sweep if
    more is known with it."""
    from mlsd_cards.commands import planned, prospects
    from mlsd_cards.run.planning import costs, wish
    from mlsd_cards.study.planning.advice import advice
    from mlsd_cards.study.planning.prospect import length, prospect

    today = app.moment().day
    if plan is None or plan.day <= today:
        prospects.tell_none(plan, today, as_json=as_json)
        return
    wished = wish(app, plan)
    if not wished.cards:
        raise UserError(
            "no card is wanted: there is nothing to plan",
            "Name other decks, tags or topics, or resume cards that are put away.",
        )
    found = waited(prospect(wished, choosing=plan is not saved), length(wished))
    instead = None if found.fits() else waited(advice(wished, found), 10 * len(found.days))
    plan = plan._replace(sweeps=found.sweeps)
    if is_new := plan != saved:
        save(app, plan)
    told = planned.Told(plan, costs(app), wished, found, instead, is_new)
    if as_json:
        options.print_json(planned.record(told))
    else:
        prospects.tell(told)


def waited(steps: Generator[None, None, Result], length: int) -> Result:
    """What long work comes to, with a bar while it lasts."""
    from mlsd_cards.term.progress import watched

    found: list[Result] = []

    def to_the_end() -> Generator[None, None, None]:
        found.append((yield from steps))

    for _ in watched(to_the_end(), "planning", length, stride=20):
        pass
    return found[0]
