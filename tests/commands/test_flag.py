"""Cards flagged as wrong: kept as events, listed with their places, taken back."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import file, ledger, log
from mlsd_cards.store.database import Store
from mlsd_cards.store.merge import merge
from mlsd_cards.store.undo import undo


def test_flags_are_listed_with_their_places(
    run: Run, deck: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(deck.parent)
    assert run("flag", "--list", "--decks", deck).out == "No card is flagged.\n"
    assert run("flag", "third", "--note", "It is  24\n GiB.", "--decks", deck).code == 0
    clock.forward(1)
    run("flag", "first", "--decks", deck)
    run("flag", "third", "--note", "Or not?", "--decks", deck)
    assert run("flag", "--list", "--decks", deck).out.split("\n") == [
        "third  small.yaml:17  2026-11-21  It is 24 GiB.",
        "first  small.yaml:4  2026-11-22",
        "third  small.yaml:17  2026-11-22  Or not?",
        "",
    ]
    told = json.loads(run("flag", "--list", "--json", "--decks", deck).out)
    assert told[0] == {
        "card": "third", "deck": "small", "file": "small.yaml", "line": 17,
        "day": "2026-11-21", "note": "It is 24 GiB.", "event": told[0]["event"],
    }  # fmt: skip
    # a card that is in no deck any more is still listed, and can be cleared
    told = json.loads(run("flag", "--list", "--json").out)
    assert {(one["card"], one["file"], one["line"], one["deck"]) for one in told} == {
        ("third", None, None, None), ("first", None, None, None),
    }  # fmt: skip
    assert run("flag", "--clear", "third").out == "third: no longer flagged\n"
    assert run("flag", "--list").out == "first  in no deck  2026-11-22\n"


def test_a_flag_stands_in_the_history_and_changes_no_schedule(run: Run, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    before = run("due", "--json", "--decks", deck).out
    run("flag", "first", "--note", "No.", "--decks", deck)
    run("flag", "first", "--clear", "--decks", deck)
    run("flag", "first", "--decks", deck)
    told = run("why", "first", "--decks", deck).out
    assert "flagged as wrong: No." in told
    assert "no longer flagged" in told
    assert told.rstrip().endswith("flagged as wrong")
    after = json.loads(run("due", "--json", "--decks", deck).out)
    assert {key: value for key, value in after.items() if key != "cards"} == {
        key: value for key, value in json.loads(before).items() if key != "cards"
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2), (["first", "--list"], 2), (["first", "--json"], 2),
        (["--list", "--note", "x"], 2), (["first", "--clear", "--note", "x"], 2),
        (["nobody"], 1), (["first", "--clear"], 1),
    ],
)  # fmt: skip
def test_refusals(run: Run, deck: Path, arguments: list[str], code: int) -> None:
    assert run("flag", *arguments, "--decks", deck).code == code
    assert run("flag", "--list", "--decks", deck).out == "No card is flagged.\n"


@pytest.mark.parametrize("note", ["\x1b[2J", "\udce9 no utf-8", "x" * 100_000, "'\"\\\n\t漢"])
def test_any_note_can_be_kept_and_read(run: Run, deck: Path, note: str) -> None:
    assert run("flag", "first", "--note", note, "--decks", deck).code == 0
    for arguments in (["flag", "--list"], ["flag", "--list", "--json"], ["why", "first"]):
        ran = run(*arguments, "--decks", deck)
        assert ran.code == 0
        assert "\x1b" not in ran.out.replace("\\u001b", "")


def test_what_is_taken_back_or_cleared_is_listed_no_more() -> None:
    store = Store.in_memory()
    at = iter(range(100))

    def moment() -> Moment:
        return Moment.of(1_795_262_400_000 + next(at), 0)

    def standing() -> dict[str, list[str]]:
        return {
            card: [log.payload(event)["note"] for event in events]
            for card, events in ledger.flags(store).items()
        }

    for card, note in (("a", "1"), ("b", "2"), ("a", "3")):
        store.append(log.FLAGGED, card, moment(), payload=log.remark(note))
    assert standing() == {"a": ["1", "3"], "b": ["2"]}
    undo(store, moment())
    assert standing() == {"a": ["1"], "b": ["2"]}
    store.append(log.UNFLAGGED, "a", moment())
    assert standing() == {"b": ["2"]}
    undo(store, moment())
    assert standing() == {"a": ["1"], "b": ["2"]}
    other = Store.in_memory()
    merge(other, reversed(store.events()))
    assert ledger.flags(other) == ledger.flags(store)


def test_flags_are_found_without_reading_the_log(run: Run, deck: Path, home: Path) -> None:
    run("flag", "first", "--decks", deck)
    connection = sqlite3.connect(home / file.NAME)
    asked: list[str] = []
    store = Store(connection, "", "x")
    connection.set_trace_callback(asked.append)
    assert list(ledger.flags(store)) == ["first"]
    (statement,) = asked
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert plan[0] == "SCAN e USING INDEX event_flagged"
    connection.close()
