"""A library and all that was done with it as one JSON document, out and in; docs/json.md has it.

Deck files travel as the texts that they are, so what an author wrote is there again; the cards
stand beside them for other programs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import chain, count
from json import dumps
from typing import Any, NamedTuple

from mlsd_cards import __version__
from mlsd_cards.cards.card import Card, decode, plain
from mlsd_cards.cards.deck import load
from mlsd_cards.cards.identity import digest_of_note
from mlsd_cards.errors import UserError
from mlsd_cards.store import arrival, binder, ledger, roster
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.catalogue import Catalogue
from mlsd_cards.store.library import SUFFIXES, Root
from mlsd_cards.store.log import Event
from mlsd_cards.store.works import works

FORMAT, VERSION = "mlsd-cards", 1
"""The key that tells the document from others, and its value."""

PART = re.compile(r"[^\W_][\w .@+-]*|_[\w .@+-]*")
"""A folder or file in the name of a deck file: nothing hidden, and none that leads elsewhere."""

ADDED, UNCHANGED, BUNDLED, DIFFERS = "added", "unchanged", "bundled", "differs"
_SHARED = {field.name for field in fields(Card)}


class Kept(NamedTuple):
    """A deck file of a document."""

    name: str
    bundled: bool
    data: bytes


# out


def document(catalogue: Catalogue, roots: list[Root], *, progress: bool) -> Iterator[bytes]:
    """The document, a piece at a time; with the events only if ``progress``."""
    parts: dict[str, Iterable[Any]] = {
        "files": _files(catalogue, roots),
        "cards": map(_card, roster.bodies_in_order(catalogue)),
        "sources": (source._asdict() for source in works(catalogue)),
    }
    if progress:
        parts["events"] = map(_event, ledger.each_event(catalogue.store))
    yield f'{{"{FORMAT}": {VERSION}, "program": "{__version__}"'.encode()
    for key, values in parts.items():
        yield f',\n"{key}": ['.encode()
        for number, value in enumerate(values):
            yield (b",\n" if number else b"\n") + _json(value)
        yield b"]"
    yield b"}\n"


def _json(value: Any) -> bytes:
    try:
        return dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # a file that is no UTF-8
        return dumps(value).encode()


def _files(catalogue: Catalogue, roots: list[Root]) -> Iterator[dict[str, Any]]:
    """Every file of the library: its name below the folder that it was found in, and its text."""
    taken = set()
    for row in catalogue.files():
        name, bundled = _name(row.path, roots)
        stem, dot = os.path.splitext(name)
        names = chain([name], (f"{stem}-{number}{dot}" for number in count(2)))
        name = next(one for one in names if (one, bundled) not in taken)
        taken.add((name, bundled))
        yield {"file": name, "bundled": bundled, "text": binder.read(row.path)}


def _name(path: str, roots: list[Root]) -> tuple[str, bool]:
    for root in roots:
        if path == root.path:
            return os.path.basename(path), root.strict
        if path.startswith(os.path.join(root.path, "")):
            return os.path.relpath(path, root.path).replace(os.sep, "/"), root.strict
    return os.path.basename(path), False


def _card(row: tuple[str, ...]) -> dict[str, Any]:
    _, kind, deck, tags, body = row
    card = decode(kind, body)
    own = {field.name for field in fields(card)} - _SHARED
    return {
        "card": card.id,
        "note": card.note,
        "kind": kind,
        "deck": deck,
        "tags": list(dict.fromkeys(tags.split())),
        **{name: plain(getattr(card, name)) for name in sorted(_SHARED - _APART)},
        "fields": {name: plain(getattr(card, name)) for name in sorted(own)},
    }


_APART = {"id", "note", "tags", "base", "lint_ok"}


def _event(event: Event) -> dict[str, Any]:
    return {name: value for name, value in event._asdict().items() if value is not None}


# in


class Delivery:
    """A document on its way in: its events as they are read, the rest kept until then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._version: Any = None
        self.files: list[Kept] = []
        self.cards: set[str] = set()
        self.count = 0
        """How many events it had."""

    def events(self, pieces: Iterable[tuple[str, Any]]) -> Iterator[Event]:
        """The events; ``UserError`` if anything in the document is not as it should be."""
        for key, value in pieces:
            if key == FORMAT:
                self._check(value)
            elif key == "events":
                self.count += 1
                yield self._admitted(value)
            elif key == "files":
                self.files.append(self._kept(value))
            elif key == "cards" and isinstance(value, dict):
                self.cards.add(str(value.get("card")))
        self._check(self._version)

    def _check(self, version: Any) -> None:
        self._version = version
        if type(version) is not int or version < 1:
            raise UserError(
                f"{self._name} is no export of mlsd-cards",
                f"It has to say “{FORMAT}”: {VERSION}, as `export json` writes it.",
            )
        if version > VERSION:
            raise UserError(
                f"{self._name} is of version {version}; the newest known here is {VERSION}",
                "Update mlsd-cards.",
            )

    def _admitted(self, value: Any) -> Event:
        try:
            return admitted(value)
        except ValueError as error:
            raise UserError(
                f"{self._name}: event {self.count} cannot be taken in: its {error} is wrong",
                "Nothing was imported.",
            ) from error

    def _kept(self, value: Any) -> Kept:
        try:
            name, text = value["file"], value["text"]
            fits = name.endswith(SUFFIXES) and all(map(PART.fullmatch, name.split("/")))
            data = text.encode("utf-8", "surrogateescape")
        except (TypeError, KeyError, AttributeError, UnicodeEncodeError):
            fits = False
        if not fits:
            raise UserError(
                f"{self._name}: its file {len(self.files) + 1} has no text, or a name that no deck "
                "file may have",
                "Nothing was imported.",
            )
        return Kept(name, value.get("bundled") is True, data)


def place(catalogue: Catalogue, folder: str, file: Kept) -> str:
    """What is to become of a file among the decks in ``folder``."""
    if file.bundled:
        return BUNDLED
    path = path_of(folder, file)
    if os.path.lexists(path):
        same = os.path.isfile(path) and binder.read(path).encode("utf-8", "surrogateescape")
        return UNCHANGED if same == file.data else DIFFERS
    top = os.path.join(os.path.realpath(folder), "")
    if not os.path.realpath(path).startswith(top):
        return DIFFERS
    return ADDED if os.path.basename(path) in binder.RESERVED else _among(catalogue, file)


def _among(catalogue: Catalogue, file: Kept) -> str:
    """Whether the library has the cards of the file already, all or some or none of them."""
    deck, _ = load(file.data, file.name)
    if deck is None:
        return ADDED
    own: dict[str, list[Card]] = {}
    for note, (card, _) in zip(arrival.names(catalogue, deck), deck.cards, strict=True):
        own.setdefault(note, []).append(card)
    here = {note: _here(catalogue, note) for note in own}
    if not any(here.values()):
        return ADDED
    same = all(digest_of_note(here[note]) == digest_of_note(cards) for note, cards in own.items())
    return UNCHANGED if same else DIFFERS


def _here(catalogue: Catalogue, note: str) -> list[Card]:
    found = map(catalogue.find, roster.cards_of(catalogue, note))
    return [one.card for one in found if one]


def path_of(folder: str, file: Kept) -> str:
    """Where the file lies, or is to lie, among the decks in ``folder``."""
    return os.path.join(folder, *file.name.split("/"))


def keep(folder: str, file: Kept) -> None:
    """Write a file that is to be added."""
    binder.write(path_of(folder, file), file.data.decode("utf-8", "surrogateescape"))
