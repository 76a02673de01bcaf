"""The figures of ``study/statistics`` for a store and a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsd_cards.store.catalogue import EVERYTHING, Filter
from mlsd_cards.store.prospects import due_days, hardest, leeches
from mlsd_cards.store.sitting import INTERVIEW, QUIZ, Sittings
from mlsd_cards.store.tallies import tallies, topics_since
from mlsd_cards.study.statistics.forecast import DAYS, forecast
from mlsd_cards.study.statistics.overview import Overview, practised

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.study.statistics.interviews import Interviews
    from mlsd_cards.study.statistics.quizzes import Quizzes

HARDEST = 5
"""So many hard cards are named."""


def overview(app: App, wanted: Filter = EVERYTHING, days: int | None = None) -> Overview:
    """All figures; of the cards that are ``wanted``, if any are, and of the last ``days``, which
    holds for what was done, not for the streak and the map of 26 weeks."""
    catalogue, now = app.catalogue, app.moment()
    since = now.day - days + 1 if days else None
    topics = topics_since(catalogue, wanted, since) if since is not None else None
    return Overview(
        practised(tallies(catalogue, wanted), now, since, topics),
        forecast(due_days(catalogue, now.day + DAYS, wanted), now.day),
        tuple(hardest(catalogue, HARDEST, wanted)),
        leeches(catalogue, wanted),
        None if any(wanted) else _quizzes(app, since or 0),
        None if any(wanted) else _interviews(app, since or 0),
    )


def _quizzes(app: App, since: int) -> Quizzes | None:
    if not (kept := Sittings(app.store, QUIZ).all()):
        return None
    from mlsd_cards.study.statistics.quizzes import quizzes

    return quizzes(kept, since)


def _interviews(app: App, since: int) -> Interviews | None:
    if not (kept := Sittings(app.store, INTERVIEW).all()):
        return None
    from mlsd_cards.study.statistics.interviews import interviews

    return interviews(kept, since)
