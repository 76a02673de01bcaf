"""Where everything lies, how to take it along, and how to be rid of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from mlsd_cards import __version__
from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

MOVE = (
    "To move to a new machine: leave every review, install this version of the program there or a "
    "newer one, copy the whole home folder, and name it with --home or MLSD_CARDS_HOME if it is "
    "not where this one was. Both can go on: a copied home takes a new device name by itself.",
    "To uninstall: remove the program (pipx uninstall mlsd-cards, or the folder that you cloned), "
    "and, if you want your progress gone too, the home folder. Nothing else is left anywhere.",
)


@click.command(epilog="Example: mlsd-cards where --json")
@options.as_json
@options.decks
@options.home
def command(as_json: bool, decks: tuple[str, ...], home: str | None) -> None:
    """Say where progress and decks are, how to move and how to uninstall."""
    from mlsd_cards.store import file, ledger
    from mlsd_cards.term.report import Report

    app, refused = App(home, decks), None
    try:
        app = options.open_app(home, decks)
        with file.told(app.store_path):
            found = record(app, ledger.answers(app.store))
    except UserError as error:  # most wanted when the store cannot be opened
        found, refused = record(app), error
    if as_json:
        options.print_json(found)
    else:
        report = Report()
        for lead, text in lines(found):
            report.say(text, f"{lead:<10}")
        for text in MOVE:
            report.gap()
            report.say(text)
    if refused:
        raise refused


def record(app: App, answers: int | None = None) -> dict[str, Any]:
    """What is where, as docs/json.md describes it; without ``answers`` the store stays closed."""
    from mlsd_cards.store import whereabouts

    closed = answers is None
    return {
        "program": str(Path(__file__).parents[2]),
        "version": __version__,
        "home": app.home,
        "files": [{"file": path, "bytes": size} for path, size in _kept(app.home)],
        "decks": [
            {
                "path": path,
                "cards": None if closed else whereabouts.cards_below(app.catalogue, path),
            }
            for path in ([app.own_decks] if closed else [root.path for root in app.roots()])
        ],
        "answers": answers,
        "config": app.config if Path(app.config).exists() else None,
    }


def _kept(home: str) -> list[tuple[str, int]]:
    """The files in the home folder itself, and their sizes in bytes."""
    if not os.access(home, os.R_OK | os.X_OK):
        return []
    with os.scandir(home) as entries:
        return sorted((entry.path, entry.stat().st_size) for entry in entries if entry.is_file())


def lines(found: dict[str, Any]) -> list[tuple[str, str]]:
    """The same, a name and a fact each."""
    return [
        ("program", f"{found['program']} (version {found['version']})"),
        ("home", found["home"] + counted(found["answers"], "answer")),
        *(("file", f"{one['file']} ({size(one['bytes'])})") for one in found["files"]),
        *(("decks", one["path"] + counted(one["cards"], "card")) for one in found["decks"]),
        ("config", found["config"] or "none yet: mlsd-cards config set writes one"),
    ]


def counted(count: int | None, what: str) -> str:
    """How many there are, in brackets; nothing if that is not known."""
    return "" if count is None else f" ({count} {what}{'s' * (count != 1)})"


def size(count: int) -> str:
    """Bytes as people read them."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
