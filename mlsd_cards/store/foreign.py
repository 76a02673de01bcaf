"""Answers that were given in another program, brought here and taken back import by import.

The same answer is the same event whoever brings it in: its uid is made of its card and its time, so
two machines that import one file and then sync have it once. An undo cannot be undone, so an answer
that was taken back with its import and comes again is an event of the next *generation*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import count
from typing import NamedTuple

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge
from mlsd_cards.store.schema import TAKEN_BACK
from mlsd_cards.store.undo import take_back_all

NAME = "import/"
"""Before the id of an import, the card of its ``imported`` events."""


class Past(NamedTuple):
    """What the log has of a card: the times (ms, rising) of the answers given here, whether they
    count or not, those of answers brought in that count, and the uids of all that were."""

    given: list[int]
    brought: set[int]
    uids: set[str]


class Import(NamedTuple):
    """An import that was made: ``file`` is the name of what was imported."""

    id: str
    file: str


def past(store: Store, card: str, device: str) -> Past:
    """What the log has of a card; ``device`` is the other program's."""
    events = [event for event in store.events(card) if event.kind == log.REVIEWED]
    ours = sorted(event.at for event in events if event.device != device)
    theirs = {event.uid for event in events if event.device == device}
    if not theirs:
        return Past(ours, set(), theirs)
    live = {event.at for event in log.effective(store.events(card)) if event.uid in theirs}
    return Past(ours, live, theirs)


def uid(card: str, at: int, taken: set[str]) -> str:
    """The uid of the answer given to the card at that time, of the first generation that is not
    ``taken``."""
    made = (
        blake2b(f"{card}\0{at}\0{generation}".encode("utf-8", "replace"), digest_size=10)
        for generation in count()
    )
    return next(one for digest in made if (one := digest.hexdigest()) not in taken)


def keep(
    store: Store, came: Iterable[Event], made: Import, moment: Moment, *, dry_run: bool = False
) -> None:
    """Take the answers in as one import, all or nothing; nothing at all in a dry run."""
    with store.trial(dry_run):
        if answers := merge(store, came):
            payload = {"file": made.file, "answers": answers}
            store.note(log.IMPORTED, NAME + made.id, moment, payload)


def undo(store: Store, device: str, id_: str | None, moment: Moment) -> tuple[Import, int] | None:
    """Take back what came with the import, the latest that still counts if None, and how many
    answers those were; None if there is none."""
    with store.write():
        for made in _made(store, id_):
            if live := _live(store, device, made.id):
                take_back_all(store, live, moment)
                return made, len(live)
    return None


def _made(store: Store, id_: str | None) -> Iterator[Import]:
    """The imports that the log knows, the latest first."""
    events = store.events_between(NAME, NAME[:-1] + "0")  # '0' follows '/'
    for event in sorted(events, key=log.order, reverse=True):
        name = event.card.removeprefix(NAME)
        if event.kind == log.IMPORTED and id_ in (None, name):
            yield Import(name, str(log.payload(event).get("file", "")))


def _live(store: Store, device: str, id_: str) -> list[tuple[str, str]]:
    """The answers of an import that count, by card and uid."""
    return store.connection.execute(
        "SELECT card, uid FROM event WHERE device = ? AND kind = 'reviewed' "
        f"AND json_extract(payload, '$.import') = ? AND uid NOT IN ({TAKEN_BACK})",
        (device, id_),
    ).fetchall()
