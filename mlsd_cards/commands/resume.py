"""Take a card back."""

from __future__ import annotations

import click

from mlsd_cards.commands import options
from mlsd_cards.errors import UserError


@click.command(epilog="Example: mlsd-cards resume ece-three-bins")
@click.argument("cards", nargs=-1, metavar="[CARD]...", shell_complete=options.complete("id"))
@click.option("--all", "everything", is_flag=True, help="Every suspended card.")
@click.option("--list", "listing", is_flag=True, help="Only list the suspended cards.")
@options.decks
@options.home
def command(
    cards: tuple[str, ...],
    everything: bool,
    listing: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Take suspended or buried cards back into the reviews, as if they had never been away."""
    from mlsd_cards.store import log

    app = options.open_app(home, decks)
    away = [card for card, folded in app.store.states() if folded.suspended]
    if listing:
        for card in away:
            options.say(card)
        return
    if not cards and not everything:
        raise click.UsageError("Name a CARD, or give --all or --list.")
    chosen = away if everything else [options.card_of(app.catalogue, card) for card in cards]
    if everything and not away:
        raise UserError("no card is suspended")
    for card in chosen:
        folded = app.store.folded(card)
        if not folded.suspended and (folded.buried or 0) < app.moment().day:
            options.say(f"{card}: was not put away")
            continue
        app.store.append(log.RESUMED, card, app.moment())
        options.say(f"{card}: back in the reviews")
