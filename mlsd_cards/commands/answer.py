"""One answer, for scripts and editors."""

from __future__ import annotations

import click

from mlsd_cards.app import App
from mlsd_cards.commands import names, options, records
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment

NAMES = {"again": 1, "hard": 2, "good": 3, "easy": 4}


@click.command(epilog="Example: mlsd-cards answer roc-auc-pair-meaning good --json")
@click.argument("card", shell_complete=options.complete("id"))
@click.argument("grade")
@click.option(
    "--grades",
    "scale",
    type=click.Choice(["1-4", "0-5"]),
    default="1-4",
    show_default=True,
    help="The scale of GRADE.",
)
@click.option(
    "--at", metavar="ISO", help="When it was given, as 2026-11-21T09:30+01:00. [default: now]"
)
@click.option(
    "--head", metavar="DIGEST", help="Only if the card still stands where `due --json` showed it."
)
@click.option("--took", type=Whole(0, 86_400_000), metavar="MS", help="How long it took.")
@options.as_json
@options.decks
@options.home
def command(
    card: str,
    grade: str,
    scale: str,
    at: str | None,
    head: str | None,
    took: int | None,
    as_json: bool,
    decks: tuple[str, ...],
    home: str | None,
) -> None:
    """Record GRADE for CARD: 1 to 4, or again, hard, good, easy."""
    from mlsd_cards.schedule.day import iso
    from mlsd_cards.store import log

    app = options.open_app(home, decks)
    name = names.reviewed_card_of(app.catalogue, card)
    moment = moment_of(app, at)
    if at is not None:
        _refuse_earlier(app, name, moment)
    event, after = app.store.append(
        log.REVIEWED,
        name,
        moment,
        head=head,
        grade=grade_of(grade, scale),
        scale=scale,
        took=took,
        source=log.REVIEW,
    )
    state = after.state
    if as_json:
        options.print_json(
            {
                "card": name,
                "event": event.uid,
                "day": iso(event.day),
                "head": after.head,
                **records.of_state(state),
            }
        )
        return
    again = ", again today" if state.drill else ""
    options.say(f"{name}: due {iso(state.due)}, interval {state.interval} d{again}")


def _refuse_earlier(app: App, card: str, moment: Moment) -> None:
    """Refuse an answer from before one that the schedule has been built on already."""
    from mlsd_cards.store import log

    last = max((event.at for event in log.effective(app.store.events(card))), default=0)
    if moment.at < last:
        raise UserError(
            f"{card} has been answered after that time already",
            "Give answers in the order in which they were given.",
        )


def grade_of(text: str, scale: str) -> int:
    """The raw grade on the scale; ``UserError`` if it is none."""
    low, high = (1, 4) if scale == "1-4" else (0, 5)
    if scale == "1-4" and text.lower() in NAMES:
        return NAMES[text.lower()]
    if text.isdecimal() and low <= int(text) <= high:
        return int(text)
    names = ", or again, hard, good, easy" if scale == "1-4" else ""
    raise UserError(f"{text!r} is no grade", f"Give {low} to {high}{names}.")


def moment_of(app: App, text: str | None) -> Moment:
    """The moment that ``--at`` names: with an offset as given, without one in local time."""
    from datetime import datetime

    if text is None:
        return app.moment()
    try:
        given = datetime.fromisoformat(text)
        if ":" not in text:  # a date alone is midnight, which belongs to the study day before
            raise ValueError(text)
        zoned = given if given.tzinfo else given.astimezone()
        offset = zoned.utcoffset()
        at = round(zoned.timestamp() * 1000)
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(f"{text!r} is no time", "Write it as 2026-11-21T09:30+01:00.") from error
    from mlsd_cards.app import wall

    if at < 0 or at > wall() + 60_000:
        raise UserError(f"{text} is not in the past", "An answer is recorded after it was given.")
    return app.moment(at, round(offset.total_seconds() / 60) if offset is not None else 0)
