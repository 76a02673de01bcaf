"""Numbers as options take them: what is none, or too small or large, is refused in one sentence."""

from __future__ import annotations

from math import isnan
from typing import Any

import click


class Whole(click.IntRange):
    """A whole number from ``min`` to ``max``; None is no end."""

    name = "n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; refused with what may stand there."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is no whole number{_ends(self)}", param, ctx)


class Number(click.FloatRange):
    """A number from ``min`` to ``max``."""

    name = "n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; refused with what may stand there, as NaN is, which no end holds."""
        try:
            found = super().convert(value, param, ctx)
        except click.BadParameter:
            found = None
        if found is None or isnan(found):
            self.fail(f"{str(value)!r} is no number{_ends(self)}", param, ctx)
        return found


def _ends(kind: Whole | Number) -> str:
    least, most = kind.min, kind.max
    if least is None:
        return ""
    return f" from {least} on" if most is None else f" from {least} to {most}"
