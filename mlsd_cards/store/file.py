"""The store's file on the disk: made for the user alone, checked, brought up to date, explained.

A file of a newer version is refused, a file of somebody else's is left alone, and before a
migration a copy is kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_ISDIR, S_ISREG
from time import monotonic, sleep, strftime
from typing import NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.store import schema

NAME = "cards.db"
MEND = "`mlsd-cards doctor` sets it aside and makes a new one of all that it and the backups hold."
"""What to do about a damaged store."""

PATIENCE_S = 30.0
"""How long a write waits for another program's, before it gives up."""


CACHE_KIB = 40 * 1024
"""At most so many KiB of pages are kept in memory, as Anki does: a page that is asked for again is
not read again, and a large merge changes most pages once instead of over and over."""


@contextmanager
def told(path: str, copied: str | None = None) -> Iterator[None]:
    """Turn what SQLite raises into words for the person; a copy of a damaged store is damaged."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        source = copied if copied and "malformed" in str(error) else path
        raise UserError(*words(error, source)) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction, begun by taking the lock; an exception takes all of it back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def words(error: sqlite3.DatabaseError, path: str) -> tuple[str, str]:
    """What happened to the file at ``path``, and what to do."""
    text = str(error)
    kept = "Everything answered before this is kept."
    for sign, what, remedy in (
        (
            "not a database",
            f"{path} is not a store of mlsd-cards",
            f"{MEND} Or name another home with --home.",
        ),
        ("malformed", f"{path} is damaged", MEND),
        ("readonly", f"{path} cannot be written", f"Check the permissions of its folder. {kept}"),
        (
            "unable to open",
            f"{path} cannot be opened",
            "Check that its folder exists and is yours, or name another with --home.",
        ),
        (
            "full",
            f"the disk is full: {path} could not be written",
            f"Make room and answer again. {kept}",
        ),
        ("disk I/O", f"{path} could not be read or written: {text}", f"Check the disk. {kept}"),
        (
            "locked",
            f"another program has been holding {path} for {PATIENCE_S:.0f} s",
            f"Close it and try again. {kept}",
        ),
    ):
        if sign in text:
            return what, remedy
    return f"{path}: {text}", kept


class Identity(NamedTuple):
    """What tells a store and its log from others that are put in their places: device and inode of
    each, None for what is not there."""

    store: tuple[int, int] | None = None
    log: tuple[int, int] | None = None


def identity(path: str) -> Identity:
    """The files that are at their places now."""
    return Identity(inode(path), inode(f"{path}-wal"))


def inode(path: str) -> tuple[int, int] | None:
    """Device and inode of a file."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def taken_away(path: str) -> tuple[str, str]:
    """What to say where the file that is open is not the one at its path any more: SQLite would
    write on, and it would be lost."""
    return (
        f"{path} or its log {NAME}-wal was moved, deleted or replaced meanwhile",
        "Leave, see that it is there, and start again.",
    )


def is_orphaned(path: str) -> bool:
    """Whether the store was moved or emptied and its log was not, which SQLite would throw away."""
    return _size(f"{path}-wal") > 0 and _size(path) == 0  # in this order: a new one has no log yet


def has_lost_log(path: str) -> bool:
    """Whether the log of the store was deleted. Its index is the last to come and the first to go,
    so it is never there alone; two looks at it, since another may be leaving and a third coming."""
    index = inode(f"{path}-shm")
    if index is None or os.path.exists(f"{path}-wal") or not _size(path):
        return False
    return inode(f"{path}-shm") == index


def check_log(path: str) -> None:
    """``UserError`` if the log of the store was deleted, before SQLite makes an empty one."""
    if has_lost_log(path):
        raise UserError(
            f"{path}-wal is gone, which may have held the latest answers",
            "Leave every review that is open: it saves them. If none is, put the file back; "
            "`mlsd-cards doctor` goes on without it.",
        )


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def connect(path: str, tries: int = 5) -> tuple[sqlite3.Connection, Identity]:
    """A connection to the store at ``path``, up to date, and what it is connected to; made if there
    is none, for the user alone.

    ``UserError`` if it cannot be made, opened, or is not ours to open.
    """
    home = os.path.dirname(path)
    check_plain(path)
    if is_orphaned(path):
        raise UserError(
            f"{path} is gone or empty, but {path}-wal is there, which may hold answers",
            "Put it back where it was, or `mlsd-cards doctor` makes a new one of what is left "
            f"and of the backups. To begin anew instead, delete {path}-wal too.",
        )
    check_log(path)
    try:
        _make_folders(home)
        _make(path)
    except OSError as error:
        why = "is no folder" if os.path.isfile(home) else f"cannot be written: {error.strerror}"
        raise UserError(
            f"the home {home} {why}",
            "Name another with --home or MLSD_CARDS_HOME, or mend its permissions.",
        ) from error
    before = inode(path)
    with told(path):
        connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
        try:
            prepare(connection, path)
            if inode(f"{path}-wal") is None:
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # which makes it
        except sqlite3.DatabaseError:  # maybe of the old store with the log of the new one
            connection.close()
            if inode(path) == before or not tries:
                raise
            return connect(path, tries - 1)
    there = identity(path)
    if there.store == before or not tries:  # there are disks that number a file anew at each look
        return connection, there
    connection.close()  # `doctor` has just put another in its place
    return connect(path, tries - 1)


def check_plain(path: str) -> None:
    """``UserError`` if something else than a file stands where the program keeps one."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return
    if not S_ISREG(mode):
        what = "a folder" if S_ISDIR(mode) else "no ordinary file"
        raise UserError(
            f"{path} is {what}, and mlsd-cards keeps a file there",
            "Move it away, or name another home with --home.",
        )


def _make_folders(path: str) -> None:
    """Make a folder, and those above it that are missing, each for the user alone."""
    if not os.path.isdir(path):
        if above := os.path.dirname(path):
            _make_folders(above)
        with suppress(FileExistsError):
            os.mkdir(path, 0o700)


def _make(path: str) -> None:
    """Make the file if there is none. One that is there is only looked at: closing any handle of it
    would give up the locks that this process has on it, and another would take itself for the last.
    """
    if not os.access(path, os.R_OK | os.W_OK):  # the system says why, or makes it
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Check that the file is ours and not newer than we are; bring it up to date."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if _version(connection, path) < schema.VERSION:
        # Two programs may start on a fresh home at once: what counts is what the lock shows.
        with transaction(connection):
            _migrate(connection, path)
    _write_ahead(connection)


def _version(connection: sqlite3.Connection, path: str) -> int:
    """The version of the file, 0 if it is empty; ``UserError`` if it is not for us to open."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    if not ours and (version or connection.execute("SELECT 1 FROM sqlite_master").fetchone()):
        # Another program may have made it between these two looks.
        if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise UserError(
                f"{path} is another program's database, not a store of mlsd-cards",
                "Move it away, or name another home with --home.",
            )
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > schema.VERSION:
        raise UserError(
            f"{path} was written by a newer mlsd-cards (version {version}, ours {schema.VERSION})",
            "Update mlsd-cards; nothing has been changed.",
        )
    return version


def _migrate(connection: sqlite3.Connection, path: str) -> None:
    """Run the migrations that the file has not had yet. Inside a transaction."""
    version = _version(connection, path)
    if 0 < version < schema.VERSION:
        _keep_copy(path, version)
    for script in schema.MIGRATIONS[version:]:
        for statement in schema.statements(script):
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once. The switch, done once in the life of a file, does not wait for
    other programs by itself."""
    deadline = monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            sleep(0.01)


def _keep_copy(path: str, version: int) -> None:
    """A copy of the file as it was, among the backups, before a migration touches it."""
    from mlsd_cards.store import backup

    home = os.path.dirname(path)
    backup.make(path, backup.before_migration(home, strftime("%Y-%m-%d"), version))
    backup.thin(home)


def device(connection: sqlite3.Connection, path: str) -> str:
    """This device's name in the log: random, and a new one when the home was copied elsewhere.

    A copy is known by the file's inode and the machine's name. Two homes that shared a device
    would both go on from its last event, and their answers could no longer be told apart.
    """
    here = f"{os.uname().nodename}:{os.stat(path).st_ino}"
    find = "SELECT key, value FROM meta WHERE key IN ('device', 'place')"
    rows = dict(connection.execute(find))
    if rows.get("place") == here:
        return str(rows["device"])
    with transaction(connection):
        rows = dict(connection.execute(find))  # another window may have been first
        if rows.get("place") != here:
            rows = {"device": os.urandom(5).hex(), "place": here}
            connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows.items())
    return str(rows["device"])
