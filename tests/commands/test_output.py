"""What `-o` may name: the same for every command that writes a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, Run
from mlsd_cards.anki import export
from mlsd_cards.commands import destination
from mlsd_cards.store import file, index, preferences, salvage

COMMANDS = {
    "backup": (("backup",), "x.db"),
    "deck": (("export", "deck", "small"), "x.yaml"),
    "json": (("export", "json"), "x.json"),
    "anki": (("export", "anki"), "x.apkg"),
    "report": (("report",), "x.html"),
}


Writes = tuple[Callable[[Path | str], Ran], str]


@pytest.fixture(params=COMMANDS)
def writes(request: pytest.FixtureRequest, run: Run, deck: Path) -> Writes:
    """A command that writes the file that it is given, and the name of one."""
    words, name = COMMANDS[request.param]
    where = () if words == ("backup",) else ("--decks", deck)
    force = ("--force",) if words[-1] in {"small", "json", "report"} else ()
    run("answer", "first", "good", "--decks", deck)

    def wrote(output: Path | str) -> Ran:
        return run(*words, "-o", output, *where, *force)

    return wrote, name


def test_a_folder_that_is_not_there_is_not_made_up(writes: Writes, tmp_path: Path) -> None:
    write, name = writes
    ran = write(tmp_path / "misspelt" / "folder" / name)
    assert ran.code == 1
    assert f"there is no folder {tmp_path / 'misspelt' / 'folder'}" in ran.err
    assert not (tmp_path / "misspelt").exists()


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_no_name(writes: Writes, name: str) -> None:
    ran = writes[0](name)
    assert ran.code == 2
    assert "the path is empty" in ran.err


def test_a_folder_is_no_file(writes: Writes, tmp_path: Path) -> None:
    write, name = writes
    (tmp_path / name).mkdir()
    for given in (f"{tmp_path / name}", f"{tmp_path / name}{os.sep}", f"{tmp_path}{os.sep}"):
        ran = write(given)
        assert ran.code == 1
        assert "is a folder" in ran.err
        assert "Name a file in it." in ran.err
    assert list((tmp_path / name).iterdir()) == []


def test_what_is_no_plain_file_is_not_replaced(writes: Writes, tmp_path: Path) -> None:
    write, name = writes
    os.mkfifo(tmp_path / name)
    ran = write(tmp_path / name)
    assert ran.code == 1
    assert (tmp_path / name).is_fifo()
    assert "Name another with -o" in ran.err


@pytest.mark.parametrize(
    "below",
    [file.NAME, f"{file.NAME}-wal", "config.toml", "anki.db", "backups/2026-11-20.db"],
)
def test_the_program_s_own_files_are_not_written_over(
    writes: Writes, home: Path, below: str, tmp_path: Path
) -> None:
    write, name = writes
    (home / below).touch()
    (tmp_path / name).symlink_to(home / below)
    for given in (home / below, tmp_path / name):
        ran = write(given)
        assert ran.code == 1, ran.out
        assert "Name another with -o" in ran.err or ".apkg" in ran.err
    assert below == file.NAME or not (home / below).exists() or not (home / below).read_bytes()
    assert salvage.answers(str(home / file.NAME)) == 1


def test_all_that_the_program_keeps_is_known() -> None:
    names = {file.NAME, index.NAME, preferences.NAME, export.KEPT}
    assert names | {f"{file.NAME}-wal", f"{file.NAME}-shm"} == set(destination.OWN)


@pytest.mark.parametrize("command", ["backup", "anki"])
def test_what_is_a_file_of_its_own_goes_to_no_pipe(
    run: Run, deck: Path, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("answer", "first", "good", "--decks", deck)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert run(*COMMANDS[command][0], "-o", "-").code == 1
    assert sorted(tmp_path.iterdir()) == before
