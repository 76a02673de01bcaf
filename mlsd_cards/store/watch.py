"""How somebody outside follows long work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Watch(Protocol):
    """Passes the items on as they are asked for, and may show how far it is under a label."""

    def __call__(self, items: Sequence[Item], label: str, /) -> Iterable[Item]: ...
