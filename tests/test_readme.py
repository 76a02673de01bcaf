"""The README tells the truth: its examples run, its lists are the program's own.

``MLSD_CARDS_REGENERATE=1 pytest tests/test_readme.py`` writes the lists anew.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from textwrap import fill
from typing import NamedTuple

import click
import pytest

from conftest import Run
from mlsd_cards.cards.deck import load
from mlsd_cards.cli import COMMANDS, Commands, cli

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLES = re.findall(r"^\$ (mlsd-cards .*)$", README.read_text(), re.M)
NAMES = [name for group in COMMANDS.values() for name in group]


def commands() -> str:
    """The list of commands as the README shows it."""
    lines = ["\n| | |\n|---|---|\n"]
    lines += [
        f"| `{name}` | {help_} |\n" for group in COMMANDS.values() for name, help_ in group.items()
    ]
    return "".join(lines) + "\n"


class Counted(NamedTuple):
    """A bundled deck with how many notes it has beside its interview, if it has one."""

    name: str
    title: str
    notes: int
    cards: int


def bundled(*, cases: bool) -> list[Counted]:
    """The case decks, or the others, in their order."""
    found = []
    for path in sorted((ROOT / "decks").glob("*.yaml")):
        deck, _ = load(path.read_bytes(), path.name)
        if deck and deck.cards and path.stem.startswith("case-") == cases:
            daily = [placed.card for placed in deck.cards if placed.card.daily]
            notes = len({card.note for card in daily})
            found.append(Counted(deck.name, deck.title, notes, len(daily)))
    return found


def decks() -> str:
    """The list of decks to learn from as the README shows it, and how long they last."""
    lines, known = ["\n| | | notes | cards |\n|---|---|--:|--:|\n"], bundled(cases=False)
    lines += [f"| `{one.name}` | {one.title} | {one.notes} | {one.cards} |\n" for one in known]
    of_cases = bundled(cases=True)
    notes = [sum(one.notes for one in group) for group in (known, of_cases)]
    cards = [sum(one.cards for one in group) for group in (known, of_cases)]
    lines.append(f"| `case-…` | {len(of_cases)} cases, see below | {notes[1]} | {cards[1]} |\n")
    lines.append(f"| | together | {sum(notes)} | {sum(cards)} |\n\n")
    lines.append(
        "Some notes give a card for each gap. "
        f"At ten new cards a day they last about {sum(cards) // 10} days. Who has\n"
        "less takes the decks that matter most (`--deck`), or starts what is known as known\n"
        "(`quiz --place`).\n"
    )
    return "".join(lines) + "\n"


def cases() -> str:
    """The list of cases as the README shows it."""
    known = bundled(cases=True)
    titles = [
        f"{one.title.removeprefix('Case: ')} (`{one.name.removeprefix('case-')}`)" for one in known
    ]
    return fill(", ".join(titles) + ".", 100, break_on_hyphens=False) + "\n\n"


@pytest.mark.parametrize("what", [commands, decks, cases])
def test_a_list_is_the_programs_own(what: Callable[[], str]) -> None:
    text = README.read_text()
    start = re.search(rf"<!-- {what.__name__}:.*?-->\n", text)
    assert start is not None
    end = text.index(f"<!-- end of {what.__name__} -->")
    if os.environ.get("MLSD_CARDS_REGENERATE"):
        README.write_text(text[: start.end()] + what() + text[end:])
    else:
        assert text[start.end() : end] == what()


def loaded(name: str) -> click.Command:
    assert isinstance(cli, Commands)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return command


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_readme(run: Run, example: str) -> None:
    assert run(*shlex.split(example)[1:]).code == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example_that_it_accepts(name: str, run: Run) -> None:
    command = loaded(name)
    ran = run(name, "--help")
    assert ran.code == 0
    assert command.epilog is not None
    example = re.fullmatch(r"Example: mlsd-cards (.+)", command.epilog)
    assert example is not None
    words = shlex.split(example[1])
    assert words[0] == name
    command.make_context(name, words[1:])  # raises on what it does not know


@pytest.mark.parametrize("name", NAMES)
def test_every_command_stands_in_the_group_help(name: str, run: Run) -> None:
    out = run("--help").out
    assert re.search(rf"^  {name} ", out, re.M)


def test_every_command_file_is_in_the_table() -> None:
    shared = {"__init", "attempts", "destination", "figures", "names", "numbers", "options"}
    shared |= {"package", "planned", "prospects", "quizzes", "records", "welcome"}
    files = {path.stem.rstrip("_") for path in (ROOT / "mlsd_cards" / "commands").glob("*.py")}
    assert files - shared == set(NAMES)


def test_wrong_usage_exits_with_2(run: Run) -> None:
    for arguments in (("reviw",), ("review", "--new", "-1"), ("review", "--grades", "9")):
        assert run(*arguments).code == 2, arguments


def test_both_commands_stand_at_the_top_of_the_readme() -> None:
    top = README.read_text().split("## ")[0]
    makefile = (ROOT / "Makefile").read_text()
    for target in ("review", "test"):
        assert f"make {target}" in top
        assert re.search(rf"^{target}:", makefile, re.M)


def test_documents_that_are_linked_exist() -> None:
    for page in [README, *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
