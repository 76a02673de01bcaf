"""SM-2, as published, in whole numbers.

P. A. Wozniak, "Optimization of learning", 1990, section 3.2 (super-memory.com/english/ol/sm2.htm):
I(1) = 1, I(2) = 6, I(n) = I(n-1) * EF, rounded up; EF starts at 2.5, moves by
0.1 - (5-q)(0.08 + (5-q)0.02) at each repetition and never falls below 1.3; q < 3 starts the
repetitions anew without changing EF; what scores below 4 is repeated the same day until it does.

EF is always a whole number of hundredths, so it is kept as one: with floats the rounding up is
wrong in one of eighteen sequences of ten passes. Where the text leaves a choice, the canonical
reading is the default and the others are named in ``Options``. Beyond the text are the rules for
reviews before the due day, which it does not know, and a cap on the interval.
"""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.schedule.state import GRADES, NEW, PASS, Scheduler, State

DELTA = (-80, -54, -32, -14, 0, 10)
"""The change of EF for the grades 0..5, in hundredths."""

EF_MIN = 130
INTERVAL_MAX = 36_500
"""Ours, not Wozniak's: a hundred years, so that no date overflows."""


class Options(NamedTuple):
    """Other readings of the text. What each costs stands in docs/scheduling.md."""

    lapse_lowers_ef: bool = False
    """A failed review lowers EF as well (the reading of Wikipedia's article)."""
    lapse_is_first: bool = False
    """A failed review counts as the first repetition: intervals 1, 6 after a lapse, not 1, 1, 6."""
    drill_below: int = 4
    """Grades below this are repeated the same day; 3 drills only failures."""


class SM2:
    """The scheduler; ``Scheduler`` says what its methods mean."""

    name = "sm2"

    def __init__(self, options: Options = Options()) -> None:  # noqa: B008 - an immutable tuple
        self.options = options
        self._readings = tuple(options)  # a plain tuple is taken apart faster than a named one

    def review(self, state: State, grade: int, day: int) -> State:
        repetitions, ef, interval, due, first, last, lapses, _, _ = state
        lapse_lowers_ef, lapse_is_first, drill_below = self._readings
        drill = grade < drill_below
        # Only the first answer of a study day schedules. A day before the last is the same one
        # further west, or a wrong clock's: going back to it would ask again for what is known.
        if last is not None and day <= last:
            return _state(State, (repetitions, ef, interval, due, first, last, lapses, drill, None))
        if grade >= PASS or lapse_lowers_ef:
            ef += DELTA[grade]
            if ef < EF_MIN:
                ef = EF_MIN
        if grade < PASS:
            lapses += last is not None  # failing a card never seen before is no lapse
            repetitions, interval = int(lapse_is_first), 1
        elif last is not None and day < due:
            interval = max(interval, -(-(day - last) * ef // 100))
        else:
            repetitions += 1
            interval = _interval(repetitions, interval, ef)
        if interval > INTERVAL_MAX:
            interval = INTERVAL_MAX
        if last is None:
            first = day
        due = day + interval
        return _state(State, (repetitions, ef, interval, due, first, day, lapses, drill, None))

    def place(self, interval: int, day: int) -> State:
        # as after the passes of 1, 6 and 15 days: the next interval is this one times EF
        return State(3, NEW.ef, interval, day + interval, None, day)

    def choices(self, state: State, day: int) -> dict[int, State]:
        return {grade: self.review(state, grade, day) for grade in GRADES}

    def rule(self, state: State, grade: int, day: int) -> str:
        after = self.review(state, grade, day)
        again = "; again today" if after.drill else ""
        if state.last is not None and day <= state.last:
            when = "same day" if day == state.last else "answered for a later day before"
            return f"{when}: drill, schedule unchanged" + again
        if grade < PASS:
            ef = "EF lowered too" if self.options.lapse_lowers_ef else "EF kept"
            return f"below 3: repetitions start anew, 1 day, {ef}" + again
        if state.last is not None and day < state.due:
            elapsed = day - state.last
            return (
                f"early, {elapsed} of {state.interval} d: max({state.interval}, "
                f"⌈{elapsed} × {_ef(after.ef)}⌉), repetitions kept" + again
            )
        late = day - state.due if state.last is not None else 0
        return _passed(after, state) + (f", {late} d late" if late else "") + again


_state = tuple.__new__  # a third of the cost of calling the NamedTuple, in the innermost loop


def _interval(repetitions: int, before: int, ef: int) -> int:
    """I(n) in days, from the interval before and today's EF."""
    if repetitions == 1:
        return 1
    if repetitions == 2:
        return 6
    return -(-before * ef // 100)


def _passed(after: State, before: State) -> str:
    """The rule of a review that was passed on its day, in words."""
    n = after.repetitions
    if n <= 2:
        return f"I({n}) = {after.interval}"
    capped = f", capped at {INTERVAL_MAX}" if after.interval == INTERVAL_MAX else ""
    return f"I({n}) = ⌈{before.interval} × {_ef(after.ef)}⌉{capped}"


def _ef(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def sequence(grades: list[int], scheduler: Scheduler | None = None) -> list[State]:
    """The states after each of ``grades``, every review on its due day, drills left out."""
    scheduler = scheduler or SM2()
    state, states = NEW, []
    for grade in grades:
        state = scheduler.review(state, grade, state.due if state.last is not None else 0)
        states.append(state)
    return states
