"""Each rule of writing with a card that breaks it and one that just does not.

The cards of ``GOOD`` keep every rule; a case changes some of their fields.
``MLSD_CARDS_REGENERATE=1 pytest tests/cards/test_lint.py`` writes docs/lint.md anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.card import (
    Basic,
    Card,
    Cloze,
    Computed,
    Mcq,
    MultiSelect,
    Numeric,
    Option,
    Tolerance,
)
from mlsd_cards.cards.code import CODES
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.lint.explain import explained
from mlsd_cards.cards.lint.lint import lint
from mlsd_cards.cards.lint.rule import Shelf, placed
from mlsd_cards.cards.lint.table import RULES, TITLES, UNCHECKED
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.rubric import STEPS, Rubric, Step

WHY = "It is what the sentence before this one says."
SHARED: dict[str, Any] = {
    "topic": "one",
    "explanation": "Every pair is compared once, so the cost of it grows with the square.",
    "difficulty": 1,
    "expected_s": 60,
    "sources": ("known2020",),
    "tags": ("step:4",),
}
STEP = Step("", 6, ("This is said", "And that"), (), ("Nothing is said",))
GOOD: dict[str, Card] = {
    card.note: card
    for card in (
        Basic(
            id="basic", note="basic", prompt="What grows fastest with the length of a sequence?",
            answer="Attention, by its square.", **SHARED,
        ),
        Cloze(
            id="cloze:c1", note="cloze", ordinal=1,
            prompt="A cache of keys saves the work of {{c1::earlier tokens}} in each new step.",
            **SHARED,
        ),
        Mcq(
            id="mcq", note="mcq", prompt="Which loss suits a rare class?",
            options=(
                Option("Focal loss", True, WHY),
                Option("Hinge loss", False, WHY),
                Option("Squared loss", False, WHY),
            ),
            **SHARED,
        ),
        MultiSelect(
            id="multi-select", note="multi-select", prompt="What shrinks a served network?",
            options=(
                Option("Pruning", True, WHY),
                Option("Distillation", True, WHY),
                Option("Dropout", False, WHY),
                Option("Warm-up", False, WHY),
            ),
            **SHARED,
        ),
        Numeric(
            id="numeric", note="numeric", prompt="How many bytes are 3 numbers of 8 bytes?",
            value=24, check="3 * 8", tolerance=Tolerance(rel=0.02), **SHARED,
        ),
        Computed(
            id="computed", note="computed",
            prompt="A classifier has tp = {tp}, fp = {fp}, fn = {fn}. How large is its F1?",
            generator="f1_from_counts",
            params={
                "tp": {"range": [10, 500]}, "fp": {"range": [1, 300]}, "fn": {"range": [1, 300]},
            },
            pinned={"params": {"tp": 60, "fp": 15, "fn": 60}, "value": 0.6154},
            check="120 / 195", tolerance=Tolerance(abs=0.005), **SHARED,
        ),
        Ordering(
            id="ordering", note="ordering", prompt="Order these stages of a funnel.",
            items=("Retrieve", "Filter", "Rank", "Mix"), **SHARED,
        ),
        Comparison(
            id="comparison", note="comparison", prompt="Compare the trees with the towers.",
            a="Trees", b="Towers",
            rows=(Row("input", "Row", "Ids"), Row("cost", "Pairs", "Sides"), Row("c", "d", "e")),
            choose_a_when="There are few candidates.", choose_b_when="There are many.", **SHARED,
        ),
        Diagram(
            id="diagram", note="diagram", prompt="Name the box that is missing in this path.",
            diagram="request -> [?] -> model", missing="Feature store", accept=("features",),
            **SHARED,
        ),
        Rubric(
            id="rubric", note="rubric", prompt="Design a ranker of news for ten users in a minute.",
            steps=tuple(STEP._replace(step=step) for step in STEPS),
            follow_ups=("Why?", "How?", "When?"),
            **{
                **SHARED,
                "expected_s": 2700,
                "tags": tuple(f"step:{place}" for place in range(1, 8)),
            },
        ),
    )
}  # fmt: skip


def found(
    *cards: Card, strict: bool = True, sources: Iterable[str] = ("known2020",)
) -> list[Problem]:
    """What the rules find in a library of these cards."""
    notes = tuple(placed(card, "d.yaml", 2, "deck", strict=strict) for card in cards)
    return lint(Shelf(notes, frozenset(card.note for card in cards), frozenset(sources)))


def codes(*cards: Card, strict: bool = True) -> set[str]:
    return {problem.code for problem in found(*cards, strict=strict)}


def n_words(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def options(*texts: str, right: int = 1, why: str = WHY) -> dict[str, Any]:
    """The first ``right`` of these are right."""
    return {"options": tuple(Option(text, i < right, why) for i, text in enumerate(texts))}


def steps(**changes: Any) -> dict[str, Any]:
    """The steps of the rubric, with the first changed."""
    first, *rest = GOOD["rubric"].steps  # type: ignore[attr-defined]
    return {"steps": (first._replace(**changes), *rest)}


def draws(**params: Any) -> dict[str, Any]:
    return {"params": {**GOOD["computed"].params, **params}}  # type: ignore[attr-defined]


Case = tuple[str, str, dict[str, Any]]

BROKEN: list[Case] = [
    ("L01", "basic", {"explanation": n_words(7)}),
    ("L01", "basic", {"explanation": n_words(61)}),
    ("L01", "rubric", {"explanation": "Too short."}),
    ("L01", "basic", {"explanation": n_words(9), "answer": n_words(12)}),
    ("L01", "basic", {"explanation": n_words(10), "answer": f"so {n_words(9)}"}),
    ("L02", "basic", {"answer": n_words(41)}),
    ("L02", "basic", {"answer": "It grows. It shrinks. It ends."}),
    ("L02", "mcq", {"prompt": "Which one is it? And why is it so?"}),
    ("L02", "basic", {"answer": n_words(26)}),
    ("L03", "basic", {"prompt": n_words(46), "expected_s": 240}),
    ("L03", "numeric", {"prompt": n_words(71), "expected_s": 240}),
    ("L04", "basic", {"prompt": "Does attention grow with the length of a sequence?"}),
    ("L04", "basic", {"prompt": "Think of attention. Is it quadratic?"}),
    ("L04", "basic", {"answer": "Yes, by its square."}),
    ("L04", "basic", {"answer": "It depends."}),
    ("L05", "basic", {"answer": "a; b; c; d; e"}),
    ("L05", "basic", {"answer": "It is a, b, c, d, and e."}),
    ("L05", "basic", {"answer": "- a\n- b\n- c\n- d\n- e", "explanation": n_words(9)}),
    ("L05", "basic", {"prompt": "Name the seven steps of an interview."}),
    ("L05", "basic", {"prompt": "List all of the metrics of ranking."}),
    ("L06", "ordering", {"items": ("one", "two", "three")}),
    ("L06", "ordering", {"items": tuple("abcdefghi")}),
    ("L06", "ordering", {"items": ("one", "two", "three", n_words(15))}),
    ("L06", "ordering", {"items": ("one", "two", "three", "Three!")}),
    ("L07", "mcq", {"prompt": "Which loss is apt for a rare class of focal loss?"}),
    ("L08", "cloze", {"prompt": "{{c1::a}} {{c2::b}} {{c3::c}} {{c4::d}}" + n_words(9)}),
    ("L08", "cloze", {"prompt": f"{n_words(7)} {{{{c1::gap}}}}"}),
    ("L08", "cloze", {"prompt": f"{{{{c1::gap}}}} {n_words(9)}"}),
    ("L08", "cloze", {"prompt": f"{n_words(9)} {{{{c1::a b c d e f g}}}}"}),
    ("L08", "cloze", {"prompt": f"The gap {n_words(9)} {{{{c1::Gap}}}}"}),
    ("L09", "basic", {"prompt": "It grows with the length. What is it?"}),
    ("L09", "basic", {"answer": "Users, items and so on."}),
    ("L09", "basic", {"prompt": "Name some losses of ranking."}),
    ("L09", "numeric", {"prompt": "What is the NDCG of the grades 3, 0, 2, with gain = grade?"}),
    ("L09", "numeric", {"prompt": "What is the PSI of the shares 0.1, 0.9 and 0.2, 0.8?"}),
    ("L09", "numeric", {"unit": "GiB"}),
    ("L10", "mcq", options("one", "two")),
    ("L10", "mcq", options(*"abcdef")),
    ("L10", "mcq", options("one", "two", "six", why="It is the right one.")),
    ("L10", "mcq", options("seventeen letters", "ten letter", "ten letter.")),
    ("L10", "mcq", options("one", "two", "All of the above")),
    ("L10", "mcq", options("one", "Two", "two.")),
    ("L12", "multi_select", options("one", "two", "six", right=2)),
    ("L12", "multi_select", options("one", "two", "six", "ten", right=1)),
    ("L12", "multi_select", options("one", "two", "six", "ten", right=4)),
    ("L12", "multi_select", options("one", "two", "six", "none of these", right=2)),
    ("L13", "numeric", {"check": "3 * 9"}),
    ("L13", "numeric", {"check": "three * 8"}),
    ("L13", "numeric", {"tolerance": Tolerance(rel=0.2)}),
    ("L13", "computed", {"pinned": {"params": {"tp": 60, "fp": 15, "fn": 60}, "value": 0.7}}),
    ("L13", "computed", {"pinned": {"params": {"tp": 60, "fp": 60, "fn": 60}, "value": 0.5}}),
    ("L13", "computed", {"pinned": {"params": {"tp": 60}, "value": 0.5}}),
    ("L14", "computed", {"prompt": "F1 of {tp}, {fp}, {fm}?"}),
    ("L14", "computed", draws(tp=60, fp=15, fn=60)),
    ("L14", "computed", draws(tp=60, fp=60, fn=60)),
    ("L15", "comparison", {"rows": (Row("a", "b", "c"), Row("d", "e", "f"))}),
    ("L15", "comparison", {"choose_b_when": n_words(46)}),
    ("L16", "diagram", {"diagram": "\n" * 18 + "[?]"}),
    ("L16", "diagram", {"diagram": "feature store -> [?]"}),
    ("L16", "diagram", {"diagram": "Features -> [?]"}),
    ("L17", "rubric", steps(minutes=3)),
    ("L17", "rubric", steps(minutes=10)),
    ("L17", "rubric", steps(must=("One",))),
    ("L17", "rubric", steps(must=tuple("abcde"))),
    ("L17", "rubric", steps(red_flag=())),
    ("L17", "rubric", {"follow_ups": ("Why?", "How?")}),
    ("L17", "rubric", {"tags": ("step:1",)}),
    ("L18", "basic", {"sources": ("nobody1999",)}),
    ("L18", "basic", {"sources": ("convention",)}),
    ("L19", "basic", {"answer": "It always grows."}),
    ("L19", "mcq", options("The best one", "Some other", "Another one")),
    ("L20", "basic", {"answer": "As large as GPT-4."}),
    ("L20", "basic", {"explanation": f"It is the state of the art: {n_words(9)}."}),
    ("L23", "basic", {"difficulty": 3}),
    ("L24", "basic", {"tags": ("ranking",)}),
    ("L24", "basic", {"tags": ("step:8",)}),
    ("L24", "basic", {"tags": ("step:1", "family:cars")}),
    ("L25", "basic", {"expected_s": 9}),
    ("L25", "basic", {"expected_s": 241}),
    ("L25", "rubric", {"expected_s": 1499}),
    ("L25", "basic", {"prompt": n_words(40), "expected_s": 20}),
    ("L25", "mcq", {**options(n_words(13), n_words(13), n_words(14)), "expected_s": 20}),
    ("L26", "basic", {"explanation": n_words(60), "answer": n_words(20), "prompt": n_words(10)}),
    ("L26", "basic", {"answer": "A rocket 🚀"}),
    ("L28", "basic", {"prompt": "Does it grow, the cost, or shrink?", "answer": "The cost."}),
]
KEPT: list[Case] = [
    ("L01", "basic", {"explanation": n_words(8)}),
    ("L01", "basic", {"explanation": n_words(60)}),
    ("L01", "basic", {"explanation": n_words(10), "answer": n_words(5)}),
    ("L02", "basic", {"answer": "It grows. It shrinks."}),
    ("L02", "basic", {"answer": n_words(25)}),
    ("L03", "basic", {"prompt": n_words(45), "expected_s": 240}),
    ("L03", "computed", {"prompt": n_words(70), "expected_s": 240}),
    ("L02", "rubric", {"prompt": "Design it. Why? How?"}),
    ("L04", "basic", {"prompt": "What is attention? Islands are no question."}),
    ("L04", "basic", {"answer": "Nothing of it is true"}),
    ("L05", "basic", {"answer": "a; b; c; d"}),
    ("L05", "basic", {"answer": "It is a, b, c and d."}),
    ("L05", "basic", {"answer": "Look, in logs, bots, or the largest orders of all, and repeat."}),
    ("L05", "basic", {"prompt": "Name the step that ends an interview."}),
    ("L06", "ordering", {"items": ("one", "two", "three", n_words(14))}),
    ("L06", "ordering", {"items": tuple("abcdefgh")}),
    ("L07", "mcq", {"prompt": "Which loss is apt for a focal class?"}),
    ("L07", "mcq", {"prompt": "Why is a focal loss like a hinge loss?"}),
    ("L08", "cloze", {"prompt": f"{n_words(8)} {{{{c1::a b c d e f}}}}"}),
    ("L08", "cloze", {"prompt": f"{{{{c1::gap::what is missing}}}} {n_words(9)}"}),
    ("L08", "cloze", {"prompt": f"Two gaps, {n_words(9)} {{{{c1::gap}}}} and {{{{c1::gap}}}}"}),
    ("L09", "basic", {"prompt": "How many users? Itself, this counts."}),
    ("L09", "numeric", {"prompt": "NDCG of 3, 0, 2, with gain = grade, discount 1/log2(r + 1)?"}),
    ("L09", "basic", {"prompt": "What does NDCG discount?"}),
    ("L09", "numeric", {"unit": "GiB", "prompt": "How many GiB are 24 · 2³⁰ bytes?"}),
    ("L10", "mcq", options("sixteen letters.", "ten letter", "ten lette.")),
    ("L10", "mcq", options(*"abcde")),
    ("L12", "multi_select", options("one", "two", "six", "ten", right=3)),
    ("L12", "multi_select", options(*"abcdef", right=2)),
    ("L13", "numeric", {"check": "23.9"}),
    ("L13", "numeric", {"check": ""}),
    ("L13", "numeric", {"tolerance": Tolerance(rel=0.1)}),
    ("L13", "computed", {"pinned": {}}),
    ("L14", "computed", draws(tp={"choice": [100, 200, 300]})),
    ("L15", "comparison", {"choose_b_when": n_words(45)}),
    ("L16", "diagram", {"diagram": "\n" * 17 + "[?]"}),
    ("L16", "diagram", {"diagram": "featureless -> [?]"}),
    ("L17", "rubric", steps(minutes=4)),
    ("L17", "rubric", steps(must=tuple("abcd"))),
    ("L18", "basic", {"sources": ("convention",), "prompt": "What is a row called in this deck?"}),
    ("L18", "numeric", {"sources": ("convention",)}),
    ("L19", "basic", {"answer": "It grows only if nobody looks, and was never seen."}),
    ("L19", "basic", {"answer": "It always grows.", "tags": ("step:5", "math")}),
    ("L19", "mcq", options("A good one", "The best one", "Another one")),
    ("L20", "basic", {"answer": "As large as GPT-4.", "as_of": "2024"}),
    ("L20", "basic", {"prompt": "A sale pays USD 8 and a click costs USD 1. What is gained?"}),
    ("L23", "basic", {"difficulty": 2}),
    ("L24", "basic", {"tags": ("step:7", "family:llm", "ranking")}),
    ("L25", "basic", {"expected_s": 10}),
    ("L25", "basic", {"expected_s": 240}),
    ("L25", "rubric", {"expected_s": 3600}),
    ("L25", "basic", {"prompt": n_words(39), "expected_s": 20}),
    ("L26", "basic", {"explanation": n_words(40), "answer": n_words(20), "prompt": n_words(15)}),
    ("L28", "basic", {"prompt": "The cost grows or shrinks: which?", "answer": "Which cost?"}),
]  # fmt: skip


def changed(kind: str, changes: dict[str, Any]) -> Card:
    return replace(GOOD[kind.replace("_", "-")], **changes)


@pytest.mark.parametrize("card", GOOD.values(), ids=GOOD)
def test_a_good_card_keeps_every_rule(card: Card) -> None:
    assert found(card) == []


@pytest.mark.parametrize(("code", "kind", "changes"), BROKEN)
def test_a_card_that_breaks_a_rule(code: str, kind: str, changes: dict[str, Any]) -> None:
    problems = [problem for problem in found(changed(kind, changes)) if problem.code == code]
    assert problems
    levels = {rule.level for rule in RULES if rule.code == code}
    for problem in problems:
        assert problem.level in levels
        assert (problem.file, problem.line) == ("d.yaml", 2)


@pytest.mark.parametrize(("code", "kind", "changes"), KEPT)
def test_a_card_that_just_keeps_a_rule(code: str, kind: str, changes: dict[str, Any]) -> None:
    assert code not in codes(changed(kind, changes))


def test_an_answer_that_is_much_too_long_is_no_card() -> None:
    long, too_long = (changed("basic", {"answer": n_words(size)}) for size in (40, 41))
    assert [(one.code, one.level) for one in found(long)] == [("L02", "warning")]
    assert [(one.code, one.level) for one in found(too_long)] == [("L02", "error")]


# --- Rules of a library -----------------------------------------------------------------------


def basic(note: str, **changes: Any) -> Card:
    """A card of its own words."""
    own = {
        "prompt": f"What does the {note} of a system do to all that is called {note} there?",
        "answer": f"The {note} keeps {note} out.",
    }
    return replace(GOOD["basic"], id=note, note=note, **{**own, **changes})


LONG = "What does one call the share of the relevant items that a list of ten holds"


@pytest.mark.parametrize(
    ("second", "is_double"),
    [
        ({"prompt": f"{LONG}?", "answer": "Recall at ten"}, True),
        ({"prompt": f"{LONG} now?", "answer": "Recall at ten"}, True),
        ({"prompt": f"{LONG}?", "answer": n_words(12)}, False),
        ({}, False),
    ],
)
def test_no_two_cards_are_nearly_one(second: dict[str, Any], is_double: bool) -> None:
    first = basic("first", prompt=f"{LONG}?", answer="Recall at ten")
    assert ("L21" in codes(first, basic("second", **second))) is is_double


def about(code: str, *cards: Card) -> set[str]:
    """The notes of which a rule says something."""
    return {p.message.partition(":")[0] for p in found(*cards) if p.code == code}


def named(*notes: str, **changes: Any) -> list[Card]:
    return [basic(note, **changes) for note in notes]


def test_an_answer_shares_less_than_half_of_its_telling_words_with_the_prompt() -> None:
    prompt = "Where do embeddings of fresh videos come from?"
    leaky = basic("leaky", prompt=prompt, answer="A tower that embeds fresh videos overnight.")
    assert about("L07", leaky) == {"leaky"}
    fine = replace(leaky, answer="A tower encodes titles overnight, videos included.")
    assert about("L07", fine) == set()
    formula = replace(leaky, answer="fresh videos = embeddings")
    assert about("L07", formula) == set()
    usual = named("one", "two", "three", prompt=prompt, answer="Alphas, betas and gammas.")
    assert about("L07", leaky, *usual) == set()  # by now these are words of the deck


def test_what_is_required_exists_and_runs_in_no_circle() -> None:
    first, second = basic("first", requires=("second",)), basic("second")
    assert about("L23", first, second) == set()
    assert about("L23", first) == {"first"}
    assert about("L23", first, replace(second, requires=("first",))) == {"first"}
    assert about("L23", replace(second, requires=("second",))) == {"second"}


def test_a_topic_begins_low() -> None:
    hard = named("one", "two", difficulty=3, requires=("low",))
    low = basic("low", topic="another")
    assert about("L23", *hard, low) == {"one"}
    assert about("L23", *hard, replace(low, topic="one")) == set()
    assert about("L23", low, replace(GOOD["rubric"], difficulty=3, requires=("low",))) == set()


def test_one_answer_is_right_at_most_three_times_in_a_topic() -> None:
    same = named("one", "two", "three", "four", answer="Attention, by its square!")
    assert "L21" not in codes(*same[:3])
    assert about("L21", *same) == {"one"}
    assert about("L21", *same[:3], replace(same[3], topic="another")) == set()


def test_a_key_topic_has_three_kinds() -> None:
    cards = [*named("one", "two", "three", "four"), GOOD["mcq"]]
    assert about("L27", *cards) == {"one"}
    assert about("L27", *cards[1:]) == set()
    assert about("L27", *cards, GOOD["numeric"]) == set()


def many(*levels: int) -> list[Card]:
    """A deck of 20 cards and more of these difficulties, in topics of their own."""
    names = [f"card-{number}" for number in range(len(levels))]
    return [
        basic(name, topic=name, difficulty=level, requires=("card-0",))
        for name, level in zip(names, levels, strict=True)
    ]


@pytest.mark.parametrize(
    ("levels", "is_recall"),
    [([1] * 8 + [2] * 12, True), ([1] * 7 + [2] * 13, False), ([1] * 19, False)],
)
def test_at_most_a_third_of_a_deck_is_recall(levels: list[int], is_recall: bool) -> None:
    assert bool(about("L28", *many(*levels))) is is_recall


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([1] * 6 + [2] * 12 + [3] * 2, []),
        ([1] * 6 + [2] * 13 + [3] * 1, ["5 % of the deck is of difficulty 3: 20 % is meant"]),
        ([1] * 6 + [2] * 5 + [3] * 9, ["25 % of the deck is of difficulty 2: 40 % is meant"]),
        ([1] * 19, []),
    ],
)
def test_difficulties_are_balanced(levels: list[int], said: list[str]) -> None:
    messages = [problem.message for problem in found(*many(*levels)) if problem.code == "L30"]
    assert [text[8:] for text in messages if "difficulty" in text] == said


def test_kinds_are_balanced() -> None:
    messages = [problem.message for problem in found(*many(*[2] * 20)) if problem.code == "L30"]
    assert "card-0: 100 % of the deck is basic, in all decks 31 %" in messages
    assert "card-0: 0 % of the deck is mcq, in all decks 18 %" in messages
    assert not [text for text in messages if "ordering" in text]  # 4 % or none is all the same


@pytest.mark.parametrize(
    ("answer", "is_trivia"),
    [("2017", True), ("Kafka.", True), ("Ada Lovelace", True), ("Lovelace", True),
     ("2,017", False), ("Kafka keeps the order", False)],
)  # fmt: skip
def test_no_trivia(answer: str, is_trivia: bool) -> None:
    note = placed(basic("one", answer=answer), "d.yaml", 2, "deck", strict=True)
    shelf = Shelf((note,)).knowing(["one"], ["known2020"], ["Ada Lovelace"])
    assert ("L29" in {problem.code for problem in lint(shelf)}) is is_trivia


def test_acronyms_are_spelled_out_once() -> None:
    short = basic("short", answer="An HNSW graph and a GPU.")
    assert about("L26", short) == {"short"}
    long = basic("long", answer="Hierarchical navigable small worlds (HNSW).")
    assert about("L26", short, long) == set()
    told = basic("told", explanation=f"HNSW (navigable small worlds): {n_words(9)}.")
    assert about("L26", short, told) == set()


# --- Levels and silence -----------------------------------------------------------------------


def test_notes_that_are_not_strict_get_warnings_and_no_rules_of_the_house() -> None:
    bad = replace(GOOD["basic"], explanation="Because.", tags=(), sources=("convention",))
    assert codes(bad) == {"L01", "L18", "L24"}
    (problem,) = found(bad, strict=False)
    assert (problem.code, problem.level) == ("L01", "warning")


def test_a_reason_silences_one_rule_on_one_card() -> None:
    bad = replace(GOOD["basic"], explanation="Because.", prompt="Is it?")
    assert codes(replace(bad, lint_ok=("L01: short on purpose",))) == {"L04"}
    other = replace(bad, id="other", note="other", lint_ok=("L01: so", "L04: so"))
    assert {(p.code, p.message[:5]) for p in found(bad, other)} >= {("L01", "basic")}


@pytest.mark.parametrize("entry", ["L01", "L01:", "L01: ", "because", "L01 short on purpose"])
def test_silence_needs_a_code_and_a_reason(entry: str) -> None:
    bad = replace(GOOD["basic"], explanation="Because.", lint_ok=(entry,))
    assert codes(bad) == {"L00", "L01"}


def test_silence_that_is_not_needed_is_reported() -> None:
    assert codes(replace(GOOD["basic"], lint_ok=("L01: short on purpose",))) == {"L00"}
    elsewhere = replace(GOOD["basic"], lint_ok=("L24: of no step",))
    assert codes(elsewhere) == {"L00"}
    assert codes(elsewhere, strict=False) == set()  # the rule asks strict notes alone


TEXTS = st.text(st.sampled_from("aZ Is?.;:,-•*\n\t{}[]/=(NDCG)é漢🚀0 "), min_size=1, max_size=60)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_text_is_too_strange(one: str, two: str, three: str, four: str) -> None:
    cards = (
        replace(GOOD["basic"], prompt=one, explanation=two, answer=three, accept=(four,)),
        replace(GOOD["cloze"], prompt=f"{one}{{{{c1::a{two}}}}}{three}", explanation=four),
        replace(GOOD["mcq"], prompt=one, **options(two, three, four, why=one)),
        replace(GOOD["numeric"], prompt=one, check=two, unit=three),
        replace(GOOD["ordering"], items=(one, two, three, four)),
        replace(GOOD["diagram"], diagram=one, missing=two, accept=(three,)),
    )
    for problem in found(*cards):
        assert problem.message


# --- The table --------------------------------------------------------------------------------


def test_every_rule_has_a_title_and_the_rest_says_why_it_has_none() -> None:
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)
    assert {rule.code for rule in RULES} | UNCHECKED.keys() == TITLES.keys()


def test_every_rule_of_a_card_has_both_examples() -> None:
    asked = {rule.code for rule in RULES if rule.kinds}
    assert {code for code, _, _ in BROKEN} >= asked
    assert {code for code, _, _ in KEPT} >= asked


def test_the_linter_stays_away_from_a_review() -> None:
    package = Path(__file__).parents[2] / "mlsd_cards"
    allowed = {"store/linting.py", "commands/check.py"}
    for path in package.rglob("*.py"):
        name = path.relative_to(package).as_posix()
        if name not in allowed and not name.startswith("cards/lint/"):
            assert "cards.lint" not in path.read_text(), name


# --- The page ---------------------------------------------------------------------------------

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"


def page() -> str:
    """docs/lint.md after its head, as the rules themselves have it."""
    parts = []
    for code in TITLES:
        told = explained(code)
        assert told
        level = f"*{told.level}*\n\n" if told.level else ""
        parts.append(f"## {code} {told.title}\n\n{level}{told.text}\n\n")
    rows = "".join(f"| {code} | {title} |\n" for code, title in CODES.items())
    return "".join(parts) + f"## Codes of reading\n\n| code | what was found |\n|---|---|\n{rows}"


def test_the_page_is_what_the_rules_say() -> None:
    head, start, _ = PAGE.read_text().partition("## L00")
    if os.environ.get("MLSD_CARDS_REGENERATE"):
        PAGE.write_text(head + page())
    assert start
    assert PAGE.read_text() == head + page()
