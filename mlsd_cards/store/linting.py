"""The library held to the rules of writing, once for each state of its files."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from json import dumps, loads
from typing import TYPE_CHECKING

from mlsd_cards import __version__
from mlsd_cards.cards.problem import Problem
from mlsd_cards.store import roster
from mlsd_cards.store.library import Library, shown

if TYPE_CHECKING:
    from mlsd_cards.cards.card import Card
    from mlsd_cards.cards.lint.rule import Note, Shelf
    from mlsd_cards.store.catalogue import Catalogue
    from mlsd_cards.store.watch import Watch


def linted(library: Library, beyond: Callable[[], Catalogue], watch: Watch) -> list[Problem]:
    """What the rules find, by file and place; read from the store where no file has changed.

    ``beyond`` is asked for the bundled cards and sources where the library names what it does not
    hold; what was found with its help is not kept, since it hangs on other files.
    """
    files = [(row.path, row.digest) for row in library.catalogue.files()]
    digest = blake2b(dumps([_rules(), *files]).encode(), digest_size=10).hexdigest()
    kept = _kept(library.catalogue)
    if not kept.startswith(digest):
        from mlsd_cards.cards.lint.lint import lint

        shelf = _shelf(library)
        whole = shelf.knowing(*_names(beyond())) if shelf.lacks_names() else shelf
        found = lint(whole, lambda notes: watch(notes, "Checking cards"))
        kept = digest + dumps([list(problem) for problem in found])
        if whole is shelf:
            _keep(library.catalogue, kept)
    return [Problem(shown(path), *rest) for path, *rest in loads(kept[len(digest) :])]


def _rules() -> str:
    """What tells these rules from another version's: the program's, and, for those who work on
    them, when a file of theirs was last written."""
    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "cards", "lint")
    written = (entry.stat().st_mtime_ns for entry in os.scandir(folder) if entry.is_file())
    return f"{__version__} {max(written)}"


def _shelf(library: Library) -> Shelf:
    """The notes of a library with what they may name."""
    from mlsd_cards.cards.card import decode
    from mlsd_cards.cards.lint.rule import Shelf, placed

    catalogue, strict = library.catalogue, library.strict
    rows = catalogue.store.connection.execute(
        "SELECT f.path, c.line, c.deck, c.kind, c.note, c.body FROM card c "
        "JOIN deck_file f ON f.id = c.file WHERE c.library = ? ORDER BY c.position, c.id",
        (catalogue.library,),
    )
    notes: dict[str, Note[Card]] = {}
    for path, line, deck, kind, note, body in rows:
        if note not in notes:
            notes[note] = placed(decode(kind, body), path, line, deck, strict=path in strict)
    return Shelf(tuple(notes.values())).knowing(*_names(catalogue))


def _names(catalogue: Catalogue) -> tuple[list[str], set[str], set[str]]:
    """The notes of a library, the keys of its sources, and who wrote these."""
    rows = catalogue.store.connection.execute(
        "SELECT key, json_extract(body, '$[3]') FROM source WHERE library = ?",
        (catalogue.library,),
    ).fetchall()
    authors = {name for _, names in rows for name in names.split(", ")}
    return roster.names(catalogue, "note"), {key for key, _ in rows}, authors


def _kept(catalogue: Catalogue) -> str:
    """What was found last, after the digest of the files; empty if nothing was."""
    find = "SELECT value FROM meta WHERE key = ?"
    row = catalogue.store.connection.execute(find, (_key(catalogue),)).fetchone()
    return str(row[0]) if row else ""


def _keep(catalogue: Catalogue, found: str) -> None:
    with catalogue.store.write():
        row = (_key(catalogue), found)
        catalogue.store.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", row)


def _key(catalogue: Catalogue) -> str:
    return f"lint {catalogue.library}"  # as Catalogue.prune has it
