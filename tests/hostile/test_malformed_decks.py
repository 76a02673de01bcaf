"""Decks that nobody would write: read in bounded time, placed, and none costs a card beside it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import Run
from hostile.mutants import ABOVE, BELOW, FIRST, LAST, LIMIT_S, misplaced, mutant, sweep
from mlsd_cards.cards.deck import load
from mlsd_cards.store.intake import content

FEW = 250
MIB = 1 << 20
MOST_MIB = 300


def test_no_malformed_deck_breaks_the_loader() -> None:
    swept = sweep(FEW)
    assert swept.breaches == []
    assert swept.cards > FEW, "most of what stands beside a fault is read"
    assert swept.problems > FEW // 2


def test_a_malformed_deck_is_the_same_at_every_making() -> None:
    assert [mutant(number) for number in range(40)] == [mutant(number) for number in range(40)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", (1, 2)),
        ("[a,", (1, 4)),
        ("cards:\n  - [a, {", (2, 10)),
        ("cards:\n  - {q: a, b: [c,", (2, 18)),
        ("cards:\n  - {q: a,\n", (3, 1)),
    ],
)
def test_what_ends_too_soon_is_placed_inside_the_file(text: str, place: tuple[int, int]) -> None:
    _, problems = load(text, "f")
    assert [problem[1:3] for problem in problems if problem.code == "Y06"] == [place]
    assert list(misplaced(text.encode(), problems)) == []


@pytest.mark.parametrize(
    "params",
    ["tp: {0}", "{1}: 1", "tp: {{range: [1, {0}]}}", "tp: {{{1}: 1}}", "tp: {{choice: [{0}]}}"],
)
def test_a_long_value_is_told_in_brief(params: str) -> None:
    """Found by the 57,153rd of a hundred thousand malformed decks."""
    given = params.format("x" * 5_000, "y" * 800)
    data = f"""\
cards:
  - id: a
    type: computed
    generator: f1_from_counts
    params: {{{given}, fp: 1, fn: 1}}
    prompt: "With {{tp}}, {{fp}} and {{fn}}, what is F1?"
    pinned: {{params: {{tp: 60, fp: 15, fn: 60}}, value: 0.6154}}
    unit: "1"
    tolerance: {{abs: 0.005}}
"""
    _, problems = load(data, "f")
    assert any("x" * 9 in one.message or "y" * 9 in one.message for one in problems)
    assert list(misplaced(data.encode(), problems)) == []


GIANTS = {
    "brackets": "  - " + "[" * MIB + "\n",
    "braces": "  - " + "{a: " * (MIB // 4) + "\n",
    "dashes": "  " + "- " * (MIB // 2) + "\n",
    "questions": "  - " + "? " * (MIB // 2) + "\n",
    "closers": "  - " + "]" * MIB + "\n",
    "a text of 1 MiB": "  - {id: big, a: b, q: " + "x" * MIB + "}\n",
    "a quote never closed": '  - q: "' + "x\n     " * (MIB // 7) + "\n",
    "anchors": "".join(f"  - &a{number} x\n" for number in range(15_000)),
    "a bomb of aliases": "  - a: &a [x, x]\n"
    + "".join(f"    b{n}: &b{n} [*{'b' * (n > 0)}{n - 1 if n else 'a'}, x]\n" for n in range(60)),
    "merge keys": "  - {<<: *a, q: x, a: y}\n" * 4_000,
    "tags": "  - !!python/object/apply:os.system [x]\n" * 4_000,
    "unknown fields": "  - q: a\n" + "".join(f"    k{n}: v\n" for n in range(15_000)),
    "one key for ever": "  - q: a\n" + "    q: b\n" * 20_000,
    "bad cards": "  - {q: [, a: b}\n" * 8_000,
    "controls": "  - q: " + "\x1b\x9b" * (MIB // 8) + "\n",
    "separators": "  - q: " + "\u2028" * (MIB // 12) + "\n",
    "digits": "  - {q: a, value: " + "9" * MIB + "}\n",
    "gaps": ('  - q: "' + "{{c1::x}}" * 2_000 + '"\n') * 20,
    "gaps never closed": ('  - q: "{{c1::x}} ' + "{{c1::::}" * 2_000 + '"\n') * 20,
    "arithmetic": ('  - {q: a, value: 1, check: "' + "9**" * 300 + '9"}\n') * 100,
    "blocks": "  - q: |\n" * 8_000,
    "hooks": "  - {q: a, a: b, explanation: " + "\u0301" * MIB + "}\n",
}
"""What stands between two notes that are well, each made to cost time or memory."""


@pytest.mark.parametrize("name", GIANTS)
def test_what_is_made_to_cost_much_costs_little(name: str) -> None:
    data = (ABOVE + GIANTS[name] + BELOW).encode()
    begun = time.process_time()
    deck, problems = load(data, "f")
    assert time.process_time() - begun < LIMIT_S
    assert deck is not None
    notes = {card.note for card, _ in deck.cards}
    assert {FIRST, LAST} <= notes
    assert list(misplaced(data, problems)) == []
    assert len(json.dumps(problems)) < MIB


def test_the_memory_for_all_of_them_is_bounded(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from mlsd_cards.cards.deck import load\n"
        "for one in sys.argv[1:]: load(pathlib.Path(one).read_bytes(), one)"
    )
    wanted = ("brackets", "a text of 1 MiB", "controls")

    for name in wanted:
        (tmp_path / name).write_bytes((ABOVE + GIANTS[name] + BELOW).encode())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MIB * MIB, MOST_MIB * MIB))

    subprocess.run(
        [sys.executable, "-c", code, *(str(tmp_path / name) for name in wanted)],
        check=True,
        preexec_fn=limit,
    )


def test_of_a_file_of_any_size_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # no block of it is on the disk
    _, (problem,) = load(content(str(path)), "huge.yaml")
    assert problem.code == "Y01"


def test_good_decks_stand_beside_any_number_of_bad_ones(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.yaml").write_bytes(mutant(number).data)
    (folder / "good.yaml").write_text("cards:\n  - {id: well, q: Is it there?, a: It is.}\n")
    (folder / "pipe.yaml").symlink_to("/dev/zero")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "up").symlink_to(folder)
    os.mkfifo(folder / "fifo.yaml")
    (folder / "x\x1b[31m\n.yaml").write_text("cards: [")
    ran = run("check", "--decks", folder)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert "\x1b" not in ran.out + ran.err
    for line in json.loads(run("check", "--json", "--decks", folder).out)["problems"]:
        assert line["line"] >= 1 or line["code"] == "D00"
    assert run("show", "well", "--decks", folder).code == 0
