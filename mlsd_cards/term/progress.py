"""How far a long piece of work has come: a bar on a terminal, from the second second on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")

PATIENCE_S = 1.0
"""How long nothing is shown: most work is done by then."""

STRIDE = 500
"""Items between two looks at the clock, and two steps of the bar."""

MOST = 36
"""Cells of the longest bar."""

BESIDE = len("  []  100%  00:00:00 ")
"""Cells of what stands on its line besides the label."""


def watched(
    items: Iterable[Item], label: str, length: int, stride: int | None = None
) -> Iterator[Item]:
    """The items, of which there are about ``length``, while they are asked for; ``stride`` for
    items that take so long that the clock is looked at after fewer than ``STRIDE``."""
    if not sys.stderr.isatty():
        yield from items
        return
    from click import progressbar

    stride = stride or STRIDE
    began, rest = monotonic(), iter(items)
    for taken, item in enumerate(rest, 1):
        yield item
        if taken % stride == 0 and monotonic() - began > PATIENCE_S:
            width = _width(label)
            with progressbar(length=length, label=label, width=width, file=sys.stderr) as bar:
                bar.update(taken)
                for number, one in enumerate(rest, 1):
                    yield one
                    if number % stride == 0:
                        bar.update(stride)
            return


def _width(label: str) -> int:
    """The cells of a bar that leaves its line room for the rest."""
    columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
    return max(1, min(MOST, columns - len(label) - BESIDE))
