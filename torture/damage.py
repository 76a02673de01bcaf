"""A store with pages zeroed or scrambled, cut short, or replaced: said at once, and mended."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

from state import faults, reviews
from terminal import run
from verdict import Verdict

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import file, log
from mlsd_cards.store.database import Store

NOON = 1_795_262_400_000
PAGE = 4096
ANSWERS = 3000
NOTHING_LEFT = {"emptied", "replaced"}


def damaged(home: Path, times: int, rng: Random) -> Verdict:
    """Random damage, a start, `doctor`, and what is there then."""
    wrong: list[str] = []
    model, uids = _model(home)
    unnoticed = told = lost = left = 0
    for number in range(max(6, times // 10)):
        mine = home / str(number)
        shutil.copytree(model, mine)
        with_copy = bool(rng.getrandbits(1))
        if with_copy:
            run(mine, "backup")
        what = _spoil(mine / file.NAME, rng)
        ran = run(mine, "due")
        if "Traceback" in ran.stderr or ran.returncode not in {0, 1}:
            wrong.append(f"{number} {what}: due says {ran.stderr[-300:]}")
        said = "mlsd-cards doctor" in ran.stderr or "mlsd-cards restore" in ran.stderr
        told, unnoticed = told + said, unnoticed + (not said)
        mended = run(mine, "doctor")
        if mended.returncode or "Traceback" in mended.stderr:
            wrong.append(f"{number} {what}: doctor says {mended.stderr[-300:]}")
            continue
        after = set(reviews(mine))
        if not with_copy and what not in NOTHING_LEFT:
            lost, left = lost + len(uids - after), left + len(after)
        if after - uids:
            wrong.append(f"{number} {what}: answers that nobody gave")
        if with_copy and uids - after:
            wrong.append(f"{number} {what}: {len(uids - after)} lost that the copy has")
        wrong += [f"{number} {what}: {fault}" for fault in faults(mine)]
        shutil.rmtree(mine)
    text = (
        f"{told} said at the start, {unnoticed} found by doctor or harmless; without any copy "
        f"{left} answers could be read and {lost} stood on what was damaged"
    )
    return Verdict("a damaged store", max(6, times // 10), text, wrong)


def _model(home: Path) -> tuple[Path, set[str]]:
    """A home with many answers, all in its file, and their uids."""
    model = home / "model"
    run(model, "due")
    store = Store.open(model)
    with store.write():
        uids = {
            store.append(
                log.REVIEWED, f"card-{number % 200}", Moment.of(NOON + number * 1000, 0),
                grade=3, scale="1-4", source="review", took=5000,
            )[0].uid
            for number in range(ANSWERS)
        }  # fmt: skip
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return model, uids


def _spoil(path: Path, rng: Random) -> str:
    """Damage a file; what was done."""
    size = path.stat().st_size
    what = rng.choice(["zeroed", "scrambled", "cut", "emptied", "replaced", "head"])
    with path.open("r+b") as stream:
        if what in {"zeroed", "scrambled"}:
            for _ in range(rng.randint(1, 8)):
                stream.seek(rng.randrange(size // PAGE) * PAGE)
                stream.write(b"\0" * PAGE if what == "zeroed" else rng.randbytes(PAGE))
        elif what == "cut":
            stream.truncate(rng.randrange(size))
        elif what == "head":
            stream.write(b"\0" * PAGE)
    if what == "emptied":
        os.truncate(path, 0)
    elif what == "replaced":
        path.write_bytes(b"not a database " * 999)
    return what
