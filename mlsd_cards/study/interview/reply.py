"""What the app tells an interview back: it has begun, something is on the disk, the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mlsd_cards.study.interview.attempt import FLAG, MUST, STRONG, Attempt
from mlsd_cards.study.interview.clock import alarms
from mlsd_cards.study.interview.interview import (
    OFFER,
    RESULT,
    RUBRIC,
    STEP,
    Interview,
    first_unmarked,
)
from mlsd_cards.study.interview.score import Result


def begun(interview: Interview, now: int) -> Interview:
    """The interview has begun, and the clock runs."""
    return replace(interview, phase=STEP, now=now, clock_kept=now, note="")


def offered(attempt: Attempt) -> Interview:
    """An attempt that was broken off."""
    return Interview(attempt, OFFER, told=frozenset(alarms(attempt)))


def kept(interview: Interview, what: Mapping[str, Any]) -> Interview:
    """What was to be noted is on the disk."""
    interview = replace(interview, attempt=interview.attempt.noted(what))
    if "line" in what or "text" in what:
        return replace(interview, text="", note="")
    if "step" in what:
        return replace(interview, note="")
    if what.get("scoring"):
        return replace(interview, phase=RUBRIC, note="", cursor=first_unmarked(interview), panel="")
    if {MUST, STRONG, FLAG} & what.keys():
        return _advanced(interview)
    return interview


def _advanced(interview: Interview) -> Interview:
    """The interview at the line behind the one that was marked."""
    last = len(interview.attempt.items) - 1
    if interview.cursor < last:
        return replace(interview, cursor=interview.cursor + 1, note="")
    return replace(interview, note="That was the last line: r shows the result.")


def said(interview: Interview, what: str) -> Interview:
    """Everything stays as it is, with a word on the line of status."""
    return replace(interview, note=what)


def finished(interview: Interview, result: Result, earlier: tuple[Result, ...]) -> Interview:
    """The result is on the disk."""
    return replace(interview, phase=RESULT, result=result, earlier=earlier, note="", scroll=0)


def called(interview: Interview, back: bool) -> Interview:
    """The cards were called back, or that was taken back."""
    count = len(interview.result.cards) if interview.result else 0
    cards = "1 card is" if count == 1 else f"{count} cards are"
    note = f"{cards} due today (u takes that back)" if back else "taken back: nothing was called"
    return replace(interview, called=back, note=note)
