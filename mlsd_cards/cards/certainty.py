"""Certainty-based marking: an answer counts by how sure one was, as Moodle has it after
Gardner-Medwin.

The marks, the shares that justify a level and the words for them are from Moodle's documentation
(docs.moodle.org, “Using certainty-based marking”): right answers give 1, 2 or 3, wrong ones 0, −2
or −6, none given 0. What that page leaves open is as its code has it (question/behaviour, the
classes question_cbm and qbehaviour_deferredcbm_type): a partly right answer gives its share of what
a right one gives, whatever the level, and only a score of nothing is a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from mlsd_cards.cards.marking import Mark, Verdict


class Certainty(IntEnum):
    """How sure somebody is of an answer; the value is the mark if it is right."""

    GUESS = 1
    THINK_SO = 2
    SURE = 3

    @property
    def words(self) -> str:
        """The level as one says it: guess, think so, sure."""
        return self.name.lower().replace("_", " ")


class Scheme(NamedTuple):
    """What a wrong answer gives at a level, and the shares of right answers that justify it."""

    wrong: int
    low: float
    high: float


SCHEMES = {
    Certainty.GUESS: Scheme(0, 0, 2 / 3),
    Certainty.THINK_SO: Scheme(-2, 2 / 3, 0.8),
    Certainty.SURE: Scheme(-6, 0.8, 1),
}
"""With these marks it pays to say how sure one is: at each share the level named there gives most,
and no bluff gives more."""


def score(mark: Mark, certainty: Certainty | None) -> float:
    """What an answer gives, from −6 to 3; without an answer, which has no certainty, 0."""
    if certainty is None:
        return 0.0
    return points(mark.score, certainty)


def points(share: float, certainty: Certainty) -> float:
    """What an answer that is right to this share gives."""
    return certainty * share if share > 0 else float(SCHEMES[certainty].wrong)


class Judgement(NamedTuple):
    """What became of the answers of one level. ``right`` counts those that are right throughout,
    ``accuracy`` is the mean score, None where there are no answers."""

    certainty: Certainty
    answers: int
    right: int
    accuracy: float | None
    words: str


class Summary(NamedTuple):
    """What a quiz came to. ``accuracy`` is the mean score without regard to certainty, from 0 to 1;
    ``average`` the mean mark, from −6 to 3; ``bonus``, added to the accuracy, is what the judgement
    of one's own answers was worth; ``levels`` say which levels were justified, the surest first."""

    questions: int
    answered: int
    accuracy: float
    average: float
    bonus: float
    levels: tuple[Judgement, ...]

    @property
    def total(self) -> float:
        """Accuracy and bonus together, the clearest single measure of what one knows."""
        return self.accuracy + self.bonus


BONUS = 0.1
"""What a mark above the expected one adds to the accuracy."""


def summary(given: Iterable[tuple[Mark, Certainty | None]]) -> Summary:
    """The figures over all questions, those without an answer counting as nothing."""
    answers = list(given)
    count = max(1, len(answers))
    accuracy = sum(mark.score for mark, sure in answers if sure) / count
    average = sum(score(mark, sure) for mark, sure in answers) / count
    bonus = BONUS * (average - expected(accuracy)) if answers else 0.0
    answered = sum(sure is not None for _, sure in answers)
    return Summary(len(answers), answered, accuracy, average, bonus, tuple(levels(answers)))


def expected(accuracy: float) -> float:
    """The mean mark of somebody who knows that this share of the answers is right, and no more:
    who gives all of them the one level that is best for it."""
    return max(accuracy * points(1, one) + (1 - accuracy) * points(0, one) for one in Certainty)


def levels(answers: Iterable[tuple[Mark, Certainty | None]]) -> Iterator[Judgement]:
    """How each level was used, the surest first."""
    by_level: dict[Certainty, list[Mark]] = {one: [] for one in sorted(Certainty, reverse=True)}
    for mark, sure in answers:
        if sure is not None:
            by_level[sure].append(mark)
    for certainty, marks in by_level.items():
        right = sum(mark.verdict is Verdict.RIGHT for mark in marks)
        accuracy = sum(mark.score for mark in marks) / len(marks) if marks else None
        words = "no answers" if accuracy is None else judged(certainty, accuracy, len(marks))
        yield Judgement(certainty, len(marks), right, accuracy, words)


CLEARLY = 0.5
"""From this product on, of the square of what is amiss and the number of answers, it is more than
chance: about 1.5 standard errors."""


def judged(certainty: Certainty, accuracy: float, answers: int) -> str:
    """Whether a level was justified: as sure as one should be, over- or underconfident, a bit so
    while it may be chance."""
    _, low, high = SCHEMES[certainty]
    amiss = accuracy - min(max(accuracy, low), high)
    if abs(amiss) < 1e-6:
        return "justified"
    much = "" if amiss**2 * answers > CLEARLY else "a bit "
    return f"{much}{'under' if amiss > 0 else 'over'}confident"
