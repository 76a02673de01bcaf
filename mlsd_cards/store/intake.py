"""Changed deck files, read and taken into the catalogue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from json import dumps
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.cards.card import encode
from mlsd_cards.cards.code import REPEATED
from mlsd_cards.cards.deck import Deck, load, repeated_ids
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.source import Listed, Source, load_sources
from mlsd_cards.cards.text import MAX_FILE
from mlsd_cards.store import whereabouts
from mlsd_cards.store.catalogue import Catalogue, FileRow, Seen
from mlsd_cards.store.naming import Register
from mlsd_cards.store.override import Place, is_override, override
from mlsd_cards.store.rows import OWN, RANK, enter, forget, keep_problems, order, shelve, touch

if TYPE_CHECKING:
    from mlsd_cards.schedule.day import Moment
    from mlsd_cards.store.watch import Watch

SOURCES = "sources.yaml"
"""The name of the file that lists sources rather than cards."""

UNREADABLE = "D00"
"""The code of a file that cannot be opened, in the table of ``cards/code.py``."""

UNKNOWN = -1
"""The size kept of a file that could not be read: it is tried again at every start."""


class CardRow(NamedTuple):
    """A card as the library holds it; ``tags``, ``body`` and ``requires`` as in the schema."""

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
    difficulty: int
    expected_s: int
    requires: str
    unseen: bool = True


class _Read(NamedTuple):
    """A deck file after reading."""

    deck: Deck | None
    problems: list[Problem]
    sources: Iterable[Listed]
    digest: str


def refresh(
    catalogue: Catalogue,
    seen: list[Seen],
    known: list[FileRow],
    moment: Callable[[], Moment],
    watch: Watch,
) -> int:
    """Bring the rows up to date; how many files were parsed. Inside a transaction.

    ``moment`` is asked for where the log has to keep which card a text is.
    """
    rows = {row.path: row for row in known}
    paths = {file.path for file in seen}
    gone = rows.keys() - paths
    new = [f for f in seen if f.path not in rows or f[1:3] != rows[f.path][2:4]]
    read = {file.path: _read(file) for file in watch(new, "Reading decks")}
    register = Register(catalogue, _before(catalogue, rows, {*read, *gone}), paths)
    # Which of two cards keeps an id that both claim depends on the order of all files: where that
    # is in question, everything is read anew.
    if (
        _disputed(known)
        or any(map(is_override, (*rows, *read)))
        or _clash(catalogue, rows, read, register)
    ):
        read = {file.path: read.get(file.path) or _read(file) for file in seen}
        register = Register(catalogue, _before(catalogue, rows, {*read, *gone}), paths)
    in_order = [read[file.path] for file in seen if file.path in read]
    decks, remarks = register.name([one.deck for one in in_order if one.deck], moment)
    decks, places, warnings = override(decks)
    for row in known:
        if row.path in read or row.path in gone:
            forget(catalogue, row.id)
    files = {}
    for rank, file in enumerate(seen):
        if file.path in read:
            digest = read[file.path].digest
            size = file.size if digest else UNKNOWN
            files[file.path] = enter(catalogue, file.path, size, file.mtime, digest, rank)
        else:
            touch(catalogue, rows[file.path].id, file.size, file.mtime, rank)
    ranks = {file.path: rank - (0 if file.strict else OWN) for rank, file in enumerate(seen)}
    cards = _rows(decks, places, catalogue.library, files, ranks)
    sources = [
        (listed.source.key, files[path], listed.line, _work(listed.source))
        for path, one in read.items()
        for listed in one.sources
    ]
    shelve(catalogue, (card._asdict() for card in cards), sources)
    order(catalogue)
    problems = [problem for one in in_order for problem in one.problems]
    _keep_problems(catalogue, files, problems + remarks + warnings + repeated_ids(decks))
    return len(read)


def _before(catalogue: Catalogue, rows: dict[str, FileRow], paths: set[str]) -> dict[str, str]:
    """The notes that these files held at the last look, and in which; of a file that is new to this
    library, what others saw in it."""
    known = [rows[path].id for path in paths if path in rows]
    elsewhere = whereabouts.elsewhere(catalogue, list(paths - rows.keys()))
    return elsewhere | whereabouts.notes(catalogue, known)


def _read(file: Seen) -> _Read:
    """Parse one file; what cannot be read is a problem of the file, not of the run."""
    try:
        data = content(file.path)
    except OSError as error:
        problem = Problem(file.path, 0, 0, UNREADABLE, f"cannot be read: {error.strerror}")
        return _Read(None, [problem], (), "")
    if _lists_sources(file.path):
        sources, problems = load_sources(data, file.path)
        return _Read(None, problems, [Listed(one, 0) for one in sources.values()], _digest(data))
    deck, problems = load(data, file.path, strict=file.strict)
    return _Read(deck, problems, deck.sources if deck else (), _digest(data))


def _lists_sources(path: str) -> bool:
    return os.path.basename(path) == SOURCES


def _work(source: Source) -> str:
    """A source as the library keeps it: what it is cited by, all of it in a line, its fields."""
    return dumps([source.citation(), source.line(), *source[1:]])


def content(path: str) -> bytes:
    """The bytes of a file, of one that is too large only so many that this shows; OSError for what
    is none, since reading a pipe might never end."""
    if not S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no ordinary file")
    with open(path, "rb") as file:
        return file.read(MAX_FILE + 1)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=10).hexdigest()


def _disputed(known: list[FileRow]) -> bool:
    """Whether any file was left with an id that another file has too."""
    return any(f'"{REPEATED}"' in row.problems for row in known)


def _clash(
    catalogue: Catalogue, rows: dict[str, FileRow], read: dict[str, _Read], register: Register
) -> bool:
    """Whether a file just read claims a note of a file that has not changed."""
    kept = [row.id for path, row in rows.items() if path not in read]
    new = register.likely_ids(one.deck for one in read.values() if one.deck)
    return bool(new) and not new.isdisjoint(whereabouts.notes(catalogue, kept))


def _rows(
    decks: list[Deck],
    places: dict[str, Place],
    library: int,
    files: dict[str, int],
    ranks: dict[str, int],
) -> Iterator[CardRow]:
    """The cards as the library keeps them, of an id given twice the first."""
    taken: set[str] = set()
    for deck in decks:
        for index, (card, line) in enumerate(deck.cards):
            if card.id in taken:
                continue
            taken.add(card.id)
            home, place = deck, index
            if is_override(deck.file) and card.note in places:
                home, place, _ = places[card.note]
            body = encode(card)
            tags = "".join(f"\n{tag}" for tag in (*home.tags, *card.tags)) + "\n"
            yield CardRow(
                library, card.id, files[deck.file], line, ranks[home.file] * RANK + place,
                card.note, card.kind, home.name, card.topic, tags, _digest(body.encode()), body,
                card.difficulty, card.expected_s, " ".join(card.requires),
            )  # fmt: skip


def _keep_problems(catalogue: Catalogue, files: dict[str, int], problems: list[Problem]) -> None:
    for path, number in files.items():
        own = sorted(problem for problem in problems if problem.file == path)
        keep_problems(catalogue, number, [list(problem[1:]) for problem in own])
