"""FSRS's parameters fitted to one's own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.evaluation.fitting import Check, Parameters
    from mlsd_cards.evaluation.past import Trial

SEED = 6
"""The same answers give the same interval."""


@click.command(epilog="Example: mlsd-cards fit --dry-run")
@click.option("--dry-run", is_flag=True, help="Only say how they would do.")
@options.as_json
@options.home
def command(dry_run: bool, as_json: bool, home: str | None) -> None:
    """Fit FSRS's parameters to your own answers, and take them if they predict better.

    They are fitted to the earlier answers and must then predict the latest fifth, which they have
    not seen, better than the parameters in use do, your own or the default, beyond chance. Only
    then are they fitted to all answers and set, as `config set fsrs_parameters` would; nothing else
    changes.
    """
    app = options.open_app(home)
    cards, found = reviews(app)
    own = app.store.settings.fsrs_parameters
    checked = held_out(found, own)
    parameters = adopted(app, found, dry_run=dry_run) if checked.wins else None
    if as_json:
        options.print_json(record(cards, checked, parameters, dry_run=dry_run))
        return
    for text in words(cards, checked, is_own=bool(own)):
        options.say(text)
    options.say(outcome(app, parameters, is_own=bool(own), dry_run=dry_run))


def reviews(app: App) -> tuple[int, list[Trial]]:
    """How many cards were answered, and the answers that count; ``UserError`` if too few do."""
    from mlsd_cards.evaluation.fitting import ENOUGH
    from mlsd_cards.evaluation.past import of_events, trials
    from mlsd_cards.store.ledger import each_event

    past = of_events(each_event(app.store))
    found, _ = trials(past)
    if len(found) < ENOUGH:
        raise UserError(
            f"your log has {len(found):,} of the {ENOUGH} answers that a fit takes",
            "Answers count that were given on a later day than the card's last one. "
            "Until then the default parameters are the better guess.",
        )
    return past.cards, found


def held_out(found: list[Trial], own: Parameters) -> Check:
    """How a fit does on the latest answers beside one's ``own`` parameters, or the default;
    ``UserError`` if none can be made."""
    from random import Random

    from mlsd_cards.evaluation.fitting import check
    from mlsd_cards.evaluation.memory import INSTALL
    from mlsd_cards.schedule.parameters import DEFAULT

    try:
        return check(found, Random(SEED), used=own or DEFAULT)  # noqa: S311 - no secret
    except ImportError as error:
        raise UserError(
            "fitting needs fsrs-rs-python, which is not installed",
            f"{INSTALL}, or pip install fsrs-rs-python where it runs.",
        ) from error
    except ValueError as error:
        raise UserError("nothing could be fitted to your answers", "Nothing changed.") from error


def adopted(app: App, found: list[Trial], *, dry_run: bool) -> Parameters:
    """The parameters fitted to all answers, set unless it is a dry run."""
    from mlsd_cards.evaluation.fitting import fit
    from mlsd_cards.store.log import CONFIGURED

    parameters = fit(found)
    if not dry_run:
        payload = {"fsrs_parameters": parameters}
        app.store.append(CONFIGURED, "", app.moment(), payload=payload)
    return parameters


def record(
    cards: int, checked: Check, parameters: Parameters | None, *, dry_run: bool
) -> dict[str, Any]:
    """What came of it, as docs/json.md has it."""
    from mlsd_cards.schedule.day import iso

    return {
        "cards": cards,
        "reviews": checked.trained + checked.held_out,
        "trained": checked.trained,
        "held_out": checked.held_out,
        "from": iso(checked.first),
        "log_loss": {
            "constant": checked.constant,
            "default": checked.default,
            "in_use": checked.used,
            "fitted": checked.fitted,
        },
        "gain": checked.used - checked.fitted,
        "gain_interval": [checked.low, checked.high],
        "wins": checked.wins,
        "adopted": checked.wins and not dry_run,
        "parameters": parameters and list(parameters),
    }


def words(cards: int, checked: Check, *, is_own: bool) -> list[str]:
    """The check in words."""
    from mlsd_cards.schedule.day import iso

    beside = f"default (in use) {checked.default:.4f}"
    if is_own:
        beside = f"in use {checked.used:.4f}, default {checked.default:.4f}"
    return [
        f"Fitted to {checked.trained:,} answers to {cards:,} cards, tried on the "
        f"{checked.held_out:,} from {iso(checked.first)} on.",
        f"Log loss there (lower is better): fitted {checked.fitted:.4f}, "
        f"{beside}, always the same chance {checked.constant:.4f}.",
        f"The fit gains {checked.used - checked.fitted:+.4f} over what is in use, in 19 of 20 "
        f"drawings of the cards between {checked.low:+.4f} and {checked.high:+.4f}.",
    ]


def outcome(app: App, parameters: Parameters | None, *, is_own: bool, dry_run: bool) -> str:
    """What follows from it."""
    if parameters is None:
        beaten = "those in use" if is_own else "the default"
        return f"That is no better than {beaten} beyond chance: nothing changed."
    if dry_run:
        return f"A dry run: nothing changed. Parameters: {', '.join(map(str, parameters))}"
    told = "Fitted to all answers and set; back: mlsd-cards config unset fsrs_parameters"
    if app.store.settings.scheduler == "sm2":
        told += "\nSM-2 schedules still; they count after: mlsd-cards config set scheduler fsrs"
    return told
