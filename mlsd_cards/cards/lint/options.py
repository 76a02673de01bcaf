"""Rules of the options of mcq and multi_select cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from mlsd_cards.cards.card import Choice, Mcq, MultiSelect
from mlsd_cards.cards.lint.rule import Note
from mlsd_cards.cards.lint.words import count, normal
from mlsd_cards.cards.text import shown

CATCH_ALL = re.compile(r"\b(?:all|none|both|neither) of (?:the |these|them)|both a and b", re.I)


def choice_has_its_form(note: Note[Mcq]) -> Iterator[str]:
    """An mcq has 3 to 5 options, one of them right, each with a why of 6 words or more; none reads
    like another or says “all of the above”, and the right one is at most 1.6 times as long as the
    median of the others.

    Wrong options are beliefs that candidates hold; the why is where one learns. Length, doubles and
    catch-alls give the answer away to who knows nothing.
    """
    yield from _number(note, 3, 5)
    yield from _faults(note)


def selection_has_its_form(note: Note[MultiSelect]) -> Iterator[str]:
    """A multi_select has 4 to 6 options, two or more right and one or more wrong, each with a why
    of 6 words or more; none reads like another or says “all of the above”, and the right ones are
    at most 1.6 times as long as the others, by their medians.

    Each option is a question of its own, to be decided alone.
    """
    yield from _number(note, 4, 6)
    right = sum(option.correct for option in note.card.options)
    if not 2 <= right < len(note.card.options):
        yield f"{right} of {len(note.card.options)} options are right: two or more are, but not all"
    yield from _faults(note)


def _number(note: Note[Choice], low: int, high: int) -> Iterator[str]:
    if not low <= len(note.card.options) <= high:
        yield f"{len(note.card.options)} options: give {low} to {high}"


def _faults(note: Note[Choice]) -> Iterator[str]:
    """What both kinds have in common."""
    seen: set[str] = set()
    for option in note.card.options:
        if count(option.why) < 6 and (option.why or note.strict):
            yield f"the option {shown(option.text)} needs a why of 6 words or more"
        if CATCH_ALL.search(option.text):
            yield f"the option {shown(option.text)} is about the others: say something by itself"
        text = normal(option.text)
        if text and text in seen:
            yield f"the option {shown(option.text)} reads like another: make them differ"
        seen.add(text)
    right, wrong = (
        [len(o.text) for o in note.card.options if o.correct is is_right]
        for is_right in (True, False)
    )
    if right and wrong and median(right) > 1.6 * median(wrong):
        yield "what is right is much longer than what is wrong, which gives it away: even them out"
