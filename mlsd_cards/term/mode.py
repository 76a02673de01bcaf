"""Which of the two modes a run gets."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlsd_cards.terminal import Terminal


LINES = {"interview"}
"""The kinds that take lines of text, so that a line break in pasted text means something."""

LATER = {
    "quiz": (
        *(f"mlsd_cards.term.{name}" for name in ("table", "order", "drawing", "styled", "formula")),
        *("mlsd_cards.cards.wording", "rapidfuzz.distance"),
    )
}
"""What a paper may well need by its second question, loaded while the first is read."""


def terminal(
    of: str = "review",
    *,
    plain: bool | None = None,
    stdin: IO[str] | None = None,
    stdout: IO[str] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Terminal[Any]:
    """A terminal for a session of that kind: a screen if both streams can show one, else line mode.
    The kind names the room of ``term`` that draws and speaks it.

    ``plain`` True asks for line mode; None leaves that to the environment.
    """
    # A stream that the caller has closed is None: nothing to read, and nowhere to write.
    stdin = stdin or sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    stdout = stdout or sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if plain is None:
        plain = environ.get("MLSD_CARDS_PLAIN", "") not in {"", "0"}
    if plain or not shows_screens(stdin, stdout, environ):
        from mlsd_cards.term.plain import Plain

        speech = import_module(f"mlsd_cards.term.{of}.spoken").SPEECH
        return Plain(speech, stdin, stdout, environ)
    from mlsd_cards.term.screen import LiveScreen

    render = import_module(f"mlsd_cards.term.{of}.view").render
    return LiveScreen(render, stdin, stdout, environ, lines=of in LINES, later=LATER.get(of, ()))


def shows_screens(stdin: IO[str], stdout: IO[str], environ: Mapping[str, str]) -> bool:
    """Whether a screen can be shown: not on a dumb terminal, nor on Windows outside WSL."""
    dumb = environ.get("TERM", "").lower() in {"dumb", "unknown"}
    return not dumb and os.name == "posix" and stdin.isatty() and stdout.isatty()
