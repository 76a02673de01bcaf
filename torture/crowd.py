"""Two reviews, answers by script, an import and a sync at once on one home."""

from __future__ import annotations

import subprocess
import threading
import time
from pathlib import Path
from random import Random

from killed import REVIEWED, key_for
from state import faults, reviews
from terminal import Terminal, run
from verdict import Verdict

ROUND_S = 12.0


def crowd(home: Path, times: int, rng: Random) -> Verdict:
    """All at once for a while; then everything is counted."""
    home, other, folder = home / "home", home / "other", home / "folder"
    folder.mkdir(parents=True)
    run(home, "due")
    for card in ("seven-steps-order", "four-stage-missing-box", "ship-rule-before-model"):
        run(other, "answer", card, "good")
    archive = folder.parent / "other.json"
    run(other, "export", "json", "--progress", "-o", str(archive))
    run(other, "sync", str(folder))
    busy = Busy(home, time.monotonic() + min(ROUND_S, 2 + times / 10))
    threads = [
        *(threading.Thread(target=busy.review) for _ in range(2)),
        *(
            threading.Thread(target=busy.command, args=words)
            for words in (
                ("import", "json", str(archive)),
                ("sync", str(folder)),
                ("answer", "scores-that-nobody-reads", "good"),
            )
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrong, answers = busy.wrong, sum("answer" in one.args for one in busy.ran)
    kept = len(reviews(home))
    if kept < busy.painted + answers + 3:
        wrong.append(f"{busy.painted} painted, {answers} by script, 3 imported: {kept} in the log")
    run(home, "sync", str(folder))
    third = home.parent / "third"
    run(third, "sync", str(folder))
    if sorted(reviews(third)) != sorted(reviews(home)):
        wrong.append("a third machine has other answers after a sync")
    told = f"{busy.painted} painted as saved, {len(busy.ran)} commands, {kept} answers in the log"
    return Verdict("two reviews, answers, import and sync at once", 1, told, wrong + faults(home))


class Busy:
    """What several threads do to one home until a moment, and what they saw."""

    def __init__(self, home: Path, stop: float) -> None:
        self.home, self.stop = home, stop
        self.painted = 0
        self.ran: list[subprocess.CompletedProcess[str]] = []
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def review(self) -> None:
        """Answer in a review of one's own."""
        with Terminal(self.home, "review", "--new", "200", "--deck", "metrics") as terminal:
            while time.monotonic() < self.stop and terminal.process.poll() is None:
                terminal.look(0.01)
                if REVIEWED.search(terminal.text):
                    graded = "Again" in terminal.footer
                    terminal.press(key_for(terminal.footer, "3"))
                    if graded:
                        terminal.look(0.05)
                        with self._lock:
                            self.painted += "saved:" in terminal.text
            terminal.press("q")
            terminal.end()
            if "locked" in terminal.text or b"Traceback" in terminal.output:
                self.wrong.append(f"a review shows {terminal.text[-400:]}")

    def command(self, *words: str) -> None:
        """Run a command again and again."""
        while time.monotonic() < self.stop:
            one = run(self.home, *words)
            self.ran.append(one)
            if one.returncode or "Traceback" in one.stderr or "locked" in one.stderr:
                self.wrong.append(f"{words}: {one.stderr[-300:]}")
