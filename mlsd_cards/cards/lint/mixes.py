"""Rules of decks and topics as a whole. A finding stands at the first card of what it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.lint.rule import Note, Remarks, Shelf
from mlsd_cards.cards.lint.words import normal

SMALLEST = 20
"""Cards from which on a deck has a mix."""

KEY, ANGLES = 5, 3
"""Cards that make a topic a key one, and the kinds that it then has."""

RECALL = 35
LEAST = {2: 40, 3: 20}
"""Percent of a deck: of difficulty 1 at most; of 2 and 3 at least."""

MIX = {
    "basic": 31,
    "cloze": 12,
    "mcq": 18,
    "multi_select": 6,
    "ordering": 4,
    "numeric": 8,
    "computed": 6,
    "comparison": 8,
    "diagram": 5,
}
SPREAD = 10
"""The percent of the cards that a kind has over all decks, and by how much a deck may differ."""

Notes = list[Note[Card]]


def _groups(shelf: Shelf, *, by_topic: bool) -> Iterable[Notes]:
    """The notes of reviews, by deck, or by topic within a deck; those without a topic make none."""
    groups: defaultdict[tuple[str, str], Notes] = defaultdict(list)
    for note in shelf.notes:
        if note.card.daily and (note.card.topic or not by_topic):
            groups[note.deck, note.card.topic if by_topic else ""].append(note)
    return groups.values()


def _percent(notes: Notes, part: int) -> float:
    return 100 * part / len(notes)


def answers_differ(shelf: Shelf) -> Remarks:
    """At most 3 cards of a topic have the same answer.

    The fourth is answered by habit.
    """
    for notes in _groups(shelf, by_topic=True):
        times = Counter(text for note in notes if (text := normal(note.answer)))
        for text in (text for text, count in times.items() if count > 3):
            first = next(note for note in notes if normal(note.answer) == text)
            yield first, f"{times[text]} cards of {first.card.topic} have its answer: ask otherwise"


def topic_begins_low(shelf: Shelf) -> Remarks:
    """Every topic has a card of difficulty 1 or 2.

    Judging comes after knowing.
    """
    for notes in _groups(shelf, by_topic=True):
        if min(note.card.difficulty for note in notes) > 2:
            yield notes[0], f"the topic {notes[0].card.topic} has no card of difficulty 1 or 2"


def topic_has_angles(shelf: Shelf) -> Remarks:
    """A topic of 5 cards or more has 3 kinds of them or more.

    What was learnt from one side only is not found from another in an interview.
    """
    for notes in _groups(shelf, by_topic=True):
        kinds = sorted({note.card.kind for note in notes})
        if len(notes) >= KEY and len(kinds) < ANGLES:
            topic = f"the {len(notes)} cards of {notes[0].card.topic}"
            yield notes[0], f"{topic} are all {' or '.join(kinds)}: ask from another side too"


def recall_is_a_part(shelf: Shelf) -> Remarks:
    """At most 35 % of a deck of 20 cards or more is of difficulty 1.

    An interview asks for reasons and judgement.
    """
    for notes in _groups(shelf, by_topic=False):
        share = _percent(notes, sum(note.card.difficulty == 1 for note in notes))
        if len(notes) >= SMALLEST and share > RECALL:
            yield notes[0], f"{share:.0f} % of the deck is of difficulty 1: {RECALL} % at most"


def deck_is_balanced(shelf: Shelf) -> Remarks:
    """In a deck of 20 cards or more the kinds are mixed as in the whole collection and at least
    40 % are of difficulty 2 and 20 % of 3, each within 10 points.

    Each kind trains something else. A deck whose matter asks for another mix says so.
    """
    for notes in _groups(shelf, by_topic=False):
        if len(notes) >= SMALLEST:
            for message in _off_balance(notes):
                yield notes[0], message


def _off_balance(notes: Notes) -> Iterator[str]:
    kinds = Counter(note.card.kind for note in notes)
    for kind, usual in MIX.items():
        if abs((share := _percent(notes, kinds[kind])) - usual) > SPREAD:
            yield f"{share:.0f} % of the deck is {kind}, in all decks {usual} %"
    levels = Counter(note.card.difficulty for note in notes)
    for level, least in LEAST.items():
        if (share := _percent(notes, levels[level])) < least - SPREAD:
            yield f"{share:.0f} % of the deck is of difficulty {level}: {least} % is meant"
