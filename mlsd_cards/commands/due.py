"""What waits today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options
from mlsd_cards.study.agenda import Agenda

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.study.planning.follow import Following


@click.command(epilog="Example: mlsd-cards due --deck metrics --json")
@options.wanted
@options.limits
@options.as_json
@options.decks
@options.home
def command(
    wanted: Filter,
    limits: options.Wish,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Say what is due today: the same cards that `review` would ask."""
    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    rng = app.rng() if as_json else None  # only there the order is seen
    plan = app.following()
    agenda = app.agenda(wanted, options.limits_of(app, limits, plan), rng, plan)
    tomorrow = app.tomorrow(wanted, agenda)
    if as_json:
        options.print_json(record(app, agenda, tomorrow, plan))
        return
    for line in lines(agenda, tomorrow):
        click.echo(line)
    if plan:
        options.say(plan.words)
    if forgotten := app.forgotten():
        options.say(forgotten, err=True)
    for problem in app.library.news():
        options.say(str(problem), err=True)


def lines(agenda: Agenda, tomorrow: int) -> list[str]:
    """The agenda in words, a fact a line of 40 columns."""
    told = [
        f"due today    {agenda.reviews}",
        f"new today    {len(agenda.new)}",
        f"to repeat    {len(agenda.drill)}",
        f"tomorrow     {tomorrow}",
    ]
    if agenda.held:
        told.append(f"held back    {agenda.held} until tomorrow: siblings")
    if agenda.later:
        told.append(f"beyond limit {agenda.later}")
    if agenda.backlog:
        days = f"{agenda.days_to_clear} day{'s' * (agenda.days_to_clear != 1)}"
        told.append(f"backlog      clear in at least {days}")
        told.append("no new       until the backlog is clear")
    return told


def record(
    app: App, agenda: Agenda, tomorrow: int, plan: Following | None = None
) -> dict[str, object]:
    """The agenda as docs/json.md describes it."""
    from mlsd_cards.schedule.day import iso

    drill = set(agenda.drill)
    return {
        "day": iso(app.moment().day),
        "due": agenda.reviews,
        "new": len(agenda.new),
        "again": len(agenda.drill),
        "held": agenda.held,
        "later": agenda.later,
        "days_to_clear": agenda.days_to_clear,
        "tomorrow": tomorrow,
        "interview": iso(plan.plan.day) if plan else None,
        "sweep": bool(plan and plan.today.since),
        "cards": [
            {
                "card": card,
                "kind": "again" if card in drill else "new" if card in agenda.new else "due",
                "head": app.store.folded(card).head,
            }
            for card in (*agenda.cards, *agenda.drill)
        ],
    }
