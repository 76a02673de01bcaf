"""decks/README.md shows good cards that keep every rule, and bad ones that break the rule named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from mlsd_cards.cards.deck import load
from mlsd_cards.cards.lint.lint import lint
from mlsd_cards.cards.lint.rule import Shelf, placed
from mlsd_cards.cards.note import FIELDS
from mlsd_cards.cards.source import load_sources

FOLDER = Path(__file__).parent.parent / "decks"
HEAD = "deck: examples\ntitle: Examples\ndescription: Cards of a page.\ntags: [example]\ncards:\n"
SHOWN = re.compile(r"^(Good|Bad)(?: \((.*?)\))?:.*?\n\n```yaml\n(.*?)^```", re.M | re.S)
CODE = re.compile("[A-Z][0-9]{2}")
SOURCES, _ = load_sources((FOLDER / "sources.yaml").read_bytes(), "sources.yaml")
IDS = re.findall(
    r"^  - id: (\S+)", "".join(path.read_text() for path in FOLDER.glob("*.yaml")), re.M
)


class Example(NamedTuple):
    """An example under the heading of its kind, and the code of the one rule that it breaks."""

    kind: str
    is_good: bool
    code: str
    text: str


def examples() -> list[Example]:
    _, *parts = re.split(r"^### (\w+)\n", (FOLDER / "README.md").read_text(), flags=re.M)
    return [
        Example(kind, word == "Good", note if CODE.fullmatch(note) else "", text)
        for kind, part in zip(parts[::2], parts[1::2], strict=True)
        for word, note, text in SHOWN.findall(part)
    ]


EXAMPLES = examples()


def codes(example: Example) -> set[str]:
    """The codes of all that is found in an example, held to what bundled cards are held to."""
    deck, problems = load(HEAD + example.text, "README.md", strict=True)
    assert deck
    notes = {
        one.card.note: placed(one.card, deck.file, one.line, deck.name, strict=True)
        for one in reversed(deck.cards)
    }
    authors = {name for source in SOURCES.values() for name in source.authors.split(", ")}
    found = lint(Shelf(tuple(notes.values())).knowing(IDS, SOURCES, authors))
    return {problem.code for problem in (*problems, *found)}


def test_each_kind_has_a_good_and_a_bad_example() -> None:
    shown = [(example.kind, example.is_good) for example in EXAMPLES]
    assert sorted(shown) == sorted((kind, is_good) for kind in FIELDS for is_good in (True, False))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.kind}-{one.is_good}")
def test_an_example_is_as_good_or_as_bad_as_it_is_said_to_be(example: Example) -> None:
    assert f"\n  type: {example.kind}\n" in example.text
    assert codes(example) == ({example.code} if example.code else set())
    assert not (example.is_good and example.code)
