"""The arithmetic of ``check``: what it works out, what it refuses, and that it ends."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.expression import evaluate

GOOD = [
    ("(3 + 2/math.log2(4) + 1/math.log2(5)) / (3 + 2/math.log2(3) + 1/math.log2(4))", 0.9305),
    ("(3 + 0 + 0.5 + 1) / 6", 0.75),
    ("2*60/(2*60+15+60)", 0.6154),
    ("16 * 0.05 * 0.95 / 0.002**2", 190000),
    ("1e9 * (16 * 8 / 8 + 8) / 1e9", 24),
    ("math.ceil(100e6*20/86400*3*500/(1e6*0.6))", 58),
    ("2*80*8*128*8192*4*2/2**30", 10),
    ("1 - 0.99**100", 0.634),
    ("sum([0.8, 0.9, 0.4]) / len((1, 2, 3))", 0.7),
    ("-sum((math.log(.8), math.log(.9), math.log(.4))) / 3", 0.4149),
    ("max(1, 2) + min([3, 4]) + abs(-5) + round(2.567, 1)", 12.6),
    ("7 // 2 + 7 % 4", 6),
    ("+2 ** -1", 0.5),
    ("(-8) ** 3", -512),
    ("2 ** 0.5", math.sqrt(2)),
    ("math.pi * math.e", math.pi * math.e),
    ("math.comb(5, 2) + math.factorial(4) + math.prod([2, 3])", 40),
    ("math.exp(1 - 10/8)", 0.7788),
    ("6 * 7e9 * 140e9", 5.88e21),
    ("1_000 \n * 2", 2000),
    ("0x10", 16),
]


@pytest.mark.parametrize(("text", "right"), GOOD)
def test_arithmetic(text, right):
    assert evaluate(text) == pytest.approx(right, rel=1e-3)
    assert isinstance(evaluate(text), float)


BAD = [
    *("", " ", "1 +", "(", "'a'", "x", "True", "None", "1j", "...", "[1, 2]", "()", "1, 2"),
    *("__import__('os')", "math.__class__", "math.inf", "math.nan", "math.os", "().x", "math"),
    *("sum", "eval('1')", "open(1)", "math.sqrt", "math.sqrt(-1)", "math.log(0)", "1 / 0"),
    *(
        "1 if 1 else 2",
        "1 < 2",
        "1 and 2",
        "not 1",
        "~1",
        "1 << 9",
        "1 | 2",
        "[1] * 3",
        "[1] + [2]",
    ),
    *("[x for x in (1, 2)]", "lambda: 1", "(y := 1)", "f'{1}'", "{1: 2}", "{1}", "[1][0]"),
    *("round(1.5, ndigits=0)", "sum(*[1])", "len(5)", "len()", "max()", "sum([[1], [2]])"),
    *(
        "math.sqrt(1, 2)",
        "math.pi()",
        "sum([1], [2])",
        "max([1], [2])",
        "b'1'",
        "1 # one",
        "1or 2",
        "\\",
    ),
    *(
        "(-8) ** 0.5",
        "0 ** -1",
        "1e999",
        "1e308 * 10",
        "1e308 * 10 - 1e308 * 10",
        "\\",
        "\x00",
        "１２",
    ),
]


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+") as caught:
        evaluate(text)
    assert type(caught.value) is ValueError


HEAVY = [
    "9**9**9",
    "9**9**9**9",
    "2**-9999999999",
    "(-3)**99999999",
    "1e300**300",
    "math.factorial(10**9)",
    "math.comb(10**9, 10**8)",
    "math.exp(10**9)",
    "round(1, -10**9)",
    "round(10**200, 10**9)",
    "(" * 5000 + "1" + ")" * 5000,
    "-" * 900 + "1",
    "(" * 150 + "1" + ")" * 150 + "+(" * 100,
    "[" * 300 + "]" * 300,
    "9" * 999,
    "1+" * 100_000 + "1",
    "*".join(["9" * 300] * 3),
    "math.factorial(170) ** 4",
    "~" * 990,
]


@pytest.mark.parametrize("text", HEAVY)
def test_heavy_work_is_refused_at_once(text):
    start = time.perf_counter()
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        evaluate(text)
    assert time.perf_counter() - start < 0.5


def test_a_long_flat_sum_is_fine():
    assert evaluate("+".join(["1"] * 50)) == 50


pieces = st.sampled_from(
    [*"0123456789.+-*/%()[],", "**", "//", " ", "e", "math.", "log", "comb", "sum", "round", "1e9"]
)


@given(st.text() | st.lists(pieces, max_size=40).map("".join))
def test_any_text_is_a_finite_number_or_a_value_error(text):
    try:
        assert math.isfinite(evaluate(text))
    except ValueError as error:
        assert str(error)


numbers = st.integers(-1000, 1000).map(str) | st.floats(0.01, 100).map(repr)
terms = st.recursive(
    numbers,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(
            lambda parts: f"({' '.join(parts)})"
        )
        | inner.map(lambda term: f"(-{term})")
        | inner.map(lambda term: f"abs({term})")
    ),
    max_leaves=8,
)


@given(terms)
def test_it_agrees_with_python(text):
    try:
        right = eval(text)  # noqa: S307 - built above from numbers and operators only
    except ZeroDivisionError:
        with pytest.raises(ValueError, match="cannot work out"):
            evaluate(text)
    else:
        assert evaluate(text) == right
