"""What stops YAML in a text, in the words of someone who writes cards."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mlsd_cards.cards.text import shown


class Snag(NamedTuple):
    """A place in a composed text, both numbers from 0, and what to say about it."""

    line: int
    column: int
    code: str
    message: str


class Hint(NamedTuple):
    """What to say when YAML's own words match; ``opened`` points at where the trouble began."""

    words: re.Pattern[str]
    code: str
    message: str
    opened: bool = False


def _hint(words: str, code: str, message: str, opened: bool = False) -> Hint:
    return Hint(re.compile(words), code, message, opened)


HINTS = (
    _hint("undefined alias|an alias|an anchor|duplicate anchor", "Y09",
          "a text that starts with * or & needs quotes (aliases and anchors are not allowed)"),
    _hint("a tag|tag handle", "Y10",
          "a text that starts with ! needs quotes (tags are not allowed)"),
    _hint("a directive|incompatible YAML|a line that starts with %", "Y06",
          "a line that starts with % is for YAML itself: quote or remove it"),
    _hint("escape|hexdecimal|hexadecimal|Unicode character code", "Y06",
          "a backslash inside \"…\" is an escape: use '…' around the text, or double it"),
    _hint("quoted scalar", "Y06",
          "the quote that opens here is never closed", opened=True),
    _hint("a simple key|expected ':'", "Y06",
          "here a field with its colon is expected, as in “answer: …”; a text of several lines"
          " needs “|” after its field", opened=True),
    _hint("mapping values", "Y06",
          "a text with “: ” in it needs quotes, or this line is indented too far"),
    _hint("flow node", "Y06",
          "inside [ or { a value is expected here: close the bracket, or quote a text that starts"
          " with [ or {"),
    _hint("flow (sequence|mapping)", "Y06",
          "the [ or { that opens here is not closed as it should: close it, or quote a text that"
          " starts with [ or {", opened=True),
    _hint("block scalar", "Y06",
          "after “|” or “>” the text starts on the next line, indented by spaces"),
    _hint("block (mapping|collection|sequence)", "Y06",
          "this does not fit what stands above it: check the indentation, and quote a text that"
          " starts with a quote, [ or {"),
)  # fmt: skip
OTHERWISE = "not valid YAML: check the indentation and put the text in quotes"


def explain(error: Exception, text: str) -> Snag:
    """What to say about an error of the YAML reader in ``text``, and where."""
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    words = f"{context} {problem}"
    mark = getattr(error, "problem_mark", None)
    line, column = _inside(mark, text) if mark else (0, 0)
    typed = _line(text, line)
    if tab := _tab(typed, column):
        return Snag(line, tab - 1, "Y07", "a tab cannot stand here: indent with spaces")
    if _undercut(text, line):
        message = "this line stands left of where the text under “|” began: write “|2” there, and"
        return Snag(line, column, "Y06", f"{message} begin each line two blanks right of the field")
    if "cannot start any token" in words:
        char = shown(typed[column : column + 1])
        return Snag(line, column, "Y06", f"a text cannot start with {char}: put it in quotes")
    if braces := re.match(r"\s*(?:- +)?\w+: *([\[{])", typed):
        message = f"a text that starts with {braces[1]} needs quotes; a list ends with its bracket"
        return Snag(line, braces.start(1), "Y06", message)
    for hint in HINTS:
        if hint.words.search(words):
            opened = hint.opened and getattr(error, "context_mark", None)
            if opened:
                line, column = _inside(opened, text)
            return Snag(line, column, hint.code, hint.message)
    return Snag(line, column, "Y06", OTHERWISE)


def _inside(mark: Any, text: str) -> tuple[int, int]:
    """The place of a mark; at the end of a text libyaml is a line too far."""
    if mark.line <= text.count("\n"):
        return mark.line, mark.column
    written = text.rstrip()
    return written.count("\n"), len(written) - written.rfind("\n") - 1


def _line(text: str, number: int) -> str:
    """The line with that number from 0, of which the first thousand characters are enough."""
    start = 0
    for _ in range(number):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)][:1000]


BLOCK = re.compile(r" *(?:- +|[a-z_]+: +)+[|>][-+]?\s*")
FIELD = re.compile(r" *(?:- +)?[a-z_]+:(?: |$)")


def _undercut(text: str, number: int) -> bool:
    """Whether a line, from 0, is or follows one further left than the first under its ``|``."""
    if "|" not in text:
        return False
    first = least = 1000
    for line in reversed(text.split("\n")[: number + 1]):
        indent = len(line) - len(line.lstrip(" "))
        if indent < least and BLOCK.fullmatch(line):
            return least < first < 1000
        if FIELD.match(line):
            return False
        if line.strip():
            first, least = indent, min(least, indent)
    return False


def _tab(typed: str, column: int) -> int:
    """The column from 1 of a tab in the indentation or at the place of the error, or 0."""
    indentation = typed[: len(typed) - len(typed.lstrip())]
    if "\t" in indentation:
        return indentation.index("\t") + 1
    return column + 1 if typed[column : column + 1] == "\t" else 0
