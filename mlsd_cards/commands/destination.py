"""The file that a command writes: the option that names it, and what it may not name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mlsd_cards.commands.options import named
from mlsd_cards.errors import UserError

PIPE = "-"
"""In the place of a file: the standard output."""

OWN = ("cards.db", "cards.db-wal", "cards.db-shm", "config.toml", "search.db", "anki.db")
"""What the program itself keeps in its home."""

OTHER = "Name another with -o."


def option(help: str, default: str | None = None, **more: Any) -> Callable[[Any], Any]:  # noqa: A002
    """The option ``-o``."""
    return click.option(
        "-o", "--output", metavar="FILE", callback=named, default=default, help=help, **more
    )


def check(file: str, home: str) -> None:
    """Refuse a path at which no file can be made or replaced, before any work is done. No folder is
    made on the way to it: one that is not there is a slip, or a drive that is not."""
    path, own = Path(file), Path(home).resolve()
    if file == PIPE:
        raise UserError(f"{PIPE} is the standard output, and this is a file of its own", OTHER)
    if path.is_dir() or file.endswith(os.sep):
        raise UserError(f"{file} is a folder", "Name a file in it.")
    if not path.parent.is_dir():
        folder = path.parent.absolute()
        raise UserError(f"there is no folder {folder}", "Make it first, or name another with -o.")
    if path.exists() and not path.is_file():
        raise UserError(f"{file} is no file that could be replaced", OTHER)
    real = path.resolve()
    is_copy = real.parent == own / "backups" and real.exists()
    if is_copy or (real.parent == own and real.name in OWN):
        raise UserError(f"{file} is kept by mlsd-cards itself", OTHER)
