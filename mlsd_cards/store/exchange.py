"""The log files of several machines in one folder: their names, their lines, how far they are read.

Each machine appends to a file of its own, an event a line behind a first line that says whose it
is; nobody ever changes another's. So whatever carries the folder (git, Syncthing, a cloud drive)
never meets two versions of a file, and reading is the union of all of them, in any order, as often
as one likes. Copies that such a program makes of a file in doubt are files like any other.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from json import dumps, loads
from typing import Any, NamedTuple

from mlsd_cards.store.admission import admitted
from mlsd_cards.store.log import Event

FORMAT, VERSION = "mlsd-cards-log", 1
"""The key of a file's first line that tells it from others, and its value."""

PREFIX, SUFFIX = "mlsd-cards-", ".jsonl"

LONGEST = 1 << 26
"""Bytes of the longest line that is read."""

TAIL = 256
"""So many bytes before the place that was read up to tell whether a file is still the same."""


class Mark(NamedTuple):
    """How far a file was read: bytes, lines, and a digest of what stands right before that."""

    offset: int = 0
    lines: int = 0
    tail: str = ""


class Fault(NamedTuple):
    """What is wrong in a file, and in which line (0: in the whole of it)."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}"


def own_name(device: str, number: int = 1) -> str:
    """The name of a machine's own file; of a further one, if the first is not what it was."""
    more = f"-{number}" if number > 1 else ""
    return f"{PREFIX}{device}{more}{SUFFIX}"


def names(folder: str) -> list[str]:
    """The names of the files in the folder that may be logs. OSError if it cannot be read."""
    with os.scandir(folder) as entries:
        return sorted(one.name for one in entries if one.name.endswith(SUFFIX) and _is_file(one))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or something of which only reading will tell."""
    try:
        return entry.is_file()
    except OSError:
        return True


class Reading:
    """A file read on from a mark: its events as they come, its faults, and the mark after them."""

    def __init__(self, folder: str, name: str, mark: Mark) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.unfinished = False
        """Whether the last line has no end: it is still on its way, or was torn off."""
        self.foreign = False
        """Whether it is no log that can be read, or one of a newer program: nothing may be written
        to it."""
        self.uids: set[str] = set()
        self._path = os.path.join(folder, name)
        self.mark = mark if mark.offset and mark.tail == _tail(self._path, mark.offset) else Mark()
        self.again = self.mark != mark
        """Whether the file is not the one that was read before, and so is read from its start."""

    def events(self) -> Iterator[Event]:
        """The events behind the mark; what is none is a fault and passed over."""
        if not os.path.exists(self._path):
            return
        try:
            file = open(self._path, "rb")  # noqa: SIM115 - closed by what reads it
        except OSError as error:
            self.foreign = True
            self._fault(0, f"cannot be read: {error.strerror}")
            return
        with file:
            offset, lines = self.mark.offset, self.mark.lines
            file.seek(offset)
            while line := file.readline(LONGEST):
                if not line.endswith(b"\n"):
                    self.unfinished = len(line) < LONGEST
                    if not self.unfinished:
                        self._fault(lines + 1, "the line is too long to be an event")
                    break
                offset, lines = offset + len(line), lines + 1
                if lines == 1 and not self._is_ours(line):
                    return
                if lines > 1 and (event := self._event(line, lines)):
                    self.uids.add(event.uid)
                    yield event
            file.seek(max(0, offset - TAIL))
            self.mark = Mark(offset, lines, _digest(file.read(min(TAIL, offset))))

    def check_end(self) -> None:
        """Of the machine's own file: a last line without end comes from nowhere any more."""
        if self.unfinished:
            self._fault(self.mark.lines + 1, "its end was torn off; what it held is written again")

    def _is_ours(self, line: bytes) -> bool:
        version = _object(line).get(FORMAT)
        if type(version) is int and version > VERSION:
            self._fault(0, f"of version {version}, the newest known here is {VERSION}: update")
        elif type(version) is not int or version < 1:
            self._fault(0, "is no log of mlsd-cards and is left alone")
        else:
            return True
        self.foreign = True
        return False

    def _event(self, line: bytes, number: int) -> Event | None:
        if not line.strip():
            return None
        try:
            return admitted(_object(line))
        except ValueError as error:
            self._fault(number, f"is no event (its {error}), and is passed over")
            return None

    def _fault(self, line: int, what: str) -> None:
        self.faults.append(Fault(self.name, line, what))


def append(
    folder: str, name: str, device: str, events: Iterable[Event], mark: Mark
) -> tuple[Mark, int]:
    """Append the events to a machine's own file, made if it is missing, which was read to ``mark``;
    how far it goes then, and how many events went. On the disk when this returns; OSError if it
    cannot be written."""
    path = os.path.join(folder, name)
    handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+b") as file:
        lines = mark.lines
        if lines == 0:
            file.truncate(0)  # not even the first line was whole
        elif file.seek(0, os.SEEK_END) > mark.offset:
            file.write(b"\n")  # what was torn off stays a line by itself, which is passed over
            lines += 1
        if lines == 0:
            file.write(_line({FORMAT: VERSION, "device": device}))
            lines += 1
        before = lines
        for event in events:
            file.write(_line(as_object(event)))
            lines += 1
        file.flush()
        os.fsync(file.fileno())
        end = file.tell()
        file.seek(max(0, end - TAIL))
        return Mark(end, lines, _digest(file.read(TAIL))), lines - before


def as_object(event: Event) -> dict[str, Any]:
    """The event as it stands in a file: what it has, by name."""
    return {name: value for name, value in event._asdict().items() if value is not None}


def _line(value: dict[str, Any]) -> bytes:
    return dumps(value, separators=(",", ":")).encode() + b"\n"


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _tail(path: str, offset: int) -> str | None:
    """The digest of what stands before the offset; None if the file ends sooner."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, offset - TAIL))
            data = file.read(min(TAIL, offset))
    except OSError:
        return None
    return _digest(data) if len(data) == min(TAIL, offset) else None


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=10).hexdigest()
