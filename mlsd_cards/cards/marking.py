"""An answer against its question: right, partly right or wrong, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.cards.card import Number
from mlsd_cards.cards.question import CHOOSE, Question

if TYPE_CHECKING:
    from mlsd_cards.cards.blank import Met


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


def accepted(question: Question) -> tuple[str, ...] | None:
    """The texts that are right, the card's own answer first; None where no text is to be typed.

    Typed are the gaps of a cloze, the missing box of a drawing, and the answer of a basic card
    whose author lists others that are right too.
    """
    others: tuple[str, ...] = getattr(question.card, "accept", ())
    is_typed = others or question.card.kind in {"cloze", "diagram"}
    return (question.answer, *others) if is_typed else None


def mark_text(question: Question, text: str) -> Mark:
    """The mark for a typed text; with a slip of the fingers it is right, and the spelling is said.

    Several gaps are answered in order, with a semicolon, comma or stroke between them; where only
    some are right, the score is their share.
    """
    from mlsd_cards.cards.blank import beside, blanks, divisions, met  # few cards are typed

    texts = accepted(question)
    if texts is None:
        raise TypeError(f"a card of kind {question.card.kind} is not answered by a text")
    gaps, around = blanks(question.card, texts), beside(question.card)
    tries = [
        [met(blank, typed, around) for blank, typed in zip(gaps, parts, strict=True)]
        for parts in divisions(text, len(gaps))
    ]
    found = max(tries, key=lambda one: sum(gap.likeness > 0 for gap in one))
    score = sum(gap.likeness > 0 for gap in found) / len(gaps)
    verdict = Verdict.RIGHT if score == 1 else Verdict.PARTLY if score else Verdict.WRONG
    return Mark(verdict, score, "\n".join(remarks(found)))


def remarks(found: Sequence[Met]) -> Iterator[str]:
    """A line for each gap that was not answered to the letter."""
    from mlsd_cards.cards.wording import Likeness

    words = {Likeness.SLIP: "Spelt", Likeness.OTHER: "Right"}
    for number, gap in enumerate(found, 1):
        if gap.likeness in words:
            lead = f"Gap {number}: " if len(found) > 1 else ""
            yield f"{lead}{words[gap.likeness]}: {gap.text}"
