"""What a plan promises: the mean of a few courses through it, with the final sweep and without."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.schedule.state import Scheduler
from mlsd_cards.study.planning.course import Course, Day, Start, sizes
from mlsd_cards.study.planning.rule import REHEARSALS, SETTLING, Pace

if TYPE_CHECKING:
    from mlsd_cards.schedule.fsrs import FSRS

AFTER = 90
"""The days after the interview on which is looked what is left."""

SEEDS = range(5)
"""The courses: with more of them hardly a figure changes that is shown."""


class Wish(NamedTuple):
    """What is planned: these cards, from the study day ``first`` on, for the day ``goal``, at a
    pace, with the scheduler that sets the dates and the model of what is remembered."""

    cards: tuple[Start, ...]
    pace: Pace
    first: int
    goal: int
    scheduler: Scheduler
    model: FSRS

    @property
    def unseen(self) -> int:
        """How many cards are new."""
        return sum(card.state.last is None for card in self.cards)

    def course(self, seed: int) -> Course:
        """A way through the plan."""
        rng, parts = Random(seed), (self.scheduler, self.model)  # noqa: S311 - no secret
        return Course(self.cards, self.pace, self.goal, *parts, rng)

    def sweeping(self, *, sweeps: bool) -> Wish:
        """The same with the final sweep or without."""
        return self._replace(pace=self.pace._replace(sweeps=sweeps))


class Load(NamedTuple):
    """What a day holds, as the mean of the courses."""

    day: int
    new: float
    reviews: float


class Topic(NamedTuple):
    """A topic with its cards, and how many of them are known at the interview."""

    name: str
    cards: int
    known: float
    without: float


class Level(NamedTuple):
    """The new cards of a difficulty, and about how many of them are learnt."""

    difficulty: int
    cards: int
    learnt: int


class Prospect(NamedTuple):
    """What a plan comes to. All but whole numbers are means.

    ``learnt`` cards are seen before the interview, at least ``surely`` many. ``known`` is how many
    are known then, in expectation; ``now`` today, ``later`` when AFTER days of ordinary reviews
    have followed. Those with ``without`` are the same without the final sweep, which takes
    ``sweep_days`` and by which ``gain`` more are known; not all plans have it, by ``sweeps``.
    """

    cards: int
    learnt: float
    surely: int
    sweep_days: int
    sweeps: bool
    gain: float
    days: tuple[Load, ...]
    days_without: tuple[Load, ...]
    now: float
    known: float
    known_without: float
    later: float
    later_without: float
    topics: tuple[Topic, ...]
    levels: tuple[Level, ...]

    @property
    def swept_days(self) -> int:
        """The days of the sweep that comes."""
        return self.sweep_days if self.sweeps else 0

    def fits(self) -> bool:
        """Whether every card is seen and there are days enough to sweep over all."""
        return self.surely == self.cards and self.sweep_days <= len(self.days)


class _Way(NamedTuple):
    learnt: int
    days: list[Day]
    known: float
    later: float
    topics: dict[str, float]


def length(wish: Wish) -> int:
    """How many steps ``prospect`` takes."""
    return 2 * len(SEEDS) * (wish.goal - wish.first + AFTER)


def prospect(wish: Wish, *, choosing: bool = False) -> Generator[None, None, Prospect]:
    """What the plan comes to; a step a day that is lived through. If it is still ``choosing``, it
    has the final sweep where more is known with it."""
    now = wish.course(0).known(wish.first)
    ways: tuple[list[_Way], list[_Way]] = [], []
    for lived, sweeps in zip(ways, (True, False), strict=True):
        for seed in SEEDS:
            lived.append((yield from _live(wish.sweeping(sweeps=sweeps), seed)))
    swept, plain = ways
    gain = _mean(way.known for way in swept) - _mean(way.known for way in plain)
    sweeps = gain >= 0 if choosing else wish.pace.sweeps
    followed = swept if sweeps else plain
    learnt, surely = _mean(way.learnt for way in followed), min(way.learnt for way in followed)
    known, without = _by_topic(followed), _by_topic(plain)
    topics = tuple(
        Topic(name, count, known.get(name, 0.0), without.get(name, 0.0))
        for name, count in sizes(wish.cards).items()
    )
    return Prospect(
        cards=len(wish.cards),
        learnt=learnt,
        surely=surely,
        sweep_days=wish.pace.sweep_days(surely, len(wish.cards) - surely),
        sweeps=sweeps,
        gain=gain,
        days=_loads(followed),
        days_without=_loads(plain),
        now=now,
        known=_mean(way.known for way in followed),
        known_without=_mean(way.known for way in plain),
        later=_mean(way.later for way in followed),
        later_without=_mean(way.later for way in plain),
        topics=topics,
        levels=_levels(wish, learnt - len(wish.cards) + wish.unseen),
    )


def _live(wish: Wish, seed: int) -> Generator[None, None, _Way]:
    course, days = wish.course(seed), []
    for day in course.days(wish.first, wish.goal):
        days.append(day)
        yield
    learnt, known, topics = len(course.seen), course.known(wish.goal), course.topics(wish.goal)
    for _ in course.days(wish.goal, wish.goal + AFTER):
        yield
    return _Way(learnt, days, known, course.known(wish.goal + AFTER), topics)


def _levels(wish: Wish, learnt: float) -> tuple[Level, ...]:
    """What becomes of the new cards if so many are learnt, in the order in which they come."""
    levels = [card.level for card in wish.cards if card.state.last is None]
    taken = levels[: round(learnt)]
    return tuple(
        Level(level, levels.count(level), taken.count(level)) for level in sorted({*levels})
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def _loads(ways: Sequence[_Way]) -> tuple[Load, ...]:
    return tuple(
        Load(same[0].day, _mean(one.new for one in same), _mean(one.reviews for one in same))
        for same in zip(*(way.days for way in ways), strict=True)
    )


def _by_topic(ways: Sequence[_Way]) -> dict[str, float]:
    return {
        topic: _mean(way.topics.get(topic, 0.0) for way in ways)
        for topic in {name for way in ways for name in way.topics}
    }


class Span(NamedTuple):
    """Some days in a row that are alike: a week of ``learning``, the ``settling`` before the
    interview, the ``sweep``. The counts are of a day."""

    kind: str
    first: int
    last: int
    new: float
    reviews: float


def spans(days: Sequence[Load], goal: int, sweep_days: int) -> list[Span]:
    """The days of a plan, in weeks and by what they are for."""
    rest, found = list(days), []
    while rest:
        kind = kind_of(goal - rest[0].day, sweep_days)
        most = 7 if kind == LEARNING else len(rest)
        alike = [day for day in rest if kind_of(goal - day.day, sweep_days) == kind][:most]
        new, reviews = _mean(day.new for day in alike), _mean(day.reviews for day in alike)
        found.append(Span(kind, alike[0].day, alike[-1].day, new, reviews))
        rest = rest[len(alike) :]
    return found


LEARNING, SETTLED, SWEEP = "learning", "settling", "sweep"


def kind_of(left: int, sweep_days: int) -> str:
    """What a day is for, so many days before the interview."""
    if left <= sweep_days:
        return SWEEP
    return SETTLED if left <= SETTLING else LEARNING


def rehearsals(first: int, goal: int) -> list[int]:
    """The study days on which an interview is rehearsed."""
    return [goal - left for left in REHEARSALS if goal - left >= first]
