"""The person's own deck files in the home: where they lie, read and written whole.

Files and folders are made for the user alone. A file is written beside its place and then moved
there, so that nobody ever reads half of one.
"""

from __future__ import annotations

import os
import re
from itertools import count

from mlsd_cards.errors import UserError

OVERRIDES = "overrides.yaml"
"""The person's versions of bundled cards."""

RESERVED = {OVERRIDES, "sources.yaml"}
PRIVATE, SHARED = 0o600, 0o666
"""The modes of a file for the user alone, and of one to be passed on (less the umask)."""

LONGEST = 60
"""Characters of a deck's name that go into the name of its file."""

ENCODING, ERRORS = "utf-8", "surrogateescape"
"""Every byte of a file comes back as it was, also one that is no UTF-8."""


def read(path: str) -> str:
    """The text of a deck file, byte for byte; ``UserError`` if it cannot be read."""
    try:
        with open(path, encoding=ENCODING, errors=ERRORS, newline="") as file:
            return file.read()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error


def write(path: str, text: str, mode: int = PRIVATE) -> None:
    """Put the text in the place of the file, whole or not at all; ``UserError`` if not at all."""
    path = os.path.realpath(path)  # a link stays one, and what it names is written
    beside = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        if os.path.exists(path):
            mode = os.stat(path).st_mode & 0o777
        number = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
        try:
            with open(number, "w", encoding=ENCODING, errors=ERRORS, newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}",
            "Check the permissions of its folder and the room on the disk. Nothing was changed.",
        ) from error


def place(folder: str, deck: str) -> str:
    """The file in ``folder`` for the cards of a deck, there already or not. However the deck is
    called, the file lies in the folder itself and is no other deck's."""
    stem = re.sub(r"\W+", "-", deck)[:LONGEST].strip("-") or "deck"
    names = (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml" for number in count(1))
    paths = (os.path.join(folder, name) for name in names if name.lower() not in RESERVED)
    return next(path for path in paths if not os.path.lexists(path) or _deck_in(path) == deck)


def _deck_in(path: str) -> str | None:
    from mlsd_cards.cards.deck import load

    deck, _ = load(read(path), path)
    return deck.name if deck else None
