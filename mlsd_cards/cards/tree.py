"""YAML text to a tree of nodes with places, without ever building an object or losing the rest.

``yaml.compose`` is half the price of ``yaml.load`` and keeps what was typed. Two of its traps are
closed in ``Plain``: no time goes into what a scalar might mean, and nesting stops long before it
would end the process. Aliases are left to ``Page.is_plain``, syntax errors to ``grow``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.snag import Snag, explain
from mlsd_cards.cards.text import shown

try:
    from yaml import CSafeLoader as Base
except ImportError:  # a PyYAML without libyaml: the same tree, ten times slower
    from yaml import SafeLoader as Base  # type: ignore[assignment]

MAX_DEPTH = 64

# A node's anchor or tag stands first in it, after white space or a mark of a flow collection.
PROPERTY = re.compile(r"[&!](?<![^\s\[{,:].)")


class TooDeep(yaml.MarkedYAMLError):
    """Raised in the middle of composing: libyaml recurses, and ends the process at about 30,000."""


class Plain:
    """What a loader does not do for us: every scalar stays the text that was typed."""

    depth = 0

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> None:
        """No tag, and no search for one, which is a third of the time of composing."""

    def descend_resolver(self, parent: Any, _index: Any) -> None:
        """Called on the way into each node, of which ``parent`` is the one around it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeep(problem="nested too deeply", problem_mark=parent.start_mark)

    def ascend_resolver(self) -> None:
        """Called on the way out."""
        self.depth -= 1


class Loader(Plain, Base):
    """The loader of all files; tests put the one without libyaml in its place."""


class Page:
    """A text that was composed in one piece, to say where its nodes stand in the file."""

    __slots__ = ("_marked", "_text", "_top", "findings")

    def __init__(self, text: str, findings: Findings, top: int = 0) -> None:
        self.findings = findings
        self._text = text
        self._top = top  # lines of the file above this text
        self._marked = PROPERTY.search(text) is not None

    def line(self, node: Node) -> int:
        """The line of the file at which the node starts, from 1."""
        return int(node.start_mark.line) + self._top + 1

    def report(self, node: Node, code: str, message: str, level: str = "error") -> None:
        """Keep a finding at the start of the node."""
        self.findings.add(self.line(node), node.start_mark.column + 1, code, message, level)

    def entries(self, node: Node) -> dict[str, Node]:
        """The values of a mapping by key; of a key given twice the first one counts."""
        try:
            entries = {key.value: value for key, value in node.value}
        except TypeError:  # a list as a key cannot be hashed
            entries = {}
        return entries if len(entries) == len(node.value) else self._faulty_entries(node)

    def key(self, node: Node, name: str) -> Node:
        """The node of a key that ``entries`` returned."""
        return next((key for key, _ in node.value if key.value == name), node)

    def strangers(self, node: Node, known: Container[str]) -> list[Node]:
        """The nodes of the keys of a mapping that are not known, each name once."""
        strange: dict[str, Node] = {}
        for key, _ in node.value:
            if isinstance(key, ScalarNode) and key.value not in known:
                strange.setdefault(key.value, key)
        return list(strange.values())

    def _faulty_entries(self, node: Node) -> dict[str, Node]:
        lines: dict[str, int] = {}
        entries: dict[str, Node] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.report(key, "Y12", "a key must be a plain text: quote what starts with { or [")
            elif key.value in entries:
                first = lines[key.value]
                message = f"{shown(key.value)} is given twice, first in line {first}: remove one"
                self.report(key, "Y11", message)
            else:
                entries[key.value] = value
                lines[key.value] = self.line(key)
        return entries

    def is_plain(self, node: Node, without: Node | None = None) -> bool:
        """Whether nothing in the node is anchored, aliased or tagged; what is, is reported.

        The walk does not enter an anchored node, so that a bomb of aliases stays small, nor the
        node ``without``.
        """
        if not self._marked:
            return True
        before = len(self.findings)
        stack = [(node, node)]
        while stack:
            child, place = stack.pop()
            if self._is_unmarked(child, place) and child is not without:
                stack.extend(_children(child))
        return len(self.findings) == before

    def _is_unmarked(self, node: Node, place: Node) -> bool:
        start = node.start_mark.index
        if start < place.start_mark.index:  # an alias gives the node that stands further up
            self.report(place, "Y09", "an alias (*) is not allowed here: write the value itself")
        elif self._text.startswith("&", start):
            message = "an anchor is not allowed: quote a text that starts with &"
            self.report(node, "Y09", message)
        elif self._text.startswith("!", start):
            self.report(node, "Y10", "a tag is not allowed: quote a text that starts with !")
        else:
            return True
        return False


def _children(node: Node) -> Iterator[tuple[Node, Node]]:
    """Each node inside and, for its place, the node that the author typed just before it."""
    if isinstance(node, SequenceNode):
        yield from ((child, node) for child in node.value)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield key, node
            yield value, key


class Branch(NamedTuple):
    """A node and the page on which it stands."""

    page: Page
    node: Node


class Tree(NamedTuple):
    """The root of a file; ``items`` is None unless the file had to be read item by item."""

    root: Branch | None
    items: list[Branch] | None = None


def grow(text: str, findings: Findings, key: str) -> Tree:
    """The tree of a file whose long list stands under ``key`` at the top level.

    Where YAML cannot read the file, its items are read one by one: the good ones come out, with
    their true lines, and each bad one is a finding.
    """
    node, snag = compose(text)
    if snag is None:
        return Tree(Branch(Page(text, findings), node) if node else None)
    if node is not None:  # whole, and then something follows
        _report(findings, snag, 0)
        return Tree(Branch(Page(text, findings), node))
    return _grow_apart(text, findings, key, snag)


def compose(text: str) -> tuple[Node | None, Snag | None]:
    """The first document of the text, if it could be read, and what went wrong, if anything."""
    node: Node | None = None
    try:
        loader = Loader(text)
        try:
            if loader.check_node():
                node = loader.get_node()
            if loader.check_node():
                mark = loader.get_node().start_mark  # type: ignore[union-attr]
                message = "a second document starts before this: remove the --- or split the file"
                return node, Snag(mark.line, mark.column, "Y13", message)
        finally:
            loader.dispose()
    except TooDeep as error:
        mark = error.problem_mark
        message = f"brackets or lists nested deeper than {MAX_DEPTH}: quote the text if it is one"
        return node, Snag(mark.line, mark.column, "Y08", message)  # type: ignore[union-attr]
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return node, explain(error, text)
    return node, None


def _report(findings: Findings, snag: Snag, top: int) -> None:
    findings.add(snag.line + top + 1, snag.column + 1, snag.code, snag.message)


def _grow_apart(text: str, findings: Findings, key: str, whole: Snag) -> Tree:
    head, pieces = split(text, key)
    before = len(findings)
    root, snag = compose(head)
    if snag:
        _report(findings, snag, 0)
    items: list[Branch] = []
    for top, piece in pieces:
        node, snag = compose(piece)
        if snag:
            _report(findings, snag, top)
        elif isinstance(node, SequenceNode):
            page = Page(piece, findings, top)
            items += (Branch(page, item) for item in node.value)
    if len(findings) == before:  # each part is well by itself, so it is how they stand together
        _report(findings, whole, 0)
    return Tree(Branch(Page(head, findings), root) if root else None, items)


ITEM = re.compile(r"([ \t]*)-(?:[ \t]+|$)")


def opening(key: str) -> re.Pattern[str]:
    """A line below which the list under ``key`` begins."""
    return re.compile(rf"(['\"]?){key}\1[ \t]*:[ \t]*(#.*)?")


def split(text: str, key: str) -> tuple[str, list[tuple[int, str]]]:
    """The text without the items of the list under ``key``, and each item with the lines above it.

    A line with a dash starts an item when it stands left of where the fields of the item before
    it start; deeper ones belong to lists inside the item.
    """
    lines = text.split("\n")
    opens = opening(key).fullmatch
    first = next((i for i, line in enumerate(lines, 1) if opens(line)), len(lines))
    starts: list[int] = []
    fields_from, end = 1000, len(lines)
    for number in range(first, len(lines)):
        line = lines[number]
        dash = ITEM.match(line)
        if dash and dash.end(1) < fields_from:
            starts.append(number)
            fields_from = dash.end() if line[dash.end() :] else dash.end(1) + 1
        elif line[:1] not in {"", " ", "\t", "#"}:
            end = number
            break
    ends = [*starts[1:], end]
    pieces = [(a, "\n".join(lines[a:b])) for a, b in zip(starts, ends, strict=False)]
    body = range(starts[0], end) if starts else range(0)
    head = "\n".join("" if number in body else line for number, line in enumerate(lines))
    return head, pieces
