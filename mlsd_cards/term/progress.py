"""How far a long piece of work has come: a bar on a terminal, from the second second on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")

PATIENCE_S = 1.0
"""How long nothing is shown: most work is done by then."""

STRIDE = 500
"""Items between two looks at the clock, and two steps of the bar."""


def watched(items: Iterable[Item], label: str, length: int) -> Iterator[Item]:
    """The items, of which there are about ``length``, while they are asked for."""
    if not sys.stderr.isatty():
        yield from items
        return
    from click import progressbar

    began, rest = monotonic(), iter(items)
    for taken, item in enumerate(rest, 1):
        yield item
        if taken % STRIDE == 0 and monotonic() - began > PATIENCE_S:
            with progressbar(length=length, label=label, file=sys.stderr) as bar:
                bar.update(taken)
                for number, one in enumerate(rest, 1):
                    yield one
                    if number % STRIDE == 0:
                        bar.update(STRIDE)
            return
