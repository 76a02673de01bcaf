"""Settings that change what a past means; they are kept in the log, so every machine agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.errors import UserError


def _flag(text: str) -> bool:
    return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}[text]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    if len(minutes) != 2 or not (0 <= int(hours) < 24 and 0 <= int(minutes) < 60):
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


def _grade(text: str) -> int:
    return {"3": 3, "4": 4}[text]


class Setting(NamedTuple):
    """How a setting is read from and written as text; ``read`` raises on what it cannot read."""

    read: Callable[[str], bool | int]
    write: Callable[[int], str]
    values: str
    help: str


def _yes(value: int) -> str:
    return "true" if value else "false"


SETTINGS = {
    "rollover": Setting(
        _minutes, lambda m: f"{m // 60:02d}:{m % 60:02d}", "HH:MM", "When a study day begins."
    ),
    "lapse_lowers_ef": Setting(
        _flag, _yes, "true or false", "A failed review lowers EF too, as Wikipedia has it."
    ),
    "lapse_is_first": Setting(
        _flag, _yes, "true or false", "Intervals 1, 6 after a lapse instead of 1, 1, 6."
    ),
    "drill_below": Setting(
        _grade, str, "3 or 4", "What is graded below this is repeated the same day."
    ),
}


@click.command(epilog="Example: mlsd-cards config rollover 05:00")
@click.argument("name", required=False)
@click.argument("value", required=False)
@options.as_json
@options.home
def command(name: str | None, value: str | None, as_json: bool, home: str | None) -> None:
    """Show all settings, the one called NAME, or set it to VALUE.

    A setting is an event like an answer: all schedules are computed anew with it, and setting it
    back gives the old ones back.
    """
    from mlsd_cards.store import log

    app = options.open_app(home)
    if name is not None and name not in SETTINGS:
        raise UserError(f"no setting is called {name!r}", options.nearest(name, set(SETTINGS)))
    if name is not None and value is not None:
        app.store.append(log.CONFIGURED, "", app.moment(), payload={name: _read(name, value)})
    values = current(app)
    chosen = {name: values[name]} if name is not None else values
    if as_json:
        options.print_json(chosen)
        return
    for key, text in chosen.items():
        options.say(f"{key:<16} {text:<6} {SETTINGS[key].help}")


def _read(name: str, text: str) -> bool | int:
    try:
        return SETTINGS[name].read(text.strip().lower())
    except (KeyError, ValueError) as error:
        raise UserError(f"{name} cannot be {text!r}", f"Give {SETTINGS[name].values}.") from error


def current(app: App) -> dict[str, str]:
    """Every setting and its value as text."""
    settings = app.store.settings
    values = {"rollover": settings.rollover, **settings.sm2._asdict()}
    return {name: setting.write(values[name]) for name, setting in SETTINGS.items()}
