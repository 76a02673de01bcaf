"""Cards that are about the same as a text: those that share its telling words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from math import log
from typing import NamedTuple

from mlsd_cards.store.index import is_ranked, words
from mlsd_cards.store.search import Ranked, Read, Wanted

SHORTEST = 3
"""The letters of a word that can tell anything."""

COMMON, FEW = 0.08, 5
"""A word that more than this part of the cards has tells nothing; so many cards are few."""

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
    weights: dict[str, float] = {}
    shared: dict[str, list[str]] = {}
    for word in dict.fromkeys(words(text)):
        found = finder.find(Wanted((((word,),),))) if len(word) >= SHORTEST else []
        cards = [card for _, card in found if card in among]
        if not cards or len(cards) > max(FEW, COMMON * len(among)):
            continue
        weights[word] = log(1 + len(among) / len(cards))
        for card in cards:
            shared.setdefault(card, []).append(word)
    whole = sum(weights.values())
    near = [
        Related(card, sum(weights[word] for word in has) / whole + among[card])
        for card, has in shared.items()
        if len(has) >= FEWEST
    ]
    good = [one for one in near if one.share >= ENOUGH]
    return sorted(good, key=lambda one: (-one.share, one.card))[:most]
