"""The collection in a package of Anki, whoever made it, opened to be read only.

A package is a zip with one collection in up to three forms, of which only the best is whole: beside
it lies a stub that tells an old Anki to update. No name in the zip is ever used as a path, nothing
is unpacked but the collection, and that into a folder of our own that goes away again.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mlsd_cards.errors import UserError

INNER = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The forms of a collection, the best first; the first is compressed with zstd."""

META, NEWEST_PACKAGE = "meta", 3
"""The file that says which form a package is of, and the last form known."""

SCHEMAS = range(1, 19)
"""Versions of a collection whose cards and reviews are as they are today."""

MOST = 2 << 30
"""Bytes of the largest collection that is unpacked."""

SMALL, MOST_FOLD = 64 << 20, 100
"""A collection of more bytes than this that shrank more than so many times is made to fill a disk:
real ones shrink three to ten times."""

CHUNK = 1 << 20

COMPUTED = re.compile(r"\bAS\s*\(")
"""A column that is no data but a program."""
SQLITE = b"SQLite format 3\0"
AGAIN = "Export it from Anki once more: File, Export, .colpkg or .apkg."

METHODS = (ZIP_STORED, ZIP_DEFLATED)
"""How Anki packs; other ways want more memory, and fail in ways of their own."""

_DAMAGE = (
    *(BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError),
    OverflowError,
)
"""What reading a zip raises that is none, or is one of a kind that nobody makes."""


class Collection:
    """An open collection; ``path`` is that of its package."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection = connection
        self._path = path

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query; ``UserError`` where the file is damaged."""
        try:
            yield from self._connection.execute(query)
        except (sqlite3.Error, ValueError) as error:  # of names that are no text too
            raise UserError(f"{self._path} is damaged: {error}", AGAIN) from error


@contextmanager
def opened(path: str) -> Iterator[Collection]:
    """The collection of a package, for reading. ``UserError`` for all that is no whole package."""
    with TemporaryDirectory(prefix="mlsd-cards-") as folder:  # which nobody else may look into
        made = Path(folder, "collection")
        _unpack(path, made)
        connection = _open(made)
        try:
            made_of = Collection(connection, path)
            _check(made_of, path)
            yield made_of
        finally:
            connection.close()


def _unpack(path: str, made: Path) -> None:
    """Write the collection of the package to ``made``."""
    _look(path)
    try:
        with ZipFile(path) as package, made.open("wb") as out:
            entry = _best(package, path)
            _measure(entry, path)
            with package.open(entry) as stream:
                _copy(_reader(entry, stream), out, path)
    except _DAMAGE as error:
        raise UserError(f"{path} is no whole package of Anki", AGAIN) from error
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}", AGAIN) from error
    if not _is_whole(made):
        raise UserError(f"{path} is cut short, or no package of Anki", AGAIN)


def _look(path: str) -> None:
    """Refuse what is no ordinary file, and Anki's own file."""
    file = Path(path)
    if file.is_dir():
        raise UserError(f"{path} is a folder", "Name the .apkg or .colpkg file in it.")
    if file.exists() and not file.is_file():
        raise UserError(f"{path} is no ordinary file", AGAIN)
    try:
        with file.open("rb") as stream:
            start = stream.read(len(SQLITE))
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    if start == SQLITE:
        raise UserError(
            f"{path} is Anki's own file, not an export: while Anki runs it is locked, and the "
            "latest reviews may not be in it yet",
            "In Anki choose File, Export, and name the .colpkg or .apkg that this gives.",
        )


def _best(package: ZipFile, path: str) -> ZipInfo:
    """The entry with the whole collection."""
    names = set(package.namelist())
    version = package.read(META)[:2] if META in names and _is_short(package) else b""
    if len(version) == 2 and version[0] == 8 and version[1] > NEWEST_PACKAGE:
        raise UserError(
            f"{path} was made by a newer Anki than this program knows",
            "Update mlsd-cards, or export with “Support older Anki versions” ticked.",
        )
    name = next((name for name in INNER if name in names), None)
    if name is None:
        raise UserError(f"{path} holds no collection of Anki", AGAIN)
    if version == bytes((8, NEWEST_PACKAGE)) and name != INNER[0]:
        raise UserError(f"{path} holds a notice for old versions of Anki and no cards", AGAIN)
    return package.getinfo(name)


def _is_short(package: ZipFile) -> bool:
    entry = package.getinfo(META)
    return entry.file_size <= 64 and entry.compress_type in METHODS


def _measure(entry: ZipInfo, path: str) -> None:
    """Refuse a zip that is packed in an odd way, or says of itself that it would fill the disk."""
    if entry.compress_type not in METHODS:
        raise NotImplementedError
    size, fold = entry.file_size, entry.file_size / max(1, entry.compress_size)
    if size > MOST or (size > SMALL and fold > MOST_FOLD):
        raise _bomb(path, size)


def _bomb(path: str, size: int) -> UserError:
    return UserError(
        f"{path} would unpack to {size >> 20:,} MiB or more, which no real collection does",
        "Nothing was read.",
    )


def _reader(entry: ZipInfo, stream: IO[bytes]) -> Callable[[int], bytes]:
    """What gives the next bytes of the collection."""
    if entry.filename != INNER[0]:
        return stream.read
    from zstandard import ZstdDecompressor, ZstdError

    inner = ZstdDecompressor(max_window_size=1 << 27).stream_reader(stream)

    def read(size: int) -> bytes:
        try:
            return inner.read(size)
        except ZstdError as error:
            raise ValueError(str(error)) from error

    return read


def _copy(read: Callable[[int], bytes], out: IO[bytes], path: str) -> None:
    """Copy the collection, with its size counted, and not in the mode that wants a file beside."""
    size, packed = 0, Path(path).stat().st_size
    while part := read(CHUNK):
        if not size and part.startswith(SQLITE):
            part = part[:18] + b"\1\1" + part[20:]
        size += len(part)
        if size > MOST or (size > SMALL and size > MOST_FOLD * packed):
            raise _bomb(path, size)
        out.write(part)


def _is_whole(path: Path) -> bool:
    """Whether a file is a database with as many bytes as it says."""
    with path.open("rb") as file:
        head = file.read(32)
    if len(head) < 32 or not head.startswith(SQLITE):
        return False
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    return path.stat().st_size >= page * int.from_bytes(head[28:32], "big")


def _open(path: Path) -> sqlite3.Connection:
    """Read only, trusting nothing in the file, and with an end to every statement."""
    uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 26)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    # a whole file is read in far fewer steps than it has bytes; one that was bent has no end
    turns = iter(range(1000 + path.stat().st_size // 100))
    connection.set_progress_handler(lambda: next(turns, None) is None, 10_000)
    return connection


def _check(collection: Collection, path: str) -> None:
    """Refuse a collection that is not like those that are known."""
    said = "SELECT name, type || ' ' || ifnull(sql, '') FROM sqlite_master"
    kinds = dict(collection.rows(said))
    for table in ("col", "notes", "cards", "revlog"):
        kind = str(kinds.get(table, "")).upper()
        if not kind.startswith("TABLE CREATE TABLE") or COMPUTED.search(kind):
            raise UserError(f"{path} holds no collection of Anki", AGAIN)
    version = next((row[0] for row in collection.rows("SELECT ver FROM col")), None)
    if type(version) is not int or version not in SCHEMAS:
        newest = SCHEMAS[-1]
        raise UserError(
            f"{path} holds a collection of version {version}; "
            f"the newest that this program knows is {newest}",
            "Update mlsd-cards, or export with “Support older Anki versions” ticked.",
        )
    if _is_stub(collection):
        raise UserError(f"{path} holds a notice for old versions of Anki and no cards", AGAIN)


def _is_stub(collection: Collection) -> bool:
    """Whether the collection is the note that a new Anki leaves for an old one."""
    rows = list(collection.rows("SELECT flds FROM notes LIMIT 2"))
    return len(rows) == 1 and "update to the latest Anki version" in str(rows[0][0])
