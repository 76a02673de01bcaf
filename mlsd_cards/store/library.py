"""The deck files of a run: found, and read again only where they changed.

A library is made of roots, in this order: the bundled decks, then the home's ``decks`` folder; or,
instead of both, what ``--decks`` names. Every root set has its own rows in the store, so looking at
another library takes nothing away from this one.
"""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.store.catalogue import RANK, CardRow, Catalogue, FileRow
from mlsd_cards.store.database import Store

if TYPE_CHECKING:
    from mlsd_cards.cards.card import Card
    from mlsd_cards.cards.deck import Deck
    from mlsd_cards.cards.problem import Problem

SUFFIXES = (".yaml", ".yml")
SOURCES = "sources.yaml"
"""The name of the file that lists sources rather than cards."""

UNREADABLE, REPEATED = "D00", "C02"
"""Codes of the table in ``cards/code.py``."""


class Root(NamedTuple):
    """Where deck files lie: a folder or one file. A root that is ``needed`` has to exist."""

    path: str
    strict: bool = False
    needed: bool = True


class Seen(NamedTuple):
    """A deck file as the file system shows it now."""

    path: str
    size: int
    mtime: int
    strict: bool


class _Read(NamedTuple):
    """A deck file after reading."""

    deck: Deck | None
    problems: list[Problem]
    sources: dict[str, str]
    digest: str


class Library:
    """The cards of this run; ``Library.open`` brings them up to date with the files."""

    def __init__(self, catalogue: Catalogue, parsed: int) -> None:
        self.catalogue = catalogue
        self.parsed = parsed
        """How many files had to be parsed to open it."""

    @classmethod
    def open(cls, store: Store, roots: list[Root]) -> Library:
        """The library of ``roots``; ``UserError`` if a needed one is missing or holds no deck."""
        seen = [file for root in roots for file in _files(root)]
        catalogue = Catalogue(store, [root.path for root in roots])
        known = catalogue.files()
        if [file[:3] for file in seen] == [row[1:4] for row in known]:
            return cls(catalogue, 0)
        with store.write():
            parsed = _refresh(catalogue, seen, catalogue.files())
        return cls(catalogue, parsed)

    def problems(self) -> list[Problem]:
        """What is wrong in the deck files, by file and place."""
        files = self.catalogue.files()
        return [problem for row in files if row.problems != "[]" for problem in _kept(row, files)]


def _kept(row: FileRow, files: list[FileRow]) -> list[Problem]:
    """The problems of a file, with paths as they are shown, also that of another file in one."""
    from json import loads

    from mlsd_cards.cards.problem import Problem

    kept = []
    for line, column, code, message, level in loads(row.problems):
        told = message
        for other in files if code == REPEATED else ():
            told = told.replace(f"{other.path}:", f"{shown(other.path)}:")
        kept.append(Problem(shown(row.path), line, column, code, told, level))
    return kept


def shown(path: str) -> str:
    """A path as it is shown: relative to the working folder when it lies below it."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return path
    return path if relative.startswith("..") else relative


def _files(root: Root) -> list[Seen]:
    """The deck files below a root, by name; hidden files and folders are passed over."""
    path = root.path
    if os.path.isfile(path):
        return [_seen(path, root.strict)]
    found: list[Seen] = []
    if os.path.isdir(path):
        _walk(path, root.strict, found)
    elif root.needed:
        raise UserError(f"{path} does not exist", "Name a deck file or a folder of deck files.")
    if root.needed and not found:
        raise UserError(
            f"no deck in {path}",
            "Deck files end in .yaml or .yml; name the folder that holds them.",
        )
    return found


def _walk(folder: str, strict: bool, found: list[Seen]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UserError(f"{folder} cannot be read: {error.strerror}") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            _walk(entry.path, strict, found)
        elif entry.name.endswith(SUFFIXES) and not os.path.isdir(entry.path):
            found.append(_seen(entry.path, strict))


def _seen(path: str, strict: bool) -> Seen:
    """A file as it is now. One that cannot be looked at, or is a pipe or a device, is found all the
    same: reading it will say what is wrong."""
    try:
        stat = os.stat(path)
    except OSError:
        return Seen(path, 0, 0, strict)
    if not S_ISREG(stat.st_mode):
        return Seen(path, 0, 0, strict)
    return Seen(path, stat.st_size, stat.st_mtime_ns, strict)


def _refresh(catalogue: Catalogue, seen: list[Seen], known: list[FileRow]) -> int:
    """Bring the rows up to date; how many files were parsed. Inside a transaction."""
    rows = {row.path: row for row in known}
    read = {
        file.path: _read(file)
        for file in seen
        if file.path not in rows or file[1:3] != rows[file.path][2:4]
    }
    # Which of two cards keeps an id that both claim depends on the order of all files: where that
    # is in question, everything is read anew.
    if _disputed(known) or _clash(catalogue, rows, read):
        read = {file.path: read.get(file.path) or _read(file) for file in seen}
    paths = {file.path for file in seen}
    for row in known:
        if row.path in read or row.path not in paths:
            catalogue.forget(row.id)
    files = {}
    for rank, file in enumerate(seen):
        if file.path in read:
            files[file.path] = catalogue.place(*file[:3], read[file.path].digest, rank)
        else:
            catalogue.touch(rows[file.path].id, file.size, file.mtime, rank)
    _shelve(catalogue, seen, files, read)
    return len(read)


def _read(file: Seen) -> _Read:
    """Parse one file; what cannot be read is a problem of the file, not of the run."""
    from json import dumps

    from mlsd_cards.cards.deck import load
    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.cards.source import load_sources

    try:
        data = _content(file.path)
    except OSError as error:
        problem = Problem(file.path, 0, 0, UNREADABLE, f"cannot be read: {error.strerror}")
        return _Read(None, [problem], {}, "")
    if os.path.basename(file.path) == SOURCES:
        sources, problems = load_sources(data, file.path)
        told = {key: dumps([one.citation(), one.line()]) for key, one in sources.items()}
        return _Read(None, problems, told, _digest(data))
    deck, problems = load(data, file.path, strict=file.strict)
    return _Read(deck, problems, {}, _digest(data))


def _content(path: str) -> bytes:
    """The bytes of a file; OSError for what is none, since reading a pipe might never end."""
    if not S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no ordinary file")
    with open(path, "rb") as file:
        return file.read()


def _digest(data: bytes) -> str:
    from hashlib import blake2b

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
    from mlsd_cards.cards.deck import repeated_ids

    in_order = [file for file in seen if file.path in read]
    decks = [deck for file in in_order if (deck := read[file.path].deck)]
    problems = [problem for one in read.values() for problem in one.problems]
    problems += repeated_ids(decks)
    ranks = {file.path: rank for rank, file in enumerate(seen)}
    taken: set[str] = set()
    cards = []
    for deck in decks:
        for index, (typed, line) in enumerate(deck.cards):
            card = _with_id(typed)
            if card.id not in taken:
                taken.add(card.id)
                position = ranks[deck.file] * RANK + index
                cards.append(_row(catalogue.library, files[deck.file], deck, card, line, position))
    sources = [
        (key, files[file.path], body)
        for file in in_order
        for key, body in read[file.path].sources.items()
    ]
    catalogue.shelve(cards, sources)
    for path, number in files.items():
        own = sorted(problem for problem in problems if problem.file == path)
        catalogue.keep_problems(number, [list(problem[1:]) for problem in own])


def _with_id(card: Card) -> Card:
    """The card itself, or, where its author gave no id, with one made of its text."""
    if card.note:
        return card
    from dataclasses import replace

    from mlsd_cards.cards.card import encode

    note = "t-" + _digest(encode(replace(card, topic="", tags=(), id="")).encode())[:12]
    return replace(card, note=note, id=note + card.id)


def _row(library: int, file: int, deck: Deck, card: Card, line: int, position: int) -> CardRow:
    from mlsd_cards.cards.card import encode

    body = encode(card)
    tags = "".join(f"\n{tag}" for tag in (*deck.tags, *card.tags)) + "\n"
    return CardRow(
        library, card.id, file, line, position, card.note, card.kind,
        deck.name, card.topic, tags, _digest(body.encode()), body,
    )  # fmt: skip
