"""Where everything lies, how to take it along, and how to be rid of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options

MOVE = """\
To move to a new machine: leave every review, copy the whole home folder there, and name it with
--home or MLSD_CARDS_HOME if it is not where this one was. Both can go on: a copied home takes a new
device name by itself.
To uninstall: remove the program (pipx uninstall mlsd-cards, or the folder that you cloned), and, if
you want your progress gone too, the home folder. Nothing else is left anywhere."""


@click.command(epilog="Example: mlsd-cards where --json")
@options.as_json
@options.decks
@options.home
def command(as_json: bool, decks: tuple[str, ...], home: str | None) -> None:
    """Say where progress and decks are, how to move and how to uninstall."""
    app = options.open_app(home, decks)
    found = record(app)
    if as_json:
        options.print_json(found)
        return
    for line in (*lines(found), "", *MOVE.split("\n")):
        options.say(line)


def record(app: App) -> dict[str, Any]:
    """What is where, as docs/json.md describes it."""
    answers = app.store.answers()
    return {
        "home": app.home,
        "files": [{"file": path, "bytes": size} for path, size in _kept(app.home)],
        "decks": [
            {"path": root.path, "cards": app.catalogue.cards_below(root.path)}
            for root in app.roots()
        ],
        "answers": answers,
        "config": app.config if Path(app.config).exists() else None,
    }


def _kept(home: str) -> list[tuple[str, int]]:
    """The files in the home folder itself, and their sizes in bytes."""
    with os.scandir(home) as entries:
        return sorted((entry.path, entry.stat().st_size) for entry in entries if entry.is_file())


def lines(found: dict[str, Any]) -> list[str]:
    """The same, a fact a line."""
    kept = [f"file      {one['file']} ({size(one['bytes'])})" for one in found["files"]]
    decks = [f"decks     {one['path']} ({one['cards']} cards)" for one in found["decks"]]
    config = found["config"] or "none yet: mlsd-cards config set writes one"
    return [
        f"home      {found['home']} ({found['answers']} answers)",
        *kept,
        *decks,
        f"config    {config}",
    ]


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
