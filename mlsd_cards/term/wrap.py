"""Widths in terminal cells: measuring, cutting and wrapping text that is already visible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

_WORD = re.compile(r" *[^ ]+")
_LEAD = re.compile(r" *(?:(?:[-*•]|\d{1,2}[.)]) +)?")


def width(text: str) -> int:
    """The cells that the text takes; CJK and emoji take two, combining marks none."""
    return cell_len(text)


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that must not be split: a character with its marks and joined emoji."""
    piece = ""
    for char in text:
        if piece and piece[-1] != "\u200d" and cell_len(char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def head(text: str, room: int) -> str:
    """As much of the text's beginning as fits into ``room`` cells."""
    if cell_len(text) <= room:
        return text
    kept = ""
    for piece in clusters(text):
        if cell_len(kept + piece) > room:
            break
        kept += piece
    return kept


def cut(text: str, room: int, ellipsis: str = "…") -> str:
    """The text if it fits into ``room`` cells, else its beginning and an ellipsis."""
    if cell_len(text) <= room:
        return text
    return head(head(text, max(0, room - cell_len(ellipsis))).rstrip(" ") + ellipsis, room)


def tail(text: str, room: int, ellipsis: str = "…") -> str:
    """The text if it fits into ``room`` cells, else an ellipsis and its end."""
    if cell_len(text) <= room:
        return text
    kept: list[str] = []
    free = room - cell_len(ellipsis)
    for piece in reversed(list(clusters(text))):
        free -= cell_len(piece)
        if free < 0:
            break
        kept.append(piece)
    return head(ellipsis + "".join(reversed(kept)), room)


def wrap(text: str, room: int, taken: int = 0) -> list[str]:
    """Lines of at most ``room`` cells (at least 2), broken at spaces, inside a word only if it is
    longer than a line. A line's indent and list sign are kept, and hold for what is wrapped.
    ``taken`` are the cells of the first line that something else stands in, a space at its end."""
    room = max(2, room)
    first, *others = text.split("\n")
    if taken:
        behind = "x" * (taken - 1) + (" " if taken > 1 else "x")
        begin, *more = _wrapped(behind + first.rstrip(" "), room)
        lines = [begin[taken:], *more]
    else:
        lines = _wrapped(first.rstrip(" "), room)
    return lines + [line for raw in others for line in _wrapped(raw.rstrip(" "), room)]


def _wrapped(raw: str, room: int) -> list[str]:
    """One line of text as the lines that it takes."""
    if cell_len(raw) <= room:
        return [raw]
    lead = _LEAD.match(raw)
    indent = " " * min(cell_len(lead[0]) if lead else 0, room // 2 if room > 3 else 0)
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(raw):
        if cell_len(line + word) <= room:
            line += word
            continue
        word = word if not line else word.lstrip(" ")  # noqa: PLW2901 - the break ate the spaces
        if line and cell_len(indent + word) <= room:
            lines.append(line)
            line = indent + word
            continue
        joined = f"{line} {word}" if line.strip() else indent + word.lstrip(" ")
        *full, line = _broken(joined, room, indent)
        lines += full
    return [*lines, line]


def _broken(text: str, room: int, indent: str) -> list[str]:
    """A text with an overlong word, filled line by line without regard to words."""
    lines: list[str] = []
    line, size = "", 0
    for piece in clusters(text):
        cells = cell_len(piece)
        if size + cells > room:
            lines.append(line.rstrip(" "))
            line, size = indent, len(indent)
        line += piece
        size += cells
    return [*lines, line]
