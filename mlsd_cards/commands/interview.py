"""Whole interviews, rehearsed."""

from __future__ import annotations

from collections.abc import Sequence
from random import randrange
from typing import TYPE_CHECKING

import click

from mlsd_cards.cards.rubric import STEPS, Rubric
from mlsd_cards.commands import names, options
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.run.cases import Case


@click.command(epilog="Example: mlsd-cards interview ad-click --minutes 45")
@click.argument("case", required=False)
@click.option(
    "--minutes",
    type=Whole(1, 600),
    metavar="N",
    help="The time of the whole interview, which its steps share.",
    show_default="what the case says, 45",
)
@click.option("--step", metavar="NAME", help="Rehearse this step alone, in its share of the time.")
@click.option("--seed", type=int, help="Fix the moments of the follow-up questions.")
@click.option("--history", is_flag=True, help="List the attempts, and the step that loses most.")
@click.option("--show", type=Whole(1), metavar="N", help="Show an attempt of the history.")
@options.as_json
@options.plain
@options.decks
@options.home
def command(
    case: str | None,
    minutes: int | None,
    step: str | None,
    seed: int | None,
    history: bool,
    show: int | None,
    as_json: bool,
    plain: bool | None,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Rehearse a whole interview against a clock and a rubric.

    CASE is the name of a case, such as ad-click; without one the cases are listed. Type notes while
    the seven steps run, then mark them. All is kept at once, and what was broken off goes on.
    """
    from mlsd_cards.commands import attempts
    from mlsd_cards.run.cases import cases

    only = step_of(step)
    app = options.open_app(home, decks)
    known = cases(app)
    chosen = meant(known, case) if case else None
    if history or show is not None:
        attempts.tell_past(app, chosen, show, as_json=as_json)
        return
    chosen = chosen or (None if as_json else attempts.choose(app, known))
    if chosen is None:
        attempts.tell_cases(app, known, as_json=as_json)
    elif as_json:
        raise click.UsageError("--json goes with --history, --show, or no CASE.")
    else:
        play(app, chosen, minutes, only, seed, plain)


def meant(known: Sequence[Case], name: str) -> Case:
    """The case of that name; of an unknown one, which was probably meant."""
    from mlsd_cards.run.cases import named

    case = named(known, name)
    if case is None:
        called = {one.name for one in known}
        raise UserError(f"no case is called {name!r}", names.nearest(name, called))
    return case


def step_of(name: str | None) -> int | None:
    """The number of the step of that name, or of its beginning."""
    if name is None:
        return None
    found = [number for number, step in enumerate(STEPS) if step.startswith(name.lower())]
    if len(found) != 1 or not name:
        remedy = names.nearest(name, set(STEPS)) or f"The steps are {', '.join(STEPS)}."
        raise click.BadParameter(f"there is no step {name!r}. {remedy}", param_hint="--step")
    return found[0]


def play(
    app: App,
    case: Case,
    minutes: int | None,
    only: int | None,
    seed: int | None,
    plain: bool | None,
) -> None:
    """Run the interview, or first offer the one that was broken off."""
    from mlsd_cards.run.interview import InterviewRunner
    from mlsd_cards.store.sitting import INTERVIEW, Sittings
    from mlsd_cards.study.interview.attempt import begin, read
    from mlsd_cards.study.interview.interview import Interview
    from mlsd_cards.study.interview.reply import offered
    from mlsd_cards.term.interview.words import leaving
    from mlsd_cards.term.mode import terminal

    found = app.catalogue.find(case.card)
    if found is None or not isinstance(found.card, Rubric):
        raise UserError(f"{case.card} is no longer in the decks")
    seed = randrange(1 << 32) if seed is None else seed  # noqa: S311 - no secret
    fresh = Interview(begin(found.card, case.name, seed, minutes, only))
    where = terminal("interview", plain=app.preferences.plain if plain is None else plain)
    sittings = Sittings(app.store, INTERVIEW)
    waiting = [
        (one.name, attempt)
        for one in sittings.open()
        if (attempt := read(one.paper, one.notes))
        and attempt.case.id == case.card
        and only in (None, attempt.only)
    ]
    if waiting:
        name, attempt = waiting[-1]
        runner = InterviewRunner(app, where, fresh, name)
        interview = runner.run(offered(attempt.timed(sittings.clock(name))))
    else:
        interview = InterviewRunner(app, where, fresh).run(fresh)
    if not (where.stays and interview.result):
        options.say(leaving(interview))
