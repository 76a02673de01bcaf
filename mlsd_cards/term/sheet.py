"""A whole card on paper: everything that its file says of it, under headings. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mlsd_cards.cards.card import Basic, Card, Choice, Cloze, Computed, Numeric
from mlsd_cards.cards.comparison import Comparison
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import Question, ask, example, filled, hidden, revealed
from mlsd_cards.cards.rubric import Rubric
from mlsd_cards.term.line import Glyphs
from mlsd_cards.term.review import labels


class Item(NamedTuple):
    """One paragraph. What is ``drawn`` is kept line for line; what is ``typed`` has no markup."""

    text: str
    lead: str = ""
    style: str = ""
    drawn: bool = False
    typed: bool = False


class Section(NamedTuple):
    """A heading and what stands below it."""

    title: str
    items: tuple[Item, ...]


def sections(card: Card, glyphs: Glyphs) -> list[Section]:
    """The card from its question to why its answer is right; sources and tags are not in it."""
    made = [Section(title, tuple(items)) for title, *items in KINDS[card.kind](card, glyphs)]
    if card.explanation:
        made.append(Section("Why", (Item(card.explanation),)))
    return made


Parts = Iterator[tuple[Any, ...]]
"""Titles, each with its items."""


def _basic(card: Basic, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    yield "Answer", Item(card.answer)
    yield from _accepted(card.accept)


def _cloze(card: Cloze, _: Glyphs) -> Parts:
    yield "Question", Item(hidden(card))
    yield "Answer", Item(revealed(card)), Item(filled(card))
    yield from _accepted(card.accept)


def _choice(card: Choice, glyphs: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    items = []
    for option in card.options:
        word, style = ("right", "right") if option.correct else ("wrong", "")
        sign = glyphs.right if option.correct else glyphs.wrong
        items.append(Item(option.text, f"{sign} {word}: ", style))
        items += [Item(option.why, "    ", "dim")] if option.why else []
    yield "Options", *items


def _numeric(card: Numeric, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    yield "Answer", *_value(ask(card, 0), card.check)


def _computed(card: Computed, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    drawn = ", ".join(f"{name} {_range(value)}" for name, value in card.params.items())
    yield "Numbers", Item(f"{card.generator}: {drawn}" if drawn else card.generator, typed=True)
    try:
        question = example(card)
    except ValueError as error:  # no fair numbers can be drawn
        yield "Example", Item(f"none: {error}", typed=True)
        return
    yield "Example", Item(question.prompt)
    yield "Its answer", *_value(question, card.check if card.pinned else "")


def _ordering(card: Ordering, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    given = ("the first is given away",) if card.fixed_first else ()
    numbered = [Item(text, f"{number}. ") for number, text in enumerate(card.items, 1)]
    yield "Order", *numbered, *(Item(text, typed=True) for text in given)


def _comparison(card: Comparison, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt)
    for row in card.rows:
        yield row.dim, Item(row.a, f"{card.a}: "), Item(row.b, f"{card.b}: ")
    for name, when in ((card.a, card.choose_a_when), (card.b, card.choose_b_when)):
        if when:
            yield f"Choose {name} when", Item(when)


def _diagram(card: Diagram, _: Glyphs) -> Parts:
    yield "Question", Item(card.prompt), Item(card.diagram, drawn=True)
    yield "Answer", Item(card.missing)
    yield from _accepted(card.others)


def _rubric(card: Rubric, _: Glyphs) -> Parts:
    yield "Task", Item(card.prompt)
    for step in card.steps:
        yield (
            f"{step.step}, {step.minutes} min",
            *(Item(text, "[ ] ") for text in step.must),
            *(Item(text, "[ ] strong: ") for text in step.strong),
            *(Item(text, "[ ] red flag: ") for text in step.red_flag),
        )
    if card.follow_ups:
        yield "Follow-ups", *(Item(text, "- ") for text in card.follow_ups)
    must, strong, red_flag = card.scoring
    yield "Points", Item(must, "must: "), Item(strong, "strong: "), Item(red_flag, "red flag: ")


KINDS: dict[str, Callable[[Any, Glyphs], Parts]] = {
    "basic": _basic,
    "cloze": _cloze,
    "mcq": _choice,
    "multi_select": _choice,
    "numeric": _numeric,
    "computed": _computed,
    "ordering": _ordering,
    "comparison": _comparison,
    "diagram": _diagram,
    "rubric": _rubric,
}


def _accepted(others: tuple[str, ...]) -> Parts:
    if others:
        yield "Also right", *(Item(text) for text in others)


def _value(question: Question, check: str) -> Iterator[Item]:
    """A number as it is shown, how near one has to come, and the arithmetic behind it."""
    yield Item(f"{question.answer} ({labels.precision(question)})", typed=True)
    if check:
        yield Item(check, "= ", typed=True)


def _range(value: Any) -> str:
    """What may be drawn: ``20 to 90``, ``3 or 5``, or a constant."""
    if isinstance(value, dict) and "range" in value:
        low, high = value["range"]
        return f"{low} to {high}"
    if isinstance(value, dict) and "choice" in value:
        return " or ".join(map(str, value["choice"]))
    return str(value)
