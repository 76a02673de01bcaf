"""Fields of a note that are well by themselves, and have to agree with each other."""

from __future__ import annotations

from typing import Any

from yaml.nodes import MappingNode

from mlsd_cards.cards.card import deletions
from mlsd_cards.cards.text import nearest, shown
from mlsd_cards.cards.tree import Page


def ordinals(prompt: str) -> list[int]:
    return sorted({deletion.ordinal for deletion in deletions(prompt)})


def _check_generator(page: Page, node: MappingNode, values: dict[str, Any]) -> None:
    """Report a generator that does not exist, or what is wrong with its parameters."""
    from mlsd_cards.cards.generators.generate import problems_in  # few decks need it
    from mlsd_cards.cards.generators.table import GENERATORS

    entries, name = page.entries(node), values["generator"]
    if name not in GENERATORS:
        near = nearest(name, GENERATORS)
        remedy = f"did you mean {near}?" if near else f"use {', '.join(sorted(GENERATORS))}"
        page.report(entries["generator"], "C08", f"there is no generator {shown(name)}: {remedy}")
        return
    for problem in problems_in(name, values.get("params", {})):
        page.report(entries.get("params", entries["generator"]), "C09", problem)


def _check_order(page: Page, node: MappingNode, values: dict[str, Any]) -> None:
    """Report an ordering that can only stand as it is."""
    if values.get("fixed_first") and len(values["items"]) < 3:
        message = "with the first of two items fixed there is nothing to order: remove fixed_first"
        page.report(page.entries(node)["fixed_first"], "C10", message)


def _check_sides(page: Page, node: MappingNode, values: dict[str, Any]) -> None:
    """Report a comparison of something with itself."""
    if values["a"] == values["b"]:
        page.report(page.entries(node)["b"], "C11", f"a and b are both {shown(values['a'])}")


def _check_gaps(page: Page, node: MappingNode, values: dict[str, Any]) -> None:
    """Report other right answers of which it is not clear for which gap they are."""
    others, gaps = values.get("accept", {}), [f"c{n}" for n in ordinals(values["prompt"])]
    example = f"accept: {{{', '.join(f'{name}: […]' for name in gaps)}}}"
    if others.get("") and len(gaps) > 1:
        page.report(page.entries(node)["accept"], "C07", f"accept for which gap? write {example}")
    for name in sorted(others.keys() - {"", *gaps}):
        message = f"accept for {shown(name)}: the gaps are {', '.join(gaps)}"
        page.report(page.entries(node)["accept"], "C07", message)


def warn_of_minutes(page: Page, node: MappingNode, values: dict[str, Any]) -> None:
    """Warn of steps that take longer than the interview, or leave much of it; it can be played all
    the same, since the steps share its time."""
    from mlsd_cards.cards.rubric import SPARE_MINUTES, USUAL_S  # few decks have one

    steps = sum(step.minutes for step in values["steps"])
    whole = values.get("expected_s", USUAL_S) / 60
    if not whole - SPARE_MINUTES <= steps <= whole:
        message = (
            f"the steps take {steps} minutes of an interview of {whole:g} (expected_s): give them "
            f"all of it but the last {SPARE_MINUTES} at most"
        )
        page.report(page.entries(node)["steps"], "C14", message, "warning")


CHECKS = {
    "cloze": _check_gaps,
    "computed": _check_generator,
    "ordering": _check_order,
    "comparison": _check_sides,
}
"""What is looked at once the fields of a note are well by themselves."""
