"""What is carried out of the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import destination, names, options
from mlsd_cards.commands.destination import PIPE
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.store.catalogue import Filter


def _output(name: str) -> Callable[[Any], Any]:
    """The options of where a text goes, by itself into a file called ``name``."""
    return options.chain(
        destination.option(
            f"The file, or - for the standard output. [default: {name} here; in a pipe -]"
        ),
        click.option("--force", is_flag=True, help="Replace FILE if it is there."),
    )


@click.group(epilog="Example: mlsd-cards export deck framework")
def command() -> None:
    """Write decks into files, for others and for Anki."""


@command.command("deck", epilog="Example: mlsd-cards export deck my-cards -o for-anna.yaml")
@click.argument("name", shell_complete=options.complete("deck"))
@_output("NAME.yaml")
@options.decks
@options.home
def deck(
    name: str, output: str | None, force: bool, decks: tuple[str, ...], home: str | None
) -> None:
    """Write a deck with its sources into one YAML file, to be taken in with `add`.

    The cards are as their author wrote them, or as you have edited them, each with its id. None of
    your progress is in the file. Decks nested in NAME are decks of their own.
    """
    from mlsd_cards.store import binder
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.store.sharing import pack
    from mlsd_cards.term.report import Report

    app = options.open_app(home, decks)
    names.check_names(app.catalogue, Filter(decks=(name,)))
    parcel = pack(app.catalogue, name)
    for inner in parcel.nested:
        options.say(f"{inner} is a deck of its own and not in this file", err=True)
    file = output or (binder.file_name(name) if sys.stdout.isatty() else PIPE)
    if file == PIPE:
        sys.stdout.buffer.write(parcel.text.encode())
        return
    _write(app, file, [parcel.text.encode()], force)
    cards, sources = options.plural(parcel.cards, "card"), options.plural(parcel.sources, "source")
    Report().say(f"{file}: {cards} and {sources}, nothing of your progress")


@command.command("anki", epilog="Example: mlsd-cards export anki --deck metrics")
@destination.option(
    "The file, ending in .apkg; an older one is replaced.", "mlsd-cards.apkg", show_default=True
)
@options.wanted
@click.option(
    "--with-progress", is_flag=True, help="With schedule and history, for a first import."
)
@options.as_json
@options.decks
@options.home
def anki(
    output: str,
    wanted: Filter,
    with_progress: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Write the cards into a package for Anki.

    Import it with Anki's own settings as often as you like: nothing comes twice, notes that changed
    are updated with their scheduling kept, and all others stay as they are in Anki, with what you
    wrote into them. Notes that left the library get the tag mlsd-withdrawn, once, in the next
    export of everything. An import deletes nothing.

    With --with-progress tick “Import any learning progress” in Anki's import window. It works
    once: schedule and history come with the first import of a card only. Then pick one of the two
    for daily reviews.
    """
    from mlsd_cards.commands import package
    from mlsd_cards.term.report import Report

    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    done = package.write(app, output, wanted, with_progress=with_progress)
    if as_json:
        options.print_json({"file": output, **done._asdict()})
        return
    report = Report()
    for line in package.told(output, done, with_progress=with_progress):
        report.say(line)


def _write(
    app: App, file: str, data: Iterable[bytes], force: bool, *, private: bool = False
) -> None:
    from mlsd_cards.store import binder

    destination.check(file, app.home)
    if os.path.lexists(file) and not force:
        raise UserError(f"{file} is there already", "Name another with -o, or give --force.")
    mode = binder.PRIVATE if private else binder.SHARED
    binder.replace_file(file, data, mode, keep=not private)


@command.command("json", epilog="Example: mlsd-cards export json --progress -o everything.json")
@click.option("--progress", is_flag=True, help="With all that you have done: answers, flags, …")
@_output("mlsd-cards.json")
@options.decks
@options.home
def json(
    progress: bool, output: str | None, force: bool, decks: tuple[str, ...], home: str | None
) -> None:
    """Write the library, and with --progress the log, as JSON that `import json` takes in.

    docs/json.md says what is where. Preferences are not in it: those are config.toml.
    """
    from mlsd_cards.store import archive, ledger, roster
    from mlsd_cards.term.progress import watched
    from mlsd_cards.term.report import Report

    app = options.open_app(home, decks)
    cards, events = roster.size(app.catalogue), ledger.size(app.store) * progress
    made = archive.document(app.catalogue, app.roots(), progress=progress)
    pieces = watched(made, "Writing", 2 * (cards + events))
    file = output or ("mlsd-cards.json" if sys.stdout.isatty() else PIPE)
    if file == PIPE:
        sys.stdout.buffer.writelines(pieces)
        return
    _write(app, file, pieces, force, private=progress)
    more = options.plural(events, "event") if progress else "nothing of your progress"
    Report().say(f"{file}: {options.plural(cards, 'card')}, {more}")
