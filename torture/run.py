"""What may happen to a person's answers, done on purpose: nothing may be lost.

    python torture/run.py [--times N] [--seed N] [--only WORD …] [--json]

Each torture runs the real program in homes of its own; ``--times`` is for those by chance, 500 in
full. Exits with 1 if anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from crowd import crowd
from damage import damaged
from disk import disk_full, not_writable, store_taken_away
from killed import quizzes_killed, reviews_killed
from leaving import left
from together import commands_killed, mended_meanwhile
from verdict import Verdict

from decks import malformed_decks

TORTURES: tuple[Callable[[Path, int, Random], Verdict], ...] = (
    reviews_killed, quizzes_killed, commands_killed, left, crowd, mended_meanwhile, disk_full,
    not_writable, store_taken_away, damaged, malformed_decks,
)  # fmt: skip
FULL = 500


def main() -> None:
    """Run the tortures and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=FULL)
    parser.add_argument("--seed", type=int, default=20_261_121)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true", help="only name the tortures")
    asked = parser.parse_args()
    if asked.list:
        sys.stdout.write("\n".join(torture.__name__ for torture in TORTURES) + "\n")
        return
    verdicts = []
    for torture in TORTURES:
        if asked.only and torture.__name__ not in asked.only:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            verdict = torture(Path(folder), asked.times, Random(asked.seed))
        verdicts.append(verdict)
        if not asked.json:
            sys.stdout.write(f"{verdict}  [{time.monotonic() - began:.0f} s]\n")
            sys.stdout.flush()
    if asked.json:
        sys.stdout.write(json.dumps([verdict._asdict() for verdict in verdicts], indent=2) + "\n")
    sys.exit(any(verdict.wrong for verdict in verdicts))


if __name__ == "__main__":
    main()
