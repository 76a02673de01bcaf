"""What a way of scheduling would cost, and what it would leave known."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from mlsd_cards.commands import options
from mlsd_cards.commands.numbers import Number, Whole
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import day_of, iso
from mlsd_cards.schedule.parameters import RETENTIONS

if TYPE_CHECKING:
    from mlsd_cards.schedule.sm2 import Options
    from mlsd_cards.simulation.course import Study
    from mlsd_cards.simulation.outcome import Estimate, Outcome

DAYS = 60
SWEEP = 7

ESTIMATES = (
    *("reviews", "minutes", "peak", "retained", "average", "known", "later"),
    *("fewer", "quicker"),
)
"""The numbers of an outcome that come with an interval."""


class Wish(NamedTuple):
    """The options as they were given."""

    cards: int
    new: int
    days: int | None
    date: int | None
    retention: tuple[float, ...]
    scheduler: str
    sweep: int | None
    seeds: int
    seed: int


def _day(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    """The study day of a date."""
    try:
        return None if value is None else day_of(value)
    except ValueError:
        text = f"{value!r} is no date: write it as 2026-12-31"
        raise click.BadParameter(text, context, option) from None


def _count(name: str, kind: Whole, usual: int, what: str) -> Callable[[Any], Any]:
    """An option that takes a number and has one."""
    return click.option(name, type=kind, default=usual, show_default=True, metavar="N", help=what)


wish = options.chain(
    _count("--cards", Whole(1, 20_000), 400, "How many there are to learn."),
    _count("--new", Whole(1), 10, "New cards a day."),
    click.option(
        "--days",
        type=Whole(1, 3_650),
        metavar="N",
        help="Days of study.",
        show_default=f"until --date, else {DAYS}",
    ),
    click.option(
        "--date",
        callback=_day,
        metavar="YYYY-MM-DD",
        help="Say what is known in the morning of that day.",
        show_default="the day after the last",
    ),
    click.option(
        "--retention",
        type=Number(*RETENTIONS),
        multiple=True,
        default=(0.9, 0.8, 0.7),
        show_default=True,
        metavar="R",
        help="The share that FSRS is to keep known. Repeatable.",
    ),
    click.option(
        "--scheduler",
        type=click.Choice(["sm2", "fsrs", "both"]),
        default="both",
        show_default=True,
        help="What to try. The comparison at equal knowledge has both.",
    ),
    click.option(
        "--sweep",
        type=Whole(0),
        metavar="DAYS",
        help="Length of the final sweep, which brings every card once before the day; 0 for none.",
        show_default=f"{SWEEP}, none before two weeks",
    ),
    _count("--seeds", Whole(1, 100), 10, "Repetitions of the whole, for the intervals."),
    _count("--seed", Whole(0), 1, "The same number gives the same luck."),
    options.gather("wish", Wish),
)


@click.command(epilog="Example: mlsd-cards simulate --cards 640 --new 15 --days 60")
@wish
@options.as_json
@options.home
def command(wish: Wish, as_json: bool, home: str | None) -> None:
    """Try ways of scheduling on made-up memories, and compare them.

    For SM-2 and FSRS: reviews and minutes a day, the fullest day, the share of reviews that is
    remembered, and how many cards are known when. For two learners, one of whom FSRS is wrong
    about, and always also with FSRS where it leaves as much known as SM-2: asking less is no merit
    if less is known. docs/simulate.md says what is simulated, and what that does not show.
    """
    app = options.open_app(home)
    today = app.moment().day
    study = study_of(wish, today)
    outcomes = simulate(wish, study, app.store.settings.sm2)
    if as_json:
        options.print_json(record(wish, study, today, outcomes))
        return
    from mlsd_cards.term.report import Report
    from mlsd_cards.term.simulated import tell

    tell(outcomes, study, iso(today + study.date) if wish.date else "", Report())


def study_of(wish: Wish, today: int) -> Study:
    """What is to be simulated; the day is the first from ``today`` on."""
    date = None if wish.date is None else wish.date - today
    if date is not None and date < 1:
        when = "today" if date == 0 else "over"
        raise click.BadParameter(
            f"{iso(today + date)} is {when}: name a later day", param_hint="'--date'"
        )
    if date is not None and date > (wish.days or date):
        raise click.BadParameter(
            f"{iso(today + date)} is day {date}, after the last of {wish.days} days",
            param_hint="'--date'",
        )
    days = wish.days or date or DAYS
    if days > 3_650:
        raise click.BadParameter("that is more than ten years away", param_hint="'--date'")
    date = date or days
    if wish.sweep is not None and wish.sweep >= date:
        raise click.BadParameter(
            f"{wish.sweep} days leave none to learn anything before day {date}",
            param_hint="'--sweep'",
        )
    with_numpy()
    from mlsd_cards.simulation.course import Study

    return Study(wish.cards, wish.new, days, date, wish.seeds)


def with_numpy() -> None:
    """Refuse to go on where the one library is missing that only a simulation needs."""
    try:
        import_module("numpy")
    except ModuleNotFoundError:
        raise UserError(
            "a simulation needs numpy, which is not installed",
            "Install it with the program's extra `simulate`: pipx install --force '.[simulate]'"
            " in its folder, or pip install numpy where it runs.",
        ) from None


def simulate(wish: Wish, study: Study, sm2: Options) -> list[Outcome]:
    """What came of every way of scheduling, with a bar meanwhile."""
    from mlsd_cards.simulation.comparison import compare, policies, steps
    from mlsd_cards.term.progress import watched

    schedulers = ["sm2", "fsrs"] if wish.scheduler == "both" else [wish.scheduler]
    sweep = wish.sweep if wish.sweep is not None else SWEEP * (study.date >= 2 * SWEEP)
    chosen = policies(schedulers, wish.retention, sweep, sm2)
    going = watched(compare(chosen, study, wish.seed), "Simulating", steps(chosen, study))
    return [outcome for outcome in going if outcome is not None]


def record(wish: Wish, study: Study, today: int, outcomes: list[Outcome]) -> dict[str, Any]:
    """The comparison as docs/json.md describes it."""
    return {
        "cards": study.cards,
        "new": study.new,
        "days": study.days,
        "date": iso(today + study.date),
        "day": study.date,
        "seeds": study.seeds,
        "seed": wish.seed,
        "outcomes": [
            {
                "learner": one.learner.name,
                "scheduler": one.policy.scheduler,
                "retention": one.policy.retention,
                "sweep": one.policy.sweep,
                "fitted": one.policy.fitted,
                "equal": one.equal,
                **{name: _interval(getattr(one, name)) for name in ESTIMATES},
                "by_day": one.days._asdict(),
            }
            for one in outcomes
        ],
    }


def _interval(estimate: Estimate | None) -> dict[str, float | None] | None:
    if estimate is None:
        return None
    low, high = estimate.ends or (None, None)
    return {"mean": estimate.mean, "low": low, "high": high}
