"""What tests of the whole program share: a home, a deck, a clock, and how to run it."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from mlsd_cards import app, cli

gc.enable()  # which importing the program's door turns off

# A machine that is busy is no fault of the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

NOON = 1_795_262_400_000
"""2026-11-21 12:00 UTC in milliseconds."""

DAY_MS = 24 * 3600 * 1000

DECK = """\
deck: small
title: A small deck
cards:
  - id: first
    topic: one
    prompt: What comes first?
    answer: The first answer.
    explanation: Because nothing comes before it.
  - id: second
    topic: two
    type: mcq
    prompt: Which is right?
    options:
      - {text: This one, correct: true, why: It is the right one by design.}
      - {text: That one, correct: false, why: It is the wrong one by design.}
      - {text: Another one, correct: false, why: It is not the right one either.}
  - id: third
    topic: three
    type: numeric
    prompt: How much is 3 times 8 GB?
    value: 24
    unit: GB
    tolerance: {rel: 0.02}
"""


HANDLES = Path("/proc/self/fd")
MOST_HANDLES = 256


@pytest.fixture(autouse=True)
def few_handles() -> Iterator[None]:
    """Stores that tests leave to the collector hold files, and select() takes none above 1,023."""
    yield
    if HANDLES.is_dir() and sum(1 for _ in HANDLES.iterdir()) > MOST_HANDLES:
        gc.collect()


class Ran(NamedTuple):
    """What a run of the program came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class Clock:
    """The wall clock of the program under test."""

    def __init__(self) -> None:
        self.now = NOON

    def forward(self, days: float) -> None:
        self.now += int(days * DAY_MS)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of this test's own, named in the environment."""
    path = tmp_path / "home"
    monkeypatch.setenv(app.HOME, str(path))
    for name in ("NO_COLOR", "MLSD_CARDS_PLAIN", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return path


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck file with a card of each way to answer."""
    path = tmp_path / "small.yaml"
    path.write_text(DECK)
    return path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands at noon UTC until it is moved."""
    clock = Clock()
    monkeypatch.setattr(app, "wall", lambda: clock.now)
    monkeypatch.setattr(app, "utc_offset", lambda at: 0)
    return clock


@pytest.fixture
def run(
    home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Run the program in this process, as ``run("due", "--json", stdin="...")``."""

    def run_(*arguments: str | os.PathLike[str], stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["mlsd-cards", *map(os.fspath, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        gc.unfreeze()
        out, err = capfd.readouterr()
        return Ran(int(left.value.code or 0), out, err)

    return run_
