"""Whatever writes into the home, nobody else can read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.store.database import Store


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """A umask that hides nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(home: Path) -> dict[str, str]:
    """What of the home somebody else may look into, with its mode."""
    found = {}
    for path in (home, *home.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            found[str(path.relative_to(home.parent))] = oct(mode)
    return found


def test_nobody_else_can_read_what_any_command_wrote(
    run: Run, home: Path, deck: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    folder = tmp_path / "between"
    folder.mkdir()
    own = home / "decks" / "small.yaml"
    for words in (
        ("due",), ("add", str(deck)), ("review", "--plain"), ("answer", "first", "good"),
        ("quiz", "--plain", "-n", "2"), ("flag", "first", "--note", "x"), ("search", "first"),
        ("show", "first"), ("config", "set", "new_a_day", "5"),
        ("config", "set", "rollover", "5:00"),
        ("new", "--id", "mine", "-q", "What?", "-a", "This."), ("edit", "second"),
        ("edit", "bundled"), ("check", "--fix"), ("backup",), ("suspend", "third"),
        ("sync", str(folder)), ("export", "json", "--progress", "-o", str(tmp_path / "all.json")),
        ("export", "anki", "-o", str(tmp_path / "o.apkg")),
        ("import", "json", str(tmp_path / "all.json")),
        ("import", "anki", str(tmp_path / "o.apkg")), ("restore",), ("doctor", "--rebuild"),
        ("completion", "bash"), ("reset", "first"),
    ):  # fmt: skip
        ran = run(*words, stdin="\n3\nq\n")
        assert ran.code in (0, 1), (words, ran.err)
        assert open_to_others(home) == {}, words
    assert own.is_file()
    clock.forward(1)
    run("answer", "first", "good")
    (home / "cards.db").write_bytes(b"x" * 9000)
    run("doctor")
    assert open_to_others(home) == {}
    names = {path.name for path in home.rglob("*")}
    assert {"backups", "cards.db", "config.toml", "decks"} <= names
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("words", [("json", "--progress"), ("anki", "--with-progress")])
def test_a_file_with_progress_is_for_the_user_alone(
    run: Run, deck: Path, tmp_path: Path, words: tuple[str, str]
) -> None:
    run("answer", "first", "good", "--decks", deck)
    kind, progress = words
    for more, mode in (((progress,), 0o600), ((), 0o666)):
        path = tmp_path / f"{kind}{len(more)}.apkg"
        assert run("export", kind, *more, "-o", path, "--decks", deck).code == 0
        assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_home_that_was_open_is_closed_by_the_doctor(run: Run, home: Path, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    home.chmod(0o755)
    (home / "cards.db").chmod(0o644)
    run("doctor")
    assert open_to_others(home) == {}


def test_what_lies_above_a_new_home_is_closed_too(tmp_path: Path) -> None:
    """Who can write to a folder can put another home in the place of one in it."""
    Store.open(tmp_path / "a" / "b" / "home").close()
    for path in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "home"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
