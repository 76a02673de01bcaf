"""The library held to the rules of writing, once for each state of its files."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from json import dumps, loads
from typing import TYPE_CHECKING

from mlsd_cards.cards.problem import Problem
from mlsd_cards.store.library import Library, shown

if TYPE_CHECKING:
    from mlsd_cards.cards.lint.rule import Shelf
    from mlsd_cards.store.catalogue import Catalogue


def linted(library: Library, beyond: Callable[[], Catalogue]) -> list[Problem]:
    """What the rules find, by file and place; read from the store where no file has changed.

    ``beyond`` is asked for the bundled cards and sources where the library names what it does not
    hold; what was found with its help is not kept, since it hangs on other files.
    """
    catalogue = library.catalogue
    files = [(row.path, row.digest, row.path in library.strict) for row in catalogue.files()]
    digest = blake2b(dumps(files).encode(), digest_size=10).hexdigest()
    kept = catalogue.kept_lint()
    if not kept.startswith(digest):
        from mlsd_cards.cards.lint.lint import lint

        shelf = _shelf(library)
        whole = shelf.knowing(*_names(beyond())) if shelf.lacks_names() else shelf
        kept = digest + dumps([list(problem) for problem in lint(whole)])
        if whole is shelf:
            catalogue.keep_lint(kept)
    return [Problem(shown(path), *rest) for path, *rest in loads(kept[len(digest) :])]


def _shelf(library: Library) -> Shelf:
    """The notes of a library with what they may name."""
    from mlsd_cards.cards.card import decode
    from mlsd_cards.cards.lint.rule import Shelf, placed

    notes, taken = [], set()
    for path, line, deck, kind, note, body in library.catalogue.written():
        if note not in taken:
            taken.add(note)
            strict = path in library.strict
            notes.append(placed(decode(kind, body), path, line, deck, strict=strict))
    return Shelf(tuple(notes)).knowing(taken, *_names(library.catalogue)[1:])


def _names(catalogue: Catalogue) -> tuple[set[str], set[str], set[str]]:
    """The notes of a library, the keys of its sources, and who wrote these."""
    works = [(key, loads(body)) for key, body in catalogue.works()]
    authors = {name for _, work in works for name in work[3].split(", ")}
    return set(catalogue.names("note")), {key for key, _ in works}, authors
