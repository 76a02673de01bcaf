"""Which cards of the library teach what an interview has missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.study.interview.score import Lesson

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.study.interview.attempt import Attempt
    from mlsd_cards.study.interview.score import Result

MOST = 2
"""Cards for each must: more are not read."""

REQUIRED, SAME_STEP = 0.4, 0.1
"""What a card is favoured by, in the share of the words: the rubric builds on it, or its tags name
the step."""


def lessons(app: App, attempt: Attempt, result: Result) -> tuple[Lesson, ...]:
    """For what was missed in each step, the cards that share its words; those of the rubric's
    ``requires`` and of the step before others. No note is named twice."""
    from mlsd_cards.store import roster
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.store.entry import entries
    from mlsd_cards.store.index import opened
    from mlsd_cards.store.related import related

    notes = {entry.card: entry.note for entry in entries(app.catalogue)}
    named: set[str] = set()
    made = []
    with opened(app.home, app.catalogue) as index:
        for step in result.steps:
            tag = f"step:{STEPS.index(step.step) + 1}"
            same = set(roster.ids(app.catalogue, Filter(tags=(tag,))))
            for one in step.missed:
                among = {
                    card: REQUIRED * (note in attempt.case.requires) + SAME_STEP * (card in same)
                    for card, note in notes.items()
                    if note not in named
                }
                nearest: dict[str, str] = {}
                for hit in related(index, one.text, among):
                    nearest.setdefault(notes[hit.card], hit.card)
                found = dict(list(nearest.items())[:MOST])
                named.update(found)
                if found:
                    cards = tuple((card, _prompt(app, card)) for card in found.values())
                    made.append(Lesson(step.step, one.text, cards))
    return tuple(made)


def _prompt(app: App, card: str) -> str:
    """The card's question as it is asked."""
    from mlsd_cards.cards.question import ask

    found = app.catalogue.find(card)
    if found is None:
        return ""
    try:
        return ask(found.card, 0).prompt
    except ValueError:  # a generator that finds no fair numbers
        return found.card.prompt
