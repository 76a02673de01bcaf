"""What `where` says is true."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import Run


def test_where_names_every_file_and_counts_what_is_in_it(run: Run, home: Path) -> None:
    run("answer", "precision-vs-fpr-denominators", "good")
    (home / "decks").mkdir()
    (home / "decks" / "mine.yaml").write_text("cards:\n- q: Why?\n  a: So.\n")
    found = json.loads(run("where", "--json").out)
    assert set(found) == {"home", "files", "decks", "answers", "config"}
    assert found["home"] == str(home)
    assert found["answers"] == 1
    assert {one["file"] for one in found["files"]} >= {str(home / "cards.db")}
    assert [one["cards"] for one in found["decks"]][1:] == [1]
    assert found["decks"][0]["cards"] > 200
    said = run("where").out
    for words in ("1 answers", "copy the whole home folder", "To uninstall"):
        assert words in said


def test_a_copied_home_goes_on(run: Run, home: Path, tmp_path: Path) -> None:
    run("answer", "precision-vs-fpr-denominators", "good")
    shutil.copytree(home, tmp_path / "laptop")
    there = json.loads(run("where", "--json", "--home", tmp_path / "laptop").out)
    assert there["answers"] == 1
    assert run("answer", "roc-auc-pair-meaning", "good", "--home", tmp_path / "laptop").code == 0
    assert json.loads(run("where", "--json").out)["answers"] == 1
