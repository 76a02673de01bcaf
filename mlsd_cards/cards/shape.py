"""Whether what JSON gave has the shape that a type says; what the log brings may be by anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

MOST = 2**63
"""No number of ours is larger."""

NONSENSE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
"""What comes of reading what has another shape."""


def fits(value: Any, kind: Any) -> bool:
    """Whether a value, with all that is in it, is of a kind: a simple type, a tuple, list, mapping
    or union of kinds, or a named tuple or dataclass, by its annotations.

    A number is finite and no larger than ``MOST``.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return True
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in inner)
    if origin is tuple:
        return isinstance(value, tuple) and _all_fit(value, inner)
    if origin in (list, Sequence):
        return isinstance(value, origin) and all(fits(one, inner[0]) for one in value)
    if origin in (dict, Mapping):
        pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
        return all(fits(name, inner[0]) and fits(one, inner[1]) for name, one in pairs)
    if hasattr(kind, "_fields") or is_dataclass(kind):
        return isinstance(value, kind) and all(
            fits(getattr(value, name), one)
            for name, one in get_type_hints(kind).items()
            if get_origin(one) is not ClassVar
        )
    return _is_simple(value, kind)


def _all_fit(values: tuple[Any, ...], kinds: tuple[Any, ...]) -> bool:
    if kinds[1:] == (...,):
        return all(fits(one, kinds[0]) for one in values)
    return len(values) == len(kinds) and all(map(fits, values, kinds))


def _is_simple(value: Any, kind: Any) -> bool:
    if kind is float:
        return type(value) in (int, float) and abs(value) <= MOST  # which no NaN is
    if kind is int:
        return type(value) is int and abs(value) <= MOST
    return type(value) is (NoneType if kind is None else kind)
