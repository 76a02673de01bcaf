"""What a day of a plan holds: how many new cards, how many reviews, and which cards the final sweep
takes. The review follows these rules, and what a plan promises is found by following them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mlsd_cards.schedule.state import State
    from mlsd_cards.store.catalogue import Candidate

SETTLING = 7
"""The days before the interview that bring nothing new, once there is a day's work to review."""

LATE = 4
"""The days at the end of learning that are kept for what is late: of the gaps of one note a day
asks only one, and the first comes back on the day after."""

SPARE = 10
"""Of so many reviews of the sweep one is kept for a card that failed and comes back."""

REHEARSALS = (6, 4, 2)
"""So many days before the interview one is rehearsed: every other day of the last week, and none on
the eve."""

MS_A_MINUTE = 60_000


class Pace(NamedTuple):
    """The time of a day, and what a new card and a review cost of it, repetitions included; and
    whether the last days sweep over all cards."""

    minutes: int
    new_ms: int
    review_ms: int
    sweeps: bool = True

    @property
    def reviews(self) -> int:
        """The reviews that a day holds, at least one."""
        return max(1, self.minutes * MS_A_MINUTE // self.review_ms)

    @property
    def swept(self) -> int:
        """The cards that the sweep takes a day."""
        return max(1, self.reviews - -(-self.reviews // SPARE))

    def sweep_days(self, cards: int, unseen: int = 0) -> int:
        """The days that a sweep over so many cards takes. While others are ``unseen`` it is the
        last week at most: a new card learnt is worth more than a strong one seen again."""
        days = -(-cards // self.swept)
        return min(days, SETTLING) if unseen else days

    def is_sweep(self, left: int, seen: int, unseen: int) -> bool:
        """Whether the sweep has begun, with so many days left and so many cards seen and not."""
        return self.sweeps and 0 < left <= self.sweep_days(seen, unseen)

    def new(self, left: int, seen: int, unseen: int, reviews: int) -> int:
        """The new cards of a day that began with so many seen and unseen ones and has so many
        reviews: an even share of all, as far as the reviews leave time."""
        if left <= max(SETTLING if seen >= self.reviews else 0, self.sweep_days(seen, unseen)):
            return 0
        days = left - max(SETTLING, self.sweep_days(seen + unseen)) - LATE
        room = self.minutes * MS_A_MINUTE - min(reviews, self.reviews) * self.review_ms
        return min(-(-unseen // max(1, days)), max(0, room) // self.new_ms)

    def share(self, waiting: int, done: int, left: int, days: int, room: int) -> slice:
        """Which of the cards that the sweep of so many ``days`` has still to take, the weakest
        last, it takes today.

        ``done`` counts those that it has taken, ``room`` the reviews that today has left. Where
        not all can be taken in the days that are left, the strongest are left out.
        """
        left_out = max(0, waiting - room - (left - 1) * self.reviews)
        by_now = -(-(done + waiting) * (days - left + 1) // days) if days else 0
        count = room if left_out else min(room, by_now - done)
        return slice(left_out, left_out + max(0, count))


def strength(card: State | Candidate) -> tuple[int, int]:
    """By what the sweep sorts: the interval that the scheduler dares, then the last answer."""
    return card.interval, card.last or 0
