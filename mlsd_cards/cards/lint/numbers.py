"""Rules of the cards whose answer is a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite

from mlsd_cards.cards.card import Computed, Number, Numeric
from mlsd_cards.cards.expression import evaluate
from mlsd_cards.cards.generators.generate import (
    placeholders,
    problems_in_pinned,
    worked,
)
from mlsd_cards.cards.generators.table import GENERATORS
from mlsd_cards.cards.lint.rule import Note
from mlsd_cards.cards.question import Question, ask

DRAWS, DISTINCT = 200, 20
WIDEST = 0.1


def number_is_reproducible(note: Note[Number]) -> Iterator[str]:
    """The ``check`` of a numeric or computed card gives its value, within the tolerance, which is
    at most a tenth of the value; of a computed card the pinned example is fair, and its generator
    gives the pinned value too.

    A number that nobody can recompute is a number that nobody has checked.
    """
    card = note.card
    if card.tolerance.rel > WIDEST:
        yield f"a tolerance of {card.tolerance.rel:.0%} passes wrong formulas: {WIDEST:.0%} at most"
    right = card.value if isinstance(card, Numeric) else None
    if isinstance(card, Computed) and card.pinned:
        right = card.pinned["value"]
        yield from _pinned(card)
    if not card.check or right is None:
        return
    try:
        value = evaluate(card.check)
    except ValueError as error:
        yield f"check: {error}"
        return
    if not card.tolerance.accepts(value, right):
        yield f"check gives {value:g}, the card says {right:g}: one of them is wrong"


def _pinned(card: Computed) -> Iterator[str]:
    """What is wrong with the example of a computed card."""
    values, right = card.pinned["params"], card.pinned["value"]
    if problems := problems_in_pinned(card.generator, values, card.tolerance):
        yield from problems
    elif not card.tolerance.accepts(value := worked(card.generator, values), right):
        yield f"{card.generator} gives {value:g} for the pinned params, pinned.value is {right:g}"


def every_draw_is_fair(note: Note[Computed]) -> Iterator[str]:
    """200 draws of a computed card succeed: finite, alike when drawn again, every placeholder
    filled, every usual wrong answer out of reach, and 20 prompts or more among them.

    The card must be right in the draw that somebody will meet next year.
    """
    card = note.card
    if strangers := placeholders(card.prompt) - GENERATORS[card.generator].shows.keys():
        yield f"{card.generator} gives no {{{min(strangers)}}}: the prompt would show it as it is"
        return
    try:
        drawn = [ask(card, repetition) for repetition in range(DRAWS)]
    except ValueError as error:
        yield str(error)
        return
    yield from _unfair(card, drawn)


def _unfair(card: Computed, drawn: list[Question]) -> Iterator[str]:
    for number, question in enumerate(drawn):
        if not isfinite(question.value) or re.search(r"[{}]", question.prompt):
            yield f"draw {number} asks “{question.prompt}” with the answer {question.answer}"
            return
    if ask(card, 0) != drawn[0]:
        yield "draw 0 gives another question the second time"
    if (prompts := len({question.prompt for question in drawn})) < DISTINCT:
        yield f"{DRAWS} draws give {prompts} prompts, which are soon known: widen the params"
