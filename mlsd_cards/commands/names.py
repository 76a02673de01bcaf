"""The names of decks, topics, tags and cards as a person types them: looked up, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Catalogue, Filter


def check_names(catalogue: Catalogue, wanted: Filter) -> None:
    """Refuse a name that no card has."""
    columns = (("deck", "deck"), ("tag", "tags"), ("topic", "topic"))
    for (kind, column), given in zip(columns, wanted, strict=True):
        if given:
            _check_name(kind, given, known_names(catalogue, column))


def known_names(catalogue: Catalogue, column: str) -> set[str]:
    """The names in use; a nested deck's parents count, since they can be asked for too."""
    from mlsd_cards.store import roster

    names = {
        name for value in roster.names(catalogue, column) for name in value.split("\n") if name
    }
    if column == "deck":
        for name in tuple(names):
            parts = name.split("::")
            names.update("::".join(parts[:end]) for end in range(1, len(parts)))
    return names


def _check_name(kind: str, given: tuple[str, ...], known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise UserError(f"no {kind} is called {name!r}", nearest(name, known))


def nearest(name: str, known: set[str]) -> str:
    """Which known name was probably meant, or, of few, which there are."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"There are: {', '.join(sorted(known))}." if 0 < len(known) <= 20 else ""


def cards_of(catalogue: Catalogue, name: str) -> list[str]:
    """The ids of the cards that ``name`` means: a card's own, or those of a note's cards."""
    from mlsd_cards.store import roster

    cards = [name] if catalogue.find(name) else roster.cards_of(catalogue, name)
    if not cards:
        known = set(roster.names(catalogue, "id"))
        raise UserError(f"no card is called {name!r}", nearest(name, known))
    return cards


def card_of(catalogue: Catalogue, name: str) -> str:
    """The id of the one card that ``name`` means: an id, or a note with a single card."""
    cards = cards_of(catalogue, name)
    if len(cards) > 1:
        raise UserError(f"{name} has several cards", f"Name one of: {', '.join(cards)}.")
    return cards[0]


def chosen(app: App, cards: tuple[str, ...], wanted: Filter, more: str = "") -> list[str]:
    """The ids of the cards that are meant, each once: those named, or else those ``wanted``. A card
    with a past may be named though no deck holds it any more. ``more`` names other ways to choose.
    """
    from mlsd_cards.store import roster

    if bool(cards) == any(wanted):
        raise click.UsageError(f"Name a CARD, or choose with --deck, --tag, --topic{more}.")
    if any(wanted):
        return roster.ids(app.catalogue, wanted)
    ids: dict[str, None] = {}
    for card in cards:
        known = app.store.folded(card).head
        ids |= dict.fromkeys([card] if known else cards_of(app.catalogue, card))
    return list(ids)


def reviewed_card_of(catalogue: Catalogue, name: str) -> str:
    """As ``card_of``, of a card that has a place in reviews; others are refused."""
    card = card_of(catalogue, name)
    found = catalogue.find(card)
    if found and not found.card.daily:
        kind = found.card.kind
        raise UserError(
            f"{card} is a {kind}", "It belongs to timed interviews and is never part of a review."
        )
    return card
