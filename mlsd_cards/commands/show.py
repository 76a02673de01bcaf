"""A whole card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options, records
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Found
    from mlsd_cards.term.report import Report


@click.command(epilog="Example: mlsd-cards show ece-three-bins")
@click.argument(
    "cards", nargs=-1, required=True, metavar="CARD...", shell_complete=options.complete("id")
)
@options.as_json
@options.decks
@options.home
def command(
    cards: tuple[str, ...], as_json: bool, decks: tuple[str, ...], home: str | None
) -> None:
    """Show whole cards, with their answers: what their files say, and where they stand.

    CARD is the id of a card, or of a note for all its cards.
    """
    from mlsd_cards.term.report import Report

    app = options.open_app(home, decks)
    ids = dict.fromkeys(one for card in cards for one in present(app, card))
    found = [one for card in ids if (one := app.catalogue.find(card))]
    if as_json:
        options.print_json([record(app, one) for one in found])
        return
    report = Report()
    for number, one in enumerate(found):
        if number:
            report.gap()
        show(app, one, report)


def present(app: App, name: str) -> list[str]:
    """The ids of the cards that ``name`` means; one that left the decks is said to be kept."""
    from mlsd_cards.store import roster

    retired = not app.catalogue.find(name) and app.store.folded(name).head
    if retired and not roster.cards_of(app.catalogue, name):
        raise UserError(
            f"{name} is in no deck any more",
            f"Its answers are kept (mlsd-cards why {name}) and count again once it is back.",
        )
    return names.cards_of(app.catalogue, name)


def show(app: App, found: Found, report: Report) -> None:
    """Print a card under its headings."""
    from mlsd_cards.term.sheet import sections

    card, flat = found.card, report.glyphs.flat
    report.say(card.id, style="bold")
    chevron = f" {report.glyphs.chevron} "
    place = chevron.join(part for part in (*found.deck.split("::"), card.topic) if part)
    seconds = card.expected_s
    time = f"{seconds} s" if seconds < 120 else f"{seconds / 60:g} min"
    report.say(f"{place}, {card.kind}, difficulty {card.difficulty} of 3, {time}")
    for section in sections(card, report.glyphs):
        report.gap()
        report.say(flat(section.title), style="bold")
        for item in section.items:
            if item.drawn:
                report.draw(item.text, "  ")
            else:
                write = report.say if item.typed else report.quote
                write(item.text, f"  {item.lead}", item.style)
    report.gap()
    for name, text in facts(app, found):
        report.say(text, f"{name:<10}")


def facts(app: App, found: Found) -> list[tuple[str, str]]:
    """What belongs to a card beside its text, by name; sources a line each."""
    from mlsd_cards.store.library import shown

    card = found.card
    told = [("source", sources(app, key)[1]) for key in card.sources]
    told += [("as of", card.as_of)] if card.as_of else []
    told += [("tags", ", ".join(found.tags))] if found.tags else []
    told += [("requires", ", ".join(card.requires))] if card.requires else []
    told += [("file", f"{shown(found.path)}:{found.line}")]
    return [*told, ("state", standing(app, found))]


def sources(app: App, key: str) -> list[Any]:
    """The short and the long form of a source; of one that is in no list, its key."""
    return app.catalogue.source(key) or [key, key]


def standing(app: App, found: Found) -> str:
    """Where the card stands, in a sentence."""
    if not found.card.daily:
        return "part of timed interviews, never of a review"
    folded = app.store.folded(found.card.id)
    buried = folded.buried is not None and folded.buried >= app.moment().day
    return records.standing(folded) + (", buried until tomorrow" if buried else "")


def record(app: App, found: Found) -> dict[str, Any]:
    """The card as docs/json.md describes it."""
    from dataclasses import fields

    from mlsd_cards.cards.card import Card, plain

    card, folded = found.card, app.store.folded(found.card.id)
    shared = {field.name for field in fields(Card)}
    own = {field.name for field in fields(card)} - shared
    return {
        "card": card.id,
        "note": card.note,
        "kind": card.kind,
        "deck": found.deck,
        "topic": card.topic,
        "difficulty": card.difficulty,
        "expected_s": card.expected_s,
        "prompt": card.prompt,
        "fields": {name: plain(getattr(card, name)) for name in sorted(own)},
        "explanation": card.explanation,
        "sources": [
            dict(zip(("key", "short", "long"), (key, *sources(app, key)), strict=True))
            for key in card.sources
        ],
        "as_of": card.as_of,
        "tags": list(found.tags),
        "requires": list(card.requires),
        "file": found.path,
        "line": found.line,
        "head": folded.head,
        "suspended": folded.suspended,
        "marked": folded.marked,
        "standing": standing(app, found),
        **records.of_state(folded.state),
    }
