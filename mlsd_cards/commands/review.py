"""The daily review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.cards.problem import Problem
from mlsd_cards.commands import names, options
from mlsd_cards.store.preferences import Preferences
from mlsd_cards.study.agenda import Agenda, Limits, plan_practice

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter


@click.command(epilog="Example: mlsd-cards review --deck metrics --new 5")
@options.wanted
@options.limits
@click.option(
    "--practice",
    is_flag=True,
    help="Go over any cards, due or not; the answers are kept but schedule nothing.",
)
@click.option(
    "--grades",
    "scale",
    type=click.Choice(["1-4", "0-5"]),
    help="Grade with four buttons, or as SM-2 does.",
    show_default=f"grades of `config`, {Preferences().grades}",
)
@click.option("--seed", type=int, help="Fix the order of the cards.")
@options.plain
@options.decks
@options.home
def command(
    wanted: Filter,
    limits: options.Wish,
    practice: bool,
    scale: str | None,
    seed: int | None,
    plain: bool | None,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Review what is due, then some new cards.

    Every answer is saved before the next card shows: leave at any moment.
    """
    from mlsd_cards.run.review import Runner
    from mlsd_cards.study.session import Session
    from mlsd_cards.study.summary import score
    from mlsd_cards.term.mode import terminal

    app = options.begin(home, decks)
    names.check_names(app.catalogue, wanted)
    plan = app.following()
    today = options.limits_of(app, limits, plan)
    agenda = (
        plan_practice(app.catalogue.every(wanted), today.reviews, app.rng(seed))
        if practice
        else app.agenda(wanted, today, app.rng(seed), plan)
    )
    problems = app.library.problems() + app.config_problems()
    told = app.forgotten() or greeting(agenda, today, problems, app.library.news())
    session = Session(
        queue=agenda.cards,
        drill=agenda.drill,
        new=agenda.new,
        scale=scale or app.preferences.grades,
        practice=practice,
        backlog=agenda.backlog,
        note=" ".join(filter(None, (plan.words if plan else "", told))),
    )
    plain = app.preferences.plain if plain is None else plain
    where = terminal(plain=plain)
    since = plan.today.since if plan else 0
    session = Runner(app, where, wanted, today, since).run(session)
    if not (where.stays and session.closing):
        options.say(score(session.answers, practice=practice))


def greeting(agenda: Agenda, limits: Limits, problems: list[Problem], news: list[Problem]) -> str:
    """What the person should know before the first card; mostly nothing."""
    if agenda.backlog:
        days = agenda.days_to_clear
        return (
            f"{agenda.reviews + agenda.later} are due: no new cards until that is clear, "
            f"in at least {days} day{'s' * (days != 1)} at {limits.reviews} a day."
        )
    if wrong := [problem for problem in problems if problem.level != "note"]:
        return f"{options.counted(wrong)}: mlsd-cards check tells."
    if news:
        kept = sum(one.code == "I01" for one in news)
        told = [f"{kept} edited and keeps its answers"] if kept else []
        told += [f"{len(news) - kept} taken for new"] if kept < len(news) else []
        return f"Cards changed: {', '.join(told)} (mlsd-cards check tells)"
    return ""
