"""The events, their order, and the fold from a card's events to where it stands. Pure.

The log is the truth and everything else is computed from it. Events are ordered by (logical time,
device, uid), so any order of arrival gives the same state. An ``undone`` event takes its target
out of the fold, whichever of the two arrives first; it cannot itself be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.schedule.day import ROLLOVER
from mlsd_cards.schedule.sm2 import SM2, Options
from mlsd_cards.schedule.state import (
    GRADE_OF_BUTTON,
    NEW,
    PASS,
    RETENTION,
    Scheduler,
    State,
    called_back,
)

if TYPE_CHECKING:
    from mlsd_cards.store.plan import Plan

REVIEWED, UNDONE, SUSPENDED, RESUMED = "reviewed", "undone", "suspended", "resumed"
BURIED, MARKED, UNMARKED, RESET, CONFIGURED = "buried", "marked", "unmarked", "reset", "configured"
IDENTIFIED = "identified"
"""The card goes on under the text whose digest the payload holds; nothing to the fold."""

FLAGGED, UNFLAGGED = "flagged", "unflagged"
"""The card is wrong, as the note in the payload says; nothing to the fold but its head."""

PLACED = "placed"
"""The card was known before it was ever studied: it starts ``grade`` days ahead, on scale DAYS."""

CALLED = "called"
"""The person wants the card today, since an interview has shown that it is missing."""

BEGUN, NOTED, ENDED = "begun", "noted", "ended"
"""A quiz or an interview, a *sitting*: its paper, what was given meanwhile, what came of it. The
event's card is the sitting's name, which no card can have; nothing to any fold."""

EXPORTED = "exported"
"""Which content of which notes went out, and the time that Anki tells it by; nothing to any fold.
The event's card is a name that no card can have."""

IMPORTED = "imported"
"""Answers came from another program; the event's card is the import's name, as of a sitting."""

UNDOABLE = (
    *(REVIEWED, SUSPENDED, RESUMED, BURIED, MARKED, UNMARKED, RESET, FLAGGED, UNFLAGGED),
    CALLED,
)
"""What a person does to a card, and may take back; answers of a quiz are handed in as a whole and
stay."""

SILENT = (UNDONE, IDENTIFIED, BEGUN, NOTED, ENDED, IMPORTED, EXPORTED)
"""What is no step of a card's fold, nor of its head."""

REVIEW, PRACTICE = "review", "practice"
QUIZ, COUNTED = "quiz", "quiz:counted"
"""An answer of a quiz calls the card back if it is wrong and changes nothing if it is right, unless
the person wanted it to count as a review."""

BUTTONS, DAYS = "1-4", "days"
"""The scale of the four buttons (the other, ``0-5``, is SM-2's own), and that of a placement."""


class Event(NamedTuple):
    """One thing that happened, in the order of the columns that hold it.

    ``time`` is logical (ms), ``at`` the clock's UTC (ms), ``offset`` the minutes of local time
    ahead of UTC, ``day`` the study day then, ``took`` how long the answer took (ms).
    ``grade`` is raw, on ``scale``. ``payload`` is JSON.
    """

    card: str
    time: int
    device: str
    uid: str
    kind: str
    at: int
    offset: int
    day: int
    grade: int | None = None
    scale: str | None = None
    took: int | None = None
    source: str | None = None
    payload: str | None = None


class Fact(NamedTuple):
    """What of an event the fold looks at: a row of few columns is read in half the time."""

    card: str
    uid: str
    kind: str
    day: int
    grade: int | None
    scale: str | None
    source: str | None


class Folded(NamedTuple):
    """Where a card stands after its events; a cache of this is the ``state`` table.

    ``buried`` is the last study day on which the card stays away. ``showings`` counts the answers,
    practice and drill included, and so numbers the repetition to be shown next. ``head`` is the
    digest of the effective events: the exclusive or of their uids. These are random, so equal
    heads mean the same events, and taking one back gives the head from before.
    """

    state: State = NEW
    suspended: bool = False
    buried: int | None = None
    marked: bool = False
    showings: int = 0
    head: str = ""

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Folded:
        """From a row of ``state``, without its card, as ``row`` gave it."""
        memory = None if row[8] is None else (row[8], row[9])
        state = State._make((*row[:7], bool(row[7]), memory))
        return cls(state, bool(row[10]), row[11], bool(row[12]), row[13], row[14])

    def row(self) -> tuple[Any, ...]:
        """The fields and those of the state in one row."""
        *columns, memory = self.state
        return *columns, *(memory or (None, None)), *self[1:]


FRESH = Folded()


SCHEDULERS = (SM2.name, "fsrs")


class Settings(NamedTuple):
    """The settings that change a fold, and the plan toward an interview. They are events too, so
    that a second machine agrees."""

    scheduler: str = SM2.name
    rollover: int = ROLLOVER
    sm2: Options = Options()
    desired_retention: float = RETENTION
    fsrs_parameters: tuple[float, ...] = ()
    """None stands for the default."""
    plan: Plan | None = None


def order(event: Event) -> tuple[int, str, str]:
    """The key by which events are sorted."""
    return event.time, event.device, event.uid


def quality(grade: int, scale: str) -> int:
    """A raw grade as SM-2's 0..5."""
    return GRADE_OF_BUTTON[grade] if scale == BUTTONS else grade


def target(event: Event) -> str:
    """The uid of the event that an ``undone`` event takes back."""
    return str(payload(event).get("event", ""))


def payload(event: Event) -> dict[str, Any]:
    """What the event carries beside its columns."""
    if not event.payload:
        return {}
    from json import loads

    value = loads(event.payload)
    return value if isinstance(value, dict) else {}


def packed(values: dict[str, Any]) -> str:
    """The payload of a new event."""
    from json import dumps

    return dumps(values, sort_keys=True)


def remark(text: str) -> dict[str, str]:
    """The payload of a flag: the note in one line."""
    return {"note": " ".join(text.encode("utf-8", "replace").decode().split())}


def note(event: Event) -> str:
    """What a flag says; empty where it says nothing."""
    return str(payload(event).get("note") or "")


def flags(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The flags that still stand after these events, which count, by card and in order."""
    standing: dict[str, list[Event]] = {}
    for event in sorted(events, key=order):
        if event.kind == FLAGGED:
            standing.setdefault(event.card, []).append(event)
        elif event.kind == UNFLAGGED:
            standing.pop(event.card, None)
    return standing


def effective(events: Iterable[Event]) -> list[Event]:
    """The events that count, in order: without the undone ones, and what changes no card."""
    ordered = sorted(events, key=order)
    undone = {target(event) for event in ordered if event.kind == UNDONE}
    return [event for event in ordered if event.kind not in SILENT and event.uid not in undone]


def fact(event: Event) -> Fact:
    """What the fold looks at."""
    return Fact(
        event.card, event.uid, event.kind, event.day, event.grade, event.scale, event.source
    )


def fold(events: Iterable[Event], scheduler: Scheduler, start: Folded = FRESH) -> Folded:
    """Where a card stands after ``events``, which are effective, in order and all its own."""
    return fold_facts(map(fact, events), scheduler, start)


def fold_facts(facts: Iterable[Fact], scheduler: Scheduler, start: Folded = FRESH) -> Folded:
    """``fold`` over facts; plain tuples of their fields do as well."""
    state, suspended, buried, marked, showings, head = start
    digest = int(head or "0", 16)
    review = scheduler.review
    for _, uid, kind, day, grade, scale, source in facts:
        digest ^= int(uid, 16)
        if kind == REVIEWED:
            showings += 1
            if source == QUIZ:
                failed = quality(grade or 0, scale or "") < PASS
                state = called_back(state, day, scheduler) if failed else state
            elif source != PRACTICE:
                # quality(), but a call for each of a million events is a tenth of the fold
                if scale == BUTTONS:
                    state = review(state, GRADE_OF_BUTTON[grade or 1], day)
                else:
                    state = review(state, grade or 0, day)
        elif kind == SUSPENDED:
            suspended = True
        elif kind == RESUMED:
            suspended, buried = False, None
        elif kind == BURIED:
            buried = day
        elif kind in (MARKED, UNMARKED):
            marked = kind == MARKED
        elif kind == CALLED:
            state = called_back(state, day, scheduler)
        elif kind == RESET or (kind == PLACED and state.last is None):
            state = scheduler.place(grade or 0, day) if kind == PLACED else NEW
    return Folded(state, suspended, buried, marked, showings, f"{digest:x}" if digest else "")


def settings(events: Iterable[Event]) -> Settings:
    """The settings after the ``configured`` events; the last word on each wins.

    A setting that this version does not know is passed over: a newer machine may have written it.
    """
    values: dict[str, Any] = {}
    for event in effective(events):
        if event.kind == CONFIGURED:
            given = payload(event).items()
            values.update((name, value) for name, value in given if _is_understood(name, value))
    options = Options()
    known = {name: values[name] for name in options._fields if name in values}
    return Settings(
        values.get("scheduler", SM2.name),
        values.get("rollover", ROLLOVER),
        options._replace(**known),
        values.get("desired_retention", RETENTION),
        tuple(values.get("fsrs_parameters", ())),
        _plan(values.get("plan")),
    )


def _is_understood(name: str, value: Any) -> bool:
    """Whether a setting says something to this version. Those of FSRS may have been let in by one
    that did not know them."""
    if name == "scheduler":
        return value in SCHEDULERS
    if name not in {"desired_retention", "fsrs_parameters"}:
        return True
    from mlsd_cards.schedule.parameters import are_parameters, is_retention

    return is_retention(value) if name == "desired_retention" else are_parameters(value)


def _plan(value: Any) -> Plan | None:
    if value is None:
        return None
    from mlsd_cards.store.plan import of_record

    return of_record(value)


def scheduler_of(values: Settings) -> Scheduler:
    """The scheduler that the settings name."""
    if values.scheduler == SM2.name:
        return SM2(values.sm2)
    from mlsd_cards.schedule.fsrs import FSRS
    from mlsd_cards.schedule.parameters import DEFAULT

    return FSRS(values.fsrs_parameters or DEFAULT, values.desired_retention)
