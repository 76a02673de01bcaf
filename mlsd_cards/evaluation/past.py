"""Answers in the order of time, and those of them that can be predicted. Pure.

A review can be predicted if the card was answered before and on another study day: the protocol of
srs-benchmark. What was answered on the same day is kept in the card's history, since a scheduler
may learn from it, and is not predicted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from mlsd_cards.schedule.state import PASS
from mlsd_cards.store import log

FIRST, SAME_DAY, PLACED, ELSEWHERE = (
    "first answers",
    "same-day answers",
    "cards that a placement took as known",
    "practice and quizzes",
)
"""Why an answer is not predicted."""


class Answer(NamedTuple):
    """One answer: when (ms, to sort by), on which study day, and its grade as SM-2's 0 to 5."""

    card: str
    at: int
    day: int
    grade: int

    @property
    def recalled(self) -> bool:
        """Whether the card was remembered: Hard is."""
        return self.grade >= PASS


History = Sequence[Answer]
"""The answers to one card in order, from the first or from when it was reset."""


Rule = Callable[[History], list[float]]
"""The probability of recall before each answer of a history; that before the first, and before
others of the same day, is asked for by nobody. None may depend on its own answer or later ones."""


class Past(NamedTuple):
    """What was answered, by card, and how many answers were left out of it, by why."""

    histories: list[list[Answer]]
    left: Counter[str]

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Past:
        """From answers of many cards, which are in order."""
        histories: dict[str, list[Answer]] = {}
        for answer in answers:
            histories.setdefault(answer.card, []).append(answer)
        return cls(list(histories.values()), Counter())

    @property
    def cards(self) -> int:
        """How many there are; one that was reset has several histories."""
        return len({history[0].card for history in self.histories})


class Trial(NamedTuple):
    """A review that can be predicted: the answer at ``place`` in its history.

    ``gap`` is in study days since the answer before, above 0. ``number`` counts the card's reviews
    up to this one, its first answer and those with a gap; ``lapses`` the failures among those with
    a gap before it.
    """

    history: History
    place: int
    gap: int
    number: int
    lapses: int

    @property
    def answer(self) -> Answer:
        return self.history[self.place]


def gaps(history: History) -> list[int]:
    """The study days before each answer since the one before it; the first answer has 0. A day
    before an earlier answer's is taken for that one, as schedulers do."""
    days = accumulate((answer.day for answer in history), max)
    return [0, *(day - before for before, day in pairwise(days))]


def trials(past: Past) -> tuple[list[Trial], Counter[str]]:
    """What can be predicted, in the order of time, and how much cannot, by why."""
    found: list[Trial] = []
    left = Counter(past.left)
    for history in past.histories:
        number, lapses = 1, 0
        for place, gap in enumerate(gaps(history)):
            if gap:
                number += 1
                found.append(Trial(history, place, gap, number, lapses))
                lapses += not history[place].recalled
            else:
                left[SAME_DAY if place else FIRST] += 1
    found.sort(key=lambda trial: trial.answer.at)
    return found, +left


def of_events(events: Iterable[log.Event]) -> Past:
    """The answers among events that the log's fold tells a scheduler of: reviews, and the wrong
    answer of a quiz with which a card began. A reset begins a card anew; a card that a placement
    took as known has a past that nobody saw."""
    histories: list[list[Answer]] = []
    current: dict[str, list[Answer]] = {}
    placed: set[str] = set()
    left: Counter[str] = Counter()
    for event in log.effective(events):
        card = event.card
        if event.kind == log.RESET:
            current.pop(card, None)
            placed.discard(card)
        elif event.kind == log.PLACED and card not in current:
            placed.add(card)
        elif event.kind == log.REVIEWED:
            grade = log.quality(event.grade or 0, event.scale or "")
            if not _schedules(event, grade, new=card not in current and card not in placed):
                left[ELSEWHERE] += 1
            elif card in placed:
                left[PLACED] += 1
            else:
                if card not in current:
                    histories.append(current.setdefault(card, []))
                current[card].append(Answer(card, event.time, event.day, grade))
    return Past(histories, left)


def _schedules(event: log.Event, grade: int, *, new: bool) -> bool:
    """Whether a scheduler is told of an answer: a quiz only calls back, and so begins a card."""
    if event.source == log.QUIZ:
        return new and grade < PASS
    return event.source != log.PRACTICE
