"""A library as rows: which of its cards are due, a card with its place and sources, the files.

Every start asks this of it; whatever else is asked has a module of its own beside this one.

The rows are a cache of the deck files. A card that is in no file any more has no row here and so is
retired in this library; its events and its state stay, and wait for it to come back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards import __version__
from mlsd_cards.store.database import Store

if TYPE_CHECKING:
    from mlsd_cards.cards.card import Card


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
    """What the agenda needs to know of a card; ``last`` is None for a card never reviewed, and only
    there ``stage`` is told."""

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
    stage: int = 0

    @property
    def level(self) -> int:
        """The difficulty, 1 to 3, of what is met at its stage."""
        return (self.stage - 1) % 3 + 1


class Filter(NamedTuple):
    """Which cards are meant: any of the decks (with those nested in them), any of the tags, any of
    the topics; an empty tuple means all."""

    decks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


EVERYTHING = Filter()
_SEEN = "state s CROSS JOIN card c INDEXED BY card_paper ON c.library = ? AND c.id = s.card"
"""In this order: from the few that are due to their cards, never from all cards to their states.
The index holds all that is asked of a card, but for tags."""

DAILY = "c.kind <> 'rubric'"
"""Rubrics belong to interviews. Counting what will be due leaves the test out: nobody can answer a
rubric, and it would cost a look at each row of a join that an index answers alone."""

FROM_SOURCES = "FROM source s JOIN deck_file f ON f.id = s.file WHERE s.library = ?"
FIRST_COUNTS = "s.line > 0, iif(s.line, f.rank, -f.rank)"
"""Of a key the last list of sources counts, else the first deck that brings it along."""

_CARD = "c.id, c.note, c.deck, c.topic, c.position"
_NEW = "0, 0, NULL, NULL, 0, 0"
"""Where a card stands that was never reviewed."""

_CANDIDATE = f"{_CARD}, s.due, s.interval, s.first, s.last, s.drill, s.repetitions"


class Catalogue:
    """The rows of one library in the store."""

    def __init__(self, store: Store, roots: list[str], marks: str) -> None:
        """``marks`` says how the roots are read: other marks are another library."""
        self.store = store
        self._connection = store.connection
        self.roots = roots
        self.marks = marks
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
        where, values = narrowed(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} "
            f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due <= ? AND {DAILY} "
            f"AND (s.buried IS NULL OR s.buried < ?) {where}",
            (self.library, day, day, *values),
        )
        return [_candidate(row) for row in rows]

    def seen(self, day: int, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """The cards that were ever reviewed, due or not, but for those put away on ``day``."""
        where, values = narrowed(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} "
            f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND {DAILY} "
            f"AND (s.buried IS NULL OR s.buried < ?) {where}",
            (self.library, day, *values),
        )
        return [_candidate(row) for row in rows]

    def unseen(
        self, day: int, wanted: Filter = EVERYTHING, *, staged: bool = False
    ) -> Iterator[Candidate]:
        """The cards never reviewed, in the order of learning, read as they are taken; if
        ``staged``, as a plan has them: what is less difficult first, and one's own before that."""
        stage = "c.stage, " if staged else ""
        where, values = narrowed(wanted)
        rows = self._connection.execute(
            f"SELECT {_CARD}, {_NEW}, c.stage FROM card c LEFT JOIN state s ON s.card = c.id "
            f"WHERE c.library = ? AND c.unseen = 1 AND {DAILY} AND ifnull(s.suspended, 0) = 0 "
            f"AND (s.buried IS NULL OR s.buried < ?) {where} "
            f"ORDER BY {stage}c.turn, c.position",
            (self.library, day, *values),
        )
        return map(Candidate._make, rows)

    def answered(self, day: int) -> list[Candidate]:
        """The cards that were reviewed on ``day``, also those put away since."""
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} WHERE s.last = ?", (self.library, day)
        )
        return [_candidate(row) for row in rows]

    def again(self, day: int, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """The cards reviewed on ``day`` that are still to be repeated; or on a later one, which it
        was further east or by a clock that was ahead."""
        where, values = narrowed(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM {_SEEN} WHERE s.last >= ? AND s.drill = 1 AND {DAILY} "
            f"AND s.suspended = 0 AND (s.buried IS NULL OR s.buried < ?) {where}",
            (self.library, day, day, *values),
        )
        return [_candidate(row) for row in rows]

    def every(self, wanted: Filter = EVERYTHING) -> list[Candidate]:
        """All cards of reviews that are not suspended, in the order of the library."""
        where, values = narrowed(wanted)
        rows = self._connection.execute(
            f"SELECT {_CANDIDATE} FROM card c LEFT JOIN state s ON s.card = c.id "
            f"WHERE c.library = ? AND {DAILY} AND ifnull(s.suspended, 0) = 0 {where} "
            "ORDER BY c.position",
            (self.library, *values),
        )
        return [_candidate(row) if row[5] is not None else Candidate(*row[:5]) for row in rows]

    def due_by(self, day: int, wanted: Filter = EVERYTHING) -> int:
        """How many cards will be due on ``day`` if nothing more is answered."""
        where, values = narrowed(wanted)
        row = self._connection.execute(
            f"SELECT count(*) FROM {_SEEN} "
            f"WHERE s.last IS NOT NULL AND s.suspended = 0 AND s.due <= ? {where}",
            (self.library, day, *values),
        ).fetchone()
        return int(row[0])

    # what a card is shown with

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

    def source(self, key: str) -> list[str] | None:
        """What a source is cited by, and all of it in a line."""
        return (self.kept(key) or [])[:2] or None

    def kept(self, key: str) -> list[str] | None:
        """A source as the intake kept it: what it is cited by, all of it in a line, its fields."""
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


def _reader() -> str:
    """What tells this program's way of reading decks from another's: its version, and, for those
    who work on it, when a file was last put among its own."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return f"{__version__} {os.stat(os.path.join(folder, 'cards')).st_mtime_ns}"


def _candidate(row: tuple[Any, ...]) -> Candidate:
    return Candidate._make((*row[:9], bool(row[9]), row[10], 0))


def narrowed(wanted: Filter) -> tuple[str, list[str]]:
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
