"""The library and the log as JSON: all of it there and back, and nothing bent comes in."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOON, Run
from mlsd_cards.app import App
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import archive, ledger, log, roster, stream
from mlsd_cards.store.database import Store
from mlsd_cards.store.merge import merge
from mlsd_cards.store.undo import undo
from mlsd_cards.store.works import works

MINE = """\
# Written by hand.
deck: mine::own   # a remark
title: What I learnt
tags: [own]
cards:
  - q: "Why?"
    a: Because of “this” and \U0001f600.
  - id: how
    text: 'So {{c1::much}} and {{c2::more}}.'
    sources: [w2020]
  - id: pick
    type: mcq
    prompt: Which?
    options:
      - {text: This one, correct: true, why: It is.}
      - {text: That one, correct: false, why: It is not.}
      - {text: Another, correct: false, why: It is not either.}
"""
LIST = "sources:\n  w2020: {title: A work, authors: [Chen, Guestrin], year: 2020}\n"


def mine(home: Path) -> None:
    """A home with decks of its own, in folders too, and one that is no UTF-8."""
    folder = home / "decks"
    (folder / "deep").mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8")
    (folder / "deep" / "er.yml").write_text("deck: mine::own\ncards:\n  - {q: Deep?, a: Yes}\n")
    (folder / "sources.yaml").write_text(LIST)
    (folder / "latin.yaml").write_bytes(b"cards:\n  - {id: cafe, q: caf\xe9?, a: x}\n")
    (folder / "overrides.yaml").write_text(
        "cards:\n  - {id: ece-three-bins, q: What is mine?, a: This is mine}\n"
    )


def held(home: Path) -> dict[str, Any]:
    """Everything that a home has: cards with their decks, sources, events and states."""
    app = App(str(home))
    found = [app.catalogue.find(card) for card in roster.ids(app.catalogue)]
    told = {
        "cards": [(one.card, one.deck, one.tags) for one in found if one],
        "sources": works(app.catalogue),
        "events": app.store.events(),
        "states": list(ledger.states(app.store)),
    }
    app.store.close()
    return told


def files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in (home / "decks").rglob("*")
        if path.is_file()
    }


def test_a_home_is_there_again_with_all_that_was_done(run: Run, home: Path, tmp_path: Path) -> None:
    mine(home)
    for words in (
        ("answer", "how:c1", "3"),
        ("answer", "ece-three-bins", "1"),
        ("flag", "pick", "--note", "Wrong?"),
        ("config", "set", "rollover", "05:00"),
        ("suspend", "cafe"),
        ("resume", "cafe"),
    ):
        assert run(*words).code == 0
    path, other = tmp_path / "all.json", tmp_path / "other"
    assert run("export", "json", "--progress", "-o", path).code == 0
    ran = run("import", "json", path, "--home", other, "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert sorted(told["added"]) == [
        "deep/er.yml", "latin.yaml", "mine.yaml", "overrides.yaml", "sources.yaml",
    ]  # fmt: skip
    assert (told["differs"], told["missing"], told["events"]["here"]) == ([], [], 0)
    assert files(other) == files(home)
    assert held(other) == held(home)
    again = tmp_path / "again.json"
    assert run("export", "json", "--progress", "-o", again, "--home", other).code == 0
    assert again.read_bytes() == path.read_bytes()
    told = json.loads(run("import", "json", path, "--home", other, "--json").out)
    assert (told["added"], told["events"]["came"]) == ([], 0)
    assert held(other) == held(home)


def test_other_programs_find_cards_and_sources_in_it(run: Run, home: Path) -> None:
    mine(home)
    document = json.loads(run("export", "json").out)
    assert list(document) == ["mlsd-cards", "program", "files", "cards", "sources"]
    cards = {card["card"]: card for card in document["cards"]}
    assert cards["how:c2"]["fields"]["ordinal"] == 2
    assert cards["how:c2"]["deck"] == "mine::own"
    assert cards["how:c2"]["tags"] == ["own"]
    assert cards["pick"]["fields"]["options"][0] == {
        "text": "This one", "correct": True, "why": "It is.",
    }  # fmt: skip
    works = {work["key"]: work["title"] for work in document["sources"]}
    assert works["w2020"] == "A work"


def test_ones_own_files_are_never_changed(run: Run, home: Path, tmp_path: Path) -> None:
    mine(home)
    path, other = tmp_path / "all.json", tmp_path / "other"
    run("export", "json", "-o", path)
    (other / "decks").mkdir(parents=True)
    (other / "decks" / "mine.yaml").write_text("cards:\n  - {id: mine, q: Mine?, a: Yes}\n")
    (other / "decks" / "x.yaml").write_text("cards:\n  - {id: cafe, q: Another one?, a: Yes}\n")
    before = files(other)
    dry = run("import", "json", path, "--home", other, "--dry-run", "--json")
    assert files(other) == before
    ran = run("import", "json", path, "--home", other, "--json")
    told = json.loads(ran.out)
    assert sorted(told["differs"]) == ["latin.yaml", "mine.yaml"]
    assert (dry.code, ran.code) == (1, 1)
    assert {**told, "result": "dry run", "missing": []} == json.loads(dry.out)
    assert before.items() <= files(other).items()
    assert set(told["missing"]) == {"how:c1", "how:c2", "pick"} | {
        card for card in told["missing"] if card.startswith("t-")
    }


def test_a_dry_run_takes_no_event_in(run: Run, home: Path, tmp_path: Path) -> None:
    run("answer", "ece-three-bins", "3")
    path, other = tmp_path / "all.json", tmp_path / "other"
    run("export", "json", "--progress", "-o", path)
    ran = run("import", "json", path, "--home", other, "--dry-run")
    assert ran.out.startswith("1 event would come; 0 here already.")
    assert held(other)["events"] == []


EVENT = {
    "card": "c", "time": 1, "device": "d", "uid": "ab", "kind": "reviewed", "at": 1, "offset": 0,
    "day": 1, "grade": 3, "scale": "1-4",
}  # fmt: skip
HEAD = {"mlsd-cards": 1}


def event(**more: Any) -> dict[str, Any]:
    return {**HEAD, "events": [{**EVENT, **more}]}


def file(name: Any, text: Any = "x") -> dict[str, Any]:
    return {**HEAD, "files": [{"file": name, "text": text}]}


BAD = {
    "empty": ("", ":1: this is no JSON"),
    "text": ("Not JSON", ":1: this is no JSON"),
    "array": ("[]", ":1: this is no JSON"),
    "cut": ('{"mlsd-cards": 1,\n"events": [\n{"card"', ":3: this is no JSON"),
    "deep": ('{"mlsd-cards": ' + "[" * 200_000, "this is no JSON"),
    "other": ({"decks": []}, "is no export of mlsd-cards"),
    "no version": ({"mlsd-cards": "1"}, "is no export of mlsd-cards"),
    "newer": ({"mlsd-cards": 2}, "is of version 2"),
    "uid": (event(uid="xyz"), "its uid is wrong"),
    "grade": (event(grade=5), "its grade is wrong"),
    "scale": (event(scale="x"), "its grade is wrong"),
    "late": (event(time=1 << 62), "its time is wrong"),
    "payload": (event(payload="{"), "its payload is wrong"),
    "setting": (event(kind="configured", payload='{"rollover": "x"}'), "its payload is wrong"),
    "undo of nothing": (event(kind="undone", payload="{}"), "its payload is wrong"),
    "surrogate": (event(card="\udc80"), "its card is wrong"),
    "no event": ({**HEAD, "events": [7]}, "its event is wrong"),
    "up": (file("../x.yaml"), "file 1"),
    "absolute": (file("/etc/x.yaml"), "file 1"),
    "hidden": (file("a/.x.yaml"), "file 1"),
    "backslash": (file("..\\x.yaml"), "file 1"),
    "no deck": (file("x.sh"), "file 1"),
    "no name": (file(3), "file 1"),
    "no text": (file("x.yaml", None), "file 1"),
    "odd text": (file("x.yaml", "\ud800"), "file 1"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_bent_is_refused_whole(run: Run, home: Path, tmp_path: Path, name: str) -> None:
    document, reason = BAD[name]
    path = tmp_path / "bad.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    ran = run("import", "json", path)
    assert (ran.code, ran.out) == (1, "")
    assert reason in ran.err
    assert "Traceback" not in ran.err
    assert held(home)["events"] == []


def test_a_link_leads_no_file_out_of_ones_decks(run: Run, home: Path, tmp_path: Path) -> None:
    (home / "decks").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (home / "decks" / "out").symlink_to(tmp_path / "elsewhere")
    path = tmp_path / "a.json"
    path.write_text(json.dumps(file("out/x.yaml", "cards:\n  - {q: a, a: b}\n")))
    assert run("import", "json", path).code == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), VALUES), st.sampled_from([None, 0, 3]), st.integers(1, 9))
def test_a_document_is_read_as_it_is_in_pieces_of_any_size(
    document: dict[str, Any], indent: int | None, size: int
) -> None:
    text = json.dumps(document, indent=indent)
    chunk, stream.CHUNK = stream.CHUNK, size
    try:
        found: dict[str, Any] = {
            key: [] for key, value in document.items() if isinstance(value, list)
        }
        for key, value in stream.pieces(io.StringIO(text), "x"):
            if isinstance(document[key], list):
                found[key].append(value)
            else:
                found[key] = value
    finally:
        stream.CHUNK = chunk
    assert found == document


KINDS = [kind for kind in log.UNDOABLE if kind != log.REVIEWED]


@st.composite
def stores(draw: st.DrawFn) -> Store:
    """A store in which something was done."""
    store = Store.in_memory()
    for number in range(draw(st.integers(0, 8))):
        moment = Moment.of(
            NOON + number * draw(st.integers(0, 10**9)), draw(st.integers(-720, 840))
        )
        card = draw(st.sampled_from(["a", "b:c1", "ü"]))
        if draw(st.booleans()):
            grade, scale = draw(st.sampled_from([(1, "1-4"), (4, "1-4"), (0, "0-5"), (5, "0-5")]))
            store.append(
                log.REVIEWED, card, moment, grade=grade, scale=scale,
                took=draw(st.none() | st.integers(0, 10**6)), source=log.REVIEW,
            )  # fmt: skip
        elif draw(st.booleans()):
            undo(store, moment)
        else:
            payload = {"note": draw(st.text(st.characters(codec="utf-8")))}
            store.append(draw(st.sampled_from(KINDS)), card, moment, payload=payload)
    return store


@given(stores(), stores())
def test_events_go_out_and_in_without_loss(one: Store, two: Store) -> None:
    for store, other in ((one, two), (two, one)):
        text = b",".join(archive._json(archive._event(event)) for event in ledger.each_event(other))
        document = f'{{"mlsd-cards": 1, "events": [{text.decode()}]}}'
        delivery = archive.Delivery("x")
        merge(store, delivery.events(stream.pieces(io.StringIO(document), "x")))
    assert one.events() == two.events()
    assert list(ledger.states(one)) == list(ledger.states(two))
    one.rebuild()
    assert list(ledger.states(one)) == list(ledger.states(two))


WHOLE = json.dumps(event(payload='{"a": 1}') | file("a/b.yaml")["files"][0] | {"cards": [{}]})


@settings(max_examples=300)
@given(st.data())
def test_no_document_however_bent_breaks_the_program(data: st.DataObject) -> None:
    bent = bytearray(WHOLE.encode())
    for at in data.draw(st.lists(st.integers(0, len(bent) - 1), max_size=4)):
        bent[at] = data.draw(st.sampled_from(b'"{}[],:0e-\x00\xffx'))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.json")
        path.write_bytes(bent)
        store = Store.in_memory()
        try:
            with path.open(encoding="utf-8-sig") as text:
                merge(store, archive.Delivery("x").events(stream.pieces(text, "x")))
        except UserError:
            assert ledger.size(store) == 0
        store.rebuild()
        store.close()
