"""How fast the program is, against the limits it was given and against its peers in the same run.

    python benchmarks/run.py [--cards N] [--events M] [--rounds R] [--only ROW …] [--json]

Machines are shared and noisy: whole processes run in turns, bytecode warm, and the best round of
each counts, as a multiple of ``python -c pass`` in the same run. docs/benchmarks.md says more.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from pseudo import answers, first_paint
from world import World, build

from mlsd_cards.cli import COMMANDS

HERE = Path(__file__).parent
PYTHON = sys.executable
CLICK = "import click\n@click.command()\ndef command(): 'Do nothing.'\ncommand()"
PEERS = {"py-fsrs": "fsrs", "supermemo2": "supermemo2"}

STARTS = {"--help": 4.5, "due": 5.0, "review": 7.0, "check": 6.0, "stats": 8.0}
"""Limits of a start, in multiples of ``python -c pass``."""

LARGE, LARGER = 100_000, 1.5
"""From so many cards on, a start may take so many times as long."""


UNLIKE = {
    "search": "; ours ranks, and forgives typing errors",
    "export": "; ours reads the library and makes every page of it",
}
"""What is not the same work as Anki's."""


class Row(NamedTuple):
    """One measure. ``limit`` None stands for a row that others are held against."""

    name: str
    figure: float
    unit: str
    limit: float | None
    detail: str
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the figure keeps its limit; nothing where there is none."""
        if self.limit is None:
            return ""
        kept = self.figure >= self.limit if self.at_least else self.figure <= self.limit
        return "ok" if kept else "over"


class Bench:
    """One run over one world."""

    def __init__(self, world: World, folder: Path, rounds: int) -> None:
        self.world = world
        self.folder = folder
        self.rounds = rounds
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MLSD_CARDS", "PYTHON")) or name == "PYTHONPATH"
        }

    # starts

    def start(self, name: str) -> list[str]:
        """The command line of a start."""
        script = Path(PYTHON).parent / "mlsd-cards"
        program = [str(script)] if script.exists() else [PYTHON, "-m", "mlsd_cards"]
        world = ["--home", str(self.world.home), "--decks", str(self.world.decks)]
        return [*program, name, *([] if name == "--help" else world)]

    def starts(self, wanted: Callable[[str], bool]) -> Iterator[Row]:
        """Whole processes from outside, in turns."""
        commands = {name for group in COMMANDS.values() for name in group}
        names = [n for n in STARTS if wanted(n) and (n in commands or n == "--help")]
        if not names:
            return
        lines = {
            "python -c pass": [PYTHON, "-c", "pass"],
            "click alone": [PYTHON, "-c", CLICK, "--help"],
            **{name: self.start(name) for name in names},
        }
        taken: dict[str, list[float]] = {name: [] for name in lines}
        for turn in range(self.rounds + 1):
            for name, line in lines.items():
                seconds = self._once(name, line)
                if turn:  # the first only warms bytecode and the disk's cache
                    taken[name].append(seconds)
        unit = min(taken["python -c pass"])
        larger = LARGER if self.world.cards >= LARGE else 1.0
        for name, times in taken.items():
            best, middle = min(times), statistics.median(times)
            limit = STARTS[name] * larger if name in STARTS else None
            detail = f"{best * 1e3:.1f} ms, median {middle * 1e3:.1f}"
            label = "review, first paint" if name == "review" else name
            yield Row(label, best / unit, "x", limit, detail)

    def _once(self, name: str, line: list[str]) -> float:
        """Seconds from the start of a process to its end, or to its first card."""
        if name == "review":
            return first_paint(line, self.environment)
        begun = time.perf_counter()
        subprocess.run(line, env=self.environment, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    # work

    def probe(self, name: str, *arguments: object) -> dict[str, Any]:
        """What a measure from inside says, made in a process of its own."""
        line = [PYTHON, str(HERE / "probe.py"), name, *map(str, arguments)]
        done = subprocess.run(line, env=self.environment, stdout=subprocess.PIPE, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def spare(self, name: str) -> Path:
        """A copy of the home, for what writes into it."""
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.world.home, home)
        return home

    def commit(self) -> Row:
        found = self.probe("commit", self.spare("commit"), 4 * self.rounds)
        ours, floor = found["append_s"], found["floor_s"]
        detail = f"{ours * 1e3:.3f} ms, plain sqlite3 {floor * 1e3:.3f} ms"
        return Row("commit", ours / floor, "x sqlite3", 2, detail)

    def paint(self) -> Row:
        line = self.start("review")
        line[line.index("--home") + 1] = str(self.spare("paint"))
        taken = sorted(answers(line, self.environment, 40))
        middle, worst = taken[len(taken) // 2] * 1e3, taken[-1] * 1e3
        detail = f"median of {len(taken)} grades; slowest {worst:.1f} ms; commit included"
        return Row("key to next paint", middle, "ms", 16, detail)

    def agenda(self) -> Row:
        found = self.probe("agenda", self.world.home, self.world.decks, 3 * self.rounds)
        limit = 35 if self.world.cards >= LARGE else 4
        detail = f"{found['due']} due, {found['asked']} asked; Anki {limit} ms or more"
        return Row("agenda", found["best_s"] * 1e3, "ms", limit, detail)

    def paper(self) -> Iterator[Row]:
        found = self.probe("paper", self.world.home, self.world.decks, self.rounds)
        imported = found["import_s"]
        limit = 50 if self.world.cards < LARGE else None
        for name in ("plain", "weak"):
            figure = (found[f"{name}_s"] + imported) * 1e3
            detail = f"{found['asked']} of {self.world.cards:,}; {imported * 1e3:.1f} of it import"
            yield Row(f"paper, {name}", figure, "ms", limit, detail)

    def cold(self) -> Iterator[Row]:
        rounds = max(3, self.rounds // 5)
        found = self.probe("cold", self.world.decks, self.folder, rounds)
        thousands = found["cards"] / 1000
        keys = ("read_s", "compose_s", "uncollected_s")
        ours, alone, least = (found[key] * 1e3 / thousands for key in keys)
        detail = f"{ours:.0f} ms for 1,000 cards, yaml.compose"
        yield Row("cold read", ours / alone, "x compose", 2, f"{detail} {alone:.0f} ms")
        yield Row(
            "the same without gc", ours / least, "x compose", None, f"{detail} {least:.0f} ms"
        )

    def changed(self) -> Row:
        found = self.probe("changed", self.folder, self.world.cards)
        detail = f"of {found['files']}, in {found['seconds'] * 1e3:.1f} ms; "
        detail += f"{found['unchanged']} when nothing changed"
        return Row("files parsed", found["parsed"] + found["unchanged"], "files", 1, detail)

    def sm2(self) -> Row:
        found = self.probe("sm2", 1_000_000, max(5, self.rounds // 2))
        peers = [
            f"{name} {found[f'{module}_per_s'] / 1e6:.2f}"
            for name, module in PEERS.items()
            if found[f"{module}_per_s"]
        ]
        missing = [name for name, module in PEERS.items() if not found[f"{module}_per_s"]]
        detail = ", ".join([*peers, *(f"{name} not installed" for name in missing)])
        return Row("sm2", found["per_s"] / 1e6, "M/s", 2, detail, at_least=True)

    def refold(self) -> Iterator[Row]:
        rounds = 2 if self.world.events >= 10 * LARGE else max(3, self.rounds // 3)
        home = self.spare("refold")
        found = [self.probe("refold", home) for _ in range(rounds)]
        events = self.world.events
        best = min(one["seconds"] for one in found)
        detail = f"{events:,} events in {best:.2f} s"
        yield Row("refold", best * 1e6 / events, "s for 1 M", 2.5, detail)
        peak = max(one["peak_mib"] for one in found)
        start = f"{found[0]['before_mib']:.0f} before it"
        yield Row("refold, memory", peak, "MiB", 300, start)

    def figures(self) -> Iterator[Row]:
        """Statistics of a log from which nothing is counted yet, and of one that was counted."""
        home = self.folder / "figures"
        rounds = 2 if self.world.events >= 10 * LARGE else max(3, self.rounds // 5)
        found = []
        for _ in range(rounds):
            self.spare("figures")
            found.append(self.probe("figures", home, self.world.decks))
        for name, words in (("first", "nothing counted yet"), ("counted", "counted before")):
            best = min(one[f"{name}_s"] for one in found)
            detail = f"{self.world.events:,} events in {best * 1e3:.0f} ms, {words}"
            yield Row(f"stats, {name}", best * 1e6 / self.world.events, "s for 1 M", 1, detail)
        peak = max(one["peak_mib"] for one in found)
        yield Row("stats, memory", peak, "MiB", None, f"{found[0]['before_mib']:.0f} before it")

    def export(self) -> Iterator[Row]:
        rounds = 2 if self.world.cards >= LARGE else max(3, self.rounds // 3)
        home, folder = self.spare("export"), self.folder / "package"
        folder.mkdir()
        package = folder / "ours.apkg"
        found = [self.probe("export", home, self.world.decks, package) for _ in range(rounds)]
        peak = max(one["peak_mib"] for one in found)
        written = [self.probe("genanki", package, folder) for _ in range(rounds)]
        ours, theirs = (min(one[name] for one in written) for name in ("ours_s", "genanki_s"))
        detail = f"{ours:.2f} s for {written[0]['notes']:,.0f} notes, genanki {theirs:.2f} s"
        sizes = f"{written[0]['ours_mb']:.1f} MB, genanki {written[0]['genanki_mb']:.1f}"
        yield Row("package, fields ready", ours / theirs, "x genanki", 1, f"{detail}; {sizes}")
        best = min(one["seconds"] for one in found)
        yield Row("export anki, all of it", best, "s", None, "cards read, HTML and numbers made")
        yield Row(
            "export anki, memory", peak, "MiB", 200, f"{found[0]['before_mib']:.0f} before it"
        )

    def anki(self) -> Iterator[Row]:
        """What the real Anki takes for the same over the same cards and reviews, in this run."""
        if not find_spec("anki"):
            yield Row("Anki", 0, "", None, "not installed: nothing is held against it")
            return
        rounds = max(3, self.rounds // 3)
        home, folder = self.spare("anki"), self.folder / "peer"
        folder.mkdir()
        package = folder / "ours.apkg"
        line = [*self.start("export")[:1], "export", "anki", "--with-progress", "-o", str(package)]
        world = ["--home", str(home), "--decks", str(self.world.decks)]
        subprocess.run([*line, *world], env=self.environment, check=True, capture_output=True)
        peer = [PYTHON, str(HERE / "peer.py"), str(package), str(folder), str(rounds)]
        done = subprocess.run(peer, env=self.environment, stdout=subprocess.PIPE, check=True)
        theirs: dict[str, Any] = json.loads(done.stdout)
        about = (
            f"Anki {theirs['version']}, {theirs['cards']:,} cards, {theirs['reviews']:,} reviews"
        )
        yield Row("Anki, memory", theirs["peak_mib"], "MiB", None, about)
        search = self.probe("search", home, self.world.decks, rounds)
        figures = self.probe("figures", self.spare("figures"), self.world.decks)
        ours = {
            "agenda": self.probe("agenda", home, self.world.decks, rounds)["best_s"],
            "answer": self.probe("commit", self.spare("commit"), rounds)["append_s"],
            "stats": figures["counted_s"],
            "search": search["again_s"],
            "export": self.probe("export", home, self.world.decks, package)["seconds"],
        }
        for name, seconds in ours.items():
            peer_s = theirs[f"{name}_s"]
            limit = None if name in UNLIKE else 1
            detail = f"{seconds * 1e3:.1f} ms, Anki {peer_s * 1e3:.1f}{UNLIKE.get(name, '')}"
            yield Row(f"{name}, beside Anki", seconds / peer_s, "x Anki", limit, detail)
        yield Row("search, first of all", search["first_s"], "s", None, "its index is made")

    def keep(self) -> Iterator[Row]:
        """Copies, checks and syncs of the whole log."""
        folder = self.folder / "keep"
        folder.mkdir()
        found = self.probe("keep", self.spare("kept"), folder)
        for name, key, more in (
            ("backup", "backup_s", f"{found['mb']:.0f} MB, checked"),
            ("doctor, the file", "check_s", "every page"),
            ("doctor, the states", "states_s", "all folded anew and compared"),
            ("sync, all out", "sync_out_s", f"{found['file_mb']:.0f} MB of lines"),
            ("sync, all in", "sync_in_s", "into a fresh home"),
            ("sync, nothing new", "sync_again_s", ""),
        ):
            yield Row(name, found[key], "s", None, more)
        yield Row("the same, memory", found["peak_mib"], "MiB", None, "")

    def rows(self, wanted: Callable[[str], bool]) -> Iterator[Row]:
        """All rows that are wanted, as they come."""
        yield from self.starts(wanted)
        for work in (self.commit, self.paint, self.agenda, self.changed, self.sm2):
            if wanted(work.__name__):
                yield work()
        several = (self.paper, self.cold, self.refold, self.figures, self.export)
        for one in (*several, self.anki, self.keep):
            if wanted(one.__name__):
                yield from one()


WORK = (
    "commit",
    "paint",
    "agenda",
    "changed",
    "sm2",
    "paper",
    "cold",
    "refold",
    "figures",
    "export",
    "anki",
    "keep",
)
ROWS = (*STARTS, *WORK)


def machine() -> dict[str, Any]:
    """What it ran on."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def table(row: Row) -> str:
    """A row as one line."""
    limit = "" if row.limit is None else f"{'≥' if row.at_least else '≤'} {row.limit:g}"
    figure = f"{row.figure:.2f} {row.unit}"
    return f"{row.name:<21} {figure:>18}  {limit:>7}  {row.verdict:<5} {row.detail}"


def arguments() -> argparse.Namespace:
    """The options of this run."""
    parser = argparse.ArgumentParser(
        description="Measure start-up and work against their limits.",
        epilog=f"Rows: {', '.join(ROWS)}.",
    )
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=25, help="at least 5")
    parser.add_argument("--only", nargs="+", metavar="ROW", help="help stands for --help")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder to make the world in")
    args = parser.parse_args()
    args.only = [{"help": "--help"}.get(one, one) for one in args.only or ROWS]
    if unknown := set(args.only) - set(ROWS):
        parser.error(f"no row is called {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    if args.rounds < 5:
        parser.error("the best of fewer than 5 rounds says nothing")
    return args


def main() -> None:
    args = arguments()
    with tempfile.TemporaryDirectory(prefix="mlsd-bench-", dir=args.folder) as name:
        folder = Path(name)
        begun = time.perf_counter()
        world = build(folder / "world", args.cards, args.events)
        made = time.perf_counter() - begun
        rows = Bench(world, folder, args.rounds).rows(args.only.__contains__)
        if args.json:
            said = [{**row._asdict(), "verdict": row.verdict} for row in rows]
            sizes = {"cards": args.cards, "events": args.events, "rounds": args.rounds}
            print(json.dumps({**machine(), **sizes, "rows": said}, indent=2, ensure_ascii=False))
            return
        about = ", ".join(f"{key} {value}" for key, value in machine().items())
        print(f"{args.cards:,} cards, {args.events:,} events, made in {made:.1f} s; {about}\n")
        for row in rows:
            print(table(row), flush=True)


if __name__ == "__main__":
    main()
