"""The tortures in short; `make torture` does them in full. Each is a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TORTURE = Path(__file__).parent.parent / "torture" / "run.py"
TIMES = "4"
NAMES = (
    "reviews_killed", "quizzes_killed", "commands_killed", "left", "crowd", "mended_meanwhile",
    "disk_full", "not_writable", "store_taken_away", "damaged", "malformed_decks",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, TORTURE, "--times", TIMES, "--only", name, "--json"],
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ran.stdout, ran.stderr
    (verdict,) = json.loads(ran.stdout)
    assert verdict["wrong"] == []
    if verdict["skipped"]:
        pytest.skip(verdict["skipped"])
    assert verdict["times"] > 0


def test_every_torture_is_done_in_short() -> None:
    told = subprocess.run(
        [sys.executable, TORTURE, "--list"], capture_output=True, text=True
    ).stdout
    assert tuple(told.split()) == NAMES
