"""The file of preferences: any text is read, and changed only where that is meant."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlsd_cards.cards.code import CODES
from mlsd_cards.errors import UserError
from mlsd_cards.store import toml
from mlsd_cards.store.config import LARGEST, changed, load, parse, template, write
from mlsd_cards.store.database import Store
from mlsd_cards.store.option import LOG, OPTIONS
from mlsd_cards.store.preferences import NAME, Preferences
from mlsd_cards.store.recall import preferences

TOML = st.lists(
    st.sampled_from([
        "new_a_day", "decks", "plain", "rollover", "x", " = ", "=", "5", "true", '"', "'", '"""',
        "'''", "[", "]", "{", "}", ",", "\n", "\r\n", "#", " ", "\\", '"a"', "[x]", "\x00", "é",
        "\udce9", "\ufeff", "1979-05-27", ".", "9" * 5000, "[" * 3000,
    ]),
    max_size=30,
).map("".join)  # fmt: skip
ANY = st.one_of(TOML, st.text(max_size=60))


def values_of(found: list[toml.Entry | toml.Flaw]) -> dict[str, Any]:
    """What the statements before any table set; of a key set twice the first counts."""
    values: dict[str, Any] = {}
    for entry in found:
        if isinstance(entry, toml.Entry):
            if entry.statement.is_header:
                break
            values.setdefault(entry.key, entry.value)
    return values


def codes(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in parse(text, NAME).problems]


@given(ANY)
@example('decks = ["""' + '\\"""' * 2000)
@example("a = [\n" * 500)
def test_any_text_is_read(text: str) -> None:
    config = parse(text, NAME)
    assert set(config.values) <= {key for key, option in OPTIONS.items() if option.kept != LOG}
    lines = text.count("\n") + 1
    for problem in config.problems:
        assert 1 <= problem.line <= lines
        assert problem.code in CODES
    Preferences(**config.values)


@given(ANY, st.sampled_from([("new_a_day", 7), ("decks", ("/a b", 'c"d\\e\x7f')), ("plain", True)]))
@example("new_a_day = 3 # why\nnew_a_day = 4\r\n", ("new_a_day", 7))
@example("# new_a_day = 10\n[x]\nnew_a_day = 3", ("new_a_day", 7))
@example("plain = true", ("new_a_day", 7))
def test_any_text_is_changed_only_where_it_is_meant(text: str, change: tuple[str, Any]) -> None:
    key, value = change
    before = parse(text, NAME)
    try:
        after = parse(changed(before, key, value), NAME)
        gone = parse(changed(after, key, None), NAME)
    except UserError:  # nothing is written then
        return
    others = {name: one for name, one in before.values.items() if name != key}
    assert after.values == {**others, key: value}
    assert gone.values == others
    for char in "#é\udce9":
        assert after.text.count(char) >= before.text.count(char)


@given(TOML)
def test_what_tomllib_reads_is_read_alike(text: str) -> None:
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    flat = {key: value for key, value in whole.items() if not isinstance(value, (dict, list))}
    found = values_of(toml.entries(text))
    assert {key: found[key] for key in flat if key in found} == {
        key: value for key, value in flat.items() if key in found
    }
    assert not [one for one in toml.entries(text) if isinstance(one, toml.Flaw)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new_a_day = 15\n\n# so\nplain = true\n", []),
        ("\ufeffnew_a_day = 15\r\n", []),
        ("decks = [\n  '~/ml', # mine\n  \"b\",\n]\nplain = true", []),
        ("\nnwe_a_day = 15", [(2, "P02")]),
        ("new_a_day = '15'", [(1, "P03")]),
        ("new_a_day = true", [(1, "P03")]),
        ("new_a_day = 10.0", [(1, "P03")]),
        ("new_a_day = -1", [(1, "P03")]),
        ("new_a_day = 10000", [(1, "P03")]),
        ("decks = 'a'", [(1, "P03")]),
        ("decks = ['a', 3]", [(1, "P03")]),
        ("decks = ['']", [(1, "P03")]),
        ("decks = [\"a\\nb\"]", [(1, "P03")]),
        ("plain = 1", [(1, "P03")]),
        ("grades = '1-5'", [(1, "P03")]),
        ("plain = true\nplain = false", [(2, "P04")]),
        ("rollover = '05:00'", [(1, "P05")]),
        ("[review]\nnew_a_day = 3", [(1, "P02"), (2, "P02")]),
        ("new_a_day 3\nplain = true", [(1, "P01")]),
        ("plain = yes", [(1, "P01")]),
        ("decks = [\nplain = true", [(1, "P01")]),
        ("editor = \"\udce9\"", [(1, "P01")]),
        ("plain = true # \udce9", []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, found: list[tuple[int, str]]) -> None:
    assert codes(text) == found


def test_what_is_right_counts_beside_what_is_wrong() -> None:
    config = parse("decks = [\nnew_a_day = 15\nplain = maybe\ngrades = '0-5'\n", NAME)
    assert config.values == {"new_a_day": 15, "grades": "0-5"}
    assert [problem.line for problem in config.problems] == [1, 3]


def test_a_misspelt_option_names_the_nearest() -> None:
    (problem,) = parse("reviews_per_day = 3", NAME).problems
    assert "did you mean reviews_a_day?" in problem.message


@pytest.mark.parametrize(
    ("text", "key", "value", "after"),
    [
        ("a = 1\nnew_a_day = 5   # why\n", "new_a_day", 7, "a = 1\nnew_a_day = 7   # why\n"),
        ("# new_a_day = 10\n\n# end", "new_a_day", 7, "# new_a_day = 10\nnew_a_day = 7\n\n# end"),
        ("plain = true", "new_a_day", 7, "plain = true\nnew_a_day = 7\n"),
        ("plain = true\r\n", "new_a_day", 7, "plain = true\r\nnew_a_day = 7\r\n"),
        ("# top\n[x]\ny = 1\n", "new_a_day", 7, "# top\nnew_a_day = 7\n[x]\ny = 1\n"),
        ("new_a_day=5\nplain = true\nnew_a_day = 6\n", "new_a_day", 7,
         "new_a_day = 7\nplain = true\n"),
        ("decks = [\n 'a',\n]\nplain = true\n", "decks", ("b",), "decks = [\"b\"]\nplain = true\n"),
        ("new_a_day = 5\nplain = true\n", "new_a_day", None, "plain = true\n"),
        ("new_a_day = 5 # why\n", "new_a_day", None, "# why\n"),
        ("plain = true\n", "new_a_day", None, "plain = true\n"),
    ],
)  # fmt: skip
def test_a_change_keeps_comments_and_layout(text: str, key: str, value: Any, after: str) -> None:
    assert changed(parse(text, NAME), key, value) == after


def test_what_cannot_be_changed_alone_is_left() -> None:
    with pytest.raises(UserError, match="without changing more"):
        changed(parse("plain = true\nx = '''", NAME), "new_a_day", 7)


def test_the_template_sets_nothing_and_shows_every_default() -> None:
    assert parse(template(), NAME)[1:3] == ({}, [])
    opened = template().replace("\n# ", "\n")
    shown = values_of(toml.entries(opened))
    for key, option in OPTIONS.items():
        if option.kept != LOG:
            default = list(option.default) if isinstance(option.default, tuple) else option.default
            assert shown[key] == default
            assert option.meaning in template()


def test_the_file_is_moved_in_for_the_user_alone(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles" / "mlsd.toml", tmp_path / NAME
    real.parent.mkdir()
    real.write_text("plain = true\n")
    link.symlink_to(real)
    write(str(link), "plain = false\n")
    assert link.is_symlink()
    assert real.read_text() == "plain = false\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert list(real.parent.iterdir()) == [real]
    with pytest.raises(UserError, match="cannot be written"):
        write(str(tmp_path / "nowhere" / NAME), "")


def test_what_is_no_file_is_a_problem_and_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_text("#" * (LARGEST + 1))
    for name in ("folder", "pipe", "large"):
        config = load(str(tmp_path / name))
        assert [problem.code for problem in config.problems] == ["P00"]
        with pytest.raises(UserError):
            changed(config, "plain", True)


# what is kept of it


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_the_file_is_read_when_it_has_changed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(home)
    assert preferences(store, str(home)) == Preferences()
    path = home / NAME
    path.write_text("new_a_day = 15\ndecks = ['a']\nplain = 3\n")
    wanted = Preferences(new_a_day=15, decks=("a",), problems=1)
    assert preferences(store, str(home)) == wanted
    with monkeypatch.context() as patch:
        patch.setattr("mlsd_cards.store.config.load", None)  # raises when it is called
        assert preferences(store, str(home)) == wanted
    later = path.stat().st_mtime_ns + 1
    path.write_text("new_a_day = 16\ndecks = ['a']\nplain = 3\n")  # as long as before
    os.utime(path, ns=(later, later))
    assert preferences(store, str(home)).new_a_day == 16
    path.unlink()
    assert preferences(store, str(home)) == Preferences()
    store.close()
