"""The file that keeps the log and the state folded from it.

Every write is one transaction that begins by taking the lock, so two windows, an import and a sync
at once wait for each other instead of failing, and what is read inside it is what it acts on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any

from mlsd_cards.errors import StaleError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.state import Scheduler, State
from mlsd_cards.store import file, log
from mlsd_cards.store.file import told
from mlsd_cards.store.log import Event, Fact, Folded, Settings

_EVENT = "card, time, device, uid, kind, at, utc_offset, day, grade, scale, took, source, payload"
_FACT = "card, uid, kind, day, grade, scale, source"
_STATE = (
    "repetitions, ef, interval, due, first, last, lapses, drill, "
    "suspended, buried, marked, showings, head"
)
_INSERT_EVENT = f"INSERT INTO event ({_EVENT}) VALUES ({', '.join('?' * 13)})"
_SAVE_STATE = f"INSERT OR REPLACE INTO state (card, {_STATE}) VALUES ({', '.join('?' * 14)})"
_COUNTS = (
    "NOT EXISTS (SELECT 1 FROM event u WHERE u.card = e.card AND u.kind = ? "
    "AND json_extract(u.payload, '$.event') = e.uid)"
)
"""Whether nobody has taken the event ``e`` back."""

_BATCH = 10_000
_MANY = 20_000


class Store:
    """The open store. ``connection`` is for this wing only; the others call methods."""

    def __init__(self, connection: sqlite3.Connection, path: str, device: str) -> None:
        self.connection = connection
        self.path = path
        self.device = device
        self._seen = -1
        """The version of the file, as others have changed it, that the settings were read at."""
        self._now: tuple[Settings, Scheduler]

    @classmethod
    def open(cls, home: str | os.PathLike[str]) -> Store:
        """The store in ``home``, made or brought up to date where needed."""
        path = os.path.join(home, file.NAME)
        connection = file.connect(path)
        with told(path):
            return cls(connection, path, file.device(connection, path))

    @classmethod
    def in_memory(cls) -> Store:
        """A store that vanishes with the process."""
        path = ":memory:"
        connection = sqlite3.connect(path, isolation_level=None)
        file.prepare(connection, path)
        return cls(connection, path, "memory")

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    # reading

    @property
    def settings(self) -> Settings:
        """The settings of this moment: another window may have changed them."""
        return self._current()[0]

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler of this moment."""
        return self._current()[1]

    def _current(self) -> tuple[Settings, Scheduler]:
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._seen:
            settings = log.settings(self.events(""))
            self._now = settings, log.scheduler_of(settings)
            self._seen = version
        return self._now

    def folded(self, card: str) -> Folded:
        """Where the card stands; a card without events stands at the beginning."""
        row = self.connection.execute(
            f"SELECT {_STATE} FROM state WHERE card = ?",
            (card,),
        ).fetchone()
        return _folded(row) if row else log.FRESH

    def is_used(self) -> bool:
        """Whether anything was ever done to a card."""
        return self.connection.execute("SELECT 1 FROM state LIMIT 1").fetchone() is not None

    def answers(self) -> int:
        """How many answers the log keeps, those taken back included."""
        count = "SELECT count(*) FROM event WHERE kind = ?"
        return int(self.connection.execute(count, (log.REVIEWED,)).fetchone()[0])

    def size(self) -> int:
        """How many events the log keeps."""
        return int(self.connection.execute("SELECT count(*) FROM event").fetchone()[0])

    def has_state(self, note: str) -> bool:
        """Whether anything was done to any card of the note."""
        row = self.connection.execute(
            "SELECT 1 FROM state WHERE card = ? OR (card > ? AND card < ?)",
            (note, f"{note}:", f"{note};"),  # ';' follows ':'
        ).fetchone()
        return row is not None

    def events(self, card: str | None = None) -> list[Event]:
        """All events of a card (of everything, if None), in their order, undone ones included."""
        where, values = ("", ()) if card is None else ("WHERE card = ?", (card,))
        rows = self.connection.execute(
            f"SELECT {_EVENT} FROM event {where} ORDER BY time, device, uid",
            values,
        )
        return [Event._make(row) for row in rows]

    def each_event(self) -> Iterator[Event]:
        """Every event, by card and in order, read as they are taken."""
        rows = self.connection.execute(
            f"SELECT {_EVENT} FROM event ORDER BY card, time, device, uid"
        )
        return map(Event._make, rows)

    def events_between(self, first: str, after: str) -> list[Event]:
        """The events whose cards lie from ``first`` up to, but not including, ``after``, by card
        and in order."""
        rows = self.connection.execute(
            f"SELECT {_EVENT} FROM event WHERE card >= ? AND card < ? "
            "ORDER BY card, time, device, uid",
            (first, after),
        )
        return [Event._make(row) for row in rows]

    def states(self) -> Iterator[tuple[str, Folded]]:
        """Every cached state with its card."""
        rows = self.connection.execute(f"SELECT card, {_STATE} FROM state ORDER BY card")
        return ((row[0], _folded(row[1:])) for row in rows)

    def flags(self) -> dict[str, list[Event]]:
        """The flags that still stand, by card."""
        rows = self.connection.execute(
            f"SELECT {_EVENT} FROM event e WHERE kind IN ('flagged', 'unflagged') AND {_COUNTS}",
            (log.UNDONE,),
        )
        return log.flags(map(Event._make, rows))

    # writing

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, begun by taking the lock; an exception takes all of it back. Inside
        another it is a part of that."""
        if self.connection.in_transaction:
            yield
            return
        with told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._seen = -1  # a setting may have been taken back
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def trial(self, dry_run: bool) -> Iterator[None]:
        """One transaction, all of which is taken back at its end if it is only a dry run."""
        with self.write():
            self.connection.execute("SAVEPOINT trial")
            yield
            if dry_run:
                self.connection.execute("ROLLBACK TO trial")
                self._seen = -1

    def append(
        self,
        kind: str,
        card: str,
        moment: Moment,
        *,
        head: str | None = None,
        grade: int | None = None,
        scale: str | None = None,
        took: int | None = None,
        source: str | None = None,
        payload: dict[str, Any] | None = None,
    ) -> tuple[Event, Folded]:
        """Write one event and the state that follows; on disk when this returns.

        ``head`` is the head that the card was shown with: if the card has changed since, nothing is
        written and ``StaleError`` is raised.
        """
        with self.write():
            before = self.folded(card)
            if head is not None and head != before.head:
                raise StaleError(f"{card} has been answered elsewhere since it was shown")
            text = log.packed(payload) if payload is not None else None
            event = self._stamp(kind, card, moment)._replace(
                grade=grade, scale=scale, took=took, source=source, payload=text
            )
            self.connection.execute(_INSERT_EVENT, event)
            if card:
                after = log.fold([event], self.scheduler, before)
                self._save(card, before, after)
            else:
                after = before
                self._seen = -1
                self._refold()
        return event, after

    def undo(self, moment: Moment) -> Event | None:
        """Take back this device's latest action that still counts; return it, or None."""
        with self.write():
            event = self._latest()
            if event is not None:
                self.take_back(event, moment)
        return event

    def take_back(self, event: Event, moment: Moment) -> None:
        """Write that the event does not count."""
        self.take_back_all([(event.card, event.uid)], moment)

    def take_back_all(self, events: Iterable[tuple[str, str]], moment: Moment) -> None:
        """Write that none of the events, by card and uid, counts. All at one logical time: nothing
        depends on the order of what takes back, and a long row of times would lie in the future."""
        with self.write():
            stamp, cards = self._stamp(log.UNDONE, "", moment), set()
            for card, uid in events:
                payload = log.packed({"event": uid})
                undoing = stamp._replace(card=card, uid=os.urandom(10).hex(), payload=payload)
                self.connection.execute(_INSERT_EVENT, undoing)
                cards.add(card)
            self._refold_cards(cards)

    def merge(self, events: Iterable[Event]) -> int:
        """Take in events from elsewhere; those already here are passed over. How many were new."""
        with self.write():
            cards, kinds, before = set(), set(), self.connection.total_changes
            for event in events:
                done = self.connection.execute(
                    _INSERT_EVENT.replace("INSERT", "INSERT OR IGNORE"), event
                )
                if done.rowcount:
                    cards.add(event.card)
                    kinds.add(event.kind)
            added = self.connection.total_changes - before
            if log.IDENTIFIED in kinds:  # other ids for what the files hold: read them again
                self.connection.execute("UPDATE deck_file SET mtime = -1")
            if "" in cards:
                self._seen = -1
            self._refold_cards(cards)
        return added

    def identities(self) -> list[tuple[str, str]]:
        """Which card goes on under which text, by its digest; in order, the later counting."""
        rows = self.connection.execute(
            "SELECT card, json_extract(payload, '$.text') FROM event "
            "WHERE kind = 'identified' ORDER BY time, device, uid"
        )
        return [(card, text) for card, text in rows if isinstance(text, str)]

    def note(self, kind: str, card: str, moment: Moment, payload: dict[str, Any]) -> Event:
        """Write an event of a silent kind: no state follows from it. On disk when this returns, or
        with the transaction that it is in."""
        with self.write():
            event = self._stamp(kind, card, moment)._replace(payload=log.packed(payload))
            self.connection.execute(_INSERT_EVENT, event)
        return event

    def rebuild(self) -> None:
        """Compute every state anew from the log."""
        with self.write():
            self._refold()

    # inside a transaction

    def _stamp(self, kind: str, card: str, moment: Moment) -> Event:
        """A new event of this device, after everything that it has seen."""
        last = self.connection.execute("SELECT max(time) FROM event").fetchone()[0] or 0
        at = moment.at
        # It will be the revlog id in Anki, so no two may be equal. No event's at is later than its
        # time, so only a clock that stands or was set back can meet one that is taken.
        taken = "SELECT 1 FROM event WHERE time >= ? AND at = ?"
        while at <= last and self.connection.execute(taken, (at, at)).fetchone():
            at += 1
        uid = os.urandom(10).hex()
        time = max(at, last + 1)
        return Event(card, time, self.device, uid, kind, at, moment.offset, moment.day)

    def _latest(self) -> Event | None:
        """This device's latest action that counts; its own logical times are all different."""
        kinds = ", ".join("?" * len(log.UNDOABLE))
        row = self.connection.execute(
            f"SELECT {_EVENT} FROM event e WHERE device = ? AND kind IN ({kinds}) "
            f"AND ifnull(source, '') NOT IN (?, ?) AND {_COUNTS} ORDER BY time DESC LIMIT 1",
            (self.device, *log.UNDOABLE, log.QUIZ, log.COUNTED, log.UNDONE),
        ).fetchone()
        return Event._make(row) if row else None

    def _save(self, card: str, before: Folded, after: Folded) -> None:
        if after == log.FRESH:
            self.connection.execute("DELETE FROM state WHERE card = ?", (card,))
        else:
            self.connection.execute(_SAVE_STATE, (card, *_row(after)))
        if (before.state.last is None) != (after.state.last is None):
            self.connection.execute(
                "UPDATE card SET unseen = ? WHERE id = ?", (after.state.last is None, card)
            )

    def _refold_card(self, card: str) -> None:
        after = log.fold(log.effective(self.events(card)), self.scheduler)
        self._save(card, self.folded(card), after)

    def _refold_cards(self, cards: set[str]) -> None:
        """The states of these cards anew; of all, if any event belongs to no card. Reading the
        whole log is quicker than asking for very many cards."""
        if "" in cards or len(cards) > _MANY:
            self._refold()
            return
        for card in cards:
            self._refold_card(card)

    def _refold(self) -> None:
        """Every state anew, reading the log once in the order of its key."""
        scheduler = self.scheduler
        self.connection.execute("DELETE FROM state")
        undone = {
            row[0]
            for row in self.connection.execute(
                "SELECT json_extract(payload, '$.event') FROM event WHERE kind = 'undone'"
            )
        }
        rows: Iterator[Fact] = self.connection.execute(
            f"SELECT {_FACT} FROM event WHERE card <> '' AND kind NOT IN {log.SILENT} "
            "ORDER BY card, time, device, uid"
        )
        counted = (row for row in rows if row[1] not in undone) if undone else rows
        batch = []
        for card, facts in groupby(counted, key=itemgetter(0)):
            batch.append((card, *_row(log.fold_facts(facts, scheduler))))
            if len(batch) >= _BATCH:
                self.connection.executemany(_SAVE_STATE, batch)
                batch.clear()
        self.connection.executemany(_SAVE_STATE, batch)
        self.connection.execute(
            "UPDATE card SET unseen = NOT EXISTS "
            "(SELECT 1 FROM state WHERE state.card = card.id AND last IS NOT NULL)"
        )


def _folded(row: tuple[Any, ...]) -> Folded:
    """A row of ``state``, without its card, as ``_row`` wrote it."""
    state = State._make((*row[:7], bool(row[7])))
    return Folded(state, bool(row[8]), row[9], bool(row[10]), row[11], row[12])


def _row(folded: Folded) -> tuple[Any, ...]:
    return (*folded.state, *folded[1:])
