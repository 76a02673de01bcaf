"""What is wrong with cards, noted for their authors."""

from __future__ import annotations

from typing import Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options
from mlsd_cards.errors import UserError


@click.command(epilog='Example: mlsd-cards flag ece-three-bins --note "Bin C has 61 % positive."')
@click.argument("card", required=False, shell_complete=options.complete("id"))
@click.option("--note", metavar="TEXT", help="What is wrong.")
@click.option("--clear", is_flag=True, help="Take the flags of CARD away.")
@click.option("--list", "listing", is_flag=True, help="List the flags: what to send to an author.")
@options.as_json
@options.decks
@options.home
def command(
    card: str | None,
    note: str | None,
    clear: bool,
    listing: bool,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Flag a card as wrong, with a note.

    The note stays on this machine; `--list` prints all of them with the places of their cards.
    """
    if (card is None) != listing:
        raise click.UsageError("Name a CARD, or give --list.")
    if as_json and not listing:
        raise click.UsageError("--json goes with --list.")
    if note is not None and (clear or listing):
        raise click.UsageError("--note goes with a CARD that is to be flagged.")
    app = options.open_app(home, decks)
    if card is None:
        _list(app, as_json)
    elif clear:
        _clear(app, card)
    else:
        _flag(app, names.card_of(app.catalogue, card), note or "")


def _flag(app: App, card: str, note: str) -> None:
    from mlsd_cards.store import log

    app.store.append(log.FLAGGED, card, app.moment(), payload=log.remark(note))
    options.say(f"{card}: flagged")


def _clear(app: App, card: str) -> None:
    from mlsd_cards.store import ledger, log

    flagged = ledger.flags(app.store)
    name = card if card in flagged else names.card_of(app.catalogue, card)
    if name not in flagged:
        raise UserError(f"{name} is not flagged", names.nearest(card, set(flagged)))
    app.store.append(log.UNFLAGGED, name, app.moment())
    options.say(f"{name}: no longer flagged")


def _list(app: App, as_json: bool) -> None:
    records = _records(app)
    if as_json:
        options.print_json(records)
        return
    for one in records:
        place = f"{one['file']}:{one['line']}" if one["file"] else "in no deck"
        options.say("  ".join(filter(None, (one["card"], place, one["day"], one["note"]))))
    if not records:
        options.say("No card is flagged.")


def _records(app: App) -> list[dict[str, Any]]:
    """Every flag as docs/json.md describes it, the oldest first."""
    from mlsd_cards.schedule.day import iso
    from mlsd_cards.store import ledger, log
    from mlsd_cards.store.library import shown

    events = sorted(
        (one for flags in ledger.flags(app.store).values() for one in flags), key=log.order
    )
    records = []
    for event in events:
        found = app.catalogue.find(event.card)
        records.append(
            {
                "card": event.card,
                "deck": found.deck if found else None,
                "file": shown(found.path) if found else None,
                "line": found.line if found else None,
                "day": iso(event.day),
                "note": log.note(event),
                "event": event.uid,
            }
        )
    return records
