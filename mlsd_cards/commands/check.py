"""What is wrong in deck files."""

from __future__ import annotations

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options


@click.command(epilog="Example: mlsd-cards check decks my-cards.yaml")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@options.as_json
@options.decks
@options.home
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Read deck files and report every problem at file:line:column.

    Without PATH: the bundled decks, your own, and your preferences. Exits with 1 if there is an
    error.
    """
    from mlsd_cards.cards.problem import has_errors

    app = App(home, (*paths, *decks))
    library = app.library
    problems = library.problems() + ([] if app.decks else app.config_problems())
    files, cards = len(library.catalogue.files()), library.catalogue.size()
    if as_json:
        options.print_json(
            {
                "files": files,
                "cards": cards,
                "problems": [problem._asdict() for problem in problems],
            }
        )
    else:
        for problem in problems:
            options.say(str(problem))
        counts = (files, "file"), (cards, "card"), (len(problems), "problem")
        options.say(", ".join(f"{n} {noun}{'s' * (n != 1)}" for n, noun in counts))
    context.exit(1 if has_errors(problems) else 0)
