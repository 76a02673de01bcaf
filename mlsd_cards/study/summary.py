"""What a review came to, and the one next thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Answered(NamedTuple):
    """One answer of a review; ``took`` in ms. ``right`` is the program's mark where it could give
    one, else the person's."""

    uid: str
    card: str
    right: bool
    new: bool
    took: int


class Outlook(NamedTuple):
    """What lies ahead: cards left today (due, to repeat, beyond the limit), due tomorrow, and
    whether any are still new."""

    left: int
    again: int
    later: int
    tomorrow: int
    new_left: bool
    days_to_clear: int = 0


def score(answers: Sequence[Answered], *, practice: bool) -> str:
    """How many answers, how many of them right, and how long, as one line."""
    if not answers:
        return "No card answered."
    right = sum(answer.right for answer in answers)
    new = sum(answer.new for answer in answers)
    minutes = sum(answer.took for answer in answers) / 60_000
    time = f"{minutes:.0f} min" if minutes >= 1.5 else f"{minutes * 60:.0f} s"
    noun = "card" if len(answers) == 1 else "cards"
    kind = "practised, nothing scheduled" if practice else f"{new} new"
    share = f"{right} right ({round(100 * right / len(answers))} %)"
    return f"{len(answers)} {noun} answered, {kind}, {share}, {time}."


def ahead(outlook: Outlook) -> str:
    """What is due tomorrow, as one line."""
    noun = "card" if outlook.tomorrow == 1 else "cards"
    line = f"Tomorrow: {outlook.tomorrow} {noun} due"
    line += " and new ones." if outlook.new_left and not outlook.days_to_clear else "."
    if outlook.days_to_clear:
        days = "day" if outlook.days_to_clear == 1 else "days"
        line += f" The backlog is clear in at least {outlook.days_to_clear} {days}."
    return line


def next_step(outlook: Outlook) -> str:
    """The one next thing to do."""
    if outlook.left or outlook.again:
        count = outlook.left + outlook.again
        return f"Next: mlsd-cards review goes on where you stopped ({count} left today)."
    if outlook.later:
        return (
            f"Next: come back tomorrow; or mlsd-cards review --all for the {outlook.later} waiting."
        )
    if outlook.tomorrow:
        return "Next: come back tomorrow."
    if outlook.new_left:
        return "Next: mlsd-cards review --new 20 for more new cards today."
    return "Next: come back tomorrow, or mlsd-cards review --practice to go over the cards."


def closing(answers: Sequence[Answered], outlook: Outlook, *, practice: bool) -> tuple[str, ...]:
    """The lines of the end screen."""
    title = "That is all for today." if not (outlook.left or outlook.again) else "A pause."
    if practice:
        title = "That is all there is to practise."
    elif not answers and not outlook.left:
        title = "Nothing is due."
    return title, "", score(answers, practice=practice), ahead(outlook), "", next_step(outlook)
