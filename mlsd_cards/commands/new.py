"""A new card in one of the person's own decks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.cards.card import KINDS
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.editing.desk import Sheet

DECK = "my-cards"


@click.command(
    epilog='Example: mlsd-cards new -q "What does recall divide by?" -a "All positives."'
)
@click.option("-q", "--question", metavar="TEXT", help="The question, or a text with {{c1::gaps}}.")
@click.option("-a", "--answer", metavar="TEXT", help="Its answer.")
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    help="Without -q: begin with an example of this kind. [default: basic]",
)
@click.option(
    "--deck",
    default=DECK,
    show_default=True,
    metavar="NAME",
    shell_complete=options.complete("deck"),
    help="Which of your decks.",
)
@click.option("--id", "id_", metavar="ID", help="The card's name for ever. [default: a free one]")
@click.option("--no-edit", is_flag=True, help="Leave the example as it is.")
@options.as_json
@options.home
@click.pass_context
def command(
    context: click.Context,
    question: str | None,
    answer: str | None,
    kind: str | None,
    deck: str,
    id_: str | None,
    no_edit: bool,
    as_json: bool,
    home: str | None,
) -> None:
    """Add a card to a deck of your own.

    With -q the card is complete. Without it your editor opens an example to write over; what you
    leave as it is, is not kept. Without a terminal the example stays.
    """
    from mlsd_cards.editing import desk
    from mlsd_cards.editing.editor import is_terminal
    from mlsd_cards.store import roster

    _check_usage(question, answer, kind)
    app = options.open_app(home)
    name = _name(app, id_, question or "", deck)
    sheet = desk.lay_new(app, deck, _note(name, question, answer, kind))
    known = set(roster.names(app.catalogue, "id"))
    by_hand = question is None and not (no_edit or as_json) and is_terminal(sys.stdin, sys.stdout)
    if by_hand and not desk.open_sheet(app, sheet):
        options.say("The example was left as it was, so nothing was added.")
        return
    app.reread()
    context.exit(_report(app, sheet, known, as_json))


def _check_usage(question: str | None, answer: str | None, kind: str | None) -> None:
    from mlsd_cards.cards.scaffold import has_gaps

    if question is None and answer is not None:
        raise click.UsageError("Give the question too, with -q.")
    if question is not None and kind is not None:
        raise click.UsageError("Give -q or --kind, not both.")
    if question is not None and answer is None and not has_gaps(question):
        raise click.UsageError("Give the answer too, with -a.")


def _note(name: str, question: str | None, answer: str | None, kind: str | None) -> str:
    from mlsd_cards.cards import scaffold

    if question is None:
        return scaffold.example(kind or "basic", name)
    return scaffold.written(name, question, answer)


def _name(app: App, given: str | None, question: str, deck: str) -> str:
    """The id that was given, if no card has it; else one that no card has or ever had."""
    from mlsd_cards.cards.scaffold import free_id
    from mlsd_cards.store import ledger, roster

    ids = {card.partition(":")[0] for card in roster.names(app.catalogue, "id")}
    if given is None:
        past = {card.partition(":")[0] for card, _ in ledger.states(app.store)}
        return free_id(question, deck, ids | past)
    if given in ids:
        raise UserError(f"a card is called {given} already", "Name another with --id.")
    return given


def _report(app: App, sheet: Sheet, known: set[str], as_json: bool) -> int:
    """Say which cards are new and what is wrong in their file; the exit code."""
    from mlsd_cards.cards.problem import has_errors
    from mlsd_cards.editing import desk
    from mlsd_cards.store import roster
    from mlsd_cards.store.library import shown

    problems = desk.problems_in(app, sheet.path)
    added = [
        app.catalogue.find(card) for card in roster.names(app.catalogue, "id") if card not in known
    ]
    cards = sorted((found for found in added if found), key=lambda found: found.line)
    if as_json:
        options.print_json(
            {
                "cards": [found.card.id for found in cards],
                "deck": next((found.deck for found in cards), None),
                "file": sheet.path,
                "line": sheet.line,
                "problems": [problem._asdict() for problem in problems],
            }
        )
        return has_errors(problems)
    for found in cards:
        options.say(f"{found.card.id}: added to {found.deck}, {shown(found.path)}:{found.line}")
    for problem in problems:
        options.say(str(problem))
    if not cards:
        options.say("No card was added.")
    return has_errors(problems)
