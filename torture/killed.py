"""SIGKILL at random moments of a review or a quiz: what was painted as saved is in the log."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path
from random import Random

from state import faults, noted, reviews
from terminal import Terminal, run
from verdict import Verdict

REVIEWED = re.compile(r"review +(\d+)/(\d+)")
ASKED = re.compile(r" (\d+)/(\d+) +[\d:]+ left")
LAST = 100
"""A quiz of 150 questions is handed in after so many."""

LONGEST_S = 2.5
"""A kill comes at most so long after the start."""


def reviews_killed(home: Path, times: int, rng: Random) -> Verdict:
    """Reviews of many new cards, killed."""
    wrong: list[str] = []
    run(home, "due")
    confirmed = 0
    for number in range(times):
        before = len(reviews(home))
        with Terminal(home, "review", "--new", "9999", "--seed", str(number)) as terminal:
            painted = answer_until(terminal, rng, "3", REVIEWED)
        after = len(reviews(home))
        confirmed += painted
        if not before + painted <= after <= before + painted + 1:
            wrong.append(f"kill {number}: {painted} painted as saved, {after - before} in the log")
        if number % 10 == 9 or number == times - 1:
            wrong += [f"kill {number}: {fault}" for fault in faults(home)]
        if after > 300:  # begin again before the cards run out
            run(home, "reset", "--deck", "framework", "--yes")
    return Verdict(
        "SIGKILL in a review", times, f"{confirmed} answers were painted as saved", wrong
    )


def quizzes_killed(home: Path, times: int, rng: Random) -> Verdict:
    """A long quiz of choices, killed and gone on with."""
    wrong: list[str] = []
    confirmed = at = 0
    for number in range(times):
        words = ("quiz",) if at else ("quiz", "-n", "150", "--kinds", "mcq", "--new")
        before = noted(home)
        with Terminal(home, *words) as terminal:
            if at and terminal.wait_for("Enter goes on"):
                if "quiz is open" not in terminal.text:
                    wrong.append(f"kill {number}: the next start does not say that a quiz is open")
                terminal.press("\r")
            painted = answer_until(terminal, rng, "1\r", ASKED)
            found = ASKED.search(terminal.text)
        after = noted(home)
        if "hand in" in terminal.footer:
            at = LAST  # all is answered
        elif found:
            at = int(found[1])
        confirmed += painted
        if after < before + painted:
            wrong.append(f"kill {number}: {painted} painted as noted, {after - before} in the log")
        if number % 10 == 9 or number == times - 1:
            wrong += [f"kill {number}: {fault}" for fault in faults(home)]
        if at >= LAST:
            run(home, "quiz", "--hand-in")
            at = 0
    return Verdict("SIGKILL in a quiz", times, f"{confirmed} answers were painted as noted", wrong)


def answer_until(terminal: Terminal, rng: Random, grade: str, place: re.Pattern[str]) -> int:
    """Answer as fast as the screen follows until a random moment, then kill; how many answers were
    painted as done: by so many places the screen had moved on."""
    deadline = time.monotonic() + rng.uniform(0.05, LONGEST_S)
    first: int | None = None
    last = 0
    while time.monotonic() < deadline and terminal.process.poll() is None:
        terminal.look(rng.uniform(0.001, 0.02))
        if found := place.search(terminal.text):
            last = int(found[1])
            first = last if first is None else first
            terminal.press(key_for(terminal.footer, grade))
    terminal.kill(signal.SIGKILL)
    terminal.end()
    if found := place.search(terminal.text):  # painted, though nobody had looked yet
        last = max(last, int(found[1]))
        first = last if first is None else first
    return last - (first or last)


def key_for(footer: str, grade: str) -> str:
    """The key that goes on from here: show, choose or grade."""
    if "Again" in footer:
        return grade
    if "tab skip" in footer:  # a choice of a quiz
        return grade
    return " " if "space" in footer and "show" in footer else "\r"
