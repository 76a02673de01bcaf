"""The bundled decks held to their word: their form, their links and every number in them.

A number in a card is either calculated, and then recomputed, or listed as a premise of the card or
as a fact of a cited work: in ``recomputed``, a module a deck. One that is neither fails a test.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from mlsd_cards.cards.card import (
    DELETION,
    Basic,
    Card,
    Choice,
    Cloze,
    Computed,
    Numeric,
    deletions,
)
from mlsd_cards.cards.comparison import Comparison
from mlsd_cards.cards.deck import Deck, load, repeated_ids
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.expression import evaluate
from mlsd_cards.cards.generators.generate import worked
from mlsd_cards.cards.generators.table import GENERATORS
from mlsd_cards.cards.lint.lint import lint
from mlsd_cards.cards.lint.rule import Shelf
from mlsd_cards.cards.lint.rule import placed as placed_note
from mlsd_cards.cards.marking import Verdict, mark_number
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.question import ask
from mlsd_cards.cards.rubric import SCORING, Rubric
from mlsd_cards.cards.source import load_sources
from recomputed.table import Numbers

FOLDER = Path(__file__).parent.parent / "decks"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "sources.yaml")
LOADED: dict[str, tuple[Deck | None, list[Problem]]] = {
    path.stem.lstrip("0123456789-"): load(path.read_bytes(), path.name, strict=True)
    for path in FILES  # the number is the place in the order of learning
}
DECKS = {name: deck for name, (deck, _) in LOADED.items() if deck}
SOURCES, SOURCE_PROBLEMS = load_sources((FOLDER / "sources.yaml").read_bytes(), "sources.yaml")

# A note by its id; the cards of a cloze share all of their text, so one of them will do.
NOTES: dict[str, Card] = {
    placed.card.note: placed.card for deck in DECKS.values() for placed in deck.cards
}
COMPUTED = {note: card for note, card in NOTES.items() if isinstance(card, Computed)}
NUMERIC = {note: card for note, card in NOTES.items() if isinstance(card, Numeric)}
RUBRICS = {note: card for note, card in NOTES.items() if isinstance(card, Rubric)}

each_note = pytest.mark.parametrize("note", NOTES)
each_computed = pytest.mark.parametrize("note", COMPUTED)
each_rubric = pytest.mark.parametrize("note", RUBRICS)

FLOORS = {
    "framework": 30,
    "requirements": 18,
    "framing": 20,
    "data": 32,
    "deep-models": 24,
    "responsible": 23,
    "features": 37,
    "retrieval": 29,
    "models": 49,
    "metrics": 55,
    "experiments": 37,
    "losses": 18,
    "serving": 39,
    "case-ad-click": 11,
    "case-harmful-content": 10,
    "case-video-recommendation": 11,
    "case-visual-search": 10,
    "llm": 43,
    "training": 26,
    "monitoring": 29,
    "estimation": 22,
    "mlops": 20,
}


# --- The decks as a whole ---------------------------------------------------------------------


def test_all_decks_are_here() -> None:
    assert FLOORS.keys() <= LOADED.keys()


@pytest.mark.parametrize("name", LOADED)
def test_a_deck_loads_strictly_without_problems(name: str) -> None:
    deck, problems = LOADED[name]
    assert not problems, "\n".join(map(str, problems))
    assert deck is not None
    assert deck.name == name
    assert deck.cards


def test_ids_are_unique_over_all_decks() -> None:
    assert repeated_ids(DECKS.values()) == []


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_a_deck_has_as_many_notes_as_promised(name: str, floor: int) -> None:
    assert len({placed.card.note for placed in DECKS[name].cards}) >= floor


@each_note
def test_what_a_note_requires_exists(note: str) -> None:
    card = NOTES[note]
    assert set(card.requires) <= NOTES.keys()
    assert card.requires or card.difficulty < 3, "a note of difficulty 3 names what it builds on"


@pytest.mark.parametrize("name", DECKS)
def test_a_case_and_no_other_deck_has_one_rubric(name: str) -> None:
    rubrics = [placed.card.note for placed in DECKS[name].cards if placed.card.note in RUBRICS]
    assert len(rubrics) == name.startswith("case-")


@pytest.mark.parametrize("note", RUBRICS)
def test_a_task_leaves_its_time_to_the_clock(note: str) -> None:
    # --minutes and --step change it, and the program says what it is
    assert "minutes" not in RUBRICS[note].prompt


def test_requirements_form_no_circle() -> None:
    TopologicalSorter({note: card.requires for note, card in NOTES.items()}).prepare()


def test_sources_load_without_problems() -> None:
    assert SOURCE_PROBLEMS == []


def test_listed_sources_are_cited() -> None:
    cited = {key for card in NOTES.values() for key in card.sources}
    assert SOURCES.keys() - cited <= {"convention"}


WITHOUT_LINK = {"convention": "a choice of these decks, published nowhere else"}


def test_every_source_has_a_link_of_its_own() -> None:
    links = Counter(source.link for source in SOURCES.values())
    assert {key for key, source in SOURCES.items() if not source.link} == WITHOUT_LINK.keys()
    assert [link for link, times in links.items() if times > 1] == []


def test_two_towers_against_trees_are_covered() -> None:
    assert sum(card.topic == "two-tower-vs-gbdt" for card in NOTES.values()) >= 4


def test_the_promised_generators_are_used() -> None:
    used = {card.generator for card in COMPUTED.values()}
    assert {"ndcg_at_k", "auc_pairs", "f1_from_counts", "ap_at_k"} <= used


# --- Right values -----------------------------------------------------------------------------


def rounds_to(value: float, given: float) -> bool:
    """Whether ``value`` is ``given`` to the digits with which that was written."""
    exponent = int(Decimal(repr(given)).normalize().as_tuple().exponent)
    return abs(value - given) <= 0.5 * 10.0 ** min(0, exponent) + 1e-9


@pytest.mark.parametrize("note", NUMERIC)
def test_the_check_of_a_numeric_card_gives_its_value(note: str) -> None:
    card = NUMERIC[note]
    value = evaluate(card.check)
    assert rounds_to(value, card.value), f"{card.check} is {value}, not {card.value}"


@each_computed
def test_the_check_of_a_computed_card_gives_its_pinned_value(note: str) -> None:
    card = COMPUTED[note]
    pinned, right = card.pinned["value"], worked(card.generator, card.pinned["params"])
    assert evaluate(card.check) == pytest.approx(right, rel=1e-9), card.check
    assert rounds_to(right, pinned), f"{card.generator} gives {right}, not {pinned}"


@each_computed
def test_a_computed_card_explains_its_pinned_example(note: str) -> None:
    card = COMPUTED[note]
    right = worked(card.generator, card.pinned["params"])
    assert f"{right:.3f}".rstrip("0") in card.explanation


REPETITIONS = range(200)


@each_computed
def test_the_answer_of_every_repetition_is_right(note: str) -> None:
    card = COMPUTED[note]
    for repetition in REPETITIONS:
        question = ask(card, repetition)
        assert mark_number(question, question.answer).verdict is Verdict.RIGHT


@each_computed
def test_the_right_value_is_that_of_the_numbers_in_the_prompt(note: str) -> None:
    card = COMPUTED[note]
    for repetition in REPETITIONS:
        question = ask(card, repetition)
        right = worked(card.generator, read_back(card, question.prompt))
        assert question.value == pytest.approx(right, rel=1e-9), question.prompt


def read_back(card: Computed, prompt: str) -> dict[str, object]:
    """The values of the placeholders in a filled prompt; what it does not show is a constant."""
    pattern, seen = "", set[str]()
    for place, part in enumerate(re.split(r"\{([a-z_][a-z0-9_]*)\}", card.prompt)):
        if place % 2 == 0:
            pattern += re.escape(part)
        else:
            pattern += f"(?P={part})" if part in seen else rf"(?P<{part}>\[[^]]*\]|[0-9][0-9,.]*)"
            seen.add(part)
    found = re.fullmatch(pattern, prompt)
    assert found, prompt
    values: dict[str, object] = {
        name: json.loads(text if text.startswith("[") else text.replace(",", ""))
        for name, text in found.groupdict().items()
    }
    hidden = GENERATORS[card.generator].shows.keys() - values.keys()
    return values | {name: card.params[name] for name in hidden}


# --- Every other number: how it is recomputed -------------------------------------------------

NUMBERS: dict[str, Numbers] = {
    note: numbers
    for deck in DECKS
    for note, numbers in import_module(f"recomputed.{deck.replace('-', '_')}").NUMBERS.items()
}


# --- Every other number: how it is found ------------------------------------------------------

COUNTED = "two three four five six seven eight nine ten eleven twelve"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
COUNTS = dict(
    zip((*range(2, 13), *range(20, 100, 10)), [*COUNTED.split(), *TENS.split()], strict=True)
)
PARTS = {4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
VERBS = {2: "twice double doubles doubled doubling", 0.5: "halve halves halved halving"}
WORDS: dict[str, float] = {
    **{word: n for n, word in COUNTS.items() if n > 3},  # two and three say little in prose
    **{word + fold: n for n, word in COUNTS.items() for fold in ("fold", "-fold")},
    **{word + plural: 1 / n for n, word in PARTS.items() for plural in ("", "s")},
    **{word: n for n, forms in VERBS.items() for word in forms.split()},
}
DIGITS = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
NUMERAL = re.compile(  # but not in F1 or log2
    rf"(?<![^\W_])(?:{DIGITS}|(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b)",
    re.IGNORECASE,
)
PLACE = re.compile(r"\b(step|box)(?:es|s)? ([1-9])\b(?: (?:to|and) ([1-9])\b)?", re.IGNORECASE)
NAME = re.compile(
    rf"{PLACE.pattern}|\bseven (?:steps|slots)\b|\bfour[ -]box(?:es)?\b|\b45[ -]minutes?\b",
    re.IGNORECASE,
)
MARK = re.compile("«(.+)»")


def worth(numeral: str) -> tuple[float, float]:
    """The number that a numeral means, and how far what rounds to it may lie away."""
    if not numeral[0].isdigit():
        return WORDS[numeral.lower()], 1e-9
    decimals = len(numeral.partition(".")[2])
    return float(numeral.replace(",", "")), 0.5 * 10.0**-decimals + 1e-9


def texts(card: Card) -> Iterator[str]:
    """All that a note says, in reading order, without the marks of a cloze."""
    if isinstance(card, Cloze):
        yield DELETION.sub(lambda deletion: deletion[2], card.prompt)
        yield from (deletion.hint for deletion in deletions(card.prompt))
        yield from card.accept
    else:
        yield card.prompt
    if isinstance(card, Basic):
        yield card.answer
        yield from card.accept
    if isinstance(card, Choice):
        for option in card.options:
            yield from (option.text, option.why)
    yield from parts(card)
    yield card.explanation


def parts(card: Card) -> Iterator[str]:
    """What a note of a kind with a module of its own says between its prompt and explanation."""
    match card:
        case Ordering():
            yield from card.items
        case Comparison():
            yield from (card.a, card.b)
            for row in card.rows:
                yield from row
            yield from (card.choose_a_when, card.choose_b_when)
        case Diagram():
            yield from (card.diagram, card.missing, *card.accept)
        case Rubric():
            if card.scoring != SCORING:  # that of the kind says nothing of the card
                yield from card.scoring
            for step in card.steps:
                yield from (*step.must, *step.strong, *step.red_flag)
            yield from card.follow_ups


def spans(snippet: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the number between « and », or a whole snippet without them, stands in a text."""
    mark = MARK.search(snippet)
    start, size = (mark.start(), len(mark[1])) if mark else (0, len(snippet))
    for found in re.finditer(re.escape(re.sub("[«»]", "", snippet)), text):
        yield found.start() + start, found.start() + start + size


def unverified(text: str, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """Each numeral of a text that no calculation and no name covers, and the words around it."""
    snippets = [snippet for snippet, _ in (*numbers.shown, *numbers.holds)]
    covered = [span for snippet in snippets for span in spans(snippet, text)]
    covered += [name.span() for name in NAME.finditer(text)]
    for numeral in NUMERAL.finditer(text):
        start, end = numeral.span()
        if not any(low <= start and end <= high for low, high in covered):
            yield numeral[0].lower(), f"…{text[max(0, start - 30) : end + 20]}…"


UNVERIFIED = """\
{note}: nothing stands behind {numeral}, {around}
  If it was calculated, add to NUMBERS["{note}"].shown in tests/recomputed/ a snippet of the text
  with the number between « and », and what computes it. If it is a premise of the card, add it to
  given. If it is a fact of a cited work, look it up there and add it to cited."""
GONE = """\
{note}: NUMBERS["{note}"] lists {numeral} more often than the note has it
  Take it out, and recompute what was calculated from it: other rows, value, pinned and check."""


def complaints(note: str, said: list[str], numbers: Numbers) -> Iterator[str]:
    """What to do about numerals that are in the texts and not in the table, or the reverse."""
    listed = Counter(f"{numbers.given} {numbers.cited}".split())
    found = [pair for text in said for pair in unverified(text, numbers)]
    counts = Counter(numeral for numeral, _ in found)
    for numeral in counts - listed:
        around = " or ".join(context for other, context in found if other == numeral)
        yield UNVERIFIED.format(note=note, numeral=numeral, around=around)
    for numeral in listed - counts:
        yield GONE.format(note=note, numeral=numeral)


ROWS = [(note, row) for note, numbers in NUMBERS.items() for row in numbers.shown]
CLAIMS = [(note, row) for note, numbers in NUMBERS.items() for row in numbers.holds]


@pytest.mark.parametrize(("note", "row"), ROWS)
def test_a_calculated_number_is_right(note: str, row: tuple[str, float]) -> None:
    snippet, value = row
    assert is_said(note, snippet), f"{note} no longer says {snippet}: follow it here"
    mark = MARK.search(snippet)
    assert mark
    right, slack = worth(mark[1])
    assert abs(value - right) <= slack, f"{note} says {snippet}, but it is {value:.6g}"


@pytest.mark.parametrize(("note", "row"), CLAIMS)
def test_a_calculated_claim_is_true(note: str, row: tuple[str, bool]) -> None:
    snippet, is_true = row
    assert is_said(note, snippet), f"{note} no longer says {snippet}: follow it here"
    assert is_true, f"{note} says: {snippet}"


def is_said(note: str, snippet: str) -> bool:
    """Whether a text of the note has the snippet, with a whole numeral where that has a mark."""
    wanted = MARK.search(snippet)
    for text in texts(NOTES[note]):
        numerals = {numeral.span() for numeral in NUMERAL.finditer(text)}
        if any(not wanted or span in numerals for span in spans(snippet, text)):
            return True
    return False


@each_note
def test_no_number_is_unverified(note: str) -> None:
    found = list(complaints(note, list(texts(NOTES[note])), NUMBERS.get(note, Numbers())))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("name", DECKS)
def test_no_number_in_the_head_of_a_deck_is_unverified(name: str) -> None:
    deck = DECKS[name]
    found = list(complaints(name, [deck.title, deck.description], Numbers()))
    assert not found, "\n" + "\n".join(found)


def test_the_table_names_notes_that_exist() -> None:
    assert NUMBERS.keys() <= NOTES.keys()


@each_note
def test_steps_and_boxes_exist(note: str) -> None:
    last = {"step": 7, "box": 4}
    for text in texts(NOTES[note]):
        for place in PLACE.finditer(text):
            highest = last[place[1].lower()]
            assert all(int(number) <= highest for number in place.groups()[1:] if number), place[0]


CAUGHT = [
    ("It is 0.93, not 0.95.", Numbers(given="0.93"), ["behind 0.95,"]),
    ("It is 0.93 and 0.93.", Numbers(given="0.93"), ["behind 0.93,"]),
    ("It is 0.93.", Numbers(given="0.93 0.95"), ["lists 0.95"]),
    ("It is 0.93.", Numbers(shown=(("is «0.9»", 0.9),)), ["behind 0.93,"]),
    ("It is 90/1,089.", Numbers(shown=(("90/«1,089»", 1089),)), ["behind 90,"]),
    ("Each is seven times as large.", Numbers(), ["behind seven,"]),
    ("It grows fifty-fold, then halves.", Numbers(), ["behind fifty-fold,", "behind halves,"]),
    ("Steps 1 to 5 of the seven steps: F1, log2, two, one half.", Numbers(), []),
]


@pytest.mark.parametrize(("text", "numbers", "heard"), CAUGHT)
def test_the_guard_sees_a_number(text: str, numbers: Numbers, heard: list[str]) -> None:
    found = list(complaints("a-note", [text], numbers))
    assert len(found) == len(heard)
    assert all(words in line for words, line in zip(heard, found, strict=True))


# --- Rules of writing -------------------------------------------------------------------------


def test_the_linter_finds_nothing() -> None:
    notes = {
        placed.card.note: placed_note(placed.card, deck.file, placed.line, name, strict=True)
        for name, deck in reversed(DECKS.items())
        for placed in reversed(deck.cards)
    }
    authors = {name for source in SOURCES.values() for name in source.authors.split(", ")}
    shelf = Shelf(tuple(reversed(notes.values()))).knowing(NOTES, SOURCES, authors)
    problems = lint(shelf)
    assert not problems, "\n".join(map(str, problems))


@each_rubric
def test_what_is_listened_for_fits_a_line(note: str) -> None:
    for step in RUBRICS[note].steps:
        lines = (*step.must, *step.strong, *step.red_flag)
        assert not [line for line in lines if len(line) > 76]
