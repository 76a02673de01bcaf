"""A damaged store set aside, and a new one made of every event that can still be read."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from errno import ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM
from typing import NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.store import backup, file, salvage
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge

ASIDE = "damaged-"
"""What the folders of stores that were set aside begin with; behind it stands when."""

BESIDE = ("", "-wal", "-shm")
"""The files of a store, by the ends of their names."""


_PENDING = 0x40000000
"""The byte of an SQLite file that everybody locks for a moment who begins to use it."""

_INDEX_IN_USE = 128
"""The byte of the index of a log that everybody keeps locked who has the store open."""


class Mended(NamedTuple):
    """What came of it: how many events could be read in the damaged store, how many more the
    backups had and how many of these were sound, and where the damaged files lie now."""

    read: int
    added: int
    copies: int
    aside: str


def mend(home: str, moment: str) -> Mended:
    """Make a new store of what can be read of the one in ``home``, of those that were set aside
    before and of all backups. ``moment`` (ISO, local) names the folder for the damaged files.

    The new store takes the old one's place in a single step: after a crash either is there.
    """
    path = os.path.join(home, file.NAME)
    workshop = os.path.join(home, f"mending-{os.getpid()}")
    old = [path, *_set_aside(home)]
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # it may be gone, and its log not
        store = Store.open(workshop)
        try:
            read = merge(store, _all(old))
            copies = [copy.path for copy in backup.copies(home) if is_sound(copy.path)]
            added = merge(store, _all(copies))
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            store.close()
        with _alone(path) as held:
            aside = _keep_aside(home, path, moment, held)
            os.replace(os.path.join(workshop, file.NAME), path)
        read += _late(home, os.path.join(aside, file.NAME))
    except OSError as error:
        raise UserError(f"{home} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Mended(read, added, len(copies), aside)


@contextmanager
def _alone(path: str) -> Iterator[ExitStack]:
    """Let no one write to the store at ``path``, where it can still be locked, and no one begin to
    use it: a log that they made beside it would be taken for that of the one in its place. What is
    opened of its files meanwhile goes into the stack: closing any would give up the locks."""
    with closing(sqlite3.connect(path, timeout=file.PATIENCE_S, isolation_level=None)) as store:
        with suppress(sqlite3.DatabaseError):
            if os.path.getsize(path):  # beside an empty file SQLite throws the log away
                store.execute("BEGIN IMMEDIATE")
        with ExitStack() as held:
            stream = held.enter_context(open(path, "r+b"))
            fcntl.lockf(stream, fcntl.LOCK_EX, 1, _PENDING)
            yield held


def _late(home: str, path: str) -> int:
    """Take in what was written to the old store at ``path`` until another took its place."""
    store = Store.open(home)
    try:
        return merge(store, _all([path]))
    finally:
        store.close()


def give_up_log(path: str) -> bool:
    """Go on without a log that was deleted; whether one was. ``UserError`` if a review still has it
    open and will save what is in it."""
    if not file.has_lost_log(path):
        return False
    index = f"{path}-shm"
    with open(index, "r+b") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _INDEX_IN_USE)
        except OSError:
            file.check_log(path)
            return False
        os.unlink(index)
    return True


def bring_back(store: Store, home: str) -> dict[str, int]:
    """Take in what any sound copy in the home has and the store has not; how many events of which.

    Not of the newest alone: a store that was emptied has newer copies with less in them.
    """
    added = {}
    for copy in backup.copies(home):
        if is_sound(copy.path) and (count := merge(store, salvage.lacking(store, copy.path))):
            added[copy.path] = count
    return added


def _all(paths: Iterable[str]) -> Iterator[Event]:
    for path in paths:
        if os.path.exists(path):
            yield from salvage.events(path)


def is_sound(path: str) -> bool:
    """Whether the file is a store or a copy of one in which nothing is damaged."""
    with suppress(sqlite3.OperationalError):
        return salvage.damage(path) is None
    return False


def _set_aside(home: str) -> list[str]:
    """The stores that were set aside before."""
    folders = sorted(name for name in os.listdir(home) if name.startswith(ASIDE))
    return [os.path.join(home, folder, file.NAME) for folder in folders]


def _name_too(path: str, other: str, held: ExitStack) -> None:
    """A further name of the file, or a copy of it where the disk knows no such names."""
    try:
        os.link(path, other)
    except OSError as error:
        if error.errno not in {EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP}:
            raise
        source = held.enter_context(open(path, "rb"))  # noqa: SIM115 - closed with the others
        with open(other, "xb") as target:
            shutil.copyfileobj(source, target)
        shutil.copystat(path, other)


def _keep_aside(home: str, path: str, moment: str, held: ExitStack) -> str:
    """Put the damaged files into a folder of their own, and the log that SQLite would replay over
    a new store out of the way. The store itself stays until it is replaced."""
    folder = backup.free(os.path.join(home, ASIDE + moment.replace(":", "-")))
    os.mkdir(folder, 0o700)
    for end in BESIDE:
        if os.path.exists(path + end):
            _name_too(path + end, os.path.join(folder, file.NAME + end), held)
    for end in reversed(BESIDE[1:]):  # an index alone would say that its log was lost
        with suppress(FileNotFoundError):
            os.unlink(path + end)
    return folder
