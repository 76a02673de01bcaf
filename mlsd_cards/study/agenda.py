"""Which cards today, and in what order.

Due cards come before new ones, with the new mixed in evenly; topics alternate; of the cards of one
note only one a day is asked, because each would give the others away. When more is overdue than a
day holds, the agenda turns to *backlog* mode: nothing new, no drill but of failures, and those
first that have waited longest beside their interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.store.catalogue import Candidate
from mlsd_cards.store.preferences import NEW_A_DAY, REVIEWS_A_DAY

if TYPE_CHECKING:
    from random import Random


class Limits(NamedTuple):
    """The most that a study day holds; ``reviews`` is None for no limit."""

    new: int = NEW_A_DAY
    reviews: int | None = REVIEWS_A_DAY


class Agenda(NamedTuple):
    """The rest of a study day. ``cards`` are ids in the order to ask, drill not among them.

    ``held`` counts the due cards that wait until tomorrow for a sibling's sake, ``later`` those
    that the limit leaves for another day; ``days_to_clear`` is 0 outside backlog mode.
    """

    cards: tuple[str, ...] = ()
    drill: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    reviews: int = 0
    held: int = 0
    later: int = 0
    days_to_clear: int = 0

    @property
    def backlog(self) -> bool:
        """Whether more is overdue than a day holds."""
        return self.days_to_clear > 0


def plan_day(
    due: Sequence[Candidate],
    unseen: Iterable[Candidate],
    answered: Sequence[Candidate],
    again: Sequence[Candidate],
    day: int,
    limits: Limits,
    rng: Random | None,
) -> Agenda:
    """The agenda of ``day``, after the cards ``answered`` on it already.

    Of these, ``again`` are those that are wanted and may have to be repeated. ``unseen`` is read no
    further than needed. Without ``rng`` the due cards stay in the order of their urgency.
    """
    asked = {candidate.note for candidate in answered}
    introduced = sum(candidate.first == day for candidate in answered)
    placed = sum(candidate.first is None for candidate in answered)  # by a quiz, not by a review
    room = _room(limits.reviews, len(answered) - introduced - placed)
    # of one note the card that was due first: one that fails each day must not hold back the others
    apart = _one_a_note(sorted(due, key=_turn), asked)
    apart.sort(key=lambda candidate: _overdue(candidate, day), reverse=True)
    today = apart[:room]
    overdue = sum(candidate.due < day for candidate in due)
    days = _days_to_clear(overdue, len(apart), limits.reviews, room)
    if not days and rng:
        today = interleave(today, rng)
    new = [] if days else _take(unseen, asked, limits.new - introduced)
    drill = [
        candidate.card
        for candidate in again
        # a failure has no repetitions, or one where it counts as the first
        if candidate.drill and (not days or candidate.repetitions <= 1)
    ]
    return Agenda(
        tuple(candidate.card for candidate in mix(today, new)),
        tuple(drill),
        frozenset(candidate.card for candidate in new),
        len(today),
        len(due) - len(apart),
        len(apart) - len(today),
        days,
    )


def plan_practice(cards: Sequence[Candidate], limit: int | None, rng: Random) -> Agenda:
    """Any cards in any order, one of each note: practice schedules nothing and is due to nobody."""
    shuffled = rng.sample(cards, len(cards))
    chosen = interleave(_one_a_note(shuffled, set())[:limit], rng)
    return Agenda(tuple(candidate.card for candidate in chosen), reviews=len(chosen))


def interleave(cards: Sequence[Candidate], rng: Random) -> list[Candidate]:
    """The cards in random order, neighbours of different topics wherever that is possible.

    Always taking from the fullest topic but the last one leaves no run at the end unless one topic
    is more than half of all.
    """
    groups: defaultdict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for candidate in rng.sample(cards, len(cards)):
        groups[candidate.deck, candidate.topic].append(candidate)
    heap = [(-len(group), rng.random(), group) for group in groups.values()]
    heapify(heap)
    ordered: list[Candidate] = []
    resting: tuple[int, float, list[Candidate]] | None = None
    while heap or resting:
        if not heap:
            heap, resting = [resting], None  # type: ignore[list-item]  # not None: the loop's test
        size, tie, group = heappop(heap)
        ordered.append(group.pop())
        if resting:
            heappush(heap, resting)
        resting = (size + 1, tie, group) if group else None
    return ordered


def mix(due: Sequence[Candidate], new: Sequence[Candidate]) -> list[Candidate]:
    """Both sequences in their order, the new spread evenly, never first where anything is due."""
    step = (len(due) + 1) / (len(new) + 1)
    at = [max(1, round((index + 1) * step)) for index in range(len(new))]
    mixed, pending = [], list(zip(at, new, strict=True))
    for index, candidate in enumerate(due):
        while pending and pending[0][0] <= index:
            mixed.append(pending.pop(0)[1])
        mixed.append(candidate)
    return mixed + [candidate for _, candidate in pending]


def _room(limit: int | None, done: int) -> int | None:
    return None if limit is None else max(0, limit - done)


def _turn(candidate: Candidate) -> tuple[int, int, int]:
    """When a card takes its turn among those of its note."""
    return candidate.due, candidate.interval, candidate.position


def _overdue(candidate: Candidate, day: int) -> tuple[float, int]:
    """How long a card has waited beside its interval; of equals the library's first."""
    return (day - candidate.due) / max(1, candidate.interval), -candidate.position


def _days_to_clear(overdue: int, due: int, limit: int | None, room: int | None) -> int:
    """Days until all that is due is answered at the daily limit, or 0 if the rest of today holds
    what is overdue."""
    if limit is None or room is None or overdue <= room:
        return 0
    return -(-due // max(1, limit))


def _one_a_note(cards: Iterable[Candidate], asked: set[str]) -> list[Candidate]:
    """The first card of each note that is not in ``asked``; adds to it."""
    chosen = []
    for candidate in cards:
        if candidate.note not in asked:
            asked.add(candidate.note)
            chosen.append(candidate)
    return chosen


def _take(unseen: Iterable[Candidate], asked: set[str], room: int) -> list[Candidate]:
    """The first new cards whose notes are not asked today."""
    chosen: list[Candidate] = []
    if room <= 0:
        return chosen
    for candidate in unseen:
        if candidate.note not in asked:
            asked.add(candidate.note)
            chosen.append(candidate)
            if len(chosen) == room:
                break
    return chosen
