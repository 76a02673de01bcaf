"""The readers of what an ordering, a comparison, a diagram and a rubric are made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from yaml.nodes import MappingNode, Node, SequenceNode

from mlsd_cards.cards import diagram, field
from mlsd_cards.cards.comparison import Row
from mlsd_cards.cards.field import ALWAYS, Field, record, text, texts, wrong
from mlsd_cards.cards.rubric import STEPS, Scoring, Step
from mlsd_cards.cards.text import shown
from mlsd_cards.cards.tree import Page

Part = TypeVar("Part")

MOST_ITEMS = 9
"""The most lines of an ordering: each is placed by the key of its number."""


def items(page: Page, name: str, node: Node) -> tuple[str, ...] | None:
    """The lines of an ordering, two to nine, each another."""
    values = texts(page, name, node)
    if values is None:
        return None
    before = len(page.findings)
    if not 2 <= len(values) <= MOST_ITEMS:
        remedy = "give two or more" if len(values) < 2 else "split the card"
        page.report(node, "C10", f"{len(values)} items, 2 to {MOST_ITEMS} can be asked: {remedy}")
    _check_distinct(page, node, values, "C10", "the item")
    return values if len(page.findings) == before else None


def _check_distinct(page: Page, node: Node, values: tuple[str, ...], code: str, what: str) -> None:
    places = node.value if isinstance(node, SequenceNode) else [node]
    seen = set()
    for value, place in zip(values, places, strict=True):
        if value in seen:
            page.report(place, code, f"{what} {shown(value)} is given twice: remove one")
        seen.add(value)


def _records(
    page: Page,
    node: Node,
    what: str,
    fields: dict[str, Field],
    make: Callable[..., Part],
) -> list[tuple[Node, Part]] | None:
    """The entries of the list ``what``, each with its node; None when one of them is wrong."""
    if not isinstance(node, SequenceNode):
        wrong(page, node, what, f"a list of mappings with {', '.join(fields)}")
        return None
    read = [(entry, record(page, f"a {what[:-1]}", entry, fields)) for entry in node.value]
    made = [(entry, make(**values)) for entry, values in read if values is not None]
    return made if len(made) == len(read) else None


ROW = {"dim": Field(text, ALWAYS), "a": Field(text, ALWAYS), "b": Field(text, ALWAYS)}


def rows(page: Page, name: str, node: Node) -> tuple[Row, ...] | None:
    """The table of a comparison: at least one row, and in each row two different cells."""
    made = _records(page, node, name, ROW, Row)
    if made is None:
        return None
    before = len(page.findings)
    if not made:
        page.report(node, "C11", "no rows: a comparison needs one or more")
    for entry, row in made:
        if row.a == row.b:
            message = f"both cells of {shown(row.dim)} read {shown(row.a)}: make them differ"
            page.report(entry, "C11", f"{message}, or remove the row")
    table = tuple(row for _, row in made)
    _check_distinct(page, node, tuple(row.dim for row in table), "C11", "the dimension")
    return table if len(page.findings) == before else None


def drawing(page: Page, name: str, node: Node) -> str | None:
    """A drawing line for line: the blanks that begin a line are part of it."""
    if text(page, name, node) is None:
        return None
    value = diagram.trimmed(node.value)
    fault = diagram.fault(value)
    if fault:
        page.report(node, "C12", fault)
    return None if fault else value


SCORING = {name: Field(text, ALWAYS) for name in Scoring._fields}


def scoring(page: Page, name: str, node: Node) -> Scoring | None:
    """How a rubric's points are given."""
    values = record(page, name, node, SCORING)
    return None if values is None else Scoring(**values)


STEP = {
    "step": Field(text, ALWAYS),
    "minutes": Field(partial(field.whole, low=1, high=600), ALWAYS),
    "must": Field(texts, ALWAYS),
    "strong": Field(texts),
    "red_flag": Field(texts),
}


def steps(page: Page, name: str, node: Node) -> tuple[Step, ...] | None:
    """The steps of an interview: the seven, in their order, each with something to be said."""
    made = _records(page, node, name, STEP, Step)
    if made is None:
        return None
    before = len(page.findings)
    for (entry, step), wanted in zip(made, STEPS, strict=False):
        if step.step != wanted:
            order = f"the steps are {', '.join(STEPS)}, in this order"
            place: Any = page.entries(entry)["step"]
            page.report(place, "C13", f"{wanted} is wanted here, found {shown(step.step)}: {order}")
            break
    else:
        if len(made) != len(STEPS):
            page.report(node, "C13", f"{len(made)} steps: give all of {', '.join(STEPS)}")
    for entry, step in made:
        if not step.must:
            message = f"nothing must be said in the step {shown(step.step)}: name what must"
            page.report(entry, "C13", message)
    return tuple(step for _, step in made) if len(page.findings) == before else None


def alternatives(page: Page, name: str, node: Node) -> dict[str, tuple[str, ...]] | None:
    """What else is right in the gaps of a cloze, by the name of the gap (c1, c2); by an empty name
    where a list is given, as it may be for a cloze of one gap."""
    if not isinstance(node, MappingNode):
        given = texts(page, name, node)
        return None if given is None else {"": given}
    read = {
        gap: texts(page, f"{name} of {gap}", entry) for gap, entry in page.entries(node).items()
    }
    made = {gap: given for gap, given in read.items() if given is not None}
    return made if len(made) == len(read) else None
