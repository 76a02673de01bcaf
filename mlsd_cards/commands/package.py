"""What ``export anki`` says and asks of the wing that writes packages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from mlsd_cards.app import App
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.anki.export import Exported
    from mlsd_cards.store.catalogue import Filter

PATIENCE_S = 1.0
"""What takes longer shows how far it is."""


def write(app: App, file: str, wanted: Filter, *, with_progress: bool) -> Exported:
    """Write the package; one that would hold nothing is refused."""
    from mlsd_cards.anki.export import Exporter
    from mlsd_cards.store.catalogue import EVERYTHING

    if Path(file).suffix.lower() != ".apkg":
        raise UserError(f"{file} does not end in .apkg", "Anki goes by that: name it so.")
    if Path(file).is_dir():
        raise UserError(f"{file} is a folder", "Name a file in it.")
    cards = app.catalogue.ids(wanted)
    if not cards:
        raise UserError("there is no card to export")
    whole = wanted == EVERYTHING and not app.decks and not is_broken(app)
    with progress(len(cards)) as tick:
        moment = app.moment()
        return Exporter(
            app.catalogue, wanted, moment, whole=whole, with_progress=with_progress, tick=tick
        ).write(file)


def is_broken(app: App) -> bool:
    """Whether a deck file has errors: what it lacks now has not been withdrawn."""
    return any('"error"' in row.problems for row in app.catalogue.files())


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """How much of the total is done, on a terminal, once it takes long."""
    begun, done, shown = monotonic(), 0, ""

    def tick(count: int) -> None:
        nonlocal done, shown
        done += count
        if (
            text := f"\rWriting: {done / total:4.0%}"
        ) != shown and monotonic() > begun + PATIENCE_S:
            shown = text
            click.echo(text, nl=False, err=True)

    yield tick if sys.stderr.isatty() else lambda _: None
    if shown:
        click.echo("\r" + " " * len(shown) + "\r", nl=False, err=True)


def told(file: str, done: Exported, *, with_progress: bool) -> Iterator[str]:
    """What went out and what to do with it, in lines."""
    yield f"{file}: {counted(done.notes, 'note')} ({counted(done.cards, 'card')})"
    yield f"{done.new} new and {done.changed} changed since the last export"
    if done.withdrawn:
        gone = counted(len(done.withdrawn), "note")
        yield f"{gone} left your decks: in Anki find tag:mlsd-withdrawn and suspend or delete"
    yield "In Anki: File, Import; its settings are right as they are"
    if with_progress:
        yield f"With {counted(done.reviews, 'review')}: tick “Import any learning progress” there."
        yield (
            "That works once, with the first import of a card. Afterwards review in one place, and "
            "bring what you do in Anki back with mlsd-cards import anki."
        )


def counted(count: int, what: str) -> str:
    """How many there are."""
    return f"{count:,} {what}{'s' * (count != 1)}"
