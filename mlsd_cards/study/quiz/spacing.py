"""The order of a paper: cards of one topic, and cards that give each other away, kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from random import Random

from mlsd_cards.store.entry import Entry


def topic_of(entry: Entry) -> str:
    """The topic of a card; one without stands under its deck."""
    return entry.topic or entry.deck


def interleaved(entries: Sequence[Entry], rng: Random) -> list[Entry]:
    """In random order, neighbours of different topics wherever possible: always one of the topic
    that has most left, but the last."""
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda _: rng.random()):
        groups[topic_of(entry)].append(entry)
    heap = [(-len(group), rng.random(), group) for group in groups.values()]
    heapify(heap)
    order: list[Entry] = []
    resting: list[tuple[int, float, list[Entry]]] = []
    while heap or resting:
        size, tie, group = heappop(heap) if heap else resting.pop()
        order.append(group.pop())
        for rested in resting:
            heappush(heap, rested)
        resting = [(size + 1, tie, group)] if group else []
    return order


def insert(order: list[Entry], entry: Entry, rng: Random) -> None:
    """Put a card where it is beside none that it requires or that requires it, and beside none of
    its topic if there is such a place; without any place it stays away."""
    start = int(rng.random() * (len(order) + 1))
    places = [*range(start, len(order) + 1), *range(start)]
    for topics_apart in (True, False):
        for place in places:
            beside = order[max(0, place - 1) : place + 1]
            if not any(
                paired(entry, other) or (topics_apart and topic_of(entry) == topic_of(other))
                for other in beside
            ):
                order.insert(place, entry)
                return


def paired(one: Entry, other: Entry) -> bool:
    """Whether one of the two requires the other."""
    return one.note in other.requires or other.note in one.requires
