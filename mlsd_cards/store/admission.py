"""Events from a file that anybody may have written: which may stand in the log.

An event is there for good and every fold reads it, so what no fold could read is refused before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from json import loads
from typing import Any

from mlsd_cards.schedule.sm2 import INTERVAL_MAX
from mlsd_cards.schedule.state import GRADE_OF_BUTTON, GRADES
from mlsd_cards.store import log, plan
from mlsd_cards.store.log import Event
from mlsd_cards.store.option import LOG, OPTIONS

LAST_MS = 253_402_300_800_000
"""The year 10000."""

LAST_DAY = LAST_MS // 86_400_000 - 2 * INTERVAL_MAX

_CARD = re.compile(r"[a-z0-9-]{1,80}")

_GRADES = {
    log.BUTTONS: GRADE_OF_BUTTON.keys(),
    "0-5": GRADES,
    log.DAYS: range(INTERVAL_MAX + 1),
}


def _text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value and _is_text(value)


def _is_text(value: str) -> bool:
    try:
        return bool(value.encode()) or not value
    except UnicodeEncodeError:
        return False


def _within(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _uid(value: Any) -> bool:
    """Of zeros alone it would leave no trace in a card's head."""
    return isinstance(value, str) and re.fullmatch(r"(?=.*[^0])[0-9a-f]{1,40}", value) is not None


def _object(value: Any) -> bool:
    if not _text(value):
        return False
    try:
        made = loads(value, parse_constant=_refuse, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return False
    return isinstance(made, dict)


def _refuse(constant: str) -> None:
    """SQLite, which looks into payloads too, knows no NaN and no Infinity."""
    raise ValueError(constant)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object; of a name given twice SQLite takes the first value and Python the last."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(pairs)
    return made


NEEDED: dict[str, Callable[[Any], bool]] = {
    "card": _text,
    "time": _within(0, LAST_MS),
    "device": _text,
    "uid": _uid,
    "kind": _text,
    "at": _within(0, LAST_MS),
    "offset": _within(-1440, 1440),
    "day": _within(-1, LAST_DAY),
}
MORE: dict[str, Callable[[Any], bool]] = {
    "grade": _within(0, INTERVAL_MAX),
    "scale": _text,
    "took": _within(0, LAST_MS),
    "source": _text,
    "payload": _object,
}
"""What may be left out."""


def admitted(value: Any) -> Event:
    """The event that an object describes; ValueError with the name of what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("event")
    for name, fits in NEEDED.items():
        if not fits(value.get(name)):
            raise ValueError(name)
    for name, fits in MORE.items():
        if value.get(name) is not None and not fits(value[name]):
            raise ValueError(name)
    event = Event._make(value.get(name) for name in Event._fields)
    _check(event)
    return event


def _check(event: Event) -> None:
    scales = {log.REVIEWED: (log.BUTTONS, "0-5"), log.PLACED: (log.DAYS,)}
    if event.kind in scales:
        scale = event.scale if event.scale in scales[event.kind] else None
        if scale is None or event.grade not in _GRADES[scale]:
            raise ValueError("grade")
    if event.kind == log.UNDONE and not _uid(log.target(event)):
        raise ValueError("payload")
    if event.kind == log.IDENTIFIED:  # `check --fix` writes its card into a file
        if not _CARD.fullmatch(event.card):
            raise ValueError("card")
        if not _uid(log.payload(event).get("text")):
            raise ValueError("payload")
    if event.kind == log.CONFIGURED and not all(map(_is_setting, log.payload(event).items())):
        raise ValueError("payload")


def _is_setting(item: tuple[str, Any]) -> bool:
    """Whether a setting has a value that it may have; one that is not known is passed over."""
    name, value = item
    if name == plan.KEY:
        return plan.is_record(value)
    option = OPTIONS.get(name)
    if option is None or option.kept != LOG:
        return True
    if name == "scheduler":  # a newer machine may have one that is not known here
        return isinstance(value, str)
    value = tuple(value) if isinstance(value, list) else value
    try:
        same: bool = option.form.read(option.form.write(value)) == value
    except (ValueError, KeyError, TypeError):
        return False
    return same and type(value) is type(option.default)
