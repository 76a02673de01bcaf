"""Put cards away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.commands import names, options

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter


@click.command(epilog="Example: mlsd-cards suspend ece-three-bins")
@options.cards
@options.wanted
@options.as_json
@options.decks
@options.home
def command(
    cards: tuple[str, ...],
    wanted: Filter,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Put cards away until `resume`; their history stays.

    CARD is the id of a card, or of a note for all its cards.
    """
    from mlsd_cards.store import log
    from mlsd_cards.store.several import append_each

    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    meant = names.chosen(app, cards, wanted)
    there = [card for card in meant if not app.store.folded(card).suspended]
    append_each(app.store, log.SUSPENDED, there, app.moment())
    options.print_changes(meant, there, "suspended", "was suspended already", as_json=as_json)
