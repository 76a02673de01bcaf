"""What the clock of an interview shows, and what it announces."""

from __future__ import annotations

from mlsd_cards.study.interview.attempt import Attempt
from mlsd_cards.study.interview.timetable import MINUTE

LONG = 1.5
"""A step that took this part of its time is warned of."""

NEARLY_MS = 5 * MINUTE
"""The end is announced so long before."""


SCORE = "(esc s)"
"""The keys that end an interview."""


def alarms(attempt: Attempt) -> list[tuple[str, int]]:
    """What the clock has to say now: of the present step, and of the whole, as step -1."""
    spent, limit, at = attempt.spent[attempt.at], attempt.table.limits[attempt.at], attempt.at
    told = [("over", at)] if spent >= limit else []
    told += [("long", at)] if spent >= LONG * limit else []
    if attempt.only is not None:
        return told
    if attempt.left <= 0:
        return [*told, ("ended", -1)]
    is_near = attempt.left <= NEARLY_MS < attempt.table.whole // 2
    return [*told, ("nearly", -1)] if is_near else told


def announcement(attempt: Attempt, name: str) -> str:
    """What the clock says, in words."""
    limit = minutes(attempt.table.limits[attempt.at])
    if name == "over":
        return f"The time of {attempt.step} is over ({limit})."
    if name == "long":
        return f"{attempt.step.capitalize()} has taken half as long again as its {limit}: go on."
    if name == "nearly":
        return f"{minutes(NEARLY_MS)} are left of the interview."
    whole = minutes(attempt.table.whole)
    return f"The time is over ({whole}): score it {SCORE}, or write on as overtime."


def clock(ms: int) -> str:
    """A time as a clock shows it: ``4:05``, ``-0:12``, ``1:02:03``."""
    seconds = abs(ms) // 1000
    sign = "-" if ms <= -1000 else ""
    hours, rest = divmod(seconds, 3600)
    tail = f"{rest // 60}:{rest % 60:02d}"
    return sign + (f"{hours}:{tail:0>5}" if hours else tail)


def minutes(ms: int) -> str:
    """A time that is planned: ``8 minutes``, or as a clock where it is no whole number."""
    whole, rest = divmod(ms // 1000, 60)
    return f"{whole} minute{'s' * (whole != 1)}" if not rest else f"{clock(ms)} minutes"
