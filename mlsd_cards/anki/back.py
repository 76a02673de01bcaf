"""Reviews done in Anki on their way into the log: which are new, which are here, which not ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from hashlib import file_digest
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from mlsd_cards.anki.read import Review
from mlsd_cards.anki.revlog import Answer, Row, answer, is_known
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import foreign, log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event

DEVICE = "anki"
"""The device of all that comes from Anki, whichever machine brings it in."""

LATEST_MS = 24 * 3600 * 1000
"""How far another machine's clock may be ahead of this one's."""


class Return:
    """The reviews of one import, turned into events as they are asked for, and counted meanwhile.

    ``unknown`` counts the reviews of cards of ours that no deck and no answer knows, by card.
    """

    def __init__(
        self, store: Store, known: Container[str], moment: Callable[[int], Moment], id_: str
    ) -> None:
        self._store = store
        self._known = known
        self._moment = moment
        self.id = id_
        self.came: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.here = self.by_hand = self.others = self.unreadable = 0

    def events(self, reviews: Iterable[Review]) -> Iterator[Event]:
        """What of the reviews is new to the log. Those of one card stand together."""
        for card, group in groupby(reviews, attrgetter("card")):
            answers = self._answers(review.row for review in group)
            if card is None:
                self.others += sum(1 for _ in answers)
            elif card in self._known or self._store.folded(card).head:
                yield from self._new(card, answers)
            else:
                self.unknown[card] += sum(1 for _ in answers)

    def _answers(self, rows: Iterable[Row | None]) -> Iterator[Answer]:
        for row in rows:
            if row is None:
                self.unreadable += 1
            elif given := answer(row):
                yield given
            else:
                self.by_hand += 1

    def _new(self, card: str, answers: Iterable[Answer]) -> Iterator[Event]:
        past = foreign.past(self._store, card, DEVICE)
        for given in answers:
            if given.at in past.brought or is_known(given.at, past.given):
                self.here += 1
            else:
                past.brought.add(given.at)
                self.came[card] += 1
                yield self._event(card, given, foreign.uid(card, given.at, past.uids))

    def _event(self, card: str, given: Answer, uid: str) -> Event:
        at, offset, day = self._moment(given.at)
        source = given.source if given.source == log.PRACTICE else f"{DEVICE}:{self.id}"
        return Event(
            card, at, DEVICE, uid, log.REVIEWED, at, offset, day,
            given.grade, given.scale, given.took, source, log.packed({"import": self.id}),
        )  # fmt: skip


def import_id(file: str) -> str:
    """The id of the import of a file: made of its content, the same on every machine."""
    with Path(file).open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()[:10]
