"""`sync`: two homes, a folder, and what is said of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Clock, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shared"
    path.mkdir()
    return path


def test_two_homes_come_to_the_same_schedule(
    run: Run, deck: Path, tmp_path: Path, folder: Path
) -> None:
    homes = [("--home", tmp_path / "one"), ("--home", tmp_path / "two")]
    for home, card in zip(homes, ("first", "second"), strict=True):
        assert run("answer", card, "good", "--decks", deck, *home).code == 0
        assert run("sync", folder, *home).out.startswith("1 event out")
    told = json.loads(run("sync", folder, "--json", *homes[0]).out)
    assert (told["sent"], list(told["received"].values()), told["faults"]) == (0, [1], [])
    assert run("sync", folder, *homes[1]).out == "0 events out, 0 in\n"
    left, right = (run("due", "--json", "--decks", deck, *home).out for home in homes)
    assert left == right


def test_a_home_that_was_lost_comes_back_from_the_folder(
    run: Run, deck: Path, home: Path, folder: Path
) -> None:
    run("answer", "first", "good", "--decks", deck)
    run("sync", folder)
    shutil.rmtree(home)
    assert "0 events out, 1 in" in run("sync", folder).out
    shown = json.loads(run("show", "first", "--json", "--decks", deck).out)
    assert shown[0]["repetitions"] == 1


def test_the_folder_may_be_named_once_for_all(run: Run, deck: Path, folder: Path) -> None:
    refused = run("sync")
    assert refused.code == 1
    assert "config set sync" in refused.err
    assert run("config", "set", "sync", folder).code == 0
    run("answer", "first", "good", "--decks", deck)
    assert run("sync").out == "1 event out, 0 in\n"


def test_a_folder_that_is_not_there(run: Run, folder: Path) -> None:
    ran = run("sync", folder / "mistyped")
    assert ran.code == 1
    assert "there is no folder" in ran.err
    assert not (folder / "mistyped").exists(), "a drive that is not there must not be made up"


@pytest.mark.parametrize("below", ["", "backups", "decks", "new"])
def test_a_folder_of_the_home_itself_is_refused(
    run: Run, deck: Path, home: Path, tmp_path: Path, below: str
) -> None:
    run("answer", "first", "good", "--decks", deck)
    (home / below).mkdir(exist_ok=True)
    (tmp_path / "link").symlink_to(home / below)
    before = sorted(home.rglob("*"))
    for named in (home / below, tmp_path / "link"):
        ran = run("sync", named)
        assert ran.code == 1
        assert f"{named} lies in the home of mlsd-cards" in ran.err
        assert "a folder that a cloud drive" in ran.err
    assert sorted(home.rglob("*")) == before


def test_a_folder_that_cannot_be_written(run: Run, deck: Path, folder: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    run("sync", folder)
    (own,) = folder.iterdir()
    own.unlink()
    own.symlink_to(folder / "elsewhere")
    ran = run("sync", folder)
    assert ran.code == 1
    assert "symbolic" in ran.err
    assert "Traceback" not in ran.err


def test_what_is_wrong_in_the_folder_is_said(
    run: Run, deck: Path, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    (folder / "x\x1b[31m.jsonl").write_text("nothing of ours\n")
    clock.forward(400)
    run("answer", "first", "good", "--decks", deck, "--home", tmp_path / "fast")
    run("sync", folder, "--home", tmp_path / "fast")
    clock.forward(-400)
    told = run("sync", folder).out
    assert "is no log of mlsd-cards and is left alone" in told
    assert "\x1b" not in told
    assert "a day or more ahead at 1 event" in told
    told = run("doctor").out
    assert "1 event of machine" in told
    assert "bear" not in told
    assert "mlsd-cards reset CARD" in told
