"""`suspend`, `resume` and `reset`: one card, a note, or all of a deck, tag or topic."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from conftest import Clock, Ran, Run
from mlsd_cards.commands import reset

CLOZE = """\
deck: gaps
tags: [holes]
cards:
  - id: gap
    topic: one
    type: cloze
    prompt: "{{c1::Precision}} looks at what was flagged, {{c2::recall}} at what was there."
"""


@pytest.fixture
def decks(deck: Path, tmp_path: Path) -> tuple[str | Path, ...]:
    """Two decks: three single cards, and a note of two."""
    other = tmp_path / "gaps.yaml"
    other.write_text(CLOZE)
    return ("--decks", deck, "--decks", other)


def changed(ran: Ran) -> tuple[list[str], list[str]]:
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert set(told) == {"changed", "unchanged"}
    return told["changed"], told["unchanged"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["first"], ["first"]),
        (["third", "first", "third"], ["third", "first"]),
        (["gap"], ["gap:c1", "gap:c2"]),
        (["gap:c2", "gap"], ["gap:c2", "gap:c1"]),
        (["--deck", "small"], ["first", "second", "third"]),
        (["--tag", "holes"], ["gap:c1", "gap:c2"]),
        (["--topic", "one"], ["first", "gap:c1", "gap:c2"]),
        (["--topic", "one", "--deck", "small"], ["first"]),
    ],
)
def test_the_cards_that_are_meant(
    run: Run, decks: tuple[str, ...], given: list[str], meant: list[str]
) -> None:
    assert changed(run("suspend", *given, *decks, "--json")) == (meant, [])
    assert run("resume", "--list").out.split() == sorted(meant)
    assert changed(run("suspend", *given, *decks, "--json")) == ([], meant)
    assert changed(run("resume", *given, *decks, "--json")) == (meant, [])
    assert run("resume", "--list").out == ""


@pytest.mark.parametrize("command", ["suspend", "resume", "reset"])
def test_one_way_to_choose(run: Run, decks: tuple[str, ...], command: str) -> None:
    assert run(command, *decks).code == 2
    assert run(command, "first", "--deck", "gaps", *decks).code == 2
    ran = run(command, "frist", *decks)
    assert ran.code == 1
    assert "Did you mean 'first'?" in ran.err


def test_one_that_is_not_known_leaves_all_as_they_were(run: Run, decks: tuple[str, ...]) -> None:
    assert run("suspend", "first", "nobody", *decks).code == 1
    assert run("resume", "--list").out == ""


def test_the_list_can_be_narrowed(run: Run, decks: tuple[str, ...]) -> None:
    run("suspend", "first", "gap:c1", *decks)
    assert run("resume", "--list", "--deck", "gaps", *decks).out == "gap:c1\n"
    assert json.loads(run("resume", "--list", "--json", *decks).out) == ["first", "gap:c1"]


def test_a_card_that_left_the_decks_can_still_be_named(
    run: Run, deck: Path, decks: tuple[str, ...]
) -> None:
    run("suspend", "first", *decks)
    deck.write_text("cards:\n  - {id: other, q: Who?, a: Someone else.}\n")
    assert run("resume", "first", *decks).out == "first: back in the reviews\n"


# reset


class Typed(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


def test_a_reset_forgets_the_schedule_and_can_be_taken_back(
    run: Run, decks: tuple[str, ...], clock: Clock
) -> None:
    run("answer", "first", "good", *decks)
    clock.forward(1)
    run("answer", "first", "easy", *decks)
    before = run("why", "first", *decks).out
    ran = run("reset", "first", "second", "--yes", *decks)
    assert "first: new again\nsecond: has no schedule\n" in ran.out
    assert "--undo" in ran.out
    after = run("why", "first", *decks).out
    assert after.startswith("first: new, never reviewed")
    assert "reset     schedule forgotten" in after
    assert "Easy" in after  # the answers stay
    assert json.loads(run("due", "--json", *decks).out)["new"] == 4  # one of the two siblings
    clock.forward(1)
    run("answer", "first", "good", *decks)  # an answer meanwhile counts on the old schedule then
    assert changed(run("reset", "--undo", "first", "second", "--json", *decks)) == (
        ["first"], ["second"],
    )  # fmt: skip
    told = run("why", "first", *decks).out
    assert told.splitlines()[1:3] == before.splitlines()[1:3]
    assert "reset     taken back" in told
    assert run("reset", "--undo", "first", *decks).code == 1


def test_a_reset_is_taken_back_by_the_key_too(run: Run, decks: tuple[str, ...]) -> None:
    run("answer", "first", "good", *decks)
    run("reset", "first", "--yes", *decks)
    assert "taken back: reset on first" in run("review", *decks, stdin="u\n").out
    assert "due 2026-11-22" in run("why", "first", *decks).out


def test_all_of_a_deck(run: Run, decks: tuple[str, ...]) -> None:
    for card in ("first", "third", "gap:c1"):
        run("answer", card, "good", *decks)
    ran = run("reset", "--deck", "small", *decks)
    assert ran.code == 1
    assert "the schedule of 2 cards" in ran.err
    assert "--yes" in ran.err
    assert "due 2026-11-22" in run("why", "first", *decks).out
    assert changed(run("reset", "--deck", "small", "--yes", "--json", *decks)) == (
        ["first", "third"], ["second"],
    )  # fmt: skip
    assert "due 2026-11-22" in run("why", "gap:c1", *decks).out
    assert run("reset", "--deck", "small", "--yes", *decks).code == 1  # nothing is left to forget


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("\n", 1), ("n\n", 1), ("", 130)])
def test_it_asks_on_a_terminal(
    run: Run,
    decks: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    said: str,
    code: int,
) -> None:
    run("answer", "first", "good", *decks)
    monkeypatch.setattr(io, "StringIO", Typed)
    ran = run("reset", "first", *decks, stdin=said)
    assert ran.code == code
    assert "first: due 2026-11-22" in ran.err
    assert "Forget the schedule of 1 card? [y/N]" in ran.err
    assert ("new, never" in run("why", "first", *decks).out) == (code == 0)


def test_many_are_only_counted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reset, "FEW", 0)
    path = tmp_path / "one.yaml"
    path.write_text("cards:\n  - {id: one, q: Who?, a: I.}\n")
    run("answer", "one", "good", "--decks", path)
    monkeypatch.setattr(io, "StringIO", Typed)
    ran = run("reset", "one", "--decks", path, stdin="n\n")
    assert "one: due" not in ran.err
    assert "1 card?" in ran.err
