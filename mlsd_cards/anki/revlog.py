"""Answers as rows of Anki's review log, and such rows as answers. Pure.

The two are told to be the same by their card and their time, so whatever went out comes back as
known. A row's id is its time in milliseconds and no two may be equal, whatever the card: of answers
given in one millisecond on two machines all but one go out a little later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mlsd_cards.schedule.state import PASS, Scheduler
from mlsd_cards.store import log
from mlsd_cards.store.log import Event

LEARNING, REVIEWING, RELEARNING, FILTERED, MANUAL = range(5)
"""The types of rows. What is filtered and has no factor has scheduled nothing, and FSRS passes over
it; a manual row is no answer."""

EASE_OF_GRADE = (1, 1, 1, 2, 3, 4)
"""The button for each grade of SM-2."""

LONGEST_MS = 24 * 3600 * 1000
"""No answer takes longer, whatever a row says; other machines would not take it in."""

SHIFT_MS = 1000
"""A row's id is its answer's time, or at most so much later."""


class Row(NamedTuple):
    """A row but for its card and update number. ``id`` and ``time`` (what the answer took) are in
    ms, the intervals after and before in days, ``factor`` is the ease in thousandths. ``ease`` is
    the button, 1 to 4; 0 is no answer."""

    id: int
    ease: int
    ivl: int
    last_ivl: int
    factor: int
    time: int
    type: int


class Answer(NamedTuple):
    """What a row says, in the columns of an event."""

    at: int
    grade: int
    scale: str
    took: int
    source: str


def rows(events: Iterable[Event], scheduler: Scheduler) -> Iterator[Row]:
    """The rows of one card's events, which are effective and in order, with the ids still as the
    events have them."""
    where = log.FRESH
    learned = lapsed = None  # the days on which it was first answered, and on which it failed last
    for event in events:
        before, where = where.state, log.fold([event], scheduler, where)
        after, day = where.state, event.day
        ivls, factor = (after.interval, before.interval), after.ef * 10
        if event.kind == log.RESET:
            learned = None
            yield Row(event.at, 0, 0, before.interval, 0, 0, MANUAL)
        if event.kind != log.REVIEWED:
            continue
        ease, took = _ease(event), event.took or 0
        if event.source in (log.PRACTICE, log.QUIZ):
            yield Row(event.at, ease, *ivls, 0, took, FILTERED)
            continue
        learned = day if learned is None else learned
        kind = LEARNING if learned == day else RELEARNING if lapsed == day else REVIEWING
        if log.quality(event.grade or 0, event.scale or "") < PASS:
            lapsed = day
        yield Row(event.at, ease, *ivls, factor, took, kind)


def _ease(event: Event) -> int:
    grade = event.grade or 0
    return max(grade, 1) if event.scale == log.BUTTONS else EASE_OF_GRADE[grade]


def answer(row: Row) -> Answer | None:
    """The answer that a row of Anki's keeps; None for a change by hand."""
    if row.ease not in (1, 2, 3, 4) or row.type >= MANUAL:
        return None
    changed_nothing = row.type == FILTERED and row.factor == 0
    source = log.PRACTICE if changed_nothing else log.REVIEW
    return Answer(row.id, row.ease, log.BUTTONS, min(max(row.time, 0), LONGEST_MS), source)


def is_known(id_: int, times: Sequence[int]) -> bool:
    """Whether a row of a card is one of the answers given to it at ``times`` (ms, rising)."""
    earlier = bisect_right(times, id_)
    return earlier > 0 and id_ - times[earlier - 1] <= SHIFT_MS
