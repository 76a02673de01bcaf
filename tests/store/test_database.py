"""The store: what is confirmed is on the disk, and nothing that was there is ever lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.errors import StaleError, UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.store import file, ledger, log, refold, schema
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge
from mlsd_cards.store.undo import take_back, undo

NOON = 1_795_262_400_000  # 2026-11-21T12:00Z
DAY = 24 * 3600 * 1000


def moment(days: float = 0) -> Moment:
    return Moment.of(NOON + int(days * DAY), 0)


def review(store: Store, card: str, grade: int = 3, days: float = 0, **sides: str) -> Event:
    event, _ = store.append(
        log.REVIEWED, card, moment(days), grade=grade, scale="1-4", source="review", **sides
    )
    return event


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "home")


def check_cache(store: Store) -> None:
    """The state table is what the log folds to."""
    cached = dict(ledger.states(store))
    cards = {event.card for event in store.events() if event.card}
    assert set(cached) <= cards
    for card in cards:
        folded = log.fold(log.effective(store.events(card)), store.scheduler)
        assert cached.get(card, log.FRESH) == folded


def test_an_answer_is_there_after_opening_again(tmp_path: Path) -> None:
    first = Store.open(tmp_path)
    event = review(first, "a")
    first.close()
    again = Store.open(tmp_path)
    assert again.events() == [event]
    assert again.folded("a").state.interval == 1
    assert again.device == event.device


def test_the_home_is_the_users_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        store = Store.open(tmp_path / "new" / "home")
        review(store, "a")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new" / "home").stat().st_mode) == 0o700
    for path in (tmp_path / "new" / "home").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_two_windows_cannot_answer_one_showing(tmp_path: Path) -> None:
    one, two = Store.open(tmp_path), Store.open(tmp_path)
    head = one.folded("a").head
    assert two.folded("a").head == head
    review(one, "a", head=head)
    with pytest.raises(StaleError):
        review(two, "a", head=head)
    assert len(two.events()) == 1
    review(two, "a", grade=4, days=1, head=two.folded("a").head)
    assert one.folded("a").state.repetitions == 2


def test_undo_goes_back_any_number_of_steps_and_over_restarts(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    heads = [store.folded("a").head]
    for day in range(3):
        review(store, "a", days=day)
        heads.append(store.folded("a").head)
    for head in reversed(heads[:-1]):
        store = Store.open(tmp_path)
        assert undo(store, moment(3)) is not None
        assert store.folded("a").head == head
    assert undo(store, moment(3)) is None
    assert len(store.events()) == 6  # the log keeps all of it
    check_cache(store)


def test_undo_takes_back_only_what_this_machine_did(store: Store) -> None:
    own = review(store, "a")
    foreign = own._replace(device="elsewhere", uid="f" * 20, time=own.time + 1, at=own.at + 1)
    assert merge(store, [foreign]) == 1
    taken = undo(store, moment())
    assert taken is not None
    assert taken.uid == own.uid
    assert undo(store, moment()) is None


def test_a_clock_set_back_does_not_reorder_answers(store: Store) -> None:
    first, second = review(store, "a", days=10), review(store, "a", days=0, grade=1)
    assert second.at < first.at
    assert second.time > first.time
    assert [event.uid for event in store.events("a")] == [first.uid, second.uid]


def test_at_is_never_used_twice(store: Store) -> None:
    ats = [review(store, card).at for card in "abc"]
    assert ats == [NOON, NOON + 1, NOON + 2]


def test_merging_is_a_union(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "other")
    for card in "ab":
        review(store, card)
        review(other, card, days=1, grade=2)
    undo(other, moment(1))
    merge(store, other.events())
    merge(other, store.events())
    assert store.events() == other.events()
    assert dict(ledger.states(store)) == dict(ledger.states(other))
    assert merge(store, other.events()) == 0
    check_cache(store)


def test_settings_refold_everything_and_back(store: Store) -> None:
    for day, grade in enumerate([3, 3, 1, 1]):
        review(store, "a", grade, days=day * 10)
    before = store.folded("a")
    store.append(log.CONFIGURED, "", moment(50), payload={"lapse_lowers_ef": True})
    assert store.folded("a").state.ef < before.state.ef
    check_cache(store)
    store.append(log.CONFIGURED, "", moment(51), payload={"lapse_lowers_ef": False})
    assert store.folded("a") == before


def test_a_state_of_fsrs_is_what_was_kept_of_it(store: Store) -> None:
    store.append(log.CONFIGURED, "", moment(), payload={"scheduler": "fsrs"})
    review(store, "a", 1)
    (after,) = [folded for _, folded in ledger.states(store)]
    assert after.state.memory is not None
    assert store.folded("a") == after == log.fold(store.events("a"), FSRS())
    store.append(log.SUSPENDED, "b", moment())
    assert store.folded("b").state.memory is None
    check_cache(store)


def test_another_windows_settings_are_used_at_the_next_write(tmp_path: Path) -> None:
    one, two = Store.open(tmp_path), Store.open(tmp_path)
    one.append(log.CONFIGURED, "", moment(), payload={"lapse_is_first": True})
    review(two, "a", grade=1)
    assert two.folded("a").state.repetitions == 1
    check_cache(two)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "review",
                "undo",
                "suspend",
                "mark",
                "reset",
                "bury",
                "practice",
                "quiz",
                "call",
                "place",
                "sm2",
                "fsrs",
            ]
        ),
        st.sampled_from("ab"),
        st.integers(1, 4),
        st.floats(-2, 5),
    ),
    max_size=15,
)


KINDS = {
    "suspend": log.SUSPENDED,
    "mark": log.MARKED,
    "reset": log.RESET,
    "bury": log.BURIED,
    "call": log.CALLED,
}


def act(store: Store, what: str, card: str, grade: int, days: float) -> None:
    if what == "undo":
        undo(store, moment(days))
    elif what in log.SCHEDULERS:
        store.append(log.CONFIGURED, "", moment(days), payload={"scheduler": what})
    elif what == "place":
        store.append(log.PLACED, card, moment(days), grade=20 + grade, scale=log.DAYS)
    elif what in KINDS:
        store.append(KINDS[what], card, moment(days))
    else:
        store.append(log.REVIEWED, card, moment(days), grade=grade, scale="1-4", source=what)


@given(STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_cache_is_always_the_fold(steps: list[tuple[str, str, int, float]]) -> None:
    store, days = Store.in_memory(), 0.0
    for what, card, grade, gap in steps:
        days += gap
        act(store, what, card, grade, days)
        check_cache(store)
    cached = dict(ledger.states(store))
    store.rebuild()
    assert dict(ledger.states(store)) == cached


@pytest.mark.parametrize(
    "odd",
    [
        {"grade": None}, {"grade": 3, "scale": "0-5"}, {"scale": None},
        {"source": None}, {"source": log.PRACTICE}, {"kind": log.SUSPENDED},
        {"kind": log.IDENTIFIED}, {"card": "other"}, {},
    ],
)  # fmt: skip
@pytest.mark.parametrize("undone", [[], [1], [0, 1, 2]])
def test_a_card_is_folded_by_all_of_its_events(
    store: Store, odd: dict[str, Any], undone: list[int]
) -> None:
    """Also where most of them are such as need no second look."""
    first = [
        store.append(log.REVIEWED, "one", moment(day), grade=3, scale="1-4", source="review")[0]
        for day in range(3)
    ]
    last = store.stamp(log.REVIEWED, "one", moment(9))
    last = last._replace(device="other", grade=2, scale="1-4", source="review")
    merge(store, [last._replace(**odd)])
    for number in undone:
        take_back(store, first[number], moment(10 + number))
    check_cache(store)
    cached = dict(ledger.states(store))
    store.rebuild()
    assert dict(ledger.states(store)) == cached


def test_a_refold_reads_the_log_in_the_order_of_its_key(store: Store) -> None:
    plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {refold._CARDS}")]
    assert plan == ["SCAN event"], "neither another index nor a sort"


@given(STEPS, STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_fsrs_and_back_gives_exactly_the_old_states(
    before: list[tuple[str, str, int, float]], meanwhile: list[tuple[str, str, int, float]]
) -> None:
    store, twin = Store.in_memory(), Store.in_memory()  # the twin never leaves SM-2
    for what, *step in before:
        for one in (store, twin):
            if what not in log.SCHEDULERS:
                act(one, what, *step)
    states = dict(ledger.states(store))
    act(store, "fsrs", "", 0, 90)
    check_cache(store)
    seen = [folded.state for _, folded in ledger.states(store)]
    assert all((state.memory is None) == (state.last is None) for state in seen)
    act(store, "sm2", "", 0, 90)
    assert dict(ledger.states(store)) == states
    act(store, "fsrs", "", 0, 90)
    for what, card, grade, gap in meanwhile:
        if what not in (*log.SCHEDULERS, "undo"):
            act(store, what, card, grade, 100 + gap)
            act(twin, what, card, grade, 100 + gap)
    act(store, "sm2", "", 0, 200)
    schedules = [
        {card: folded._replace(head="") for card, folded in ledger.states(one)}
        for one in (store, twin)
    ]
    assert schedules[0] == schedules[1]


def test_events_can_be_neither_changed_nor_deleted(store: Store) -> None:
    review(store, "a")
    for sql in ("DELETE FROM event", "UPDATE event SET grade = 4"):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            store.connection.execute(sql)


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    review(store, "a")
    before = (store.events(), dict(ledger.states(store)))
    with pytest.raises(ZeroDivisionError), store.write():
        store.connection.execute("DELETE FROM state")
        raise ZeroDivisionError
    assert (store.events(), dict(ledger.states(store))) == before


# files that are not what they should be


def test_a_newer_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    path = tmp_path / file.NAME
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    newer.close()
    with pytest.raises(UserError, match="newer mlsd-cards"):
        Store.open(tmp_path)


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / file.NAME
    path.write_bytes(b"my shopping list\n" * 100)
    with pytest.raises(UserError, match="not a store"):
        Store.open(tmp_path)
    assert path.read_bytes() == b"my shopping list\n" * 100


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / file.NAME)
    other.execute("CREATE TABLE notes (text)")
    other.close()
    with pytest.raises(UserError, match="another program's"):
        Store.open(tmp_path)


def test_an_older_store_is_copied_before_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path)
    event = review(store, "a")
    store.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (x)"))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    newer = Store.open(tmp_path)
    assert newer.events() == [event]
    (kept,) = (tmp_path / "backups").glob(f"*-before-version-{schema.VERSION - 1}.db")
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT count(*) FROM event").fetchone() == (1,)
    copy.close()


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path).close()
    script = "CREATE TABLE later (x); CREATE TABLE later (x)"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, script))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(UserError):
        Store.open(tmp_path)
    monkeypatch.undo()
    Store.open(tmp_path)


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        Store.open(tmp_path / "file" / "home")


def test_a_copied_home_gets_a_new_device(tmp_path: Path) -> None:
    one = Store.open(tmp_path / "one")
    review(one, "a")
    one.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    one.close()
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / file.NAME).write_bytes((tmp_path / "one" / file.NAME).read_bytes())
    two = Store.open(tmp_path / "two")
    assert two.device != one.device
    assert two.events()[0].device == one.device


# several processes


def answer_many(home: Path, name: str, count: int) -> None:
    store = Store.open(home)
    for number in range(count):
        review(store, f"{name}{number % 3}")


def test_processes_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=answer_many, args=(tmp_path, name, 25)) for name in ("x", "y", "x")
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    store = Store.open(tmp_path)
    events = store.events()
    assert len(events) == 75
    assert len({event.at for event in events}) == 75
    assert len({event.time for event in events}) == 75
    check_cache(store)


KILLED = """
import sys
from pathlib import Path
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.store.database import Store

store, at = Store.open(Path(sys.argv[1])), 1_795_262_400_000
while True:
    at += 1000
    event, _ = store.append("reviewed", "a", Moment.of(at, 0), grade=3, scale="1-4")
    print(event.uid, flush=True)
"""


@pytest.mark.parametrize("after_s", [0.02, 0.05, 0.11])
def test_a_killed_process_keeps_every_confirmed_answer(tmp_path: Path, after_s: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    confirmed = [process.stdout.readline().strip()]
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    confirmed += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    store = Store.open(tmp_path)
    kept = [event.uid for event in store.events()]
    assert set(confirmed) <= set(kept)
    assert len(kept) <= len(confirmed) + 1  # one may be on the disk and not yet said
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check_cache(store)


def opened_first(home: Path, answers: multiprocessing.Queue[str]) -> None:
    try:
        answers.put(Store.open(home).device)
    except UserError as error:
        answers.put(f"refused: {error}")


@pytest.mark.parametrize("attempt", range(5))
def test_a_fresh_home_opened_by_several_at_once(tmp_path: Path, attempt: int) -> None:
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    workers = [context.Process(target=opened_first, args=(tmp_path, answers)) for _ in range(6)]
    for worker in workers:
        worker.start()
    devices = {answers.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join()
    assert devices == {Store.open(tmp_path).device}
    assert not (tmp_path / "backups").exists()
