"""An entry of a deck file, called a note, to the cards that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from mlsd_cards.cards import field, gap, part
from mlsd_cards.cards.agreement import CHECKS, ordinals, warn_of_minutes
from mlsd_cards.cards.card import KINDS, Card, Cloze, Tolerance
from mlsd_cards.cards.field import ALWAYS, STRICT, Field
from mlsd_cards.cards.text import nearest, shown
from mlsd_cards.cards.tree import Branch, Page

DEFAULT_TOLERANCE = Tolerance(rel=0.02)  # of a number for which none is given

SHARED = {
    "id": Field(field.identifier, STRICT),
    "type": Field(field.text),
    "topic": Field(field.text, STRICT),
    "difficulty": Field(field.difficulty, STRICT),
    "expected_s": Field(field.seconds, STRICT),
    "tags": Field(field.texts, STRICT),
    "requires": Field(field.identifiers),
    "prompt": Field(field.text, ALWAYS),
    "explanation": Field(field.text, STRICT),
    "sources": Field(field.texts, STRICT),
    "as_of": Field(field.date),
    "lint_ok": Field(field.texts),
    "base": Field(field.text),
}
NUMBER = {
    "unit": Field(field.text, STRICT),
    "tolerance": Field(field.tolerance, STRICT),
    "check": Field(field.text, STRICT),
}
FIELDS: dict[str, dict[str, Field]] = {
    "basic": {**SHARED, "answer": Field(field.text, ALWAYS), "accept": Field(field.texts)},
    "cloze": {
        **SHARED,
        "prompt": Field(field.gapped, ALWAYS),
        "accept": Field(part.alternatives),
    },
    "mcq": {**SHARED, "options": Field(field.one_right, ALWAYS)},
    "multi_select": {**SHARED, "options": Field(field.some_right, ALWAYS)},
    "numeric": {**SHARED, "value": Field(field.number, ALWAYS), **NUMBER},
    "computed": {
        **SHARED,
        "generator": Field(field.text, ALWAYS),
        "params": Field(field.mapping),
        "pinned": Field(field.pinned, STRICT),
        **NUMBER,
    },
    "ordering": {
        **SHARED,
        "items": Field(part.items, ALWAYS),
        "fixed_first": Field(field.flag),
    },
    "comparison": {
        **SHARED,
        "a": Field(field.text, ALWAYS),
        "b": Field(field.text, ALWAYS),
        "rows": Field(part.rows, ALWAYS),
        "choose_a_when": Field(field.text, STRICT),
        "choose_b_when": Field(field.text, STRICT),
    },
    "diagram": {
        **SHARED,
        "diagram": Field(part.drawing, ALWAYS),
        "missing": Field(field.text, ALWAYS),
        "accept": Field(field.texts, STRICT),
    },
    "rubric": {
        **SHARED,
        "scoring": Field(part.scoring, STRICT),
        "steps": Field(part.steps, ALWAYS),
        "follow_ups": Field(field.texts, STRICT),
    },
}
# Other names of a field, for quick typing and for those who come from other programs.
SHORT = {"q": "prompt", "a": "answer"}
ALIASES = {kind: SHORT if kind == "basic" else {"q": "prompt"} for kind in FIELDS}
ALIASES["cloze"] = {"q": "prompt", "text": "prompt"}
PROMPTS = ("prompt", "q", "text")
TELLING = {
    "value": "numeric",
    "generator": "computed",
    "items": "ordering",
    "diagram": "diagram",
    "steps": "rubric",
}
"""The fields that tell a type of which nothing else has to be looked at."""


class Plan(NamedTuple):
    """The fields of a kind, ready for reading: by each name that may be typed."""

    typed: dict[str, tuple[str, field.Reader]]
    required: dict[bool, frozenset[str]]  # by whether the deck is strict


def _plan(fields: Mapping[str, Field], aliases: Mapping[str, str]) -> Plan:
    names = {name: name for name in fields if name != "type"} | dict(aliases)
    always = frozenset(name for name, entry in fields.items() if entry.required == ALWAYS)
    strict = frozenset(name for name, entry in fields.items() if entry.required == STRICT)
    typed = {name: (real, fields[real].read) for name, real in names.items()}
    return Plan(typed, {False: always, True: always | strict})


PLANS = {kind: _plan(fields, ALIASES[kind]) for kind, fields in FIELDS.items()}


def cards_of(branch: Branch, strict: bool) -> list[Card]:
    """The cards of a note; none when something in it is wrong, which is then reported.

    A field that the note's type does not have is reported too, but takes no card away.
    """
    page, node = branch
    if not page.is_plain(node):
        return []
    if not isinstance(node, MappingNode):
        field.wrong(page, node, "a card", "a mapping of fields, as in “- q: …” and “a: …” below it")
        return []
    before = len(page.findings)
    entries = page.entries(node)
    kind = _kind(page, node, entries)
    if kind is None:
        return []
    plan = PLANS[kind]
    values = _values(branch, entries, plan.typed)
    given = {name for name, value in values.items() if value != ()}
    for name in plan.required[strict] - given:
        page.report(node, "F02", f"{name} is missing: a {kind} card needs it here")
    if len(page.findings) == before and kind in CHECKS:
        CHECKS[kind](page, node, values)
    is_well = len(page.findings) == before
    if is_well and kind == "rubric":
        warn_of_minutes(page, node, values)
    if not entries.keys() <= plan.typed.keys() | {"type"}:
        _report_strangers(page, node, kind)
    return _made(kind, values) if is_well else []


def _values(
    branch: Branch, entries: dict[str, Node], typed: dict[str, tuple[str, field.Reader]]
) -> dict[str, Any]:
    """What could be read, by the real names; None for what could not and was reported."""
    page, node = branch
    values: dict[str, Any] = {}
    for name, entry in entries.items():
        if name not in typed:
            continue
        real, read = typed[name]
        if real in values:
            message = f"{shown(name)} gives {real} a second time: remove one of them"
            page.report(page.key(node, name), "F07", message)
        else:
            values[real] = read(page, real, entry)
    return values


def _made(kind: str, values: dict[str, Any]) -> list[Card]:
    note = values.pop("id", "")
    if kind == "cloze":
        others: dict[str, tuple[str, ...]] = values.pop("accept", {})
        every = others.get("", ())
        return [
            Cloze(
                id=f"{note}:c{n}",
                note=note,
                ordinal=n,
                accept=others.get(f"c{n}", every),
                **values,
            )
            for n in ordinals(values["prompt"])
        ]
    if "value" in FIELDS[kind] or kind == "computed":
        values.setdefault("tolerance", DEFAULT_TOLERANCE)
    if kind == "computed":
        values.setdefault("params", {})
        values.setdefault("pinned", {})
    return [KINDS[kind](id=note, note=note, **values)]


def _kind(page: Page, node: MappingNode, entries: dict[str, Node]) -> str | None:
    """The type given, or the one that the fields speak for; None when that is reported."""
    if "type" not in entries:
        kind = inferred(entries)
        if kind is None:
            _report_unclear(page, node, entries)
        return kind
    kind = field.text(page, "type", entries["type"])
    if kind is None or kind in FIELDS:
        return kind
    near = nearest(kind, FIELDS)
    known = f"the types are {', '.join(FIELDS)}"
    remedy = f"did you mean {near}? ({known})" if near else known
    page.report(entries["type"], "C03", f"there is no type {shown(kind)}: {remedy}")
    return None


def _report_unclear(page: Page, node: MappingNode, entries: dict[str, Node]) -> None:
    """Report that no type can be told, and what may have hidden it."""
    others = ", ".join(TELLING)
    message = f"no type and no answer: add answer, options, rows, {others} or {{{{c1::…}}}}"
    page.report(node, "C04", message)
    for name in PROMPTS:
        if name in entries:
            field.text(page, name, entries[name])
    known = sorted({name for plan in PLANS.values() for name in plan.typed})
    field.unknown(page, node, "a card", known)


def inferred(entries: Mapping[str, Node]) -> str | None:
    """The type of a note that names none, told from its fields."""
    if "rows" in entries:  # before a, which is also short for answer
        return "comparison"
    if "answer" in entries or "a" in entries:
        return "basic"
    prompts = (entries[name] for name in PROMPTS if name in entries)
    if any(isinstance(node, ScalarNode) and gap.OPENING.search(node.value) for node in prompts):
        return "cloze"
    if "options" in entries:
        return "mcq" if _right_ones(entries["options"]) == 1 else "multi_select"
    return next((kind for name, kind in TELLING.items() if name in entries), None)


def _right_ones(node: Node) -> int:
    """How many options of a list that may still be malformed are marked as right."""
    entries = node.value if isinstance(node, SequenceNode) else ()
    return sum(
        key.value == "correct" and isinstance(value, ScalarNode) and value.value.lower() == "true"
        for entry in entries
        if isinstance(entry, MappingNode)
        for key, value in entry.value
    )


def _report_strangers(page: Page, node: MappingNode, kind: str) -> None:
    """Report the fields that the kind does not have: another kind's, or mistyped ones."""
    for key in page.strangers(node, {*PLANS[kind].typed, "type"}):
        name = key.value
        others = [other for other, plan in PLANS.items() if name in plan.typed]
        if others:
            message = f"{name} is no field of a {kind} card but of {' and '.join(others)}"
            page.report(key, "F01", f"{message}: remove it or change the type")
        else:
            field.stranger(page, key, f"a {kind} card", FIELDS[kind])
