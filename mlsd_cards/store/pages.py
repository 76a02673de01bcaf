"""The records of an SQLite file, page by page, however damaged the trees above them are.

Every page that looks like one of an index is read for itself (tables WITHOUT ROWID are kept so),
and so are the pages of a write-ahead log up to its last commit. The layout is that of
https://sqlite.org/fileformat2.html; what does not keep to it is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from struct import unpack_from
from typing import Any, BinaryIO

USUAL_PAGE = 4096
"""Bytes of a page, where the file's own word on it is lost."""

INTERIOR, LEAF = 0x02, 0x0A
_HEADER = {INTERIOR: 12, LEAF: 8}
_CHILD = {INTERIOR: 4, LEAF: 0}
"""By the kind of a page: the bytes of its header, and those before the payload of a cell."""

_INTEGER = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The bytes of an integer by its serial type."""

MOST = 1 << 27
"""The bytes of the longest record that is believed."""

_WAL_HEAD, _FRAME_HEAD = 32, 24


def count(path: str) -> int:
    """About how many pages there are to read."""
    return sum(
        os.path.getsize(name) // USUAL_PAGE
        for name in (path, f"{path}-wal")
        if os.path.exists(name)
    )


def records(path: str) -> Iterator[list[Any]]:
    """The columns of every record that can be read, of all indexes mixed; some come twice."""
    with open(path, "rb") as file:
        pages = _Pages(file, path)
        size = os.path.getsize(path)
        for number in range(1, size // pages.size + 1):
            yield from pages.cells(pages.stored(number), number)
        for number, page in pages.logged:
            yield from pages.cells(page, number)


class _Pages:
    """The pages of a file by number, those in its write-ahead log before those in itself."""

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file, head = file, file.read(100)
        sound = head[:16] == b"SQLite format 3\0"
        size = unpack_from(">H", head, 16)[0] if sound else USUAL_PAGE
        self.size = 1 << 16 if size == 1 else size
        if self.size < 512 or self.size & (self.size - 1):
            self.size = USUAL_PAGE
        self._usable = self.size - (head[20] if sound and head[20] < 64 else 0)
        self.logged = list(self._log(f"{path}-wal"))
        self._latest = dict(self.logged)

    def stored(self, number: int) -> bytes:
        """A page of the file itself; empty where there is none."""
        if number < 1:
            return b""
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)

    def _log(self, path: str) -> Iterator[tuple[int, bytes]]:
        """The pages of the write-ahead log that were committed, in order."""
        if not os.path.exists(path):
            return
        with open(path, "rb") as file:
            head, pending = file.read(_WAL_HEAD), []
            while len(frame := file.read(_FRAME_HEAD + self.size)) == _FRAME_HEAD + self.size:
                if frame[8:16] != head[16:24]:  # the salts: left over from an earlier log
                    return
                pending.append((unpack_from(">I", frame)[0], frame[_FRAME_HEAD:]))
                if unpack_from(">I", frame, 4)[0]:  # the size of the file after a commit
                    yield from pending
                    pending.clear()

    def cells(self, page: bytes, number: int) -> Iterator[list[Any]]:
        """The records of a page of an index; none of another page."""
        start = 100 if number == 1 else 0
        if len(page) < self.size or page[start] not in _HEADER:
            return
        kind = page[start]
        cells = unpack_from(">H", page, start + 3)[0]
        for index in range(cells):
            place = start + _HEADER[kind] + 2 * index
            try:
                at = unpack_from(">H", page, place)[0] + _CHILD[kind]
                yield _columns(self._payload(page, at))
            except (IndexError, ValueError, OverflowError, ArithmeticError):
                continue
            except Exception as error:
                if type(error).__name__ != "error":  # struct.error has no other name
                    raise

    def _payload(self, page: bytes, at: int) -> bytes:
        """The record at that place of a page, with what spilled over into others."""
        length, at = _varint(page, at)
        usable = self._usable
        most, least = (usable - 12) * 64 // 255 - 23, (usable - 12) * 32 // 255 - 23
        if length > MOST:
            raise ValueError("too long to be true")
        if length <= most:
            return page[at : at + length]
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        found = bytearray(page[at : at + local])
        following = unpack_from(">I", page, at + local)[0]
        while len(found) < length:
            more = self._latest.get(following) or self.stored(following)
            if len(more) < self.size:
                raise ValueError("cut off")
            following = unpack_from(">I", more)[0]
            found += more[4 : min(usable, 4 + length - len(found))]
        return bytes(found)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and the place behind it."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _columns(payload: bytes) -> list[Any]:
    """The values of a record; ValueError if it is none."""
    end, at = _varint(payload, 0)
    types, place = [], end
    while at < end:
        one, at = _varint(payload, at)
        types.append(one)
    values = []
    for one in types:
        value, place = _value(payload, one, place)
        values.append(value)
    if place != len(payload):
        raise ValueError("its lengths do not add up")
    return values


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    """A value by its serial type, and the place behind it."""
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTEGER:
        end = at + _INTEGER[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return unpack_from(">d", payload, at)[0], at + 8
    if kind < 12:
        raise ValueError("no such type")
    end = at + (kind - 12) // 2
    data = payload[at:end]
    return (data.decode("utf-8") if kind % 2 else data), end
