"""A quiz on a real pseudo-terminal: killed and taken up, stopped, hung up, resized."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

from mlsd_cards.store.database import Store
from mlsd_cards.store.log import QUIZ
from mlsd_cards.store.sitting import QUIZ as KIND
from mlsd_cards.store.sitting import Sitting, Sittings
from seen import ALTERNATE, Seen

SHELL = str(Path(__file__).parent / "shell.py")
COUNT = 6


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """A deck of six questions with four options each, of which the first is right."""
    options = "".join(
        f"      - {{text: Option {letter}, correct: {str(letter == 'a').lower()}, "
        f"why: Because it is {letter}.}}\n"
        for letter in "abcd"
    )
    cards = "".join(
        f"  - id: card-{number}\n    type: mcq\n    topic: topic-{number}\n"
        f"    prompt: Question number {number}?\n    options:\n{options}"
        for number in range(1, COUNT + 1)
    )
    path = tmp_path / "deck.yaml"
    path.write_text(f"deck: small\ncards:\n{cards}")
    return path


Start = Callable[..., Seen]


@pytest.fixture
def start(decks: Path, tmp_path: Path) -> Start:
    """Begins the program's quiz on a terminal."""

    def start_(*more: str, before: tuple[str, ...] = (), **changed: Any) -> Seen:
        where = ("-n", "6", "--home", str(tmp_path / "home"), "--decks", str(decks))
        return Seen(*before, "-m", "mlsd_cards", "quiz", "--seed", "1", *where, *more, **changed)

    return start_


def sitting(tmp_path: Path) -> Sitting:
    """The one quiz in the store."""
    store = Store.open(tmp_path / "home")
    (one,) = Sittings(store, KIND).all()
    store.close()
    return one


def left(program: Seen) -> int:
    """The seconds on the clock."""
    minutes, seconds = re.findall(r"(\d+):(\d\d) left", program.text)[-1]
    return 60 * int(minutes) + int(seconds)


def test_a_quiz_from_its_first_question_to_its_end(start: Start, tmp_path: Path) -> None:
    with start("-n", "3") as program:
        program.shows("1/3")
        assert program.mode(ALTERNATE)
        program.type(b"1")
        program.shows("2/3")
        program.type(b"1f")
        program.shows("* flagged")
        program.resize(40, 12)
        program.until(lambda: bool(re.search(r"\*  3/3  \d:\d\d $", program.screen.display[0])))
        program.type(b"1")
        program.shows("3 of 3 answered")
        program.type(b"h")
        program.shows("Score:")
        program.type(b"q")
        assert program.ended() == 0
        program.restored()
        assert "quiz --show tells it" in program.text
    ended = sitting(tmp_path).result
    assert [item["flagged"] for item in ended["items"]] == [False, False, True]
    store = Store.open(tmp_path / "home")
    for item in ended["items"]:
        (event,) = store.events(item["card"])
        assert event.source == QUIZ
        assert (event.grade == 3) == (item["verdict"] == "right")


def test_the_clock_runs_by_itself_and_hands_in_at_zero(start: Start, tmp_path: Path) -> None:
    with start("--minutes", "0.05") as program:
        program.shows("0:03 left")
        program.shows("0:01 left")
        program.shows("the time was up")
        program.type(b"q")
        assert program.ended() == 0
    assert sitting(tmp_path).result["how"] == "time"


@pytest.mark.parametrize("leaving", [b"q", b"\x03", b"\x04", signal.SIGTERM, signal.SIGHUP])
def test_what_was_given_is_there_when_it_is_taken_up(
    start: Start, tmp_path: Path, leaving: bytes | int
) -> None:
    with start() as program:
        program.shows("1/6")
        program.type(b"2")
        program.shows("2/6")
        if isinstance(leaving, int):
            os.kill(program.pid, leaving)
        else:
            program.type(leaving)
        assert program.ended() == 0
        program.restored()
    with start() as program:
        program.shows("Enter goes on with it")
        program.type(b"\n")
        program.shows("2/6")
        program.type(b"\x1b")
        program.shows("Menu")
        program.type(b"b")
        program.shows("Answered already")
        program.type(b"q")
        assert program.ended() == 0
    with start("--hand-in") as program:
        assert program.ended() == 0
        assert "not answered" in program.text
    result = sitting(tmp_path).result
    assert result["how"] == "broken off"
    assert [bool(item["given"]) for item in result["items"]] == [True] + [False] * 5


def test_hang_up_keeps_everything(start: Start, tmp_path: Path) -> None:
    with start() as program:
        program.shows("1/6")
        program.type(b"3")
        program.shows("2/6")
        os.close(program.inner)
        os.close(program.fd)
        program.fd = program.inner = -1
        assert program.process.wait(20) >= 0
    (note,) = [note for note in sitting(tmp_path).notes if note.get("given")]
    assert note["given"] == {"picked": [2]}


@pytest.mark.parametrize("part", range(4))
def test_killed_at_any_moment_it_goes_on_with_every_answer(
    start: Start, tmp_path: Path, part: int
) -> None:
    """Twenty kills in all, five in a row in each of four quizzes."""
    rng = random.Random(part)
    shown: dict[int, int] = {}
    clocks = []
    for _ in range(5):
        with start("--minutes", "5", "--resume" if shown or clocks else "--new") as program:
            program.until(lambda: " left" in program.text)
            clocks.append(left(program))
            for _ in range(rng.randrange(1, 4)):
                if "of 6 answered" in program.text:
                    program.type(str(rng.randrange(1, 7)).encode() + b"\n")
                    program.until(lambda: "/6 " in program.screen.display[0])
                place = int(re.findall(r"(\d)/6", program.screen.display[0])[0])
                picked = rng.randrange(4)
                program.type(str(picked + 1).encode())
                program.until(lambda at=place: f"{at}/6 " not in program.screen.display[0])
                shown[place - 1] = picked  # the next question shows: it must be on the disk
            program.type(b"b1" if rng.random() < 0.5 else b"\t")
            time.sleep(rng.random() * 0.05)
            os.kill(program.pid, signal.SIGKILL)
            program.process.wait()
        notes = [note for note in sitting(tmp_path).notes if "given" in note]
        kept = {note["item"]: note["given"] for note in notes}
        changed = {at for at in shown if kept[at] != {"picked": [shown[at]]}}
        assert len(changed) <= 1  # the one that was being answered when it was killed
        shown = {at: given["picked"][0] for at, given in kept.items() if given}
    assert all(0 <= before - after <= 20 for before, after in pairwise(clocks))
    with start("--resume") as program:
        program.until(lambda: " left" in program.text)
        if "answered." not in program.text:
            program.type(b"l")
        program.shows(f"{len(shown)} of 6 answered")
        program.type(b"h")
        program.shows("Score:")
    result = sitting(tmp_path).result
    assert {at for at, item in enumerate(result["items"]) if item["given"]} == set(shown)


def test_ctrl_z_stops_the_clock_and_the_result_says_so(start: Start, tmp_path: Path) -> None:
    with start(before=(SHELL,)) as program:
        program.shows("1/6")
        program.type(b"\x1a")
        program.shows("stopped")
        program.restored()
        before = time.monotonic()
        time.sleep(2.2)
        program.type(b"fg\n")
        program.shows("Paused for")
        stopped = time.monotonic() - before
        program.type(b"lh")
        program.shows("Score:")
        program.type(b"q")
        program.shows("ended 0")
    result = sitting(tmp_path).result
    assert 2000 <= result["paused_ms"] <= 1000 * stopped + 1000
    assert result["used_ms"] < 1000 * (time.monotonic() - before) - 1000


def test_a_stop_without_being_asked_is_a_pause_too(start: Start, tmp_path: Path) -> None:
    with start() as program:
        program.shows("1/6")
        os.kill(program.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, program.pid, os.WSTOPPED | os.WNOWAIT)
        time.sleep(3.2)
        os.kill(program.pid, signal.SIGCONT)
        program.shows("Paused for")
        program.type(b"lh")
        program.shows("Score:")
    assert 1000 <= sitting(tmp_path).result["paused_ms"] <= 4500
