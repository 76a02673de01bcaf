"""A plan made of what is here: the cards with their memories, the pace, the schedulers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.store.catalogue import Filter
from mlsd_cards.store.pace import times
from mlsd_cards.store.plan import LONGEST_MS, Plan
from mlsd_cards.store.refold import folds
from mlsd_cards.study.planning.course import Start
from mlsd_cards.study.planning.prospect import Wish
from mlsd_cards.study.planning.rule import Pace

if TYPE_CHECKING:
    from mlsd_cards.app import App

NEW_MS, REVIEW_MS = 60_000, 30_000
"""What a new card and a review cost where there are too few of one's own: a minute, half a one."""

ENOUGH_NEW, ENOUGH_REVIEWS = 30, 100
"""So many of one's own say more than these defaults."""


class Costs(NamedTuple):
    """What a new card and a review cost, in ms, and of how many one's own that is the mean; 0
    where it is the default."""

    new_ms: int
    new: int
    review_ms: int
    reviews: int


def costs(app: App) -> Costs:
    """One's own times where there are enough, else the defaults."""
    own = times(app.store)
    new = (own.new_ms, own.new) if own.new >= ENOUGH_NEW else (NEW_MS, 0)
    review = (own.review_ms, own.reviews) if own.reviews >= ENOUGH_REVIEWS else (REVIEW_MS, 0)
    return Costs(min(new[0], LONGEST_MS), new[1], min(review[0], LONGEST_MS), review[1])


def wish(app: App, plan: Plan) -> Wish:
    """The plan with the cards that it is about, as they stand today."""
    day, wanted, model = app.moment().day, Filter(*plan.names), FSRS()
    memories = {
        card: folded.state.memory
        for card, folded in folds(app.store.connection, model)
        if folded.state.memory
    }
    seen = app.catalogue.seen(day, wanted)
    starts = [
        Start(one.topic, app.store.folded(one.card).state, memories.get(one.card), one.deck)
        for one in seen
    ]
    starts += [
        Start(one.topic, deck=one.deck, level=one.level)
        for one in app.catalogue.unseen(day, wanted, staged=True)
    ]
    pace = Pace(plan.minutes, plan.new_ms, plan.review_ms, plan.sweeps)
    return Wish(tuple(starts), pace, day, plan.day, app.store.scheduler, model)


def standing(app: App, wanted: Filter) -> Wish:
    """The cards that are wanted as they stand today, with nothing planned for them."""
    day = app.moment().day
    return wish(app, Plan(day, 1, NEW_MS, REVIEW_MS, day, *wanted))
