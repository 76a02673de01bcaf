"""A deck file: YAML text in, a deck and its problems out, whatever the text is."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlsd_cards.cards import field, source
from mlsd_cards.cards.card import Card
from mlsd_cards.cards.code import REPEATED, Findings
from mlsd_cards.cards.field import STRICT, Field
from mlsd_cards.cards.note import cards_of
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.source import Listed
from mlsd_cards.cards.text import clean, shown
from mlsd_cards.cards.tree import Branch, Page, Tree, grow

MAX_NAME = 200


class Placed(NamedTuple):
    """A card and the line, from 1, at which its note starts in the file."""

    card: Card
    line: int


@dataclass(frozen=True, slots=True)
class Deck:
    """What a deck file holds. ``::`` in the name nests; ``tags`` are meant for every card,
    ``sources`` are the works that it brings along."""

    file: str
    name: str
    title: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    cards: tuple[Placed, ...] = ()
    sources: tuple[Listed, ...] = ()


def load(
    data: bytes | str, file: str, *, strict: bool = False
) -> tuple[Deck | None, list[Problem]]:
    """The deck in the content of ``file`` and everything that is wrong in it, in order.

    Never raises. A note with an error gives no cards and the others all of theirs; the deck is
    None when there is no list of cards at all. ``strict`` asks for all that a bundled deck has.
    """
    findings = Findings(file)
    with _uninterrupted():
        deck = _load(data, findings, strict)
    return deck, findings.listed()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """No garbage collection inside: a tree of nodes has no cycles and costs it half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(data: bytes | str, findings: Findings, strict: bool) -> Deck | None:
    text = clean(data, findings)
    if text is None:
        return None
    tree = grow(text, findings, "cards")
    if tree.root is None and not tree.items:
        if not findings:
            findings.add(1, 1, "D01", "the file is empty: a deck starts with “cards:” and a list")
        return None
    values = _head(tree, findings, strict)
    items = _items(tree)
    if items is None:
        return None
    if not items and not findings:
        findings.add(1, 1, "D05", "the deck has no cards yet: add one under “cards:”", "warning")
    cards = tuple(
        Placed(card, item.page.line(item.node)) for item in items for card in cards_of(item, strict)
    )
    name = values.pop("deck", None) or stem(findings.file)
    return Deck(findings.file, name, cards=cards, **values)


def deck_name(page: Page, what: str, node: Node) -> str | None:
    """The name of a deck: texts joined by ``::``, as in Anki."""
    value = field.text(page, what, node)
    if value is None or (len(value) <= MAX_NAME and "\n" not in value and _is_nested(value)):
        return value
    expected = f"names joined by ::, in one line of at most {MAX_NAME} characters"
    page.report(node, "D04", f"{what} must be {expected}, found {shown(value)}")
    return None


def _is_nested(name: str) -> bool:
    return all(segment and segment == segment.strip() for segment in name.split("::"))


FIELDS = {
    "deck": Field(deck_name, STRICT),
    "title": Field(field.text, STRICT),
    "description": Field(field.text, STRICT),
    "tags": Field(field.texts),
    "sources": Field(source.listed),
}


def _head(tree: Tree, findings: Findings, strict: bool) -> dict[str, Any]:
    """The fields of the deck itself that could be read."""
    if tree.root is None:
        return {}
    page, node = tree.root
    if not isinstance(node, MappingNode):
        message = "a deck is a mapping: begin it with “cards:” and put the list of cards below"
        page.report(node, "D02", message)
        return {}
    entries = page.entries(node)
    page.is_plain(node, without=entries.get("cards"))
    values: dict[str, Any] = {}
    for name, entry in entries.items():
        if name in FIELDS and (value := FIELDS[name].read(page, name, entry)) is not None:
            values[name] = value
    field.unknown(page, node, "a deck", [*FIELDS, "cards"])
    for name in FIELDS.keys() - entries.keys():
        if strict and FIELDS[name].required == STRICT:
            page.report(node, "F02", f"{name} is missing: a bundled deck has it")
    return values


def _items(tree: Tree) -> list[Branch] | None:
    """The entries of the list of cards; None when there is no list, which is then reported."""
    if tree.items is not None:
        return tree.items
    if tree.root is None or not isinstance(tree.root.node, MappingNode):
        return None
    page, node = tree.root
    cards = page.entries(node).get("cards")
    if isinstance(cards, SequenceNode):
        return [Branch(page, item) for item in cards.value]
    if isinstance(cards, ScalarNode) and not cards.value:
        return []
    message = "there is no list of cards: write “cards:” and below it “- q: …” and “  a: …”"
    page.report(cards or node, "D03", message)
    return None


def stem(file: str) -> str:
    """The file's name without folders and ending: the name of a deck that has no other."""
    name = re.split(r"[/\\]", file)[-1]
    return name.rpartition(".")[0] or name or "deck"


def repeated_ids(decks: Iterable[Deck]) -> list[Problem]:
    """A problem at each note whose id was used before, in the same file or in an earlier deck."""
    places: dict[str, tuple[str, int]] = {}
    taken: set[str] = set()
    problems: dict[tuple[str, str, int], Problem] = {}
    for deck in decks:
        for card, line in deck.cards:
            if not card.note:
                continue
            here = (deck.file, line)
            first = places.setdefault(card.note, here)
            if first != here or card.id in taken:  # the siblings of one note stand at one place
                message = f"the id {card.note} is used in {first[0]}:{first[1]} already: change one"
                problem = Problem(deck.file, line, 1, REPEATED, message)
                problems.setdefault((card.note, *here), problem)
            taken.add(card.id)
    return sorted(problems.values())
