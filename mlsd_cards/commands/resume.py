"""Take cards back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter


@click.command(epilog="Example: mlsd-cards resume ece-three-bins")
@options.cards
@options.wanted
@click.option("--all", "everything", is_flag=True, help="Every suspended card.")
@click.option("--list", "listing", is_flag=True, help="Only list the suspended cards.")
@options.as_json
@options.decks
@options.home
def command(
    cards: tuple[str, ...],
    wanted: Filter,
    everything: bool,
    listing: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Take suspended or buried cards back into the reviews, as if they had never been away.

    CARD is the id of a card, or of a note for all its cards.
    """
    from mlsd_cards.store import ledger, log, roster
    from mlsd_cards.store.several import append_each

    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    suspended = [card for card, folded in ledger.states(app.store) if folded.suspended]
    if listing:
        there = set(roster.ids(app.catalogue, wanted)) if any(wanted) else set(suspended)
        listed = [card for card in suspended if card in there]
        if as_json:
            options.print_json(listed)
        for card in () if as_json else listed:
            options.say(card)
        return
    if everything and not suspended:
        raise UserError("no card is suspended")
    meant = suspended if everything else names.chosen(app, cards, wanted, ", --all")
    away = [card for card in meant if is_away(app, card)]
    append_each(app.store, log.RESUMED, away, app.moment())
    options.print_changes(meant, away, "back in the reviews", "was not put away", as_json=as_json)


def is_away(app: App, card: str) -> bool:
    """Whether the card is suspended, or buried until tomorrow."""
    folded = app.store.folded(card)
    return folded.suspended or (folded.buried or 0) >= app.moment().day
