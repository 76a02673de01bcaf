"""The words of a library's cards, kept in a file of their own so that a search reads no deck.

``search.db`` is a cache: it is made at the first search, made anew when the cards are no longer
those that it was made of, and may be deleted at any time. It holds the library that was searched
last.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from hashlib import blake2b
from typing import Any, NamedTuple

from mlsd_cards import __version__
from mlsd_cards.cards.card import DELETION, Card
from mlsd_cards.store.catalogue import Catalogue
from mlsd_cards.store.file import PATIENCE_S, check_plain, told

NAME = "search.db"

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")

_APART = {field.name for field in fields(Card)}.union(
    ("generator", "params", "pinned", "check", "unit", "tolerance", "scoring")
)
"""What a card's file says beside its answer, or has a column for; all other texts are answers."""


class Entry(NamedTuple):
    """A card as it is searched; ``about`` is deck, topic, tags and the keys of its sources."""

    id: str
    prompt: str
    answer: str
    explanation: str
    about: str


def words(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, without accents."""
    if not text.isascii():
        from unicodedata import normalize

        text = _MARKS.sub("", normalize("NFD", text))
    return _WORD.findall(text.lower())


def entry(id_: str, deck: str, tags: str, body: dict[str, Any]) -> Entry:
    """What is searched of a card: its row's columns, and its body read from JSON."""
    answers = _texts([value for name, value in body.items() if name not in _APART])
    about = [deck, body["topic"], *tags.split("\n"), *body["sources"]]
    return Entry(
        id_,
        DELETION.sub(r"\2", body["prompt"]),
        "\n".join(answers),
        body["explanation"],
        " ".join(filter(None, about)),
    )


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@contextmanager
def opened(home: str, catalogue: Catalogue) -> Iterator[sqlite3.Connection]:
    """The index of the catalogue's cards, in step with them, for as long as one search lasts."""
    path = os.path.join(home, NAME)
    check_plain(path)
    try:
        connection = _in_step(path, catalogue)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            with told(path):
                raise
        os.unlink(path)  # damaged, or made by an SQLite that knows more: it is only a cache
        with told(path):
            connection = _in_step(path, catalogue)
    try:
        yield connection
    finally:
        connection.execute("COMMIT")
        connection.close()


def _in_step(path: str, catalogue: Catalogue) -> sqlite3.Connection:
    """A connection in a transaction, so that nobody changes the index before it was searched."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
    try:
        stamp = _stamp(connection, catalogue)
        connection.execute("BEGIN")
        if _kept(connection) != stamp:
            connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            if _kept(connection) != stamp:
                _build(connection, catalogue, stamp)
    except BaseException:
        connection.close()
        raise
    return connection


def has_fts(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite can rank texts; without, all of them are read."""
    find = "SELECT 1 FROM pragma_module_list WHERE name = 'fts5'"
    return connection.execute(find).fetchone() is not None


def is_ranked(connection: sqlite3.Connection) -> bool:
    """Whether the index was made with FTS5."""
    return str(_kept(connection)).startswith("fts5 ")


def _stamp(connection: sqlite3.Connection, catalogue: Catalogue) -> str:
    """A digest of everything that the index would be made of."""
    rows = catalogue.store.connection.execute(
        "SELECT id, digest, deck, tags FROM card WHERE library = ? ORDER BY position",
        (catalogue.library,),
    )
    digest = blake2b("\0".join("\n".join(row) for row in rows).encode(), digest_size=16)
    return f"{'fts5' if has_fts(connection) else 'like'} {__version__} {digest.hexdigest()}"


def _kept(connection: sqlite3.Connection) -> str | None:
    """The stamp of what the index was made of, or None if it was not made."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'made_of'").fetchone() is None:
        return None
    row = connection.execute("SELECT stamp FROM made_of").fetchone()
    return str(row[0]) if row else None


def _build(connection: sqlite3.Connection, catalogue: Catalogue, stamp: str) -> None:
    """Make all tables anew. Inside a transaction."""
    columns = ", ".join(Entry._fields)
    ranked = f"USING fts5({columns}, tokenize = 'porter unicode61 remove_diacritics 2')"
    is_ranked = stamp.startswith("fts5 ")
    for table in ("made_of", "entry", "word"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(
        f"CREATE VIRTUAL TABLE entry {ranked}" if is_ranked else f"CREATE TABLE entry ({columns})"
    )
    connection.execute("CREATE TABLE word (word TEXT PRIMARY KEY, cards INT) WITHOUT ROWID")
    connection.execute("CREATE TABLE made_of (stamp TEXT)")
    entries = list(_entries(catalogue))
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", entries)
    connection.executemany("INSERT INTO word VALUES (?, ?)", _counted(entries).items())
    connection.execute("INSERT INTO made_of VALUES (?)", (stamp,))


def _entries(catalogue: Catalogue) -> Iterator[Entry]:
    from json import loads

    rows = catalogue.store.connection.execute(
        "SELECT id, deck, tags, body FROM card WHERE library = ? ORDER BY position",
        (catalogue.library,),
    )
    return (entry(id_, deck, tags, loads(body)) for id_, deck, tags, body in rows)


def _counted(entries: Iterable[Entry]) -> Counter[str]:
    """In how many cards each word stands."""
    counts: Counter[str] = Counter()
    for one in entries:
        counts.update(set(words(" ".join(one))))
    return counts
