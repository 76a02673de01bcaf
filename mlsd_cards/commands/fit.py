"""FSRS's parameters fitted to one's own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import options
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.study.fitting import Check, Past

SEED = 6
"""The same answers give the same interval."""

MISSING = (
    "fitting needs fsrs-rs-python, which is not installed",
    "pipx inject mlsd-cards fsrs-rs-python, or pip install 'mlsd-cards[fit]'.",
)


@click.command(epilog="Example: mlsd-cards fit --dry-run")
@click.option("--dry-run", is_flag=True, help="Only say how they would do.")
@options.as_json
@options.home
def command(dry_run: bool, as_json: bool, home: str | None) -> None:
    """Fit FSRS's parameters to your own answers, and take them if they predict better.

    They are fitted to the earlier answers and must then predict the latest fifth, which they have
    not seen, better than the default parameters do, beyond chance. Only then are they fitted to all
    answers and set, as `config set fsrs_parameters` would; nothing else changes.
    """
    app = options.open_app(home)
    told = pasts(app)
    checked = held_out(told)
    parameters = adopted(app, told, dry_run=dry_run) if checked.wins else None
    if as_json:
        options.print_json(record(told, checked, parameters, dry_run=dry_run))
        return
    for text in words(told, checked):
        options.say(text)
    options.say(outcome(app, checked, parameters, dry_run=dry_run))


def pasts(app: App) -> list[Past]:
    """All pasts; ``UserError`` if they are too short."""
    from mlsd_cards.store.ledger import each_event
    from mlsd_cards.study.fitting import ENOUGH, count
    from mlsd_cards.study.fitting import pasts as told

    found = list(told(each_event(app.store)))
    if (number := count(found)) < ENOUGH:
        raise UserError(
            f"your log has {number:,} of the {ENOUGH} answers that a fit takes",
            "Answers count that were given on a later day than the card's last one. "
            "Until then the default parameters are the better guess.",
        )
    return found


def held_out(told: list[Past]) -> Check:
    """How a fit does on the latest answers; ``UserError`` if none can be made."""
    from random import Random

    from mlsd_cards.study.fitting import check

    try:
        return check(told, Random(SEED))  # noqa: S311 - no secret
    except ImportError as error:
        raise UserError(*MISSING) from error
    except ValueError as error:
        raise UserError("nothing could be fitted to your answers", "Nothing changed.") from error


def adopted(app: App, told: list[Past], *, dry_run: bool) -> tuple[float, ...]:
    """The parameters fitted to all answers, set unless it is a dry run."""
    from mlsd_cards.store.log import CONFIGURED
    from mlsd_cards.study.fitting import fit

    parameters = fit(told)
    if not dry_run and parameters != app.store.settings.fsrs_parameters:
        payload = {"fsrs_parameters": parameters}
        app.store.append(CONFIGURED, "", app.moment(), payload=payload)
    return parameters


def record(
    told: list[Past], checked: Check, parameters: tuple[float, ...] | None, *, dry_run: bool
) -> dict[str, Any]:
    """What came of it, as docs/json.md has it."""
    from mlsd_cards.schedule.day import iso

    return {
        "cards": len({past.card for past in told}),
        "reviews": checked.trained + checked.held_out,
        "trained": checked.trained,
        "held_out": checked.held_out,
        "from": iso(checked.first),
        "log_loss": {name: getattr(checked, name) for name in ("constant", "default", "fitted")},
        "gain": checked.default - checked.fitted,
        "gain_interval": [checked.low, checked.high],
        "wins": checked.wins,
        "adopted": checked.wins and not dry_run,
        "parameters": parameters and list(parameters),
    }


def words(told: list[Past], checked: Check) -> list[str]:
    """The check in words."""
    from mlsd_cards.schedule.day import iso

    cards = len({past.card for past in told})
    return [
        f"Fitted to {checked.trained:,} answers to {cards:,} cards, tried on the "
        f"{checked.held_out:,} from {iso(checked.first)} on.",
        f"Log loss there (lower is better): fitted {checked.fitted:.4f}, default "
        f"{checked.default:.4f}, always the same chance {checked.constant:.4f}.",
        f"The fit gains {checked.default - checked.fitted:+.4f}, in 19 of 20 drawings of the cards "
        f"between {checked.low:+.4f} and {checked.high:+.4f}.",
    ]


def outcome(
    app: App, checked: Check, parameters: tuple[float, ...] | None, *, dry_run: bool
) -> str:
    """What follows from it."""
    if parameters is None:
        return "That is no better than the default beyond chance: nothing changed."
    if dry_run:
        return f"A dry run: nothing changed. Parameters: {', '.join(map(str, parameters))}"
    told = "Fitted to all answers and set; back: mlsd-cards config unset fsrs_parameters"
    if app.store.settings.scheduler == "sm2":
        told += "\nSM-2 schedules still; they count after: mlsd-cards config set scheduler fsrs"
    return told
