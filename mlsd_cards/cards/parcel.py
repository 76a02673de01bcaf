"""A deck as it is passed on: one file with its cards as they were written and the works that they
cite. What a person has done with the cards is nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mlsd_cards.cards import manuscript
from mlsd_cards.cards.card import Card
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.identity import digest, text_of
from mlsd_cards.cards.manuscript import Passage
from mlsd_cards.cards.problem import has_errors
from mlsd_cards.cards.scaffold import quoted
from mlsd_cards.cards.source import Source
from mlsd_cards.cards.stamp import stamped
from mlsd_cards.errors import UserError

NAMELESS = "\0"
"""A file that gives its name to no deck."""

BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
"""A key that needs no quotes."""


def packed(
    head: str, deck: Deck, passages: Iterable[Passage], cards: list[Card], sources: list[Source]
) -> str:
    """The file of a deck: ``cards`` are what its ``passages`` have to give, ids and all, ``head``
    is what the deck's own file says beside them. ``UserError`` if that cannot be written down."""
    bare = (one._replace(note=manuscript.without_field(one.note, "base")) for one in passages)
    text = _head(head, deck) + _mapping(sources) + manuscript.listed(bare)
    ids = {digest(text_of(card)): card.note for card in cards}
    made = stamped(text.encode(), ids)
    if made is None or not _holds(made, deck, cards, sources):
        raise UserError(
            f"{deck.name} is set in a way that cannot be copied card by card",
            f"Pass on the file itself, {deck.file}.",
        )
    return made.decode()


def _head(head: str, deck: Deck) -> str:
    """What its file says of the deck, with its comments; set anew where that cannot stand alone."""
    text = quoted(deck.name)
    for written in (head, f"deck: {text}\n{head}"):
        if _says(written, deck):
            return written
    tags = ", ".join(map(quoted, deck.tags))
    fields = {
        "deck": text,
        "title": deck.title and quoted(deck.title),
        "description": deck.description and quoted(deck.description),
        "tags": tags and f"[{tags}]",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def _says(head: str, deck: Deck) -> bool:
    """Whether the lines alone say of the deck what its file does."""
    said, problems = load(f"{head}{manuscript.CARDS}: []\n", NAMELESS)
    return not has_errors(problems) and said == replace(deck, file=NAMELESS, cards=(), sources=())


def _mapping(sources: list[Source]) -> str:
    if not sources:
        return ""
    return "sources:\n" + "".join(map(_entry, sources))


def _entry(source: Source) -> str:
    fields = {
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "venue": source.venue,
        "url": source.link,
    }
    key = source.key if BARE.fullmatch(source.key) else quoted(source.key)
    lines = (f"    {name}: {quoted(value)}\n" for name, value in fields.items() if value)
    return f"  {key}:\n{''.join(lines)}"


def _holds(made: bytes, deck: Deck, cards: list[Card], sources: list[Source]) -> bool:
    """Whether a file is the deck with just these cards and sources."""
    found, problems = load(made, NAMELESS)
    return (
        found is not None
        and not has_errors(problems)
        and found.name == deck.name
        and [replace(card, base="") for card, _ in found.cards]
        == [replace(card, base="") for card in cards]
        and [entry.source for entry in found.sources] == sources
    )
