"""What is wrong in deck files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import names, options

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.fixing import Fixed


@click.command(epilog="Example: mlsd-cards check decks my-cards.yaml")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")
@click.option(
    "--strict",
    is_flag=True,
    help="Hold your own decks to all that the bundled ones are held to.",
)
@click.option(
    "--explain", metavar="CODE", help="Say what the code of a problem means, and do nothing else."
)
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
    strict: bool,
    explain: str | None,
    fix: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Read deck files and report every problem at file:line:column.

    Without PATH: the bundled decks, your own, and your preferences. Exits with 1 if there is an
    error. What breaks a rule of writing is an error in bundled decks and a warning in others.
    """
    from mlsd_cards.cards.problem import has_errors

    if explain is not None:
        _explain(explain, as_json)
        return
    where = (*paths, *decks)
    fixed = _fix(options.begin(home, where)) if fix else []
    app = options.begin(home, where, strict=strict)
    problems = sorted(app.library.problems() + app.lint()) + _of_preferences(app)
    if as_json:
        options.print_json(_told(app, problems, fixed))
    else:
        lines = (*map(_fixed, fixed), *map(str, problems), _summary(app, problems))
        options.say("\n".join(map(options.on_one_line, lines)))
    context.exit(1 if has_errors(problems) or any(one.why for one in fixed) else 0)


def _explain(code: str, as_json: bool) -> None:
    """What a code means; one that does not exist is refused."""
    from mlsd_cards.cards.lint.explain import explained, known
    from mlsd_cards.term.report import Report

    told = explained(code.upper())
    if told is None:
        near = names.nearest(code.upper(), known())
        raise click.UsageError(f"no problem has the code {code!r}. {near}".strip())
    if as_json:
        options.print_json(told._asdict())
        return
    report = Report()
    level = f" ({told.level})" * bool(told.level)
    report.say(f"{told.code}{level}: {told.title}", style="bold")
    for paragraph in filter(None, told.text.split("\n\n")):
        report.gap()
        report.say(paragraph)


def _fix(app: App) -> list[Fixed]:
    """Write the ids while the files are what the library read."""
    from mlsd_cards.store.fixing import write_ids

    return write_ids(app.library)


def _of_preferences(app: App) -> list[Problem]:
    """What is wrong with the preferences, which belong to no other library than one's own."""
    return [] if app.decks else app.config_problems()


def _told(app: App, problems: list[Problem], fixed: list[Fixed]) -> dict[str, Any]:
    """What the command found, as its JSON has it."""
    files, cards = _size(app)
    return {
        "files": files,
        "cards": cards,
        "problems": [problem._asdict() for problem in problems],
        "fixed": [one._asdict() for one in fixed],
    }


def _size(app: App) -> tuple[int, int]:
    """How many files and cards were read."""
    from mlsd_cards.store import roster

    return len(app.catalogue.files()), roster.size(app.catalogue)


def _fixed(one: Fixed) -> str:
    return f"{one.file}: {one.why or f'{one.ids} ids written'}".replace(" 1 ids", " 1 id")


def _summary(app: App, problems: list[Problem]) -> str:
    """How much was read and found; a note is no problem."""
    found = sum(problem.level != "note" for problem in problems)
    files, cards = _size(app)
    counts = (files, "file"), (cards, "card"), (found, "problem")
    return ", ".join(f"{n} {noun}{'s' * (n != 1)}" for n, noun in counts)
