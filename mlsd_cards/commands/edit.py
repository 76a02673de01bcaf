"""The text of a card, in the person's editor."""

from __future__ import annotations

import sys

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options


@click.command(epilog="Example: mlsd-cards edit two-tower-why-indexable")
@click.argument("card", shell_complete=options.complete("id"))
@click.option("--revert", is_flag=True, help="Take your version of a bundled card away.")
@click.option("--no-edit", is_flag=True, help="Open no editor; say where the card or the copy is.")
@options.as_json
@options.decks
@options.home
@click.pass_context
def command(
    context: click.Context,
    card: str,
    revert: bool,
    no_edit: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Open a card's file at its line in $VISUAL or $EDITOR.

    A bundled card is copied to `overrides.yaml` in your decks first, and that copy stands in for
    it. Progress is kept whatever is changed but the id.
    """
    app = options.open_app(home, decks)
    name = _named(app, card)
    if revert:
        _revert(app, name, as_json)
    elif no_edit or as_json:
        _place(app, name, as_json)
    else:
        context.exit(_edit(app, name))


def _named(app: App, card: str) -> str:
    """The id of a card that ``card`` means: of a note with several, the first; also one that is
    written and cannot be read."""
    from mlsd_cards.editing import desk
    from mlsd_cards.store import roster

    if siblings := roster.cards_of(app.catalogue, card):
        return siblings[0]
    known = app.catalogue.find(card) or desk.unread(app, card)
    return card if known else names.card_of(app.catalogue, card)


def _revert(app: App, card: str, as_json: bool) -> None:
    from mlsd_cards.editing import desk

    text = desk.revert(app, card)
    if as_json:
        options.print_json({"card": card, "text": text})
    else:
        options.say(f"{card}: your version is gone, the bundled card is back. It said:\n\n{text}")


def _place(app: App, card: str, as_json: bool) -> None:
    from mlsd_cards.editing import desk
    from mlsd_cards.store.library import shown

    sheet = desk.lay(app, card)
    if as_json:
        options.print_json({"card": card, "file": sheet.path, "line": sheet.line})
    else:
        options.say(f"{shown(sheet.path)}:{sheet.line}")


def _edit(app: App, card: str) -> int:
    """Edit the card and say what came of it; the exit code."""
    from mlsd_cards.cards.problem import has_errors
    from mlsd_cards.editing import desk
    from mlsd_cards.editing.editor import is_terminal

    outcome = desk.edit(app, card, usual=is_terminal(sys.stdin, sys.stdout))
    for problem in outcome.problems:
        options.say(str(problem))
    options.say(desk.told(card, outcome))
    return has_errors(outcome.problems)
