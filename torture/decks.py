"""Malformed decks by the thousand: no traceback, bounded time, every problem at its place."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from verdict import Verdict

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from hostile.mutants import sweep

EACH = 200
"""Decks for each of ``--times``: 100,000 in full."""


def malformed_decks(home: Path, times: int, rng: Random) -> Verdict:
    """The bundled decks bent in every way that the tests know, by number."""
    done = sweep(times * EACH, first=0)
    told = (
        f"{done.cards:,} cards still read, {done.problems:,} problems placed, "
        f"the slowest in {done.slowest_s:.2f} s"
    )
    return Verdict("malformed decks", done.decks, told, [str(one) for one in done.breaches])
