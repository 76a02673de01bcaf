"""A config.toml that nobody would write: said at its line, and the rest of the program goes on."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from mlsd_cards.errors import UserError
from mlsd_cards.store.config import changed, parse, template

PIECES = (
    "new_a_day = 5", "decks = [", '"""', "'''", "[table]", "[[x]]", "a.b.c = 1", "= 1", "\0",
    "\x1b",
    "\ufeff", "new_a_day = 0x" + "f" * 5000, "new_a_day = " + "9" * 5000, "plain = nan", "[" * 3000,
    "grades = '1-4'", "x = {" * 500, "editor = '\\u0000'", "sync = \"a\\u001b[31m\"", "1979-05-27",
    "decks = ['/dev/zero', '~nobody/x', '\u202e']", "a." * 3000 + "a = 1", "\r",
    "\r\n", "\n",
)  # fmt: skip

FILES = {
    "binary": bytes(range(256)) * 20,
    "brackets": b"decks = " + b"[" * 60_000,
    "keys": b"".join(b"k%d = 1\n" % number for number in range(5000)),
    "one line": b"x = '" + b"y" * 60_000,
    "too large": b"# \n" * 100_000,
    "odd decks": b"decks = ['/dev/zero', '/proc/none', 'a\\u0000b']\n",
    "escapes": b"\x1b]0;owned\x07 = 1\nnew_a_day = '\x9b31m'\n",
    "a dotted tower": b"a." * 20_000 + b"a = 1\n",
}


@settings(max_examples=150)
@given(st.integers(0, 1 << 60), st.binary(max_size=20))
def test_any_file_is_read_with_a_place_for_every_problem(seed: int, noise: bytes) -> None:
    rng = Random(seed)
    text = rng.choice(["\n", "", " "]).join(rng.choices(PIECES, k=rng.randrange(1, 6)))
    text += noise.decode("utf-8", "surrogateescape") + template() * rng.randrange(2)
    config = parse(text, "config.toml")
    lines = text.count("\n") + 1
    for problem in config.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.message.isprintable()
    try:
        after = parse(changed(config, "new_a_day", 7), "config.toml")
        assert after.values == {**config.values, "new_a_day": 7}
    except UserError:
        pass


@pytest.mark.parametrize("name", FILES)
def test_no_file_stops_a_command(run: Run, home: Path, deck: Path, name: str) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(FILES[name])
    for words in (
        ("due", "--decks", str(deck)),
        ("due",),
        ("config", "list"),
        ("config", "list", "--json"),
    ):
        ran = run(*words)
        assert ran.code in (0, 1), ran.err
        assert "\x1b" not in ran.out + ran.err
        assert "\x9b" not in ran.out + ran.err
    assert json.loads(ran.out)["problems"]


def test_what_is_no_file_is_a_problem(run: Run, home: Path, deck: Path) -> None:
    home.mkdir()
    for target in ("/dev/zero", home, home / "config.toml"):
        (home / "config.toml").symlink_to(target)
        ran = run("due", "--decks", deck)
        assert (ran.code, "1 problem in config.toml" in ran.err) == (0, True), ran
        (home / "config.toml").unlink()
