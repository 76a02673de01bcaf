"""What is brought into the program from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.anki.back import Return

MOST = 10
"""How many ids are named."""

LEFT = {
    "others": "Left out: {} of notes that are not from mlsd-cards.",
    "by_hand": "Left out: {} that are changes by hand and no answers.",
    "unreadable": "Left out: {} that make no sense.",
}

TAKEN = {
    "added": "Deck files that are new here",
    "unchanged": "Deck files that were here",
    "differs": "Deck files left out, since yours are another version",
    "missing": "Cards that are in no deck here",
}

dry: Callable[[Any], Any] = click.option(
    "--dry-run", is_flag=True, help="Say what would come, and write nothing."
)


@click.group(epilog="Example: mlsd-cards import anki collection.colpkg")
def command() -> None:
    """Take in what was done or kept elsewhere."""


@command.command("anki", epilog="Example: mlsd-cards import anki collection.colpkg --dry-run")
@click.argument("file", required=False, metavar="FILE")
@dry
@click.option(
    "--undo", is_flag=True, help="Take back what FILE brought in; without FILE, the last import."
)
@options.as_json
@options.decks
@options.home
def anki(
    file: str | None,
    dry_run: bool,
    undo: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Bring back the reviews that you did in Anki.

    FILE is an .apkg or .colpkg that Anki exported with the scheduling included. Each review keeps
    its time and counts as one done here; those that are here already are passed over. Anki keeps no
    time zone, so days are told by that of this machine.
    """
    if undo and dry_run:
        raise click.UsageError("--dry-run goes with an import, not with --undo.")
    app = options.open_app(home, decks)
    if undo:
        told = _undo(app, file)
    elif file is None:
        raise click.UsageError("Name the FILE that Anki exported.")
    else:
        told = _bring(app, file, dry_run)
    if as_json:
        options.print_json(told)
    else:
        _say(told)


def _bring(app: App, file: str, dry_run: bool) -> dict[str, Any]:
    """Bring the reviews of a package in; what came of it, as docs/json.md describes it."""
    from mlsd_cards.anki import collection, read
    from mlsd_cards.anki.back import LATEST_MS, Return, import_id
    from mlsd_cards.app import utc_offset, wall
    from mlsd_cards.schedule.day import Moment
    from mlsd_cards.store import foreign, roster
    from mlsd_cards.term.progress import watched

    with collection.opened(file) as opened:
        rollover = app.store.settings.rollover
        came = Return(
            app.store,
            set(roster.names(app.catalogue, "id")),
            lambda at: Moment.of(at, utc_offset(at), rollover),
            import_id(file),
        )
        rows = read.reviews(opened, wall() + LATEST_MS)
        events = came.events(watched(rows, "Reading reviews", read.count(opened)))
        made = foreign.Import(came.id, Path(file).name)
        foreign.keep(app.store, events, made, app.moment(), dry_run=dry_run)
    return _told(came, file, dry_run)


def _told(came: Return, file: str, dry_run: bool) -> dict[str, Any]:
    return {
        "result": "dry run" if dry_run else "imported",
        "import": came.id,
        "file": file,
        "came": came.came.total(),
        "cards": len(came.came),
        "here": came.here,
        "unknown": dict(came.unknown),
        "others": came.others,
        "by_hand": came.by_hand,
        "unreadable": came.unreadable,
    }


def _undo(app: App, file: str | None) -> dict[str, Any]:
    """Take back the import of a file, of that id, or the last one."""
    from mlsd_cards.anki.back import DEVICE, import_id
    from mlsd_cards.store import foreign

    id_ = import_id(file) if file and Path(file).is_file() else file
    done = foreign.undo(app.store, DEVICE, id_, app.moment())
    if done is None:
        raise UserError(
            f"nothing that {file or 'an import'} brought in is there to be taken back",
            "Name the file that was imported, or the id that the import said.",
        )
    made, gone = done
    return {"result": "undone", "import": made.id, "file": made.file, "gone": gone}


def _say(told: dict[str, Any]) -> None:
    """The same in lines."""
    from mlsd_cards.term.report import Report

    report = Report()
    for line in _undone(told) if told["result"] == "undone" else _came(told):
        report.say(line)


def _undone(told: dict[str, Any]) -> Iterator[str]:
    yield f"{options.plural(told['gone'], 'review')} of {told['file']} taken back."
    yield "Importing the file again brings them back."


def _came(told: dict[str, Any]) -> Iterator[str]:
    came, dry = told["came"], told["result"] == "dry run"
    cards = options.plural(told["cards"], "card")
    count = options.plural(came, "review")
    verb = "would come" if dry else "came"
    yield f"{count} {verb}, of {cards}; {told['here']} here already."
    for key, words in LEFT.items():
        if told[key]:
            yield words.format(options.plural(told[key], "review"))
    if unknown := told["unknown"]:
        names = ", ".join(list(unknown)[:MOST])
        more = f" and {len(unknown) - MOST} more" if len(unknown) > MOST else ""
        reviews = options.plural(sum(unknown.values()), "review")
        yield f"Left out: {reviews} of cards that no deck has: {names}{more}."
    if came:
        yield "Anki keeps no time zone: the days are those of this machine's."
    if came and not dry:
        yield f"To take them back: mlsd-cards import anki --undo {told['import']}"


@command.command("json", epilog="Example: mlsd-cards import json everything.json")
@click.argument("file", metavar="FILE")
@dry
@options.as_json
@options.home
@click.pass_context
def json(context: click.Context, file: str, dry_run: bool, as_json: bool, home: str | None) -> None:
    """Take in what `export json` wrote: the deck files, and the events if it has them.

    Deck files come among your own decks, unless a file of that name is there or their cards are;
    yours are never changed. Events that the log has already are passed over.
    """
    told = _take(options.open_app(home), file, dry_run)
    if as_json:
        options.print_json(told)
    else:
        _say_taken(told)
    context.exit(bool(told["differs"]))


def _take(app: App, file: str, dry_run: bool) -> dict[str, Any]:
    """Take a document in; what came of it, as docs/json.md describes it."""
    from mlsd_cards.store import archive, roster, stream
    from mlsd_cards.store.merge import merge
    from mlsd_cards.term.progress import watched

    came, store = archive.Delivery(file), app.store
    catalogue = app.catalogue
    with _opened(file) as text, store.trial(dry_run):
        pieces = watched(stream.pieces(text, file), "Reading", Path(file).stat().st_size // 200)
        added = merge(store, came.events(pieces))
        places = [archive.place(catalogue, app.own_decks, kept) for kept in came.files]
    placed = list(zip(came.files, places, strict=True))
    if not dry_run:
        for kept, place in placed:
            if place == archive.ADDED:
                archive.keep(app.own_decks, kept)
        app.reread()
    known = set(roster.names(app.catalogue, "id"))
    return {
        "result": "dry run" if dry_run else "imported",
        "events": {"came": added, "here": came.count - added},
        **{
            result: [kept.name for kept, place in placed if place == result]
            for result in (archive.ADDED, archive.UNCHANGED, archive.BUNDLED, archive.DIFFERS)
        },
        "missing": [] if dry_run else sorted(came.cards - known),
    }


def _opened(file: str) -> IO[str]:
    """The text of a file; ``UserError`` for what is none."""
    path = Path(file)
    try:
        if not path.is_file() and path.exists():
            raise UserError(f"{file} is no ordinary file", "Name one that `export json` wrote.")
        return path.open(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from error


def _say_taken(told: dict[str, Any]) -> None:
    """The same in lines."""
    from mlsd_cards.term.report import Report

    say, events = Report().say, told["events"]
    would = "would come" if told["result"] == "dry run" else "came"
    say(f"{options.plural(events['came'], 'event')} {would}; {events['here']} here already.")
    for key, words in TAKEN.items():
        if told[key]:
            more = f" and {len(told[key]) - MOST} more" if len(told[key]) > MOST else ""
            say(f"{words}: {', '.join(told[key][:MOST])}{more}")
