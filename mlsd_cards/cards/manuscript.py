"""The text of a deck file as its author wrote it: notes are put in, taken out and copied by their
lines, and every other character stays as it is.

A note *by itself* has its dash in the first column and LF at the end of every line. So it goes from
file to file, and takes on the indentation and the line ends of the one that it comes to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from yaml.nodes import MappingNode, SequenceNode

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.deck import load
from mlsd_cards.cards.text import clean
from mlsd_cards.cards.tree import compose, opening, split
from mlsd_cards.errors import UserError

CARDS = "cards"
INDENT = 2
"""Spaces before the dash of the first note of a list."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
"""Editors and the loader end a line here and nowhere else; ``splitlines`` knows ten more ends."""

FLOW = re.compile(r"-[ \n]+\{")


class Span(NamedTuple):
    """Where a note stands: its first line and the line after its last, from 0, and the spaces
    before its dash."""

    start: int
    end: int
    indent: int


class Passage(NamedTuple):
    """A note by itself, and the blank lines and comments between it and the note above."""

    above: str
    note: str


class Added(NamedTuple):
    """A text with one note more, which starts at ``line``, from 1."""

    text: str
    line: int


def cards_in(note: str) -> list[Card]:
    """The cards of a note by itself."""
    return _cards(f"{CARDS}:\n{note}")


def notes(text: str) -> list[str]:
    """Every note of a deck file by itself, also where the list stands in brackets."""
    return [_by_itself(text, span) for span in _spans(text)] or _bracketed(text)


def passages(text: str) -> list[Passage]:
    """Every note of a deck file by itself, with what stands above it in the list."""
    lines, spans = LINE.findall(text), _spans(text)
    opened = next((n for n, line in enumerate(lines, 1) if _opens(line)), 0)
    ends = [opened, *(span.end for span in spans)]
    return [
        Passage(_by_itself(text, Span(end, span.start, span.indent)), _by_itself(text, span))
        for end, span in zip(ends, spans, strict=False)
    ] or [Passage("", note) for note in _bracketed(text)]


def beside(text: str, key: str) -> str:
    """The lines of a deck file that are neither in its list of cards nor below ``key``."""
    lines, spans = LINE.findall(text), _spans(text)
    opened = next((n for n, line in enumerate(lines, 1) if _opens(line)), len(lines) + 1)
    end = spans[-1].end if spans else opened
    kept, inside = [], False
    for line in lines[: opened - 1] + lines[end:]:
        bare = line.rstrip("\r\n")
        if bare and bare[0] not in " \t#":
            inside = re.match(rf"(['\"]?){key}\1[ \t]*:(?: |$)", bare) is not None
        if not inside:
            kept.append(bare + "\n")
    return "".join(kept)


def listed(passages: Iterable[Passage]) -> str:
    """The notes as the list of cards of a file."""
    ending = "\n"
    body = "".join(above + note for above, note in passages)
    return f"{CARDS}:{ending}{_set(body, INDENT, ending)}"


def note_at(text: str, line: int) -> str:
    """The note that stands at ``line``, from 1, by itself; ``UserError`` if none stands alone."""
    return _by_itself(text, _at(text, line))


def line_of(text: str, id_: str) -> int | None:
    """The line, from 1, of the note with that id, even if the note cannot be read; None if the text
    holds none."""
    value = rf"['\"]?id['\"]?: *['\"]?{re.escape(id_)}['\"]? *"
    for span in _spans(text):
        note = _by_itself(text, span)
        first = rf" {{{_fields_from(note)}}}|\A- +"
        if re.search(rf"^(?:{first}){value}(?:#.*)?$|^- *\{{(?:.*, *)?{value}[,}}]", note, re.M):
            return span.start + 1
    return None


def append(text: str, note: str) -> Added:
    """The text with ``note``, which is by itself, at the end of its list of cards.

    ``UserError`` if the list cannot be added to without touching what stands there.
    """
    lines, ending, spans = LINE.findall(text), _ending(text), _spans(text)
    above = ""
    if spans:
        at, indent = spans[-1].end, spans[-1].indent
        if len(spans) > 1 and not lines[spans[-1].start - 1].strip():  # the author sets them apart
            above = ending
    else:
        start = next((n for n, one in enumerate(lines, 1) if _opens(one)), 0)
        at, indent = start or len(lines), INDENT
        above = "" if start else f"{CARDS}:{ending}"
    made = _replaced(lines, at, at, above + _set(note, indent, ending), ending)
    _expect(made, _cards(text) + cards_in(note), text, note)
    return Added(made, at + 1 + bool(above))


def replace(text: str, line: int, note: str) -> str:
    """The text with ``note``, by itself or empty, in the place of the one at ``line``, from 1.

    ``UserError`` if that cannot be done without touching anything else.
    """
    lines, ending = LINE.findall(text), _ending(text)
    start, end, indent = _at(text, line)
    new = _set(note, indent, ending) if note else ""
    made = _replaced(lines, start, end, new, ending)
    cards, before = _cards(text), len(_cards("".join(lines[:start])))
    after = before + len(cards_in(note_at(text, line)))
    _expect(made, cards[:before] + cards_in(note) + cards[after:], text, note)
    return made


def with_field(note: str, name: str, value: str) -> str:
    """The note by itself with one more field; ``value`` is YAML in one line, without a comma."""
    if flow := FLOW.match(note):
        return f"{note[: flow.end()]}{name}: {value}, {note[flow.end() :]}"
    return f"{note}{' ' * _fields_from(note)}{name}: {value}\n"


def without_field(note: str, name: str) -> str:
    """The note by itself without the field that ``with_field`` has added."""
    if flow := FLOW.match(note):
        return note[: flow.end()] + re.sub(rf"\A{name}: [^,]*, ", "", note[flow.end() :])
    return re.sub(rf"^ {{{_fields_from(note)}}}{name}: [^\n]*\n", "", note, flags=re.M)


def _fields_from(note: str) -> int:
    """The column in which the fields of a note by itself begin."""
    first, *others = note.split("\n")
    if content := re.match(r"- +(?=[^ #])", first):
        return content.end()
    below = (_indent(line) for line in others if line.strip() and line.strip()[0] != "#")
    return next(below, INDENT)


def _spans(text: str) -> list[Span]:
    """Where the notes of a list of cards stand, if it is one of lines with dashes."""
    cleaned = clean(text, Findings(""))
    pieces = [] if cleaned is None else split(cleaned, CARDS)[1]
    return [_span(start, piece.split("\n")) for start, piece in pieces]


def _span(start: int, lines: list[str]) -> Span:
    indent = _indent(lines[0])
    while _is_beside(lines[-1], indent):
        lines.pop()
    return Span(start, start + len(lines), indent)


def _is_beside(line: str, indent: int) -> bool:
    """Whether a line after a note is none of its own: blank, or a comment about what follows."""
    content = line.strip()
    return not content or (content.startswith("#") and _indent(line) <= indent)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _at(text: str, line: int) -> Span:
    for span in _spans(text):
        if span.start < line <= span.end:
            return span
    raise UserError(f"no card stands alone in line {line}", "Edit the file by hand.")


def _by_itself(text: str, span: Span) -> str:
    lines = (line.rstrip("\r\n") for line in LINE.findall(text)[span.start : span.end])
    return "".join(line[min(span.indent, _indent(line)) :] + "\n" for line in lines)


def _bracketed(text: str) -> list[str]:
    """The notes of a list in brackets, as JSON has it."""
    cleaned = clean(text, Findings("")) or ""
    root, _ = compose(cleaned)
    if not isinstance(root, MappingNode):
        return []
    values = [value for key, value in root.value if key.value == CARDS]
    nodes = values[0].value if values and isinstance(values[0], SequenceNode) else []
    spans = ((node.start_mark.index, node.end_mark.index) for node in nodes)
    return ["- " + cleaned[start:end].replace("\n", "\n  ") + "\n" for start, end in spans]


def _opens(line: str) -> bool:
    bare = line.removeprefix("\ufeff").rstrip("\r\n")
    return opening(CARDS).fullmatch(bare) is not None


def _ending(text: str) -> str:
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def _set(note: str, indent: int, ending: str) -> str:
    """The note as it stands in a list."""
    lines = note.removesuffix("\n").split("\n")
    return "".join((" " * indent + line if line else "") + ending for line in lines)


def _replaced(lines: list[str], start: int, end: int, new: str, ending: str) -> str:
    """The lines with ``new`` from ``start`` to ``end``; where the last line of the text has no end,
    it still has none."""
    before, after = "".join(lines[:start]), "".join(lines[end:])
    if lines and not lines[-1].endswith(("\r", "\n")) and not after:
        new = new.removesuffix(ending)
        if new and not before.endswith(("\r", "\n")):
            before += ending
    return before + new + after


def _cards(text: str) -> list[Card]:
    deck, _ = load(text, "")
    return [placed.card for placed in deck.cards] if deck else []


def _faults(text: str) -> set[str]:
    """The codes of the errors in a text."""
    return {problem.code for problem in load(text, "")[1] if problem.level == "error"}


def _expect(made: str, wanted: list[Card], text: str, note: str) -> None:
    """Refuse a change that did more or less than it should: the text is set in an unusual way."""
    known = _faults(text) | _faults(f"{CARDS}:\n{note}")
    if _cards(made) != wanted or not _faults(made) <= known:
        raise UserError(
            "the list of cards is set in a way that cannot be changed without touching the rest",
            "Write the card into the file by hand, or put it into another deck.",
        )
