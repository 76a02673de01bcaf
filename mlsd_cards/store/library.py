"""The deck files of a run: found, and taken in again only where they changed.

A library is made of roots, in this order: the bundled decks, then the home's ``decks`` folder; or,
instead of both, what ``--decks`` names. Every root set has its own rows in the store, so looking at
another library takes nothing away from this one.
"""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.store.catalogue import Catalogue, FileRow, Seen
from mlsd_cards.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlsd_cards.cards.problem import Problem
    from mlsd_cards.schedule.day import Moment
    from mlsd_cards.store.watch import Watch

SUFFIXES = (".yaml", ".yml")


class Root(NamedTuple):
    """Where deck files lie: a folder or one file. A root that is ``needed`` has to exist."""

    path: str
    strict: bool = False
    needed: bool = True


class Library:
    """The cards of this run; ``Library.open`` brings them up to date with the files."""

    def __init__(self, catalogue: Catalogue, parsed: int, seen: list[Seen]) -> None:
        self.catalogue = catalogue
        self._seen = seen
        self.parsed = parsed
        """How many files had to be parsed to open it."""

    @classmethod
    def open(
        cls,
        store: Store,
        roots: list[Root],
        moment: Callable[[], Moment],
        watch: Watch = lambda items, _: items,
    ) -> Library:
        """The library of ``roots``; ``UserError`` if a needed one is missing or holds no deck.

        ``moment`` is asked for where the log has to keep which card an edited text is; ``watch``
        passes on the files that are read.
        """
        seen = _all(roots)
        catalogue = Catalogue(store, [root.path for root in roots], _marks(roots))
        known = catalogue.files()
        if [file[:3] for file in seen] == [row[1:4] for row in known]:
            return cls(catalogue, 0, seen)
        from mlsd_cards.store.intake import refresh
        from mlsd_cards.store.rows import prune

        with store.write():  # what was seen before the lock may be old news by now
            seen = _all(roots)
            parsed = refresh(catalogue, seen, catalogue.files(), moment, watch)
            prune(catalogue)
        return cls(catalogue, parsed, seen)

    @property
    def strict(self) -> frozenset[str]:
        """The paths of the files that must have all that a bundled deck has."""
        return frozenset(file.path for file in self._seen if file.strict)

    def news(self) -> list[Problem]:
        """What became of edited cards, if files were read only now."""
        return [one for one in self.problems() if one.code[0] == "I"] if self.parsed else []

    def problems(self) -> list[Problem]:
        """What is wrong in the deck files, by file and place."""
        files = self.catalogue.files()
        kept = [problem for row in files if row.problems != "[]" for problem in _kept(row, files)]
        return kept + _rivals(self.catalogue)


def _marks(roots: list[Root]) -> str:
    """Which of the roots are strict, a letter each."""
    return "".join("s" if root.strict else "-" for root in roots)


def _kept(row: FileRow, files: list[FileRow]) -> list[Problem]:
    """The problems of a file, with paths as they are shown, also that of another file in one."""
    from json import loads

    from mlsd_cards.cards.code import REPEATED
    from mlsd_cards.cards.problem import Problem

    kept = []
    for line, column, code, message, level in loads(row.problems):
        told = message
        for other in files if code == REPEATED else ():
            told = told.replace(f"{other.path}:", f"{shown(other.path)}:")
        kept.append(Problem(shown(row.path), line, column, code, told, level))
    return kept


def _rivals(catalogue: Catalogue) -> list[Problem]:
    """A note at each source of a deck whose key means another work in this library."""
    from mlsd_cards.cards.problem import Problem

    counts: dict[str, tuple[str, str]] = {}
    found = []
    for key, path, line, body in catalogue.disputed():
        other, work = counts.setdefault(key, (path, body))
        if line and work != body:
            message = f"{key} is another work in {shown(other)}, which counts: choose another key"
            found.append(Problem(shown(path), line, 1, "S02", message, "note"))
    return found


def shown(path: str) -> str:
    """A path as it is shown: relative to the working folder when it lies below it."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return path
    return path if relative.startswith("..") else relative


def _all(roots: list[Root]) -> list[Seen]:
    """The deck files of all roots in order, each once."""
    return list({file.path: file for root in roots for file in _files(root)}.values())


def _files(root: Root) -> list[Seen]:
    """The deck files below a root, by name; hidden files and folders are passed over."""
    path = root.path
    if os.path.isfile(path):
        return [_seen(path, root.strict)]
    found: list[Seen] = []
    if os.path.isdir(path):
        _walk(path, root.strict, found)
    elif root.needed:
        raise UserError(f"{path} does not exist", "Name a deck file or a folder of deck files.")
    if root.needed and not found:
        raise UserError(
            f"no deck in {path}",
            "Deck files end in .yaml or .yml; name the folder that holds them.",
        )
    return found


def _walk(folder: str, strict: bool, found: list[Seen]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UserError(f"{folder} cannot be read: {error.strerror}") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            _walk(entry.path, strict, found)
        elif entry.name.endswith(SUFFIXES) and not os.path.isdir(entry.path):
            # a name that is no text leads nowhere, and is reported like a file that is gone
            name = entry.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            found.append(_seen(name, strict))


def _seen(path: str, strict: bool) -> Seen:
    """A file as it is now. One that cannot be looked at, or is a pipe or a device, is found all the
    same: reading it will say what is wrong."""
    try:
        stat = os.stat(path)
    except OSError:
        return Seen(path, 0, 0, strict)
    if not S_ISREG(stat.st_mode):
        return Seen(path, 0, 0, strict)
    return Seen(path, stat.st_size, stat.st_mtime_ns, strict)
