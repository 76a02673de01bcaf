"""A home in which something of another sort stands where the program keeps a file or a folder."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.app import HOME


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))  # its whole path may be longer than a socket's name


ODD: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "no ordinary file": os.mkfifo,
    "no ordinary file, but a socket": _socket,
    "no ordinary file, but a device": lambda path: path.symlink_to("/dev/null"),
}
COMMANDS = (
    ("due",),
    ("answer", "first", "good"),
    ("doctor",),
    ("restore",),
    ("backup",),
    ("where",),
)


@pytest.mark.parametrize("sort", ODD)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_stands_in_the_place_of_the_store_is_named(
    run: Run, home: Path, sort: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    monkeypatch.chdir(home)
    ODD[sort](home / "cards.db")
    ran = run(*words)
    assert ran.code == 1
    assert f"{home / 'cards.db'} is {sort.split(',', maxsplit=1)[0]}" in ran.err
    assert "Move it away" in ran.err
    assert "check the disk" not in ran.err.lower()


def test_a_folder_in_the_place_of_the_index_is_named(run: Run, home: Path, deck: Path) -> None:
    (home / "search.db").mkdir(parents=True)
    ran = run("search", "first", "--decks", deck)
    assert ran.code == 1
    assert f"{home / 'search.db'} is a folder" in ran.err
    assert "Move it away" in ran.err


def test_a_folder_in_the_place_of_what_went_to_anki_is_named(
    run: Run, home: Path, deck: Path, tmp_path: Path
) -> None:
    (home / "anki.db").mkdir(parents=True)
    ran = run("export", "anki", "-o", tmp_path / "x.apkg")
    assert ran.code == 1
    assert f"{home / 'anki.db'} is a folder" in ran.err
    assert not (tmp_path / "x.apkg").exists()


def test_a_file_in_the_place_of_the_backups_is_named(run: Run, home: Path, deck: Path) -> None:
    home.mkdir()
    (home / "backups").write_text("notes")
    ran = run("answer", "first", "good", "--decks", deck)
    assert ran.code == 0
    assert f"{home / 'backups'} is no folder" in ran.err
    assert "Errno" not in ran.err
    for words in (("backup",), ("restore",)):
        ran = run(*words)
        assert ran.code == 1
        assert f"{home / 'backups'} is no folder" in ran.err
    told = run("doctor")
    assert told.code == 0
    assert "copies     0" in told.out


@pytest.mark.skipif(os.geteuid() == 0, reason="root ignores permissions")
@pytest.mark.parametrize("words", [("restore",), ("restore", "--list")])
def test_backups_that_cannot_be_read_are_not_taken_for_none(
    run: Run, home: Path, deck: Path, words: tuple[str, ...]
) -> None:
    run("answer", "first", "good", "--decks", deck)
    (home / "backups").chmod(0)
    ran = run(*words)
    (home / "backups").chmod(0o700)
    assert ran.code == 1
    assert f"{home / 'backups'} cannot be read" in ran.err


def test_a_folder_among_the_backups_is_no_copy(run: Run, home: Path, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    (home / "backups" / "2026-11-20.db").mkdir()
    os.mkfifo(home / "backups" / "2026-11-19.db")
    assert run("doctor").code == 0
    assert run("restore").code == 0
    assert run("restore", "--list").out.count(".db") == 1


def test_a_file_in_the_place_of_the_home_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(HOME, str(tmp_path / "file"))
    ran = run("due")
    assert ran.code == 1
    assert f"the home {tmp_path / 'file'} is no folder" in ran.err
