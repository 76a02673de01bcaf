"""What start-up and an answer cost, held by counts: modules loaded, files parsed, statements run.

Times belong to benchmarks/; a count is the same on every machine.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlsd_cards.app import App, utc_offset, wall
from mlsd_cards.schedule.day import Moment, iso
from mlsd_cards.store import log, roster
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.recall import preferences
from mlsd_cards.store.undo import undo
from mlsd_cards.study.agenda import Limits

HEAVY = {"yaml", "rich", "sqlite_utils", "genanki", "importlib.metadata", "platformdirs"}
"""Each of these costs more than the interpreter itself does to start."""

NOON = 1_795_262_400_000  # 2026-11-21T12:00Z
TODAY = Moment.of(NOON, 0)

# Runs the program as its script does and then says which modules it has loaded.
RUN = """\
import sys
from mlsd_cards.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def write(path: Path, *cards: str, answer: str = "Some answer.") -> Path:
    """A deck file of basic cards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = (f"  - id: {card}\n    q: What is {card}?\n    a: {answer}\n" for card in cards)
    path.write_text("cards:\n" + "".join(notes))
    return path


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """Three deck files of two cards each."""
    for name in "abc":
        write(tmp_path / "decks" / f"{name}.yaml", f"{name}-one", f"{name}-two")
    return tmp_path / "decks"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    store = Store.open(home)
    yield store
    store.close()


def loaded(*arguments: str | Path, stdin: str = "") -> set[str]:
    """The modules that a run of the program loads, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if "MLSD" not in name},
        timeout=60,
    )
    return set(done.stderr.splitlines()[-1].split())


def heavy(modules: set[str], among: set[str] = HEAVY) -> set[str]:
    """Those of the heavy modules that are loaded, whole or in part."""
    return {name for name in among for one in modules if one == name or one.startswith(f"{name}.")}


# modules


def test_help_loads_nothing_heavy() -> None:
    modules = loaded("--help")
    assert not heavy(modules, {*HEAVY, "sqlite3"})
    assert not {name for name in modules if name.startswith("mlsd_cards.commands.")}


@pytest.mark.parametrize("command", ["due", "check"])
def test_a_look_at_unchanged_decks_loads_nothing_heavy(
    command: str, home: Path, decks: Path
) -> None:
    where = ("--home", home, "--decks", decks)
    assert "yaml" in loaded(command, *where)  # the first look reads the files
    assert not heavy(loaded(command, *where))


def test_figures_load_the_widths_of_signs_and_nothing_heavy(home: Path, decks: Path) -> None:
    where = ("--home", home, "--decks", decks)
    loaded("due", *where)
    loaded("review", *where, stdin="\n3\n")
    modules = loaded("stats", *where)
    assert heavy(modules) == {"rich"}
    assert "rich.console" not in modules
    assert "mlsd_cards.study.quiz.outcome" not in modules  # there is no quiz to tell of


@pytest.mark.parametrize("stdin", ["", "\n3\n"], ids=["left at once", "one answer"])
def test_a_review_in_lines_reads_no_deck_twice(home: Path, decks: Path, stdin: str) -> None:
    where = ("--home", home, "--decks", decks)
    loaded("due", *where)
    modules = loaded("review", *where, stdin=stdin)
    assert not heavy(modules, {"yaml", "sqlite_utils", "genanki", "importlib.metadata"})
    store = Store.open(home)
    assert len(store.events()) == (1 if stdin else 0)
    store.close()


def test_a_quiz_loads_nothing_heavy(home: Path, decks: Path) -> None:
    where = ("--home", home, "--decks", decks)
    loaded("due", *where)
    modules = loaded("quiz", *where, stdin="/list\nh\n")
    assert not heavy(modules, {"yaml", "sqlite_utils", "genanki", "importlib.metadata"})
    assert "mlsd_cards.study.quiz.quiz" not in loaded("review", *where)


def test_a_plan_is_paid_for_by_those_who_have_one(home: Path, decks: Path) -> None:
    where = ("--home", home, "--decks", decks)
    rooms = {"mlsd_cards.store.plan", "mlsd_cards.study.planning", "mlsd_cards.schedule.fsrs"}
    loaded("due", *where)
    assert not heavy(loaded("review", *where), rooms)
    soon = iso(Moment.of(wall(), utc_offset(wall())).day + 30)
    loaded("plan", "--date", soon, *where)
    modules = loaded("review", *where, stdin="\n3\n")
    assert heavy(modules, rooms) == {"mlsd_cards.store.plan", "mlsd_cards.study.planning"}
    assert "mlsd_cards.study.planning.course" not in modules, "only plan itself looks ahead"
    loaded("plan", "--off", *where)
    assert not heavy(loaded("review", *where), rooms)


def test_preferences_that_were_read_once_load_no_toml(home: Path, decks: Path) -> None:
    where = ("--home", home, "--decks", decks)
    loaded("due", *where)
    (home / "config.toml").write_text("new_a_day = 3\n")
    assert "tomllib" in loaded("due", *where)
    modules = loaded("due", *where)
    assert not heavy(modules)
    assert not modules & {"tomllib", "mlsd_cards.store.config", "mlsd_cards.store.option"}


FSRS = {"mlsd_cards.schedule.fsrs", "mlsd_cards.schedule.parameters"}


def test_only_who_schedules_by_fsrs_pays_for_it(home: Path, decks: Path) -> None:
    where = ("--home", home, "--decks", decks)
    loaded("due", *where)
    assert not loaded("review", *where, stdin="\n3\n") & FSRS
    loaded("config", "set", "scheduler", "fsrs", "--home", home)
    assert loaded("due", *where) >= FSRS
    loaded("config", "set", "scheduler", "sm2", "--home", home)
    assert not loaded("review", *where, stdin="\n3\n") & FSRS
    assert "fsrs_rs_python" not in loaded("due", *where)


PLAIN_ANSWER = "snake_case, 2*3*4 and f(x_1) at $5 or $6"


@pytest.mark.parametrize(
    ("answer", "reads"),
    [
        ("Some answer.", set()),
        (PLAIN_ANSWER, {"mlsd_cards.cards.markup"}),
        ("A *word*", {"mlsd_cards.cards.markup", "markdown_it"}),
        ("A formula $x_i$", {"mlsd_cards.cards.markup", "markdown_it", "pylatexenc"}),
    ],
    ids=["plain", "signs", "emphasis", "formula"],
)
def test_markup_is_paid_for_by_the_cards_that_have_it(
    home: Path, tmp_path: Path, answer: str, reads: set[str]
) -> None:
    deck = write(tmp_path / "deck.yaml", "one", answer=answer)
    where = ("--home", home, "--decks", deck)
    loaded("due", *where)
    modules = loaded("review", *where, stdin="\n")
    assert heavy(modules, {"mlsd_cards.cards.markup", "markdown_it", "pylatexenc"}) == reads


# files


def test_only_what_has_changed_is_parsed(store: Store, decks: Path) -> None:
    roots = [Root(str(decks))]
    assert Library.open(store, roots, lambda: TODAY).parsed == 3
    assert Library.open(store, roots, lambda: TODAY).parsed == 0
    write(decks / "b.yaml", "b-one", "b-two", answer="Another answer, of another length.")
    assert Library.open(store, roots, lambda: TODAY).parsed == 1
    write(decks / "d.yaml", "d-one")
    assert Library.open(store, roots, lambda: TODAY).parsed == 1
    (decks / "a.yaml").unlink()
    assert Library.open(store, roots, lambda: TODAY).parsed == 0
    assert roster.size(Library.open(store, roots, lambda: TODAY).catalogue) == 5


def test_preferences_cost_a_statement_and_without_a_file_none(store: Store, home: Path) -> None:
    with traced(store) as statements:
        preferences(store, str(home))
    assert statements == []
    (home / "config.toml").write_text("new_a_day = 3\n")
    preferences(store, str(home))
    with traced(store) as statements:
        preferences(store, str(home))
    assert len(statements) == 1


def test_a_look_at_unchanged_decks_writes_nothing(store: Store, home: Path, decks: Path) -> None:
    App(home, (decks,)).agenda(EVERYTHING, Limits())
    with traced(store) as statements:
        Library.open(store, [Root(str(decks))], lambda: TODAY)
    assert not [one for one in statements if not one.startswith("SELECT")]


# statements


@contextmanager
def traced(store: Store) -> Iterator[list[str]]:
    """The statements that SQLite runs meanwhile, with their values."""
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        store.connection.set_trace_callback(None)


def answer(store: Store, card: str, grade: int = 3, after: int = 0) -> None:
    """Review a card, ``after`` ms after noon."""
    store.append(
        log.REVIEWED,
        card,
        Moment.of(NOON + after, 0),
        head=store.folded(card).head,
        grade=grade,
        scale=log.BUTTONS,
        source=log.REVIEW,
    )


def written(statements: list[str]) -> list[str]:
    """What the statements that do not merely read are about: a table, or a transaction's ends."""
    writing = [one for one in statements if not one.startswith(("SELECT", "PRAGMA data_version"))]
    return [
        re.sub(r"(?s)^(?:INSERT.*? INTO|UPDATE|DELETE FROM) (\w+).*", r"\1", w) for w in writing
    ]


def test_an_answer_is_one_transaction(store: Store, decks: Path) -> None:
    Library.open(store, [Root(str(decks))], lambda: TODAY)
    with traced(store) as statements:
        answer(store, "a-one")
    # only the first review of a card takes it from the new ones
    assert written(statements) == ["BEGIN IMMEDIATE", "event", "state", "card", "COMMIT"]
    with traced(store) as statements:
        answer(store, "a-one", after=1)
    assert written(statements) == ["BEGIN IMMEDIATE", "event", "state", "COMMIT"]


def test_taking_back_is_one_transaction(store: Store, decks: Path) -> None:
    Library.open(store, [Root(str(decks))], lambda: TODAY)
    answer(store, "a-one")
    with traced(store) as statements:
        assert undo(store, TODAY)
    assert statements[0] == "BEGIN IMMEDIATE"
    assert statements[-1] == "COMMIT"
    assert [one for one in statements if one in {"COMMIT", "ROLLBACK"}] == ["COMMIT"]


def test_an_answer_runs_as_many_statements_however_long_the_log(store: Store) -> None:
    counts = []
    for turn in range(0, 90, 30):
        with traced(store) as statements:
            answer(store, "a-one", after=turn)
        counts.append(len(statements))
        for index in range(1, 21):
            answer(store, f"other-{index}", grade=1 + index % 4, after=turn + index)
    assert counts[0] >= counts[1] == counts[2]  # the first takes the card from the new ones


# plans


def queries() -> dict[str, Callable[[Catalogue], object]]:
    """What is asked on the way to the first card and from a key to a commit."""
    day = TODAY.day
    narrow = Filter(("deck",), ("tag",), ("topic",))
    return {
        "due": lambda catalogue: catalogue.due(day),
        "due, narrowed": lambda catalogue: catalogue.due(day, narrow),
        "seen": lambda catalogue: catalogue.seen(day),
        "due by a day": lambda catalogue: catalogue.due_by(day + 1),
        "answered": lambda catalogue: catalogue.answered(day),
        "unseen": lambda catalogue: next(catalogue.unseen(day), None),
        "unseen, in a plan": lambda catalogue: next(catalogue.unseen(day, staged=True), None),
        "one card": lambda catalogue: catalogue.find("a-one"),
        "state": lambda catalogue: catalogue.store.folded("a-one"),
        "events of a card": lambda catalogue: catalogue.store.events("a-one"),
        "answer, with the last time": lambda catalogue: answer(catalogue.store, "a-two", after=1),
        "undo, with the latest": lambda catalogue: undo(catalogue.store, TODAY),
    }


@pytest.mark.parametrize("name", queries())
def test_nothing_is_searched_from_end_to_end(store: Store, decks: Path, name: str) -> None:
    """No table that grows with the cards or the answers is scanned, and none is sorted."""
    catalogue = Library.open(store, [Root(str(decks))], lambda: TODAY).catalogue
    answer(store, "a-one")
    with traced(store) as statements:
        queries()[name](catalogue)
    asked = [one for one in statements if one.split()[0] in {"SELECT", "UPDATE"}]
    assert asked
    for statement in asked:
        for step in plan(store.connection, statement):
            assert not is_scan(step), f"{statement}\n{step}"


def plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]


def is_scan(step: str) -> bool:
    """Whether a step of a plan reads all of a table, or sorts what it has read.

    Reading the log backwards by its time and stopping at the first hit is how the latest answer is
    found; all cards that were seen are all that an index has.
    """
    seen = "SCAN s USING COVERING INDEX state_due"
    if step in {"SCAN e USING INDEX event_time", "SCAN CONSTANT ROW", seen}:
        return False
    return step.startswith("SCAN") or "TEMP B-TREE" in step
