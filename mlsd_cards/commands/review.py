"""The daily review."""

from __future__ import annotations

import click

from mlsd_cards.cards.problem import Problem
from mlsd_cards.commands import options
from mlsd_cards.study.agenda import Agenda, Limits, plan_practice


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
    default="1-4",
    show_default=True,
    help="Grade with four buttons, or as SM-2 does.",
)
@click.option("--seed", type=int, help="Fix the order of the cards.")
@click.option(
    "--plain",
    is_flag=True,
    envvar="MLSD_CARDS_PLAIN",
    help="Line by line, for screen readers and logs; a pipe gets this by itself.",
)
@options.decks
@options.home
def command(
    deck: tuple[str, ...],
    tag: tuple[str, ...],
    topic: tuple[str, ...],
    new: int,
    limit: int,
    everything: bool,
    practice: bool,
    scale: str,
    seed: int | None,
    plain: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Review what is due, then some new cards.

    Every answer is saved before the next card shows: leave at any moment.
    """
    from mlsd_cards.runner import Runner
    from mlsd_cards.study.session import Session
    from mlsd_cards.study.summary import score
    from mlsd_cards.term.mode import terminal

    app = options.open_app(home, decks)
    wanted = options.filter_of(app.catalogue, deck, tag, topic)
    limits = options.limits_of(new, limit, everything)
    agenda = (
        plan_practice(app.catalogue.every(wanted), limits.reviews, app.rng(seed))
        if practice
        else app.agenda(wanted, limits, app.rng(seed))
    )
    session = Session(
        queue=agenda.cards,
        drill=agenda.drill,
        new=agenda.new,
        scale=scale,
        practice=practice,
        backlog=agenda.backlog,
        note=greeting(agenda, limits, app.library.problems(), app.library.news()),
    )
    session = Runner(app, terminal(plain=plain), wanted, limits).run(session)
    options.say(score(session))


def greeting(agenda: Agenda, limits: Limits, problems: list[Problem], news: list[Problem]) -> str:
    """What the person should know before the first card; mostly nothing."""
    if agenda.backlog:
        return (
            f"{agenda.reviews + agenda.later} are due: no new cards until that is clear, "
            f"in about {agenda.days_to_clear} days at {limits.reviews} a day."
        )
    if wrong := sum(problem.level != "note" for problem in problems):
        count = f"{wrong} problem{'s' * (wrong != 1)}"
        return f"{count} in your decks: mlsd-cards check tells."
    if news:
        kept = sum(one.code == "I01" for one in news)
        told = [f"{kept} edited and keeps its answers"] if kept else []
        told += [f"{len(news) - kept} taken for new"] if kept < len(news) else []
        return f"Cards changed: {', '.join(told)} (mlsd-cards check tells)"
    return ""
