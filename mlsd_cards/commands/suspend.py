"""Put a card away."""

from __future__ import annotations

import click

from mlsd_cards.commands import options


@click.command(epilog="Example: mlsd-cards suspend ece-three-bins")
@click.argument(
    "cards", nargs=-1, required=True, metavar="CARD...", shell_complete=options.complete("id")
)
@options.decks
@options.home
def command(cards: tuple[str, ...], decks: tuple[str, ...], home: str | None) -> None:
    """Put cards away until `resume`; their history stays."""
    from mlsd_cards.store import log

    app = options.open_app(home, decks)
    for card in [options.card_of(app.catalogue, card) for card in cards]:
        app.store.append(log.SUSPENDED, card, app.moment())
        options.say(f"{card}: suspended")
