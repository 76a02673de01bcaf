"""What a question leaves blank: what is right in each gap, and what was typed for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mlsd_cards.cards.card import DELETION, Card, Cloze, deletions
from mlsd_cards.cards.wording import Likeness, likeness

SEPARATORS = (r"…|\.\.\.", ";", "/", ",", r"\band\b|&", "[;/,]")
"""What stands between the answers to several gaps; the likeliest to be meant comes first."""


class Met(NamedTuple):
    """How near an answer came to a gap, and the right text that it came nearest to."""

    likeness: Likeness
    text: str


def blanks(card: Card, texts: Sequence[str]) -> list[tuple[str, ...]]:
    """What is right in each gap; ``texts`` are right for all of them together, the author's own
    first. Another text counts where it can be divided like the gaps."""
    own = [texts[0]]
    if isinstance(card, Cloze):
        own = [part.text for part in deletions(card.prompt) if part.ordinal == card.ordinal]
    others = (parts for text in texts[1:] for parts in divisions(text, len(own)))
    return list(zip(own, *others, strict=True))


def divisions(text: str, count: int) -> Iterator[list[str]]:
    """The ways to read a text as answers to ``count`` gaps. If there is none, what is missing is
    empty, and what is too much stands with the last."""
    if count == 1:
        yield [text]
        return
    ways = [parts for sep in SEPARATORS if len(parts := re.split(sep, text)) == count]
    rest = re.split(SEPARATORS[-1], text, maxsplit=count - 1)
    yield from ways or [[*rest, *[""] * (count - len(rest))]]


def beside(card: Card) -> str:
    """The words that are shown with the question and its answer, but for its own gaps."""
    own = card.ordinal if isinstance(card, Cloze) else 0
    prompt = DELETION.sub(lambda gap: "" if int(gap[1]) == own else gap[2], card.prompt)
    return f"{prompt}\n{card.explanation}"


def met(blank: Sequence[str], typed: str, surroundings: str) -> Met:
    """How near what was typed comes to what is right in one gap."""
    found = (Met(likeness(typed, text, surroundings), text) for text in blank)
    return max(found, key=lambda one: one.likeness)
