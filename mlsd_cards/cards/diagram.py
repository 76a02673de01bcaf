"""Diagram cards: a drawing in characters with one box to be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mlsd_cards.cards.card import Card

GAP = "[?]"
"""What stands in the box to be named, once in a drawing."""

WIDEST = 76
"""The most columns of a drawing: what fits on a screen of 80 with its margins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(Card):
    """``diagram`` is drawn line for line; ``missing`` names the box, ``accept`` says how else."""

    kind: ClassVar[str] = "diagram"
    diagram: str
    missing: str
    accept: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[str, ...]:
        """The accepted names that are not ``missing`` in another case."""
        return tuple(one for one in self.accept if one.casefold() != self.missing.casefold())


def trimmed(text: str) -> str:
    """A drawing as it was typed, without empty lines around it and blanks at the ends of lines."""
    lines = [line.rstrip() for line in text.split("\n")]
    drawn = [number for number, line in enumerate(lines) if line]
    return "\n".join(lines[drawn[0] : drawn[-1] + 1]) if drawn else ""


def columns(line: str) -> int:
    """The columns that a line takes; CJK and the like take two, combining marks none."""
    if line.isascii():
        return len(line)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in line
    )


def fault(drawing: str) -> str:
    """What keeps a drawing from being drawn and asked about, or an empty text."""
    for number, line in enumerate(drawing.split("\n"), 1):
        if "\t" in line:
            return f"line {number} of the drawing has a tab: draw with blanks"
        if columns(line) > WIDEST:
            wide = f"line {number} of the drawing is {columns(line)} columns wide"
            return f"{wide}, at most {WIDEST} fit: draw it narrower"
    gaps = drawing.count(GAP)
    if gaps != 1:
        found = "no [?]" if not gaps else f"{gaps} times [?]"
        return f"the drawing has {found}: put it once, in the box that is to be named"
    return ""
