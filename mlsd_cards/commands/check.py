"""What is wrong in deck files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options

if TYPE_CHECKING:
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.fixing import Fixed


@click.command(epilog="Example: mlsd-cards check decks my-cards.yaml")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option(
    "--fix",
    is_flag=True,
    help="Write an id into every card that has none, and change nothing else in its file.",
)
@options.as_json
@options.decks
@options.home
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    fix: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Read deck files and report every problem at file:line:column.

    Without PATH: the bundled decks, your own, and your preferences. Exits with 1 if there is an
    error.
    """
    from mlsd_cards.cards.problem import has_errors

    where = (*paths, *decks)
    fixed = _fix(App(home, where)) if fix else []
    app = App(home, where)
    library = app.library
    problems = library.problems() + ([] if where else app.config_problems())
    told = {
        "files": len(library.catalogue.files()),
        "cards": library.catalogue.size(),
        "problems": [problem._asdict() for problem in problems],
        "fixed": [one._asdict() for one in fixed],
    }
    if as_json:
        options.print_json(told)
    else:
        for line in (*map(_fixed, fixed), *map(str, problems), _summary(told, problems)):
            options.say(line)
    context.exit(1 if has_errors(problems) or any(one.why for one in fixed) else 0)


def _fix(app: App) -> list[Fixed]:
    """Write the ids while the files are what the library read."""
    from mlsd_cards.store.fixing import write_ids

    return write_ids(app.library)


def _fixed(one: Fixed) -> str:
    return f"{one.file}: {one.why or f'{one.ids} ids written'}".replace(" 1 ids", " 1 id")


def _summary(told: dict[str, Any], problems: list[Problem]) -> str:
    """How much was read and found; a note is no problem."""
    found = sum(problem.level != "note" for problem in problems)
    counts = (told["files"], "file"), (told["cards"], "card"), (found, "problem")
    return ", ".join(f"{n} {noun}{'s' * (n != 1)}" for n, noun in counts)
