"""An interview at a moment: all that the screen shows, and the keys that there are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.interview import keys as interview_keys
from mlsd_cards.study.interview.attempt import Attempt, Item
from mlsd_cards.study.interview.score import Result

OFFER, PROMPT, STEP, RUBRIC, RESULT = "offer", "prompt", "step", "rubric", "result"
"""The phases: an attempt that was broken off is offered, the task is read, a step is played, the
rubric is marked, the result is read."""


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that the screen shows. ``now`` is when the clock was looked at last, ``told`` what
    it has announced, ``cursor`` a line of the rubric. ``asked_twice`` names what the next press of
    the same key will do."""

    attempt: Attempt
    phase: str = PROMPT
    now: int = 0
    clock_kept: int = 0
    told: frozenset[tuple[str, int]] = frozenset()
    text: str = ""
    cursor: int = 0
    asked_twice: str = ""
    panel: str = ""
    note: str = ""
    scroll: int = 0
    pan: int = 0
    result: Result | None = None
    earlier: tuple[Result, ...] = ()
    called: bool = False

    @property
    def focus(self) -> tuple[object, ...]:
        """What the screen follows: the phase, the step, its last line."""
        attempt = self.attempt
        if self.phase == RUBRIC:
            return self.phase, self.panel, self.item.step
        return self.phase, self.panel, attempt.at, attempt.notes, attempt.asked, self.result

    def scrolled(self, scroll: int, pan: int) -> Interview:
        """The same interview, with another line first."""
        return replace(self, scroll=scroll, pan=pan)

    @property
    def item(self) -> Item:
        """The line of the rubric at the cursor."""
        return self.attempt.items[self.cursor]

    @property
    def runs(self) -> bool:
        """Whether the clock does."""
        return self.phase == STEP

    @property
    def typing(self) -> bool:
        """Whether characters are text."""
        return self.runs and not self.panel

    @property
    def keys(self) -> tuple[Binding, ...]:
        """The keys of this moment."""
        return KEYS[self.phase]

    @property
    def wait(self) -> float | None:
        """The seconds until the clock shows another one; None while it stands."""
        return (1000 - self.attempt.used % 1000) / 1000 if self.runs else None


KEYS = {
    OFFER: interview_keys.OFFER,
    PROMPT: interview_keys.PROMPT,
    STEP: interview_keys.STEP,
    RUBRIC: interview_keys.RUBRIC,
    RESULT: interview_keys.RESULT,
}


def resumed(interview: Interview) -> Interview:
    """The interview goes on where it stopped."""
    phase = RUBRIC if interview.attempt.scoring else STEP
    return replace(
        interview, phase=phase, clock_kept=interview.now, cursor=first_unmarked(interview)
    )


def first_unmarked(interview: Interview) -> int:
    """The first line of the rubric that is without points."""
    attempt = interview.attempt
    marked = [number for number, item in enumerate(attempt.items) if attempt.mark(item) is not None]
    return min(marked[-1] + 1, len(attempt.items) - 1) if marked else 0
