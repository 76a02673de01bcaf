"""An interview on a real terminal: the clock, pastes, an editor, a kill, and going on after it."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.store.database import Store
from mlsd_cards.store.sitting import INTERVIEW, Sitting, Sittings
from seen import PATIENCE, Seen

DECK = "deck: case-parcels\ncards:\n  - id: parcels\n    q: Forecast arrival times.\n    steps:\n"
DECK += "".join(f"      - {{step: {step}, minutes: 6, must: [Say {step}]}}\n" for step in STEPS)
EDITOR = """\
import pathlib, sys
file = pathlib.Path(sys.argv[-1])
print("the editor has", file.name, sys.stdin.isatty(), flush=True)
file.write_text(file.read_text() + "from the editor\\n")
"""

Open = Callable[..., Seen]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "decks" / "parcels.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(DECK)
    return tmp_path / "home"


@pytest.fixture
def start(tmp_path: Path, home: Path) -> Iterator[Open]:
    """The program on a terminal; all that were begun are ended."""
    (tmp_path / "editor.py").write_text(EDITOR)
    editor = shlex.join([sys.executable, str(tmp_path / "editor.py")])
    begun: list[Seen] = []

    def start_(*arguments: str, size: tuple[int, int] = (80, 24)) -> Seen:
        words = ("-m", "mlsd_cards", "interview", *arguments, "--home", str(home))
        begun.append(Seen(*words, size=size, VISUAL="", EDITOR=editor))
        return begun[-1]

    yield start_
    for program in begun:
        program.__exit__()


def sitting(home: Path) -> Sitting:
    store = Store.open(home)
    try:
        (only,) = Sittings(store, INTERVIEW).all()
        return only
    finally:
        store.close()


def lines(home: Path) -> list[str]:
    return [one["line"] for one in sitting(home).notes if "line" in one]


def used(seen: Seen) -> int:
    """The seconds of the whole interview that the header shows as used; -1 without a clock."""
    shown = re.search(r"(\d+):(\d\d)(?: of |/)45:00", seen.text)
    return 60 * int(shown[1]) + int(shown[2]) if shown else -1


def test_from_the_task_to_the_result(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.shows("Forecast arrival times.")
    seen.type(b"\r")
    seen.shows("step 1 of 7, clarify")
    seen.type(b"who waits\r\tevery scan\r\x1b")
    seen.shows("end it and open the rubric")
    seen.type(b"s")
    seen.shows("rubric of clarify")
    assert "Say clarify" in seen.text
    seen.type(b"21")
    seen.shows("rubric of data")
    seen.type(b"rr")
    seen.shows("parcels: 21 %")
    seen.type(b"q")
    assert seen.ended() == 0
    seen.restored()
    assert "parcels: 21 % in 0:" in seen.text
    assert [one["text"] for one in sitting(home).result["steps"][1]["said"]] == ["every scan"]


def test_the_clock_runs_while_nothing_is_typed(start: Open) -> None:
    seen = start("parcels", size=(40, 12))
    seen.type(b"\r")
    seen.until(lambda: used(seen) >= 2)


def test_a_paste_is_several_lines(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    seen.type(b"\x1b[200~first\r\nsecond, 2\r\n\r\n\tq\x07third\x1b[201~ and more")
    seen.shows("third and more")
    seen.shows("- second, 2")
    seen.type(b"\r")
    seen.until(lambda: "- qthird and more" in seen.text)
    assert lines(home) == ["first", "second, 2", "qthird and more"]


def test_a_long_paste_is_taken_at_once(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    begun = monotonic()
    seen.type(b"\x1b[200~" + b"wide words " * 300 + b"end\x1b[201~\r")
    seen.until(lambda: "words end" in seen.text and "> ▌" in seen.text)
    assert monotonic() - begun < PATIENCE / 2
    assert lines(home) == [("wide words " * 300 + "end")]


def test_killed_it_goes_on_with_what_was_kept(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    seen.type(b"first\r\tsecond\r")
    seen.shows("- second")
    seen.until(lambda: used(seen) >= 6)
    shown = used(seen)
    os.kill(seen.pid, signal.SIGKILL)
    seen.process.wait(PATIENCE)
    assert sitting(home).ended is None
    seen = start("parcels")
    seen.shows("An interview is open: parcels, in step 2 of 7, frame, 44:")
    assert "2 lines of notes" in " ".join(seen.text.split())
    seen.type(b"1")
    seen.shows("- second")
    assert used(seen) >= shown - 6  # the clock is on the disk every five seconds
    seen.type(b"\x02")
    seen.shows("- first")
    seen.type(b"third\r\x04")
    assert seen.ended() == 0
    assert lines(home) == ["first", "second", "third"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_closes_keeps_the_line_that_was_typed(
    start: Open, home: Path, number: int
) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    seen.type(b"half a li")
    seen.shows("half a li")
    os.kill(seen.pid, number)
    assert seen.ended() == 0
    seen.restored()
    assert lines(home) == ["half a li"]
    assert "goes on with 4" in seen.text


def test_an_editor_gets_the_terminal_and_the_line(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    seen.type(b"kept\rtyped\x05")
    seen.shows("- from the editor")
    assert b"the editor has interview-" in seen.raw
    assert b".txt True" in seen.raw
    assert "- typed" in seen.text
    seen.type(b"after\r\x04")
    assert seen.ended() == 0
    assert sitting(home).notes[-1]["line"] == "after"


def test_too_small_a_terminal_loses_nothing(start: Open, home: Path) -> None:
    seen = start("parcels")
    seen.type(b"\r")
    seen.shows("of 6:00")
    seen.type(b"one\rtwo")
    seen.shows("two")
    seen.resize(30, 8)
    seen.shows("40x10 needed")
    seen.resize(40, 12)
    seen.shows("> two")
    seen.type(b"\x03")
    assert seen.ended() == 0
    assert lines(home) == ["one", "two"]


def test_a_case_is_chosen_by_its_number(start: Open) -> None:
    seen = start("--decks", "decks")
    seen.shows("Which [1]:")
    assert "Next: mlsd-cards interview ad-click" in " ".join(seen.text.split())
    seen.type(b"2\n")
    seen.shows("eta-prediction")
    seen.type(b"q")
    assert seen.ended() == 0
