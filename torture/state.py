"""What a home holds, looked at from outside: its answers, and whether anything in it is wrong."""

from __future__ import annotations

from pathlib import Path

from terminal import run

from mlsd_cards.store import checkup, file, log, salvage
from mlsd_cards.store.database import Store


def reviews(home: Path) -> list[str]:
    """The uids of all answers in the log."""
    return _uids(home, log.REVIEWED)


def noted(home: Path) -> int:
    """How much was noted in quizzes."""
    return len(_uids(home, log.NOTED))


def _uids(home: Path, kind: str) -> list[str]:
    if not (home / file.NAME).exists():
        return []
    store = Store.open(home)
    try:
        rows = store.connection.execute("SELECT uid FROM event WHERE kind = ?", (kind,))
        return [row[0] for row in rows]
    finally:
        store.close()


def faults(home: Path) -> list[str]:
    """What is wrong with a home that was left in the middle of anything; in words."""
    found = []
    if damage := salvage.damage(str(home / file.NAME)):
        found.append(f"the store is damaged: {damage}")
    else:
        store = Store.open(home)
        try:
            if wrong := checkup.wrong_states(store, mend=False):
                found.append(f"{len(wrong)} states are not what their events fold to")
            uids = [event.uid for event in store.events()]
            if len(uids) != len(set(uids)):
                found.append("an event is there twice")
        finally:
            store.close()
    ran = run(home, "due")
    if ran.returncode or "Traceback" in ran.stderr:
        found.append(f"the next start says: {ran.stderr[-300:]}")
    return found
