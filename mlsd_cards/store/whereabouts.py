"""Which cards and notes stand in which files of a library."""

from __future__ import annotations

from json import dumps

from mlsd_cards.store.catalogue import Catalogue

_NOTES = "SELECT DISTINCT c.note, f.path FROM deck_file f JOIN card c ON c.file = f.id"


def files_of(catalogue: Catalogue, deck: str) -> list[str]:
    """The paths of the files that hold cards of exactly that deck, in order."""
    rows = catalogue.store.connection.execute(
        "SELECT path FROM deck_file f WHERE library = ? AND EXISTS "
        "(SELECT 1 FROM card WHERE file = f.id AND deck = ?) ORDER BY rank",
        (catalogue.library, deck),
    )
    return [row[0] for row in rows]


def cards_at(catalogue: Catalogue, path: str, line: int | None = None) -> list[str]:
    """The ids of the cards of the note that stands in that line of a file; without a line, of
    all notes."""
    rows = catalogue.store.connection.execute(
        "SELECT c.id FROM deck_file f JOIN card c ON c.file = f.id "
        "WHERE f.library = ? AND f.path = ? AND c.line = ifnull(?, c.line) ORDER BY c.position",
        (catalogue.library, path, line),
    )
    return [row[0] for row in rows]


def cards_below(catalogue: Catalogue, path: str) -> int:
    """How many cards stand in a file, or in the files of a folder."""
    below = path.rstrip("/") + "/"
    row = catalogue.store.connection.execute(
        "SELECT count(*) FROM card c JOIN deck_file f ON f.id = c.file "
        "WHERE c.library = ? AND (f.path = ? OR substr(f.path, 1, ?) = ?)",
        (catalogue.library, path, len(below), below),
    ).fetchone()
    return int(row[0])


def notes(catalogue: Catalogue, files: list[int]) -> dict[str, str]:
    """The notes whose cards stand in those files, and the path of the file of each."""
    rows = catalogue.store.connection.execute(
        f"{_NOTES} WHERE f.id IN (SELECT value FROM json_each(?))",
        (str(files),),
    )
    return dict(rows.fetchall())


def elsewhere(catalogue: Catalogue, paths: list[str]) -> dict[str, str]:
    """The same for files by their path, as other libraries saw them last."""
    rows = catalogue.store.connection.execute(
        f"{_NOTES} WHERE f.path IN (SELECT value FROM json_each(?)) AND f.library <> ?",
        (dumps(paths), catalogue.library),
    )
    return dict(rows.fetchall())


def contents(catalogue: Catalogue, file: int) -> list[tuple[str, str, str]]:
    """Note, kind and body of every card of a file."""
    return catalogue.store.connection.execute(
        "SELECT note, kind, body FROM card WHERE file = ?", (file,)
    ).fetchall()


def bodies(catalogue: Catalogue, notes: list[str]) -> list[tuple[str, str, str]]:
    """Note, kind and body of one card of each note, as any library saw it last."""
    rows = catalogue.store.connection.execute(
        "SELECT note, kind, body, max(library = ?) FROM card "
        "WHERE note IN (SELECT value FROM json_each(?)) GROUP BY note",
        (catalogue.library, dumps(notes)),
    )
    return [row[:3] for row in rows]
