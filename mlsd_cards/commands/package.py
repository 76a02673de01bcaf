"""What ``export anki`` says and asks of the wing that writes packages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mlsd_cards.app import App
from mlsd_cards.commands import destination
from mlsd_cards.commands.options import plural, say
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.anki.export import Exported
    from mlsd_cards.store.catalogue import Filter

BROKEN = (
    "a deck file has errors (mlsd-cards check): not all of it goes out, and no note is withdrawn"
)


def write(app: App, file: str, wanted: Filter, *, with_progress: bool) -> Exported:
    """Write the package; one that would hold nothing is refused."""
    from mlsd_cards.anki.export import Exporter
    from mlsd_cards.store import roster
    from mlsd_cards.store.catalogue import EVERYTHING
    from mlsd_cards.term.progress import watched

    destination.check(file, app.home)
    if Path(file).suffix.lower() != ".apkg":
        raise UserError(f"{file} does not end in .apkg", "Anki goes by that: name it so.")
    cards, broken = roster.ids(app.catalogue, wanted), is_broken(app)
    if not cards:
        raise UserError("there is no card to export", BROKEN if broken else "")
    if broken:
        say(BROKEN, err=True)
    whole = wanted == EVERYTHING and not app.decks and not broken
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
    yield f"{file}: {plural(done.notes, 'note')}, {plural(done.cards, 'card')}"
    yield f"{done.new} new and {done.changed} changed since the last export"
    if done.withdrawn:
        gone = plural(len(done.withdrawn), "note")
        yield f"{gone} left your decks: in Anki find tag:mlsd-withdrawn and suspend or delete"
    if not with_progress:
        yield "In Anki: File, Import; its settings are right as they are"
        return
    reviews = plural(done.reviews, "review")
    yield f"In Anki: File, Import, and tick “Import any learning progress”, here {reviews}"
    yield (
        "That works once, with the first import of a card. Afterwards review in one of the two; "
        "mlsd-cards import anki brings back what you do in Anki."
    )
