"""Changed deck files, read and taken into the catalogue."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import blake2b
from json import dumps
from stat import S_ISREG
from typing import NamedTuple

from mlsd_cards.cards.card import Card, encode
from mlsd_cards.cards.code import REPEATED
from mlsd_cards.cards.deck import Deck, load, repeated_ids
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.source import load_sources
from mlsd_cards.store.catalogue import RANK, Catalogue, FileRow, Seen

SOURCES = "sources.yaml"
"""The name of the file that lists sources rather than cards."""

UNREADABLE = "D00"
"""The code of a file that cannot be opened, in the table of ``cards/code.py``."""

UNKNOWN = -1
"""The size kept of a file that could not be read: it is tried again at every start."""


class CardRow(NamedTuple):
    """A card as the library holds it; ``tags`` and ``body`` as in the schema."""

    library: int
    id: str
    file: int
    line: int
    position: int
    note: str
    kind: str
    deck: str
    topic: str
    tags: str
    digest: str
    body: str
    unseen: bool = True


class _Read(NamedTuple):
    """A deck file after reading."""

    deck: Deck | None
    problems: list[Problem]
    sources: dict[str, str]
    digest: str


def refresh(catalogue: Catalogue, seen: list[Seen], known: list[FileRow]) -> int:
    """Bring the rows up to date; how many files were parsed. Inside a transaction."""
    rows = {row.path: row for row in known}
    read = {
        file.path: _read(file)
        for file in seen
        if file.path not in rows or file[1:3] != rows[file.path][2:4]
    }
    paths = {file.path for file in seen}
    gone = rows.keys() - paths
    if any(map(_lists_sources, (*read, *gone))):
        # Of a key in two lists the later one counts: that takes all lists, in their order.
        read |= {file.path: _read(file) for file in seen if _lists_sources(file.path)}
    # Which of two cards keeps an id that both claim depends on the order of all files: where that
    # is in question, everything is read anew.
    if _disputed(known) or _clash(catalogue, rows, read):
        read = {file.path: read.get(file.path) or _read(file) for file in seen}
    for row in known:
        if row.path in read or row.path in gone:
            catalogue.forget(row.id)
    files = {}
    for rank, file in enumerate(seen):
        if file.path in read:
            digest = read[file.path].digest
            size = file.size if digest else UNKNOWN
            files[file.path] = catalogue.place(file.path, size, file.mtime, digest, rank)
        else:
            catalogue.touch(rows[file.path].id, file.size, file.mtime, rank)
    _shelve(catalogue, seen, files, read)
    return len(read)


def _read(file: Seen) -> _Read:
    """Parse one file; what cannot be read is a problem of the file, not of the run."""
    try:
        data = _content(file.path)
    except OSError as error:
        problem = Problem(file.path, 0, 0, UNREADABLE, f"cannot be read: {error.strerror}")
        return _Read(None, [problem], {}, "")
    if _lists_sources(file.path):
        sources, problems = load_sources(data, file.path)
        told = {key: dumps([one.citation(), one.line()]) for key, one in sources.items()}
        return _Read(None, problems, told, _digest(data))
    deck, problems = load(data, file.path, strict=file.strict)
    if deck:
        cards = tuple(placed._replace(card=_with_id(placed.card)) for placed in deck.cards)
        deck = replace(deck, cards=cards)
    return _Read(deck, problems, {}, _digest(data))


def _lists_sources(path: str) -> bool:
    return os.path.basename(path) == SOURCES


def _content(path: str) -> bytes:
    """The bytes of a file; OSError for what is none, since reading a pipe might never end."""
    if not S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no ordinary file")
    with open(path, "rb") as file:
        return file.read()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=10).hexdigest()


def _disputed(known: list[FileRow]) -> bool:
    """Whether any file was left with an id that another file has too."""
    return any(f'"{REPEATED}"' in row.problems for row in known)


def _clash(catalogue: Catalogue, rows: dict[str, FileRow], read: dict[str, _Read]) -> bool:
    """Whether a file just read claims a note of a file that has not changed."""
    kept = [row.id for path, row in rows.items() if path not in read]
    new = {placed.card.note for one in read.values() if one.deck for placed in one.deck.cards}
    return bool(new) and not new.isdisjoint(catalogue.notes(kept))


def _shelve(
    catalogue: Catalogue, seen: list[Seen], files: dict[str, int], read: dict[str, _Read]
) -> None:
    """Store the cards, sources and problems of the files that were read."""
    in_order = [file for file in seen if file.path in read]
    decks = [deck for file in in_order if (deck := read[file.path].deck)]
    problems = [problem for one in read.values() for problem in one.problems]
    problems += repeated_ids(decks)
    ranks = {file.path: rank for rank, file in enumerate(seen)}
    taken: set[str] = set()
    cards = []
    for deck in decks:
        for index, (card, line) in enumerate(deck.cards):
            if card.id not in taken:
                taken.add(card.id)
                position = ranks[deck.file] * RANK + index
                cards.append(_row(catalogue.library, files[deck.file], deck, card, line, position))
    sources = [
        (key, files[file.path], body)
        for file in in_order
        for key, body in read[file.path].sources.items()
    ]
    catalogue.shelve((card._asdict() for card in cards), sources)
    for path, number in files.items():
        own = sorted(problem for problem in problems if problem.file == path)
        catalogue.keep_problems(number, [list(problem[1:]) for problem in own])


def _with_id(card: Card) -> Card:
    """The card itself, or, where its author gave no id, with one made of its text."""
    if card.note:
        return card
    note = "t-" + _digest(encode(replace(card, topic="", tags=(), id="")).encode())[:12]
    return replace(card, note=note, id=note + card.id)


def _row(library: int, file: int, deck: Deck, card: Card, line: int, position: int) -> CardRow:
    body = encode(card)
    tags = "".join(f"\n{tag}" for tag in (*deck.tags, *card.tags)) + "\n"
    return CardRow(
        library, card.id, file, line, position, card.note, card.kind,
        deck.name, card.topic, tags, _digest(body.encode()), body,
    )  # fmt: skip
