"""The deletions of a cloze text as they are typed, and what is wrong with them."""

from __future__ import annotations

import re

from mlsd_cards.cards.card import DELETION, deletions

OPENING = re.compile(r"\{\{c[0-9]+::")  # what makes a text a cloze, well formed or not
MARKERS = re.compile(r"\{\{c[0-9]+::|\}\}")
EMPTY = "a deletion is empty: write the hidden text in {{c1::…}}"
FAULTS = (
    (r"\{\{c0+[0-9]*::", "deletions are numbered from 1 without leading zeros, as in {{c1::…}}"),
    (r"\{\{c[0-9]{3,}::", "deletions are numbered up to 99"),
    (r"\{\{c[0-9]+::(::[^}]*)?\}\}", EMPTY),
    (r"\{\{(C[0-9]+::|c[0-9]+:(?!:)|c::|[0-9]+::)", "a deletion is written {{c1::hidden text}}"),
    (r"\{\{c[0-9]+::", "a deletion is not closed: end it with }}"),
)


def fault(value: str) -> str:
    """What is wrong with the deletions of a text, or an empty text."""
    depth = 0
    for marker in MARKERS.findall(value):
        depth = max(0, depth - 1) if marker == "}}" else depth + 1
        if depth > 1:
            return "a deletion stands inside another, or the one before it is not closed by }}"
    rest = DELETION.sub("", value)
    for pattern, message in FAULTS:
        if re.search(pattern, rest, re.S):
            return message
    for deletion in deletions(value):
        if not deletion.text.strip():
            return EMPTY
        if deletion.text.count("{") > deletion.text.count("}"):
            return "a deletion ends at its first }}: write a space between } and }}"
    return "" if DELETION.search(value) else "a cloze needs a deletion, as in {{c1::hidden text}}"
