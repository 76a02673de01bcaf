"""Exchange what was done with other machines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App, is_below, wall
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.log import Event
    from mlsd_cards.store.sync import Synced

BYTES = 250
"""Of an event in a file, about."""


@click.command(epilog="Example: mlsd-cards sync ~/Dropbox/mlsd-cards")
@click.argument("folder", required=False, type=click.Path(file_okay=False))
@options.as_json
@options.home
def command(folder: str | None, as_json: bool, home: str | None) -> None:
    """Exchange what was done with your other machines, by way of a folder.

    FOLDER is one that git, Syncthing or a cloud drive carries from machine to machine; without it,
    the one that `config set sync` names. Each machine writes only to a file of its own there, and
    reads all of them, so there is nothing to be in conflict. Answers, settings, flags, quizzes and
    interviews are exchanged; your own decks and config.toml are not: they are files.
    """
    from mlsd_cards.store import checkup
    from mlsd_cards.store.sync import sync

    app = options.open_app(home)
    path = _folder(app, folder)

    def watch(events: Iterator[Event], name: str) -> Iterator[Event]:
        from mlsd_cards.term.progress import watched

        file = Path(path, name)
        size = file.stat().st_size if file.is_file() else 0
        return watched(events, f"Reading {name}", size // BYTES)

    try:
        done = sync(app.store, path, watch)
    except OSError as error:
        raise UserError(
            f"{error.filename or path}: {error.strerror}", "What was read until then is kept."
        ) from error
    ahead = checkup.ahead(app.store, wall())
    if as_json:
        options.print_json(record(done, path, ahead))
    else:
        for line in lines(done, ahead):
            options.say(options.on_one_line(line))


def _folder(app: App, named: str | None) -> str:
    """The folder to exchange by; ``UserError`` if there is none."""
    path = named or app.preferences.sync
    if not path:
        raise UserError(
            "no folder is named", "Name it here, or once for all: mlsd-cards config set sync FOLDER"
        )
    path = os.path.expanduser(path)  # noqa: PTH111 - ~x of nobody stays as it is
    if not Path(path).is_dir():
        raise UserError(
            f"there is no folder {path}",
            "Make it, or see that the drive or program that brings it runs.",
        )
    if is_below(path, app.home):
        raise UserError(
            f"{path} lies in the home of mlsd-cards, where no other machine looks",
            "Name a folder that a cloud drive, Syncthing or git carries.",
        )
    return path


def record(done: Synced, path: str, ahead: dict[str, int]) -> dict[str, Any]:
    """What came of it as docs/json.md has it."""
    return {
        "folder": path,
        "sent": done.sent,
        "received": done.received,
        "faults": [fault._asdict() for fault in done.faults],
        "unfinished": done.unfinished,
        "ahead": ahead,
    }


def lines(done: Synced, ahead: dict[str, int]) -> list[str]:
    """The same in words, a fact a line."""
    came = sum(done.received.values())
    told = [f"{options.plural(done.sent, 'event')} out, {came} in"]
    told += [f"  {count} from {name}" for name, count in done.received.items()]
    told += [str(fault) for fault in done.faults]
    told += [f"{name}: its last line is still on its way" for name in done.unfinished]
    for device, count in ahead.items():
        events = options.plural(count, "event")
        told.append(f"machine {device}: its clock was a day or more ahead at {events}")
    return told
