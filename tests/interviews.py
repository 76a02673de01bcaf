"""A small case, and interviews of it that carry their own effects out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mlsd_cards.cards.rubric import STEPS, Rubric, Step
from mlsd_cards.study.interview import reply
from mlsd_cards.study.interview.attempt import Attempt, begin
from mlsd_cards.study.interview.effect import Begin, Edit, Effect, Finish, Keep, KeepClock
from mlsd_cards.study.interview.interview import Interview
from mlsd_cards.study.interview.score import score
from mlsd_cards.study.interview.step import press, tick

MINUTES = (6, 4, 8, 9, 5, 8, 3)
CASE = Rubric(
    id="mock-parcels",
    note="mock-parcels",
    prompt="Design the forecast of *arrival times* for parcels: 3 M parcels a day, 40 depots.",
    steps=tuple(
        Step(
            step,
            minutes,
            (f"Says what {step} is for", f"Gives the numbers of {step}"),
            (f"Has seen {step} fail",),
            (f"Skips {step}",),
        )
        for step, minutes in zip(STEPS, MINUTES, strict=True)
    ),
    follow_ups=("What with ten times the parcels?", "And with no labels?", "Halve the latency."),
    requires=("needed",),
)
SECOND, MINUTE = 1000, 60_000


@dataclass
class Played:
    """An interview that is played without a disk: what would be written is in ``log``."""

    now: Interview
    clock: int = 0
    log: list[dict[str, Any]] = field(default_factory=list)
    left: int | None = None
    effects: list[Effect] = field(default_factory=list)

    def press(self, *keys: str, after: int = 0) -> Interview:
        """Press keys, each ``after`` ms, the clock being looked at every second meanwhile."""
        for key in keys:
            self.wait(after)
            self.carry_out(*press(self.now, key, self.clock))
        return self.now

    def type(self, *lines: str) -> Interview:
        """Type lines, each with Enter."""
        for line in lines:
            self.press(*["space" if char == " " else char for char in line], "enter")
        return self.now

    def wait(self, ms: int) -> Interview:
        """Let time pass."""
        while ms > 0:
            step = min(ms, SECOND)
            self.clock, ms = self.clock + step, ms - step
            self.carry_out(*tick(self.now, self.clock))
        return self.now

    def carry_out(self, interview: Interview, effects: list[Effect]) -> None:
        self.now = interview
        for effect in effects:
            self.effects.append(effect)
            match effect:
                case Begin():
                    self.now = reply.begun(self.now, self.clock)
                case Keep(what):
                    self.log.append(what)
                    self.now = reply.kept(self.now, what)
                case KeepClock(left):
                    self.left = left
                case Edit(text):
                    what = {"text": text + "from the editor\n"}
                    self.log.append(what)
                    self.now = reply.kept(self.now, what)
                case Finish():
                    self.now = reply.finished(self.now, score(self.now.attempt), ())


def attempt(only: int | None = None, minutes: float | None = None, seed: int = 1) -> Attempt:
    return begin(CASE, "parcels", seed, minutes, only)


def playing(only: int | None = None, minutes: float | None = None) -> Played:
    """An interview whose clock has just begun to run."""
    played = Played(Interview(attempt(only, minutes)))
    played.press("enter")
    return played
