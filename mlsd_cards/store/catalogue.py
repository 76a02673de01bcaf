"""What a library holds, as rows: its files, cards and sources, and which cards are due in it.

The rows are a cache of the deck files. A card that is in no file any more has no row here and so is
retired in this library; its events and its state stay, and wait for it to come back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards import __version__
from mlsd_cards.store.database import Store

if TYPE_CHECKING:
    from mlsd_cards.cards.card import Card
    from mlsd_cards.cards.source import Source
    from mlsd_cards.store.entry import Entry

RANK = 1 << 32
"""Positions of one file's cards lie between its rank times this and the next."""

OWN = 1 << 20
"""By so many ranks the cards of a person's own files stand before the bundled ones: who wrote a
card yesterday does not want to meet it after all that ships with the program."""


class FileRow(NamedTuple):
    """A deck file as it was when it was last read; ``problems`` is JSON."""

    id: int
    path: str
    size: int
    mtime: int
    digest: str
    rank: int
    problems: str


class Seen(NamedTuple):
    """A deck file as the file system shows it now."""

    path: str
    size: int
    mtime: int
    strict: bool


class Found(NamedTuple):
    """A card with its place: what a session shows and an editor opens. ``tags`` are those of the
    card and of its deck."""

    card: Card
    deck: str
    path: str
    line: int
    tags: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """What the agenda needs to know of a card; ``last`` is None for a card never reviewed."""

    card: str
    note: str
    deck: str
    topic: str
    position: int
    due: int = 0
    interval: int = 0
    first: int | None = None
    last: int | None = None
    drill: bool = False
    repetitions: int = 0


class Filter(NamedTuple):
    """Which cards are meant: any of the decks (with those nested in them), any of the tags, any of
    the topics; an empty tuple means all."""

    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


EVERYTHING = Filter()
_SEEN = "state s CROSS JOIN card c ON c.library = ? AND c.id = s.card"
"""In this order: from the few that are due to their cards, never from all cards to their states."""

_DAILY = "c.kind <> 'rubric'"
"""Rubrics belong to interviews. Counting what will be due leaves the test out: nobody can answer a
rubric, and it would cost a look at each row of a join that an index answers alone."""

FROM_SOURCES = "FROM source s JOIN deck_file f ON f.id = s.file WHERE s.library = ?"
FIRST_COUNTS = "s.line > 0, iif(s.line, f.rank, -f.rank)"
"""Of a key the last list of sources counts, else the first deck that brings it along."""

_CARD = "c.id, c.note, c.deck, c.topic, c.position"
_CANDIDATE = f"{_CARD}, s.due, s.interval, s.first, s.last, s.drill, s.repetitions"


class Catalogue:
    """The rows of one library in the store."""

    def __init__(self, store: Store, roots: list[str], marks: str) -> None:
        """``marks`` says how the roots are read: other marks are another library."""
        self.store = store
        self._connection = store.connection
        self._roots = roots
        self._marks = marks
        self.library = self._number("\n".join([f"{_reader()} {marks}", *roots]))

    def _number(self, roots: str) -> int:
        find = "SELECT id FROM library WHERE roots = ?"
        row = self._connection.execute(find, (roots,)).fetchone()
        if row is None:
            with self.store.write():
                self._connection.execute(
                    "INSERT OR IGNORE INTO library (roots) VALUES (?)", (roots,)
                )
            row = self._connection.execute(find, (roots,)).fetchone()
        return int(row[0])

    # what the agenda asks

    def due(self, day: int, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """The cards whose due day has come."""
        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} "
            f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due <= ? AND {_DAILY} "
            f"AND (s.buried IS NULL OR s.buried < ?) {where}",
            (self.library, day, day, *values),
        )
        return [_candidate(row) for row in rows]

    def unseen(self, day: int, wanted: Filter = EVERYTHING) -> Iterator[Candidate]:
        """The cards never reviewed, in the order of the library, read as they are taken."""
        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM card c LEFT JOIN state s ON s.card = c.id "
            f"WHERE c.library = ? AND c.unseen = 1 AND {_DAILY} AND ifnull(s.suspended, 0) = 0 "
            f"AND (s.buried IS NULL OR s.buried < ?) {where} ORDER BY c.position",
            (self.library, day, *values),
        )
        return (Candidate(*row[:5]) for row in rows)

    def answered(self, day: int) -> list[Candidate]:
        """The cards that were reviewed on ``day``, also those put away since."""
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} WHERE s.last = ?", (self.library, day)
        )
        return [_candidate(row) for row in rows]

    def again(self, day: int, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """The cards reviewed on ``day`` that are still to be repeated."""
        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} WHERE s.last = ? AND s.drill = 1 AND {_DAILY} "
            f"AND s.suspended = 0 AND (s.buried IS NULL OR s.buried < ?) {where}",
            (self.library, day, day, *values),
        )
        return [_candidate(row) for row in rows]

    def every(self, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """All cards of reviews that are not suspended, in the order of the library."""
        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM card c LEFT JOIN state s ON s.card = c.id "
            f"WHERE c.library = ? AND {_DAILY} AND ifnull(s.suspended, 0) = 0 {where} "
            "ORDER BY c.position",
            (self.library, *values),
        )
        return [_candidate(row) if row[5] is not None else Candidate(*row[:5]) for row in rows]

    # what a paper asks

    def entries(self, wanted: Filter = EVERYTHING, *, wrong: bool = False) -> list[Entry]:
        """All cards that can stand in a quiz: no rubrics, and none that is suspended.

        Wrong answers are counted only if ``wrong``, which takes a query of its own.
        """
        from mlsd_cards.store.entry import COLUMNS, Entry

        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM card c LEFT JOIN state s ON s.card = c.id "
            f"WHERE c.library = ? AND {_DAILY} AND ifnull(s.suspended, 0) = 0 {where}",
            (self.library, *values),
        )
        failed = self._wrong() if wrong else {}
        return [
            Entry._make((*row[:7], tuple(row[7].split()), *row[8:], failed.get(row[0], 0)))
            for row in rows
        ]

    def _wrong(self) -> dict[str, int]:
        """How often each card was answered wrong; what was taken back does not count."""
        from mlsd_cards.store.schema import WRONG

        rows = self._connection.execute(
            f"SELECT card, count(*) FROM event WHERE {WRONG} AND uid NOT IN "
            "(SELECT json_extract(payload, '$.event') FROM event WHERE kind = 'undone') "
            "GROUP BY card"
        )
        return dict(rows.fetchall())

    def due_by(self, day: int, wanted: Filter = EVERYTHING) -> int:
        """How many cards will be due on ``day`` if nothing more is answered."""
        where, values = _where(wanted)
        row = self._connection.execute(
            f"SELECT count(*) FROM {_SEEN} "
            f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due <= ? {where}",
            (self.library, day, *values),
        ).fetchone()
        return int(row[0])

    # single cards and names

    def find(self, card: str) -> Found | None:
        """The card of that id with its place, or None if the library does not hold it."""
        from mlsd_cards.cards.card import decode

        row = self._connection.execute(
            "SELECT c.kind, c.body, c.deck, f.path, c.line, c.tags FROM card c "
            "JOIN deck_file f ON f.id = c.file WHERE c.library = ? AND c.id = ?",
            (self.library, card),
        ).fetchone()
        if row is None:
            return None
        tags = tuple(dict.fromkeys(row[5].strip("\n").split("\n"))) if row[5].strip() else ()
        return Found(decode(row[0], row[1]), row[2], row[3], row[4], tags)

    def cards_of(self, note: str) -> list[str]:
        """The ids of a note's cards, in order."""
        rows = self._connection.execute(
            "SELECT id FROM card WHERE library = ? AND id >= ? AND id < ? AND note = ? "
            "ORDER BY position",
            (self.library, note, note + ";", note),  # ';' follows ':', so the range holds them all
        )
        return [row[0] for row in rows]

    def cards_at(self, path: str, line: int | None = None) -> list[str]:
        """The ids of the cards of the note that stands in that line of a file; without a line, of
        all notes."""
        rows = self._connection.execute(
            "SELECT c.id FROM deck_file f JOIN card c ON c.file = f.id "
            "WHERE f.library = ? AND f.path = ? AND c.line = ifnull(?, c.line) ORDER BY c.position",
            (self.library, path, line),
        )
        return [row[0] for row in rows]

    def ids(self, wanted: Filter = EVERYTHING) -> list[str]:
        """All cards, put away or not, in the order of the library."""
        where, values = _where(wanted)
        rows = self._connection.execute(
            f"SELECT c.id FROM card c WHERE c.library = ? {where} ORDER BY c.position",
            (self.library, *values),
        )
        return [row[0] for row in rows]

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the cards of a kind, in the order of the library."""
        rows = self._connection.execute(
            "SELECT id FROM card WHERE library = ? AND kind = ? ORDER BY position",
            (self.library, kind),
        )
        return [row[0] for row in rows]

    def bodies_in_order(
        self, wanted: Filter = EVERYTHING
    ) -> Iterator[tuple[str, str, str, str, str]]:
        """Note, kind, deck, tags and body of all cards, put away or not, in the order of the
        library, read as they are taken."""
        where, values = _where(wanted)
        return self._connection.execute(
            "SELECT c.note, c.kind, c.deck, c.tags, c.body FROM card c "
            f"WHERE c.library = ? {where} ORDER BY c.position",
            (self.library, *values),
        )

    def names(self, column: str) -> list[str]:
        """All values of ``id``, ``note``, ``deck``, ``topic`` or ``tags`` in the library."""
        if column not in {"id", "note", "deck", "topic", "tags"}:
            raise ValueError(column)
        rows = self._connection.execute(
            f"SELECT DISTINCT {column} FROM card WHERE library = ?", (self.library,)
        )
        return [row[0] for row in rows]

    def size(self) -> int:
        """How many cards the library holds."""
        count = "SELECT count(*) FROM card WHERE library = ?"
        return int(self._connection.execute(count, (self.library,)).fetchone()[0])

    def cards_below(self, path: str) -> int:
        """How many cards stand in a file, or in the files of a folder."""
        below = path.rstrip("/") + "/"
        row = self._connection.execute(
            "SELECT count(*) FROM card c JOIN deck_file f ON f.id = c.file "
            "WHERE c.library = ? AND (f.path = ? OR substr(f.path, 1, ?) = ?)",
            (self.library, path, len(below), below),
        ).fetchone()
        return int(row[0])

    def source(self, key: str) -> list[str] | None:
        """What a source is cited by, and all of it in a line."""
        return (self._source(key) or [])[:2] or None

    def work(self, key: str) -> Source | None:
        """The source of that key."""
        from mlsd_cards.cards.source import Source

        kept = self._source(key)
        return Source(key, *kept[2:]) if kept else None

    def works(self) -> list[Source]:
        """Every source, by key."""
        keys = self._connection.execute(
            "SELECT DISTINCT key FROM source WHERE library = ? ORDER BY key", (self.library,)
        ).fetchall()
        return [work for (key,) in keys if (work := self.work(key))]

    def _source(self, key: str) -> list[str] | None:
        from json import loads

        row = self._connection.execute(
            f"SELECT s.body {FROM_SOURCES} AND s.key = ? ORDER BY {FIRST_COUNTS} LIMIT 1",
            (self.library, key),
        ).fetchone()
        return list(loads(row[0])) if row else None

    def disputed(self) -> list[tuple[str, str, int, str]]:
        """Every source (key, path, line, body) whose key a deck brings along, those that count
        before the others; ``line`` is 0 in a list of sources."""
        return self._connection.execute(
            f"SELECT s.key, f.path, s.line, s.body {FROM_SOURCES} AND s.key IN "
            f"(SELECT key FROM source WHERE library = ? AND line > 0) ORDER BY {FIRST_COUNTS}",
            (self.library, self.library),
        ).fetchall()

    # files

    def files(self) -> list[FileRow]:
        """The files that the library was last read from, in the order of the library."""
        rows = self._connection.execute(
            "SELECT id, path, size, mtime, digest, rank, problems FROM deck_file "
            "WHERE library = ? ORDER BY rank",
            (self.library,),
        )
        return [FileRow._make(row) for row in rows]

    def files_of(self, deck: str) -> list[str]:
        """The paths of the files that hold cards of exactly that deck, in order."""
        rows = self._connection.execute(
            "SELECT path FROM deck_file f WHERE library = ? AND EXISTS "
            "(SELECT 1 FROM card WHERE file = f.id AND deck = ?) ORDER BY rank",
            (self.library, deck),
        )
        return [row[0] for row in rows]

    def notes(self, files: list[int]) -> dict[str, str]:
        """The notes whose cards stand in those files, and the path of the file of each."""
        rows = self._connection.execute(
            "SELECT DISTINCT c.note, f.path FROM deck_file f JOIN card c ON c.file = f.id "
            "WHERE f.id IN (SELECT value FROM json_each(?))",
            (str(files),),
        )
        return dict(rows.fetchall())

    def elsewhere(self, paths: list[str]) -> dict[str, str]:
        """The same for files by their path, as other libraries saw them last."""
        from json import dumps

        rows = self._connection.execute(
            "SELECT DISTINCT c.note, f.path FROM deck_file f JOIN card c ON c.file = f.id "
            "WHERE f.path IN (SELECT value FROM json_each(?)) AND f.library <> ?",
            (dumps(paths), self.library),
        )
        return dict(rows.fetchall())

    def contents(self, file: int) -> list[tuple[str, str, str]]:
        """Note, kind and body of every card of a file."""
        return self._connection.execute(
            "SELECT note, kind, body FROM card WHERE file = ?", (file,)
        ).fetchall()

    def bodies(self, notes: list[str]) -> list[tuple[str, str, str]]:
        """Note, kind and body of one card of each note, as any library saw it last."""
        from json import dumps

        rows = self._connection.execute(
            "SELECT note, kind, body, max(library = ?) FROM card "
            "WHERE note IN (SELECT value FROM json_each(?)) GROUP BY note",
            (self.library, dumps(notes)),
        )
        return [row[:3] for row in rows]

    def forget(self, file: int) -> None:
        """Drop a file with its cards and sources. Inside a transaction."""
        for table, column in (("card", "file"), ("source", "file"), ("deck_file", "id")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))

    def prune(self) -> None:
        """Drop what nobody looks at again: the rows of libraries whose files and folders are all
        gone, and those of this one as an older program read it. Inside a transaction."""
        rows = self._connection.execute(
            "SELECT id, roots FROM library WHERE id <> ?", (self.library,)
        ).fetchall()
        for number, roots in rows:
            head, *paths = roots.split("\n")
            is_this = paths == self._roots and head.split(" ")[2:] in ([], [self._marks])
            if is_this or not any(map(os.path.lexists, paths)):
                for table in ("card", "source", "deck_file"):
                    self._connection.execute(f"DELETE FROM {table} WHERE library = ?", (number,))
                self._connection.execute("DELETE FROM library WHERE id = ?", (number,))
                self._connection.execute("DELETE FROM meta WHERE key = ?", (f"lint {number}",))

    def place(self, path: str, size: int, mtime: int, digest: str, rank: int) -> int:
        """A new row for a file, without cards yet; its id. Inside a transaction."""
        cursor = self._connection.execute(
            "INSERT INTO deck_file (library, path, size, mtime, digest, rank, problems) "
            "VALUES (?, ?, ?, ?, ?, ?, '[]')",
            (self.library, path, size, mtime, digest, rank),
        )
        return int(cursor.lastrowid or 0)

    def touch(self, file: int, size: int, mtime: int, rank: int) -> None:
        """Note that a file was looked at, and where it now stands. Inside a transaction."""
        self._connection.execute(
            "UPDATE card SET position = position "
            "+ (? - (SELECT rank FROM deck_file WHERE id = ?)) * ? WHERE file = ?",
            (rank, file, RANK, file),
        )
        self._connection.execute(
            "UPDATE deck_file SET size = ?, mtime = ?, rank = ? WHERE id = ?",
            (size, mtime, rank, file),
        )

    def keep_problems(self, file: int, problems: list[Any]) -> None:
        """Keep what is wrong with a file. Inside a transaction."""
        from json import dumps

        self._connection.execute(
            "UPDATE deck_file SET problems = ? WHERE id = ?", (dumps(problems), file)
        )

    def shelve(
        self, cards: Iterable[dict[str, Any]], sources: Iterable[tuple[str, int, int, str]]
    ) -> None:
        """Add cards (by column) and sources (key, file, line, JSON). Inside a transaction."""
        from sqlite_utils import Database

        database = Database(self._connection)
        database.table("card").insert_all(cards)
        database.table("source").insert_all(
            (
                {"library": self.library, "key": key, "file": file, "line": line, "body": body}
                for key, file, line, body in sources
            )
        )
        self._connection.execute(
            "UPDATE card SET unseen = 0 WHERE unseen = 1 AND library = ? AND EXISTS "
            "(SELECT 1 FROM state WHERE state.card = card.id AND last IS NOT NULL)",
            (self.library,),
        )


def _reader() -> str:
    """What tells this program's way of reading decks from another's: its version, and, for those
    who work on it, when a file was last put among its own."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return f"{__version__} {os.stat(os.path.join(folder, 'cards')).st_mtime_ns}"


def _candidate(row: tuple[Any, ...]) -> Candidate:
    return Candidate._make((*row[:9], bool(row[9]), row[10]))


def _where(wanted: Filter) -> tuple[str, list[str]]:
    """The SQL of a filter, to be added to a WHERE, and its values."""
    clauses: list[str] = []
    values: list[str] = []
    for test, names, times in (
        ("(c.deck = ? OR substr(c.deck, 1, length(?) + 2) = ? || '::')", wanted.decks, 3),
        ("instr(c.tags, char(10) || ? || char(10)) > 0", wanted.tags, 1),
        ("c.topic = ?", wanted.topics, 1),
    ):
        if names:
            clauses.append("AND (" + " OR ".join([test] * len(names)) + ")")
            values += [name for name in names for _ in range(times)]
    return " ".join(clauses), values
