"""What ``export anki`` says and asks of the wing that writes packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_cards.app import App
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.anki.export import Exported
    from mlsd_cards.store.catalogue import Filter


def write(app: App, file: str, wanted: Filter, *, with_progress: bool) -> Exported:
    """Write the package; one that would hold nothing is refused."""
    from mlsd_cards.anki.export import Exporter
    from mlsd_cards.store.catalogue import EVERYTHING
    from mlsd_cards.term.progress import watched

    if Path(file).suffix.lower() != ".apkg":
        raise UserError(f"{file} does not end in .apkg", "Anki goes by that: name it so.")
    if Path(file).is_dir():
        raise UserError(f"{file} is a folder", "Name a file in it.")
    cards = app.catalogue.ids(wanted)
    if not cards:
        raise UserError("there is no card to export")
    whole = wanted == EVERYTHING and not app.decks and not is_broken(app)
    return Exporter(
        app.catalogue,
        wanted,
        app.moment(),
        whole=whole,
        with_progress=with_progress,
        watch=lambda notes: watched(notes, "Writing", len(cards)),
    ).write(file)


def is_broken(app: App) -> bool:
    """Whether a deck file has errors: what it lacks now has not been withdrawn."""
    return any('"error"' in row.problems for row in app.catalogue.files())


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
