"""Measures from inside, each in a process of its own: ``python probe.py NAME ARGUMENT…``.

What is measured and what it is held against run in turns within one process. The result is one
line of JSON.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from world import now, write_decks

from mlsd_cards.app import App, wall
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import GRADE_OF_BUTTON, NEW
from mlsd_cards.store import ledger, log, roster
from mlsd_cards.store.catalogue import EVERYTHING
from mlsd_cards.store.database import Store
from mlsd_cards.store.entry import entries
from mlsd_cards.store.kept_count import MARK
from mlsd_cards.store.library import Library, Root
from mlsd_cards.study.agenda import Limits

Result = dict[str, float | int | str | None]


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peak_mib() -> float:
    """The most memory that this process has held. On Linux from /proc: getrusage would count what
    the process that started this one held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / 2**20 if sys.platform == "darwin" else peak / 1024


# a key to a commit


def commit(home: str, rounds: str) -> Result:
    """An answer through ``Store.append`` and the least that SQLite can do for it, in turns.

    Medians of 50, the best of the rounds: a checkpoint now and then falls out.
    """
    store = Store.open(Path(home))
    app = App(Path(home))
    app.__dict__["store"] = store
    cards = [card for card, _ in ledger.states(store)]
    floor = _Floor(Path(home) / "floor.db", cards)
    ours, least = [], []
    # Answers come ten milliseconds apart and not three in one: each gets an instant of its own.
    instants = itertools.count(wall(), 10)
    for turn in range(int(rounds)):
        batch = [cards[(turn * 50 + index) % len(cards)] for index in range(50)]
        heads = [store.folded(card).head for card in batch]
        given = zip(batch, heads, instants, strict=False)
        ours.append(statistics.median(timed(partial(_answer, app, *one)) for one in given))
        least.append(statistics.median(timed(partial(floor.answer, card)) for card in batch))
    return {"append_s": min(ours), "floor_s": min(least)}


def _answer(app: App, card: str, head: str, at: int) -> None:
    app.store.append(
        log.REVIEWED,
        card,
        app.moment(at),
        head=head,
        grade=3,
        scale=log.BUTTONS,
        took=4_000,
        source=log.REVIEW,
    )


class _Floor:
    """A log and a state of the plainest kind: one insert, one update, one commit."""

    def __init__(self, path: Path, cards: list[str]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        execute = self._connection.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA synchronous = FULL")
        execute("CREATE TABLE event (id INTEGER PRIMARY KEY, card TEXT, at INTEGER, grade INTEGER)")
        execute("CREATE TABLE state (card TEXT PRIMARY KEY, due INTEGER, interval INTEGER)")
        execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO state VALUES (?, 0, 0)", ((card,) for card in cards)
        )
        execute("COMMIT")

    def answer(self, card: str) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute(
            "INSERT INTO event (card, at, grade) VALUES (?, ?, 3)", (card, time.time_ns() // 10**6)
        )
        execute("UPDATE state SET due = due + 6, interval = 6 WHERE card = ?", (card,))
        execute("COMMIT")


# decks and days


def agenda(home: str, decks: str, rounds: str) -> Result:
    """The rest of today, with the store and the library open."""
    app = App(Path(home), (Path(decks),))
    found = app.agenda(EVERYTHING, Limits())
    best = min(timed(lambda: app.agenda(EVERYTHING, Limits())) for _ in range(int(rounds)))
    due = app.catalogue.due(app.moment().day)
    return {"best_s": best, "asked": len(found.cards), "due": len(due)}


def paper(home: str, decks: str, rounds: str) -> Result:
    """A quiz of 50, plain and leaning on weak cards, with the store and the library open and what
    asks a question loaded; the import of what draws comes once and is told apart. Without garbage
    collection, as the program starts."""
    import mlsd_cards.cards.question  # noqa: F401

    gc.disable()
    catalogue = App(Path(home), (Path(decks),)).catalogue
    begun = time.perf_counter()
    from mlsd_cards.study.quiz.paper import Paper, Wish, draw

    imported = time.perf_counter() - begun

    def drawn(weak: bool) -> Paper:
        return draw(entries(catalogue, wrong=weak), Wish(50, weak=weak), 7)

    plain, weak = (
        min(timed(partial(drawn, leaning)) for _ in range(int(rounds))) for leaning in (False, True)
    )
    asked = len(drawn(False).items)
    return {"plain_s": plain, "weak_s": weak, "import_s": imported, "asked": asked}


def cold(decks: str, folder: str, rounds: str) -> Result:
    """All deck files into a fresh store, in turns with YAML alone composing the same texts.

    YAML is also timed without garbage collection, which looks at a growing tree again and again and
    finds nothing: that is the least it can take, and the only figure that does not depend on the
    size of the files.
    """
    import yaml

    files = sorted(Path(decks).glob("*.yaml"))

    def compose() -> None:
        for path in files:
            yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    def read() -> int:
        home = Path(folder) / "cold"
        shutil.rmtree(home, ignore_errors=True)
        store = Store.open(home)
        size = roster.size(Library.open(store, [Root(str(Path(decks)))], now).catalogue)
        store.close()
        return size

    alone, least, ours, cards = [], [], [], 0
    for _ in range(int(rounds)):
        gc.collect()
        alone.append(timed(compose))
        gc.collect()
        gc.disable()
        least.append(timed(compose))
        gc.enable()
        gc.collect()
        begun = time.perf_counter()
        cards = read()
        ours.append(time.perf_counter() - begun)
    return {
        "read_s": min(ours),
        "compose_s": min(alone),
        "uncollected_s": min(least),
        "cards": cards,
    }


def changed(folder: str, cards: str) -> Result:
    """One deck file of a hundred is edited: how many are parsed, and how long it takes."""
    decks = Path(folder) / "hundred"
    write_decks(decks, int(cards), files=99)  # and the file of sources
    store = Store.open(Path(folder) / "hundred-home")
    roots = [Root(str(decks))]
    first, again = Library.open(store, roots, now).parsed, Library.open(store, roots, now).parsed
    path = decks / "deck-042.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    begun = time.perf_counter()
    library = Library.open(store, roots, now)
    seconds = time.perf_counter() - begun
    return {"files": first, "unchanged": again, "parsed": library.parsed, "seconds": seconds}


# schedules


def sm2(reviews: str, rounds: str) -> Result:
    """Reviews a second, ``State`` to ``State``; peers only where they are installed."""
    count = int(reviews)
    qualities = [GRADE_OF_BUTTON[3 if index % 5 else 1 + index % 4] for index in range(50)]
    best = min(timed(lambda: _sm2(count, qualities)) for _ in range(int(rounds)))
    few = count // 50
    return {
        "per_s": count / best,
        "supermemo2_per_s": _peer("supermemo2", lambda: _supermemo2(few, qualities), few),
        "fsrs_per_s": _peer("fsrs", lambda: _fsrs(few), few),
    }


def _sm2(count: int, qualities: list[int]) -> None:
    review = SM2().review
    for _ in range(count // len(qualities)):
        state, day = NEW, 20_000
        for quality in qualities:
            state = review(state, quality, day)
            day = state.due


def _peer(module: str, work: Callable[[], None], count: int) -> float | None:
    """Reviews a second of a peer, or None where it is not installed."""
    return count / min(timed(work) for _ in range(3)) if find_spec(module) else None


def _supermemo2(count: int, qualities: list[int]) -> None:
    from supermemo2 import first_review, review

    for _ in range(count // len(qualities)):
        state = first_review(qualities[0], "2026-01-01")
        for quality in qualities[1:]:
            state = review(
                quality,
                state["easiness"],
                state["interval"],
                state["repetitions"],
                state["review_datetime"],
            )


def _fsrs(count: int) -> None:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(enable_fuzzing=False)
    for _ in range(count // 50):
        card = Card()
        for _ in range(50):
            card, _ = scheduler.review_card(card, Rating.Good, card.due)


def refold(home: str) -> Result:
    """Every state anew from the log, and the most memory that this process has held then."""
    store = Store.open(Path(home))
    before = peak_mib()
    seconds = timed(store.rebuild)
    return {"seconds": seconds, "peak_mib": peak_mib(), "before_mib": before}


def figures(home: str, decks: str) -> Result:
    """All statistics twice: from a log of which nothing is counted yet, and from the kept count."""
    from mlsd_cards.run.statistics import overview

    gc.disable()  # as the program does
    app = App(home, (decks,))
    app.catalogue.store.connection.execute("DELETE FROM meta WHERE key = ?", (MARK,))
    before = peak_mib()
    first = timed(lambda: overview(app))
    counted = timed(lambda: overview(app))
    return {
        "first_s": first,
        "counted_s": counted,
        "peak_mib": peak_mib(),
        "before_mib": before,
    }


# Anki


def export(home: str, decks: str, file: str) -> Result:
    """The whole library into a package, once."""
    from mlsd_cards.anki.export import Exporter

    gc.disable()  # as the program does
    app = App(home, (decks,))
    catalogue, before = app.catalogue, peak_mib()

    def write() -> None:
        Exporter(catalogue, EVERYTHING, app.moment(), whole=True, with_progress=False).write(file)

    seconds = timed(write)
    size = Path(file).stat().st_size / 1e6
    return {"seconds": seconds, "before_mib": before, "peak_mib": peak_mib(), "mb": size}


def genanki(package: str, folder: str) -> Result:
    """The notes of a package written again, their fields ready: by genanki alone and by us."""
    import zipfile

    from genanki import Deck, Model, Note, Package

    from mlsd_cards.anki import notetype
    from mlsd_cards.anki import package as ours
    from mlsd_cards.anki.schedule import Standing

    with zipfile.ZipFile(package) as packed:
        found = packed.extract("collection.anki2", folder)
    rows = sqlite3.connect(found).execute(
        "SELECT n.guid, n.mid, n.flds, n.tags, c.did FROM notes n JOIN cards c ON c.nid = n.id "
        "GROUP BY n.id ORDER BY n.id"
    )
    notes = [(*row[:2], row[2].split("\x1f"), *row[3:]) for row in rows]
    kinds = {notetype.model_id(kind): kind for kind in notetype.ORDER}
    file = Path(folder) / "out.apkg"

    def theirs() -> None:
        models = {id_: Model(**notetype.shape(kind)) for id_, kind in kinds.items()}
        decks = {did: Deck(did, str(did)) for *_, did in notes}
        for guid, mid, fields, tags, did in notes:
            decks[did].add_note(Note(models[mid], fields, guid=guid, tags=tags.split()))
        Package(list(decks.values())).write_to_file(str(file))

    def again() -> None:
        made = Path(folder) / "made.db"
        made.unlink(missing_ok=True)
        collection = ours.Collection(made, 0)
        cards = (ours.Card(0, Standing(0, 0, 1)),)
        collection.add(
            ours.Note(guid, kinds[mid], str(did), 0, tags, "\x1f".join(fields), cards)
            for guid, mid, fields, tags, did in notes
        )
        collection.close({}, 0, dict.fromkeys(collection.kinds, 0))
        ours.zipped(made, file)

    result: Result = {"notes": len(notes)}
    for name, work in (("genanki", theirs), ("ours", again)):
        result[f"{name}_s"] = timed(work)
        result[f"{name}_mb"] = file.stat().st_size / 1e6
    return result


def search(home: str, decks: str, rounds: str) -> Result:
    """A search of two words: the first makes the index, the others use it."""
    from peer import WORDS

    from mlsd_cards.commands.search import find

    app = App(Path(home), (decks,))
    first = timed(lambda: find(app, WORDS, 20, EVERYTHING))
    again = min(timed(lambda: find(app, WORDS, 20, EVERYTHING)) for _ in range(int(rounds)))
    return {"first_s": first, "again_s": again, "peak_mib": peak_mib()}


def keep(home: str, folder: str) -> Result:
    """A copy of the store, a check of all of it, and its log by way of a folder to a new home."""
    from mlsd_cards.store import backup, checkup, salvage
    from mlsd_cards.store.sync import sync

    store = Store.open(Path(home))
    target = Path(folder) / "copy.db"
    shared = Path(folder) / "shared"
    shared.mkdir()
    result: Result = {"backup_s": timed(lambda: backup.make(store.path, str(target)))}
    result["mb"] = target.stat().st_size / 1e6
    result["check_s"] = timed(lambda: salvage.damage(store.path))
    result["states_s"] = timed(lambda: checkup.wrong_states(store, mend=False))
    result["sync_out_s"] = timed(lambda: sync(store, str(shared)))
    result["sync_again_s"] = timed(lambda: sync(store, str(shared)))
    other = Store.open(Path(folder) / "other")
    result["sync_in_s"] = timed(lambda: sync(other, str(shared)))
    result["file_mb"] = sum(file.stat().st_size for file in shared.iterdir()) / 1e6
    result["peak_mib"] = peak_mib()
    return result


PROBES: dict[str, Callable[..., Result]] = {
    probe.__name__: probe
    for probe in (
        commit,
        agenda,
        paper,
        cold,
        changed,
        sm2,
        refold,
        figures,
        export,
        genanki,
        search,
        keep,
    )
}

if __name__ == "__main__":
    os.environ.pop("MLSD_CARDS_HOME", None)
    print(json.dumps(PROBES[sys.argv[1]](*sys.argv[2:])))
