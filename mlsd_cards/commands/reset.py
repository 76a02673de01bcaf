"""Forget the schedule of cards."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options, records
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter

FEW = 10
"""So many cards are shown one by one before they are forgotten; of more only the number."""


@click.command(epilog="Example: mlsd-cards reset ece-three-bins --yes")
@options.cards
@options.wanted
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--undo", is_flag=True, help="Take back the latest reset of these cards.")
@options.as_json
@options.decks
@options.home
def command(
    cards: tuple[str, ...],
    wanted: Filter,
    yes: bool,
    undo: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Forget the schedule of cards: they are new again, and their answers stay in the log.

    CARD is the id of a card, or of a note for all its cards. A reset can be taken back at any time.
    """
    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    meant = names.chosen(app, cards, wanted)
    done = take_back(app, meant) if undo else forget(app, meant, yes=yes)
    did = "the schedule from before" if undo else "new again"
    left = "was not reset" if undo else "has no schedule"
    options.print_changes(meant, done, did, left, as_json=as_json)
    if not undo and not as_json:
        click.echo("To take that back, give the same command with --undo.")


def forget(app: App, meant: list[str], *, yes: bool) -> list[str]:
    """Reset those of the cards that have a schedule, once the person agrees."""
    from mlsd_cards.store import log
    from mlsd_cards.store.several import append_each

    learnt = [card for card in meant if app.store.folded(card).state.last is not None]
    if not learnt:
        raise UserError("none of these cards has a schedule", "There is nothing to forget.")
    if not yes:
        confirm(app, learnt)
    append_each(app.store, log.RESET, learnt, app.moment())
    return learnt


def take_back(app: App, meant: list[str]) -> list[str]:
    """Take back the latest reset of those of the cards that had one."""
    from mlsd_cards.store import log
    from mlsd_cards.store.several import undo_each

    done = undo_each(app.store, log.RESET, meant, app.moment())
    if not done:
        raise UserError("none of these cards was reset")
    return done


def confirm(app: App, cards: list[str]) -> None:
    """Ask; ``UserError`` if the answer is no, or nobody is there to give one."""
    count = f"{len(cards)} card{'s' * (len(cards) != 1)}"
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(f"this would forget the schedule of {count}", "Say so with --yes.")
    for card in cards if len(cards) <= FEW else []:
        options.say(f"{card}: {records.standing(app.store.folded(card))}", err=True)
    if not click.confirm(f"Forget the schedule of {count}?", err=True):
        raise UserError("nothing was forgotten")
