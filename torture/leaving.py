"""Every way out of a review, a quiz and an interview that a program can take leaves the terminal as
it was, and what was answered in the log."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from random import Random

from killed import REVIEWED
from state import faults, reviews
from terminal import Terminal
from verdict import Verdict

KEYS = {"q": "q", "ctrl-c": "\x03", "ctrl-d": "\x04"}
SIGNALS = {name: getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")}
SESSIONS = (("review", "--new", "50"), ("quiz", "-n", "5", "--new"), ("interview", "ad-click"))


def left(home: Path, times: int, rng: Random) -> Verdict:
    """Each way out of each kind of session, some at random moments too."""
    wrong, count = [], 0
    for words in SESSIONS:
        for name, key in KEYS.items():
            with Terminal(home, *words) as terminal:
                terminal.wait_for("esc", "Enter")
                terminal.press(key)
                time.sleep(0.3)
                for more in ("q", "\x04", "\x03"):  # a quiz asks before it is left
                    if terminal.process.poll() is None:
                        terminal.look(0.2)
                        terminal.press(more)
                count += 1
                wrong += _unrestored(terminal, f"{words[0]}: {name}")
        for name, number in SIGNALS.items():
            for _ in range(max(1, times // 100)):
                with Terminal(home, *words) as terminal:
                    terminal.look(rng.uniform(0.05, 0.8))
                    terminal.kill(number)
                    count += 1
                    wrong += _unrestored(terminal, f"{words[0]}: {name}")
    with Terminal(home, "review", "--new", "50") as terminal:
        terminal.wait_for("esc")
        terminal.press(" ")
        terminal.wait_for("Again")
        before = len(reviews(home))
        terminal.press("3")
        terminal.wait_for(" 2/")
        terminal.press("q")
        terminal.end()
        if len(reviews(home)) != before + bool(REVIEWED.search(terminal.output.decode())):
            wrong.append("what was answered before leaving is not in the log")
    return Verdict("ways out", count, "terminal restored", wrong + faults(home))


def _unrestored(terminal: Terminal, what: str) -> list[str]:
    """What is wrong with how the program ends, or with the terminal after it."""
    if terminal.end() == -signal.SIGKILL:
        return [f"{what} does not end it; its screen: {' '.join(terminal.text.split())}"]
    return [] if terminal.is_restored() else [f"{what} leaves the terminal not restored"]
