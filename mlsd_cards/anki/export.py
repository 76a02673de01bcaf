"""The library as a package for Anki, safe to be imported over an earlier one.

The collection of the last export of everything stays in the home, since it alone still knows the
notes that have left the library: these go out once more, whole, with a tag.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from mlsd_cards.anki import notetype, schedule
from mlsd_cards.anki.content import Work, content, digest, ordinals, tags
from mlsd_cards.anki.edition import NAME, WITHDRAWN, Edition
from mlsd_cards.anki.guid import Name, read
from mlsd_cards.anki.package import SEPARATOR, Card, Collection, Note, zipped
from mlsd_cards.anki.revlog import rows
from mlsd_cards.cards.card import restored
from mlsd_cards.cards.rubric import Rubric
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log, roster, whereabouts
from mlsd_cards.store.catalogue import Catalogue, Filter
from mlsd_cards.store.file import check_plain

KEPT = "anki.db"
TOP = "mlsd-cards"
"""The deck in Anki that all others lie in, but for those of interviews."""

APART = {Rubric.kind: "mlsd-cards interviews"}
"""The same of kinds that no daily review asks: Anki would begin with them, going by names."""

NUMBER = re.compile(r"(\d+)-")
"""A deck's place in the order of learning, before the name of its file."""

TAG = "mlsd-withdrawn"

Watch = Callable[[Iterable[Note]], Iterable[Note]]


class Exported(NamedTuple):
    """What went out. ``new`` and ``changed`` count notes against all exports before; ``withdrawn``
    are the notes that left the library since the last whole export."""

    notes: int
    cards: int
    decks: int
    new: int
    changed: int
    withdrawn: list[str]
    reviews: int
    bytes: int


class Exporter:
    """One export of what is ``wanted`` of a catalogue, at a moment. If ``whole``, what has left the
    library is withdrawn; ``watch`` hands the notes on and may show how
    far the work is."""

    def __init__(
        self, catalogue: Catalogue, wanted: Filter, moment: Moment,
        *, whole: bool, with_progress: bool, watch: Watch = iter,
    ) -> None:  # fmt: skip
        self.catalogue, self.wanted, self.moment = catalogue, wanted, moment
        self.whole, self.with_progress, self.watch = whole, with_progress, watch
        self.store = catalogue.store
        self.edition = Edition(self.store.events(NAME), moment.at // 1000)
        self.notes = self.cards = 0
        self.withdrawn: list[str] = []
        self._works: dict[str, Work] = {}
        self._numbers: dict[str, str] = {}
        self._guids: set[str] = set()

    def write(self, file: str) -> Exported:
        """Put the package in the place of the file; ``UserError`` if that cannot be done, and then
        nothing has changed there."""
        place, kept = Path(file).resolve(), Path(self.store.path).with_name(KEPT)
        check_plain(str(kept))
        beside, made = (Path(f"{path}.{os.getpid()}.new") for path in (place, kept))
        try:
            beside.touch(0o600 if self.with_progress else 0o666, exist_ok=False)
            made.touch(0o600, exist_ok=False)
            done = self._make(made, kept)
            zipped(made, beside)
            if self.edition.fresh:  # before the file is there: the log knows all times in it
                self.store.note(log.EXPORTED, NAME, self.moment, self.edition.payload())
            size = beside.stat().st_size
            beside.replace(place)
            if self.whole:
                made.replace(kept)
        except OSError as error:
            raise UserError(
                f"{file} cannot be written: {error.strerror}", "Nothing has been changed in it."
            ) from error
        finally:
            for path in (beside, made):
                with suppress(OSError):  # where no file could be made none can be taken away
                    path.unlink()
        return self._told(done, size)

    def _make(self, path: Path, kept: Path) -> Collection:
        collection = Collection(path, self.edition.at)
        collection.add(self.watch(self._notes()))
        self.notes, self.cards = collection.notes, collection.cards
        if self.whole:
            collection.add(self._gone(kept))
        times = {
            kind: self.edition.time(f"type:{kind}", notetype.digest(kind))
            for kind in collection.kinds
        }
        where = self.moment.offset, self.store.settings.rollover
        collection.close(schedule.settings(*where), schedule.created(*where), times)
        return collection

    def _told(self, done: Collection, size: int) -> Exported:
        fresh = [guid for guid in self.edition.fresh if guid in self._guids]
        new = sum(map(self.edition.is_new, fresh))
        return Exported(
            self.notes, self.cards, len(done.decks), new, len(fresh) - new,
            self.withdrawn, done.reviews, size,
        )  # fmt: skip

    # the notes of the library

    def _notes(self) -> Iterator[Note]:
        place = 0
        rows = roster.bodies_in_order(self.catalogue, self.wanted)
        for note, cards in groupby(rows, itemgetter(0)):
            _, kind, deck, labels, body = next(cards)
            name, given = Name(kind, note), labels.split("\n")
            if name.guid in self._guids:  # the same cloze, its gaps apart: it is written already
                continue
            written = json.loads(body)
            card = restored(kind, written)
            works = [self._work(key) for key in card.sources]
            self._guids.add(name.guid)
            mod = self.edition.time(name.guid, digest(kind, written, given, works))
            made = tuple(
                self._card(name, ordinal, place + number)
                for number, ordinal in enumerate(ordinals(card), 1)
            )
            place += len(made)
            fields = SEPARATOR.join((*content(card, works), *[""] * len(notetype.SPARE)))
            named = f" {' '.join(tags(card, given))} "
            below = f"{APART.get(kind, TOP)}::{self._numbered(deck)}"
            yield Note(name.guid, kind, below, mod, named, fields, made)

    def _numbered(self, deck: str) -> str:
        """The deck's name after the number of its file: Anki lists decks by name and begins with
        new cards of the first. A file keeps its number, as no import moves cards."""
        top = deck.partition("::")[0]
        if top not in self._numbers:
            files = whereabouts.files_of(self.catalogue, top)
            number = NUMBER.match(Path(files[0]).name) if files else None
            self._numbers[top] = f"{number[1]} " if number else ""
        return self._numbers[top] + deck

    def _work(self, key: str) -> Work:
        work = self._works.get(key)
        if work is None:
            _, line = self.catalogue.source(key) or (key, key)
            work = self._works[key] = Work.of(line)
        return work

    def _card(self, name: Name, ordinal: int, place: int) -> Card:
        if not self.with_progress:
            return Card(ordinal, schedule.standing(log.FRESH, place))
        card = name.card(ordinal)
        folded = self.store.folded(card)
        past = log.effective(self.store.events(card)) if folded.head else []
        return Card(
            ordinal,
            schedule.standing(folded, place),
            tuple(rows(past, self.store.scheduler)),
        )

    # what was in the last package and is in the library no more

    def _gone(self, kept: Path) -> Iterator[Note]:
        if not kept.exists():
            return
        with suppress(sqlite3.DatabaseError):  # damaged: then there is nothing to be told
            connection = sqlite3.connect(kept)
            try:
                yield from self._withdrawn(connection)
            finally:
                connection.close()

    def _withdrawn(self, connection: sqlite3.Connection) -> Iterator[Note]:
        (decks,) = connection.execute("SELECT decks FROM col").fetchone()
        names = {int(id_): deck["name"] for id_, deck in json.loads(decks).items()}
        found = connection.execute(
            "SELECT n.guid, n.tags, n.flds, min(c.did), group_concat(c.ord) FROM notes n "
            "JOIN cards c ON c.nid = n.id WHERE instr(n.tags, ?) = 0 GROUP BY n.id",
            (f" {TAG} ",),
        )
        for guid, given, fields, deck, ords in found:
            name = read(guid)
            if name is None or guid in self._guids:
                continue
            self.withdrawn.append(name.note)
            cards = [self._card(name, ordinal, 0) for ordinal in map(int, ords.split(","))]
            mod = self.edition.time(guid, WITHDRAWN)
            yield Note(guid, name.kind, names[deck], mod, f"{given}{TAG} ", fields, tuple(cards))
