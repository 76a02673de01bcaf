"""Schedule and history on their way into Anki."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import NOON, Run
from desktop import Anki, Export
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.fsrs import FSRS, memory_after
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.merge import merge

pytest.importorskip("anki")

MOMENT = Moment.of(NOON, 0)
HERE = Path(__file__).parent

DECK = """\
deck: zoo
cards:
  - {id: plain, topic: one, prompt: What is first?, answer: The first.}
  - {id: gaps, topic: one, prompt: "The {{c1::first}} of {{c3::three}}."}
"""


def carried(folder: Path, zone: str, scheduler: str) -> dict[str, Any]:
    """What Anki makes of a library with a past, in a time zone."""
    paths = os.pathsep.join((str(HERE.parent), str(HERE.parent.parent)))
    done = subprocess.run(
        [sys.executable, str(HERE / "due_days.py"), str(folder), scheduler],
        env={**os.environ, "TZ": zone, "PYTHONPATH": paths, "HOME": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_fsrs_schedules_is_due_on_its_day_and_anki_finds_the_same_memory(
    tmp_path: Path,
) -> None:
    found = carried(tmp_path, "America/New_York", "fsrs")
    assert {off for off, *_ in found.values()} == {0}
    pasts = {
        "card-0": [(3, 0)],
        "card-1": [(3, 0), (3, 1)],
        "card-2": [(4, 0), (4, 1), (1, 6), (3, 1)],
        "card-3": [(1, 0), (3, 0)],
    }
    for name, past in pasts.items():
        memory = memory_after(past)
        assert memory
        assert found[name][2:4] == [FSRS().interval(memory[0]), 2500], name
        assert found[name][-1] == pytest.approx(memory[0], rel=1e-4), name


@pytest.mark.parametrize(
    "zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kolkata"]
)
def test_cards_are_due_on_their_days_wherever_one_is(zone: str, tmp_path: Path) -> None:
    found = carried(tmp_path, zone, "sm2")
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


def test_what_went_out_with_progress_is_known_when_it_comes_back(
    decks: Path, export: Export, anki: Anki, run: Run, tmp_path: Path
) -> None:
    from anki.collection import ExportAnkiPackageOptions

    (decks / "zoo.yaml").write_text(DECK)
    for card in ("plain", "gaps:c1", "gaps:c3", "plain"):
        assert run("answer", card, "3").code == 0
    file, said = export("--with-progress")
    assert said["reviews"] == 4
    assert anki.take(file, progress=True) == {"new": 3}
    package = tmp_path / "back.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=False)
    anki.col.export_anki_package(out_path=str(package), options=options, limit=None)
    ran = run("import", "anki", package, "--json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert (found["came"], found["here"], found["unknown"]) == (0, 4, {})


def test_progress_stays_behind_unless_it_is_asked_for(
    decks: Path, export: Export, anki: Anki, run: Run
) -> None:
    (decks / "zoo.yaml").write_text(DECK)
    run("answer", "plain", "3")
    file, said = export()
    assert said["reviews"] == 0
    anki.take(file, progress=True)
    assert anki.schedules() == {}
    assert anki.col.db.scalar("select count() from revlog") == 0


def test_answers_of_one_millisecond_on_two_machines_all_go_out(
    decks: Path, export: Export, anki: Anki, home: Path, tmp_path: Path
) -> None:
    (decks / "zoo.yaml").write_text(DECK)
    here, there = Store.open(home), Store.open(tmp_path / "there")
    for store, card in ((here, "plain"), (there, "gaps:c1")):
        store.append(log.REVIEWED, card, MOMENT, grade=3, scale="1-4", source=log.REVIEW)
    merge(here, there.events())
    assert {event.at for event in here.events() if event.kind == log.REVIEWED} == {MOMENT.at}
    file, said = export("--with-progress")
    assert said["reviews"] == 2
    anki.take(file, progress=True)
    assert anki.col.db.list("select id from revlog order by id") == [MOMENT.at, MOMENT.at + 1]
