"""A full disk, a home that may not be written, a store that is taken away: said, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path
from random import Random

from killed import key_for
from state import faults, reviews
from terminal import Terminal, run
from verdict import Verdict

UNPRIVILEGED = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--")
"""Root without the right to pass over permissions."""

SAID = ("NOT saved", "disk", "full", "could not be", "cannot be")


def disk_full(home: Path, times: int, rng: Random) -> Verdict:
    """Reviews where a file may grow no further, and, where that can be mounted, on a small disk."""
    wrong: list[str] = []
    run(home, "due")
    run(home, "answer", "seven-steps-order", "good")
    tried = 0
    for number in range(max(2, times // 50)):
        before = set(reviews(home))
        most = (home / "cards.db").stat().st_size + rng.randrange(0, 200_000)
        painted, said = _until_refused(home, partial(_limit, most))
        tried += 1
        wrong += _judged(home, before, painted, said, f"limit {number}")
    told = f"{tried} with a limit of file size"
    small = home / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode == 0:
        try:
            run(small, "due")
            before = set(reviews(small))
            with (small / "filler").open("wb", buffering=0) as file, suppress(OSError):
                while file.write(b"x" * 4096):
                    pass
            painted, said = _until_refused(small, None)
            (small / "filler").unlink()
            wrong += _judged(small, before, painted, said, "tmpfs")
            told += ", one on a full tmpfs"
        finally:
            subprocess.run(["umount", str(small)], check=False)
    else:
        told += ", no tmpfs could be mounted"
    return Verdict("disk full", tried, told, wrong)


def _limit(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _until_refused(home: Path, prepare: object) -> tuple[int, bool]:
    """Answer until the program says that it cannot save, or many are answered."""
    painted, said = 0, False
    with Terminal(home, "review", "--new", "400", prepare=prepare) as terminal:  # type: ignore[arg-type]
        for _ in range(1500):
            terminal.look(0.01)
            if any(word in terminal.text for word in SAID) or terminal.process.poll() is not None:
                said = True
                break
            graded = "Again" in terminal.footer
            terminal.press(key_for(terminal.footer, "3"))
            if graded:
                terminal.look(0.03)
                painted += "saved:" in terminal.text and "NOT" not in terminal.text
        terminal.press("q")
        terminal.end()
        if b"Traceback" in terminal.output or not terminal.is_restored():
            said = False
    return painted, said


def _judged(home: Path, before: set[str], painted: int, said: bool, name: str) -> list[str]:
    after = set(reviews(home))
    wrong = [f"{name}: {fault}" for fault in faults(home)]
    if not said:
        wrong.append(f"{name}: no word of a full disk, or a traceback")
    if not before <= after or len(after - before) < painted:
        wrong.append(f"{name}: {painted} painted as saved, {len(after - before)} in the log")
    if run(home, "answer", "four-stage-missing-box", "good").returncode:
        wrong.append(f"{name}: once there is room again, nothing can be answered")
    return wrong


def not_writable(home: Path, times: int, rng: Random) -> Verdict:
    """A home, and a store, that may be read but not written."""
    name = "no permission"
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which(UNPRIVILEGED[0]):
            return Verdict(name, 0, "", [], "root ignores permissions, and setpriv is not here")
        before = UNPRIVILEGED
    wrong: list[str] = []
    home = home / "home"
    run(home, "answer", "seven-steps-order", "good")
    had = reviews(home)
    for path, mode in ((home, 0o500), (home / "cards.db", 0o400), (home, 0o000)):
        kept = path.stat().st_mode & 0o777
        for end in ("-wal", "-shm"):
            Path(f"{home}/cards.db{end}").unlink(missing_ok=True)
        path.chmod(mode)
        for words in (
            ("review",),
            ("due",),
            ("answer", "four-stage-missing-box", "good"),
            ("quiz",),
        ):
            ran = run(home, *words, before=before)
            if ran.returncode != 1 or "Traceback" in ran.stderr or "cannot be" not in ran.stderr:
                wrong.append(
                    f"{path.name} {mode:o}, {words[0]}: {ran.returncode} {ran.stderr[-300:]}"
                )
        path.chmod(kept)
        if reviews(home) != had:
            wrong.append(f"{path.name} {mode:o}: the log is not what it was")
    return Verdict(name, 12, "each said, with what to do", wrong + faults(home))


def store_taken_away(home: Path, times: int, rng: Random) -> Verdict:
    """The store deleted or moved, or another put in its place, while a review runs: no answer is
    painted as saved after that, and those before are where the store is now."""
    wrong = []
    takes = (_delete, _replace, _move, _point_elsewhere, _delete_log)
    for number, take in enumerate(takes):
        real, mine = home / f"real-{number}", home / str(number)
        real.mkdir()
        mine.symlink_to(real)
        run(mine, "answer", "seven-steps-order", "good")
        with Terminal(mine, "review", "--new", "50") as terminal:
            terminal.wait_for("esc")
            before = _answered(terminal, 6)
            there = take(real, mine)
            for _ in range(12):
                terminal.press(key_for(terminal.footer, "3"))
                terminal.look(0.05)
                if "saved:" in terminal.text and "NOT" not in terminal.text:
                    wrong.append(f"{take.__name__}: an answer is painted as saved that is lost")
                    break
                if "NOT saved" in terminal.text:
                    break
            else:
                wrong.append(f"{take.__name__}: nothing was said")
            terminal.press("q")
            terminal.end()
            if b"Traceback" in terminal.output or not terminal.is_restored():
                wrong.append(f"{take.__name__}: a traceback, or the terminal is not restored")
        if there:
            kept = len(reviews(there))
            if kept != before + 1:
                wrong.append(f"{take.__name__}: {before} painted as saved, {kept - 1} in the log")
            wrong += [f"{take.__name__}: {fault}" for fault in faults(there)]
    told = "said before the next card, the answers before it kept"
    return Verdict("the store taken away under a review", len(takes), told, wrong)


def _answered(terminal: Terminal, times: int) -> int:
    """Press the keys that go on; how many answers were painted as saved."""
    painted = 0
    for _ in range(times):
        graded = "Again" in terminal.footer
        terminal.press(key_for(terminal.footer, "3"))
        terminal.look(0.1)
        painted += graded and "saved:" in terminal.text and "NOT" not in terminal.text
    return painted


def _delete(real: Path, _: Path) -> None:
    shutil.rmtree(real)


def _replace(real: Path, _: Path) -> None:
    """As a restored backup or a synchronised folder would."""
    shutil.copy(real / "cards.db", real / "copy")
    (real / "copy").replace(real / "cards.db")


def _move(real: Path, _: Path) -> Path:
    return real.rename(real.with_name(f"{real.name}-moved"))


def _point_elsewhere(real: Path, mine: Path) -> Path:
    """The home is a link, which now leads to another."""
    other = real.with_name(f"{real.name}-other")
    run(other, "answer", "four-stage-missing-box", "good")
    mine.unlink()
    mine.symlink_to(other)
    return real


def _delete_log(real: Path, _: Path) -> Path:
    """As somebody does who takes it for rubbish."""
    (real / "cards.db-wal").unlink()
    return real
