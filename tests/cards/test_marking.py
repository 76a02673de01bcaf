"""Marks: the verdict, the score, and words that are true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.card import Basic, Mcq, MultiSelect, Numeric, Option, Tolerance
from mlsd_cards.cards.marking import Mark, Verdict, mark_number, mark_order, mark_picks, proposed
from mlsd_cards.cards.ordering import Ordering, misplaced, swapped, tau
from mlsd_cards.cards.question import Question, ask

OPTIONS = (
    Option("Sigmoid", True, "Monotone."),
    Option("Rounding", False, "Makes ties."),
    Option("Copies", True, "Same shares."),
    Option("Offsets", False),
)


def choose(*options: Option) -> Question:
    return Question(Mcq(id="m", note="m", prompt="?", options=options), "choose", "?", "", options)


def toggle(*options: Option) -> Question:
    card = MultiSelect(id="s", note="s", prompt="?", options=options)
    return Question(card, "toggle", "?", "", options)


def number(value, unit="1", **tolerance) -> Question:
    card = Numeric(
        id="n", note="n", prompt="?", value=value, unit=unit, tolerance=Tolerance(**tolerance)
    )
    return ask(card, 0)


PICKS = [
    ({0, 2}, Verdict.RIGHT, 1.0, ""),
    ({0}, Verdict.PARTLY, 0.5, "Missed: Copies"),
    ({0, 1}, Verdict.WRONG, 0.0, "Rounding: Makes ties.\nMissed: Copies"),
    ({0, 1, 2}, Verdict.PARTLY, 0.5, "Rounding: Makes ties."),
    ({0, 1, 2, 3}, Verdict.WRONG, 0.0, "Rounding: Makes ties.\nOffsets: not right"),
    ({1, 3}, Verdict.WRONG, 0.0, None),
    (set(), Verdict.WRONG, 0.0, "Missed: Sigmoid\nMissed: Copies"),
]


@pytest.mark.parametrize(("picked", "verdict", "score", "why"), PICKS)
def test_several_picks(picked, verdict, score, why):
    mark = mark_picks(toggle(*OPTIONS), frozenset(picked))
    assert (mark.verdict, mark.score) == (verdict, score)
    assert why is None or mark.why == why


ONE = [
    ({0}, Verdict.RIGHT, "Monotone."),
    ({1}, Verdict.WRONG, "Makes ties."),
    ({2}, Verdict.WRONG, "Offsets: not right"),
    (set(), Verdict.WRONG, "Missed: Sigmoid"),
]


@pytest.mark.parametrize(("picked", "verdict", "why"), ONE)
def test_one_pick(picked, verdict, why):
    mark = mark_picks(choose(OPTIONS[0], OPTIONS[1], OPTIONS[3]), frozenset(picked))
    assert mark == Mark(verdict, float(verdict is Verdict.RIGHT), why)


@pytest.mark.parametrize("place", [-1, 4])
def test_a_place_without_option_is_refused(place):
    with pytest.raises(ValueError, match="pick from 1 to 4"):
        mark_picks(toggle(*OPTIONS), frozenset({place}))


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.frozensets(st.integers(0, 5)))
def test_right_is_exactly_the_right_set(correct, picked):
    picked = frozenset(place for place in picked if place < len(correct))
    options = [Option(str(place), right) for place, right in enumerate(correct)]
    mark = mark_picks(toggle(*options), picked)
    right = {place for place, is_right in enumerate(correct) if is_right}
    assert (mark.verdict is Verdict.RIGHT) == (picked == right) == (mark.score == 1.0)
    assert 0 <= mark.score <= 1
    assert (mark.why == "") == (picked == right)
    assert (mark.verdict is Verdict.PARTLY) == (0 < mark.score < 1)


def test_the_proposed_button():
    assert [proposed(Mark(verdict, 0.0, "")) for verdict in Verdict] == [3, 2, 1]
    assert Verdict("right") is Verdict.RIGHT
    assert f"{Verdict.PARTLY}" == "partly"


RIGHT = [
    (0.0826446, "1", {"abs": 0.005}, "8.3 %"),
    (0.0826446, "1", {"abs": 0.005}, "0.08"),
    (51.2, "GB", {"rel": 0.02}, "47.7 GiB"),
    (51.2, "GB", {"rel": 0.02}, "51200 MB"),
    (190_000, "users per arm", {"rel": 0.03}, "186,411"),
    (58, "GPUs", {"abs": 0}, "58 gpus"),
    (58, "GPUs", {}, "58.0"),
    (17.9, "%", {"rel": 0.01}, "18"),
    (5.88e21, "FLOPs", {"rel": 0.05}, "5.9 × 10²¹"),
]


@pytest.mark.parametrize(("value", "unit", "tolerance", "text"), RIGHT)
def test_right_numbers(value, unit, tolerance, text):
    assert mark_number(number(value, unit, **tolerance), text) == Mark(Verdict.RIGHT, 1.0, "")


SHARE = "as between a share and a percentage"
WRONG = [
    (0.0826446, "1", {"abs": 0.005}, "8.26", f"About 100 times the right value, {SHARE}."),
    (17.9, "%", {"rel": 0.01}, "0.179", f"About 1/100 of the right value, {SHARE}."),
    (51.2, "GB", {"rel": 0.02}, "47.7", "About 1/1.074 of the right value, as between GiB and GB."),
    (47.7, "GiB", {"rel": 0.02}, "51.2", "About 1.074 times the right value, as between GiB and"),
    (51.2, "GB", {"rel": 0.02}, "409.6", "About 8 times the right value, as between bits and"),
    (51.2, "GB", {"rel": 0.02}, "51,200", "About 1,000 times the right value."),
    (51.2, "GB", {"rel": 0.02}, "51.2 kB", "About 1/1,000,000 of the right value."),
    (2.0, "h", {"rel": 0.02}, "120", "About 60 times the right value, as between seconds and min"),
    (190_000, "users", {"rel": 0.03}, "190", "About 1/1,000 of the right value."),
    (58, "GPUs", {}, "580", "About 10 times the right value."),
    (0.9, "1", {"abs": 0.005}, "0.1", "That is the complement: 1 minus it is right."),
    (80, "%", {"abs": 0.5}, "20", "That is the complement: 100 minus it is right."),
    (4.0, "1", {"rel": 0.01}, "0.25", "That is the reciprocal: 1 divided by it is right."),
    (4.0, "1", {"rel": 0.01}, "-4", "Right but for the sign."),
    (58, "GPUs", {}, "57", "Too low."),
    (58, "GPUs", {}, "59", "Too high."),
    (0.004, "1", {"abs": 0.005}, "0.02", "Too high."),
    (0.0, "1", {"abs": 0.005}, "1000", "Too high."),
    (3.0, "1", {"abs": 0.005}, "0", "Too low."),
]


@pytest.mark.parametrize(("value", "unit", "tolerance", "text", "why"), WRONG)
def test_near_misses_are_named(value, unit, tolerance, text, why):
    mark = mark_number(number(value, unit, **tolerance), text)
    assert (mark.verdict, mark.score) == (Verdict.WRONG, 0.0)
    assert mark.why.startswith(why)


values = st.floats(-1e9, 1e9).filter(bool)
units = st.sampled_from(["1", "%", "GB", "ms", "GPUs"])


@given(values, units, st.floats(0, 0.1), st.floats(0, 1), st.floats(0.001, 10_000))
def test_a_near_miss_is_a_true_statement(value, unit, rel, absolute, factor):
    given_number = value * factor
    question = number(value, unit, rel=rel, abs=absolute)
    why = mark_number(question, repr(given_number)).why
    if why.startswith("About 1/"):
        claimed = float(why.split()[1].removeprefix("1/").replace(",", ""))
        assert given_number * claimed == pytest.approx(value, rel=0.06)
    elif why.startswith("About"):
        claimed = float(why.split()[1].replace(",", ""))
        assert given_number / claimed == pytest.approx(value, rel=0.06)
    elif "complement" in why:
        assert (100 if unit == "%" else 1) - given_number == pytest.approx(value, rel=0.06)
    elif "reciprocal" in why:
        assert 1 / given_number == pytest.approx(value, rel=0.06)
    elif why.startswith("Too"):
        assert (given_number > value) == (why == "Too high.")


@given(
    st.text(max_size=120) | st.floats().map(str),
    st.sampled_from([0.0, 1e-300, -1.0, 0.5, 58.0, 1.7e308]),
    units,
)
def test_any_text_is_marked_or_a_value_error(text, value, unit):
    try:
        assert mark_number(number(value, unit, rel=0.02), text).score in (0.0, 1.0)
    except ValueError as error:
        assert type(error) is ValueError


def test_a_unit_of_another_dimension_is_asked_again():
    with pytest.raises(ValueError, match="'ms' is a time"):
        mark_number(number(51.2, "GB"), "51.2 ms")


def test_a_recall_card_has_no_number():
    with pytest.raises(TypeError, match="basic"):
        mark_number(ask(Basic(id="b", note="b", prompt="?", answer="a"), 0), "1")


ORDERS = [
    ("abcd", Verdict.RIGHT, 1.0, ""),
    ("bacd", Verdict.PARTLY, 2 / 3, "1 of 6 pairs the wrong way round"),
    ("acbd", Verdict.PARTLY, 2 / 3, "1 of 6 pairs the wrong way round"),
    ("badc", Verdict.WRONG, 1 / 3, "2 of 6 pairs the wrong way round"),
    ("dabc", Verdict.WRONG, 0.0, "3 of 6 pairs the wrong way round"),
    ("dcba", Verdict.WRONG, 0.0, "6 of 6 pairs the wrong way round"),
]


@pytest.mark.parametrize(("given_order", "verdict", "score", "why"), ORDERS)
def test_orders(given_order, verdict, score, why):
    question = ask(Ordering(id="o", note="o", prompt="?", items=tuple("abcd")), 0)
    mark = mark_order(question, [question.items.index(item) for item in given_order])
    assert mark == Mark(verdict, pytest.approx(score), why)


def test_a_first_item_that_was_given_away_counts_for_nothing():
    card = Ordering(id="o", note="o", prompt="?", items=tuple("abcd"), fixed_first=True)
    question = ask(card, 0)
    mark = mark_order(question, [question.items.index(item) for item in "acbd"])
    assert mark == Mark(Verdict.WRONG, pytest.approx(1 / 3), "1 of 3 pairs the wrong way round")


@given(st.permutations(range(6)))
def test_without_the_misplaced_ones_an_order_rises(order):
    blamed = misplaced(order)
    kept = [number for number in order if number not in blamed]
    assert kept == sorted(kept)
    assert (not blamed) == (order == sorted(order))
    assert len(blamed) <= len(swapped(order))


def test_one_item_out_of_place_takes_the_blame_alone():
    assert misplaced([3, 0, 1, 2]) == {3}
    assert misplaced([1, 2, 3, 0]) == {0}


@pytest.mark.parametrize("order", [[], [0, 1], [0, 1, 1], [0, 1, 3], [0, 1, 2, 3]])
def test_an_order_has_each_item_once(order):
    question = ask(Ordering(id="o", note="o", prompt="?", items=tuple("abc")), 0)
    with pytest.raises(ValueError, match="from 1 to 3 once"):
        mark_order(question, order)


def test_only_an_ordering_is_answered_by_an_order():
    with pytest.raises(TypeError, match="basic"):
        mark_order(ask(Basic(id="b", note="b", prompt="?", answer="a"), 0), [0])


@given(st.permutations(range(7)), st.integers(0, 7))
def test_tau_lies_between_one_and_minus_one_and_turns_with_the_order(order, size):
    order = [number for number in order if number < size]
    assert -1 <= tau(order) <= 1
    assert (tau(order) == 1) == (order == sorted(order))
    if size > 1:
        assert tau(order[::-1]) == pytest.approx(-tau(order))
        assert tau(sorted(order, reverse=True)) == -1
