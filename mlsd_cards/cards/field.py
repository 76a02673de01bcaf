"""The fields of cards and decks, and for each the reader of what was typed there.

A reader takes the page, the field's name and its node. It returns the value, or None after it has
reported why there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from math import isfinite
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlsd_cards.cards import gap
from mlsd_cards.cards.card import Option, Tolerance
from mlsd_cards.cards.text import BAD, nearest, shown
from mlsd_cards.cards.tree import Page

MAX_TEXT = 20_000  # characters
MAX_ID = 80

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# No leading zeros: 010 is ten to one reader of YAML and eight to another.
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")

Reader = Callable[[Page, str, Node], Any]
ALWAYS, STRICT, NEVER = "always", "strict", "never"


class Field(NamedTuple):
    """How a field is read, and whether it must be given: always, in bundled decks, or never."""

    read: Reader
    required: str = NEVER


def found(node: Node) -> str:
    """What stands in a node, for "found …"."""
    if isinstance(node, MappingNode):
        return "a mapping (quote a text that starts with { or contains “: ”)"
    if isinstance(node, SequenceNode):
        return "a list"
    return shown(node.value) if node.value else "nothing"


def wrong(page: Page, node: Node, what: str, expected: str) -> None:
    """Report a value of the wrong shape; returns None, as a reader then does."""
    page.report(node, "F03", f"{what} must be {expected}, found {found(node)}")


def text(page: Page, name: str, node: Node) -> str | None:
    """The text without white space around it, at most 20,000 characters."""
    if not isinstance(node, ScalarNode):
        wrong(page, node, name, "a text")
        return None
    value: str = node.value.strip()
    if not value:
        page.report(node, "F04", f"{name} is empty: write something or remove it")
        return None
    if len(value) > MAX_TEXT:
        message = f"{name} has {len(value):,} characters, at most {MAX_TEXT:,} fit on a card"
        page.report(node, "F05", f"{message}: shorten it")
        return None
    if not value.isprintable() and BAD.search(value):
        page.report(node, "Y03", f"an escape in {name} gives a control character: remove it")
        return None
    return value


def listed(page: Page, name: str, node: Node, read: Reader, expected: str) -> list[Any] | None:
    """The entries of a list, all of them or none; one text is a list of one."""
    if isinstance(node, SequenceNode):
        values = [read(page, f"an entry of {name}", entry) for entry in node.value]
    elif isinstance(node, ScalarNode):
        values = [read(page, name, node)]
    else:
        wrong(page, node, name, expected)
        return None
    return None if None in values else values


def texts(page: Page, name: str, node: Node) -> tuple[str, ...] | None:
    """The texts of a list."""
    values = listed(page, name, node, text, "a list of texts, as in [a, b]")
    return None if values is None else tuple(values)


def identifier(page: Page, name: str, node: Node) -> str | None:
    """A card's name for ever: small letters, digits and single hyphens, at most 80 characters."""
    value = text(page, name, node)
    if value is None or (len(value) <= MAX_ID and ID.fullmatch(value)):
        return value
    rule = f"small letters, digits and single hyphens, at most {MAX_ID} characters, as in auc-ties"
    page.report(node, "C01", f"{name} must be {rule}, found {shown(value)}")
    return None


def identifiers(page: Page, name: str, node: Node) -> tuple[str, ...] | None:
    """The ids of a list."""
    values = listed(page, name, node, identifier, "a list of ids, as in [auc-ties, f1-mean]")
    return None if values is None else tuple(values)


def number(page: Page, name: str, node: Node) -> float | None:
    """A finite number."""
    typed = node.value if isinstance(node, ScalarNode) else ""
    if NUMBER.fullmatch(typed) and isfinite(float(typed)):
        return float(typed)
    wrong(page, node, name, "a finite number in digits, as in 0.95, 190000 or 1e6")
    return None


def whole(page: Page, name: str, node: Node, low: int, high: int) -> int | None:
    """A whole number from ``low`` to ``high``."""
    expected = f"a whole number from {low} to {high}"
    typed = node.value if isinstance(node, ScalarNode) else ""
    if not WHOLE.fullmatch(typed):
        wrong(page, node, name, expected)
        return None
    value = int(typed)
    if low <= value <= high:
        return value
    page.report(node, "F06", f"{name} must be {expected}, found {value}")
    return None


def flag(page: Page, name: str, node: Node) -> bool | None:
    """True or false."""
    typed = node.value.lower() if isinstance(node, ScalarNode) else ""
    if typed in {"true", "false"}:
        return bool(typed == "true")
    wrong(page, node, name, "true or false")
    return None


def date(page: Page, name: str, node: Node) -> str | None:
    """A year, a month or a day, as typed."""
    value = text(page, name, node)
    if value is None or DATE.fullmatch(value):
        return value
    wrong(page, node, name, "a date as in 2024, 2024-05 or 2024-05-31")
    return None


def record(page: Page, what: str, node: Node, fields: dict[str, Field]) -> dict[str, Any] | None:
    """The fields of a mapping that stands inside a card, all well or None."""
    if not isinstance(node, MappingNode):
        wrong(page, node, what, f"a mapping with {' and '.join(fields)}")
        return None
    before = len(page.findings)
    entries = page.entries(node)
    values: dict[str, Any] = {}
    for name, entry in entries.items():
        if name in fields:
            values[name] = fields[name].read(page, f"{name} of {what}", entry)
    if len(values) < len(entries):
        unknown(page, node, what, fields)
    for name, field in fields.items():
        if field.required == ALWAYS and name not in entries:
            page.report(node, "F02", f"{what} needs {name}")
    return values if len(page.findings) == before else None


def unknown(page: Page, node: Node, what: str, known: Collection[str]) -> None:
    """Report the fields of a mapping that are not known, each with the nearest one that is."""
    for key in page.strangers(node, known):
        stranger(page, key, what, known)


def stranger(page: Page, key: Node, what: str, known: Collection[str]) -> None:
    """Report one field that is not known, with the nearest one that is."""
    near = "" if page.findings.is_full("F01") else nearest(key.value, known)
    remedy = f"did you mean {near}?" if near else f"use {', '.join(known)}, or remove it"
    page.report(key, "F01", f"{shown(key.value)} is no field of {what}: {remedy}")


def distance(page: Page, name: str, node: Node) -> float | None:
    """A number of 0 or more."""
    value = number(page, name, node)
    if value is None or value >= 0:
        return value
    page.report(node, "F06", f"{name} must be 0 or more, found {shown(node.value)}")
    return None


TOLERANCE = {"rel": Field(distance), "abs": Field(distance)}


def tolerance(page: Page, name: str, node: Node) -> Tolerance | None:
    """How far an answer may be off, as ``{rel: 0.02}`` or ``{abs: 0.5}`` or both."""
    values = record(page, name, node, TOLERANCE)
    if values == {}:
        wrong(page, node, name, "a mapping with rel or abs, as in {rel: 0.02}")
        return None
    return Tolerance(**values) if values else None


OPTION = {"text": Field(text, ALWAYS), "correct": Field(flag), "why": Field(text)}


def options(page: Page, name: str, node: Node, single: bool) -> tuple[Option, ...] | None:
    """The options of an mcq (``single``: one is right) or multi_select card."""
    if not isinstance(node, SequenceNode):
        wrong(page, node, name, "a list of options, as in - {text: …, correct: true}")
        return None
    records = [record(page, "an option", entry, OPTION) for entry in node.value]
    if None in records:
        return None
    choices = tuple(Option(**{"correct": False, **values}) for values in records if values)
    before = len(page.findings)
    _check_distinct(page, node, choices)
    right = sum(option.correct for option in choices)
    if not right:
        page.report(node, "C05", "no option is right: set correct: true on one")
    elif single and right > 1:
        message = f"{right} options are right, an mcq has one: make it type multi_select"
        page.report(node, "C05", message)
    return choices if len(page.findings) == before else None


def _check_distinct(page: Page, node: SequenceNode, choices: tuple[Option, ...]) -> None:
    if len(choices) < 2:
        page.report(node, "C06", f"{len(choices)} is too few options: give two or more")
    seen = set()
    for choice, entry in zip(choices, node.value, strict=True):
        if choice.text in seen:
            page.report(entry, "C06", f"the option {shown(choice.text)} is given twice")
        seen.add(choice.text)


def gapped(page: Page, name: str, node: Node) -> str | None:
    """A text with at least one ``{{c1::deletion}}``, none nested or malformed."""
    value = text(page, name, node)
    if value is None:
        return None
    fault = gap.fault(value)
    if fault:
        page.report(node, "C07", f"{name}: {fault}")
    return None if fault else value


def constant(page: Page, name: str, node: Node) -> Any:
    """A number, true, false, text, list or mapping, as a generator takes it."""
    if isinstance(node, SequenceNode):
        return [constant(page, name, entry) for entry in node.value]
    if isinstance(node, MappingNode):
        entries = page.entries(node)
        return {key: constant(page, key, entry) for key, entry in entries.items()}
    is_quoted = isinstance(node, ScalarNode) and node.style in {"'", '"', "|", ">"}
    return node.value if is_quoted else _constant(node.value)


def _constant(typed: str) -> str | int | float | bool:
    if typed in {"true", "false"}:
        return typed == "true"
    if WHOLE.fullmatch(typed):
        return int(typed)
    if NUMBER.fullmatch(typed) and isfinite(float(typed)):
        return float(typed)
    return typed


def mapping(page: Page, name: str, node: Node) -> dict[str, Any] | None:
    """The names and constants of a mapping."""
    if not isinstance(node, MappingNode):
        wrong(page, node, name, "a mapping, as in {k: 5}")
        return None
    before = len(page.findings)
    values: dict[str, Any] = constant(page, name, node)
    return values if len(page.findings) == before else None


PINNED = {"params": Field(mapping, ALWAYS), "value": Field(number, ALWAYS)}


def pinned(page: Page, name: str, node: Node) -> dict[str, Any] | None:
    """One drawing of a computed card with its right value."""
    return record(page, name, node, PINNED)


difficulty = partial(whole, low=1, high=3)
seconds = partial(whole, low=1, high=36_000)
one_right = partial(options, single=True)
some_right = partial(options, single=False)
