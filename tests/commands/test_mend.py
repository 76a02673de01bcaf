"""Copies of the store, made, listed and brought back; a home checked and mended."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.store import backup, file, salvage
from mlsd_cards.store.database import Store


def answer(run: Run, deck: Path, *cards: str) -> None:
    for card in cards:
        assert run("answer", card, "good", "--decks", deck).code == 0


def spoil(home: Path, size: int = 4096) -> None:
    """What a failing disk leaves: the beginning gone."""
    Store.open(home).close()  # the last to close moves all into the file
    with (home / file.NAME).open("r+b") as stream:
        stream.write(b"\0" * size)


def copies(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "backups").glob("*"))


def test_a_day_on_which_something_was_answered_leaves_a_copy(
    run: Run, deck: Path, home: Path, clock: Clock
) -> None:
    run("due", "--decks", deck)
    assert copies(home) == []
    answer(run, deck, "first", "second")
    assert copies(home) == ["2026-11-21.db"]
    clock.forward(1)
    run("due", "--decks", deck)
    assert copies(home) == ["2026-11-21.db"]
    answer(run, deck, "third")
    assert copies(home) == ["2026-11-21.db", "2026-11-22.db"]


def test_what_a_review_did_later_in_the_day_has_a_copy_too(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "MUCH", 5)
    answer(run, deck, "first")
    run("review", "--decks", deck, "--new", "9", stdin="\n3\n" * 6)
    assert copies(home) == ["2026-11-21-latest.db", "2026-11-21.db"]
    before = json.loads(run("restore", "--list", "--json").out)
    assert [copy["why"] for copy in before] == ["latest", "day"]
    answers = before[0]["answers"]
    assert answers > before[1]["answers"] == 1
    (home / file.NAME).unlink()
    run("review", "--decks", deck, "--new", "9", stdin="\n3\n" * 2)
    monkeypatch.setattr(backup, "MUCH", 1)
    answer(run, deck, "first")  # a store with less does not take its place
    assert json.loads(run("restore", "--list", "--json").out)[0]["answers"] == answers
    assert json.loads(run("restore", "--json").out)["answers"] > answers


def test_a_damaged_copy_is_no_reason_to_make_none(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "MUCH", 1)
    answer(run, deck, "first", "second")
    latest = home / "backups" / "2026-11-21-latest.db"
    latest.write_bytes(b"x" * 9000)
    assert run("answer", "third", "good", "--decks", deck).err == ""
    assert salvage.damage(str(latest)) is None


def test_a_copy_that_cannot_be_made_is_said_and_costs_nothing_else(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "make", full)
    ran = run("answer", "first", "good", "--decks", deck)
    assert ran.code == 0
    assert "today's backup could not be made" in ran.err
    assert "No space left" in ran.err


def test_a_copy_by_hand(run: Run, deck: Path, home: Path, tmp_path: Path) -> None:
    answer(run, deck, "first")
    assert ": 1 answer" in run("backup").out
    target = tmp_path / "mine.db"
    told = json.loads(run("backup", "-o", target, "--json").out)
    assert told == {"file": str(target), "answers": 1, "bytes": target.stat().st_size}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    again = run("backup", "-o", target)
    assert again.code == 1
    assert "there already" in again.err
    assert run("backup", "-o", tmp_path / "no" / "place" / "x.db").code == 1
    assert run("backup", "-o", "/dev/null/x.db").code == 1


def test_a_damaged_store_is_not_taken_for_a_damaged_copy(
    run: Run, deck: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def malformed(*_: object) -> None:
        raise sqlite3.DatabaseError("database disk image is malformed")

    answer(run, deck, "first")
    monkeypatch.setattr(backup, "make", malformed)
    ran = run("backup", "-o", tmp_path / "copy.db")
    assert ran.code == 1
    assert f"{home / file.NAME} is damaged" in ran.err


def test_a_copy_brings_back_what_is_missing_and_takes_nothing_away(
    run: Run, deck: Path, home: Path
) -> None:
    answer(run, deck, "first")
    run("backup")
    for path in home.glob(f"{file.NAME}*"):
        path.unlink()
    assert "copies of an older store are" in run("review", "--decks", deck).out
    assert "copies of an older store are" in run().out
    answer(run, deck, "second")
    told = run("restore")
    assert told.code == 0
    assert "1 event came back from the copies" in told.out
    assert "2 answers" in told.out
    assert json.loads(run("restore", "--json").out)["added"] == 0
    assert "older store" not in run("review", "--decks", deck).out
    listed = json.loads(run("restore", "--list", "--json").out)
    assert [(one["why"], one["answers"]) for one in listed] == [("hand", 1), ("day", 1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root ignores permissions")
def test_a_copied_store_is_read_where_nothing_can_be_written(
    run: Run, deck: Path, home: Path, tmp_path: Path
) -> None:
    answer(run, deck, "first")
    (stick := tmp_path / "stick").mkdir()
    (stick / file.NAME).write_bytes((home / file.NAME).read_bytes())
    stick.chmod(0o500)
    ran = run("restore", stick / file.NAME, "--home", tmp_path / "other")
    stick.chmod(0o700)
    assert ran.code == 0, ran.err
    assert "1 event came back" in ran.out


def test_restore_refuses_what_is_no_copy(run: Run, deck: Path, home: Path, tmp_path: Path) -> None:
    answer(run, deck, "first")
    assert "does not exist" in run("restore", tmp_path / "none.db").err
    (notes := tmp_path / "notes.txt").write_text("what I learnt\n" * 999)
    other = run("restore", notes)
    assert (other.code, other.out) == (1, "")
    assert f"no answer can be read in {notes}" in other.err
    own = run("restore", home / file.NAME)
    assert own.code == 1
    assert "is the store itself" in own.err
    (home / "backups" / "2026-11-21.db").unlink()
    assert "there is no copy" in run("restore").err
    assert "no copy yet" in run("restore", "--list").out


@pytest.mark.parametrize("command", ["doctor", "restore"])
def test_a_damaged_store_is_said_and_mended(run: Run, deck: Path, home: Path, command: str) -> None:
    answer(run, deck, "first", "second")
    before = json.loads(run("due", "--json", "--decks", deck).out)["cards"]
    spoil(home)
    said = run("due", "--decks", deck)
    assert said.code == 1
    assert "mlsd-cards doctor" in said.err
    mended = run(command)
    assert mended.code == 0
    assert "was damaged" in mended.out
    assert ("it does not begin as a store does" in mended.out) == (command == "doctor")
    assert "2 answers" in mended.out
    assert json.loads(run("due", "--json", "--decks", deck).out)["cards"] == before
    (aside,) = home.glob("damaged-*")
    assert f"{aside}" in mended.out
    assert "sound" in run("doctor").out


@pytest.mark.parametrize("command", ["doctor", "restore"])
@pytest.mark.parametrize("gone", [True, False])
def test_answers_in_the_log_of_a_store_that_is_gone_are_not_thrown_away(
    run: Run, deck: Path, home: Path, command: str, gone: bool
) -> None:
    answer(run, deck, "first")
    (home / "backups" / "2026-11-21.db").unlink()
    store = Store.open(home)
    answer(run, deck, "second")
    logged = (home / f"{file.NAME}-wal").read_bytes()
    store.close()
    (home / f"{file.NAME}-wal").write_bytes(logged)
    (home / "backups" / "2026-11-21.db").unlink()
    (home / file.NAME).unlink() if gone else os.truncate(home / file.NAME, 0)
    said = run("due", "--decks", deck)
    assert said.code == 1
    assert f"{home / file.NAME} is gone or empty" in said.err
    assert f"To begin anew instead, delete {home / file.NAME}-wal too." in said.err
    assert run(command).code == 0
    (aside,) = home.glob(f"damaged-*/{file.NAME}-wal")
    assert aside.read_bytes() == logged
    due = json.loads(run("show", "second", "--json", "--decks", deck).out)
    assert due[0]["repetitions"] == 1


def test_who_deletes_the_store_on_purpose_begins_anew(run: Run, deck: Path, home: Path) -> None:
    answer(run, deck, "first")
    store = Store.open(home)
    answer(run, deck, "second")
    (home / file.NAME).unlink()
    store.close()  # of a store that is gone, the log stays
    refused = run("due", "--decks", deck)
    assert refused.code == 1
    (home / f"{file.NAME}-wal").unlink()  # as it says
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 3
    assert json.loads(run("restore", "--json").out)["added"] == 1, "what the day's copy had"


def test_a_log_that_is_gone_after_a_kill_is_said_until_the_doctor_was_there(
    run: Run, deck: Path, home: Path, tmp_path: Path
) -> None:
    answer(run, deck, "first")
    store = Store.open(home)
    answer(run, deck, "second")
    killed = tmp_path / "killed"
    shutil.copytree(home, killed)
    store.close()
    log = killed / f"{file.NAME}-wal"
    log.rename(tmp_path / "rubbish")
    for words in (("due", "--decks", deck), ("restore",), ("backup",)):
        said = run(*words, "--home", killed)
        assert said.code == 1, words
        assert f"{log} is gone" in said.err
    (tmp_path / "rubbish").rename(log)
    assert json.loads(run("doctor", "--json", "--home", killed).out)["answers"] == 2
    shutil.copy(killed / file.NAME, tmp_path)
    (killed / f"{file.NAME}-shm").touch()
    assert run("due", "--home", killed, "--decks", deck).code == 1
    told = run("doctor", "--home", killed)
    assert told.code == 0
    assert "its log was gone" in told.out
    assert run("due", "--home", killed, "--decks", deck).code == 0


def test_a_log_deleted_under_a_review_is_safe_from_whoever_comes_before_it_is_left(
    run: Run, deck: Path, home: Path
) -> None:
    answer(run, deck, "first")
    made = """
import sys
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store.database import Store
store = Store.open(sys.argv[1])
store.append("reviewed", "second", Moment(1795255200000, 0, 20778), grade=3, scale="1-4")
print("saved", flush=True)
sys.stdin.readline()
store.close()
"""
    with subprocess.Popen(
        [sys.executable, "-c", made, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as review:
        assert review.stdin is not None and review.stdout is not None
        assert review.stdout.readline() == b"saved\n"
        (home / f"{file.NAME}-wal").unlink()
        for words in (("due", "--decks", deck), ("doctor",), ("restore",)):
            said = run(*words)
            assert said.code == 1, words
            assert "Leave every review that is open" in " ".join(said.err.split())
        review.communicate(b"\n")
    shown = json.loads(run("show", "second", "--json", "--decks", deck).out)
    assert shown[0]["repetitions"] == 1


def test_what_came_back_is_said_to_come_from_where_it_was(
    run: Run, deck: Path, home: Path, tmp_path: Path, clock: Clock
) -> None:
    answer(run, deck, "first", "second")
    (home / "backups" / "2026-11-21.db").rename(tmp_path / "copy.db")
    spoil(home)
    assert "events came back from what it still holds.\n" in run("restore").out
    clock.forward(1)
    spoil(home)
    told = run("restore", tmp_path / "copy.db").out
    assert f"came back from what it still holds and {tmp_path / 'copy.db'}." in told
    with (tmp_path / "copy.db").open("r+b") as stream:
        stream.write(b"\0" * 4096)
    assert "copy.db is damaged" in run("restore", tmp_path / "copy.db").err


def test_what_only_a_copy_still_has_is_in_the_new_store(run: Run, deck: Path, home: Path) -> None:
    answer(run, deck, "first", "second")
    run("backup")
    Store.open(home).close()
    (home / f"{file.NAME}-wal").unlink(missing_ok=True)
    os.truncate(home / file.NAME, 0)
    told = json.loads(run("doctor", "--json").out)
    assert (told["read"], told["added"], told["answers"]) == (0, 2, 2)


@pytest.mark.parametrize("command", ["doctor", "restore"])
def test_a_store_that_was_emptied_and_used_again_gets_all_back(
    run: Run, deck: Path, home: Path, clock: Clock, command: str
) -> None:
    answer(run, deck, "first", "second")
    run("backup")
    for path in home.glob(f"{file.NAME}*"):
        path.unlink()
    (home / file.NAME).touch(0o600)
    assert "copies of an older store are" in run("due", "--decks", deck).err
    clock.forward(1)
    answer(run, deck, "third")  # whose copy is now the newest, and has one answer
    told = run(command)
    assert told.code == 0
    assert "2 events" in told.out
    assert json.loads(run("doctor", "--json").out)["answers"] == 3


def test_the_doctor_finds_schedules_that_the_answers_do_not_give(
    run: Run, deck: Path, home: Path
) -> None:
    answer(run, deck, "first")
    Store.open(home).connection.execute("UPDATE state SET due = due + 9")
    ran = run("doctor")
    assert ran.code == 1
    assert "1 not as the answers say" in ran.out
    assert "--rebuild" in ran.err
    assert run("doctor", "--rebuild").code == 0
    assert "all as the answers say" in run("doctor").out


def test_the_doctor_closes_what_others_could_read(run: Run, deck: Path, home: Path) -> None:
    answer(run, deck, "first")
    (home / file.NAME).chmod(0o644)
    assert "others could read" in run("doctor").out
    assert stat.S_IMODE((home / file.NAME).stat().st_mode) == 0o600


def test_the_doctor_has_nothing_to_do_in_an_empty_home(run: Run, home: Path) -> None:
    ran = run("doctor")
    assert ran.code == 1
    assert "there is no store" in ran.err
    assert not home.exists()


def test_a_copy_that_is_damaged_is_named_and_passed_over(run: Run, deck: Path, home: Path) -> None:
    answer(run, deck, "first")
    run("backup")
    newest = max((home / "backups").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    with newest.open("r+b") as stream:
        stream.write(b"\0" * 4096)
    told = run("doctor").out
    assert f"{newest} is damaged" in told
    assert f"copies     2, the newest sound one {home / 'backups' / '2026-11-21.db'}" in told
    listed = run("restore", "--list").out.splitlines()
    assert listed[0].startswith("2026-11-21  DAMAGED, ")
    assert listed[0].endswith(f", asked for: {newest}")
    assert run("restore").out.startswith("0 events came back")
