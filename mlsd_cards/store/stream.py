"""A JSON document read piece by piece, so that its size is no matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import IO, Any

from mlsd_cards.errors import UserError

CHUNK = 1 << 18
MOST = 1 << 27
"""Characters of the longest single piece."""

AHEAD = 3
"""Characters behind a value that show whether it ends there: a number may go on with ``e+1``."""

_SPACE = re.compile(r"[ \t\r\n]*")


def pieces(stream: IO[str], name: str) -> Iterator[tuple[str, Any]]:
    """The members of the object that the document is, by key and in order; of an array each element
    by itself. ``UserError`` with the line where the document, called ``name``, is none."""
    text = _Text(stream, name)
    text.take("{")
    more = text.sign() != "}"
    while more:
        key = text.value()
        if not isinstance(key, str):
            raise text.wrong()
        text.take(":")
        if text.sign() == "[":
            yield from ((key, value) for value in text.elements())
        else:
            yield key, text.value()
        more = text.take(",}") == ","


class _Text:
    """The part of the document that is in memory, and the place in it."""

    def __init__(self, stream: IO[str], name: str) -> None:
        self._stream = stream
        self._name = name
        self._text = ""
        self._at = 0
        self._line = 1
        self._decode = JSONDecoder().raw_decode

    def wrong(self) -> UserError:
        """What to raise where the document goes wrong."""
        line = self._line + self._text.count("\n", 0, self._at)
        return UserError(f"{self._name}:{line}: this is no JSON, or it is cut short here")

    def sign(self) -> str:
        """The next sign that is no space, which stays."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                raise self.wrong()

    def take(self, signs: str) -> str:
        """The next sign, which has to be one of these."""
        sign = self.sign()
        if sign not in signs:
            raise self.wrong()
        self._at += 1
        return sign

    def elements(self) -> Iterator[Any]:
        """The elements of the array that begins here."""
        self.take("[")
        if self.sign() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.take(",]") == "]":
                return

    def value(self) -> Any:
        """The value that begins here, whole."""
        self.sign()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except RecursionError as error:
                raise self.wrong() from error
            except ValueError as error:
                if len(self._text) - self._at > MOST or not self._more():
                    raise self.wrong() from error
                continue
            if end + AHEAD <= len(self._text) or not self._more():
                self._at = end
                return value

    def _more(self) -> bool:
        """Read on, twice as far each time that it was not enough."""
        try:
            part = self._stream.read(max(CHUNK, len(self._text) - self._at))
        except ValueError as error:
            raise UserError(f"{self._name} is no text in UTF-8") from error
        if part:
            self._line += self._text.count("\n", 0, self._at)
            self._text, self._at = self._text[self._at :] + part, 0
        return bool(part)
