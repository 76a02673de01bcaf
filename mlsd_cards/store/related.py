"""Cards that are about the same as a text: those that share its telling words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from math import log
from typing import NamedTuple

from mlsd_cards.store.index import is_ranked, words
from mlsd_cards.store.search import Ranked, Read, Wanted

COMMON = 0.08
"""A word that this part of the cards has tells nothing."""

FEWEST = 2
"""So many telling words have to be shared: one alone may mean anything."""

ENOUGH = 0.6
"""The part of the text's telling words that a card has to share, the rare ones counting more."""


class Related(NamedTuple):
    """A card, and the part of the text's words that it shares, from 0 to 1 and beyond if it is
    favoured."""

    card: str
    share: float


def related(
    index: sqlite3.Connection, text: str, among: Mapping[str, float], most: int
) -> list[Related]:
    """At most so many cards that are about ``text``, the nearest first; none rather than a poor
    one. ``among`` are the cards that may be, each with what it is favoured by."""
    finder = Ranked(index) if is_ranked(index) else Read(index)
    total = index.execute("SELECT count(*) FROM entry").fetchone()[0]
    weights: dict[str, float] = {}
    shared: dict[str, list[str]] = {}
    for word in dict.fromkeys(words(text)):
        if len(word) < 3 and not word.isdigit():
            continue
        cards = [card for _, card in finder.find(Wanted((((word,),),)))]
        if len(cards) > COMMON * total:
            continue
        weights[word] = log(total / max(1, len(cards)))
        for card in cards:
            if card in among:
                shared.setdefault(card, []).append(word)
    whole = sum(weights.values())
    found = [
        Related(card, sum(weights[word] for word in has) / whole + among[card])
        for card, has in shared.items()
        if len(has) >= FEWEST
    ]
    good = [one for one in found if one.share >= ENOUGH]
    return sorted(good, key=lambda one: (-one.share, one.card))[:most]
