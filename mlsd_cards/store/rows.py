"""The rows of a library, written: its files with their cards and sources."""

from __future__ import annotations

import os
from collections.abc import Iterable
from json import dumps
from typing import Any

from sqlite_utils import Database

from mlsd_cards.cards.turn import Place, delayed, raised
from mlsd_cards.store.catalogue import Catalogue
from mlsd_cards.store.kept_count import TOPICS

RANK = 1 << 32
"""Positions of one file's cards lie between its rank times this and the next."""

OWN = 1 << 20
"""By so many ranks the cards of a person's own files stand before the bundled ones: who wrote a
card yesterday does not want to meet it after all that ships with the program."""


STAGE = "difficulty - 3 * (position < 0)"
"""The stage of a card by itself: its difficulty, a person's own before all others."""


def enter(catalogue: Catalogue, path: str, size: int, mtime: int, digest: str, rank: int) -> int:
    """A new row for a file, without cards yet; its id. Inside a transaction."""
    cursor = catalogue.store.connection.execute(
        "INSERT INTO deck_file (library, path, size, mtime, digest, rank, problems) "
        "VALUES (?, ?, ?, ?, ?, ?, '[]')",
        (catalogue.library, path, size, mtime, digest, rank),
    )
    return int(cursor.lastrowid or 0)


def touch(catalogue: Catalogue, file: int, size: int, mtime: int, rank: int) -> None:
    """Note that a file was looked at, and where it now stands. Inside a transaction."""
    catalogue.store.connection.execute(
        "UPDATE card SET position = position "
        "+ (? - (SELECT rank FROM deck_file WHERE id = ?)) * ? WHERE file = ?",
        (rank, file, RANK, file),
    )
    catalogue.store.connection.execute(
        "UPDATE deck_file SET size = ?, mtime = ?, rank = ? WHERE id = ?",
        (size, mtime, rank, file),
    )


def keep_problems(catalogue: Catalogue, file: int, problems: list[Any]) -> None:
    """Keep what is wrong with a file. Inside a transaction."""
    catalogue.store.connection.execute(
        "UPDATE deck_file SET problems = ? WHERE id = ?", (dumps(problems), file)
    )


def shelve(
    catalogue: Catalogue,
    cards: Iterable[dict[str, Any]],
    sources: Iterable[tuple[str, int, int, str]],
) -> None:
    """Add cards (by column) and sources (key, file, line, JSON). Inside a transaction."""
    database = Database(catalogue.store.connection)
    database.table("card").insert_all(cards)
    database.table("source").insert_all(
        (
            {"library": catalogue.library, "key": key, "file": file, "line": line, "body": body}
            for key, file, line, body in sources
        )
    )
    catalogue.store.connection.execute(
        "UPDATE card SET unseen = 0 WHERE unseen = 1 AND library = ? AND EXISTS "
        "(SELECT 1 FROM state WHERE state.card = card.id AND last IS NOT NULL)",
        (catalogue.library,),
    )


def order(catalogue: Catalogue) -> None:
    """Give each card its turn among the new ones and its stage, and drop what was summed up of the
    cards as they were. Inside a transaction."""
    connection = catalogue.store.connection
    connection.execute("DELETE FROM meta WHERE key = ?", (f"{TOPICS}{catalogue.library}",))
    rows = connection.execute(
        f"SELECT note, min(position), requires, {STAGE} FROM card WHERE library = ? "
        "GROUP BY note ORDER BY 2",
        (catalogue.library,),
    )
    places = {note: Place(at, requires.split(), stage) for note, at, requires, stage in rows}
    connection.execute(
        f"UPDATE card SET turn = position, stage = {STAGE} WHERE library = ? "
        f"AND (turn <> position OR stage <> {STAGE})",
        (catalogue.library,),
    )
    for column, moved in (("turn", delayed(places)), ("stage", raised(places))):
        connection.executemany(
            f"UPDATE card SET {column} = ? WHERE library = ? AND id >= ? AND id < ? AND note = ?",
            ((value, catalogue.library, note, f"{note};", note) for note, value in moved.items()),
        )


def forget(catalogue: Catalogue, file: int) -> None:
    """Drop a file with its cards and sources. Inside a transaction."""
    for table, column in (("card", "file"), ("source", "file"), ("deck_file", "id")):
        catalogue.store.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))


def prune(catalogue: Catalogue) -> None:
    """Drop what nobody looks at again: the rows of libraries whose files and folders are all
    gone, and those of this one as an older program read it. Inside a transaction."""
    rows = catalogue.store.connection.execute(
        "SELECT id, roots FROM library WHERE id <> ?", (catalogue.library,)
    ).fetchall()
    for number, roots in rows:
        head, *paths = roots.split("\n")
        is_this = paths == catalogue.roots and head.split(" ")[2:] in ([], [catalogue.marks])
        if is_this or not any(map(os.path.lexists, paths)):
            for table in ("card", "source", "deck_file"):
                catalogue.store.connection.execute(
                    f"DELETE FROM {table} WHERE library = ?", (number,)
                )
            catalogue.store.connection.execute("DELETE FROM library WHERE id = ?", (number,))
            catalogue.store.connection.execute(
                "DELETE FROM meta WHERE key IN (?, ?)", (f"lint {number}", f"{TOPICS}{number}")
            )
