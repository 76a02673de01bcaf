"""Deck files, good and bad: what comes out, what is reported, and where."""

from __future__ import annotations

import gc
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlsd_cards.cards import tree
from mlsd_cards.cards.card import (
    Basic,
    Cloze,
    Computed,
    Mcq,
    MultiSelect,
    Numeric,
    Option,
    Tolerance,
    decode,
    encode,
)
from mlsd_cards.cards.code import CODES, LISTED, Findings
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.deck import REPEATED, Deck, load, repeated_ids
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.field import MAX_TEXT
from mlsd_cards.cards.note import FIELDS
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.rubric import STEPS, Rubric, Scoring, Step

GOOD = "deck: d\ncards:\n  - q: first\n    a: one\n"
LAST = "  - q: last\n    a: z\n"


class PurePython(tree.Plain, yaml.SafeLoader):
    """The loader of a PyYAML that came without libyaml."""


@pytest.fixture(params=["libyaml", "pure Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "pure Python":
        monkeypatch.setattr(tree, "Loader", PurePython)
    yield request.param


def places(problems: list[Problem]) -> list[str]:
    """Each problem as line:column code."""
    return [f"{p.line}:{p.column} {p.code}" for p in problems]


def prompts(deck: Deck | None) -> list[tuple[str, int]]:
    return [(placed.card.prompt, placed.line) for placed in deck.cards] if deck else []


STEPS_TYPED = ", ".join(
    f"{{step: {step}, minutes: {n}, must: [m], red_flag: r}}" for n, step in enumerate(STEPS, 3)
)
SWAPPED_STEPS = STEPS_TYPED.replace("frame", "?").replace("data", "frame").replace("?", "data")


def only(text: str, strict: bool = False) -> Any:
    """The one card of a deck without problems."""
    deck, problems = load(text, "x.yaml", strict=strict)
    assert problems == []
    assert deck is not None
    (placed,) = deck.cards
    return placed.card


# What is typed, and the card that comes out of it


def test_a_quick_card_is_a_basic_one_without_identity() -> None:
    assert only("cards:\n- q: Which?\n  a: That.\n") == Basic(
        id="", note="", prompt="Which?", answer="That."
    )


def test_every_shared_field_is_kept() -> None:
    card = only(
        "cards:\n- {id: auc-ties, type: basic, topic: roc-auc, difficulty: 3, expected_s: 40,"
        " tags: [step:5, ranking], requires: f1-mean, prompt: P, answer: A, accept: [B, C],"
        " explanation: E, sources: [he2014], as_of: 2024-05, lint_ok: 'L19: yes'}\n"
    )
    assert card == Basic(
        id="auc-ties", note="auc-ties", topic="roc-auc", difficulty=3, expected_s=40,
        tags=("step:5", "ranking"), requires=("f1-mean",), prompt="P", answer="A",
        accept=("B", "C"), explanation="E", sources=("he2014",), as_of="2024-05",
        lint_ok=("L19: yes",),
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["no", "12:30:00", "010", "1e3", "null", "~", "2024-01-01", "0x1F"]
)
def test_a_text_stays_what_was_typed(typed: str) -> None:
    assert only(f"cards:\n- q: x\n  a: {typed}\n").answer == typed


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("q: x\n  a: y", Basic),
        ("prompt: x\n  answer: '{{c1::y}}'", Basic),
        ("text: a {{c1::gap}}", Cloze),
        ("q: a {{c1::gap}}", Cloze),
        ("q: x\n  options: [{text: a, correct: true}, {text: b}]", Mcq),
        ("q: x\n  options: [{text: a, correct: true}, {text: b, correct: True}]", MultiSelect),
        ("q: x\n  value: 0", Numeric),
        ("q: x\n  generator: f1_from_counts\n  params: {tp: 6, fp: 1, fn: 3}", Computed),
        ("q: x\n  items: [a, b]", Ordering),
        ("q: x\n  a: y\n  b: z\n  rows: [{dim: d, a: e, b: f}]", Comparison),
        ("q: x\n  diagram: a -> [?]\n  missing: b", Diagram),
        (f"q: x\n  steps: [{STEPS_TYPED}]", Rubric),
    ],
)
def test_the_type_is_told_from_the_fields(entry: str, kind: type) -> None:
    assert type(only(f"cards:\n- {entry}\n")) is kind


def test_what_a_comparison_and_an_ordering_hold() -> None:
    card = only(
        "cards:\n- q: x\n  a: A\n  b: B\n  rows:\n  - {dim: d, a: '1', b: 2}\n"
        "  - {dim: e, a: 1, b: 3}\n  choose_a_when: c\n"
    )
    rows = (Row("d", "1", "2"), Row("e", "1", "3"))
    assert (card.a, card.b, card.rows) == ("A", "B", rows)
    assert (card.choose_a_when, card.choose_b_when) == ("c", "")
    card = only("cards:\n- q: x\n  items: [c, a, b]\n  fixed_first: true\n")
    assert (card.items, card.fixed_first) == (("c", "a", "b"), True)


DRAWING = """\
   +---+
 +-|[?]|-+
 | +---+ |
"""


def test_a_drawing_keeps_the_blanks_that_begin_its_lines() -> None:
    lines = "".join(f"      {line}  \n" for line in ("", *DRAWING.splitlines(), ""))
    card = only(f"cards:\n-   q: x\n    diagram: |2\n{lines}    missing: y\n    accept: [z]\n")
    assert card.diagram == DRAWING.rstrip()
    assert (card.missing, card.accept) == ("y", ("z",))


def test_a_rubric_has_the_seven_steps() -> None:
    card = only(f"cards:\n- q: x\n  steps: [{STEPS_TYPED}]\n  follow_ups: [f, g]\n")
    assert [step.step for step in card.steps] == list(STEPS)
    assert card.steps[2] == Step("data", 5, ("m",), (), ("r",))
    assert (card.scoring, card.follow_ups, card.expected_s) == (Scoring(), ("f", "g"), 2700)
    told = only(
        f"cards:\n- q: x\n  steps: [{STEPS_TYPED}]\n"
        "  scoring: {must: a, strong: b, red_flag: c}\n"
    )
    assert told.scoring == Scoring("a", "b", "c")


@pytest.mark.parametrize(
    ("clarify", "expected_s", "warned"),
    [(3, 2700, ""), (6, 2700, ""), (1, 2700, ""), (3, 2520, ""), (7, 2700, "46 minutes"),
     (3, 3000, "42 minutes of an interview of 50"), (3, 2400, "of 40 (expected_s)")],
)  # fmt: skip
def test_minutes_that_do_not_add_up_are_warned_of_and_take_no_card_away(
    clarify: int, expected_s: int, warned: str
) -> None:
    steps = STEPS_TYPED.replace("minutes: 3", f"minutes: {clarify}")
    text = f"cards:\n- q: x\n  expected_s: {expected_s}\n  steps: [{steps}]\n"
    deck, problems = load(text, "f.yaml")
    assert deck is not None
    assert len(deck.cards) == 1
    told = [(p.line, p.column, p.code, p.level) for p in problems]
    assert told == ([(4, 10, "C14", "warning")] if warned else [])
    assert not warned or warned in problems[0].message


def test_a_cloze_gives_a_card_for_each_number() -> None:
    text = "{{c3::c::hint}} a {{c1::b}} and {{c1::d}}"
    deck, problems = load(f"cards:\n- id: x\n  text: '{text}'\n", "f.yaml")
    assert problems == []
    assert deck is not None
    assert [placed.card for placed in deck.cards] == [
        Cloze(id="x:c1", note="x", prompt=text, ordinal=1),
        Cloze(id="x:c3", note="x", prompt=text, ordinal=3),
    ]


@pytest.mark.parametrize(
    ("text", "accept", "expected"),
    [
        ("a {{c2::b}}", "[c, d]", [("c", "d")]),
        ("a {{c2::b}}", "c", [("c",)]),
        ("a {{c2::b}}", "{c2: [c, d]}", [("c", "d")]),
        ("{{c1::a}} {{c2::b}}", "{c2: c}", [(), ("c",)]),
        ("{{c1::a}} {{c2::b}} {{c1::d}}", "{c1: [x; y], c2: [c]}", [("x; y",), ("c",)]),
        ("{{c1::a}} {{c2::b}}", "[]", [(), ()]),
        ("{{c1::a}} {{c2::b}}", "{}", [(), ()]),
    ],
)
def test_what_else_is_right_in_a_gap(
    text: str, accept: str, expected: list[tuple[str, ...]]
) -> None:
    deck, problems = load(f"cards:\n- id: x\n  text: '{text}'\n  accept: {accept}\n", "f.yaml")
    assert problems == []
    assert deck is not None
    assert [placed.card.accept for placed in deck.cards] == expected  # type: ignore[attr-defined]


def test_a_cloze_without_an_id_waits_for_one() -> None:
    card = only("cards:\n- text: a {{c2::b}} c\n")
    assert (card.id, card.note) == (":c2", "")


def test_options_keep_their_reasons() -> None:
    card = only(
        "cards:\n- q: x\n  options:\n  - {text: a, correct: true, why: b}\n  - text: 'no'\n"
    )
    assert card.options == (Option("a", True, "b"), Option("no", False, ""))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Tolerance(rel=0.02)),
        ("tolerance: {rel: 0.1}", Tolerance(rel=0.1)),
        ("tolerance: {abs: 0}", Tolerance(abs=0)),
        ("tolerance: {abs: 5, rel: 1e-3}", Tolerance(rel=0.001, abs=5)),
    ],
)
def test_a_number_has_a_tolerance(typed: str, expected: Tolerance) -> None:
    card = only(f"cards:\n- q: x\n  value: -1.5e3\n  unit: GB\n  {typed}\n")
    assert (card.value, card.unit, card.tolerance) == (-1500.0, "GB", expected)


def test_the_params_of_a_generator_become_numbers_and_quoted_ones_stay_texts() -> None:
    card = only(
        "cards:\n- q: x\n  generator: f1_from_counts\n"
        "  params: {tp: {range: [20, 90]}, fp: {choice: [5, 6]}, fn: 7}\n"
        "  pinned: {params: {a: 0.5, b: [true, '7', 010]}, value: 3}\n"
    )
    assert card.params == {"tp": {"range": [20, 90]}, "fp": {"choice": [5, 6]}, "fn": 7}
    assert card.pinned == {"params": {"a": 0.5, "b": [True, "7", "010"]}, "value": 3.0}


def test_the_deck_itself() -> None:
    deck, problems = load(
        "deck: ml::metrics\ntitle: T\ndescription: D\ntags: [a, b]\ncards: [{q: a, a: b}]\n", "f"
    )
    assert problems == []
    assert deck is not None
    assert (deck.file, deck.name, deck.title, deck.description, deck.tags) == (
        "f", "ml::metrics", "T", "D", ("a", "b"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "name"),
    [("a/b/my deck.yaml", "my deck"), ("c:\\x\\y.yml", "y"), ("z", "z"), (".yaml", ".yaml")],
)
def test_a_deck_without_a_name_has_the_files(file: str, name: str) -> None:
    deck, _ = load("cards: [{q: a, a: b}]", file)
    assert deck is not None
    assert deck.name == name


# What a bundled deck has to have

STRICT_CARD = (
    "- {id: x, type: basic, topic: t, difficulty: 1, expected_s: 30, tags: [a], prompt: p,"
    " answer: q, explanation: e, sources: [s]}\n"
)
STRICT = "deck: d\ntitle: t\ndescription: e\ncards:\n" + STRICT_CARD


def test_a_whole_bundled_deck_is_well() -> None:
    assert load(STRICT, "f", strict=True)[1] == []


@pytest.mark.parametrize("field", ["title", "description", "deck"])
def test_a_bundled_deck_says_what_it_is(field: str) -> None:
    text = "".join(line for line in STRICT.splitlines(True) if not line.startswith(field))
    deck, problems = load(text, "f", strict=True)
    assert places(problems) == ["1:1 F02"]
    assert problems[0].message.startswith(f"{field} is missing")
    assert len(prompts(deck)) == 1
    assert load(text, "f")[1] == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("id: x, ", "id"),
        ("topic: t, ", "topic"),
        ("difficulty: 1, ", "difficulty"),
        ("expected_s: 30, ", "expected_s"),
        ("tags: [a], ", "tags"),
        (", explanation: e", "explanation"),
        (", sources: [s]", "sources"),
    ],
)
def test_a_bundled_card_has_everything(typed: str, field: str) -> None:
    text = STRICT.replace(typed, "")
    deck, problems = load(text, "f", strict=True)
    assert places(problems) == ["5:3 F02"]
    assert problems[0].message.startswith(f"{field} is missing")
    assert prompts(deck) == []
    assert load(text, "f")[1] == []


def test_an_empty_list_is_as_good_as_none_in_a_bundled_card() -> None:
    _, problems = load(STRICT.replace("tags: [a]", "tags: []"), "f", strict=True)
    assert places(problems) == ["5:3 F02"]


@pytest.mark.parametrize("field", ["unit", "tolerance", "check"])
def test_a_bundled_number_can_be_checked(field: str) -> None:
    numbers = {"unit": "unit: '1'", "tolerance": "tolerance: {abs: 0}", "check": "check: 1 + 1"}
    whole = STRICT.replace("basic", "numeric").replace(
        "answer: q", "value: 2, " + ", ".join(numbers.values())
    )
    assert load(whole, "f", strict=True)[1] == []
    _, problems = load(whole.replace(f", {numbers[field]}", ""), "f", strict=True)
    assert [p.message.split()[0] for p in problems] == [field]


# One bad card: what is said, where, and that its neighbours come out

BAD_CARDS = [
    # typed as the second card, from line 5 on; then the problems
    ("q: x\n    anwser: y", ["5:5 C04", "6:5 F01"], "did you mean answer?"),
    ("q: x", ["5:5 C04"], "add answer"),
    ("type: orderng\n    q: x", ["5:11 C03"], "the types are basic"),
    ("type: mutli_select\n    q: x", ["5:11 C03"], "did you mean multi_select?"),
    ("type: [a]\n    q: x", ["5:11 F03"], "must be a text"),
    ("type: basic\n    answer: x", ["5:5 F02"], "prompt is missing"),
    ("type: mcq\n    q: x", ["5:5 F02"], "options is missing"),
    ("q: x\n    prompt: y\n    a: z", ["6:5 F07"], "remove one"),
    ("q: x\n    q: y\n    a: z", ["6:5 Y11"], "given twice, first in line 5"),
    ("q:\n    a: z", ["5:7 F04"], "prompt is empty"),
    ("q: ' '\n    a: z", ["5:8 F04"], "prompt is empty"),
    ("q: [x]\n    a: z", ["5:8 F03"], "must be a text, found a list"),
    ("q: x\n    a: {y: z}", ["6:8 F03"], "found a mapping"),
    ("q: {{c1::x}}", ["5:5 C04", "5:8 F03"], "quote a text that starts with {"),
    ("q: x\n    a: y\n    tags: {b: c}", ["7:11 F03"], "a list of texts"),
    ("q: x\n    a: y\n    tags: [b, [c]]", ["7:15 F03"], "an entry of tags"),
    ("q: x\n    a: y\n    difficulty: hard", ["7:17 F03"], "a whole number from 1 to 3"),
    ("q: x\n    a: y\n    difficulty: 4", ["7:17 F06"], "found 4"),
    ("q: x\n    a: y\n    difficulty: 1.5", ["7:17 F03"], "found “1.5”"),
    ("q: x\n    a: y\n    expected_s: 0", ["7:17 F06"], "from 1 to"),
    ("q: x\n    a: y\n    as_of: lately", ["7:12 F03"], "2024-05"),
    ("q: x\n    a: y\n    id: Not-Kebab", ["7:9 C01"], "small letters"),
    ("q: x\n    a: y\n    id: a--b", ["7:9 C01"], "single hyphens"),
    ("q: x\n    a: y\n    id: " + "a" * 81, ["7:9 C01"], "at most 80"),
    ("q: x\n    a: y\n    id: a:c1", ["7:9 C01"], "found “a:c1”"),
    ("q: x\n    a: y\n    requires: [B]", ["7:16 C01"], "an entry of requires"),
    ("q: x\n    a: \"\\e[2J\"", ["6:8 Y03"], "control character"),
    ("- q: x", ["5:5 F03"], "a mapping of fields"),
    ("just words", ["5:5 F03"], "found “just words”"),
    ("? [a, b]\n    : c\n    q: x\n    a: y", ["5:7 Y12"], "a key must be a plain text"),
    ("{q: x, {a: b}: c, a: y}", ["5:12 Y12"], "a key must be a plain text"),
    ("q: x\n    value: yes", ["6:12 F03"], "a finite number in digits, as in 0.95"),
    ("q: x\n    value: 190,000", ["6:12 F03"], "found “190,000”"),
    ("q: x\n    value: .inf", ["6:12 F03"], "finite"),
    ("q: x\n    value: 1e999", ["6:12 F03"], "finite"),
    ("q: x\n    value: [1]", ["6:12 F03"], "found a list"),
    ("q: x\n    value: 1\n    tolerance: 0.1", ["7:16 F03"], "a mapping with rel and abs"),
    ("q: x\n    value: 1\n    tolerance: {}", ["7:16 F03"], "{rel: 0.02}"),
    ("q: x\n    value: 1\n    tolerance: {rel: -1}", ["7:22 F06"], "0 or more"),
    ("q: x\n    value: 1\n    tolerance: {relative: 1}", ["7:17 F01"], "did you mean rel?"),
    ("q: x\n    options: a", ["6:14 F03"], "a list of options"),
    ("q: x\n    options: [a, b]", ["6:15 F03", "6:18 F03"], "a mapping with text"),
    ("q: x\n    options: [{text: a, correct: true}]", ["6:14 C06"], "too few"),
    ("q: x\n    options: [{text: a}, {text: b}]", ["6:14 C05"], "no option is right"),
    ("type: multi_select\n    q: x\n    options: [{text: a}, {text: b}]", ["7:14 C05"],
     "no option"),
    ("type: mcq\n    q: x\n    options: [{text: a, correct: true}, {text: b, correct: true}]",
     ["7:14 C05"], "2 options are right"),
    ("q: x\n    options: [{text: a, correct: true}, {text: a}]", ["6:41 C06"],
     "“a” is given twice"),
    ("q: x\n    options: [{text: a, correct: yes}, {text: b}]", ["6:34 F03"], "true or false"),
    ("q: x\n    options: [{text: a, corect: true}, {text: b, correct: true}]", ["6:25 F01"],
     "did you mean correct?"),
    ("q: x\n    options: [{correct: true}, {text: b}]", ["6:15 F02"], "an option needs text"),
    ("type: cloze\n    text: none", ["6:11 C07"], "needs a deletion"),
    ("text: '{{c1::a {{c2::b}} c}}'", ["5:11 C07"], "inside another"),
    ("text: '{{c1::}}'", ["5:11 C07"], "is empty"),
    ("text: '{{c1:: }}'", ["5:11 C07"], "is empty"),
    ("text: '{{c1::::hint}}'", ["5:11 C07"], "is empty"),
    ("text: '{{c1::a}} {{c0::b}}'", ["5:11 C07"], "numbered from 1"),
    ("text: '{{c1::a}} {{c01::b}}'", ["5:11 C07"], "leading zeros"),
    ("text: '{{c1::a}} {{c100::b}}'", ["5:11 C07"], "up to 99"),
    ("text: '{{c1::a}} {{c2:b}}'", ["5:11 C07"], "is written"),
    ("text: '{{c1::a}} {{C2::b}}'", ["5:11 C07"], "is written"),
    ("text: '{{c1::a}} {{c2::b}'", ["5:11 C07"], "not closed"),
    ("text: 'a {{c1::x^{2}}}'", ["5:11 C07"], "a space between } and }}"),
    ("text: '{{c1::a}} {{c2::b}}'\n    accept: [c]", ["6:13 C07"], "write accept: {c1: […], c2"),
    ("text: '{{c1::a}} {{c2::b}}'\n    accept: {c3: [c]}", ["6:13 C07"], "the gaps are c1, c2"),
    ("text: '{{c1::a}}'\n    accept: {b: [c]}", ["6:13 C07"], "accept for “b”"),
    ("text: '{{c1::a}}'\n    accept: {c1: {d: e}}", ["6:18 F03"], "a list of texts"),
    ("q: x\n    generator: f1_from_count", ["6:16 C08"], "did you mean f1_from_counts?"),
    ("q: x\n    generator: zzz", ["6:16 C08"], "use ab_sample_size"),
    ("q: x\n    generator: f1_from_counts", ["6:16 C09"] * 3, "is missing"),
    ("q: x\n    generator: f1_from_counts\n    params: {tp: 6, fp: 1, fn: 3, tn: 1}", ["7:13 C09"],
     "unknown 'tn'"),
    ("q: x\n    generator: f1_from_counts\n    params: [1]", ["7:13 F03"],
     "a mapping, as in {k: 5}"),
    ("q: x\n    generator: f1_from_counts\n    params: {tp: 6, fp: 1, fn: 3}\n"
     "    pinned: {value: 3}", ["8:13 F02"], "pinned needs params"),
    ("q: x\n    items: [a]", ["6:12 C10"], "give two or more"),
    ("q: x\n    items: a", ["6:12 C10"], "1 items"),
    ("q: x\n    items: [a, b, c, d, e, f, g, h, i, j]", ["6:12 C10"], "2 to 9"),
    ("q: x\n    items: [a, b, a]", ["6:19 C10"], "“a” is given twice"),
    ("q: x\n    items: [a, '']", ["6:16 F04"], "is empty"),
    ("q: x\n    items: {a: b}", ["6:12 F03"], "a list of texts"),
    ("q: x\n    items: [a, b]\n    fixed_first: true", ["7:18 C10"], "nothing to order"),
    ("q: x\n    items: [a, b]\n    fixed_first: 1", ["7:18 F03"], "true or false"),
    ("q: x\n    a: y\n    b: z\n    rows: []", ["8:11 C11"], "one or more"),
    ("q: x\n    a: y\n    b: z\n    rows: d", ["8:11 F03"], "mappings with dim, a, b"),
    ("q: x\n    a: y\n    b: z\n    rows: [[d, e, f]]", ["8:12 F03"], "a mapping with dim"),
    ("q: x\n    a: y\n    b: z\n    rows: [{dim: d, a: e}]", ["8:12 F02"], "a row needs b"),
    ("q: x\n    a: y\n    b: z\n    rows: [{dim: d, a: e, b: ''}]", ["8:30 F04"],
     "b of a row is empty"),
    ("q: x\n    a: y\n    b: z\n    rows: [{dim: d, a: e, b: e}]", ["8:12 C11"],
     "both cells of “d” read “e”"),
    ("q: x\n    a: y\n    b: z\n    rows: [{dim: d, a: e, b: f}, {dim: d, a: g, b: h}]",
     ["8:34 C11"], "“d” is given twice"),
    ("q: x\n    a: y\n    b: y\n    rows: [{dim: d, a: e, b: f}]", ["7:8 C11"], "both “y”"),
    ("q: x\n    a: y\n    rows: [{dim: d, a: e, b: f}]", ["5:5 F02"], "b is missing"),
    ("q: x\n    missing: y\n    diagram: a -> b", ["7:14 C12"], "no [?]"),
    ("q: x\n    missing: y\n    diagram: |\n      [?] -> b\n      [?] -> c", ["7:14 C12"],
     "2 times [?]"),
    ("q: x\n    missing: y\n    diagram: |\n      a\n      b\t[?]", ["7:14 C12"],
     "line 2 of the drawing has a tab"),
    ("q: x\n    missing: y\n    diagram: |\n      [?]" + "-" * 74, ["7:14 C12"],
     "line 1 of the drawing is 77 columns wide, at most 76"),
    ("q: x\n    missing: y\n    diagram: '[?] " + "漢" * 37 + "'", ["7:14 C12"], "78 columns"),
    ("q: x\n    missing: y\n    diagram: ' '", ["7:14 F04"], "diagram is empty"),
    ("q: x\n    missing: y\n    diagram: [a]", ["7:14 F03"], "must be a text"),
    ("q: x\n    diagram: a -> [?]", ["5:5 F02"], "missing is missing"),
    (f"q: x\n    steps: [{STEPS_TYPED}, {{step: frame, minutes: 1, must: m}}]", ["6:12 C13"],
     "8 steps"),
    ("q: x\n    steps: [{step: clarify, minutes: 1, must: m}]", ["6:12 C13"], "1 steps: give all"),
    (f"q: x\n    steps: [{SWAPPED_STEPS}]", ["6:73 C13"], "frame is wanted here, found “data”"),
    (f"q: x\n    steps: [{STEPS_TYPED.replace('must: [m]', 'must: []', 1)}]", ["6:13 C13"],
     "nothing must be said"),
    (f"q: x\n    steps: [{STEPS_TYPED.replace('minutes: 3', 'minutes: 0')}]", ["6:38 F06"],
     "from 1 to 600"),
    ("q: x\n    steps: [{step: clarify, must: m}]", ["6:13 F02"], "a step needs minutes"),
    (f"q: x\n    steps: [{STEPS_TYPED}]\n    scoring: {{must: a}}", ["7:14 F02", "7:14 F02"],
     "scoring needs strong"),
    ("&a\n    q: x\n    a: y", ["5:5 Y09"], "an anchor is not allowed"),
    ("q: &a x\n    a: *a", ["5:8 Y09", "6:5 Y09"], "an alias (*) is not allowed"),
    ("q: x\n    a: !!python/object/apply:os.system [ls]", ["6:8 Y10"], "a tag is not allowed"),
    ("q: !!str x\n    a: y", ["5:8 Y10"], "quote a text that starts with !"),
    ("q: ! x\n    a: y", ["5:8 Y10"], "a tag"),
    ("!!map\n    q: x\n    a: y", ["5:5 Y10"], "a tag"),
    ("q: x\n    a: {'e':&f g}", ["6:13 Y09"], "an anchor"),
]  # fmt: skip


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("typed", "expected", "says"), BAD_CARDS, ids=[r[0][:40] for r in BAD_CARDS]
)
def test_a_bad_card_is_reported_and_left_out(typed: str, expected: list[str], says: str) -> None:
    deck, problems = load(f"{GOOD}  - {typed}\n{LAST}", "f.yaml")
    assert places(problems) == expected
    assert any(says in problem.message for problem in problems), problems
    last = 4 + typed.count("\n") + 2
    assert prompts(deck) == [("first", 3), ("last", last)]


def test_a_field_nobody_knows_takes_no_card_away() -> None:
    deck, problems = load(f"{GOOD}    explantion: x\n    options: y\n", "f")
    assert places(problems) == ["5:5 F01", "6:5 F01"]
    assert "did you mean explanation?" in problems[0].message
    assert "of mcq and multi_select" in problems[1].message
    assert prompts(deck) == [("first", 3)]


def test_a_long_text_leaves_its_card_out() -> None:
    fits, long = "x" * MAX_TEXT, "x" * 1_000_000
    deck, problems = load(
        f"cards:\n- q: {fits}\n  a: b\n- q: c\n  a: {long}\n- q: e\n  a: f\n", "f"
    )
    assert places(problems) == ["5:6 F05"]
    assert "1,000,000 characters" in problems[0].message
    assert [line for _, line in prompts(deck)] == [2, 6]


# YAML that cannot be read: the card is lost and its neighbours are not

BROKEN_CARDS = [
    ("q: `x`\n    a: y", "5:8 Y06", "cannot start with “`”"),
    ("q: x\n    a: @y", "6:8 Y06", "cannot start with “@”"),
    ("q: x\n    a: %y", "6:8 Y06", "cannot start with “%”"),
    ("q: x\n\ta: y", "6:1 Y07", "indent with spaces"),
    ("q: x\n    \ta: y", "6:5 Y07", "indent with spaces"),
    ("prompt: {{c1::x}} is y", "5:13 Y06", "starts with { needs quotes"),
    ("prompt: [x] is y", "5:13 Y06", "starts with [ needs quotes"),
    ('q: "x\n    a: y', "5:8 Y06", "never closed"),
    ("q: 'it's'\n    a: y", "5:12 Y06", "check the indentation"),
    ("q: [x, y\n    a: z", "5:8 Y06", "[ or { that opens here"),
    ("q: x: y\n    a: z", "5:9 Y06", "“: ” in it needs quotes"),
    ("q: x\n      a: z", "6:8 Y06", "indented too far"),
    ("q: *x* y\n    a: z", None, "starts with * or &"),
    ("q: *x\n    a: z", "5:8 Y09", "starts with * or &"),
    ("q: & x\n    a: z", None, "starts with * or &"),
    ("q: !<x y\n    a: z", None, "starts with !"),
    ('q: "\\d"\n    a: z', None, "backslash"),
    ("q: x\n    a z", "6:5 Y06", "a field with its colon"),
    ("q: |x\n    a: z", "5:9 Y06", "the next line"),
    ("q: x\n   a: z", "6:4 Y06", "check the indentation"),
    ("q: x\n    diagram: |\n        +--+\n      +-|[?]|", "8:7 Y06", "write “|2” there"),
    ("q: x\n    diagram: |\n        v\n      --> [?] -->\n     x", "8:7 Y06", "“|2” there"),
    ("q: " + "[" * 100_000 + "\n    a: z", "5:69 Y08", "nested deeper than 64"),
    ("q: " + "{a: " * 30_000 + "\n    a: z", None, "nested deeper than 64"),
    ("- " * 30_000 + "x", None, "nested deeper than 64"),
]


@pytest.mark.parametrize(
    ("typed", "place", "says"), BROKEN_CARDS, ids=[row[0][:30] for row in BROKEN_CARDS]
)
def test_broken_yaml_costs_one_card(typed: str, place: str | None, says: str) -> None:
    deck, problems = load(f"{GOOD}  - {typed}\n{LAST}", "f.yaml")
    assert len(problems) == 1
    assert says in problems[0].message
    if place:
        assert places(problems) == [place]
    last = 4 + typed.count("\n") + 2
    assert prompts(deck) == [("first", 3), ("last", last)]
    assert deck is not None
    assert deck.name == "d"


@pytest.mark.parametrize(
    ("typed", "place", "says"), BROKEN_CARDS, ids=[row[0][:30] for row in BROKEN_CARDS]
)
def test_broken_yaml_costs_one_card_without_libyaml_too(
    typed: str, place: str | None, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "Loader", PurePython)
    deck, problems = load(f"{GOOD}  - {typed}\n{LAST}", "f.yaml")
    assert len(problems) == 1
    assert [prompt for prompt, _ in prompts(deck)] == ["first", "last"]


def test_every_broken_card_of_a_file_is_reported() -> None:
    broken = "".join(f"  - q: `{i}\n    a: x\n  - q: good {i}\n    a: y\n" for i in range(50))
    deck, problems = load(GOOD + broken, "f")
    assert [p.line for p in problems] == [5 + 4 * i for i in range(50)]
    assert prompts(deck)[1:] == [(f"good {i}", 7 + 4 * i) for i in range(50)]


def test_a_broken_head_costs_no_card() -> None:
    deck, problems = load("deck: [d\ncards:\n- q: x\n  a: y\ntitle: `t\n", "file.yaml")
    assert places(problems) == ["1:7 Y06"]
    assert prompts(deck) == [("x", 3)]
    assert deck is not None
    assert deck.name == "file"


def test_the_head_behind_broken_cards_is_read() -> None:
    deck, problems = load("cards:  # mine\n- q: `x\n\n- q: y\n  a: z\ntitle: T\ntitel: U\n", "f")
    assert places(problems) == ["2:6 Y06", "7:1 F01"]
    assert deck is not None
    assert (deck.title, prompts(deck)) == ("T", [("y", 4)])


def test_a_card_indented_otherwise_than_the_first_is_still_read() -> None:
    deck, problems = load("cards:\n  - q: a\n    a: b\n - q: c\n   a: d\n", "f")
    assert len(problems) == 1
    assert prompts(deck) == [("a", 2), ("c", 4)]


# The file as a whole

FILES = [
    ("", ["1:1 D01"], None),
    ("# only\n# comments\n", ["1:1 D01"], None),
    ("---\n", ["2:1 D02"], None),
    ("words", ["1:1 D02"], None),
    ("- q: a\n  a: b\n", ["1:1 D02"], None),
    ("[[a]]", ["1:1 D02"], None),
    ("deck: d\n", ["1:1 D03"], None),
    ("cards: 3\n", ["1:8 D03"], None),
    ("cards: {q: a}\n", ["1:8 D03"], None),
    ("cards:\n", ["1:1 D05"], []),
    ("cards: []\n", ["1:1 D05"], []),
    ("card:\n- q: a\n  a: b\n", ["1:1 D03", "1:1 F01"], None),
    ("cards: [{q: a, a: b}]\ncards: [{q: c, a: d}]\n", ["2:1 Y11"], [("a", 1)]),
    ("deck: 'a::'\ncards: [{q: a, a: b}]\n", ["1:7 D04"], [("a", 2)]),
    ("deck: [a]\ntags: {b: c}\ncards: [{q: a, a: b}]\n", ["1:7 F03", "2:7 F03"], [("a", 3)]),
    ("cards: &x [{q: a, a: b}]\n", ["1:8 Y09"], [("a", 1)]),
    ("&x\ncards: [{q: a, a: b}]\n", ["1:1 Y09"], [("a", 2)]),
    ("!!map\ncards: [{q: a, a: b}]\n", ["1:1 Y10"], [("a", 2)]),
    ("\ufeffcards: &x [{q: a, a: b}]\n", ["1:8 Y09"], [("a", 1)]),
    ("\ufeffcards: 3", ["1:8 D03"], None),
    ("cards: !x [{q: a, a: b}]\n", ["1:8 Y10"], [("a", 1)]),
    ("<<: {a: b}\ncards: [{q: a, a: b}]\n", ["1:1 F01"], [("a", 2)]),
    ("? [a]\n: b\ncards: [{q: a, a: b}]\n", ["1:3 Y12"], [("a", 3)]),
    ("cards: [{q: a, a: b}]\n---\ncards: []\n", ["3:1 Y13"], [("a", 1)]),
    ("cards: [{q: a, a: b}]\n...\n- `\n", ["3:1 Y06"], [("a", 1)]),
    ("cards: [{q: a, a: b}, {q: ]\n", ["1:8 Y06"], None),
    ("%YAML 3.0\n---\ncards: []\n", ["1:1 Y06"], None),
    ("[" * 1_000_000, ["1:64 Y08"], None),
    ("[" * 30_000 + "]" * 30_000, ["1:64 Y08"], None),
    ("- " * 1_000_000, ["1:127 Y08"], None),
    ("cards:\n" + "".join(" " * i + "- \n" for i in range(1, 2000)), ["65:65 Y08"], []),
    ('cards: ["' + "[" * 30_000 + '"]', ["1:9 F03"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "cards"), FILES, ids=[repr(f[0][:30]) for f in FILES])
def test_files_as_a_whole(text: str, expected: list[str], cards: list[Any] | None) -> None:
    deck, problems = load(text, "f.yaml")
    assert places(problems) == expected
    assert (None if deck is None else prompts(deck)) == cards


def test_a_bomb_of_aliases_stays_small() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{y}: &{y} [{', '.join([f'*{x}'] * 9)}]" for x, y in itertools.pairwise(names)]
    start = time.perf_counter()
    deck, problems = load("\n".join([*lines, "cards: [*z, {q: *y, a: b}, {q: c, a: d}]"]), "f")
    assert time.perf_counter() - start < 5
    assert prompts(deck) == [("c", 27)]
    assert sum(problem.code == "Y09" for problem in problems) >= 26


def test_an_alias_cannot_bring_in_a_card() -> None:
    deck, problems = load("cards:\n- &x {q: a, a: b}\n- *x\n- {q: c, a: d}\n", "f")
    assert {problem.code for problem in problems} == {"Y09"}
    assert prompts(deck) == [("c", 4)]


def test_a_mark_inside_a_text_is_no_anchor() -> None:
    text = 'cards:\n- q: "a &b !c *d"\n  a: R&D, x & y, !z in words\n'
    deck, problems = load(text + "- q: |\n    &a\n    !b\n  a: wow!\n", "f")
    assert problems == []
    assert [prompt for prompt, _ in prompts(deck)] == ["a &b !c *d", "&a\n!b"]


# Characters and encodings


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
)
def test_line_ends_and_marks_of_order_change_nothing(change: Callable[[str], bytes | str]) -> None:
    text = GOOD + "  - q: 'ä 😀'\n    a: |\n      y\n\n      z\n" + LAST.replace("z", "`")
    deck, problems = load(change(text), "f")
    assert places(problems) == ["11:8 Y06"]
    assert prompts(deck) == [("first", 3), ("ä 😀", 5)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_a_warning(encoding: str) -> None:
    deck, problems = load((GOOD + "  - {q: ä😀, a: b}\n").encode(encoding), "f")
    assert [(p.code, p.level) for p in problems] == [("Y04", "warning")]
    assert prompts(deck) == [("first", 3), ("ä😀", 5)]


def test_bytes_of_latin_1_are_reported_and_read() -> None:
    deck, problems = load("cards:\n- q: Ärger\n  a: für\n- q: x\n  a: y\n".encode("latin-1"), "f")
    assert places(problems) == ["2:6 Y02", "3:7 Y02"]
    assert "0xC4 is not UTF-8, read as “Ä”: save the file as UTF-8" in problems[0].message
    assert prompts(deck) == [("Ärger", 2), ("x", 4)]


@pytest.mark.usefixtures("loader")
def test_control_characters_are_replaced_and_reported() -> None:
    deck, problems = load(
        "cards:\n- q: a\x1b[2Jb\x00\n  a: \x9b\x7f\ud800\uffff\n" + "- q: first\n  a: b\n", "f"
    )
    assert places(problems) == [f"{p} Y03" for p in ("2:7", "2:12", "3:6", "3:7", "3:8", "3:9")]
    assert problems[0].message == "control character U+001B replaced by �: delete it"
    assert prompts(deck) == [("a�[2Jb�", 2), ("first", 4)]


@pytest.mark.usefixtures("loader")
def test_separators_that_only_yaml_sees_shift_no_line() -> None:
    deck, problems = load(
        "cards:\n- q: a\u2028b\u2029c\n  a: d\x85e\n- q: f\n  a: `\n- q: g\n  a: h\n", "f"
    )
    assert places(problems) == ["2:7 Y05", "2:9 Y05", "3:7 Y05", "5:6 Y06"]
    assert [p.level for p in problems] == ["warning"] * 3 + ["error"]
    assert prompts(deck) == [("a b c", 2), ("g", 6)]


def test_no_message_carries_a_control_character_or_a_novel() -> None:
    nasty = (
        'cards:\n- "\\e[2J\\x9b": x\n  type: "\\e]0;\\a'
        + "x" * 5000
        + '"\n- "\\e'
        + "y" * 5000
        + '"\n'
    )
    _, problems = load(nasty, "f")
    assert len(problems) >= 2
    for problem in problems:
        assert problem.message.isprintable()
        assert len(problem.message) < 400


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x00\x00" * 1000, bytes(5000)])
def test_binary_data_is_one_problem(data: bytes) -> None:
    deck, problems = load(data, "f")
    assert deck is None
    assert places(problems) == ["1:1 Y01"]


def test_a_file_too_large_to_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlsd_cards.cards.text.MAX_FILE", len(GOOD))
    assert load(GOOD, "f")[1] == []
    deck, problems = load(GOOD + " ", "f")
    assert (deck, places(problems)) == (None, ["1:1 Y01"])


def test_a_flood_of_problems_is_cut_and_counted() -> None:
    deck, problems = load("cards:\n" + "- x\n" * (LISTED + 500) + "- q: x\n  a: y\n", "f")
    assert [problem.code for problem in problems].count("F03") == LISTED
    assert problems[-1].code == "Y14"
    assert "500 more" in problems[-1].message
    assert len(prompts(deck)) == 1


def test_many_bad_characters_are_listed_only_so_far() -> None:
    _, problems = load("cards:\n" + "- {q: \x1b, a: b}\n" * 5000, "f")
    assert len(problems) == 21
    assert problems[-1].line == 22


# Ids


def deck_of(file: str, body: str) -> Deck:
    deck, problems = load("cards:\n" + body, file)
    assert problems == []
    assert deck is not None
    return deck


def test_an_id_used_twice_names_both_places() -> None:
    one = deck_of("a.yaml", "- {id: x, q: a, a: b}\n- {id: y, q: a, a: b}\n- {id: x, q: c, a: d}\n")
    two = deck_of("b.yaml", "- {id: z, q: a, a: b}\n- id: y\n  text: '{{c1::a}} {{c2::b}}'\n")
    problems = repeated_ids([one, two])
    assert [str(p) for p in problems] == [
        "a.yaml:4:1: error C02: the id x is used in a.yaml:2 already: change one",
        "b.yaml:3:1: error C02: the id y is used in a.yaml:3 already: change one",
    ]
    assert {problem.code for problem in problems} == {REPEATED}


def test_siblings_and_cards_without_an_id_repeat_nothing() -> None:
    body = "- {q: a, a: b}\n- {q: a, a: b}\n- id: x\n  text: '{{c1::a}} {{c2::b}}'\n"
    assert repeated_ids([deck_of("f", body + "- text: '{{c1::a}}'\n")]) == []


def test_two_cards_of_one_line_can_repeat_an_id() -> None:
    deck, _ = load("cards: [{id: x, q: a, a: b}, {id: x, q: c, a: d}]", "f")
    assert deck is not None
    assert places(repeated_ids([deck])) == ["1:1 C02"]


# Properties

ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300),
    st.text(alphabet="cards:- \n\tqa{}[]\"'&*!|>#%@`\\?,=0x1\x1b\u2028", max_size=200),
    st.text(alphabet="{[]}:, &*!a\n-", max_size=200).map(
        lambda tail: GOOD + "  - " + tail + "\n" + LAST
    ),
)


@settings(max_examples=400, deadline=None)
@given(ANYTHING, st.booleans())
@example(b"\xff\xfe\x00", False)
@example("\ufeff\ufeff", False)
@example("cards:\n- ? ", True)
@example('cards:\n- q: "\\U99999999"', True)
def test_nothing_raises_and_every_problem_has_a_place(data: bytes | str, strict: bool) -> None:
    deck, problems = load(data, "f", strict=strict)
    lines = 1 + (data.count(b"\n") + data.count(b"\r") if isinstance(data, bytes) else 1000)
    for problem in problems:
        assert problem.code in CODES
        assert 1 <= problem.line <= max(lines, 1000)
        assert problem.column >= 1
        assert problem.message.isprintable()
    assert problems == sorted(set(problems))
    assert deck is not None or problems
    assert gc.isenabled()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="cards:- \n\tqa{}[]\"'&*!|>#%@`\\?,=0x1", max_size=200))
def test_nothing_raises_without_libyaml(data: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "Loader", PurePython)
        load(GOOD + "  - " + data, "f")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="qa: -[]{}\"'`@%&*!|>\t#x\n", max_size=60))
def test_what_a_bad_card_says_inside_its_lines_never_takes_the_one_before(typed: str) -> None:
    inside = typed.replace("\n", "\n    ")
    deck, _ = load(f"{GOOD}  - q: {inside}\n{LAST}", "f")
    assert prompts(deck)[:1] == [("first", 3)]


WORDS = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Zl", "Zp"), blacklist_characters="\ufeff\ufffe\uffff"
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: text == text.strip() and "{{" not in text)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SHARED = st.fixed_dictionaries(
    {"prompt": WORDS},
    optional={
        "id": IDS,
        "topic": WORDS,
        "explanation": WORDS,
        "difficulty": st.integers(1, 3),
        "expected_s": st.integers(1, 3600),
        "sources": st.lists(WORDS, max_size=3),
        "tags": st.lists(WORDS, max_size=3),
        "requires": st.lists(IDS, max_size=3),
    },
)
DRAWINGS = st.lists(st.text(" |+-<>^v─│┌a", max_size=30), max_size=6).map(
    lambda lines: "\n".join(["  [?] -->", *(line.rstrip() for line in lines), "end"])
)
OPTIONS = st.lists(WORDS, min_size=2, max_size=5, unique=True)
KINDS = {
    "basic": st.fixed_dictionaries({"answer": WORDS}),
    "cloze": st.fixed_dictionaries({}),
    "mcq": OPTIONS.map(lambda texts: {"options": [
        {"text": text, "correct": not i, "why": text} for i, text in enumerate(texts)]}),
    "multi_select": OPTIONS.map(lambda texts: {"options": [
        {"text": text, "correct": True} for text in texts]}),
    "numeric": st.fixed_dictionaries(
        {"value": NUMBERS}, optional={"unit": WORDS, "tolerance": st.builds(lambda: {"abs": 1.0})}),
    "computed": st.builds(
        lambda: {"generator": "f1_from_counts", "params": {"tp": 6, "fp": 1, "fn": 3}}),
    "ordering": st.fixed_dictionaries(
        {"items": st.lists(WORDS, min_size=3, max_size=9, unique=True)},
        optional={"fixed_first": st.booleans()}),
    "comparison": st.tuples(OPTIONS, WORDS).map(lambda drawn: {
        "a": drawn[0][0], "b": drawn[0][1], "choose_a_when": drawn[1], "rows": [
            {"dim": dim, "a": f"{dim}!", "b": drawn[1] + f"{dim}?"} for dim in drawn[0]]}),
    "diagram": st.fixed_dictionaries(
        {"diagram": DRAWINGS, "missing": WORDS}, optional={"accept": st.lists(WORDS, max_size=3)}),
    "rubric": st.fixed_dictionaries({
        "steps": st.lists(WORDS, min_size=1, max_size=3).map(lambda said: [
            {"step": step, "minutes": 5, "must": [*said], "strong": said[1:], "red_flag": said[:1]}
            for step in STEPS]),
        "follow_ups": st.lists(WORDS, max_size=3)}),
}  # fmt: skip


@st.composite
def notes(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    note = {"type": kind, **draw(SHARED), **draw(KINDS[kind])}
    if kind == "cloze":
        note["prompt"] = f"{note['prompt']} {{{{c1::gap}}}} {{{{c7::other::hint}}}} end"
    return note


@settings(max_examples=150, deadline=None)
@given(st.lists(notes(), min_size=1, max_size=6), st.booleans(), st.booleans())
def test_a_valid_deck_comes_out_as_it_was_typed(
    typed: list[dict[str, Any]], as_json: bool, with_broken: bool
) -> None:
    """Through YAML's own writer, or as JSON, which is YAML too; a broken card changes nothing."""
    if as_json and not with_broken:
        text = json.dumps({"deck": "d", "cards": typed}, ensure_ascii=False)
    else:
        text = yaml.safe_dump({"deck": "d", "cards": typed}, allow_unicode=True, width=10_000)
        text = text.replace("cards:\n", "cards:\n- q: `\n" if with_broken else "cards:\n")
    deck, problems = load(text, "f")
    codes = [p.code for p in problems if p.level == "error"]
    assert codes == (["Y06"] if with_broken else [])
    assert deck is not None
    cards = [placed.card for placed in deck.cards]
    expected = [note for note in typed for _ in range(2 if note["type"] == "cloze" else 1)]
    assert len(cards) == len(expected)
    for card, note in zip(cards, expected, strict=True):
        assert card.kind == note["type"]
        assert card.note == note.get("id", "")
        for name in note.keys() - {"id", "type", "options", "tolerance", "rows", "steps"}:
            value = tuple(note[name]) if isinstance(note[name], list) else note[name]
            assert getattr(card, name) == value
        for name in {"rows", "steps"} & note.keys():
            assert (
                json.loads(json.dumps([part._asdict() for part in getattr(card, name)]))
                == (note[name])
            )
        assert decode(card.kind, encode(card)) == card
        assert [option._asdict() for option in getattr(card, "options", ())] == [
            {"why": "", **option} for option in note.get("options", [])
        ]


# The house itself


def test_reading_a_deck_loads_neither_difflib_nor_jsonschema() -> None:
    program = (
        "import sys; from mlsd_cards.cards.deck import load; load('cards: [{q: a, a: b}]', 'f');"
        "print([m for m in ('difflib', 'jsonschema', 'pathlib', 'random') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"


def test_every_code_is_listed_once_and_said_in_a_line() -> None:
    assert all(len(code) == 3 and meaning for code, meaning in CODES.items())
    findings = Findings("f")
    for _ in range(2):
        findings.add(1, 1, "Y06", "same")
    assert len(findings.listed()) == 1


def test_every_kind_of_card_can_be_loaded() -> None:
    assert (
        set(FIELDS)
        == set(KINDS)
        == set("basic cloze mcq multi_select numeric computed".split())
        | set("ordering comparison diagram rubric".split())
    )
