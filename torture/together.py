"""A store that is mended, restored and answered into at once; commands killed as they leave."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path
from random import Random
from typing import IO, cast

from state import faults, reviews
from terminal import PROGRAM, run
from verdict import Verdict

from mlsd_cards.errors import UserError
from mlsd_cards.store import mending

ROUND_S = 60.0
CARDS = ("seven-steps-order", "four-stage-missing-box", "ship-rule-before-model")


def mended_meanwhile(home: Path, times: int, rng: Random) -> Verdict:
    """A new store is put in the place of the old one again and again, as `doctor` does where it is
    damaged, while others answer, restore and copy."""
    home = home / "home"
    run(home, "due")
    run(home, "backup")
    stop = time.monotonic() + min(ROUND_S, 12 + times / 10)
    confirmed, wrong, mended = [], [], []

    def repeat(*words: str) -> None:
        while time.monotonic() < stop:
            ran = run(home, *words)
            if ran.returncode == 0 and words[0] == "answer":
                confirmed.append(words)
            if "Traceback" in ran.stderr or (ran.returncode and "replaced" not in ran.stderr):
                wrong.append(f"{words}: {ran.stderr[-300:]}")

    def mend() -> None:
        while time.monotonic() < stop:
            try:
                mending.mend(str(home), "again")
                mended.append(1)
            except UserError as error:
                wrong.append(f"mending: {error}")
            time.sleep(rng.uniform(0.5, 3))  # a new store reads the decks anew

    threads = [
        threading.Thread(target=mend),
        *(threading.Thread(target=repeat, args=("answer", card, "good")) for card in CARDS[:2]),
        threading.Thread(target=repeat, args=("restore",)),
        threading.Thread(target=repeat, args=("doctor", "--rebuild")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = len(reviews(home))
    if not confirmed or kept != len(confirmed):
        wrong.append(f"{len(confirmed)} answers were confirmed, {kept} are in the log")
    told = f"{len(confirmed)} answers were confirmed meanwhile"
    return Verdict("a new store in its place", len(mended), told, wrong + faults(home))


def commands_killed(home: Path, times: int, rng: Random) -> Verdict:
    """Single answers by script, killed most of all while they leave the store."""
    wrong: list[str] = []
    run(home, "due")
    line = [*PROGRAM, "answer", CARDS[0], "good"]
    confirmed = begun = 0
    for number in range(times):
        environment = {**os.environ, "MLSD_CARDS_HOME": str(home)}
        with subprocess.Popen(line, stdout=subprocess.PIPE, env=environment) as command:
            out, said = cast("IO[bytes]", command.stdout), b""
            if rng.getrandbits(1):
                said = out.readline()
                time.sleep(rng.uniform(0, 0.02))
            else:
                time.sleep(rng.uniform(0.05, 0.3))
            command.kill()
            said += out.read()
        confirmed, begun = confirmed + (b"due" in said), begun + 1
        if number % 25 == 24 or number == times - 1:
            kept = len(reviews(home))
            if not confirmed <= kept <= begun:
                wrong.append(f"kill {number}: {confirmed} confirmed, {kept} in the log")
            wrong += [f"kill {number}: {fault}" for fault in faults(home)]
    told = f"{confirmed} answers were confirmed"
    return Verdict("SIGKILL in a command", times, told, wrong)
