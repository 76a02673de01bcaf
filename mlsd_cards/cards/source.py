"""The sources that cards cite, from a ``sources.yaml`` or from the deck file itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from mlsd_cards.cards import field
from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.field import ALWAYS, Field
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.text import clean, shown
from mlsd_cards.cards.tree import Page, grow


class Source(NamedTuple):
    """A work that cards cite by ``key``; ``link`` is a URL or empty."""

    key: str
    title: str
    authors: str
    year: str = ""
    venue: str = ""
    link: str = ""

    def citation(self) -> str:
        """The short form for the footer of a card: ``Yi et al. 2019``, ``Chen, Guestrin 2016``."""
        first, *others = self.authors.split(", ")
        names = self.authors if len(others) < 2 else f"{first} et al."
        return f"{names} {self.year}".strip()

    def line(self) -> str:
        """All of it in one line, for a list of sources."""
        said = f"{self.authors} {self.year}".strip().rstrip(".") + f". {self.title}"
        closed = said if said.endswith(("?", "!", ".")) else f"{said}."
        return " ".join(
            part for part in (closed, f"{self.venue}." * bool(self.venue), self.link) if part
        )


class Listed(NamedTuple):
    """A source as a file lists it: with the line, from 1, at which its key stands there."""

    source: Source
    line: int


def url(page: Page, name: str, node: Node) -> str | None:
    """An address on the web."""
    value = field.text(page, name, node)
    if value is None or re.fullmatch(r"https?://[^\s<>\"]+", value):
        return value
    page.report(node, "F03", f"{name} must start with https://, found {shown(value)}")
    return None


def arxiv(page: Page, name: str, node: Node) -> str | None:
    """The address of a paper, from its number at arXiv."""
    value = field.text(page, name, node)
    if value is None or re.fullmatch(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+/[0-9]{7}", value):
        return value and f"https://arxiv.org/abs/{value}"
    expected = "a number of arXiv, as in 1706.03762 (quote it if it ends in 0)"
    field.wrong(page, node, name, expected)
    return None


def authors(page: Page, name: str, node: Node) -> str | None:
    """The names as one text; a list of names is joined by commas."""
    names = field.texts(page, name, node)
    if names == ():
        page.report(node, "F04", f"{name} is empty: name who wrote it")
    return ", ".join(names) if names else None


def year(page: Page, name: str, node: Node) -> str | None:
    """The year of a work; ``2020+`` and ``current`` are for pages that change."""
    value = field.text(page, name, node)
    if value is None or re.fullmatch(r"[0-9]{4}\+?|current", value):
        return value
    field.wrong(page, node, name, "a year, as in 2019, or current")
    return None


FIELDS = {
    "title": Field(field.text, ALWAYS),
    "authors": Field(authors, ALWAYS),
    "year": Field(year),
    "venue": Field(field.text),
    "arxiv": Field(arxiv),
    "url": Field(url),
}


def load_sources(data: bytes | str, file: str) -> tuple[dict[str, Source], list[Problem]]:
    """The sources by key, and everything that is wrong in the content of ``file``; never raises.

    A source with an error is left out and the others are kept, unless YAML cannot read the file.
    """
    findings = Findings(file)
    text = clean(data, findings)
    sources = {} if text is None else _sources(text, findings)
    return sources, findings.listed()


def _sources(text: str, findings: Findings) -> dict[str, Source]:
    root = grow(text, findings, "sources").root
    if root is None and findings:
        return {}
    given: dict[str, Node] = {}
    if root and isinstance(root.node, MappingNode):
        given = root.page.entries(root.node)
    node = given.get("sources")
    if root is None or not isinstance(node, MappingNode):
        message = "there is no mapping of sources: write “sources:” and below it each key"
        findings.add(1, 1, "S01", message)
        return {}
    page = root.page
    page.is_plain(root.node, without=node)
    field.unknown(page, root.node, "this file", ["sources"])
    return {one.source.key: one.source for one in _listed(page, node)}


def listed(page: Page, name: str, node: Node) -> tuple[Listed, ...] | None:
    """The sources that a deck brings along."""
    if isinstance(node, MappingNode):
        return tuple(_listed(page, node))
    field.wrong(page, node, name, "a mapping: below it each key, with title and authors")
    return None


def _listed(page: Page, node: MappingNode) -> Iterator[Listed]:
    """The sources of a mapping that are well, in order."""
    keys = (key for key, _ in reversed(node.value) if isinstance(key, ScalarNode))
    lines = {key.value: page.line(key) for key in keys}
    for key, value in page.entries(node).items():
        if source := _source(page, key, value):
            yield Listed(source, lines[key])


def _source(page: Page, key: str, node: Node) -> Source | None:
    if not page.is_plain(node):
        return None
    values = field.record(page, f"the source {shown(key)}", node, FIELDS)
    return _made(key, values) if values else None


def _made(key: str, values: dict[str, Any]) -> Source:
    number, address = values.pop("arxiv", ""), values.pop("url", "")
    return Source(key=key, link=number or address, **values)
