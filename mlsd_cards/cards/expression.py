"""The arithmetic of a card's ``check``: numbers, operators and a few functions, never ``eval``."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ast

LONGEST, DEEPEST = 1000, 60
BITS = 1024  # an int of more bits does not fit a float, so no answer needs it

PLAIN: dict[str, Callable[..., Any]] = {
    "sum": sum, "min": min, "max": max, "round": round, "abs": abs, "len": len
}  # fmt: skip
MATH = {
    "acos", "asin", "atan", "atan2", "ceil", "comb", "cos", "cosh", "erf", "erfc", "exp", "expm1",
    "fabs", "factorial", "floor", "fsum", "hypot", "log", "log10", "log1p", "log2", "pow", "prod",
    "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
}  # fmt: skip
CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
# Functions that work long on a large argument: how large each argument may be.
LARGEST = {"comb": 1000, "factorial": 170, "round": 1e300}

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
}
SIGNS: dict[str, Callable[[Any], Any]] = {"USub": operator.neg, "UAdd": operator.pos}


def evaluate(text: str) -> float:
    """The value of an arithmetic expression in Python's notation.

    Numbers, ``+ - * / // % **``, parentheses, ``math.<name>``, sum, min, max, round, abs, len and
    lists or tuples of numbers. ValueError says what is not understood, too large or undefined; the
    work is bounded by the length of the text.
    """
    try:
        return float(number(value(parse(text).body)))
    except (ArithmeticError, TypeError) as error:
        raise ValueError(f"cannot work out {text[:60]!r}: {error}") from error


def parse(text: str) -> ast.Expression:
    """The syntax tree of a text that is short and flat enough to walk."""
    import ast  # here, because only a check needs its 3 ms
    import warnings

    if len(text) > LONGEST:
        raise ValueError(f"the expression is longer than {LONGEST} characters")
    if "#" in text:
        raise ValueError("an expression holds no comment")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python remarks on "1or 2", which is refused anyway
            tree = ast.parse(" ".join(text.split()), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ValueError(f"{text[:60]!r} is not an arithmetic expression: {error}") from error
    if depth(tree) > DEEPEST:
        raise ValueError(f"the expression nests deeper than {DEEPEST}")
    return tree


def depth(tree: ast.AST) -> int:
    """How deep a tree nests, without recursion."""
    import ast

    level, deep = [tree], 0
    while level and deep <= DEEPEST:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        deep += 1
    return deep


def value(node: ast.expr) -> Any:
    """The number, or list of numbers, of one node of the tree."""
    worker = NODES.get(type(node).__name__)
    if worker is None:
        raise ValueError(f"{type(node).__name__} is not arithmetic: use numbers and functions")
    return worker(node)


def number(given: Any) -> int | float:
    """A finite number of a size that a float can hold; ValueError for anything else."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise ValueError(f"{str(given)[:40]!r} is not a number")
    if isinstance(given, int) and given.bit_length() > BITS:
        raise ValueError("a number has grown too large")
    if not math.isfinite(given):
        raise ValueError("a number has grown too large or is undefined")
    return given


def binary(node: Any) -> int | float:
    left, right = number(value(node.left)), number(value(node.right))
    name = type(node.op).__name__
    if name == "Pow":
        return power(left, right)
    if name not in OPERATORS:
        raise ValueError(f"the operator {name} is not arithmetic here")
    return number(OPERATORS[name](left, right))


def power(base: float, exponent: float) -> int | float:
    """``base ** exponent``, refused before the work where the result would be too large."""
    if isinstance(base, int) and isinstance(exponent, int):
        # |base| ≥ 2^(bits − 1), so the result has at least that many bits.
        if (abs(base).bit_length() - 1) * abs(exponent) > BITS:
            raise ValueError("a power is too large")
        if exponent < 0:
            base = float(base)
    return number(base**exponent)


def unary(node: Any) -> int | float:
    name = type(node.op).__name__
    if name not in SIGNS:
        raise ValueError(f"the operator {name} is not arithmetic here")
    return number(SIGNS[name](number(value(node.operand))))


def call(node: Any) -> int | float:
    """A whitelisted function of numbers or lists of numbers."""
    name, function = called(node.func)
    if node.keywords:
        raise ValueError(f"{name} takes no named arguments here")
    arguments = [value(argument) for argument in node.args]
    limit = LARGEST.get(name, math.inf)
    if any(abs(n) > limit for argument in arguments for n in numbers(argument)):
        raise ValueError(f"an argument of {name} is too large")
    if name == "round" and len(arguments) > 1 and abs(number(arguments[1])) > 30:
        raise ValueError("round takes at most 30 digits")
    return number(function(*arguments))


def called(node: Any) -> tuple[str, Callable[..., Any]]:
    """The name and body of a function that may be called."""
    kind = type(node).__name__
    if kind == "Name" and node.id in PLAIN:
        return node.id, PLAIN[node.id]
    if kind == "Attribute" and of_math(node) and node.attr in MATH:
        return node.attr, getattr(math, node.attr)
    raise ValueError(
        "only math.<name> of the usual functions and " + ", ".join(PLAIN) + " can be called"
    )


def of_math(node: Any) -> bool:
    return type(node.value).__name__ == "Name" and node.value.id == "math"


def numbers(argument: Any) -> Iterator[float]:
    """The numbers in an argument: itself, or those of a list."""
    if isinstance(argument, list):
        for item in argument:
            yield from numbers(item)
    else:
        yield argument


def constant(node: Any) -> float:
    """``math.pi``, ``math.e`` or ``math.tau``."""
    if of_math(node) and node.attr in CONSTANTS:
        return CONSTANTS[node.attr]
    raise ValueError(f"{node.attr!r} is not a constant here; math.pi, math.e and math.tau are")


NODES: dict[str, Callable[[Any], Any]] = {
    "Constant": lambda node: number(node.value),
    "BinOp": binary,
    "UnaryOp": unary,
    "Call": call,
    "Attribute": constant,
    "List": lambda node: [value(item) for item in node.elts],
    "Tuple": lambda node: [value(item) for item in node.elts],
}
