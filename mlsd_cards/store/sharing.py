"""Decks on their way out: what a file needs to hold a deck for somebody else."""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards import manuscript
from mlsd_cards.cards.card import decode
from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.identity import digest, text_of
from mlsd_cards.cards.manuscript import Passage
from mlsd_cards.cards.parcel import packed
from mlsd_cards.cards.text import clean
from mlsd_cards.errors import UserError
from mlsd_cards.store import roster, whereabouts
from mlsd_cards.store.catalogue import Catalogue, FileRow, Filter, Found
from mlsd_cards.store.intake import content
from mlsd_cards.store.library import shown
from mlsd_cards.store.override import is_override
from mlsd_cards.store.works import work


class Parcel(NamedTuple):
    """A deck's file for somebody else: how many notes, cards and sources it has, and which nested
    decks are not in it."""

    text: str
    notes: int
    cards: int
    sources: int
    nested: list[str]


class _Copy(NamedTuple):
    """A deck file as it lies in the library, and its notes by their ids."""

    deck: Deck
    text: str
    passages: dict[str, Passage]


def pack(catalogue: Catalogue, name: str) -> Parcel:
    """The deck of exactly that name, a person's versions of its cards in the place of the bundled
    ones. ``UserError`` if it has no cards of its own or cannot be written into one file."""
    every = [catalogue.find(card) for card in roster.ids(catalogue, Filter(decks=(name,)))]
    nested = sorted({one.deck for one in every if one and one.deck != name})
    cards = [one for one in every if one and one.deck == name]
    if not cards:
        raise UserError(
            f"{name} has no cards of its own", f"Export the decks in it: {', '.join(nested)}."
        )
    copies = _copies(catalogue, name)
    own = [copy for copy in copies.values() if copy.deck.name == name]
    deck = _whole(own)
    passages = {one.card.note: _passage(one, copies, own) for one in cards}
    keys = sorted({key for one in cards for key in one.card.sources})
    sources = [found for key in keys if (found := work(catalogue, key))]
    head = manuscript.beside(own[0].text, "sources")
    text = packed(head, deck, passages.values(), [one.card for one in cards], sources)
    return Parcel(text, len(passages), len(cards), len(sources), nested)


def _copies(catalogue: Catalogue, name: str) -> dict[str, _Copy]:
    """The files of the deck and those of overrides, by path."""
    found = {}
    for row in catalogue.files():
        text = _text(row.path)
        deck, _ = load(text, row.path)
        if deck and (deck.name == name or is_override(row.path)):
            found[row.path] = _Copy(deck, text, _notes(catalogue, row, text))
    return found


def _text(path: str) -> str:
    """What stands in a file, empty if it cannot be read: then no card is found in it."""
    try:
        return clean(content(path), Findings(path)) or ""
    except OSError:
        return ""


def _notes(catalogue: Catalogue, row: FileRow, text: str) -> dict[str, Passage]:
    ids = {
        digest(text_of(decode(kind, body))): note
        for note, kind, body in whereabouts.contents(catalogue, row.id)
    }
    notes: dict[str, Passage] = {}
    for passage in manuscript.passages(text):
        for card in manuscript.cards_in(passage.note)[:1]:
            notes.setdefault(card.note or ids.get(digest(text_of(card)), ""), passage)
    return notes


def _whole(own: list[_Copy]) -> Deck:
    """The deck, as the first of its files describes it."""
    first, *others = (copy.deck for copy in own)
    for other in others:
        if other.tags != first.tags:
            raise UserError(
                f"{first.name} lies in files with different tags: {shown(first.file)} and "
                f"{shown(other.file)}",
                "Give both the same, or one of them another deck: name.",
            )
    return first


def _passage(found: Found, copies: dict[str, _Copy], own: list[_Copy]) -> Passage:
    """A card's note, below what stands above it in the deck."""
    note = found.card.note
    copy = copies.get(found.path)
    if copy is None or note not in copy.passages:
        raise UserError(
            f"{shown(found.path)}:{found.line}: this card cannot be copied",
            "Write it with a dash of its own, at the beginning of a line.",
        )
    here = (one.passages[note].above for one in own if note in one.passages)
    return copy.passages[note]._replace(above=next(here, ""))
