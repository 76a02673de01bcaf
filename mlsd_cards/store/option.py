"""Everything that can be set: what it means, what it may be, its default, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from mlsd_cards.schedule.parameters import RANGES, RETENTIONS, are_parameters, is_retention
from mlsd_cards.store.log import SCHEDULERS, Settings
from mlsd_cards.store.preferences import NAME, Preferences

LOG = "log"


class Form(NamedTuple):
    """What a value may be, in words that follow "must be", and how it is read from a text.

    ``kind`` is its type in TOML. ``read`` raises ValueError or KeyError on what it cannot be;
    ``write`` gives back what ``read`` takes.
    """

    words: str
    kind: type
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


class Option(NamedTuple):
    """One thing that can be set. ``kept`` is ``config.toml`` or ``log``."""

    form: Form
    default: Any
    kept: str
    meaning: str


def whole(low: int, high: int) -> Form:
    """A whole number from ``low`` to ``high``."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
            raise ValueError(text)
        return int(text)

    return Form(f"a whole number from {low} to {high}", int, read)


def one_of(*names: str) -> Form:
    """One of a few texts."""

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(text)
        return text

    return Form(" or ".join(names), str, read)


def _truth(text: str) -> bool:
    names = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    return names[text.lower()]


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    if len(minutes) != 2 or not (0 <= int(hours) < 24 and 0 <= int(minutes) < 60):
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


def _path(text: str) -> str:
    if not text.strip() or not text.isprintable():  # a line break could not be kept
        raise ValueError(text)
    return text


TRUTH = Form("true or false", bool, _truth, lambda value: "true" if value else "false")
TIME = Form("a time of day as HH:MM", str, _minutes, lambda m: f"{m // 60:02d}:{m % 60:02d}")


def _retention(text: str) -> float:
    if not is_retention(value := float(text)):
        raise ValueError(text)
    return value


def _parameters(text: str) -> tuple[float, ...]:
    value = () if text == _DEFAULT else tuple(map(float, text.split(",")))
    if text == "" or not are_parameters(value):
        raise ValueError(text)
    return value


_DEFAULT = "default"

RETENTION = Form(
    f"a number from {RETENTIONS[0]:.2f} to {RETENTIONS[1]:.2f}", float, _retention, repr
)
PARAMETERS = Form(
    f"{_DEFAULT}, or {len(RANGES)} numbers with commas between them, each in its range",
    str,
    _parameters,
    lambda value: ", ".join(map(repr, value)) or _DEFAULT,
)
COMMAND = Form("a command", str, str.strip)
FOLDER = Form("a folder", str, _path)
PATHS = Form("a list of paths", list, _path)
"""A list; ``read`` and ``write`` are for one item of it."""

_MINE, _ALL = Preferences(), Settings()

OPTIONS = {
    "new_a_day": Option(whole(0, 9999), _MINE.new_a_day, NAME, "New cards a day."),
    "reviews_a_day": Option(
        whole(0, 9999),
        _MINE.reviews_a_day,
        NAME,
        "Reviews a day; when more is overdue, nothing new is shown.",
    ),
    "grades": Option(
        one_of("1-4", "0-5"), _MINE.grades, NAME, "Grade with four buttons, or as SM-2 does."
    ),
    "plain": Option(
        TRUTH, _MINE.plain, NAME, "Review line by line, for screen readers, also on a terminal."
    ),
    "decks": Option(
        PATHS,
        _MINE.decks,
        NAME,
        "More decks, after the bundled ones and the home's: files or folders.",
    ),
    "editor": Option(
        COMMAND, _MINE.editor, NAME, "The editor to open files with; else $VISUAL or $EDITOR."
    ),
    "sync": Option(FOLDER, _MINE.sync, NAME, "The folder by which `sync` meets other machines."),
    "rollover": Option(TIME, _ALL.rollover, LOG, "When a study day begins."),
    "scheduler": Option(
        one_of(*SCHEDULERS), _ALL.scheduler, LOG, "What computes the schedules: SM-2 or FSRS-6."
    ),
    "desired_retention": Option(
        RETENTION,
        _ALL.desired_retention,
        LOG,
        "With FSRS, the chance to know a card at which it comes back.",
    ),
    "fsrs_parameters": Option(
        PARAMETERS, _ALL.fsrs_parameters, LOG, "FSRS's parameters w0 to w20; `fit` finds your own."
    ),
    "lapse_lowers_ef": Option(
        TRUTH,
        _ALL.sm2.lapse_lowers_ef,
        LOG,
        "With SM-2, a failed review lowers the ease factor too, as Wikipedia has it.",
    ),
    "lapse_is_first": Option(
        TRUTH,
        _ALL.sm2.lapse_is_first,
        LOG,
        "With SM-2, intervals 1, 6 after a lapse instead of 1, 1, 6.",
    ),
    "drill_below": Option(
        whole(3, 4),
        _ALL.sm2.drill_below,
        LOG,
        "With SM-2, what is graded below this, on its own scale, is repeated the same day.",
    ),
}
"""By name. Those of the file are preferences of one machine; those of the log change what a past
means, and are events so that all machines agree."""


def taken(option: Option, texts: tuple[str, ...]) -> Any:
    """The value that is written as ``texts``, one but for a list; ValueError if it is none."""
    try:
        if option.form.kind is list:
            return tuple(map(option.form.read, texts))
        (text,) = texts
        return option.form.read(text.strip())
    except KeyError as error:
        raise ValueError(*texts) from error


def given(option: Option, value: Any) -> Any:
    """The value that a TOML file gives; ValueError if it is of another kind or out of range."""
    if type(value) is not option.form.kind:
        raise ValueError(value)
    if not isinstance(value, list):
        return taken(option, (TRUTH.write(value) if isinstance(value, bool) else str(value),))
    if not all(isinstance(item, str) for item in value):
        raise ValueError(value)
    return taken(option, tuple(value))


def said(option: Option, value: Any) -> str:
    """The value as a person types it."""
    if option.form.kind is list:
        return ", ".join(map(option.form.write, value))
    return option.form.write(value)


def told(option: Option, value: Any) -> Any:
    """The value as JSON and TOML show it: times of day and parameters as text, the rest as it
    is."""
    if option.form.kind is list:
        return list(value)
    return value if isinstance(value, option.form.kind) else option.form.write(value)
