"""A placement on a real pseudo-terminal: killed at any moment, it asks the same question again."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.sitting import QUIZ, Sitting, Sittings
from seen import Seen


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """A deck of four topics with four choices each, whose right option says so."""
    cards = "".join(
        f"  - id: {topic}-{number}\n    type: mcq\n    topic: {topic}\n"
        f"    difficulty: {min(3, number)}\n    prompt: Question {number} of {topic}?\n"
        "    options:\n"
        "      - {text: The right one, correct: true, why: By design of it.}\n"
        "      - {text: The wrong one, correct: false, why: Wrong by design.}\n"
        for topic in ("auc", "loss", "trees", "tests")
        for number in range(1, 5)
    )
    path = tmp_path / "deck.yaml"
    path.write_text(f"deck: small\ncards:\n{cards}")
    return path


def start(tmp_path: Path, decks: Path, *more: str) -> Seen:
    where = ("--home", str(tmp_path / "home"), "--decks", str(decks))
    return Seen("-m", "mlsd_cards", "quiz", "--place", "--seed", "1", *where, *more)


def kept(tmp_path: Path) -> tuple[Sitting, set[str]]:
    """The one sitting in the store, and the cards that were placed."""
    store = Store.open(tmp_path / "home")
    (one,) = Sittings(store, QUIZ).all()
    placed = {event.card for event in store.events() if event.kind == log.PLACED}
    store.close()
    return one, placed


def question(program: Seen) -> str:
    """The question on the screen."""
    return re.findall(r"Question \d of \w+", program.text)[-1]


def answer(program: Seen, *, right: bool) -> None:
    """Answer it, sure."""
    (place,) = re.findall(r"(\d) +The right one", program.text)
    program.type((place if right else str(3 - int(place))).encode())
    program.shows("How sure")
    program.type(b"3")


@pytest.mark.parametrize("part", range(3))
def test_killed_at_any_moment_it_goes_on_with_the_same_question(
    tmp_path: Path, decks: Path, part: int
) -> None:
    rng = random.Random(part)
    shown, expected = "", 0
    for at in range(4):
        with start(tmp_path, decks, "--resume" if at else "--new") as program:
            program.shows("topics clear")
            assert not shown or question(program) == shown
            for _ in range(rng.randrange(1, 3)):
                before = question(program)
                answer(program, right=True)
                program.until(lambda before=before: before not in program.text)
                expected += 1
            shown = question(program)
            if rng.random() < 0.5:  # an answer that is not rated is none yet
                program.type(b"1")
                program.shows("How sure")
            time.sleep(rng.random() * 0.05)
            os.kill(program.pid, signal.SIGKILL)
            program.process.wait()
        assert not kept(tmp_path)[1]
    with start(tmp_path, decks, "--resume") as program:
        program.shows("topics clear")
        assert question(program) == shown
        program.resize(40, 12)
        program.until(lambda: bool(re.search(r"\d/4  \d+:\d\d $", program.screen.display[0])))
        program.resize(80, 24)
        program.shows("topics clear")
        program.type(b"h")
        program.shows(f"{expected} answered")
        program.type(b"h")
        program.shows("start as known" if expected > 1 else "starts as known")
        program.type(b"\rq")
        assert program.ended() == 0
        program.restored()
    sitting, placed = kept(tmp_path)
    assert {card for card, _ in sitting.result["placement"]["placed"]} == placed
    assert len(placed) == len(sitting.result["items"]) == expected


def test_from_the_first_question_to_the_topics_that_start_as_known(
    tmp_path: Path, decks: Path
) -> None:
    with start(tmp_path, decks) as program:
        asked = 0
        while asked < 12:
            program.shows("topics clear")
            before = question(program)
            if "tests" in before:
                break
            answer(program, right="loss" not in before)
            program.until(lambda before=before: before not in program.text)
            asked += 1
        assert asked == 8  # three of auc, two of loss, three of trees
        program.type(b"\t")
        program.until(lambda: question(program) != before)
        program.type(b"\t")
        program.shows("them as known too?")
        program.shows("Not known: loss, tests.")
        program.type(b"\x1b[B")
        program.shows("▸ [ ] trees")
        program.type(b" ")
        program.shows("Enter: 1 more card starts as known.")
        program.type(b"\r")
        program.shows("7 cards start as known, 1 of them with their topics")
        program.type(b"q")
        assert program.ended() == 0
        program.restored()
        assert "7 cards start as known" in program.text
    sitting, placed = kept(tmp_path)
    assert {card.split("-")[0] for card in placed} == {"auc", "trees"}
    assert sum(card.startswith("trees") for card in placed) == 4
    assert sitting.result["how"] == "handed in"
