"""What is wrong in a deck, and where: the one way in which loading reports trouble."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to put right, at a place that an editor can jump to.

    Problems sort by place. ``line`` and ``column`` count from 1; 0 stands for the whole file.
    ``code`` is stable, so that it can be looked up and silenced; ``message`` says what is wrong
    and what to do. ``level`` is ``"error"``, ``"warning"``, or ``"note"`` for what is only said.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.level} {self.code}: {self.message}"


def has_errors(problems: list[Problem]) -> bool:
    """Whether any of the problems is more than a warning."""
    return any(problem.level == "error" for problem in problems)
