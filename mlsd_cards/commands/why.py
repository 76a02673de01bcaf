"""Why a card is due when it is."""

from __future__ import annotations

import click

from mlsd_cards.commands import names, options, records
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.sm2 import SM2, Options, sequence
from mlsd_cards.schedule.state import PASS, Scheduler
from mlsd_cards.store.log import SCHEDULERS, Settings, scheduler_of


@click.command(epilog="Example: mlsd-cards why --grades 5,5,5,5,4")
@click.argument("card", required=False, shell_complete=options.complete("id"))
@click.option(
    "--grades", metavar="Q,Q,…", help="Instead of a card: SM-2 grades 0 to 5, each on its due day."
)
@click.option(
    "--scheduler",
    type=click.Choice(SCHEDULERS),
    default="sm2",
    show_default=True,
    help="The scheduler for --grades; of FSRS the default parameters and retention.",
)
@click.option(
    "--lapse-lowers-ef", is_flag=True, help="With --grades: the reading of Wikipedia's article."
)
@click.option("--lapse-is-first", is_flag=True, help="With --grades: intervals 1, 6 after a lapse.")
@click.option(
    "--drill-below",
    type=Whole(3, 4),
    default=4,
    show_default=True,
    help="With --grades: what scores below is repeated the same day.",
)
@options.as_json
@options.decks
@options.home
def command(
    card: str | None,
    grades: str | None,
    scheduler: str,
    lapse_lowers_ef: bool,
    lapse_is_first: bool,
    drill_below: int,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Explain every step of CARD's schedule, or of a sequence that never happened."""
    if (not card) == (grades is None):
        raise click.UsageError("Name a CARD, or give --grades.")
    if card and (lapse_lowers_ef, lapse_is_first, drill_below) != Options():
        raise click.UsageError("Readings go with --grades; a CARD has those of `config`.")
    if grades is not None:
        readings = Options(lapse_lowers_ef, lapse_is_first, drill_below)
        if scheduler != SM2.name and readings != Options():
            raise click.UsageError("Readings are of SM-2.")
        named = scheduler_of(Settings(scheduler, sm2=readings))
        _grades(parse_grades(grades), named, as_json)
    else:
        _card(card or "", as_json, decks, home)


def parse_grades(text: str) -> list[int]:
    """``4,4,5`` as numbers; ``UserError`` names the first that is no grade."""
    grades = []
    for number, part in enumerate(text.split(","), 1):
        grade = part.strip()
        if grade not in {"0", "1", "2", "3", "4", "5"}:
            raise UserError(f"grade {number} of --grades is {grade!r}", "Grades are 0 to 5.")
        grades.append(int(grade))
    return grades


def _grades(grades: list[int], scheduler: Scheduler, as_json: bool) -> None:
    from mlsd_cards.schedule.state import NEW
    from mlsd_cards.study.history import ef, strength

    states = sequence(grades, scheduler)
    if as_json:
        options.print_json(
            [
                {
                    "grade": grade,
                    "repetitions": state.repetitions,
                    "ef": ef(state),
                    "memory": records.of_memory(state),
                    "interval": state.interval,
                    "repeat_today": state.drill,
                }
                for grade, state in zip(grades, states, strict=True)
            ]
        )
        return
    before = NEW
    for grade, state in zip(grades, states, strict=True):
        day = before.due if before.last is not None else 0
        rule = scheduler.rule(before, grade, day)
        options.say(f"grade {grade}  {strength(state)}  {state.interval:>5} d  {rule}")
        before = state
    if any(grade < PASS for grade in grades):
        moves = "it changes no schedule" if scheduler.name == SM2.name else "it moves S a little"
        options.say(f"Drill on the same day is left out: {moves}.")


def _card(card: str, as_json: bool, decks: tuple[str, ...], home: str | None) -> None:
    from mlsd_cards.study.history import line, steps

    app = options.open_app(home, decks)
    events = app.store.events(card)
    name = card if events else names.card_of(app.catalogue, card)
    told = steps(events or app.store.events(name), app.store.scheduler)
    if as_json:
        options.print_json([records.of_step(step) for step in told])
        return
    options.say(f"{name}: {records.standing(app.store.folded(name))}")
    for step in told:
        options.say(line(step))
