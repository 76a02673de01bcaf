"""docs/coverage.md is made of the decks, and each thing that was asked for has notes that teach it.

What was asked for stands in asked.toml. ``MLSD_CARDS_REGENERATE=1 pytest tests/test_coverage.py``
writes the page anew.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import count, groupby
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.rubric import STEPS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "coverage.md"
ASKED = tomllib.loads((ROOT / "tests" / "asked.toml").read_text())
KINDS = "basic cloze mcq multi_select ordering numeric computed comparison diagram rubric".split()
SHOWN = 6
"""So many ids stand in a line; more are folded away."""


class Note(NamedTuple):
    """A note and its deck."""

    deck: Deck
    card: Card

    @property
    def place(self) -> str:
        return f"{self.deck.name}/{self.card.topic}/{self.card.kind}"


class Part(NamedTuple):
    """A part of what was asked for: its notes by id or place, and how many it needs."""

    what: str
    cards: list[str]
    least: int = 1


def decks() -> Iterator[Deck]:
    for path in sorted((ROOT / "decks").glob("*.yaml")):
        deck, _ = load(path.read_bytes(), path.name)
        if deck and deck.cards:
            yield deck


DECKS = {deck.name: deck for deck in decks()}
NOTES = {
    placed.card.note: Note(deck, placed.card) for deck in DECKS.values() for placed in deck.cards
}


def of_case(case: dict[str, Any]) -> list[Part]:
    """What every case has, and what this one was asked for besides."""
    deck = case["deck"]
    return [
        Part("notes in all", [f"{deck}/*/*"], case.get("daily", 8) + 1),
        Part("the interview with its rubric", [f"{deck}/mock/rubric"]),
        Part("a diagram", [f"{deck}/*/diagram"]),
        Part("the size of the system", case["sizing"]),
        Part("two comparisons", [f"{deck}/*/comparison"], 2),
        Part("the crux", case["crux"], 3),
        Part("a failure to diagnose", case["failure"]),
        *(Part(**part) for part in case.get("parts", [])),
    ]


ROWS = [(row["what"], [Part(**part) for part in row["parts"]]) for row in ASKED["asked"]]
ROWS += [(f"Case: {case['what']}", of_case(case)) for case in ASKED["case"]]
PARTS = [pytest.param(part, id=f"{what}: {part.what}") for what, parts in ROWS for part in parts]


def named(name: str) -> list[str]:
    """The ids of the notes that a part names by this: itself, or all of a place."""
    if "/" in name:
        return [note for note in NOTES if fnmatchcase(NOTES[note].place, name)]
    return [name] if name in NOTES else []


@pytest.mark.parametrize("part", PARTS)
def test_what_was_asked_for_is_taught(part: Part) -> None:
    found = {name: named(name) for name in part.cards}
    gone = [name for name, notes in found.items() if not notes]
    assert not gone, f"no note is {gone}: name others in tests/asked.toml that teach {part.what}"
    assert len(set().union(*found.values())) >= part.least


def test_every_case_is_asked_for_by_its_own_notes() -> None:
    told = {case["deck"]: case for case in ASKED["case"]}
    assert told.keys() == {name for name in DECKS if name.startswith("case-")}
    for name, case in told.items():
        for note in case["sizing"] + case["crux"] + case["failure"]:
            assert NOTES[note].deck.name == name, note


# --- The page -----------------------------------------------------------------------------------

HEAD = """\
# What the decks cover

Made of the decks and of tests/asked.toml by tests/test_coverage.py; do not edit by hand. A *note*
is an entry of a deck file: a cloze gives a card for each of its gaps, every other note one card.
"""
STEP_NAMES = dict(zip(count(1), STEPS, strict=False))


def listing(notes: Iterable[str]) -> str:
    """Ids in a cell of a table; many are folded away behind their number."""
    ids = [f"`{note}`" for note in notes]
    text = ", ".join(ids)
    if len(ids) <= SHOWN:
        return text
    return f"<details><summary>{len(ids)} notes</summary>{text}</details>"


def covering(part: Part) -> str:
    """The notes of a part; of whole decks their number and where they stand below."""
    if all(name.endswith("/*/*") and name[0] != "*" for name in part.cards):
        whole = [(name.split("/")[0], len(named(name))) for name in part.cards]
        return ", ".join(f"[{deck}](#{deck}): {number} notes" for deck, number in whole)
    return listing(dict.fromkeys(note for name in part.cards for note in named(name)))


def asked() -> Iterator[str]:
    yield "\n## What was asked for\n\n| | | notes |\n|---|---|---|\n"
    for number, (what, parts) in enumerate(ROWS, 1):
        yield f"| **{number}** | **{what}** | |\n"
        for letter, part in enumerate(parts, 1):
            yield f"| {number}.{letter} | {part.what} | {covering(part)} |\n"


def shares(notes: list[Note]) -> str:
    """How many notes of which kind and difficulty."""
    kinds, levels = (Counter(n.card.kind for n in notes), Counter(n.card.difficulty for n in notes))
    of_kind = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    of_level = ", ".join(f"{levels[level]} of difficulty {level}" for level in (1, 2, 3))
    return f"{len(notes)} notes: {of_kind}; {of_level}."


def by_topic() -> Iterator[str]:
    yield "\n## Decks and their topics\n\n"
    yield f"Together {shares(list(NOTES.values()))}\n"
    for deck in DECKS.values():
        notes = [note for note in NOTES.values() if note.deck is deck]
        yield f"\n### {deck.name}\n\n{deck.title}. {shares(notes)}\n\n"
        yield "| topic | | notes |\n|---|--:|---|\n"
        for topic in dict.fromkeys(note.card.topic for note in notes):
            ids = [note.card.note for note in notes if note.card.topic == topic]
            yield f"| {topic} | {len(ids)} | {listing(ids)} |\n"


def by_step() -> Iterator[str]:
    yield "\n## Steps of the interview\n\n"
    yield "A note may belong to several steps. Rubrics go through all of them and are left out.\n"
    for step, name in STEP_NAMES.items():
        notes = [
            note
            for note in NOTES.values()
            if f"step:{step}" in note.card.tags and note.card.kind != "rubric"
        ]
        yield f"\n### Step {step}: {name}\n\n{len(notes)} notes.\n\n"
        yield "| deck | | notes |\n|---|--:|---|\n"
        for deck, group in groupby(notes, lambda note: note.deck.name):
            ids = [note.card.note for note in group]
            yield f"| [{deck}](#{deck}) | {len(ids)} | {listing(ids)} |\n"


def test_the_page_is_current() -> None:
    page = HEAD + "".join((*asked(), *by_topic(), *by_step()))
    if os.environ.get("MLSD_CARDS_REGENERATE"):
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "write it anew: MLSD_CARDS_REGENERATE=1 pytest"
