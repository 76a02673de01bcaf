"""Keep a copy of all progress."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mlsd_cards.app import local_time
from mlsd_cards.commands import destination, options
from mlsd_cards.errors import UserError

LARGE = 100_000_000
"""A store of so many bytes takes about a second to copy."""


@click.command(epilog="Example: mlsd-cards backup -o ~/Documents/mlsd-cards.db")
@destination.option(
    "Where to put it; nothing that is there is replaced.", show_default="backups in the home"
)
@options.as_json
@options.home
def command(output: str | None, as_json: bool, home: str | None) -> None:
    """Copy the store with every answer into one file, while reviews go on.

    A copy of each study day is made by itself, and one before a new version changes the store.
    These are thinned out with age, those that you ask for stay, and `restore` brings answers back
    from any. Your own decks and config.toml are files beside the store: they are not in it.
    """
    from mlsd_cards.store import backup, file, salvage

    app = options.open_app(home)
    if output:
        destination.check(output, app.home)
    else:
        backup.check_folder(app.home)
    target = output or backup.by_hand(app.home, local_time())
    if os.path.lexists(target):
        raise UserError(f"{target} is there already", "Name another with -o.")
    if Path(app.store.path).stat().st_size > LARGE:
        options.say("Copying …", err=True)
    try:
        with file.told(target, copied=app.store.path):
            backup.make(app.store.path, str(Path(target).absolute()))
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}") from error
    answers, size = salvage.answers(target), Path(target).stat().st_size
    if as_json:
        options.print_json({"file": target, "answers": answers, "bytes": size})
    else:
        options.say(f"{target}: {options.plural(answers, 'answer')}")
