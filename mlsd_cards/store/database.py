"""The file that keeps the log and the state folded from it.

Every write is one transaction that begins by taking the lock, so two windows, an import and a sync
at once wait for each other instead of failing, and what is read inside it is what it acts on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from mlsd_cards.errors import StaleError, UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.state import Scheduler
from mlsd_cards.store import file, log
from mlsd_cards.store.file import told
from mlsd_cards.store.log import Event, Folded, Settings
from mlsd_cards.store.schema import EVENT, INSERT_EVENT, SAVE_STATE, STATE

_MANY = 20_000
"""From so many cards on, reading the whole log is quicker than asking for each."""


NOWHERE = file.Identity()
"""Of a store in memory."""

PAUSE_S = 0.02
"""Writes that follow each other sooner are not a person's."""


class Store:
    """The open store. ``connection`` is for this wing only; the others call methods."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        device: str,
        there: file.Identity = NOWHERE,
    ) -> None:
        self.connection = connection
        self.path = path
        self.device = device
        self._file = there
        """The files that are open, so that none is written to that has lost its place."""
        self._looked = 0.0
        self._seen = -1
        """The version of the file, as others have changed it, that the settings were read at."""
        self._now: tuple[Settings, Scheduler]

    @classmethod
    def open(cls, home: str | os.PathLike[str]) -> Store:
        """The store in ``home``, made or brought up to date where needed."""
        path = os.path.join(home, file.NAME)
        connection, there = file.connect(path)
        with told(path):
            return cls(connection, path, file.device(connection, path), there)

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
            f"SELECT {STATE} FROM state WHERE card = ?",
            (card,),
        ).fetchone()
        return Folded.of(row) if row else log.FRESH

    def is_used(self) -> bool:
        """Whether anything was ever done to a card."""
        return self.connection.execute("SELECT 1 FROM state LIMIT 1").fetchone() is not None

    def events(self, card: str | None = None) -> list[Event]:
        """All events of a card (of everything, if None), in their order, undone ones included."""
        where, values = ("", ()) if card is None else ("WHERE card = ?", (card,))
        rows = self.connection.execute(
            f"SELECT {EVENT} FROM event {where} ORDER BY time, device, uid",
            values,
        )
        return [Event._make(row) for row in rows]

    def events_between(self, first: str, after: str) -> list[Event]:
        """The events whose cards lie from ``first`` up to, but not including, ``after``, by card
        and in order."""
        rows = self.connection.execute(
            f"SELECT {EVENT} FROM event WHERE card >= ? AND card < ? "
            "ORDER BY card, time, device, uid",
            (first, after),
        )
        return [Event._make(row) for row in rows]

    # writing

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, begun by taking the lock; an exception takes all of it back. Inside
        another it is a part of that."""
        if self.connection.in_transaction:
            yield
            return
        try:
            with told(self.path), file.transaction(self.connection):
                if not self._in_place():  # not before: it may have waited for the lock
                    raise UserError(*file.taken_away(self.path))
                yield
        except BaseException:
            self._seen = -1  # a setting may have been taken back
            raise

    def _in_place(self) -> bool:
        """Whether the files that are open are still those at their places.

        A file whose times were looked at gets new ones with the next commit, which takes a fifth
        longer then. So who writes without a pause, as no person does, is spared the look at the
        log; when `doctor` puts another store in this one's place, the store itself tells.
        """
        store, wal = self._file
        if file.inode(self.path) != store:
            return False
        before, self._looked = self._looked, monotonic()
        return self._looked - before < PAUSE_S or file.inode(f"{self.path}-wal") == wal

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
            event = self.stamp(kind, card, moment)._replace(
                grade=grade, scale=scale, took=took, source=source, payload=text
            )
            self.connection.execute(INSERT_EVENT, event)
            if card:
                after = log.fold([event], self.scheduler, before)
                self._save(card, before, after)
            else:
                after = before
                self.refold({card})
        return event, after

    def note(self, kind: str, card: str, moment: Moment, payload: dict[str, Any]) -> Event:
        """Write an event of a silent kind: no state follows from it. On disk when this returns, or
        with the transaction that it is in."""
        with self.write():
            event = self.stamp(kind, card, moment)._replace(payload=log.packed(payload))
            self.connection.execute(INSERT_EVENT, event)
        return event

    def rebuild(self) -> None:
        """Compute every state anew from the log."""
        with self.write():
            self.refold({""})

    # inside a transaction

    def refold(self, cards: set[str]) -> None:
        """The states of these cards anew; of all, if any event belongs to no card."""
        if "" in cards:
            self._seen = -1  # it may be a setting
        if "" in cards or len(cards) > _MANY:
            from mlsd_cards.store.refold import refold

            refold(self.connection, self.scheduler)
            return
        for card in cards:
            after = log.fold(log.effective(self.events(card)), self.scheduler)
            self._save(card, self.folded(card), after)

    def stamp(self, kind: str, card: str, moment: Moment) -> Event:
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

    def _save(self, card: str, before: Folded, after: Folded) -> None:
        if after == log.FRESH:
            self.connection.execute("DELETE FROM state WHERE card = ?", (card,))
        else:
            self.connection.execute(SAVE_STATE, (card, *after.row()))
        if (before.state.last is None) != (after.state.last is None):
            self.connection.execute(
                "UPDATE card SET unseen = ? WHERE id = ?", (after.state.last is None, card)
            )
