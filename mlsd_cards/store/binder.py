"""The person's own deck files: where in the home they lie; read and written whole.

A file is written beside its place and then moved there, so that nobody ever reads half of one.
Files and folders are made for the user alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import count

from mlsd_cards.errors import UserError
from mlsd_cards.store.intake import SOURCES
from mlsd_cards.store.library import shown
from mlsd_cards.store.override import OVERRIDES

RESERVED = (OVERRIDES, SOURCES)
"""Names of files that are no ordinary decks."""

PRIVATE, SHARED = 0o600, 0o666
"""The modes of a new file for the user alone, and of one to be passed on (less the umask)."""

LONGEST = 60
"""Characters of a deck's name that go into the name of its file."""


def read(path: str) -> str:
    """The text of a deck file, from which every byte comes back, also one that is no UTF-8.

    ``UserError`` if it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise UserError(f"{shown(path)} cannot be read: {error.strerror}") from error


def write(path: str, text: str, mode: int = PRIVATE) -> None:
    """Put a text that ``read`` gave, or a new one, in the place of the file; ``UserError`` if that
    cannot be done, and then nothing has changed."""
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    except OSError as error:
        raise UserError(f"{shown(path)} cannot be written: {error.strerror}") from error
    replace_file(path, text.encode("utf-8", "surrogateescape"), mode)


def replace_file(
    path: str, data: bytes | Iterable[bytes], mode: int = PRIVATE, *, keep: bool = True
) -> None:
    """Write a file's new content beside it and put it in its place: it is never half written. A
    file that is there keeps its mode, unless ``keep`` says otherwise."""
    path = os.path.realpath(path)  # a link stays one, and what it names is written
    beside = f"{path}.{os.getpid()}.new"
    try:
        if keep and os.path.exists(path):
            mode = os.stat(path).st_mode & 0o777
        with open(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise UserError(
            f"{shown(path)} cannot be written: {error.strerror}", "Nothing has been changed in it."
        ) from error
    finally:
        with suppress(OSError):  # of what was moved into its place nothing is left
            os.unlink(beside)


def place(folder: str, deck: str) -> str:
    """The file in ``folder`` for the cards of a deck, there already or not. However the deck is
    called, the file lies in the folder itself and is no other deck's."""
    stem = _stem(deck)
    names = (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml" for number in count(1))
    paths = (os.path.join(folder, name) for name in names if name.lower() not in RESERVED)
    return next(path for path in paths if not os.path.lexists(path) or _deck_in(path) == deck)


def file_name(deck: str) -> str:
    """The name of a file for a deck that is passed on."""
    name = f"{_stem(deck)}.yaml"
    return f"deck-{name}" if name.lower() in RESERVED else name


def _stem(deck: str) -> str:
    return re.sub(r"\W+", "-", deck)[:LONGEST].strip("-") or "deck"


def _deck_in(path: str) -> str | None:
    from mlsd_cards.cards.deck import load

    deck, _ = load(read(path), path)
    return deck.name if deck else None
