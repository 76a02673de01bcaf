"""A deck file from elsewhere, taken among one's own decks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.cards.code import REPEATED
from mlsd_cards.commands import options

if TYPE_CHECKING:
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.store.arrival import Arrival

REFUSED, DIFFERS = "refused", "differs"

WORDS = {
    "added": "{deck}: {cards} added, {file}",
    "replaced": "{deck}: {cards} now, in {file}; the file as it was is {before}",
    "unchanged": "{deck}: nothing to do, {file} is this file already, with {cards}",
    DIFFERS: "{deck}: your deck in {file} is another version, so nothing was added",
}
"""What came of it."""

NOTHING = "Nothing was added."
REPLACE = "--force puts the new file in its place, keeps all progress, and leaves yours beside it."

MOST = 10
"""How many ids are named."""


@click.command(epilog="Example: mlsd-cards add for-anna.yaml")
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option("--force", is_flag=True, help="Replace another version of the deck; keeps progress.")
@options.as_json
@options.home
@click.pass_context
def command(
    context: click.Context, file: str, force: bool, as_json: bool, home: str | None
) -> None:
    """Add a deck file to your own decks.

    FILE is checked first; it is copied only if it has no errors and no id that a card of another
    file has. - is the standard input.
    """
    from mlsd_cards.store import arrival

    app = options.open_app(home)
    data, catalogue = arrival.read(file), app.catalogue
    with app.store.write():  # two windows may add at once
        came = arrival.look(catalogue, app.own_decks, data, file)
        told = _refused(came) if isinstance(came, list) else _take(came, force)
    if not isinstance(came, list):
        told |= _found(app, came, told)
    if as_json:
        options.print_json(told)
    else:
        _say(told)
    context.exit(told["result"] in {REFUSED, DIFFERS})


def _refused(problems: list[Problem]) -> dict[str, Any]:
    told = [problem._asdict() for problem in problems]
    nothing: dict[str, Any] = {"deck": None, "file": None, "cards": [], "gone": [], "before": None}
    return {"result": REFUSED, **nothing, "problems": told}


def _take(came: Arrival, force: bool) -> dict[str, Any]:
    """Write the deck if it may be; what was done, as docs/json.md describes it."""
    from mlsd_cards.store.arrival import keep

    told = {"deck": came.deck.name, "file": came.path, "before": None}
    if came.is_here:
        return {"result": "unchanged", **told}
    if came.before is not None and not force:
        return {"result": DIFFERS, **told}
    before = keep(came) or None
    return {"result": "replaced" if before else "added", **told, "before": before}


def _found(app: App, came: Arrival, told: dict[str, Any]) -> dict[str, Any]:
    """What the library now has of the file."""
    from mlsd_cards.editing import desk
    from mlsd_cards.store import roster, whereabouts

    app.reread()
    left = told["result"] != DIFFERS
    problems = desk.problems_in(app, came.path) if left else []
    return {
        "cards": whereabouts.cards_at(app.catalogue, came.path),
        "gone": [note for note in came.gone if not (left and roster.cards_of(app.catalogue, note))],
        "problems": [problem._asdict() for problem in problems],
    }


def _say(told: dict[str, Any]) -> None:
    """The same in lines."""
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.term.report import Report

    report = Report()
    problems = [Problem(**problem) for problem in told["problems"]]
    for problem in problems:
        report.say(str(problem))
    if told["result"] == REFUSED:
        taken = sum(problem.code == REPEATED for problem in problems)
        count = options.plural(taken, "id")
        report.say(f"{NOTHING[:-1]}: {count} taken already." if taken else NOTHING)
        return
    report.say(_came(told))
    if told["result"] == DIFFERS:
        report.say(REPLACE)


def _came(told: dict[str, Any]) -> str:
    """What came of a file that is well, and which notes it no longer has."""
    from mlsd_cards.store.library import shown

    gone, count = told["gone"], len(told["cards"])
    paths = {name: shown(told[name]) for name in ("file", "before") if told[name]}
    cards = options.plural(count, "card")
    words = WORDS[told["result"]].format(deck=told["deck"], cards=cards, **paths)
    if not gone:
        return words
    more = f" and {len(gone) - MOST} more" if len(gone) > MOST else ""
    return f"{words}\nNot in the new file: {', '.join(gone[:MOST])}{more}."
