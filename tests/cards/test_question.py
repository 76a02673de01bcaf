"""A card as it is asked: the same at the same repetition, another at the next."""

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
from mlsd_cards.cards.comparison import Cell, Comparison, Row
from mlsd_cards.cards.diagram import Diagram
from mlsd_cards.cards.marking import Verdict, mark_number
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import CHOOSE, ORDER, RECALL, TOGGLE, TYPE, ask, show_value
from mlsd_cards.cards.rubric import Rubric

OPTIONS = tuple(Option(text, text in "ac") for text in "abcde")
F1 = Computed(
    id="f1",
    note="f1",
    prompt="{tp} right, {fp} false, {fn} missed, {other}: F1?",
    generator="f1_from_counts",
    params={"tp": {"range": [20, 90]}, "fp": {"range": [5, 60]}, "fn": {"range": [5, 60]}},
    pinned={"params": {"tp": 60, "fp": 15, "fn": 60}, "value": 0.6154},
    tolerance=Tolerance(abs=0.005),
)
TEXT = "Recall is {{c1::found::what}} over {{c2::relevant}}, {{c1::hits}} at last."
CARDS: list[tuple[Card, str]] = [
    (Basic(id="b", note="b", prompt="Why?", answer="So."), RECALL),
    (Cloze(id="c:c1", note="c", prompt=TEXT, ordinal=1), RECALL),
    (Mcq(id="m", note="m", prompt="Which?", options=OPTIONS[1:3]), CHOOSE),
    (MultiSelect(id="s", note="s", prompt="Which?", options=OPTIONS), TOGGLE),
    (Numeric(id="n", note="n", prompt="How many?", value=24, unit="GB"), TYPE),
    (F1, TYPE),
    (Ordering(id="o", note="o", prompt="Order.", items=tuple("abcd")), ORDER),
    (
        Comparison(id="v", note="v", prompt="?", a="A", b="B", rows=(Row("d", "x", "y"),)),
        RECALL,
    ),
    (Diagram(id="d", note="d", prompt="Name it.", diagram="a -> [?]", missing="b"), RECALL),
]


@pytest.mark.parametrize(("card", "form"), CARDS)
def test_the_same_repetition_is_the_same_question(card, form):
    assert ask(card, 3).form == form
    for repetition in range(20):
        assert ask(card, repetition) == ask(card, repetition)


def test_successive_repetitions_of_a_computed_card_differ():
    asked = [ask(F1, repetition) for repetition in range(100)]
    prompts = [question.prompt for question in asked]
    assert all(prompts[place] != prompts[place + 1] for place in range(99))
    assert len(set(prompts)) > 90
    assert "{other}" in prompts[0]
    assert "{tp}" not in prompts[0]


def test_two_computed_cards_do_not_share_their_numbers():
    other = Computed(
        id="f2", note="f2", prompt=F1.prompt, generator=F1.generator, params=F1.params, pinned={}
    )
    assert ask(F1, 0).prompt != ask(other, 0).prompt


@given(st.integers(0, 10_000), st.text(min_size=1, max_size=8))
def test_options_are_a_permutation(repetition, name):
    card = MultiSelect(id=name, note=name, prompt="?", options=OPTIONS)
    question = ask(card, repetition)
    assert sorted(question.options) == sorted(OPTIONS)
    assert sorted(question.answer.split("\n")) == ["a", "c"]


def test_options_are_shuffled():
    card = CARDS[3][0]
    assert len({ask(card, repetition).options for repetition in range(50)}) > 20


def test_a_cloze_hides_its_own_deletions():
    question = ask(CARDS[1][0], 0)
    assert question.prompt == "Recall is [what] over relevant, […] at last."
    assert question.answer == "found … hits"


def test_the_shown_answer_of_a_computed_card_is_right():
    for repetition in range(100):
        question = ask(F1, repetition)
        assert mark_number(question, question.answer).verdict is Verdict.RIGHT


def numeric(value, unit="1", tolerance=Tolerance()):  # noqa: B008 - a tuple
    return Numeric(id="n", note="n", prompt="?", value=value, unit=unit, tolerance=tolerance)


SHOWN = [
    (0.0826446, "1", Tolerance(abs=0.005), "0.08264"),
    (0.9304520, "1", Tolerance(abs=0.005), "0.9305"),
    (0.0826446, "1", Tolerance(), "0.0826446"),
    (78125, "vectors", Tolerance(), "78,125 vectors"),
    (23148.148, "requests/s", Tolerance(rel=0.02), "23,148 requests/s"),
    (1.2e21, "1", Tolerance(), "1.2e21"),
    (51.2, "GB", Tolerance(rel=0.02), "51.2 GB"),
    (17.948717, "%", Tolerance(rel=0.02), "17.95 %"),
    (24, "GB", Tolerance(), "24 GB"),
]


@pytest.mark.parametrize(("value", "unit", "tolerance", "text"), SHOWN)
def test_a_right_value_as_shown(value, unit, tolerance, text):
    assert show_value(numeric(value, unit, tolerance), value) == text


@given(
    st.floats(-1e30, 1e30, allow_subnormal=False),
    st.sampled_from(["1", "%", "GB", "GiB", "bytes", "ms", "users per arm", "B tokens", "GB/s"]),
    st.builds(Tolerance, st.floats(0, 0.1), st.floats(0, 1)),
)
def test_typing_what_is_shown_is_right(value, unit, tolerance):
    card = numeric(value, unit, tolerance)
    assert mark_number(ask(card, 0), show_value(card, value)).verdict is Verdict.RIGHT


def test_a_cloze_is_filled_beside_its_answer() -> None:
    text = "First {{c1::one::a number}}, then {{c2::two}}, then {{c1::three}}."
    question = ask(Cloze(id="n:c1", note="n", prompt=text, ordinal=1), 0)
    assert question.prompt == "First [a number], then two, then […]."
    assert question.answer == "one … three"
    assert question.solved == "First [one], then two, then [three]."


@given(st.integers(0, 1000), st.integers(2, 9), st.booleans())
def test_an_ordering_is_shown_in_any_order_but_its_own(repetition, count, fixed):
    items = tuple("abcdefghi"[:count])
    fixed = fixed and count > 2
    card = Ordering(id="o", note="o", prompt="?", items=items, fixed_first=fixed)
    shown = ask(card, repetition).items
    assert sorted(shown) == sorted(items)
    assert shown != items
    assert not fixed or shown[0] == "a"


def test_an_ordering_is_shuffled():
    assert len({ask(CARDS[6][0], repetition).items for repetition in range(200)}) == 23


@given(st.integers(1, 8), st.integers(0, 20), st.text(max_size=5))
def test_each_cell_of_a_comparison_has_its_turn_before_one_comes_back(count, cycle, name):
    rows = tuple(Row(f"d{n}", f"a{n}", f"b{n}") for n in range(count))
    card = Comparison(id=name, note=name, prompt="?", a="A", b="B", rows=rows)
    start, size = 2 * count * cycle, 2 * count
    asked = [ask(card, repetition).cell for repetition in range(start, start + size)]
    assert sorted(asked) == [Cell(row, side) for row in range(count) for side in (0, 1)]
    following = ask(card, start + size)
    assert count == 1 or following.cell != asked[-1]
    assert following.answer == "ab"[following.cell.side] + str(following.cell.row)


def test_a_comparison_asks_in_another_order_each_time_round():
    rows = tuple(Row(f"d{n}", f"a{n}", f"b{n}") for n in range(4))
    card = Comparison(id="v", note="v", prompt="?", a="A", b="B", rows=rows)
    asked = [ask(card, repetition).cell for repetition in range(40)]
    assert len({tuple(asked[start : start + 8]) for start in range(0, 40, 8)}) == 5


def test_a_rubric_is_no_question():
    with pytest.raises(TypeError, match="rubric"):
        ask(Rubric(id="r", note="r", prompt="?", steps=()), 0)
