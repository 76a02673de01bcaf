"""The paper of a quiz: which cards, in what order, and at which repetition each is asked.

A seed, the cards and their history fix a paper, in whatever order the cards arrive. Chance is a
drawing of lots: every card has as many as its weight, 1 unless the paper leans on weak cards, and
its best one counts. Topics take turns; within a topic it is the turn of the kind that the paper has
least of, and of that kind the card with the best lot is taken.

Kept apart are cards that give each other away. Two cards of one note are never in one paper. Of two
cards of which one requires the other, one is; where that leaves too few, both are, but never side
by side. Two cards of one topic stand side by side only where there is no other place.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import combinations, islice, repeat
from operator import attrgetter
from random import Random
from typing import Any, NamedTuple

from mlsd_cards.schedule.state import NEW
from mlsd_cards.store.entry import Entry
from mlsd_cards.study.quiz.spacing import insert, interleaved, topic_of

MARKED = ("mcq", "multi_select", "ordering", "numeric", "computed", "cloze", "diagram")
"""The kinds whose answers the program can mark."""

MOST = 4
"""So many wrong answers, and so many lapses, count towards a card's weight; more change nothing."""

EASE = 30
"""So far (in hundredths) does the ease factor have to fall to count as much as a wrong answer."""

PLAIN = "None of these cards has lapsed or been answered wrong yet: --weak changed nothing."

LEAN = 9
"""The lots for each of these: twenty cards that were once answered wrong, among four hundred, are
two fifths of a paper of twenty; with a single lot they are a sixth, which nobody would notice."""

Groups = dict[str, dict[str, list["Lot"]]]
"""By topic and kind, the best lot last."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a paper is to be like: ``count`` cards of any of the kinds and difficulties (an empty
    tuple means all), leaning on ``weak`` ones, ``marked_only`` of those that the program marks."""

    count: int = 20
    kinds: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    weak: bool = False
    marked_only: bool = False

    def takes(self, entry: Entry) -> bool:
        """Whether the card is of a wanted kind and difficulty."""
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (not self.difficulties or entry.difficulty in self.difficulties)
            and (not self.marked_only or entry.kind in MARKED)
        )


class Item(NamedTuple):
    """A question of the paper: ``question.ask(card, repetition)``."""

    card: str
    repetition: int


class Paper(NamedTuple):
    """The questions in order. ``short`` says what of the wish they fall short of and what would
    give more; it is empty where the wish is met."""

    seed: int
    items: tuple[Item, ...]
    short: str


class Lot(NamedTuple):
    """What chance gave a card."""

    luck: float
    weight: int
    entry: Entry


def draw(entries: Iterable[Entry], wish: Wish, seed: int) -> Paper:
    """The paper of that seed; it may be short, or empty, which ``Paper.short`` explains."""
    everything = sorted(entries)
    fit = [entry for entry in everything if wish.takes(entry)]
    rng = Random(f"paper:{seed}")  # noqa: S311 - a paper, not a secret
    lots = _lots(fit, rng, weak=wish.weak)
    picker = _Picker(lots, rng)
    order = interleaved(picker.pick(wish.count), rng)
    for entry in picker.pick_paired():
        if len(order) >= wish.count:
            break
        insert(order, entry, rng)
    items = tuple(Item(entry.card, repetition(seed, entry.card)) for entry in order)
    plain = wish.weak and bool(fit) and all(lot.weight == 1 for lot in lots)
    words = [_shortfall(everything, wish, len(items)), PLAIN if plain else ""]
    return Paper(seed, items, " ".join(filter(None, words)))


def repetition(seed: int, card: str) -> int:
    """The repetition at which a paper of that seed asks the card: its options and numbers."""
    # only random() itself draws the same under every version of Python
    return int(Random(f"{seed}:{card}").random() * (1 << 53))  # noqa: S311 - no secret


def weight(entry: Entry) -> int:
    """How many lots a card has in a paper that leans on weak cards, 1 to 109.

    One to begin with; nine for each wrong answer, whether in a review, in practice or in a quiz, up
    to four; nine more for each lapse, up to four, since what was known and lost is weaker than what
    was never known; and nine for each 0.30 that the ease factor has fallen below 2.50.
    """
    fallen = (NEW.ef - entry.ef) // EASE if entry.ef < NEW.ef else 0
    wrong = entry.wrong if entry.wrong < MOST else MOST  # min() would take as long as all the rest
    lapses = entry.lapses if entry.lapses < MOST else MOST
    return 1 + LEAN * (wrong + lapses + fallen)


def _lots(entries: Sequence[Entry], rng: Random, *, weak: bool) -> list[Lot]:
    """The best lot of each card, in the order of the cards."""
    weights = map(weight, entries) if weak else repeat(1)
    return [
        Lot(_best_of(many, rng), many, entry) for entry, many in zip(entries, weights, strict=False)
    ]


def _best_of(lots: int, rng: Random) -> float:
    """The best of so many numbers between 0 and 1, drawn at once: a root of one is spread alike."""
    return math.pow(rng.random(), 1 / lots)


class _Picker:
    """Takes cards out of the lots, topics in turn."""

    def __init__(self, lots: list[Lot], rng: Random) -> None:
        self._groups = _grouped(lots)
        self._kinds: Counter[str] = Counter()
        self._topics: Counter[str] = Counter()
        self._topic_kinds: Counter[tuple[str, str]] = Counter()
        self._notes: set[str] = set()
        self._needed: set[str] = set()
        self._paired: list[Lot] = []
        # A topic has as many lots as its weakest card, so that a paper of few cards leans too.
        self._turn = {
            topic: -_best_of(max(lot.weight for stack in kinds.values() for lot in stack), rng)
            for topic, kinds in self._groups.items()
        }

    def pick(self, count: int) -> list[Entry]:
        """Up to ``count`` cards, none of which requires another."""
        return list(islice(self._rounds(apart=True), count))

    def pick_paired(self) -> Iterator[Entry]:
        """After these, the cards that were passed over because one requires the other."""
        self._groups = _grouped(self._paired)
        return self._rounds(apart=False)

    def _rounds(self, *, apart: bool) -> Iterator[Entry]:
        """A card of the topic that the paper has least of, again and again, until none is left."""
        heap = [(self._topics[topic], self._turn[topic], topic) for topic in self._groups]
        heapify(heap)
        while heap:
            _, turn, topic = heappop(heap)
            stack = self._best(topic, apart=apart)
            if stack:
                entry = stack.pop().entry
                self._take(entry, topic)
                heappush(heap, (self._topics[topic], turn, topic))
                yield entry

    def _best(self, topic: str, *, apart: bool) -> list[Lot]:
        """The lots of the kind whose turn it is, empty if the topic has run out.

        A kind has had its turn as often as the paper has cards of it, divided by the weight of its
        next one; of equals it is the one that the topic has had less often.
        """
        left = []
        for kind, stack in self._groups[topic].items():
            self._clear(stack, apart=apart)
            if stack:
                luck, many, _ = stack[-1]
                turn = self._kinds[kind] / many, self._topic_kinds[topic, kind], -luck
                left.append((turn, stack))
        return min(left)[1] if left else []

    def _clear(self, stack: list[Lot], *, apart: bool) -> None:
        """Take away what cannot be asked beside what is taken, until the next lot can."""
        while stack:
            entry = stack[-1].entry
            if entry.note in self._notes:
                stack.pop()
            elif apart and (
                entry.note in self._needed or not self._notes.isdisjoint(entry.requires)
            ):
                self._paired.append(stack.pop())
            else:
                return

    def _take(self, entry: Entry, topic: str) -> None:
        self._notes.add(entry.note)
        self._needed.update(entry.requires)
        self._kinds[entry.kind] += 1
        self._topics[topic] += 1
        self._topic_kinds[topic, entry.kind] += 1


def _grouped(lots: Iterable[Lot]) -> Groups:
    stacks: defaultdict[tuple[str, str], list[Lot]] = defaultdict(list)
    for lot in lots:
        stacks[topic_of(lot.entry), lot.entry.kind].append(lot)
    groups: Groups = defaultdict(dict)
    for (topic, kind), stack in stacks.items():
        stack.sort(key=attrgetter("luck"))
        groups[topic][kind] = stack
    return groups


# what the paper falls short of


def _shortfall(everything: Sequence[Entry], wish: Wish, drawn: int) -> str:
    """How many cards were wished for and how many there are, and what would give more."""
    if drawn >= wish.count:
        return ""
    fit = sum(map(wish.takes, everything))
    said = [f"Wished for: {wish.count}. There are: {drawn}."]
    if fit > drawn:
        said.append(f"{fit} cards fit, but those that give each other away are kept apart.")
    gains = _gains(everything, wish)
    said += [f"Without {names} there are {count} to draw from." for names, count in gains]
    return " ".join(said if gains else [*said, "More decks, tags or topics would give more."])


def _gains(everything: Sequence[Entry], wish: Wish) -> list[tuple[str, int]]:
    """The filters without which more notes would fit, and how many then do; two or three together
    only where none alone gives more."""
    filters: tuple[tuple[str, object, dict[str, Any]], ...] = (
        ("--kinds", wish.kinds, {"kinds": ()}),
        ("--difficulty", wish.difficulties, {"difficulties": ()}),
        ("--auto-only", wish.marked_only, {"marked_only": False}),
    )
    used = [(name, change) for name, narrows, change in filters if narrows]
    now = _notes(everything, wish)
    for size in range(1, len(used) + 1):
        found = []
        for some in combinations(used, size):
            wider = wish
            for _, change in some:
                wider = replace(wider, **change)
            if (count := _notes(everything, wider)) > now:
                found.append((" and ".join(name for name, _ in some), count))
        if found:
            return found
    return []


def _notes(entries: Iterable[Entry], wish: Wish) -> int:
    """How many notes have a card that is wanted."""
    return len({entry.note for entry in entries if wish.takes(entry)})
