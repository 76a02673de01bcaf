"""Ids written into the text of a deck file, and no other byte of it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yaml.nodes import MappingNode, Node, SequenceNode

from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.identity import digest, text_of
from mlsd_cards.cards.note import cards_of
from mlsd_cards.cards.text import clean
from mlsd_cards.cards.tree import Branch, grow

BOM = "\ufeff"


def stamped(data: bytes, ids: Mapping[str, str]) -> bytes | None:
    """The content of a deck file with an id on each note that has none.

    ``ids`` are by the digests of the notes' texts. None if it cannot be done without touching
    anything else, as in a file that is not UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    lines = text.split("\n")
    for line, column, words in sorted(_insertions(data, ids), reverse=True):
        row = lines[line]
        at = column + row.startswith(BOM)
        end = "\r\n" if row.endswith("\r") else "\n"
        lines[line] = row[:at] + words.replace("\n", end) + row[at:]
    after = "\n".join(lines).encode("utf-8")
    before, now = (load(version, "deck.yaml")[0] for version in (data, after))
    return after if before and now and _is_faithful(before, now, ids) else None


def _insertions(data: bytes, ids: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Line and column, both from 0, and what is to be written there."""
    found = []
    for branch in _items(data):
        page, node = branch
        card = next(iter(cards_of(branch, strict=False)), None)
        id_ = "" if card is None or card.note else ids.get(digest(text_of(card)))
        if id_ and isinstance(node, MappingNode):
            first = node.value[0][0]
            end = ", " if node.flow_style else "\n" + " " * first.start_mark.column
            found.append((page.line(first) - 1, first.start_mark.column, f"id: {id_}{end}"))
    return found


def _items(data: bytes) -> list[Branch]:
    """The entries of the list of cards, in the order of the file."""
    findings = Findings("deck.yaml")
    tree = grow(clean(data, findings) or "", findings, "cards")
    if tree.items is not None:
        return tree.items
    if tree.root is None or not isinstance(tree.root.node, MappingNode):
        return []
    page, node = tree.root
    cards: Node | None = page.entries(node).get("cards")
    return [Branch(page, item) for item in cards.value] if isinstance(cards, SequenceNode) else []


def _is_faithful(before: Deck, after: Deck, ids: Mapping[str, str]) -> bool:
    """Whether the decks differ in nothing but the ids that were to be written."""
    if len(before.cards) != len(after.cards):
        return False
    for (old, _), (new, _) in zip(before.cards, after.cards, strict=True):
        note = old.note or ids.get(digest(text_of(old)), "")
        if new != replace(old, note=note, id=old.id if old.note else note + old.id):
            return False
    return True
