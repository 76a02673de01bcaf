"""FSRS-6: a card returns when the chance to know it has fallen to the one that is wanted.

The formulas are those of fsrs-rs (open-spaced-repetition/fsrs-rs, src/model.rs), by J. Ye and
others. A card has a *stability* S, the days after which the chance to recall it is 0.9, and a
*difficulty* D from 1 to 10. After t days the chance is R = (1 + F·t/S)^-w20, F = 0.9^(-1/w20) - 1.
Days are whole study days, and answers on the day of the last one move S by a formula of its own.
No interval is fuzzed: a schedule can be explained, and is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, expm1

from mlsd_cards.schedule.parameters import DEFAULT
from mlsd_cards.schedule.sm2 import INTERVAL_MAX
from mlsd_cards.schedule.state import GRADES, NEW, PASS, RETENTION, Button, Memory, State

RATING_OF_GRADE = (1, 1, 1, 2, 3, 4)
"""Again, Hard, Good, Easy as 1 to 4, for each grade of SM-2."""

STABILITY_MIN, STABILITY_MAX = 0.001, 36_500.0
DIFFICULTY_MIN, DIFFICULTY_MAX = 1.0, 10.0
EASE, KNOWN = 2.5, 0.9
"""What a card that was known before is taken for: of this ease factor, recalled at this chance at
the end of its interval, as fsrs-rs reads a schedule of SM-2."""

LEAST = "1 d, the least"


class FSRS:
    """The scheduler; ``Scheduler`` says what its methods mean. ``parameters`` are w0 to w20, within
    ``parameters.RANGES``; ``retention`` is the chance at which a card comes back."""

    name = "fsrs"

    def __init__(self, parameters: Sequence[float] = DEFAULT, retention: float = RETENTION) -> None:
        self.parameters, self.retention = tuple(parameters), retention
        w = self.parameters
        self._factor = 0.9 ** (-1 / w[20]) - 1
        self._days = (retention ** (-1 / w[20]) - 1) / self._factor
        self._gain, self._kept = exp(w[8]), exp(-w[17] * w[18])
        self._easiest = w[4] - exp(w[5] * 3) + 1
        self._same_day = tuple(exp(w[17] * (rating - 3 + w[18])) for rating in range(5))

    def review(self, state: State, grade: int, day: int) -> State:
        repetitions, ef, _, _, first, last, lapses, _, memory = state
        if last is None:
            elapsed, first = 0, day
        else:
            day = max(day, last)  # as under SM-2, an earlier day is the last one, further west
            elapsed = day - last
        memory = self.after(memory, RATING_OF_GRADE[grade], elapsed)
        failed = grade < PASS
        if day != last:  # the later answers of a day move the memory and count nothing
            repetitions = 0 if failed else repetitions + 1
            lapses += failed and last is not None
        interval = self.interval(memory[0])
        due = day + interval
        return _state(State, (repetitions, ef, interval, due, first, day, lapses, failed, memory))

    def place(self, interval: int, day: int) -> State:
        w, stability = self.parameters, _stability(interval)
        gain = self._gain * stability ** -w[9] * expm1((1 - KNOWN) * w[10])
        memory = stability, _difficulty(11 - (EASE - 1) / gain)
        return State(1, NEW.ef, interval, day + interval, None, day, memory=memory)

    def choices(self, state: State, day: int) -> dict[int, State]:
        return {grade: self.review(state, grade, day) for grade in GRADES}

    def rule(self, state: State, grade: int, day: int) -> str:
        after = self.review(state, grade, day)
        days = f"{after.interval} d until R {self.retention:.2f}"
        told = f"{self._change(state, grade, day)}; {days if after.interval > 1 else LEAST}"
        return told + ("; again today" if after.drill else "")

    def _change(self, state: State, grade: int, day: int) -> str:
        """What the answer does to the stability, in words."""
        name = Button(RATING_OF_GRADE[grade]).label
        if state.memory is None or state.last is None:
            return f"first answer {name}: S = w{RATING_OF_GRADE[grade] - 1}"
        elapsed, before = max(0, day - state.last), state.memory
        after = self.after(before, RATING_OF_GRADE[grade], elapsed)
        step = f"S {before[0]:.2f} × {after[0] / before[0]:.2f}"
        if elapsed == 0:
            when = "same day" if day == state.last else "answered for a later day before"
            return f"{when}, {name}: {step}"
        return f"R {self.recall(before, elapsed):.2f} after {elapsed} d, {name}: {step}"

    # the memory

    def after(self, memory: Memory | None, rating: int, elapsed: int) -> Memory:
        """The memory after an answer, 1 to 4, so many days after the last; the first answer makes
        it."""
        w = self.parameters
        if memory is None:
            start = w[4] - exp(w[5] * (rating - 1)) + 1
            return _stability(w[rating - 1]), _difficulty(start)
        stability, difficulty = memory
        if elapsed == 0:
            growth = self._same_day[rating] * stability ** -w[19]
            new = stability * (growth if rating == 1 or growth > 1 else 1)
        elif rating == 1:
            new = self._lost(memory, self.recall(memory, elapsed))
        else:
            new = stability * self._growth(memory, rating, self.recall(memory, elapsed))
        moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return _stability(new), _difficulty(moved + w[7] * (self._easiest - moved))

    def recall(self, memory: Memory, elapsed: float) -> float:
        """The chance to recall the card so many days after its last answer."""
        decay: float = -self.parameters[20]
        chance: float = (1 + self._factor * elapsed / memory[0]) ** decay
        return chance

    def interval(self, stability: float) -> int:
        """The days, at least one, until the chance has fallen to the one that is wanted."""
        days = int(stability * self._days + 0.5)
        return 1 if days < 1 else INTERVAL_MAX if days > INTERVAL_MAX else days

    def _growth(self, memory: Memory, rating: int, recall: float) -> float:
        """By how many times a pass lengthens the stability."""
        w, (stability, difficulty) = self.parameters, memory
        growth: float = self._gain * (11 - difficulty) * stability ** -w[9]
        growth *= expm1((1 - recall) * w[10])
        return 1 + growth * (w[15] if rating == 2 else w[16] if rating == 4 else 1)

    def _lost(self, memory: Memory, recall: float) -> float:
        """The stability after a failure."""
        w, (stability, difficulty) = self.parameters, memory
        left: float = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
        return min(left * exp((1 - recall) * w[14]), stability * self._kept)


def retrievability(
    memory: Memory | State, elapsed: float, parameters: Sequence[float] = DEFAULT
) -> float:
    """The chance to recall a card so many days after its last answer; 0 for one never seen."""
    known = memory.memory if isinstance(memory, State) else memory
    return _model(tuple(parameters)).recall(known, elapsed) if known else 0.0


def memory_after(
    history: Iterable[tuple[int, int]], parameters: Sequence[float] = DEFAULT
) -> Memory | None:
    """The memory that answers leave, each a rating from 1 to 4 and the study days since the one
    before; None without any."""
    model, memory = _model(tuple(parameters)), None
    for rating, elapsed in history:
        memory = model.after(memory, rating, elapsed)
    return memory


@lru_cache(maxsize=16)
def _model(parameters: tuple[float, ...]) -> FSRS:
    return FSRS(parameters)


_state = tuple.__new__  # as SM2 makes its states: a third of the cost of calling the NamedTuple


def _stability(days: float) -> float:
    if days < STABILITY_MIN:
        return STABILITY_MIN
    return days if days < STABILITY_MAX else STABILITY_MAX


def _difficulty(level: float) -> float:
    if level < DIFFICULTY_MIN:
        return DIFFICULTY_MIN
    return level if level < DIFFICULTY_MAX else DIFFICULTY_MAX
