"""What can still be read of a log: of a sound store or copy by SQL, of a damaged one by pages."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from mlsd_cards.errors import UserError
from mlsd_cards.store import ledger, pages, schema
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.database import Store
from mlsd_cards.store.file import check_plain, is_orphaned
from mlsd_cards.store.log import REVIEWED, Event

BATCH = 10_000

_WORDS = {
    "not a database": "it does not begin as a store does",
    "malformed": "some of its pages are broken",
}
"""What SQLite raises, by a word in it, as a person would say it."""


def damage(path: str) -> str | None:
    """What is wrong with the file as a store, in a few words; None if nothing is.

    ``sqlite3.OperationalError`` if it cannot be looked at: no permission, no such file, a bad disk.
    """
    check_plain(path)
    if is_orphaned(path):
        return "its file is empty, its log is not"
    try:
        with closing(_reading(path)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                return "it is not a store of mlsd-cards"
            if not _has_log(connection):
                return "it has no table of events"
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return None if told == "ok" else f"its pages do not fit together ({_first(told)})"
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return next((words for sign, words in _WORDS.items() if sign in str(error)), str(error))


def _first(told: str) -> str:
    """The finding in what an integrity check tells: its first line may be a heading."""
    return told.removeprefix("*** in database main ***").strip().partition("\n")[0]


def _has_log(connection: sqlite3.Connection) -> bool:
    """Whether the events are a table of data, and nothing that computes them without end."""
    kind = connection.execute("SELECT type FROM sqlite_master WHERE name = 'event'").fetchone()
    computed = connection.execute("SELECT 1 FROM pragma_table_xinfo('event') WHERE hidden")
    return kind == ("table",) and computed.fetchone() is None


def events(path: str) -> Iterator[Event]:
    """All events that a store or a copy of one holds, damaged or not; some may come twice."""
    return kept(path) if damage(path) is None else salvaged(path)


def kept(path: str) -> Iterator[Event]:
    """The events of a sound store or copy; ``UserError`` if a newer program wrote it."""
    with closing(_reading(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.VERSION:
            raise UserError(
                f"{path} was written by a newer mlsd-cards (version {version}, ours "
                f"{schema.VERSION})",
                "Update mlsd-cards; nothing has been changed.",
            )
        rows = connection.execute(f"SELECT {schema.EVENT} FROM event")
        while batch := list(islice(rows, BATCH)):
            yield from _sound(batch)


def lacking(store: Store, path: str) -> list[Event]:
    """The events of a sound copy that the store has not."""
    store.connection.execute("ATTACH ? AS copy", (path,))
    try:
        rows = store.connection.execute(
            f"SELECT {schema.EVENT} FROM copy.event c WHERE NOT EXISTS (SELECT 1 FROM main.event e "
            "WHERE (e.card, e.time, e.device, e.uid) = (c.card, c.time, c.device, c.uid))"
        )
        return [Event._make(row) for row in rows]
    finally:
        store.connection.execute("DETACH copy")


def answers(path: str) -> int:
    """How many answers a sound store or copy has, those taken back included."""
    with closing(_reading(path)) as connection:
        count = "SELECT count(*) FROM event WHERE kind = ?"
        return int(connection.execute(count, (REVIEWED,)).fetchone()[0])


def has_more(path: str, store: Store) -> bool:
    """Whether a copy has more answers than the store; a damaged one is not counted."""
    with suppress(sqlite3.DatabaseError):
        return answers(path) > ledger.answers(store)
    return False


def salvaged(path: str) -> Iterator[Event]:
    """The events that can be read in a damaged store, whatever is left of it; some come twice."""
    yield from _sound(one for one in pages.records(path) if len(one) == len(Event._fields))


def _sound(rows: Iterable[Sequence[Any]]) -> Iterator[Event]:
    """The events among the rows; anybody may have written the file."""
    for row in rows:
        try:
            yield admitted(dict(zip(Event._fields, row, strict=True)))
        except ValueError:
            continue


def _reading(path: str) -> sqlite3.Connection:
    """A connection that changes nothing in the file."""
    uri = f"{Path(path).absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        if os.path.exists(f"{path}-wal"):
            raise
        # No file can be made beside it, so nobody writes to it either: it is what it is.
        connection = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
    return connection
