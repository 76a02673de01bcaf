"""Placement: finding out what somebody knows already, so that it need not be learnt. Pure.

There is no paper: every answer decides what is asked next. Topics come in the order of the library,
and only new cards are asked, of kinds that the program can mark, never two of one note.

A topic is asked from the middle difficulty. After an answer that is right and sure the next card is
a step harder, after any other a step easier. The topic is

- *known* after three answers in a row that are right and sure, and so one of the hardest that were
  left among them; a topic with two cards to ask is known after both;
- *not known* after two answers that are not right and sure;
- *open* if its cards run out before.

So no topic takes more than six questions. Somebody who knows four topics of five answers about two
and a half a topic, 97 in a library of 39 topics with 222 cards, and places three cards of four.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from mlsd_cards.cards.certainty import Certainty
from mlsd_cards.cards.marking import Verdict
from mlsd_cards.store.entry import Entry
from mlsd_cards.study.quiz.paper import MARKED, Item, repetition

ROW = 3
"""So many answers in a row, right and sure, make a topic known."""

MISSES = 2
"""So many that are not make it not known."""

MIDDLE, HARDEST = 2, 3
"""The difficulty to begin with, and the highest."""

EARLIEST, LATEST = 21, 42
"""A placed card comes back within so many days: once before an interview six weeks away."""

KNOWN, UNKNOWN, OPEN = "known", "not known", "open"


class Given(NamedTuple):
    """An answer; ``verdict`` is None where the question was passed over."""

    card: str
    verdict: Verdict | None
    certainty: Certainty | None

    @property
    def sure(self) -> bool:
        """Whether it is right and sure: nothing less places a card."""
        return self.verdict is Verdict.RIGHT and self.certainty is Certainty.SURE


class Standing(NamedTuple):
    """What the answers say of a topic: ``verdict`` is KNOWN, UNKNOWN or OPEN, ``level`` the highest
    difficulty that was right and sure in the row that made it known, else 0."""

    topic: str
    asked: int
    verdict: str
    level: int


class Offer(NamedTuple):
    """A known topic's cards that were not asked, none more difficult than what was shown to be
    known: to be placed too, if the person wants it. ``sure`` of ``asked`` answers were right and
    sure."""

    topic: str
    sure: int
    asked: int
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's new cards in the order of the library; ``askable`` are those that can be asked."""

    name: str
    cards: tuple[Entry, ...]
    askable: tuple[Entry, ...]

    @property
    def needed(self) -> int:
        """How many in a row make it known: fewer of a small topic, but never one alone."""
        notes = len({entry.note for entry in self.askable})
        return max(2, min(ROW, notes))

    def next(self, given: Sequence[Given], seed: int) -> Entry | None:
        """The next card to be asked after these answers; None once there is nothing to ask."""
        by_card = {entry.card: entry for entry in self.askable}
        asked = {by_card[one.card].note for one in given}
        left = [entry for entry in self.askable if entry.note not in asked]
        wanted = MIDDLE
        for one in given:
            wanted = min(HARDEST, wanted + 1) if one.sure else max(1, wanted - 1)
        return min(
            left,
            key=lambda entry: (
                abs(entry.difficulty - wanted),
                -entry.difficulty,
                _lot(seed, entry),
            ),
            default=None,
        )

    def standing(self, given: Sequence[Given]) -> Standing:
        """What these answers say of it."""
        difficulty = {entry.card: entry.difficulty for entry in self.askable}
        row: list[int] = []
        misses = 0
        for one in given:
            row = [*row, difficulty[one.card]] if one.sure else []
            misses += not one.sure
        if len(row) >= self.needed:
            return Standing(self.name, len(given), KNOWN, max(row))
        return Standing(self.name, len(given), UNKNOWN if misses >= MISSES else OPEN, 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be asked, by topic, in at most ``most`` questions; ``topic_of`` a card."""

    seed: int
    most: int
    topics: tuple[Topic, ...]
    topic_of: Mapping[str, str]

    def next(self, given: Sequence[Given]) -> Item | None:
        """The next question after these answers; None at the end."""
        if len(given) >= self.most:
            return None
        answers = self._by_topic(given)
        for topic in self.topics:
            if entry := self._asks(topic, answers.get(topic.name, [])):
                return Item(entry.card, repetition(self.seed, entry.card))
        return None

    def clear(self, given: Sequence[Given]) -> int:
        """Of how many topics nothing more would be asked."""
        return sum(self._asks(topic, told) is None for topic, told in self._told(given))

    def without(self, card: str) -> Plan:
        """The plan without a card that cannot be asked after all."""
        topics = (
            replace(topic, askable=tuple(one for one in topic.askable if one.card != card))
            for topic in self.topics
        )
        return replace(self, topics=tuple(topic for topic in topics if topic.askable))

    def standings(self, given: Sequence[Given]) -> list[Standing]:
        """What the answers say of every topic that was asked about, in the order of the library."""
        return [topic.standing(told) for topic, told in self._told(given)]

    def offers(self, given: Sequence[Given]) -> list[Offer]:
        """What there is to place beside the answers, by topic."""
        asked = {one.card for one in given}
        made = []
        for topic, told in self._told(given):
            level = topic.standing(told).level
            cards = (one for one in topic.cards if one.difficulty <= level)
            rest = tuple(one.card for one in cards if one.card not in asked)
            made.append(Offer(topic.name, sum(one.sure for one in told), len(told), rest))
        return [one for one in made if one.cards]

    def _asks(self, topic: Topic, told: Sequence[Given]) -> Entry | None:
        """The next card of a topic; None once it is clear or has no more."""
        is_clear = told and topic.standing(told).verdict != OPEN
        return None if is_clear else topic.next(told, self.seed)

    def _told(self, given: Sequence[Given]) -> list[tuple[Topic, list[Given]]]:
        """The topics that have answers, in order, with these."""
        answers = self._by_topic(given)
        return [(topic, answers[topic.name]) for topic in self.topics if topic.name in answers]

    def _by_topic(self, given: Sequence[Given]) -> dict[str, list[Given]]:
        """The answers of each topic; those to cards that are none of the plan's are passed over."""
        answers: dict[str, list[Given]] = {}
        for one in given:
            if name := self.topic_of.get(one.card):
                answers.setdefault(name, []).append(one)
        return answers


def plan(entries: Iterable[Entry], seed: int, most: int) -> Plan:
    """The plan for these cards, in whatever order they come; those studied before are left out."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.position, entry.card)):
        if entry.last is None:
            groups.setdefault(entry.topic or entry.deck, []).append(entry)
    askable = {
        name: tuple(card for card in cards if card.kind in MARKED) for name, cards in groups.items()
    }
    topics = (Topic(name, tuple(groups[name]), some) for name, some in askable.items() if some)
    topic_of = {card.card: name for name, some in askable.items() for card in some}
    return Plan(seed, most, tuple(topics), topic_of)


def placed(given: Iterable[Given]) -> list[str]:
    """The cards that the answers themselves place."""
    return [one.card for one in given if one.sure]


def interval(card: str) -> int:
    """After how many days a placed card comes back: each at its own, so that they are not all due
    on one, and always at the same."""
    days = LATEST - EARLIEST + 1
    return EARLIEST + int(Random(f"placed:{card}").random() * days)  # noqa: S311 - no secret


def words(standings: Iterable[Standing]) -> list[str]:
    """Which topics are known and which are not, as lines."""
    by_verdict: dict[str, list[str]] = {KNOWN: [], UNKNOWN: [], OPEN: []}
    for one in standings:
        by_verdict[one.verdict].append(one.topic)
    return [
        f"{verdict.capitalize()}: {', '.join(topics)}."
        for verdict, topics in by_verdict.items()
        if topics
    ]


def _lot(seed: int, entry: Entry) -> tuple[float, str]:
    """Which of two cards alike comes first."""
    return Random(f"place:{seed}:{entry.card}").random(), entry.card  # noqa: S311 - no secret
