"""The JSON Schema that editors use, held against the loader: the same fields, the same verdicts."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mlsd_cards.cards import deck, diagram, field, note, part, source
from mlsd_cards.cards.card import KINDS
from mlsd_cards.cards.deck import load
from mlsd_cards.cards.field import ALWAYS, Field
from mlsd_cards.cards.problem import has_errors
from mlsd_cards.cards.rubric import STEPS

SCHEMA: dict[str, Any] = json.loads(
    files("mlsd_cards.cards").joinpath("deck.schema.json").read_text("utf-8")
)
DEFS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)


def always(fields: dict[str, Field]) -> set[str]:
    return {name for name, entry in fields.items() if entry.required == ALWAYS}


def wanted(schema: dict[str, Any], aliases: dict[str, str]) -> set[str]:
    """The fields that a schema requires, one of several names counted as the real one."""
    either = [group["oneOf"] for group in schema.get("allOf", [])]
    named = [{aliases.get(n, n) for one in group for n in one["required"]} for group in either]
    assert all(len(names) == 1 for names in named), named
    return {*schema.get("required", []), *(name for names in named for name in names)}


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_the_kinds_of_the_loader() -> None:
    card = DEFS["card"]
    refs = [f"#/$defs/{kind}" for kind in note.FIELDS]
    assert set(note.FIELDS) == set(KINDS)
    assert card["properties"]["type"]["enum"] == list(note.FIELDS)
    assert [branch["if"]["properties"]["type"]["const"] for branch in card["allOf"]] == list(
        note.FIELDS
    )
    assert [branch["then"]["$ref"] for branch in card["allOf"]] == refs
    assert [branch["$ref"] for branch in card["then"]["anyOf"]] == refs


@pytest.mark.parametrize("kind", note.FIELDS)
def test_a_kind_has_the_fields_of_the_loader(kind: str) -> None:
    schema, aliases = DEFS[kind], note.ALIASES[kind]
    assert set(schema["properties"]) == set(note.FIELDS[kind]) | set(aliases)
    assert schema["properties"]["type"]["const"] == kind
    assert schema["additionalProperties"] is False
    assert wanted(schema, aliases) == always(note.FIELDS[kind])


@pytest.mark.parametrize(
    ("schema", "fields"),
    [
        (DEFS["option"], field.OPTION),
        (DEFS["tolerance"], field.TOLERANCE),
        (DEFS["pinned"], field.PINNED),
        (DEFS["row"], part.ROW),
        (DEFS["scoring"], part.SCORING),
        (DEFS["step"], part.STEP),
        (DEFS["work"], source.FIELDS),
    ],
)
def test_a_mapping_in_a_card_has_the_fields_of_the_loader(
    schema: dict[str, Any], fields: dict[str, Field]
) -> None:
    assert set(schema["properties"]) == set(fields)
    assert set(schema.get("required", [])) == always(fields)
    assert schema["additionalProperties"] is False


def test_a_deck_has_the_fields_of_the_loader() -> None:
    assert set(SCHEMA["properties"]) == {*deck.FIELDS, "cards"}
    assert SCHEMA["required"] == ["cards"]
    assert SCHEMA["additionalProperties"] is False


def test_the_limits_are_those_of_the_loader() -> None:
    assert DEFS["text"]["maxLength"] == DEFS["gaps"]["maxLength"] == field.MAX_TEXT
    assert DEFS["name"]["maxLength"] == field.MAX_ID
    assert DEFS["name"]["pattern"] == f"^{field.ID.pattern}$"
    assert DEFS["as_of"]["pattern"] == f"^{field.DATE.pattern}$"
    assert SCHEMA["properties"]["deck"]["maxLength"] == deck.MAX_NAME
    assert DEFS["items"]["maxItems"] == part.MOST_ITEMS
    assert DEFS["drawing"]["not"]["pattern"].startswith(f"[^\\n]{{{diagram.WIDEST}}}")
    assert DEFS["step"]["properties"]["step"]["enum"] == list(STEPS)


def test_every_field_is_described() -> None:
    for kind in note.FIELDS:
        for name, entry in DEFS[kind]["properties"].items():
            described = (
                entry.get("description") or DEFS[entry["$ref"].split("/")[-1]]["description"]
            )
            assert described, (kind, name)


OPTIONS = "options: [{text: a, correct: true, why: w}, {text: b}]"
WELL = [
    "{q: a, a: b}",
    "{q: no, a: 12:30:00}",
    "{prompt: 5, answer: true, accept: x, tags: [1, a], sources: s}",
    "{type: basic, prompt: a, answer: b, id: a-1, requires: [b], difficulty: 3, expected_s: 20}",
    "{q: a, a: b, topic: t, explanation: e, as_of: 2024, lint_ok: ['L19: x'], accept: [c]}",
    "{text: 'a {{c1::b}}'}",
    "{type: cloze, prompt: 'a {{c2::b::h}}'}",
    "{q: 'a {{c1::b}}', id: x}",
    "{q: 'a {{c1::b}}', accept: [c, d]}",
    "{q: 'a {{c1::b}}', accept: c}",
    "{q: '{{c1::a}} {{c2::b}}', accept: {c1: [c], c2: d}}",
    f"{{q: a, {OPTIONS}}}",
    f"{{type: mcq, q: a, {OPTIONS}}}",
    f"{{type: multi_select, prompt: a, {OPTIONS}}}",
    "{q: a, options: [{text: a, correct: true}, {text: b, correct: true}]}",
    "{q: a, value: 3}",
    "{type: numeric, q: a, value: -0.5, unit: 1, tolerance: {rel: 0, abs: 2}, check: 1 - 1.5}",
    "{q: a, generator: f1_from_counts, params: {tp: 6, fp: 1, fn: 3}, tolerance: {abs: 0.1},"
    " pinned: {params: {tp: 6}, value: 0.75}}",
]
STEP_LIST = [f"{{step: {step}, minutes: 6, must: [m]}}" for step in STEPS]
TABLE = "{q: a, a: b, b: c, rows: "
WELL += [
    "{q: a, items: [b, c, 3]}",
    "{type: ordering, q: a, items: [b, c, d], fixed_first: true}",
    TABLE + "[{dim: d, a: e, b: f}]}",
    TABLE + "[{dim: d, a: e, b: 5}], choose_a_when: g, choose_b_when: h, type: comparison}",
    "{q: a, diagram: 'b -> [?]', missing: c}",
    f"{{type: diagram, q: a, missing: c, accept: d, diagram: '{'-' * 73}[?]'}}",
    f"{{q: a, steps: [{', '.join(STEP_LIST)}]}}",
    f"{{type: rubric, q: a, scoring: {{must: a, strong: b, red_flag: c}}, follow_ups: [d],"
    f" steps: [{', '.join(STEP_LIST)}]}}",
]
ILL = [
    "{}",
    "words",
    "[a]",
    "{q: a}",
    "{a: b}",
    "{q: a, prompt: b, a: c}",
    "{q: a, a: b, answer: c}",
    "{q: '', a: b}",
    "{q: [a], a: b}",
    "{q: a, a: b, id: A}",
    "{q: a, a: b, id: x_y}",
    "{q: a, a: b, requires: [A]}",
    "{q: a, a: b, tags: {c: d}}",
    "{q: a, a: b, difficulty: 4}",
    "{q: a, a: b, difficulty: hard}",
    "{q: a, a: b, expected_s: 0}",
    "{q: a, a: b, expected_s: 1.5}",
    "{q: a, a: b, as_of: lately}",
    "{q: a, a: b, explantion: c}",
    "{q: a, a: b, deck: c}",
    "{q: a, a: b, text: c}",
    "{type: essay, q: a, a: b}",
    "{type: [basic], q: a, a: b}",
    "{type: mcq, q: a, a: b}",
    "{q: 'a {{c1::b}}', accept: {b: [c]}}",
    "{q: 'a {{c1::b}}', accept: {c1: {d: e}}}",
    "{q: 'a {{c1::b}}', accept: ['']}",
    "{type: cloze, q: a}",
    "{text: a}",
    "{q: a, options: []}",
    "{q: a, options: x}",
    "{q: a, options: [{text: a, correct: true}]}",
    "{q: a, options: [{text: a}, {text: b}]}",
    "{q: a, options: [{text: a, correct: maybe}, {text: b, correct: true}]}",
    "{q: a, options: [{text: a, right: true}, {text: b, correct: true}]}",
    "{q: a, options: [{correct: true}, {text: b}]}",
    "{type: mcq, q: a, options: [{text: a, correct: true}, {text: b, correct: true}]}",
    "{q: a, value: yes}",
    "{q: a, value: x}",
    "{q: a, value: .inf}",
    "{q: a, value: 1, tolerance: 0.1}",
    "{q: a, value: 1, tolerance: {}}",
    "{q: a, value: 1, tolerance: {rel: -1}}",
    "{q: a, value: 1, tolerance: {absolute: 1}}",
    "{type: computed, q: a}",
    "{q: a, generator: f1_from_counts, params: [1]}",
    "{q: a, generator: f1_from_counts, params: {tp: 6, fp: 1, fn: 3}, pinned: {value: 1}}",
]
ILL += [
    "{q: a, items: [b]}",
    "{q: a, items: [b, b]}",
    "{q: a, items: b}",
    f"{{q: a, items: {list('abcdefghij')}}}",
    "{q: a, items: [b, c], fixed_first: first}",
    TABLE + "[]}",
    TABLE + "[{dim: d, a: e}]}",
    TABLE + "[{dim: d, a: e, b: ''}]}",
    TABLE + "[{dim: d, a: e, b: f, c: g}]}",
    "{q: a, a: b, rows: [{dim: d, a: e, b: f}]}",
    "{q: a, diagram: b, missing: c}",
    "{q: a, diagram: '[?] [?]', missing: c}",
    "{q: a, diagram: '[?]'}",
    '{q: a, diagram: "[?]\\t.", missing: c}',
    f"{{q: a, missing: c, diagram: '{'-' * 74}[?]'}}",
    f"{{q: a, steps: [{', '.join(STEP_LIST[1:])}]}}",
    f"{{q: a, steps: [{', '.join(reversed(STEP_LIST))}]}}",
    f"{{q: a, steps: [{', '.join([*STEP_LIST, STEP_LIST[0]])}]}}",
    f"{{q: a, steps: [{', '.join(STEP_LIST).replace('[m]', '[]', 1)}]}}",
    f"{{q: a, steps: [{', '.join(STEP_LIST).replace('minutes: 6', 'minutes: 0', 1)}]}}",
    f"{{q: a, scoring: {{must: a}}, steps: [{', '.join(STEP_LIST)}]}}",
]
ALONE = [  # what a schema cannot say: the loader sees more
    "{q: a, options: [{text: a, correct: true}, {text: a}]}",
    "{text: '{{c1::a}} {{c2::}}'}",
    "{text: '{{c1::a}} {{c2::b}}', accept: [c]}",
    "{text: 'a {{c1::b}}', accept: {c2: [c]}}",
    "{q: a, generator: no_such}",
    "{q: a, q: b, a: c}",
    "{q: a, items: [1, '1']}",
    "{q: a, items: [b, c], fixed_first: true}",
    TABLE + "[{dim: d, a: e, b: e}]}",
    "{q: a, a: b, b: b, rows: [{dim: d, a: e, b: f}]}",
    f"{{q: a, missing: c, diagram: '{'漢' * 40}[?]'}}",
]


def verdicts(text: str) -> tuple[bool, bool]:
    """Whether the loader and the schema find the deck well."""
    _, problems = load(text, "f")
    return not has_errors(problems), VALIDATOR.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize("card", WELL)
def test_both_take_a_good_card(card: str) -> None:
    assert verdicts(f"cards: [{card}]") == (True, True)


@pytest.mark.parametrize("card", ILL)
def test_both_refuse_a_bad_card(card: str) -> None:
    assert verdicts(f"cards: [{card}]") == (False, False)


@pytest.mark.parametrize("card", ALONE)
def test_the_loader_sees_more(card: str) -> None:
    assert verdicts(f"cards: [{card}]") == (False, True)


@pytest.mark.parametrize(
    ("text", "well"),
    [
        ("cards:\n", True),
        ("cards: []", True),
        ("deck: a::b\ntitle: t\ndescription: d\ntags: [a]\ncards: []", True),
        ("deck: 5\ntags: a\ncards: []", True),
        ("deck: a\n", False),
        ("[]", False),
        ("words", False),
        ("cards: words", False),
        ("cards: {a: b}", False),
        ("card: []", False),
        ("deck: [a]\ncards: []", False),
        ("deck: ''\ncards: []", False),
        ("deck: 'a::'\ncards: []", False),
        ("deck: '::a'\ncards: []", False),
        ("deck: 'a::::b'\ncards: []", False),
        ("title: ''\ncards: []", False),
        ("tags: {a: b}\ncards: []", False),
        ("sources: {}\ncards: []", True),
        ("sources: {x: {title: T, authors: [A, B], year: 2019+}}\ncards: []", True),
        ("sources: {x: {title: T, authors: A, arxiv: '1706.03762', venue: V}}\ncards: []", True),
        ("sources: {x: {title: T, authors: A, url: 'https://a.b'}}\ncards: []", True),
        ("sources:\ncards: []", False),
        ("sources: [x]\ncards: []", False),
        ("sources: {x: T}\ncards: []", False),
        ("sources: {x: {title: T}}\ncards: []", False),
        ("sources: {x: {title: T, authors: []}}\ncards: []", False),
        ("sources: {x: {title: T, authors: A, year: soon}}\ncards: []", False),
        ("sources: {x: {title: T, authors: A, arxiv: x}}\ncards: []", False),
        ("sources: {x: {title: T, authors: A, url: a.b}}\ncards: []", False),
        ("sources: {x: {title: T, authors: A, note: b}}\ncards: []", False),
    ],
)
def test_both_agree_about_the_deck(text: str, well: bool) -> None:
    assert verdicts(text) == (well, well)
