"""Schedule and history on their way into Anki."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("anki")

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kolkata"]
)
def test_cards_are_due_on_their_days_wherever_one_is(zone: str, tmp_path: Path) -> None:
    paths = os.pathsep.join((str(HERE.parent), str(HERE.parent.parent)))
    done = subprocess.run(
        [sys.executable, str(HERE / "due_days.py"), str(tmp_path)],
        env={**os.environ, "TZ": zone, "PYTHONPATH": paths, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    memories = {name: found[name].pop() for name in found}
    assert found == {
        "card-0": [0, 2, 1, 2500, 1, [0]],
        "card-1": [0, -1, 6, 2500, 2, [0, 1]],
        "card-2": [0, 2, 1, 2700, 4, [0, 1, 1, 1]],
        "card-3": [0, 2, 1, 2500, 2, [0, 0]],
        "card-4": [0, 2, 1, 2360, 1, [0]],
        "card-5": [0, 0, 0, 0, 0, []],
    }
    assert all((memory > 0) == (name != "card-5") for name, memory in memories.items())
    assert memories["card-1"] > memories["card-3"], "FSRS takes the history in"
