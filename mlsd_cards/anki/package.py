"""A package for Anki: a collection with genanki's tables, note types and decks, in a zip.

genanki itself holds all notes in memory, gives each the time of the export, counts the cards of a
cloze wrongly and writes the collection uncompressed. So the rows are written here, as they come.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from genanki import Deck, Model
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from mlsd_cards.anki import notetype
from mlsd_cards.anki.revlog import Row
from mlsd_cards.anki.schedule import Standing

COLLECTION = "collection.anki2"
SEPARATOR = "\x1f"
"""Between two fields of a note; no deck can bring it."""

LEVEL = 1
"""Of compression: as fast as writing, and three quarters of the best."""

_BATCH = 1_000
_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, '', 0, 0, '')"
"""Anki makes the field to sort by and the checksum anew when it takes a note in."""

_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)"
_REVIEW = "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)"
_INDEX = APKG_SCHEMA.index("CREATE INDEX")


class Card(NamedTuple):
    """A card of a note: where it stands and how it came there."""

    ordinal: int
    standing: Standing
    rows: tuple[Row, ...] = ()


class Note(NamedTuple):
    """A note to be written; ``mod`` is when it changed, in seconds since 1970, ``fields`` are
    joined."""

    guid: str
    kind: str
    deck: str
    mod: int
    tags: str
    fields: str
    cards: tuple[Card, ...]


class Collection:
    """A collection being written into a new file. ``at`` is now, in seconds since 1970."""

    def __init__(self, path: Path, at: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")  # a half-made one is thrown away
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(APKG_SCHEMA[:_INDEX] + APKG_COL)
        self._connection.execute("BEGIN")
        self._at = at
        self._next = at * 1000
        self.kinds: set[str] = set()
        self.decks: dict[str, int] = {}
        self.notes = self.cards = self.reviews = 0

    def add(self, notes: Iterable[Note]) -> None:
        """Write the notes as they come, with their cards and reviews."""
        rest = iter(notes)
        while batch := list(islice(rest, _BATCH)):
            first = self._next + self.notes
            numbered = list(enumerate(batch, first))
            self._connection.executemany(_NOTE, map(self._note, numbered))
            self.notes += len(batch)
            self._connection.executemany(_CARD, self._cards(numbered))

    def close(self, settings: Mapping[str, Any], created: int, times: Mapping[str, int]) -> None:
        """Write what belongs to no note; ``times`` says when each kind's note type changed."""
        models = {}
        for kind in sorted(self.kinds):
            model = _Model(**notetype.shape(kind))
            models[model.model_id] = model.to_json(times[kind], 1)
        kept = self._connection.execute("SELECT conf, decks FROM col").fetchone()
        conf, decks = map(json.loads, kept)
        decks |= {str(id_): Deck(id_, name).to_json() for name, id_ in self.decks.items()}
        self._connection.execute(
            "UPDATE col SET crt = ?, mod = ?, scm = ?, conf = ?, models = ?, decks = ?",
            (created, self._at * 1000, self._at * 1000, json.dumps({**conf, **settings}),
             json.dumps(models), json.dumps(decks)),
        )  # fmt: skip
        self._connection.execute("COMMIT")
        self._connection.executescript(APKG_SCHEMA[_INDEX:])
        self._connection.close()

    def _note(self, numbered: tuple[int, Note]) -> tuple[Any, ...]:
        id_, note = numbered
        self.kinds.add(note.kind)
        model = notetype.model_id(note.kind)
        return id_, note.guid, model, note.mod, note.tags, note.fields

    def _cards(self, numbered: Iterable[tuple[int, Note]]) -> Iterator[tuple[Any, ...]]:
        for note_id, note in numbered:
            deck = self.decks.get(note.deck) or self.decks.setdefault(note.deck, deck_id(note.deck))
            for ordinal, standing, rows in note.cards:
                id_ = self._next + self.cards
                self.cards += 1
                last = next((row.id for row in reversed(rows) if row.ease), None)
                data = json.dumps({"lrt": last // 1000}) if last else ""  # the last review's time
                yield id_, note_id, deck, ordinal, note.mod, *standing, data
                for row in rows:
                    self._review(id_, row)

    def _review(self, card: int, row: Row) -> None:
        """A review; its id moves on while another has it."""
        id_, *rest = row
        while True:
            try:
                self._connection.execute(_REVIEW, (id_, card, *rest))
                break
            except sqlite3.IntegrityError:
                id_ += 1
        self.reviews += 1


class _Model(Model):  # type: ignore[misc]
    """A note type whose cards are counted by us, not by trying its template."""

    _req = ((0, "any", (0,)),)


def deck_id(name: str) -> int:
    """The same for the same name; Anki goes by the name anyway."""
    return int.from_bytes(blake2b(name.encode(), digest_size=6).digest()) + 2  # 1 is the default


def zipped(collection: Path, path: Path) -> None:
    """Pack a collection into a file that is there."""
    with path.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as package:
            package.write(collection, COLLECTION)
            package.writestr("media", "{}")
        stream.flush()
        os.fsync(stream.fileno())
