"""Copies, what can be read of damaged files, and new stores made of both."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import backup, checkup, file, ledger, log, mending, pages, salvage
from mlsd_cards.store.database import PAUSE_S, Store
from mlsd_cards.store.undo import undo

NOON = 1_795_262_400_000  # 2026-11-21T12:00Z
STAMP = "2026-11-21T12:00:00"


def moment(number: int) -> Moment:
    return Moment.of(NOON + number * 60_000, 0)


def answered(store: Store, count: int, first: int = 0) -> set[str]:
    """So many answers to a few cards, some with long payloads; the uids."""
    with store.write():
        return {
            store.append(
                log.REVIEWED, f"card-{number % 7}", moment(number), grade=1 + number % 4,
                scale="1-4", source="review", took=number * 10,
                payload={"long": "é" * 9000} if number % 50 == 1 else None,
            )[0].uid
            for number in range(first, first + count)
        }  # fmt: skip


def uids(store: Store) -> set[str]:
    return {event.uid for event in store.events()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path)


def closed(store: Store) -> Path:
    """The store's file after everything was written into it."""
    store.close()
    return Path(store.path)


# copies


def test_a_copy_is_whole_private_and_alone(store: Store, tmp_path: Path) -> None:
    given_ = answered(store, 60)
    target = tmp_path / "backups" / "2026-11-21.db"
    backup.make(store.path, str(target))
    assert {event.uid for event in salvage.kept(str(target))} == given_
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert salvage.answers(str(target)) == 60


def test_a_copy_made_while_another_window_answers_is_sound(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def go_on() -> None:
        other = Store.open(tmp_path)
        number = 0
        while not stop.is_set():
            answered(other, 1, number)
            number += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for number in range(5):
            target = tmp_path / f"{number}.db"
            backup.make(store.path, str(target))
            assert salvage.damage(str(target)) is None
    finally:
        stop.set()
        writer.join()


def test_a_damaged_store_leaves_no_copy(store: Store, tmp_path: Path) -> None:
    answered(store, 500)
    path = closed(store)
    zero(path, [4, 5, 6, 7, 8, 9])
    with pytest.raises(sqlite3.DatabaseError):
        backup.make(str(path), str(tmp_path / "backups" / "copy.db"))
    assert list((tmp_path / "backups").iterdir()) == []


def test_copies_are_thinned_out_with_age(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    days = [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in range(1, 29)]
    names = [f"{day}.db" for day in days]
    names += [f"2026-0{number}-01-before-version-{number}.db" for number in (1, 2, 3, 4)]
    names += [f"2026-11-{day}-latest.db" for day in (26, 27, 28)]
    names += ["2025-01-01T10-00-00.db", "2025-01-01T10-00-00-2.db", "notes.txt", "x.db"]
    for number, name in enumerate(names):
        (folder / name).touch()
        os.utime(folder / name, (number, number))
    backup.thin(str(tmp_path))
    left = sorted(path.name for path in folder.iterdir())
    assert left == [
        "2025-01-01T10-00-00-2.db", "2025-01-01T10-00-00.db",  # asked for
        "2026-03-01-before-version-3.db", "2026-04-01-before-version-4.db",
        "2026-11-01.db", "2026-11-08.db", "2026-11-15.db", "2026-11-22.db",  # ends of weeks
        "2026-11-24.db", "2026-11-25.db", "2026-11-26.db", "2026-11-27-latest.db",
        "2026-11-27.db", "2026-11-28-latest.db", "2026-11-28.db",
        "notes.txt", "x.db",
    ]  # fmt: skip
    assert [copy.day for copy in backup.copies(str(tmp_path))][-1] == "2026-11-01"


def test_which_copy_is_due(tmp_path: Path) -> None:
    home, day = str(tmp_path), "2026-11-21"
    first, latest = (str(tmp_path / "backups" / f"{day}{end}.db") for end in ("", "-latest"))
    assert backup.due(home, day, 0, 1) is None
    assert backup.due(home, day, 1, 1) == first
    Path(first).parent.mkdir()
    Path(first).touch()
    assert backup.due(home, day, 1, 1) is None
    assert backup.due(home, day, backup.MUCH, 1) == latest
    Path(latest).touch()
    assert backup.due(home, day, backup.MUCH, 1) == latest
    assert backup.due(home, day, backup.MUCH, backup.SMALL) is None


def test_names_by_hand_are_free(tmp_path: Path) -> None:
    first = backup.by_hand(str(tmp_path), STAMP)
    assert first.endswith("backups/2026-11-21T12-00-00.db")
    Path(first).parent.mkdir()
    Path(first).touch()
    assert backup.by_hand(str(tmp_path), STAMP).endswith("2026-11-21T12-00-00-2.db")
    assert [copy.why for copy in backup.copies(str(tmp_path))] == [backup.HAND]


# damage


def zero(path: Path, numbers: list[int], fill: bytes = b"\0") -> None:
    """Overwrite pages, by number from 1."""
    with path.open("r+b") as stream:
        for number in numbers:
            stream.seek((number - 1) * pages.USUAL_PAGE)
            stream.write(fill * (pages.USUAL_PAGE // len(fill)))


def read(path: Path) -> set[str]:
    return {event.uid for event in salvage.events(str(path))}


def test_everything_is_read_from_the_pages_of_a_sound_store(store: Store) -> None:
    answered(store, 300)
    undo(store, moment(400))
    events = {event.uid: event for event in store.events()}
    found = {event.uid: event for event in salvage.salvaged(store.path)}  # most are in the WAL
    assert found == events
    assert {e.uid: e for e in salvage.salvaged(str(closed(store)))} == events


def test_what_was_never_committed_is_not_read(store: Store) -> None:
    given_ = answered(store, 20)
    store.connection.execute("PRAGMA cache_spill = 1")
    store.connection.execute("PRAGMA cache_size = 1")
    with suppress(RuntimeError), store.write():
        answered(store, 500, 100)
        assert {event.uid for event in salvage.salvaged(store.path)} == given_
        raise RuntimeError


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), share=st.floats(0.02, 0.5), whole=st.booleans())
def test_what_lies_on_sound_pages_is_read_whatever_else_is_gone(
    tmp_path_factory: pytest.TempPathFactory, seed: int, share: float, whole: bool
) -> None:
    rng, home = Random(seed), tmp_path_factory.mktemp("home")
    path = home / file.NAME
    store = Store.open(home)
    given_ = answered(store, 400)
    held = closed(store)
    count = held.stat().st_size // pages.USUAL_PAGE
    lost = rng.sample(range(1, count + 1), max(1, round(share * count)))
    fill = b"\0" if whole else rng.randbytes(64)
    zero(path, lost, fill)
    if rng.random() < 0.3:
        os.truncate(path, rng.randrange(path.stat().st_size))
    found = read(path)
    assert found <= given_
    if salvage.damage(str(path)) is None:
        assert found == given_


def test_one_page_lost_costs_the_events_on_it_only(store: Store) -> None:
    given_ = answered(store, 2000)
    path = closed(store)
    zero(path, [1, path.stat().st_size // pages.USUAL_PAGE // 2])
    assert salvage.damage(str(path)) == "it does not begin as a store does"
    assert len(given_ - read(path)) < 60
    assert read(path) <= given_


def test_damage_is_told_in_words(store: Store) -> None:
    answered(store, 2000)
    path = closed(store)
    whole = path.read_bytes()
    told = set()
    for number in range(1, len(whole) // pages.USUAL_PAGE + 1):
        zero(path, [number])
        told.add(re.sub(r"\(.*\)", "(…)", str(salvage.damage(str(path)))))
        path.write_bytes(whole)
    assert told <= {
        "None", "it does not begin as a store does", "some of its pages are broken",
        "its pages do not fit together (…)",
    }  # fmt: skip
    assert len(told) > 2


@pytest.mark.parametrize(
    "content", [b"", b"no database", b"\x0a" * 5000, b"SQLite format 3\0" * 999]
)
def test_a_file_of_anything_has_no_events(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    assert salvage.damage(str(path))
    assert read(path) == set()


def test_where_nothing_can_be_written_a_store_is_read_but_never_without_its_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_, connect = answered(store, 5), sqlite3.connect

    class Refused:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(
        sqlite3, "connect",
        lambda name, **more: connect(name, **more) if "immutable" in name else Refused(),
    )  # fmt: skip
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        salvage.damage(store.path)
    path = closed(store)
    assert (salvage.damage(str(path)), read(path)) == (None, given_)


def test_a_copy_by_a_newer_program_is_refused(store: Store) -> None:
    store.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(UserError, match="newer mlsd-cards"):
        list(salvage.kept(store.path))


# mending


def no_link(*_: object) -> None:
    raise OSError(1, "Operation not permitted")  # as on a stick with FAT


def test_a_new_store_has_what_is_left_of_the_old_one_and_of_all_copies(
    store: Store, tmp_path: Path
) -> None:
    early = answered(store, 300)
    backup.make(store.path, backup.of_day(str(tmp_path), "2026-11-20"))
    late = answered(store, 300, 300)
    states = dict(ledger.states(store))
    path = closed(store)
    zero(path, [1])
    done = mending.mend(str(tmp_path), STAMP)
    again = Store.open(tmp_path)
    assert uids(again) == early | late
    assert dict(ledger.states(again)) == states
    assert (done.read, done.added, done.copies) == (600, 0, 1)
    assert [path.name for path in Path(done.aside).iterdir()] == [file.NAME]
    assert not list(tmp_path.glob("mending*"))
    assert stat.S_IMODE(Path(again.path).stat().st_mode) == 0o600


def test_a_window_that_still_has_the_damaged_file_open_saves_nothing_into_it(
    store: Store, tmp_path: Path
) -> None:
    first = answered(store, 50)
    mending.mend(str(tmp_path), STAMP)
    with pytest.raises(UserError, match="replaced meanwhile"):
        answered(store, 1, 90)
    assert uids(Store.open(tmp_path)) == first


def test_what_was_written_until_a_new_store_took_its_place_is_in_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answered(store, 50)
    read, late = mending.backup.copies, set[str]()

    def copies(home: str) -> list[backup.Copy]:  # the old store has been read, the new is not there
        late.update(answered(store, 5, 60))
        return read(home)

    monkeypatch.setattr(mending.backup, "copies", copies)
    assert mending.mend(str(tmp_path), STAMP).read == 55
    assert late
    assert uids(Store.open(tmp_path)) == first | late


WINDOW = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
store.execute("SELECT count(*) FROM event").fetchone()
print("open", flush=True)
sys.stdin.read()
store.execute("BEGIN IMMEDIATE")
"""


@pytest.mark.parametrize("linking", [True, False])
@pytest.mark.parametrize("early", [True, False])
def test_nobody_writes_or_begins_to_while_a_new_store_takes_its_place(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linking: bool, early: bool
) -> None:
    """Also where the old files are copied: closing one of them would give up the locks."""
    answered(store, 50)
    path, replace, told = closed(store), os.replace, list[str]()

    def window() -> subprocess.Popen[str]:
        words, pipe = [sys.executable, "-c", WINDOW, str(path)], subprocess.PIPE
        begun = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        assert begun.stdout
        begun.stdout.readline()
        return begun

    other = window() if early else None

    def late(source: str, target: str) -> None:
        told.append((other or window()).communicate()[1])
        replace(source, target)

    monkeypatch.setattr(os, "replace", late)
    if not linking:
        monkeypatch.setattr(os, "link", no_link)
    mending.mend(str(tmp_path), STAMP)
    assert ["database is locked" in error for error in told] == [True]


@pytest.mark.parametrize("mixed", [False, True])
def test_a_start_while_a_new_store_takes_its_place_is_of_the_new_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mixed: bool
) -> None:
    """Also where it has the old store open, and what it finds beside it is the log of the new."""
    first = answered(store, 50)
    path, prepare = closed(store), file.prepare

    def late(connection: sqlite3.Connection, name: str) -> None:
        prepare(connection, name)
        monkeypatch.setattr(file, "prepare", prepare)
        mending.mend(str(tmp_path), STAMP)
        if mixed:
            raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(file, "prepare", late)
    again = Store.open(tmp_path)
    more = answered(again, 3, 60)
    again.close()
    assert uids(Store.open(tmp_path)) == first | more
    assert path.exists()


def test_a_window_whose_log_was_deleted_saves_nothing_more_and_loses_nothing(
    store: Store, tmp_path: Path
) -> None:
    first = answered(store, 50)
    time.sleep(PAUSE_S)
    (tmp_path / f"{file.NAME}-wal").unlink()
    with pytest.raises(UserError, match="deleted or replaced meanwhile"):
        answered(store, 1, 90)
    store.close()
    assert uids(Store.open(tmp_path)) == first


def test_what_any_copy_has_comes_back(store: Store, tmp_path: Path) -> None:
    """Also from one that is older than a copy with less in it."""
    early = answered(store, 30)
    backup.make(store.path, backup.of_day(str(tmp_path), "2026-11-20"))
    fresh = Store.in_memory()
    late = answered(fresh, 3, 50)
    assert mending.bring_back(fresh, str(tmp_path)) == {
        backup.of_day(str(tmp_path), "2026-11-20"): 30
    }
    assert uids(fresh) == early | late
    assert mending.bring_back(fresh, str(tmp_path)) == {}


def test_mending_again_takes_in_what_was_set_aside_before(store: Store, tmp_path: Path) -> None:
    first = answered(store, 50)
    done = mending.mend(str(tmp_path), STAMP)
    again = Store.open(tmp_path)
    later = answered(again, 3, 90)
    path = closed(again)
    os.truncate(path, 0)  # nothing is left but what lies aside
    second = mending.mend(str(tmp_path), "2026-11-21T13:00:00")
    assert uids(Store.open(tmp_path)) == first
    assert second.aside != done.aside
    assert later


def test_a_store_damaged_twice_in_a_second_is_mended_twice(store: Store, tmp_path: Path) -> None:
    first = answered(store, 50)
    asides = set()
    for _ in range(3):
        os.truncate(tmp_path / file.NAME, 0)
        asides.add(mending.mend(str(tmp_path), STAMP).aside)
        assert uids(Store.open(tmp_path)) == first
    assert len(asides) == 3


def test_a_home_where_nothing_can_be_written_stays_as_it_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(store, 50)
    path = closed(store)
    zero(path, [1])
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(UserError, match="No space left"):
        mending.mend(str(tmp_path), STAMP)
    assert path.read_bytes() == before


def test_a_disk_without_further_names_of_a_file_gets_copies(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answered(store, 50)
    whole = (tmp_path / f"{file.NAME}-wal").read_bytes()
    zero(tmp_path / file.NAME, [1])
    monkeypatch.setattr(os, "link", no_link)
    done = mending.mend(str(tmp_path), STAMP)
    assert (Path(done.aside) / f"{file.NAME}-wal").read_bytes() == whole
    assert stat.S_IMODE((Path(done.aside) / file.NAME).stat().st_mode) == 0o600
    assert uids(Store.open(tmp_path)) == first


# the rest of a check-up


def test_states_that_are_not_what_the_answers_say(store: Store) -> None:
    answered(store, 30)
    right = dict(ledger.states(store))
    assert checkup.wrong_states(store, mend=False) == []
    store.connection.execute("UPDATE state SET due = due + 5 WHERE card = 'card-3'")
    store.connection.execute("DELETE FROM state WHERE card = 'card-4'")
    assert checkup.wrong_states(store, mend=False) == ["card-3", "card-4"]
    assert dict(ledger.states(store)) != right, "it was only a look"
    assert checkup.wrong_states(store, mend=True) == ["card-3", "card-4"]
    assert dict(ledger.states(store)) == right


def test_a_clock_that_was_ahead_is_found(store: Store) -> None:
    answered(store, 3)
    assert checkup.ahead(store, NOON) == {}
    assert checkup.ahead(store, NOON - 2 * checkup.DAY_MS) == {store.device: 3}


def test_what_others_could_read_is_closed_to_them(store: Store, tmp_path: Path) -> None:
    outside = tmp_path.parent / "outside"
    outside.touch(0o644)
    (tmp_path / "link").symlink_to(outside)
    (tmp_path / "decks").mkdir(0o755)
    (tmp_path / "decks" / "mine.yaml").touch(0o644)
    tmp_path.chmod(0o755)
    found = checkup.opened_to_others(str(tmp_path))
    assert {Path(path).name for path in found} == {tmp_path.name, "decks", "mine.yaml"}
    assert stat.S_IMODE((tmp_path / "decks").stat().st_mode) == 0o700
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
    assert checkup.opened_to_others(str(tmp_path)) == []


@pytest.mark.parametrize("left", [None, b""])
def test_a_store_that_was_moved_under_a_session_loses_nothing_to_its_copy(
    tmp_path: Path, left: bytes | None
) -> None:
    store = Store.open(tmp_path)
    uids = answered(store, 20)
    path, away = tmp_path / file.NAME, tmp_path / "away.db"
    path.rename(away)
    if left is not None:
        path.write_bytes(left)
    with suppress(OSError, sqlite3.DatabaseError):
        backup.make(str(path), str(tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()
    assert path.exists() == (left is not None)
    store.close()
    away.rename(path)
    assert {event.uid for event in salvage.events(str(path))} >= uids
