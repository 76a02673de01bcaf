"""What a generator of computed cards is, and the parameters that a card gives it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from reprlib import repr as brief
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

Values = Mapping[str, Any]

FORMS = "a constant, {range: [lo, hi]} or {choice: [...]}"


class Param(NamedTuple):
    """What one value must be: in words that follow "must be", and as a test."""

    wants: str
    fits: Callable[[Any], bool]


def nothing(_: Values) -> Iterator[str]:
    """No problem at all: for generators whose parameters cannot clash."""
    return iter(())


class Generator(NamedTuple):
    """A named way to draw a card's numbers; pure functions over the values by placeholder.

    ``params`` are what a card gives, ``shows`` the placeholders its prompt may use. ``draw`` makes
    the values, ``guard`` says whether they make a fair question, ``value`` is the right answer and
    ``wrong`` the usual wrong ones, asked only of guarded values. ``defaults`` stand in for values
    that a pinned example may leave out; ``clash`` names parameters that cannot go together.
    """

    params: Mapping[str, Param]
    shows: Mapping[str, Param]
    draw: Callable[[Values, Random], dict[str, Any]]
    value: Callable[[Values], float]
    guard: Callable[[Values], bool]
    wrong: Callable[[Values], Iterable[float]]
    defaults: Values = MappingProxyType({})
    clash: Callable[[Values], Iterator[str]] = nothing


def is_number(value: Any) -> bool:
    """Whether it is a finite int or float; True and False are not numbers here."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < math.inf


def is_whole(value: Any) -> bool:
    """Whether it is an int, and not a bool."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(lo: int, hi: int) -> Param:
    """A whole number from ``lo`` to ``hi``."""
    return Param(f"a whole number from {lo} to {hi:,}", lambda v: is_whole(v) and lo <= v <= hi)


def number(lo: float, hi: float, *, other_than: float | None = None) -> Param:
    """A number from ``lo`` to ``hi``, with one value that it may not be."""
    but = "" if other_than is None else f" other than {other_than}"
    return Param(
        f"a number from {lo} to {hi}{but}",
        lambda v: is_number(v) and lo <= v <= hi and v != other_than,
    )


def one_of(*names: str) -> Param:
    """One of some words."""
    return Param(" or ".join(names), lambda v: isinstance(v, str) and v in names)


def list_of(param: Param) -> Param:
    """A list of at least one and at most a hundred such values."""
    return Param(
        f"a list whose every item is {param.wants}",
        lambda v: isinstance(v, (list, tuple)) and 0 < len(v) <= 100 and all(map(param.fits, v)),
    )


FLAG = Param("true or false", lambda v: isinstance(v, bool))


def extremes(spec: Any) -> list[Any]:
    """The values that decide whether a spec is fine: the ends of a range, each of the choices.

    ValueError says what is wrong with a spec that is none of the three forms.
    """
    if not isinstance(spec, Mapping):
        return [spec]
    body = next(iter(spec.values()), None)
    if set(spec) == {"choice"} and isinstance(body, list) and body:
        return body
    if set(spec) == {"range"} and isinstance(body, list) and len(body) == 2:
        lo, hi = body
        if is_number(lo) and is_number(hi) and lo < hi:
            return body
        raise ValueError(f"the range {brief(body)} must go from a number up to a larger one")
    raise ValueError(f"{brief(dict(spec))} is not a way to give a parameter; write {FORMS}")


def problem(name: str, spec: Any, param: Param) -> str:
    """What is wrong with one parameter, or nothing."""
    try:
        bad = [value for value in extremes(spec) if not param.fits(value)]
    except ValueError as error:
        return f"parameter {name}: {error}"
    return f"parameter {name} must be {param.wants}, not {brief(bad[0])}" if bad else ""


def choose(items: Sequence[Any], rng: Random) -> Any:
    """One of the items.

    ``Random.random`` is the one method whose sequence Python promises to keep between versions, so
    that a repetition looks the same on every machine.
    """
    return items[int(rng.random() * len(items))]


def several(items: Sequence[Any], count: int, rng: Random) -> list[Any]:
    """Different items in a drawn order."""
    return sorted(items, key=lambda _: rng.random())[:count]


def pick(spec: Any, rng: Random) -> Any:
    """A value as the spec allows it: a constant, one of its choices, or one from its range."""
    if not isinstance(spec, Mapping):
        return spec
    if "choice" in spec:
        return choose(spec["choice"], rng)
    lo, hi = spec["range"]
    if is_whole(lo) and is_whole(hi):
        return lo + int(rng.random() * (hi - lo + 1))
    return between(lo, hi, rng)


def each(params: Values, rng: Random) -> dict[str, Any]:
    """Every parameter drawn by itself, under its own name."""
    return {name: pick(spec, rng) for name, spec in params.items()}


def between(lo: float, hi: float, rng: Random) -> float:
    """A number that reads well: two significant digits, or a hundredth of a narrow range."""
    drawn = lo + (hi - lo) * rng.random()
    leading = min(math.floor(math.log10(size)) for size in (abs(drawn) or hi - lo, hi - lo))
    return float(min(max(round(drawn, 1 - leading), lo), hi))


def grid(step: float, lo: float, hi: float) -> list[float]:
    """The multiples of ``step`` from ``lo`` to ``hi``, without the dust of float steps."""
    first, last = math.ceil(lo / step - 1e-9), math.floor(hi / step + 1e-9)
    return [round(i * step, 9) for i in range(first, last + 1)]


def show(value: Any) -> str:
    """A drawn value as the prompt shows it: ``1,000``, ``0.001``, ``[0.9, 0.6]``, ``linear``."""
    if isinstance(value, (list, tuple)):
        # A comma inside a number would read as one more item.
        return "[" + ", ".join(show(item).replace(",", "") for item in value) + "]"
    if isinstance(value, float):
        return f"{value:,.12f}".rstrip("0").rstrip(".")
    return f"{value:,}" if is_whole(value) else str(value)
