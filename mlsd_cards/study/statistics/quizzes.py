"""The scores of the quizzes over time, and how well one judged one's answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from mlsd_cards.cards.certainty import Summary, summary
from mlsd_cards.cards.marking import Mark, Verdict
from mlsd_cards.store.sitting import Sitting
from mlsd_cards.study.quiz.outcome import Outcome, read


class Score(NamedTuple):
    """A quiz that has ended: its study day, what it asked, and the score in percent."""

    day: int
    title: str
    questions: int
    percent: int


class Quizzes(NamedTuple):
    """The quizzes, the oldest first, placements not among them; ``calibration`` is None where
    nobody was asked how sure they were."""

    scores: tuple[Score, ...] = ()
    calibration: Summary | None = None


def quizzes(sittings: Iterable[Sitting], since: int = 0) -> Quizzes:
    """The quizzes that began on the day ``since`` or later and have ended."""
    told: list[tuple[Sitting, Outcome]] = [
        (one, read(one.result))
        for one in sittings
        if one.ended and one.begun.day >= since and not one.paper.get("place")
    ]
    scores = tuple(
        Score(
            one.begun.day,
            str(one.paper.get("title") or ""),
            outcome.total.questions,
            outcome.total.percent,
        )
        for one, outcome in told
        if outcome.items
    )
    given = [
        (Mark(item.verdict or Verdict.WRONG, item.score, ""), item.certainty)
        for _, outcome in told
        if outcome.certainty
        for item in outcome.items
        if item.certainty
    ]
    return Quizzes(scores, summary(given) if given else None)
