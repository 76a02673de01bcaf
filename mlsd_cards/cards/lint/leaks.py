"""Rules against questions that give their answer away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from mlsd_cards.cards.card import Mcq
from mlsd_cards.cards.lint.rule import Note, Remarks, Shelf
from mlsd_cards.cards.lint.words import content, stem, words

COMMON = 0.05
"""The share of a deck's prompts from which on a word in them is one of its glossary."""

SHORTEST = 5
"""Telling words of an answer from which on sharing half of them says anything."""


def answer_is_not_in_the_prompt(shelf: Shelf) -> Remarks:
    """Of the telling words of a basic answer less than half stand in the prompt: stems, without
    little words and the glossary of the deck (its name, its topics, what is in every twentieth
    prompt). Answers with = or / are formulas and exempt, and those of fewer than 5 telling words.

    A cue that shares the words of the answer is matched, not recalled.
    """
    glossaries = _glossaries(shelf)
    for note in shelf.notes:
        if note.card.kind != "basic" or {"=", "/"} & set(note.answer):
            continue
        known = glossaries[note.deck]
        key = set(content(note.answer)) - known
        if len(key) >= SHORTEST and len(both := key.intersection(content(note.prompt))) * 2 >= len(
            key
        ):
            said = ", ".join(sorted(both))
            yield note, f"{len(both)} of {len(key)} telling words of the answer are asked: {said}"


def _glossaries(shelf: Shelf) -> dict[str, set[str]]:
    """By deck, the stems that are common in it."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for note in shelf.notes:
        sizes[note.deck] += 1
        named[note.deck].update(content(f"{note.deck} {note.card.topic}".replace("-", " ")))
        counts[note.deck].update(set(content(note.prompt)))
    for deck, stems in counts.items():
        least = max(3, COMMON * sizes[deck])
        named[deck].update(one for one, times in stems.items() if times >= least)
    return named


def right_option_is_no_echo(note: Note[Mcq]) -> Iterator[str]:
    """The right option of an mcq is not the only one that repeats two words of the prompt running.

    Who knows nothing picks what sounds like the question.
    """
    asked = _pairs(note.prompt)
    echoes = [(option.correct, _pairs(option.text) & asked) for option in note.card.options]
    if [is_right for is_right, both in echoes if both] == [True]:
        said = next(min(both) for is_right, both in echoes if is_right)
        yield f"only the right option repeats “{' '.join(said)}” of the prompt: reword one of them"


def _pairs(text: str) -> set[tuple[str, str]]:
    """The neighbours among the words, of which not both are little ones."""
    return {pair for pair in pairwise(map(stem, words(text))) if len(content(" ".join(pair))) == 2}
