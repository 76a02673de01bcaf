"""A TOML text as its statements, each with its place, so that one can be changed and no other byte.

``tomllib`` reads a file whole or not at all and says no places; here every statement stands by
itself: one that is wrong is reported at its line, and the others still count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

# What a quote opens may be left unclosed: then it goes to the end of the line, or of the text.
_PIECE = re.compile(
    r"""
    (?P<string> \"{3} (?: \\. | [^\\] )*? (?: "{3,5} | \\?\Z )
              | '{3} .*? (?: '{3,5} | \Z )
              | " (?: \\[^\n] | [^"\\\n] )* "?
              | ' [^'\n]* '? )
    | (?P<comment> \# [^\n]* )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<end> \n )
    | (?P<other> [^"'\#\[\]{}\n]+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_KEY = re.compile(r"""[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=""")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Statement(NamedTuple):
    """``key = value`` or ``[table]`` without the comment behind it; places count from 1."""

    text: str
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """Where in the file it ends."""
        return self.start + len(self.text)

    @property
    def is_header(self) -> bool:
        """Whether it begins a table."""
        return self.text.startswith("[")


class Entry(NamedTuple):
    """A statement that was understood; ``key`` may be that of a table."""

    statement: Statement
    key: str
    value: Any


class Flaw(NamedTuple):
    """Why a statement was not understood, and where."""

    line: int
    column: int
    message: str


def statements(text: str) -> Iterator[Statement]:
    """The statements of a text in order; whatever the text, all of it but comments is in one.

    A line that begins like a key ends what was left open before it.
    """
    start, end, depth, line, line_start = -1, 0, 0, 1, 0
    place = (1, 1)
    for piece in _PIECE.finditer(text):
        kind, said = piece.lastgroup, piece[0]
        if kind == "end":
            if start >= 0 and (depth <= 0 or _KEY.match(text, piece.end())):
                yield Statement(text[start:end], start, *place)
                start, depth = -1, 0
        elif kind != "comment" and said.strip():
            if start < 0:
                start = piece.start() + len(said) - len(said.lstrip())
                place = line, start - line_start + 1
            end = piece.start() + len(said.rstrip())
            depth += (kind == "open") - (kind == "close")
        if "\n" in said:
            line += said.count("\n")
            line_start = piece.start() + said.rindex("\n") + 1
    if start >= 0:
        yield Statement(text[start:end], start, *place)


def understood(statement: Statement) -> Entry | Flaw:
    """The key and value of a statement, or what TOML has against it."""
    import tomllib

    try:
        statement.text.encode()
        ((key, value),) = tomllib.loads(statement.text).items()
    except UnicodeEncodeError:
        return Flaw(statement.line, statement.column, "not UTF-8")
    except RecursionError:
        return Flaw(statement.line, statement.column, "nested too deeply")
    except ValueError as error:
        return _flaw(statement, str(error))
    return Entry(statement, key, value)


def _flaw(statement: Statement, message: str) -> Flaw:
    """The error of a statement, at its place in the file."""
    place = _PLACE.search(message)
    line, column = 1, 1
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    column += statement.column - 1 if line == 1 else 0
    return Flaw(statement.line + line - 1, column, _PLACE.sub("", message))


def entries(text: str) -> list[Entry | Flaw]:
    """All statements of a text, understood or not."""
    return [understood(statement) for statement in statements(text)]


def written(value: Any) -> str:
    """A value as TOML: text, number, truth, or a list of these."""
    from json import dumps

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # JSON's escapes are TOML's, but JSON leaves DEL alone
        return dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(written, value))}]"
    return str(value)


def with_value(text: str, key: str, value: Any) -> str:
    """The text with ``key`` set, everything else as it stands: where it is set already, else below
    a line in which it is commented out, else at the end, before any table."""
    line = f"{key} = {written(value)}"
    places = _places(text, key)
    if places:
        text = _without(text, places[1:])
        return text[: places[0].start] + line + text[places[0].end :]
    newline = "\r\n" if "\r\n" in text else "\n"
    shown = re.search(rf"^# {re.escape(key)} = .*\n", text, re.MULTILINE)
    header = next((one.start for one in statements(text) if one.is_header), len(text))
    at = shown.end() if shown and shown.end() <= header else header
    before = newline if text[:at] and not text[:at].endswith("\n") else ""
    return text[:at] + before + line + newline + text[at:]


def without(text: str, key: str) -> str:
    """The text without ``key``, everything else as it stands."""
    return _without(text, _places(text, key))


def _places(text: str, key: str) -> list[Statement]:
    """Where ``key`` is set, outside of tables."""
    found = []
    for entry in entries(text):
        if isinstance(entry, Entry):
            if entry.statement.is_header:
                break
            if entry.key == key:
                found.append(entry.statement)
    return found


def _without(text: str, places: list[Statement]) -> str:
    """The text without these statements; a line that held nothing else goes too."""
    for one in reversed(places):
        begin, rest = text[: one.start].rstrip(" \t"), text[one.end :]
        blank = re.match(r"[ \t]*(?:\r?\n|\Z)", rest)
        if blank and (not begin or begin.endswith("\n")):
            text = begin + rest[blank.end() :]
        else:
            text = text[: one.start] + rest.lstrip(" \t")
    return text
