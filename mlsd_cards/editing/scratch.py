"""Text in the person's editor, by way of a file in the home that nobody else can read."""

from __future__ import annotations

import sys
from itertools import chain, count
from pathlib import Path

from mlsd_cards.editing import editor
from mlsd_cards.errors import UserError


def edited(home: str, name: str, text: str) -> str:
    """The text as the editor left it. ``UserError`` if there is no editor, or it fails: then the
    text is as it was, and the file stays if the editor has written to it."""
    path = _free(Path(home, f"{name.replace('/', '-')}.txt"))
    is_usual = editor.is_terminal(sys.stdin, sys.stdout)
    try:
        words = editor.command(str(path), text.count("\n") + 1, usual=is_usual)
        path.touch(0o600)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        editor.run(words)
        after = _read(path)
    except UserError as error:
        if path.exists() and _read(path) != text:
            raise UserError(f"{error}.", f"What it wrote is in {path}.") from error
        path.unlink(missing_ok=True)
        raise
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from error
    path.unlink(missing_ok=True)
    return after


def _free(path: Path) -> Path:
    """The path, or one beside it where an editor that failed has left what it wrote."""
    beside = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    return next(one for one in chain([path], beside) if not one.exists())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")
