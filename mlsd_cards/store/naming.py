"""Ids for the notes that came without one, from their texts, the log and what the files held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_cards.cards.card import decode
from mlsd_cards.cards.deck import Deck, Placed
from mlsd_cards.cards.identity import (
    Book,
    Gone,
    Newcomer,
    Remark,
    default_id,
    digest,
    extra_ids,
    follow,
    settled,
    text_of,
)
from mlsd_cards.cards.problem import Problem
from mlsd_cards.store import ledger, log, whereabouts

if TYPE_CHECKING:
    from mlsd_cards.cards.card import Card
    from mlsd_cards.schedule.day import Moment
    from mlsd_cards.store.catalogue import Catalogue


class Register:
    """Names the notes of decks that have just been read.

    ``before`` are the notes that their files held at the last look, and where; ``paths`` the files
    of the library now.
    """

    def __init__(self, catalogue: Catalogue, before: dict[str, str], paths: set[str]) -> None:
        self._catalogue = catalogue
        self._store = catalogue.store
        self._before = before
        self._paths = paths
        self._book = Book(ledger.identities(self._store))

    def likely_ids(self, decks: Iterable[Deck]) -> set[str]:
        """The ids that the notes of these decks have or will probably get."""
        return {
            card.note or self._book.id_of(digest(text_of(card)))
            for deck in decks
            for card, _ in deck.cards
        }

    def name(
        self, decks: list[Deck], moment: Callable[[], Moment]
    ) -> tuple[list[Deck], list[Problem]]:
        """The decks with an id on every card, and what is to be said. Inside a transaction."""
        placed = [(deck.file, card, line) for deck in decks for card, line in deck.cards]
        given = {card.note for _, card, _ in placed if card.note}
        texts = {
            digest(text): Newcomer(file, line, text)
            for file, card, line in reversed(placed)
            if not card.note
            for text in [text_of(card)]
        }
        ids = settled(texts, self._book, given)
        kept, remarks = self._follow(placed, texts, ids, given)
        kept += extra_ids(texts, ids, given)
        ids |= {text: id_ for id_, text in kept}
        for id_, text in kept:
            self._store.note(log.IDENTIFIED, id_, moment(), {"text": text})
        named = [
            replace(deck, cards=tuple(_named(one, ids) for one in deck.cards)) for deck in decks
        ]
        return named, [
            Problem(remark.file, remark.line, 1, remark.code, remark.message, "note")
            for remark in remarks
        ]

    def _follow(
        self,
        placed: list[tuple[str, Card, int]],
        texts: dict[str, Newcomer],
        ids: dict[str, str],
        given: set[str],
    ) -> tuple[list[tuple[str, str]], list[Remark]]:
        """Let new texts go on under ids whose notes are gone, where that is beyond doubt."""
        here = given | {*ids.values()}
        missing = [id_ for id_ in self._before if id_ not in here and self._remembers(id_)]
        if not missing:
            return [], []
        new = [new for own, new in texts.items() if self._is_new(own, ids)]
        notes = {
            card.note: Newcomer(file, line, text_of(card), card.note) for file, card, line in placed
        }
        new += [
            note
            for id_, note in notes.items()
            if id_ and id_ not in self._before and not self._remembers(id_)
        ]
        ids_, kept, remarks = follow(new, self._gone(missing))
        ids |= ids_
        return kept, remarks

    def _is_new(self, own: str, ids: dict[str, str]) -> bool:
        """Whether nothing is known of a text: neither the log nor the files had it before."""
        id_ = default_id(own)
        return (
            ids.get(own) == id_
            and not self._book.knows(own)
            and id_ not in self._before
            and not self._remembers(id_)
        )

    def _remembers(self, note: str) -> bool:
        return ledger.has_state(self._store, note)

    def _gone(self, notes: list[str]) -> list[Gone]:
        new = frozenset(self._paths.difference(self._before.values()))
        return [
            Gone(note, frozenset([path]) if path in self._paths else new, text_of(decode(*body)))
            for note, *body in whereabouts.bodies(self._catalogue, notes)
            for path in [self._before[note]]
        ]


def _named(placed: Placed, ids: dict[str, str]) -> Placed:
    """The card with its note's id, unless it has one."""
    card = placed.card
    if card.note:
        return placed
    note = ids[digest(text_of(card))]
    return placed._replace(card=replace(card, note=note, id=note + card.id))
