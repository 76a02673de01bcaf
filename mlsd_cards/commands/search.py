"""Cards by the words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options, records
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter, Found
    from mlsd_cards.store.search import Hit, Result
    from mlsd_cards.term.report import Report


@click.command(epilog="Example: mlsd-cards search two-tower index --limit 5")
@click.argument("text", nargs=-1, required=True, metavar="TEXT...")
@options.wanted
@click.option(
    "--limit",
    type=Whole(1),
    default=20,
    show_default=True,
    metavar="N",
    help="At most so many cards.",
)
@options.as_json
@options.decks
@options.home
def command(
    text: tuple[str, ...],
    wanted: Filter,
    limit: int,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Search cards: prompts, answers, explanations, tags, sources and ids.

    Cards with all words come first, the best first; the last word may be a beginning, and typing
    errors are forgiven. Signs mean nothing. Exits with 1 if nothing is found.
    """
    app = options.open_app(home, decks)
    names.check_names(app.catalogue, wanted)
    query = " ".join(text)
    result = find(app, query, limit, wanted)
    if as_json:
        options.print_json(record(app, query, result))
    elif result.hits:
        show(app, result)
    if not result.hits:
        raise UserError(
            f"nothing found for {query!r}",
            _remedy(query, any(wanted)),
        )


def _remedy(query: str, narrowed: bool) -> str:
    count = len(query.split())
    fewer = (
        "Fewer words find more" if count > 1 else "Give a word" if not count else "Try another word"
    )
    if narrowed:
        return f"{fewer}, or search without --deck, --tag and --topic."
    return (
        f"{fewer}; the last one may be a beginning." if count > 1 else f"{fewer}, or its beginning."
    )


def find(app: App, query: str, limit: int, wanted: Filter) -> Result:
    """What the query finds among the cards that are wanted."""
    from mlsd_cards.store import roster
    from mlsd_cards.store.index import opened
    from mlsd_cards.store.search import search

    among = set(roster.ids(app.catalogue, wanted)) if any(wanted) else None
    with opened(app.home, app.catalogue) as index:
        return search(index, query, limit, among)


def show(app: App, result: Result) -> None:
    """Print the hits: two lines each for a person, a record each for a program."""
    from mlsd_cards.term.report import Report

    for note in notes(result):
        options.say(note, err=True)
    report = Report()
    for hit in result.hits:
        found = app.catalogue.find(hit.card)
        if found and report.is_terminal:
            describe(app, hit, found, report)
        elif found:
            line = hit.prompt.split("\n")[0]
            where = found.deck, found.card.topic, brief(app, found)
            report.record(hit.card, *where, hit.field, line)


def brief(app: App, found: Found) -> str:
    """Where the card stands, in a word or two."""
    if not found.card.daily:
        return "interview"
    return records.brief(app.store.folded(found.card.id), app.moment().day)


def notes(result: Result) -> list[str]:
    """What a person should know of how the query was answered."""
    told = []
    if result.corrected:
        told.append(f"Showing results for “{result.corrected}”.")
    if result.loose:
        told.append("No card has all of these words; these have some.")
    if len(result.hits) < result.total:
        more = f"--limit {result.total} shows all"
        told.append(f"The best {len(result.hits)} of {result.total}; {more}.")
    return told


def describe(app: App, hit: Hit, found: Found, report: Report) -> None:
    """Print a hit: its id, deck, topic and schedule; its prompt; and what matched, if elsewhere."""
    from mlsd_cards.term.excerpt import excerpt
    from mlsd_cards.term.line import Span

    glyphs, room = report.glyphs, report.room - 2
    place = f" {glyphs.chevron} ".join(filter(None, (*found.deck.split("::"), found.card.topic)))
    report.say(hit.card, style="bold")
    report.say(f"{place}, {brief(app, found)}", "  ", "dim")
    inside = hit.words if hit.field == "prompt" else frozenset[str]()
    report.line((Span("  "), *excerpt(hit.prompt, inside, room, glyphs)))
    if hit.field not in {"prompt", "id"}:
        lead = f"{hit.field}: "
        text = excerpt(hit.text, hit.words, room - len(lead), glyphs)
        report.line((Span("  "), Span(lead, "dim"), *text))


def record(app: App, query: str, result: Result) -> dict[str, Any]:
    """The result as docs/json.md describes it."""
    cards = []
    for hit in result.hits:
        found, folded = app.catalogue.find(hit.card), app.store.folded(hit.card)
        if found:
            cards.append(
                {
                    "card": hit.card,
                    "deck": found.deck,
                    "topic": found.card.topic,
                    "prompt": hit.prompt,
                    "field": hit.field,
                    "text": hit.text,
                    "words": sorted(hit.words),
                    "suspended": folded.suspended,
                    **records.of_state(folded.state),
                }
            )
    return {
        "query": query,
        "corrected": result.corrected,
        "loose": result.loose,
        "total": result.total,
        "cards": cards,
    }
