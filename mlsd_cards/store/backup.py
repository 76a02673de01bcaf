"""Copies of the store in the home, made by SQLite's own backup, checked, and thinned out with age.

A copy is a whole store in one file. One is made on every study day on which something was done, one
after each run that did much, one before each migration, and one whenever the person asks; only the
last kind stays until deleted.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from stat import S_ISREG
from typing import NamedTuple

from mlsd_cards.errors import UserError

FOLDER = "backups"

DAY, LATEST, MIGRATION, HAND = "day", "latest", "migration", "hand"
_NAMES = {
    DAY: re.compile(r"(\d{4}-\d\d-\d\d)\.db"),
    LATEST: re.compile(r"(\d{4}-\d\d-\d\d)-latest\.db"),
    MIGRATION: re.compile(r"(\d{4}-\d\d-\d\d)-before-version-\d+\.db"),
    HAND: re.compile(r"(\d{4}-\d\d-\d\d)T\d\d-\d\d-\d\d(?:-\d+)?\.db"),
}

DAYS, WEEKS, LATESTS, MIGRATIONS = 5, 4, 2, 2
"""So many of the last days' copies stay, of each of so many weeks before them the last, so many of
the latest of a day, and so many of those before a migration."""

MUCH, SMALL = 10, 100_000_000
"""A run that changed so many rows (some four answers) did much; a store of fewer bytes is copied
before anybody notices."""


class Copy(NamedTuple):
    """A copy: the day in its name (ISO), why it was made, when (ns), its file and size in bytes."""

    day: str
    why: str
    made: int
    path: str
    size: int


def folder(home: str) -> str:
    """Where the copies of a home lie."""
    return os.path.join(home, FOLDER)


def check_folder(home: str) -> None:
    """``UserError`` if something else stands where the copies go, or they cannot be looked at."""
    path = folder(home)
    if os.path.lexists(path) and not os.path.isdir(path):
        raise UserError(f"{path} is no folder", "Move it away: that is where copies go.")
    if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):
        raise UserError(f"{path} cannot be read", "Mend its permissions.")


def copies(home: str) -> list[Copy]:
    """The copies in the home, the newest first; other files are passed over."""
    try:
        names = os.listdir(folder(home))
    except OSError:
        return []
    found = []
    for name in names:
        for why, form in _NAMES.items():
            if match := form.fullmatch(name):
                path = os.path.join(folder(home), name)
                with suppress(OSError):
                    stat = os.stat(path)
                    if S_ISREG(stat.st_mode):
                        found.append(Copy(match[1], why, stat.st_mtime_ns, path, stat.st_size))
    return sorted(found, key=lambda copy: (copy.made, copy.day), reverse=True)


def of_day(home: str, day: str) -> str:
    """The path of the copy of a study day (ISO)."""
    return os.path.join(folder(home), f"{day}.db")


def due(home: str, day: str, changed: int, size: int) -> str | None:
    """The path of the copy to be made after a run on a study day (ISO) that changed so many rows of
    a store of that size; None if none is. The first of a day is never written over: a store that
    was emptied and used again would take its place."""
    first = of_day(home, day)
    if changed and not os.path.exists(first):
        return first
    latest = os.path.join(folder(home), f"{day}-latest.db")
    return latest if changed >= MUCH and size < SMALL else None


def before_migration(home: str, day: str, version: int) -> str:
    """The path of a copy made before a store of that version is changed."""
    return os.path.join(folder(home), f"{day}-before-version-{version}.db")


def by_hand(home: str, moment: str) -> str:
    """A free path for a copy made at that local time (ISO to the second)."""
    return free(os.path.join(folder(home), moment.replace(":", "-")), ".db")


def free(stem: str, end: str = "") -> str:
    """A path at which there is nothing: ``stem`` and ``end``, with a number between if need be."""
    path, number = stem + end, 2
    while os.path.lexists(path):
        path, number = f"{stem}-{number}{end}", number + 1
    return path


def make(source: str, target: str) -> None:
    """Copy the store at ``source`` into the file ``target``, for the user alone, whatever others
    write meanwhile. The copy is checked; if anything is wrong, no file is left and the error raised
    (of SQLite or the system) says what."""
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    beside = f"{target}.{os.getpid()}.new"
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(_existing(source)) as old, closing(sqlite3.connect(beside)) as new:
            new.execute("PRAGMA synchronous = FULL")
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # in one file, for every reader
            if new.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("database disk image is malformed")
        with open(beside, "rb") as file:
            os.fsync(file.fileno())
        os.replace(beside, target)
    finally:
        for left in (beside, f"{beside}-journal"):
            with suppress(OSError):
                os.unlink(left)


def _existing(source: str) -> sqlite3.Connection:
    """A connection that makes no file. Beside a new, empty one SQLite would throw away the log of
    the store that was moved, and with it answers that are nowhere else."""
    from pathlib import Path

    if not os.path.getsize(source):
        raise sqlite3.DatabaseError("database disk image is malformed")
    return sqlite3.connect(f"{Path(source).absolute().as_uri()}?mode=rw", uri=True)


def thin(home: str) -> None:
    """Delete the copies that age has made needless."""
    mine = copies(home)
    days = [copy for copy in mine if copy.why == DAY]
    recent = days[:DAYS]
    weeks = {_week(copy.day): "" for copy in recent}
    for copy in days[DAYS:]:
        weeks.setdefault(_week(copy.day), copy.path)
    older = [path for path in weeks.values() if path]
    kept = {copy.path for copy in recent} | set(older[:WEEKS])
    for why, most in ((LATEST, LATESTS), (MIGRATION, MIGRATIONS)):
        kept.update([copy.path for copy in mine if copy.why == why][:most])
    for copy in mine:
        if copy.why != HAND and copy.path not in kept:
            with suppress(OSError):
                os.unlink(copy.path)


def _week(day: str) -> tuple[int, int]:
    from datetime import date

    try:
        return date.fromisoformat(day).isocalendar()[:2]
    except ValueError:
        return (0, 0)
