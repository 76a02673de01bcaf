"""Decks on their way in: a deck file from elsewhere, looked at and then laid among one's own."""

from __future__ import annotations

import os
import re
import sys
from itertools import count
from typing import NamedTuple

from mlsd_cards.cards.deck import Deck, load, repeated_ids
from mlsd_cards.cards.identity import Book, digest, text_of
from mlsd_cards.cards.problem import Problem, has_errors
from mlsd_cards.cards.scaffold import quoted
from mlsd_cards.cards.text import MAX_FILE
from mlsd_cards.errors import UserError
from mlsd_cards.store import binder, ledger, roster, whereabouts
from mlsd_cards.store.catalogue import Catalogue
from mlsd_cards.store.intake import content
from mlsd_cards.store.library import shown

STDIN = "-"
"""Stands for the standard input where a file is named."""


class Arrival(NamedTuple):
    """A deck that may be added: what would be written, and where; ``before`` is what stands there
    (None: nothing), ``gone`` are the notes that only that holds."""

    deck: Deck
    data: bytes
    path: str
    before: bytes | None
    gone: list[str]

    @property
    def is_here(self) -> bool:
        """Whether the file is among one's own decks already, just as it is."""
        return self.data == self.before


def read(file: str) -> bytes:
    """The bytes of a file, or of the standard input; ``UserError`` for what is no file."""
    if file == STDIN:
        return sys.stdin.buffer.read(MAX_FILE + 1)
    if re.match(r"[a-z][a-z0-9+.-]*://", file, re.I):
        raise UserError(
            f"{file} is an address, and nothing is ever fetched", "Save it as a file and add that."
        )
    if os.path.isdir(file):
        raise UserError(f"{file} is a folder", "Name one deck file in it.")
    try:
        return content(file)
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from error


def look(catalogue: Catalogue, folder: str, data: bytes, file: str) -> Arrival | list[Problem]:
    """What adding the content of ``file`` to the decks in ``folder`` would do, or why it cannot be
    added. Ids that other files of the library have are among the reasons."""
    deck, problems = load(data, shown(file))
    problems += repeated_ids([deck] if deck else [])
    if deck is None or has_errors(problems) or not deck.cards:
        return sorted(problems)
    path = _place(catalogue, folder, deck.name)
    if clashes := _clashes(catalogue, deck, path):
        return clashes
    before = content(path) if os.path.exists(path) else None
    here = whereabouts.notes(catalogue, [row.id for row in catalogue.files() if row.path == path])
    claimed = set(_notes(catalogue, deck))
    gone = [note for note in here if note not in claimed]
    return Arrival(deck, _named(data, deck, path), path, before, gone)


def keep(arrival: Arrival) -> str:
    """Write the deck; where the file is that was there before, or an empty text."""
    aside = ""
    if arrival.before is not None:
        paths = (f"{arrival.path}.{number}" for number in count(1))
        aside = next(path for path in paths if not os.path.lexists(path))
        binder.replace_file(aside, arrival.before)
    binder.write(arrival.path, arrival.data.decode("utf-8", "surrogateescape"))
    return aside


def _place(catalogue: Catalogue, folder: str, name: str) -> str:
    """The file in ``folder`` for the deck: the one that holds it, else a new one."""
    top = os.path.join(os.path.realpath(folder), "")
    paths = [
        path
        for path in whereabouts.files_of(catalogue, name)
        if os.path.realpath(path).startswith(top) and os.path.basename(path) not in binder.RESERVED
    ]
    if len(paths) > 1:
        raise UserError(
            f"your deck {name} lies in several files: {', '.join(map(shown, paths))}",
            "Give the new one another name in its deck: line.",
        )
    path = paths[0] if paths else binder.place(folder, name)
    if not os.path.realpath(path).startswith(top):
        raise UserError(
            f"{shown(path)} leads out of your decks", "Replace what it leads to by hand."
        )
    return path


def names(catalogue: Catalogue, deck: Deck) -> list[str]:
    """The ids that the notes of a deck have or would get, for each of its cards."""
    book = Book(ledger.identities(catalogue.store))
    return [card.note or book.id_of(digest(text_of(card))) for card, _ in deck.cards]


def _notes(catalogue: Catalogue, deck: Deck) -> dict[str, int]:
    """The same, each once, with their lines."""
    lines = (line for _, line in deck.cards)
    return dict(reversed([*zip(names(catalogue, deck), lines, strict=True)]))


def _clashes(catalogue: Catalogue, deck: Deck, path: str) -> list[Problem]:
    """A problem at each note whose id a card of another file has."""
    problems = []
    for note, line in _notes(catalogue, deck).items():
        found = next(map(catalogue.find, roster.cards_of(catalogue, note)), None)
        if found and found.path != path:
            where = f"{shown(found.path)}:{found.line}"
            message = f"the id {note} is used in {where} already: change one"
            problems.append(Problem(deck.file, line, 1, "C02", message))
    return sorted(problems)


def _named(data: bytes, deck: Deck, path: str) -> bytes:
    """The content, with the name of the deck in it if the file was all that gave it one."""
    again, _ = load(data, path)
    if again and again.name == deck.name:
        return data
    named = f"deck: {quoted(deck.name)}\n".encode() + data
    again, problems = load(named, path)
    if deck.file == STDIN or again is None or again.name != deck.name or has_errors(problems):
        raise UserError("the deck has no name", "Write “deck: NAME” at the top of its file.")
    return named
