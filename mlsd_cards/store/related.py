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

EMPTY = frozenset(
    words("""
        about after again alike all alone also and any are ask asked asks been before both but can
        come comes count counts day days does each first for found from full give gives goes good
        had has have high how into its keep keeps kept late later like live long look make makes
        many may more most much new nobody not now off old once one ones only other out over part
        people per place put read reads rest same say says see seen share show shown shows small
        some stay such take taken takes tell than that the their them then they this time two
        under wants was way well what when where which who why will with within without work works
        yet you your
    """)
)
"""Words of any text, which tell nothing however rare they are among the cards."""

COMMON, FEW = 0.08, 5
"""A word that more than this part of the cards has tells nothing; so many cards are few."""

FEWEST = 2
"""So many telling words have to be shared: one alone may mean anything."""

ENOUGH = 0.55
"""The part of the text's telling words that a card has to share, the rare ones counting more."""


class Related(NamedTuple):
    """A card, and the part of the text's words that it shares, from 0 to 1 and beyond if it is
    favoured."""

    card: str
    share: float


def related(index: sqlite3.Connection, text: str, among: Mapping[str, float]) -> list[Related]:
    """The cards that are about ``text``, the nearest first; none rather than a poor one. ``among``
    are the cards that may be, each with what it is favoured by."""
    finder = Ranked(index) if is_ranked(index) else Read(index)
    weights: dict[str, float] = {}
    shared: dict[str, list[str]] = {}
    for word in dict.fromkeys(words(text)):
        if len(word) < SHORTEST or word in EMPTY:
            continue
        cards = [card for _, card in finder.find(Wanted((((word,),),))) if card in among]
        if len(cards) > max(FEW, COMMON * len(among)):
            continue
        weights[word] = log(1 + len(among) / max(1, len(cards)))
        for card in cards:
            shared.setdefault(card, []).append(word)
    whole = sum(weights.values())
    near = [
        Related(card, sum(weights[word] for word in has) / whole + among[card])
        for card, has in shared.items()
        if len(has) >= FEWEST
    ]
    good = [one for one in near if one.share >= ENOUGH]
    return sorted(good, key=lambda one: (-one.share, one.card))
