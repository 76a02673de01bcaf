"""A card's past, told: every event with the rule that it met and the schedule that followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mlsd_cards.schedule.day import iso
from mlsd_cards.schedule.state import NEW, PASS, Button, Scheduler, State, rule_of_call
from mlsd_cards.store import log
from mlsd_cards.store.log import Event


class Step(NamedTuple):
    """One event of a card, why it did what it did, and the state after it."""

    event: Event
    undone: bool
    rule: str
    state: State


RULES = {
    log.SUSPENDED: "put away until resumed",
    log.RESUMED: "back in the reviews",
    log.BURIED: "put away until the next day",
    log.MARKED: "marked",
    log.UNMARKED: "no longer marked",
    log.FLAGGED: "flagged as wrong",
    log.UNFLAGGED: "no longer flagged",
    log.RESET: "schedule forgotten: a new card again",
    log.IDENTIFIED: "its text was edited; the answers stay with it",
}


def steps(events: Iterable[Event], scheduler: Scheduler) -> list[Step]:
    """The events of one card in order, the undone ones shown but not counted."""
    events = sorted(events, key=log.order)
    counted = {event.uid for event in log.effective(events)}
    state, told = NEW, []
    for event in events:
        if event.kind == log.UNDONE:
            continue
        undone = event.uid not in counted and event.kind not in log.SILENT
        rule = "taken back" if undone else _rule(event, state, scheduler)
        if not undone:
            state = log.fold([event], scheduler, log.Folded(state)).state
        told.append(Step(event, undone, rule, state))
    return told


def _rule(event: Event, state: State, scheduler: Scheduler) -> str:
    if event.kind == log.PLACED:
        return _placed(event, state)
    if event.kind == log.CALLED:
        return f"called back after an interview, {rule_of_call(state, event.day)}"
    if event.kind != log.REVIEWED:
        note = log.note(event) if event.kind == log.FLAGGED else ""
        return RULES.get(event.kind, event.kind) + (f": {note}" if note else "")
    if event.source == log.PRACTICE:
        return "practice: schedule unchanged"
    grade = log.quality(event.grade or 0, event.scale or "")
    if event.source == log.QUIZ and grade >= PASS:
        return "right in a quiz: schedule unchanged"
    if event.source == log.QUIZ:
        return f"wrong in a quiz, {rule_of_call(state, event.day)}"
    rule = scheduler.rule(state, grade, event.day)
    return f"a quiz that counts, {rule}" if event.source == log.COUNTED else rule


def _placed(event: Event, state: State) -> str:
    if state.last is not None:
        return "known in a placement quiz, but studied before: schedule unchanged"
    what = "topic known" if log.payload(event).get("by") == "topic" else "known"
    return f"{what} before it was studied: starts {event.grade} d ahead; `reset` makes it new"


def grade_name(event: Event) -> str:
    """The grade as it was given: ``Good`` on the four buttons, ``4`` on SM-2's scale."""
    if event.grade is None or event.kind != log.REVIEWED:
        return event.kind
    return Button(event.grade).label if event.scale == log.BUTTONS else str(event.grade)


def ef(state: State) -> str:
    """The ease factor as it is written: ``2.50``."""
    return f"{state.ef // 100}.{state.ef % 100:02d}"


def strength(state: State) -> str:
    """What the scheduler keeps of a card beside its interval: ``EF 2.50``, or ``S 10.97  D 2.11``
    where FSRS schedules it."""
    if state.memory is None:
        return f"EF {ef(state)}"
    return "S {:.2f}  D {:.2f}".format(*state.memory)


def line(step: Step) -> str:
    """A step as one line: date, grade, EF or memory, interval, due date, and the rule."""
    head = f"{iso(step.event.day)}  {grade_name(step.event):<9}"
    if step.undone or step.event.kind not in {log.REVIEWED, log.PLACED, log.CALLED}:
        return f"{head} {step.rule}"
    state = step.state
    if state.last is None:
        return f"{head} {step.rule}"
    return f"{head} {strength(state)}  {state.interval:>3} d  due {iso(state.due)}  {step.rule}"
