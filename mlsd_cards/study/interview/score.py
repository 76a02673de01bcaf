"""What an interview came to: points by step, what was missed, and the cards that teach it.

A result is read and written as the ended event of its sitting has it, and says everything that is
to be told of the attempt, whatever becomes of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.study.interview.attempt import FLAG, MUST, STRONG, Attempt, Said, lines_of

FULL = 2
"""The points of a must that was justified."""

MOST_STRONG = 4
"""Strong points count up to here, in all of the interview."""

SCORED, BROKEN_OFF, OPEN = "scored", "broken off", "open"


class Marked(NamedTuple):
    """A line of the rubric and its points; of what is strong and of a red flag 1 if it is so."""

    text: str
    points: int


class StepScore(NamedTuple):
    """A step: its time and the part of it that was used (ms), what was said in it, and its lines
    of the rubric."""

    step: str
    limit: int
    used: int
    said: tuple[Said, ...]
    must: tuple[Marked, ...]
    strong: tuple[Marked, ...]
    flag: tuple[Marked, ...]

    @property
    def points(self) -> int:
        """The points of the musts, less the red flags."""
        return sum(one.points for one in self.must) - sum(one.points for one in self.flag)

    @property
    def of(self) -> int:
        """The most points that the step can have."""
        return FULL * len(self.must)

    @property
    def percent(self) -> int:
        """The points as a part of the most; never below 0."""
        return percent(self.points, self.of)

    @property
    def missed(self) -> tuple[Marked, ...]:
        """The musts that were not justified, and the strong points that did not come."""
        unnoticed = tuple(one for one in self.strong if not one.points)
        return tuple(one for one in self.must if one.points < FULL) + unnoticed


class Lesson(NamedTuple):
    """The cards, by id and prompt, that teach a must of a step."""

    step: str
    text: str
    cards: tuple[tuple[str, str], ...]


class Result(NamedTuple):
    """``how`` is ``scored``, ``broken off``, or ``open`` while it goes on; ``only`` names the
    step that was rehearsed alone, or is empty. Times are ms."""

    how: str
    card: str
    title: str
    seed: int
    minutes: float
    only: str
    limit: int
    used: int
    paused: int
    steps: tuple[StepScore, ...]
    lessons: tuple[Lesson, ...] = ()

    @property
    def strong(self) -> int:
        """How many strong points were noticed."""
        return sum(one.points for step in self.steps for one in step.strong)

    @property
    def points(self) -> int:
        """The points of all steps, and at most four for what was strong."""
        return sum(step.points for step in self.steps) + min(self.strong, MOST_STRONG)

    @property
    def of(self) -> int:
        """The points of an interview in which every must was justified."""
        return sum(step.of for step in self.steps)

    @property
    def percent(self) -> int:
        """The points as a part of these, from 0 to 100."""
        return percent(self.points, self.of)

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of the cards that teach what was missed, each once."""
        return tuple(dict.fromkeys(card for one in self.lessons for card, _ in one.cards))


def percent(points: int, of: int) -> int:
    """A part in percent, from 0 to 100."""
    return min(100, max(0, round(100 * points / of))) if of else 0


def score(attempt: Attempt, how: str = SCORED) -> Result:
    """The result of an attempt; a line without points has none."""
    steps = []
    for number in attempt.table.played:
        lines = {
            kind: tuple(
                Marked(text, attempt.marks.get((number, kind, index), 0))
                for index, text in enumerate(texts)
            )
            for kind, texts in lines_of(attempt.case, number).items()
        }
        limit, used = attempt.table.limits[number], attempt.spent[number]
        parts = (lines[MUST], lines[STRONG], lines[FLAG])
        steps.append(StepScore(STEPS[number], limit, used, attempt.said(number), *parts))
    return Result(
        how,
        attempt.case.id,
        attempt.title,
        attempt.seed,
        attempt.minutes,
        "" if attempt.only is None else STEPS[attempt.only],
        attempt.table.whole,
        attempt.used,
        attempt.paused,
        tuple(steps),
    )


# as JSON


def record(result: Result) -> dict[str, Any]:
    """The result as JSON has it: what can be computed is there too, for those who only read."""
    told: dict[str, Any] = {
        name: value for name, value in result._asdict().items() if name not in {"steps", "lessons"}
    }
    is_scored = result.how == SCORED
    told |= {
        "points": result.points if is_scored else None,
        "of": result.of,
        "percent": result.percent if is_scored else None,
        "steps": [_step(step, is_scored) for step in result.steps],
        "lessons": [
            {
                "step": one.step,
                "must": one.text,
                "cards": [{"card": card, "prompt": prompt} for card, prompt in one.cards],
            }
            for one in result.lessons
        ],
    }
    return told


def _step(step: StepScore, is_scored: bool) -> dict[str, Any]:
    return {
        "step": step.step,
        "limit": step.limit,
        "used": step.used,
        "points": step.points if is_scored else None,
        "of": step.of,
        "percent": step.percent if is_scored else None,
        "said": [one._asdict() for one in step.said],
        **{kind: [one._asdict() for one in getattr(step, kind)] for kind in (MUST, STRONG, FLAG)},
    }


def of_record(told: Mapping[str, Any]) -> Result | None:
    """The result that ``record`` made this of; None if it is none."""
    from mlsd_cards.cards.shape import NONSENSE, fits

    try:
        made = _of_record(told)
    except NONSENSE:
        return None
    known = all(one.step in STEPS for one in made.steps)
    return made if known and fits(made, Result) else None


def _of_record(told: Mapping[str, Any]) -> Result:
    plain: Any = {name: told[name] for name in Result._fields[:-2]}
    lessons = (
        Lesson(
            one["step"], one["must"], tuple((each["card"], each["prompt"]) for each in one["cards"])
        )
        for one in told["lessons"]
    )
    steps = tuple(map(_of_step, told["steps"]))
    return Result(**plain, steps=steps, lessons=tuple(lessons))


def _of_step(told: Mapping[str, Any]) -> StepScore:
    lines = (_marked(told[kind]) for kind in (MUST, STRONG, FLAG))
    said = tuple(Said(one["text"], one["theirs"]) for one in told["said"])
    return StepScore(told["step"], told["limit"], told["used"], said, *lines)


def _marked(lines: Iterable[Mapping[str, Any]]) -> tuple[Marked, ...]:
    return tuple(Marked(one["text"], one["points"]) for one in lines)
