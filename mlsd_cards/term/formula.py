"""A formula as signs in a row, and the row as a line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import category


class Sign(NamedTuple):
    """A piece of a formula that is not taken apart any more; its kind is how it meets others."""

    text: str
    kind: str


FACTOR, RATIO, OPEN, CLOSE, GROUP = "factor", "ratio", "open", "close", "group"
INFIX, PREFIX, WORD, LARGE, STOP, SPACE = "infix", "prefix", "word", "large", "stop", "space"

ENDS = {FACTOR, RATIO, CLOSE}
"""What can be multiplied with something behind it."""

KINDS = {
    **dict.fromkeys("([⟨⌊⌈{", OPEN),
    **dict.fromkeys(")]⟩⌋⌉}!", CLOSE),
    **dict.fromkeys(",;:.", STOP),
    **dict.fromkeys("-*/·", INFIX),
    **dict.fromkeys("∂∇∀∃¬", PREFIX),
    **dict.fromkeys("∑∏∫⋃⋂", LARGE),
    **dict.fromkeys("∞∅|", FACTOR),
    " ": SPACE,
}


def sign_of(text: str) -> Sign:
    """A character, a number or a word as a sign; its first character says of what kind."""
    kind = KINDS.get(text[0]) or (INFIX if category(text[0]) == "Sm" else FACTOR)
    return Sign(text, kind)


def joined(signs: Iterable[Sign]) -> str:
    """The signs in a line. A space stands where one was typed, on both sides of a relation if on
    one, and around a function's name; a ratio that is multiplied with something gets brackets."""
    solid, gaps = [Sign("", OPEN)], [False]
    for sign in signs:
        if sign.kind == SPACE:
            gaps[-1] = True
        else:
            solid.append(sign)
            gaps.append(False)
    solid.append(Sign("", CLOSE))
    line = ""
    for at in range(1, len(solid) - 1):
        (left, sign, right) = solid[at - 1 : at + 2]
        if sign.kind == INFIX and left.kind in ENDS:
            gaps[at - 1] = gaps[at] = gaps[at - 1] or gaps[at]
        times = left.kind in {*ENDS, WORD} or right.kind not in {INFIX, CLOSE, STOP}
        if sign.kind == RATIO and times:
            sign = Sign(f"({sign.text})", OPEN)
        line += (" " if _apart(left, sign, gaps[at - 1]) else "") + sign.text
    return line


def _apart(left: Sign, right: Sign, typed: bool) -> bool:
    """Whether a space stands between two signs; ``typed`` if one does in the source."""
    if left.kind == WORD:
        return right.kind not in {OPEN, CLOSE, STOP}
    if right.kind in {WORD, LARGE}:
        return typed or left.kind in ENDS
    if left.kind in {OPEN, PREFIX} or right.kind == CLOSE:
        return False
    named = "_" in left.text and left.text[-1].isalnum() and right.text[:1].isalnum()
    return typed or named or left.kind == LARGE


def part(signs: list[Sign], *, below: bool = False) -> str:
    """A side of a ratio, in brackets unless it is one thing; above the line also a product."""
    text, found = joined(signs), kinds(signs)
    ends = text[:1] + text[-1:]
    if ends in {"||", "‖‖"} and text.count(ends[0]) == 2:
        return text
    if below:
        whole = [kind for kind in found if kind != PREFIX] in ([FACTOR], [GROUP], [WORD, GROUP])
    else:
        whole = " " not in text and not {INFIX, RATIO, STOP, LARGE} & set(found)
    return text if whole else f"({text})"


def kinds(signs: list[Sign]) -> list[str]:
    """The kinds of the signs outside of brackets; what stands in brackets is one group."""
    outside: list[str] = []
    depth = 0
    for sign in signs:
        depth -= sign.kind == CLOSE and depth > 0
        if not depth and sign.kind not in {SPACE, CLOSE}:
            outside.append(GROUP if sign.kind == OPEN else sign.kind)
        depth += sign.kind == OPEN
    return outside
