"""Quizzes and interviews as they are kept: each is begun, noted down step by step, and ended.

All of a sitting are events under its name, ``quiz/3f…`` or ``interview/3f…``, so it travels with
the log, and what was given before the program was killed is there when it is taken up again. Only
the clock is kept apart, since it is of this machine and of the moment.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event

QUIZ, INTERVIEW = "quiz", "interview"

BY_ANSWER, BY_TOPIC = "answer", "topic"
"""How it is known that somebody knows a card that is placed: it was asked, or its topic was."""


class Answer(NamedTuple):
    """A question of a quiz as it is handed in: ``grade`` is a button, ``took`` in ms; ``source``
    is COUNTED for one that counts as a review."""

    card: str
    grade: int
    took: int
    source: str = log.QUIZ


class Sitting(NamedTuple):
    """One sitting with its events in order; ``ended`` is None for one that was broken off, or goes
    on in another window."""

    name: str
    begun: Event
    noted: tuple[Event, ...]
    ended: Event | None

    @property
    def paper(self) -> dict[str, Any]:
        """What it began with."""
        return log.payload(self.begun)

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What was noted meanwhile, in order."""
        return [log.payload(event) for event in self.noted]

    @property
    def result(self) -> dict[str, Any]:
        """What came of it; empty while it goes on."""
        return log.payload(self.ended) if self.ended else {}


class Sittings:
    """The sittings of one kind in a store."""

    def __init__(self, store: Store, of: str) -> None:
        self._store = store
        self._of = of

    def begin(self, moment: Moment, paper: dict[str, Any]) -> str:
        """Begin a sitting; its name."""
        name = f"{self._of}/{os.urandom(8).hex()}"
        self._store.note(log.BEGUN, name, moment, paper)
        return name

    def note(self, name: str, moment: Moment, what: dict[str, Any]) -> None:
        """Keep what was given; on disk when this returns."""
        self._store.note(log.NOTED, name, moment, what)

    def end(
        self, name: str, moment: Moment, result: dict[str, Any], answers: Iterable[Answer] = (),
        *, placed: Iterable[tuple[str, int]] = (),
    ) -> bool:  # fmt: skip
        """End a sitting with its answers, all or nothing; False if it was ended elsewhere.

        ``placed`` are the cards that the answers show to be known, as ``place`` takes them.
        """
        store = self._store
        with store.write():
            if any(event.kind == log.ENDED for event in store.events(name)):
                return False
            for answer in answers:
                store.append(
                    log.REVIEWED,
                    answer.card,
                    moment,
                    grade=answer.grade,
                    scale=log.BUTTONS,
                    took=answer.took,
                    source=answer.source,
                    payload={"sitting": name},
                )
            self.place(name, moment, placed, by=BY_ANSWER)
            store.note(log.ENDED, name, moment, result)
            self._keep(name, None)
        return True

    def place(
        self, name: str, moment: Moment, cards: Iterable[tuple[str, int]], *, by: str
    ) -> list[str]:
        """Start new cards as known, each with the days after which it comes back, all or nothing.
        The cards that were placed: what has been studied meanwhile is left as it is.

        ``by`` says what shows it, the answer to the card or its topic.
        """
        store, payload = self._store, {"sitting": name, "by": by}
        with store.write():
            new = [(card, days) for card, days in cards if store.folded(card).state.last is None]
            for card, days in new:
                store.append(log.PLACED, card, moment, grade=days, scale=log.DAYS, payload=payload)
        return [card for card, _ in new]

    def all(self) -> list[Sitting]:
        """Every sitting, the oldest first."""
        first, after = f"{self._of}/", f"{self._of}0"  # '0' follows '/'
        events = self._store.events_between(first, after)
        groups = (list(group) for _, group in groupby(events, attrgetter("card")))
        made = [sitting for group in groups if (sitting := _sitting(group))]
        return sorted(made, key=lambda sitting: log.order(sitting.begun))

    def open(self) -> list[Sitting]:
        """Those of this machine that have not ended, the oldest first."""
        rows = self._store.connection.execute(
            "SELECT card FROM event WHERE card >= ? AND card < ? AND kind != ? "
            "GROUP BY card HAVING sum(kind = ?) = 0 AND sum(kind = ? AND device = ?) > 0",
            (f"{self._of}/", f"{self._of}0", log.NOTED, log.ENDED, log.BEGUN, self._store.device),
        )
        made = (_sitting(self._store.events(name)) for (name,) in rows.fetchall())
        return sorted(filter(None, made), key=lambda sitting: log.order(sitting.begun))

    # the clock

    def keep_clock(self, name: str, left: int) -> None:
        """Keep the time that is left (ms), for the case that the program is killed."""
        self._keep(name, str(left))

    def clock(self, name: str) -> int | None:
        """The time that was left (ms) when it was last kept."""
        row = self._store.connection.execute(
            "SELECT value FROM meta WHERE key = ?", (f"clock {name}",)
        ).fetchone()
        return int(row[0]) if row else None

    def _keep(self, name: str, value: str | None) -> None:
        with self._store.write():
            if value is None:
                statement, values = "DELETE FROM meta WHERE key = ?", (f"clock {name}",)
                self._store.connection.execute(statement, values)
            else:
                self._store.connection.execute(
                    "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                    (f"clock {name}", value),
                )


def _sitting(events: list[Event]) -> Sitting | None:
    """The events of one name as a sitting; None if its beginning has not arrived yet."""
    by_kind: dict[str, list[Event]] = {log.BEGUN: [], log.NOTED: [], log.ENDED: []}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    if not by_kind[log.BEGUN]:
        return None
    ended = by_kind[log.ENDED][0] if by_kind[log.ENDED] else None
    begun = by_kind[log.BEGUN][0]
    return Sitting(begun.card, begun, tuple(by_kind[log.NOTED]), ended)
