"""A saved plan, followed: what it makes of a study day, and which cards it brings forward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.store.catalogue import EVERYTHING, Candidate, Catalogue, Filter
from mlsd_cards.study.planning.rule import REHEARSALS, Pace, strength

if TYPE_CHECKING:
    from mlsd_cards.store.plan import Plan
    from mlsd_cards.study.agenda import Limits


class Today(NamedTuple):
    """What a plan makes of a study day: the days ``left``, the new cards and reviews that it holds
    at most, and the first day of the final sweep, 0 before it has begun."""

    left: int
    new: int
    reviews: int
    since: int = 0


def today(pace: Pace, goal: int, day: int, seen: Sequence[Candidate], unseen: int) -> Today:
    """The day of a plan, the same at every moment of it. ``seen`` are the wanted cards that were
    ever answered; so many more are new."""
    left = goal - day
    introduced = sum(card.first == day for card in seen)
    before, new = len(seen) - introduced, unseen + introduced
    if pace.is_sweep(left, before, new):
        return Today(left, 0, pace.reviews, goal - pace.sweep_days(before, new))
    reviews = sum(card.due <= day or card.last == day for card in seen) - introduced
    return Today(left, pace.new(left, before, new, reviews), pace.reviews)


def swept(
    pace: Pace, now: Today, day: int, seen: Iterable[Candidate], room: int
) -> list[Candidate]:
    """The cards that the sweep asks on ``day``, of the wanted ones ``seen``: today's share, and as
    far as there is room those that it took on an earlier day and that are due again."""
    done, waiting = 0, list[Candidate]()
    again = list[Candidate]()
    for card in seen:
        if (card.last or 0) < now.since:
            waiting.append(card)
            continue
        done += 1
        if card.due <= day:
            again.append(card)
    waiting.sort(key=strength, reverse=True)
    days = now.left + day - now.since
    share = waiting[pace.share(len(waiting), done, now.left, days, room)]
    again.sort(key=lambda card: card.due)
    return share + again[: max(0, room - len(share))]


class Following:
    """A plan on a study day, over the cards of a library."""

    def __init__(self, plan: Plan, catalogue: Catalogue, day: int) -> None:
        self.plan, self.catalogue, self.day = plan, catalogue, day
        self.pace = Pace(plan.minutes, plan.new_ms, plan.review_ms, plan.sweeps)
        self.wanted = Filter(*plan.names)
        self._seen = catalogue.seen(day, self.wanted)
        self._unseen = sum(1 for _ in catalogue.unseen(day, self.wanted))
        self.today = today(self.pace, plan.day, day, self._seen, self._unseen)

    def meant(self, wanted: Filter) -> Filter:
        """Which cards are meant where nothing was said: those of the plan."""
        return self.wanted if wanted == EVERYTHING else wanted

    def due(
        self,
        due: list[Candidate],
        wanted: Filter,
        limits: Limits,
        answered: Sequence[Candidate],
    ) -> list[Candidate]:
        """What is asked today in place of the cards that are ``due``, of those that are wanted. In
        the sweep its cards are, due or not, and may meet others of their notes: each is to come
        once."""
        if not self.today.since:
            return due
        room = len(self._seen)
        if limits.reviews is not None:
            done = sum(card.first not in {None, self.day} for card in answered)
            room = max(0, limits.reviews - done)
        taken = swept(self.pace, self.today, self.day, self._seen, room)
        if wanted != self.wanted:
            meant = {card.card for card in self.catalogue.seen(self.day, wanted)}
            taken = [card for card in taken if card.card in meant]
        own = {card.card for card in self._seen}
        others = [card for card in due if card.card not in own]
        return [card._replace(note=card.card) for card in taken] + others

    def tomorrow(self, asked: Collection[str]) -> int | None:
        """How many cards the sweep asks tomorrow once those are answered; None on a day before."""
        tomorrow, asked = self.day + 1, set(asked)
        after = [
            card._replace(last=self.day, due=tomorrow + card.interval)
            if card.card in asked
            else card
            for card in self._seen
        ]
        then = today(self.pace, self.plan.day, tomorrow, after, self._unseen)
        if not then.since:
            return None
        return len(swept(self.pace, then, tomorrow, after, self.pace.reviews))

    @property
    def settles(self) -> bool:
        """Whether tomorrow, still before the interview, is to bring nothing new."""
        left = self.today.left - 1
        return left > 0 and not self.pace.new(left, len(self._seen), self._unseen, 0)

    @property
    def words(self) -> str:
        """How far the interview is, and what today holds, in a line."""
        left = self.today.left
        if left == 0:
            return "The interview is today."
        told = f"Interview in {left} day{'s' * (left != 1)}"
        if self.today.since:
            # a plan made too late for a whole sweep counts its days from its own first
            days = self.plan.day - max(self.today.since, min(self.plan.begun, self.day))
            told += f": final sweep, day {days - left + 1} of {days}"
        if left in REHEARSALS:
            told += "; rehearse one today: mlsd-cards interview"
        return told + "."
