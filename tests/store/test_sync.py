"""Several machines and a folder: whatever carries it, all come to the same log and states."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import exchange, ledger, log
from mlsd_cards.store.database import Store
from mlsd_cards.store.exchange import Mark, Reading
from mlsd_cards.store.merge import merge
from mlsd_cards.store.sync import Synced, sync
from mlsd_cards.store.undo import undo

NOON = 1_795_262_400_000  # 2026-11-21T12:00Z
HOUR = 3_600_000


class Machine:
    """A store with a clock of its own, and its copy of the folder."""

    def __init__(self, number: int, folder: Path, skew: int = 0) -> None:
        self.store = Store.in_memory()
        self.store.device = f"machine{number}"
        self.folder = folder
        self.skew = skew
        folder.mkdir(exist_ok=True)

    def moment(self, hours: int) -> Moment:
        return Moment.of(NOON + hours * HOUR + self.skew, 0)

    def answer(self, card: str, hours: int, grade: int = 3) -> str:
        event, _ = self.store.append(
            log.REVIEWED, card, self.moment(hours), grade=grade, scale="1-4", source="review"
        )
        return event.uid

    def sync(self) -> Synced:
        return sync(self.store, str(self.folder))

    @property
    def uids(self) -> set[str]:
        return {event.uid for event in self.store.events()}

    def standing(self) -> Any:
        """All that is the same on every machine in the end."""
        return (
            sorted(self.store.events()), dict(ledger.states(self.store)), self.store.settings
        )  # fmt: skip


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two machines that share a folder."""
    return Machine(1, tmp_path / "f"), Machine(2, tmp_path / "f")


def own(machine: Machine) -> Path:
    return machine.folder / exchange.own_name(machine.store.device)


# two machines


def test_what_one_did_the_other_has(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    given_ = {one.answer("a", 0), one.answer("b", 1)}
    assert one.sync() == Synced(2, {}, [], [])
    theirs = other.answer("a", 2, grade=1)
    assert other.sync() == Synced(1, {own(one).name: 2}, [], [])
    assert one.sync() == Synced(0, {own(other).name: 1}, [], [])
    assert one.uids == other.uids == given_ | {theirs}
    assert one.standing() == other.standing()
    assert one.sync() == other.sync() == Synced(0, {}, [], [])


def test_nobody_changes_anothers_file(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    before = own(one).read_bytes()
    other.answer("b", 0)
    other.sync()
    other.sync()
    assert own(one).read_bytes() == before
    one.answer("c", 1)
    one.sync()
    assert own(one).read_bytes().startswith(before), "it only ever grows"
    assert own(one).stat().st_mode & 0o777 == 0o600


def test_a_setting_and_an_undo_reach_the_past_of_the_other(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    one.answer("a", 0, grade=2)
    one.sync()
    other.sync()
    other.store.append(log.CONFIGURED, "", other.moment(1), payload={"drill_below": 3})
    undo(one.store, one.moment(2))
    for machine in (other, one, other):
        machine.sync()
    assert one.standing() == other.standing()
    assert one.store.settings.sm2.drill_below == 3
    assert one.store.folded("a") == log.FRESH


def test_what_was_restored_or_imported_here_goes_out_too(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    dead = Machine(9, one.folder.parent / "gone")
    dead.answer("z", -500)
    merge(one.store, dead.store.events())
    assert one.sync().sent == 1
    other.sync()
    assert other.uids == one.uids


def test_two_folders_carry_what_came_by_the_other(tmp_path: Path) -> None:
    left, hub, right = (Machine(number, tmp_path / "left") for number in (1, 2, 3))
    left.answer("a", 0)
    left.sync()
    hub.sync()
    for machine in (hub, right):
        machine.folder = tmp_path / "right"
        machine.folder.mkdir(exist_ok=True)
        machine.sync()
    assert right.uids == left.uids


# files as they arrive


def test_a_line_on_its_way_waits_and_one_torn_off_is_passed_over(
    pair: tuple[Machine, Machine],
) -> None:
    one, other = pair
    one.answer("a", 0)
    one.answer("b", 1)
    one.sync()
    whole = own(one).read_bytes()
    own(one).write_bytes(whole[:-20])
    told = other.sync()
    assert (told.received, told.unfinished, told.faults) == (
        {own(one).name: 1},
        [own(one).name],
        [],
    )
    own(one).write_bytes(whole)
    assert other.sync().received == {own(one).name: 1}

    own(one).write_bytes(whole[:-20])  # and so the machine itself finds it, after a crash
    third = one.answer("c", 2)
    mended = one.sync()
    assert (mended.sent, mended.unfinished) == (2, [])
    assert [str(fault) for fault in mended.faults] == [
        f"{own(one).name}:3: its end was torn off; what it held is written again"
    ]
    assert one.sync().faults == []
    told = other.sync()
    assert [(fault.line, fault.what[:11]) for fault in told.faults] == [(3, "is no event")]
    assert third in other.uids
    assert other.uids == one.uids
    assert other.sync().faults == [], "it is said once"


@pytest.mark.parametrize("rest", [b"x", b'{"card": "a", "ti'])
def test_a_torn_line_is_ended_also_where_nothing_is_to_be_sent(
    pair: tuple[Machine, Machine], rest: bytes
) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    whole = own(one).read_bytes()
    own(one).write_bytes(whole + rest)
    assert len(one.sync().faults) == 1
    assert own(one).read_bytes() == whole + rest + b"\n", "nothing is taken out of a log"
    assert (one.sync().faults, one.sync().unfinished) == ([], [])
    assert other.sync().received == {own(one).name: 1}


@pytest.mark.parametrize("left", range(0, 40, 7))
def test_a_first_line_that_is_not_whole_is_written_again(
    pair: tuple[Machine, Machine], left: int
) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    own(one).write_bytes(own(one).read_bytes()[:left])
    one.sync()
    other.sync()
    assert other.uids == one.uids


def test_a_file_that_was_rolled_back_or_deleted_is_made_good(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    early = own(one).read_bytes()
    one.answer("b", 1)
    one.sync()
    other.answer("c", 2)
    other.sync()
    own(one).write_bytes(early)
    assert one.sync().sent == 1
    third = Machine(3, one.folder)
    third.sync()
    assert third.uids == one.uids == other.uids | third.uids
    own(other).unlink()  # its machine is gone for good
    assert one.sync().sent == 1
    fourth = Machine(4, one.folder)
    fourth.sync()
    assert fourth.uids == third.uids


def test_files_of_others_are_left_alone_and_named(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    (one.folder / "notes.txt").write_text("not read at all")
    (one.folder / "other.jsonl").write_text('{"event": 1}\n')
    (one.folder / "newer.jsonl").write_text('{"mlsd-cards-log": 2}\n{"card": "x"}\n')
    (one.folder / "folder.jsonl").mkdir()
    (one.folder / "broken.jsonl").symlink_to("nowhere")
    os.mkfifo(one.folder / "pipe.jsonl")
    told = other.sync()
    assert sorted(map(str, told.faults)) == [
        "newer.jsonl: of version 2, the newest known here is 1: update",
        "other.jsonl: is no log of mlsd-cards and is left alone",
    ]
    assert other.uids == one.uids
    assert (one.folder / "other.jsonl").read_text() == '{"event": 1}\n'


def test_a_foreign_file_of_ones_own_name_is_not_written_to(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    own(one).write_text("somebody's\n")
    one.answer("a", 0)
    assert one.sync().sent == 1
    assert own(one).read_text() == "somebody's\n"
    other.sync()
    one.answer("b", 1)
    assert one.sync().sent == 1
    other.sync()
    assert other.uids == one.uids


def test_a_link_in_the_place_of_ones_own_file_is_not_followed(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, _ = pair
    own(one).symlink_to(tmp_path / "outside")
    one.answer("a", 0)
    with pytest.raises(OSError, match="symbolic"):
        one.sync()
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "line",
    [
        b"", b"   ", b"nonsense", b"[" * 100_000, b"null", b"\xff\xfe", b'{"card": 1}', b"1e999",
        b'{"card": "a", "time": 1, "device": "x", "uid": "zz", "kind": "reviewed"}',
        b'{"card": "a", "time": 1e400}', b'{"a": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
def test_a_line_that_is_no_event_costs_nothing_but_itself(
    pair: tuple[Machine, Machine], line: bytes
) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    with own(one).open("ab") as file:
        file.write(line + b"\n")
    last = one.answer("b", 1)
    one.sync()
    told = other.sync()
    assert last in other.uids
    assert [fault.line for fault in told.faults] == ([3] if line.strip() else [])


def test_a_line_without_end_is_not_read_into_memory(
    pair: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LONGEST", 1000)
    one, other = pair
    one.answer("a", 0)
    one.sync()
    with own(one).open("ab") as file:
        file.write(b"x" * 5000 + b"\n")
    told = other.sync()
    assert "too long" in str(told.faults[0])
    assert told.received == {own(one).name: 1}


def test_only_what_is_new_is_read(pair: tuple[Machine, Machine]) -> None:
    one, other = pair
    for number in range(50):
        one.answer(f"card{number}", number)
    one.sync()
    other.sync()
    one.answer("last", 60)
    one.sync()
    past = json.loads(
        other.store.connection.execute("SELECT value FROM meta WHERE key LIKE 'sync %'").fetchone()[
            0
        ]
    )
    reading = Reading(str(one.folder), own(one).name, Mark(*past["marks"][own(one).name]))
    assert [event.card for event in reading.events()] == ["last"]


def test_who_has_nothing_new_looks_at_no_old_event(pair: tuple[Machine, Machine]) -> None:
    """Neither one that wrote the whole log nor one that never answered anything itself."""
    one, other = pair
    for hour in range(9):
        one.answer(f"card{hour}", hour)
    for machine in (one, other, one, other):
        machine.sync()
    for machine in pair:
        connection, asked = machine.store.connection, list[str]()
        connection.set_trace_callback(asked.append)
        machine.sync()
        connection.set_trace_callback(None)
        latest = max(event.time for event in machine.store.events())
        (ours,) = (one for one in asked if one.startswith("SELECT card"))
        assert f"time > {latest} " in ours
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {ours}")
        assert plan[3] == "SEARCH event USING INDEX event_time (time>?)"


def test_what_was_killed_between_file_and_store_is_not_doubled(
    pair: tuple[Machine, Machine],
) -> None:
    one, other = pair
    one.answer("a", 0)
    one.sync()
    kept = one.store.connection.execute("SELECT * FROM meta WHERE key LIKE 'sync %'").fetchall()
    one.answer("b", 1)
    one.sync()  # its file is written ...
    one.store.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)
    one.answer("c", 2)  # ... and its memory of that is lost
    assert one.sync().sent == 1
    other.sync()
    assert other.uids == one.uids
    assert len(own(one).read_text().splitlines()) == 4


def test_a_copied_home_is_another_machine(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    first = Store.open(tmp_path / "one")
    moment = Moment.of(NOON, 0)
    first.append(log.REVIEWED, "a", moment, grade=3, scale="1-4", source="review")
    sync(first, str(folder))
    first.close()
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    again, copy = Store.open(tmp_path / "one"), Store.open(tmp_path / "two")
    for store, card in ((again, "b"), (copy, "c")):
        store.append(log.REVIEWED, card, moment, grade=3, scale="1-4", source="review")
        sync(store, str(folder))
    sync(again, str(folder))
    assert sorted(again.events()) == sorted(copy.events())
    assert len(again.events()) == 3
    assert len(list(folder.iterdir())) == 2


# any machines, any order

WHAT = st.sampled_from(["answer", "answer", "answer", "undo", "suspend", "config", "sync", "carry"])
STEPS = st.lists(
    st.tuples(WHAT, st.integers(0, 3), st.integers(0, 3), st.integers(0, 4), st.floats(0, 1)),
    max_size=60,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(count=st.integers(1, 4), steps=STEPS, skews=st.lists(st.integers(-50, 50), min_size=4))
def test_all_machines_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    count: int,
    steps: list[tuple[str, int, int, int, float]],
    skews: list[int],
) -> None:
    """Each machine has its own copy of the folder; files are carried over whole or in part, in any
    order, also older ones over newer ones."""
    base = tmp_path_factory.mktemp("folders")
    machines = [Machine(n, base / str(n), skews[n] * HOUR) for n in range(count)]
    for hours, (what, number, other, card, share) in enumerate(steps):
        machine, to = machines[number % count], machines[other % count]
        act(machine, to, what, f"card{card}", hours, share)
    for _ in range(2):  # once everything has been carried everywhere, twice is enough
        for machine in machines:
            machine.sync()
        for machine in machines:
            for to in machines:
                carry(machine, to, 1.0)
        for machine in machines:
            machine.sync()
    standing = machines[0].standing()
    assert all(machine.standing() == standing for machine in machines)
    alone = Machine(99, base / "alone")
    merge(alone.store, reversed(standing[0]))
    assert alone.standing()[1:] == standing[1:]


def act(machine: Machine, to: Machine, what: str, card: str, hours: int, share: float) -> None:
    moment = machine.moment(hours)
    if what == "answer":
        machine.answer(card, hours, grade=1 + int(share * 3.99))
    elif what == "undo":
        undo(machine.store, moment)
    elif what == "suspend":
        machine.store.append(log.SUSPENDED if share < 0.5 else log.RESUMED, card, moment)
    elif what == "config":
        value = {"drill_below": 3 + (share < 0.5)}
        machine.store.append(log.CONFIGURED, "", moment, payload=value)
    elif what == "sync":
        machine.sync()
    else:
        carry(machine, to, share)


def carry(machine: Machine, to: Machine, share: float) -> None:
    """Bring the machine's file into the other's folder, or the first part of it."""
    if own(machine).exists() and machine is not to:
        data = own(machine).read_bytes()
        (to.folder / own(machine).name).write_bytes(data[: round(share * len(data))])
