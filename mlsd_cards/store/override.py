"""Notes of a person's own that take the place of bundled ones."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from typing import NamedTuple

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.deck import Deck, Placed
from mlsd_cards.cards.identity import digest_of_note
from mlsd_cards.cards.problem import Problem

OVERRIDES = "overrides.yaml"
"""The name of the file whose notes replace those of the same id in other files."""


class Place(NamedTuple):
    """Where in the library the cards of a note stand."""

    deck: Deck
    first: int
    cards: tuple[Placed, ...]


def is_override(path: str) -> bool:
    """Whether the file's notes replace others."""
    return os.path.basename(path) == OVERRIDES


def override(decks: list[Deck]) -> tuple[list[Deck], dict[str, Place], list[Problem]]:
    """The decks without the notes that are replaced, the places that their replacements take, and
    what is to be said about these."""
    own = [deck for deck in decks if is_override(deck.file)]
    if not own:
        return decks, {}, []
    wanted = {placed.card.note for deck in own for placed in deck.cards}
    others = [deck for deck in decks if not is_override(deck.file)]
    places = _places(others, wanted)
    rest = [
        replace(deck, cards=tuple(one for one in deck.cards if one.card.note not in wanted))
        for deck in others
    ]
    problems = [problem for deck in own for problem in _problems(deck, places)]
    return [*rest, *own], places, problems


def _places(decks: list[Deck], wanted: set[str]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for deck in decks:
        for index, placed in enumerate(deck.cards):
            note = placed.card.note
            if note not in wanted:
                continue
            known = found.get(note)
            if known is None:
                found[note] = Place(deck, index, (placed,))
            elif known.deck is deck and known.cards[0].line == placed.line:
                found[note] = known._replace(cards=(*known.cards, placed))
    return found


def _problems(deck: Deck, places: dict[str, Place]) -> list[Problem]:
    """What changed under the notes of a file of overrides since they were copied."""
    firsts = {placed.card.note: placed for placed in reversed(deck.cards)}
    problems = []
    for note, (card, line) in firsts.items():
        place = places.get(note)
        if place is None and card.base:
            message = f"there is no card {note} to replace any more: this one stands by itself"
            problems.append(Problem(deck.file, line, 1, "O02", message, "warning"))
        elif place and card.base:
            now = digest_of_note(placed.card for placed in place.cards)
            if now != card.base:
                message = (
                    f"{note} has changed in {os.path.basename(place.deck.file)}:"
                    f"{place.cards[0].line} since this copy was made, and differs from yours in "
                    f"{_differing(card, place.cards[0].card)}: take it with `mlsd-cards edit "
                    f"{note} --revert`, or keep yours by writing base: {now}"
                )
                problems.append(Problem(deck.file, line, 1, "O01", message, "warning"))
    return problems


def _differing(one: Card, other: Card) -> str:
    """The fields in which two cards differ, as they are written in a file."""
    if one.kind != other.kind:
        return "type"
    names = (field.name for field in fields(one) if field.name not in {"id", "note", "base"})
    return (
        ", ".join(name for name in names if getattr(one, name) != getattr(other, name)) or "nothing"
    )
