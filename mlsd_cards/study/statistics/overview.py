"""All figures together, made of what the store counts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store.prospects import Hard
from mlsd_cards.store.tallies import Tallies
from mlsd_cards.store.tally import DayTally, Tally
from mlsd_cards.study.statistics.forecast import Forecast
from mlsd_cards.study.statistics.heat import HeatMap, heat_map
from mlsd_cards.study.statistics.period import between, by_week
from mlsd_cards.study.statistics.retention import Retention, retention
from mlsd_cards.study.streak import Streak, streak

if TYPE_CHECKING:
    from mlsd_cards.study.statistics.interviews import Interviews
    from mlsd_cards.study.statistics.quizzes import Quizzes


class Practised(NamedTuple):
    """What the log tells as of the study day ``day``.

    ``since`` is the first day that ``whole`` and ``retention`` are about: that of the first answer
    if they are about ``everything``, else of a window that was asked for. ``studied`` counts the
    days with an answer from then on.
    """

    day: int
    since: int
    everything: bool
    today: Tally
    whole: Tally
    studied: int
    streak: Streak
    heat: HeatMap
    retention: Retention


class Overview(NamedTuple):
    """Everything. ``hardest`` are some cards, the hardest first, ``leeches`` counts all of those.
    ``quizzes`` and ``interviews`` are None where there is none, and where only some cards are
    wanted: they ask across decks."""

    practised: Practised
    forecast: Forecast
    hardest: tuple[Hard, ...]
    leeches: int
    quizzes: Quizzes | None
    interviews: Interviews | None


def practised(
    counted: Tallies,
    now: Moment,
    since: int | None = None,
    topics: Mapping[str, Tally] | None = None,
) -> Practised:
    """The figures of all answers; or of those from the study day ``since`` on, of which the
    ``topics`` are."""
    everything = since is None
    if since is None:
        since = min([now.day, *(one.day for one in counted.days[:1])])
    last = max([now.day, *(one.day for one in counted.days[-1:])])  # a zone further east is ahead
    whole = between(counted.days, since, last)
    by_topic = counted.topics if topics is None else topics
    return Practised(
        now.day,
        since,
        everything,
        between(counted.days, now.day, now.day),
        whole,
        sum(since <= one.day for one in counted.days),
        streak(_offsets(counted.days), now),
        heat_map(counted.days, now.day),
        retention(whole, by_topic, by_week(counted.days, since, last)),
    )


def _offsets(days: list[DayTally]) -> list[tuple[int, int]]:
    return list(chain.from_iterable({(one.day, one.west), (one.day, one.east)} for one in days))
