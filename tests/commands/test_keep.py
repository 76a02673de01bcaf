"""Settings, suspending, checking, and the ways in which a run can be refused."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.store import file, schema


def test_settings_change_the_past_and_back(run: Run, deck: Path) -> None:
    run("answer", "first", "hard", "--decks", deck)
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 1
    assert run("config", "set", "drill_below", "3").code == 0
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 0
    assert run("config", "get", "drill_below").out == "3\n"
    run("config", "set", "drill_below", "4")
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 1


def test_a_review_by_fsrs(run: Run, deck: Path) -> None:
    assert "SM-2" in run("review", "--decks", deck, stdin="\n?\n").out
    run("config", "set", "scheduler", "fsrs")
    out = run("review", "--decks", deck, stdin="\n?\n").out
    assert "1 Again today and in 1 day, 2 Hard in 1 day, 3 Good in 2 days (Enter), 4 Easy" in out
    assert "SM-2" not in out
    assert "asked again today until it is known" in out
    ran = run("review", "--decks", deck, stdin="\n1\nu\n\n2\n")
    assert "saved: Hard, again in 1 day" in ran.out
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("rollover", "24:00"), ("rollover", "4"), ("rollover", "04:5"), ("lapse_is_first", "maybe"),
     ("drill_below", "5")],
)  # fmt: skip
def test_settings_that_make_no_sense(run: Run, name: str, value: str) -> None:
    before = run("config", "--json").out
    ran = run("config", "set", name, value)
    assert ran.code == 1
    assert value in ran.err
    assert run("config", "--json").out == before


def test_a_later_rollover_moves_only_what_comes(run: Run, deck: Path) -> None:
    run("config", "set", "rollover", "13:00")  # it is noon: still yesterday
    assert json.loads(run("due", "--json", "--decks", deck).out)["day"] == "2026-11-20"


def test_suspend_and_resume(run: Run, deck: Path) -> None:
    assert run("suspend", "first", "second", "--decks", deck).code == 0
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 1
    assert run("resume", "--list").out.split() == ["first", "second"]
    assert run("resume", "first", "--decks", deck).code == 0
    assert run("resume", "--all", "--decks", deck).code == 0
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 3
    assert run("resume", "--decks", deck).code == 2
    assert "was not put away" in run("resume", "first", "--decks", deck).out
    assert run("suspend", "nobody", "--decks", deck).code == 1


def test_check(run: Run, deck: Path, tmp_path: Path) -> None:
    assert run("check", deck).code == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text("cards:\n  - id: first\n    q: Why?\n    a: So.\n    colour: red\n")
    ran = run("check", deck, bad)
    assert ran.code == 1
    assert "bad.yaml:5:5: error" in ran.out  # the unknown field
    told = json.loads(run("check", deck, bad, "--json").out)
    assert set(told) == {"files", "cards", "problems", "fixed"}
    assert set(told["problems"][0]) == {"file", "line", "column", "code", "message", "level"}
    assert run("check", tmp_path / "nowhere").code == 1


def test_an_id_in_two_files_names_both_places(
    run: Run, deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "zzz.yaml"
    other.write_text("cards:\n  - id: first\n    q: Why?\n    a: So.\n")
    monkeypatch.chdir(tmp_path)
    ran = run("check", deck, other)
    assert ran.code == 1
    assert str(tmp_path) not in ran.out  # below the working folder, paths are relative to it
    assert "zzz.yaml:2:" in ran.out
    assert "small.yaml:4" in ran.out


def test_the_bundled_decks_are_found_and_right(run: Run) -> None:
    ran = run("check")
    assert ran.code == 0, ran.out
    assert json.loads(run("due", "--json").out)["new"] == 10


def test_a_home_that_cannot_be_written(run: Run, deck: Path, tmp_path: Path) -> None:
    (tmp_path / "wall").write_text("")
    ran = run("due", "--home", tmp_path / "wall" / "home", "--decks", deck)
    assert ran.code == 1
    assert "cannot be written" in ran.err
    assert "--home" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root ignores permissions")
def test_a_home_without_permission(run: Run, deck: Path, home: Path) -> None:
    home.mkdir()
    home.chmod(0o500)
    ran = run("due", "--decks", deck)
    home.chmod(0o700)
    assert ran.code == 1
    assert "cannot be written" in ran.err


def test_a_store_of_a_newer_version(run: Run, deck: Path, home: Path) -> None:
    run("due", "--decks", deck)
    connection = sqlite3.connect(home / file.NAME)
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    ran = run("due", "--decks", deck)
    assert ran.code == 1
    assert "newer mlsd-cards" in ran.err


def test_a_file_that_is_no_store(run: Run, deck: Path, home: Path) -> None:
    home.mkdir()
    (home / file.NAME).write_text("not a database, honestly" * 50)
    ran = run("due", "--decks", deck)
    assert ran.code == 1
    assert "is not a store" in ran.err


def test_a_folder_without_decks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("review", "--decks", tmp_path / "empty")
    assert ran.code == 1
    assert "no deck in" in ran.err


@pytest.mark.parametrize("command", [["due"], ["review"], ["why", "--grades", "4"]])
def test_an_output_that_cannot_be_written(home: Path, command: list[str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full")
    with full.open("w") as out:
        ran = subprocess.run(
            [sys.executable, "-m", "mlsd_cards", *command],
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "could not be written" in ran.stderr


def test_a_closed_input_is_an_empty_one(home: Path, deck: Path) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m mlsd_cards review --decks {deck} <&-",
        shell=True, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0
    assert "What comes first?" in ran.stdout


def test_a_damaged_store_is_said(run: Run, deck: Path, home: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    path = home / file.NAME
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x00" * (len(data) - 4096)
    path.write_bytes(data)
    ran = run("due", "--decks", deck)
    assert ran.code == 1
    assert "damaged" in ran.err


def test_check_writes_ids_into_a_deck_and_says_so(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("cards:\n- q: Why?\n  a: So it is.\n")
    told = run("check", "--fix", mine)
    assert told.code == 0
    assert "mine.yaml: 1 id written\n1 file, 1 card, 0 problems" in told.out
    assert re.fullmatch(r"cards:\n- id: t-\w+\n  q: Why\?\n  a: So it is.\n", mine.read_text())
    assert json.loads(run("check", "--fix", mine, "--json").out)["fixed"] == []
    mine.write_bytes("cards:\n- q: Why é?\n  a: So it is.\n".encode("latin-1"))
    left = run("check", "--fix", mine)
    assert left.code == 1
    assert "nothing but ids may change" in left.out or "Y02" in left.out
