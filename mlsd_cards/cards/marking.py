"""An answer against its question: right, partly right or wrong, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from mlsd_cards.cards.card import Number
from mlsd_cards.cards.question import CHOOSE, Question


class Verdict(StrEnum):
    """How an answer came out."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


class Mark(NamedTuple):
    """A verdict, its score from 0 to 1, and in words what was wrong; empty where nothing was."""

    verdict: Verdict
    score: float
    why: str


BUTTONS = {Verdict.RIGHT: 3, Verdict.PARTLY: 2, Verdict.WRONG: 1}


def proposed(mark: Mark) -> int:
    """The button that a mark proposes: 3 Good, 2 Hard or 1 Again; the person decides."""
    return BUTTONS[mark.verdict]


def mark_picks(question: Question, picked: frozenset[int]) -> Mark:
    """The mark for the options picked, by their place in ``question.options``.

    Right is exactly the right set. The score is max(0, (right picks − wrong picks) / number of
    right options), and above 0 the answer is partly right. ValueError for a place without option.
    """
    options = question.options
    if not picked <= set(range(len(options))):
        raise ValueError(f"pick from 1 to {len(options)}")
    right = {place for place, option in enumerate(options) if option.correct}
    if picked == right:
        why = "".join(options[place].why for place in right) if question.form == CHOOSE else ""
        return Mark(Verdict.RIGHT, 1.0, why)
    score = max(0.0, (len(picked & right) - len(picked - right)) / max(1, len(right)))
    verdict = Verdict.PARTLY if score else Verdict.WRONG
    return Mark(verdict, score, "\n".join(slips(question, picked, right)))


def slips(question: Question, picked: frozenset[int], right: set[int]) -> Iterator[str]:
    """A line for each wrong pick, with its why, and one for each right option that was missed.

    Where one option is to be chosen, the wrong pick says it all.
    """
    for place in sorted(picked - right):
        option = question.options[place]
        alone = question.form == CHOOSE and option.why
        yield option.why if alone else f"{option.text}: {option.why or 'not right'}"
    if question.form != CHOOSE or not picked:
        yield from (f"Missed: {question.options[place].text}" for place in sorted(right - picked))


MOSTLY = 0.5
"""The tau above which an order is partly right: three quarters of the pairs."""


def mark_order(question: Question, order: Sequence[int]) -> Mark:
    """The mark for the items in the ``order`` given, by their places in ``question.items``.

    The score is Kendall's tau, or 0 where that is less. ValueError where it is not each item once.
    """
    from mlsd_cards.cards.ordering import Ordering, swapped, tau

    card = question.card
    if not isinstance(card, Ordering):
        raise TypeError(f"a card of kind {card.kind} is not answered by an order")
    if sorted(order) != list(range(len(card.items))):
        raise ValueError(f"give each number from 1 to {len(card.items)} once")
    places = [card.items.index(question.items[index]) for index in order]
    if card.fixed_first:  # it was given away, and counts for nothing
        places.remove(0)
    wrong, score = len(swapped(places)), max(0.0, tau(places))
    if not wrong:
        return Mark(Verdict.RIGHT, 1.0, "")
    pairs = len(places) * (len(places) - 1) // 2
    verdict = Verdict.PARTLY if score > MOSTLY else Verdict.WRONG
    return Mark(verdict, score, f"{wrong} of {pairs} pairs the wrong way round")


def mark_number(question: Question, text: str) -> Mark:
    """The mark for a typed number, with a word on a near miss.

    ValueError says in words why the text cannot be read, so that it can be asked for again.
    """
    # Here, because most cards are answered without a number.
    from mlsd_cards.cards.near_miss import near_misses
    from mlsd_cards.cards.quantity import read

    card = question.card
    if not isinstance(card, Number):
        raise TypeError(f"a card of kind {card.kind} is not answered by a number")
    given = read(text, card.unit)
    if card.tolerance.accepts(given, question.value):
        return Mark(Verdict.RIGHT, 1.0, "")
    return Mark(Verdict.WRONG, 0.0, next(near_misses(card, given, question.value)))
