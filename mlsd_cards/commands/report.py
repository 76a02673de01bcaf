"""The page with the pictures."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlsd_cards.commands import destination, names, options
from mlsd_cards.commands.destination import PIPE
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.report.section import Section
    from mlsd_cards.store.catalogue import Filter

BEGINNING = 4096
"""Bytes in which a page of ours says that it is one."""


@click.command(epilog="Example: mlsd-cards report --open")
@destination.option(
    "The file, or - for the standard output; an older report is replaced.",
    "report.html",
    show_default=True,
)
@click.option("--open", "opens", is_flag=True, help="Show it in the browser.")
@click.option("--force", is_flag=True, help="Replace FILE also if it is no report.")
@options.wanted
@click.option("--days", type=Whole(1, 36_500), metavar="N", help="Only the last N days.")
@options.decks
@options.home
def command(
    output: str,
    opens: bool,
    force: bool,
    wanted: Filter,
    days: int | None,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Draw where you stand as a page for the browser, in one file.

    It has the figures of `stats` and more as pictures, asks nothing of the network, and only you
    can read the file. Each picture has its numbers beside it. docs/report.md says what is on it.
    """
    if opens and output == PIPE:
        raise click.UsageError("--open shows a file, and - is none.")
    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    if output != PIPE:
        check_place(output, app.home, force=force)
    made = drawn(app, wanted, days).encode()
    if output == PIPE:
        sys.stdout.buffer.write(made)
        return
    put(output, made)
    if opens:
        show(output)


def check_place(file: str, home: str, *, force: bool) -> None:
    """Refuse to replace what is no report of ours."""
    destination.check(file, home)
    if os.path.lexists(file) and not force and not is_report(Path(file)):
        raise UserError(
            f"{file} is there already, and no report", "Name another with -o, or give --force."
        )


def is_report(path: Path) -> bool:
    """Whether a file says that it is one of ours."""
    from mlsd_cards.report.page import GENERATOR

    if not path.exists():  # a link to nothing
        return False
    with path.open("rb") as stream:
        return GENERATOR.encode() in stream.read(BEGINNING)


def drawn(app: App, wanted: Filter, days: int | None) -> str:
    """The page."""
    from mlsd_cards.report.picture import check_installed

    check_installed()
    from mlsd_cards.report.figures import sections
    from mlsd_cards.report.page import is_empty, page
    from mlsd_cards.run.statistics import overview

    made = overview(app, wanted, days)
    parts = ahead(app, wanted, begun=made.practised.whole.answers > 0)
    if not is_empty(made):
        parts += sections(made)
    return page(made, wanted, parts)


def ahead(app: App, wanted: Filter, *, begun: bool) -> list[Section]:
    """The plan, unless only some cards are wanted or it is over, and what is known by topic; of
    nothing that was begun nothing is known."""
    from mlsd_cards.commands.plan import waited
    from mlsd_cards.report import ahead
    from mlsd_cards.run.planning import standing, wish
    from mlsd_cards.study.planning.prospect import length, prospect
    from mlsd_cards.study.planning.readiness import readiness

    saved = app.store.settings.plan
    if saved and saved.day > app.moment().day and not any(wanted):
        wished = wish(app, saved)
        if wished.cards:
            found = waited(prospect(wished), length(wished))
            ready = ahead.readiness(readiness(wished), found)
            return [ahead.plan(wished, found), ready]
    wished = standing(app, wanted)
    return [ahead.readiness(readiness(wished))] if begun and wished.cards else []


def put(file: str, made: bytes) -> None:
    """Write the page for the person alone, and say where it is."""
    from mlsd_cards.store import binder
    from mlsd_cards.term.report import Report

    binder.replace_file(file, made, binder.PRIVATE, keep=False)
    Report().say(f"{file}: {len(made) / 1024:.0f} kB, for you alone to read")


def show(file: str) -> None:
    """Open the file in the person's browser, if there is one."""
    import webbrowser

    address = Path(file).resolve().as_uri()
    if not webbrowser.open(address):
        options.say(f"No browser could be opened. The page is at {address}", err=True)
