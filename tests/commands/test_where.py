"""What `where` says is true."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards import __version__
from mlsd_cards.store import ledger


def test_where_names_every_file_and_counts_what_is_in_it(run: Run, home: Path) -> None:
    run("answer", "precision-vs-fpr-denominators", "good")
    (home / "decks").mkdir()
    (home / "decks" / "mine.yaml").write_text("cards:\n- q: Why?\n  a: So.\n")
    found = json.loads(run("where", "--json").out)
    assert set(found) == {"program", "version", "home", "files", "decks", "answers", "config"}
    assert found["home"] == str(home)
    assert found["answers"] == 1
    assert {one["file"] for one in found["files"]} >= {str(home / "cards.db")}
    assert [one["cards"] for one in found["decks"]][1:] == [1]
    assert found["decks"][0]["cards"] > 200
    said = run("where").out
    for words in (
        "(1 answer)",
        f"(version {__version__})",
        "copy the whole home folder",
        "To uninstall",
    ):
        assert words in said


def test_where_is_told_when_the_store_is_of_a_newer_program(run: Run, home: Path) -> None:
    run("answer", "precision-vs-fpr-denominators", "good")
    with closing(sqlite3.connect(home / "cards.db")) as db:
        db.execute("PRAGMA user_version = 99")
    ran = run("where")
    assert ran.code == 1
    assert f"home      {home}\n" in ran.out
    assert f"{home}/cards.db (" in ran.out
    assert "newer mlsd-cards" in ran.err
    found = json.loads(run("where", "--json").out)
    assert found["answers"] is None
    assert found["decks"] == [{"path": str(home / "decks"), "cards": None}]


def test_where_is_told_when_the_store_is_damaged(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cards.db").write_text("no database, and a little longer than nothing" * 99)
    ran = run("where", "--home", tmp_path)
    assert ran.code == 1
    assert f"home      {tmp_path}\n" in ran.out
    assert "cards.db" in ran.err


def test_where_is_told_when_the_damage_shows_only_on_reading(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def malformed(_: object) -> int:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(ledger, "answers", malformed)
    ran = run("where", "--json")
    assert ran.code == 1
    assert f"{home / 'cards.db'} is damaged" in ran.err
    assert json.loads(ran.out)["answers"] is None


def test_a_copied_home_goes_on(run: Run, home: Path, tmp_path: Path) -> None:
    run("answer", "precision-vs-fpr-denominators", "good")
    shutil.copytree(home, tmp_path / "laptop")
    there = json.loads(run("where", "--json", "--home", tmp_path / "laptop").out)
    assert there["answers"] == 1
    assert run("answer", "roc-auc-pair-meaning", "good", "--home", tmp_path / "laptop").code == 0
    assert json.loads(run("where", "--json").out)["answers"] == 1
