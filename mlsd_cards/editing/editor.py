"""The person's editor: which it is, and how it is opened at a line. Never through a shell."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping
from shutil import which
from typing import IO

from mlsd_cards.errors import UserError

VARIABLES = ("VISUAL", "EDITOR")
USUAL = ("vi", "nano")
"""What is tried on a terminal when no variable names an editor."""

PLUS, GOTO, COLON = ("+{line}", "{file}"), ("-w", "-g", "{file}:{line}"), ("{file}:{line}",)
AT_LINE = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "gvim", "mvim", "kak", "micro"), PLUS),
    **dict.fromkeys(("nano", "pico", "emacs", "emacsclient", "mg", "joe", "ne"), PLUS),
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor"), GOTO),
    **dict.fromkeys(("hx", "helix"), COLON),
    "subl": ("-w", *COLON),
    "zed": ("--wait", *COLON),
}
"""What follows an editor's name to open a file at a line, and to wait until it is closed."""

FILE_ONLY = ("{file}",)


def command(
    path: str, line: int, environ: Mapping[str, str] = os.environ, *, usual: bool = True
) -> list[str]:
    """The words that open ``path`` at ``line``; ``UserError`` if there is no editor.

    ``usual`` says whether one may be tried that nobody has named.
    """
    words = _named(environ) or next(([name] for name in USUAL if usual and which(name)), [])
    if not words:
        raise UserError(
            "no editor is known", f"Name one: export EDITOR=nano. The file is {path}, line {line}."
        )
    form = AT_LINE.get(words[0].rpartition("/")[2], FILE_ONLY)
    return [*words, *(word.format(file=path, line=line) for word in form)]


def _named(environ: Mapping[str, str]) -> list[str]:
    for name in VARIABLES:
        try:
            words = shlex.split(environ.get(name, ""))
        except ValueError as error:
            raise UserError(f"{name} cannot be read: {error}", f"It is {environ[name]}.") from error
        if words:
            return words
    return []


def run(words: list[str]) -> None:
    """Run the editor until it ends; ``UserError`` if it cannot be started or says that it failed.

    Ctrl-C is the editor's meanwhile. Without a terminal it gets no input: what comes from a pipe
    are answers.
    """
    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which it would inherit
    try:
        stdin = None if is_terminal(sys.stdin) else subprocess.DEVNULL
        code = subprocess.run(words, stdin=stdin, check=False).returncode  # noqa: S603 - a list, no shell
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(
            f"the editor {words[0]} could not be started: {why}",
            "Name another with EDITOR.",
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise UserError(f"the editor {words[0]} ended with {code}")


def is_terminal(*streams: IO[str] | None) -> bool:
    """Whether all the streams are terminals; one that the caller has closed is none."""
    return all(stream is not None and stream.isatty() for stream in streams)
