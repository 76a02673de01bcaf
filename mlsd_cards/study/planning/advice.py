"""What would fit where a plan does not: more time a day, a later date, or fewer decks."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from mlsd_cards.study.planning.prospect import SEEDS, Prospect, Wish

MINUTES = 5
"""The step by which more time is tried."""

MOST_MINUTES = 240
DAYS = 7
MOST_DAYS = 365
"""A plan with a longer day, or a later date, is no advice."""

Fitting = Generator[None, None, bool]


class Advice(NamedTuple):
    """Each of them alone would do: ``minutes`` a day, the interview on the study ``day``, or
    leaving out the decks ``leave``, of which ``cards`` remain. None, or no deck, where it would
    not."""

    minutes: int | None
    day: int | None
    leave: tuple[str, ...]
    cards: int


def advice(wish: Wish, found: Prospect) -> Generator[None, None, Advice]:
    """What would fit instead of a wish that came to ``found``."""
    minutes = yield from _minutes(wish, found)
    day = yield from _day(wish, found)
    leave, cards = yield from _leave(wish, found)
    return Advice(minutes, day, leave, cards)


def fits(wish: Wish) -> Fitting:
    """Whether every card is seen in time, in each course, and the sweep has its days."""
    if wish.pace.sweep_days(len(wish.cards)) > wish.goal - wish.first:
        return False
    for seed in SEEDS:
        course = wish.course(seed)
        for _ in course.days(wish.first, wish.goal):
            yield
        if course.unseen:
            return False
    return True


def _minutes(wish: Wish, found: Prospect) -> Generator[None, None, int | None]:
    """The least minutes that do, tried upward from what would do if all cards cost alike."""
    seen = len(wish.cards) - wish.unseen
    share = (len(wish.cards) - seen / 2) / max(1, found.surely - seen / 2)
    now = wish.pace.minutes
    guess = max(now + 1, round(now * share * 0.75))
    for minutes in range(-(-guess // MINUTES) * MINUTES, MOST_MINUTES + 1, MINUTES):
        more = wish._replace(pace=wish.pace._replace(minutes=minutes))
        if (yield from fits(more)):
            return minutes
    return None


def _day(wish: Wish, found: Prospect) -> Generator[None, None, int | None]:
    """The first day that does, by weeks from the date that was wished for."""
    missing, latest = (
        len(wish.cards) - found.surely,
        [day.new for day in found.days if day.new][-14:],
    )
    rate = sum(latest) / len(latest) if latest else 0
    weeks = int(missing / rate / DAYS) if rate else 0
    for goal in range(wish.goal + max(1, weeks) * DAYS, wish.first + MOST_DAYS + 1, DAYS):
        if (yield from fits(wish._replace(goal=goal))):
            return goal
    return None


def _leave(wish: Wish, found: Prospect) -> Generator[None, None, tuple[tuple[str, ...], int]]:
    """The decks that are begun last, as few as do, and what remains."""
    decks = [*dict.fromkeys(card.deck for card in wish.cards if card.state.last is None)]
    cards, leave = wish.cards, list[str]()
    while decks:
        leave.append(decks.pop())
        cards = tuple(card for card in cards if card.deck != leave[-1])
        if not cards:
            break
        if len(cards) <= found.surely and (yield from fits(wish._replace(cards=cards))):
            return tuple(reversed(leave)), len(cards)
    return (), 0
