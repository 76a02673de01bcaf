"""How a command leaves its store: whole in one file, whatever it did and however it ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.schedule.day import LATEST
from mlsd_cards.store import file, salvage
from mlsd_cards.store.database import Store

COMMANDS = (
    ("due",),
    ("review",),
    ("quiz", "-n", "1"),
    ("answer", "second", "good"),
    ("answer", "nobody", "good"),  # refused
    ("stats",),
    ("search", "first"),
    ("check", "--fix"),
    ("where",),
    ("reset", "first"),
)
NO_DECK = (
    ("config", "list"),
    ("config", "get", "grades"),
    ("config", "set", "rollover", "05:00"),
    ("config", "unset", "rollover"),
    ("backup",),
    ("restore",),
    ("doctor",),
    (),
)


def beside(home: Path) -> list[str]:
    """What lies in the home under the store's name."""
    return sorted(path.name for path in home.glob(f"{file.NAME}*"))


@pytest.mark.parametrize("words", [*COMMANDS, *NO_DECK], ids=" ".join)
def test_the_last_to_leave_leaves_one_whole_file(
    run: Run, deck: Path, home: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert run("answer", "first", "good", "--decks", deck).code == 0
    assert beside(home) == [file.NAME]
    where = ("--decks", deck) if words in COMMANDS else ()
    run(*words, *where, stdin="\n3\n")
    assert beside(home) == [file.NAME]
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(home / file.NAME, tmp_path / "elsewhere")  # as a person does who wants a copy
    assert salvage.answers(str(tmp_path / "elsewhere" / file.NAME)) >= 1


def test_completing_names_leaves_one_whole_file(run: Run, deck: Path, home: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    names = {"_MLSD_CARDS_COMPLETE": "bash_complete", "COMP_CWORD": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", "from mlsd_cards.cli import main; main()"],
        env={**os.environ, **names, "COMP_WORDS": "mlsd-cards show "},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout
    assert beside(home) == [file.NAME]


@pytest.mark.parametrize("clock_says", [-1, LATEST, 1000 * LATEST])
@pytest.mark.parametrize("words", [("answer", "first", "good"), ("due",), ("stats",)])
def test_a_clock_that_is_wrong_beyond_doubt_writes_nothing_that_no_other_would_read(
    run: Run, deck: Path, home: Path, clock: Clock, clock_says: int, words: tuple[str, ...]
) -> None:
    run("answer", "second", "good", "--decks", deck)
    clock.now = clock_says
    ran = run(*words, "--decks", deck)
    assert ran.code == 1
    assert "clock" in ran.err
    assert "Set it right" in ran.err
    assert salvage.answers(str(home / file.NAME)) == 1


@pytest.mark.parametrize("clock_says", [0, LATEST - 1])
def test_what_any_other_clock_says_comes_back(
    run: Run, deck: Path, tmp_path: Path, clock: Clock, clock_says: int
) -> None:
    now, clock.now = clock.now, clock_says
    assert run("answer", "first", "good", "--decks", deck).code == 0
    clock.now = now
    assert run("answer", "second", "good", "--decks", deck).code == 0
    archive, other = tmp_path / "all.json", ("--home", tmp_path / "other")
    assert run("export", "json", "--progress", "-o", archive, "--decks", deck).code == 0
    assert "2 events came" in run("import", "json", archive, *other).out


def test_who_leaves_first_takes_nothing_from_who_stays(run: Run, deck: Path, home: Path) -> None:
    store = Store.open(home)  # another window
    run("answer", "first", "good", "--decks", deck)
    assert len(store.events()) == 1
    run("answer", "second", "good", "--decks", deck)
    assert len(store.events()) == 2
    store.close()
    assert beside(home) == [file.NAME]


def test_a_window_keeps_its_hold_of_a_store_that_is_opened_again(home: Path, deck: Path) -> None:
    """Closing any handle of a file gives up all locks that the process has on it, and then another
    process takes itself for the last and deletes the log that is still being written to."""
    first = Store.open(home)
    second = Store.open(home)
    ran = subprocess.run(
        [sys.executable, "-m", "mlsd_cards", "answer", "first", "good", "--decks", str(deck)],
        capture_output=True,
    )
    assert ran.returncode == 0
    assert (home / f"{file.NAME}-wal").exists()
    first.close()
    second.close()
    assert beside(home) == [file.NAME]
