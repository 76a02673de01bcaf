"""Events from elsewhere, by a folder, a document or a copy: what comes in can always be read."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import NOON, Run
from hostile.bent import bent, value
from interviews import CASE
from mlsd_cards.errors import UserError
from mlsd_cards.store import archive, exchange, ledger, log, salvage, stream
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.database import Store
from mlsd_cards.store.exchange import Mark, Reading
from mlsd_cards.store.merge import merge
from mlsd_cards.study.interview.attempt import begin, read
from mlsd_cards.study.interview.score import of_record, record, score
from mlsd_cards.study.quiz import kept
from mlsd_cards.term.interview.words import told

EVENT = {
    "card": "first", "time": 1, "device": "d", "uid": "ab", "kind": "reviewed", "at": NOON,
    "offset": 0, "day": 20_778, "grade": 3, "scale": "1-4", "took": 5, "source": "review",
}  # fmt: skip
DEEP = '{"event": ' + "[" * 100_000 + "]" * 100_000 + "}"
REFUSED: dict[str, dict[str, Any]] = {
    "NaN, at which SQLite stops": {"kind": "undone", "payload": '{"event": "ab", "x": NaN}'},
    "Infinity": {"kind": "flagged", "payload": '{"note": -Infinity}'},
    "a key twice, which two programs read as two values": {
        "kind": "undone",
        "payload": '{"event": "ab", "event": "cd"}',
    },
    "a deep payload": {"kind": "undone", "payload": DEEP},
    "an identity that is no digest": {"kind": "identified", "payload": '{"text": "\\ud800"}'},
    "an id that would be written into a deck": {
        "kind": "identified",
        "card": "x\n    answer: y",
        "payload": '{"text": "ab"}',
    },
    "a text that is none": {"card": "\ud800"},
    "a uid that leaves no trace": {"uid": "000"},
    "NUL": {"card": "a\0b"},
    "a grade of nobody": {"grade": 5},
    "a number as text": {"time": "1"},
    "truth as a number": {"took": True},
    "a day at the end of time": {"day": 2**62},
}


def line(**more: Any) -> str:
    return json.dumps({**EVENT, **more})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "between"
    path.mkdir()
    return path


def written(folder: Path, *lines: str, name: str = "other.jsonl") -> None:
    head = json.dumps({exchange.FORMAT: 1, "device": "d"})
    (folder / name).write_text("\n".join([head, *lines]) + "\n", "utf-8", "surrogatepass")


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_not_be_read_again_is_passed_over(
    run: Run, deck: Path, folder: Path, name: str
) -> None:
    written(folder, line(**REFUSED[name]), line(uid="cd"))
    ran = run("sync", folder)
    assert "0 events out, 1 in" in ran.out
    assert "other.jsonl:2: is no event" in ran.out
    assert run("due", "--decks", deck).code == 0


# whatever stands in a payload


PAPER = {
    "seed": 1, "title": "t", "limit_ms": 60_000, "each_ms": None, "certainty": True, "count": False,
    "place": True, "items": [["first", 0], ["second", 0]], "prints": ["x", "y"],
    "plan": {"most": 3, "decks": [], "tags": [], "topics": []},
}  # fmt: skip
NOTES = [
    {"item": 0, "given": {"said": 1}, "certainty": 1, "took": 5, "left": 9},
    {"item": 1, "given": {"picked": [0]}, "certainty": 0, "took": 5, "left": 9},
    {"item": 1, "given": {"order": [1, 0]}, "certainty": 0, "took": 5, "left": 9},
    {"item": 0, "flagged": True},
    {"paused": 3},
    {"asked": ["first", 0], "print": "x"},
]
RESULT = {"how": "handed in", "items": [{"verdict": "right", "score": 1}], "placement": {}}
ATTEMPT = begin(CASE, "parcels", 1)
INTERVIEW = [
    ATTEMPT.paper(),
    *({"line": "a note"}, {"clock": [1] * 7, "step": 2}, {"text": "a\nb"}, {"asked": 0}),
    *({"must": [0, 0, 1]}, {"paused": 5}),
]


@settings(max_examples=300)
@given(st.integers(0, 1 << 60))
@example(3197)
def test_any_interview_is_read_or_is_none(seed: int) -> None:
    rng = Random(seed)
    paper, *notes = bent(INTERVIEW, rng)[:7] or [{}]
    paper = paper if isinstance(paper, dict) else {}
    found = read(paper, [one for one in notes if isinstance(one, dict)])
    result = of_record(bent(record(score(ATTEMPT)), rng))
    for one in (found and score(found), result):
        if one:
            assert [words.text for words in told(one)]
            json.dumps(record(one))


def test_what_was_done_is_read_as_it_was() -> None:
    paper, *notes = INTERVIEW
    found = read(paper, notes)
    assert found is not None
    assert (found.at, found.notes[2], found.paused) == (2, ("a", "b"), 5)
    assert of_record(record(score(found))) == score(found)
    assert kept.is_paper(PAPER)
    assert kept.sound(NOTES) == NOTES


def done(folder: Path, device: str, rng: Random) -> None:
    """A file of sittings and flags that make no sense, as of a machine with that name."""
    lines = []
    for number in range(40):
        what = rng.choice(["quiz", "interview", "card", "anki:export", "import"])
        if what == "quiz":
            kind, whole = rng.choice(
                [(log.BEGUN, PAPER), (log.NOTED, rng.choice(NOTES)), (log.ENDED, RESULT)]
            )
        elif what == "interview":
            kind, whole = rng.choice(
                [(log.BEGUN, INTERVIEW[0]), (log.NOTED, rng.choice(INTERVIEW[1:]))]
            )
        else:
            kind, whole = rng.choice([log.FLAGGED, log.EXPORTED, log.IMPORTED, "new"]), {"note": ""}
        card = {"card": "first", "anki:export": what}.get(what, f"{what}/{rng.randrange(3)}")
        payload = json.dumps(bent(whole, rng) if rng.random() < 0.8 else {"at": value(rng)})
        more = {"card": card, "kind": kind, "device": device, "payload": payload, "grade": None}
        lines.append(line(uid=f"{rng.getrandbits(60):x}", time=number, **more))
    written(folder, *lines, name=f"{rng.random()}.jsonl")


LOOKS = (
    *(("due",), ("quiz", "--history"), ("quiz", "--history", "--json"), ("quiz", "--hand-in")),
    *(("interview", "--history"), ("interview", "--show", "1", "--json"), ("quiz", "--show", "1")),
    *(("interview", "mock-parcels", "--plain"), ("flag", "--list"), ("flag", "--list", "--json")),
    *(("why", "first"), ("interview",), ("import", "anki", "--undo"), ("doctor",)),
)


@pytest.mark.parametrize("seed", range(6))
def test_every_command_lives_with_sittings_that_make_no_sense(
    run: Run, deck: Path, home: Path, folder: Path, tmp_path: Path, seed: int
) -> None:
    run("answer", "first", "good", "--decks", deck)
    with sqlite3.connect(home / "cards.db") as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
    connection.close()
    done(folder, row[0], Random(seed))
    assert run("sync", folder).code == 0
    case = tmp_path / "case.json"  # JSON is YAML
    fields = {name: getattr(CASE, name) for name in ("id", "prompt", "follow_ups", "expected_s")}
    steps = [step._asdict() for step in CASE.steps]
    case.write_text(json.dumps({"cards": [{**fields, "type": "rubric", "steps": steps}]}))
    both = case.rename(tmp_path / "case.yaml")
    for look in LOOKS:
        decks = [] if look[0] == "doctor" else ["--decks", str(deck), "--decks", str(both)]
        ran = run(*look, *decks)
        assert ran.code in (0, 1), ran.err
        assert "damaged" not in ran.err
        assert "\x1b" not in ran.out + ran.err
    assert run("export", "anki", "-o", tmp_path / "o.apkg", "--decks", deck).code == 0


# files as they are


@settings(max_examples=150)
@given(st.binary(max_size=200), st.binary(max_size=200), st.booleans())
def test_any_bytes_in_the_folder_are_faults_with_their_lines(
    head: bytes, data: bytes, ours: bool
) -> None:
    begun = json.dumps({exchange.FORMAT: 1}).encode() + b"\n" + line().encode() + b"\n"
    content = (begun if ours else head) + data
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "x.jsonl").write_bytes(content)
        reading = Reading(folder, "x.jsonl", Mark())
        events = list(reading.events())
    assert len(events) >= ours
    for fault in reading.faults:
        assert 0 <= fault.line <= content.count(b"\n") + 1
        assert str(fault).isprintable()


@settings(max_examples=200)
@given(st.integers(0, 1 << 60))
def test_what_is_admitted_can_be_folded(seed: int) -> None:
    store = Store.in_memory()
    rng = Random(seed)
    kinds = ("reviewed", "placed", "undone", "configured", "identified", "called", "reset", "new")
    whole = {**EVENT, "kind": rng.choice(kinds), "payload": '{"event": "ab", "drill_below": 3}'}
    for _ in range(4):
        try:
            merge(store, [admitted({**bent(whole, rng), "uid": f"{rng.getrandbits(60):x}"})])
        except ValueError as error:
            assert str(error) in {*EVENT, "payload", "event"}
    before = list(ledger.states(store))
    store.rebuild()
    assert list(ledger.states(store)) == before
    store.close()


@settings(max_examples=100)
@given(st.integers(0, 1 << 60))
def test_any_document_is_taken_in_or_refused_whole(seed: int) -> None:
    whole = {"mlsd-cards": 1, "events": [EVENT], "cards": [{"card": "x"}], "files": [
        {"file": "a.yaml", "bundled": False, "text": "cards: []"}]}  # fmt: skip
    store = Store.in_memory()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.json")
        path.write_text(json.dumps(bent(whole, Random(seed))))
        with path.open() as text:
            delivery = archive.Delivery("x")
            try:
                merge(store, delivery.events(stream.pieces(text, "x")))
            except UserError:
                assert ledger.size(store) == 0
        for kept_file in delivery.files:
            there = Path(archive.path_of(folder, kept_file)).resolve()
            assert there.is_relative_to(Path(folder).resolve())
    store.close()


# copies


@pytest.fixture
def copy(run: Run, deck: Path, home: Path, tmp_path: Path) -> Path:
    """A copy of a store with one answer."""
    run("answer", "first", "good", "--decks", deck)
    path = tmp_path / "copy.db"
    with sqlite3.connect(home / "cards.db") as connection:
        connection.execute("VACUUM INTO ?", (str(path),))
    connection.close()
    return path


def changed(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def test_a_copy_that_computes_its_events_is_not_waited_for(run: Run, copy: Path) -> None:
    columns = ", ".join(["n"] * len(log.Event._fields))
    changed(
        copy,
        "ALTER TABLE event RENAME TO gone; CREATE VIEW event AS WITH RECURSIVE x(n) AS "
        f"(SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT {columns} FROM x;",
    )
    assert salvage.damage(str(copy)) == "it has no table of events"
    assert run("restore", copy).code == 0


def test_rows_of_a_copy_that_are_no_events_are_passed_over(
    run: Run, copy: Path, deck: Path
) -> None:
    rows = "".join(
        f"INSERT INTO event SELECT card, time, device, '{uid}', {kind}, at, utc_offset, day, "
        f"{grade}, scale, took, source, {payload} FROM event WHERE uid NOT LIKE 'f0%' LIMIT 1;"
        for uid, kind, grade, payload in (
            ("f00", "kind", 77, "NULL"),
            ("f01", "'undone'", "NULL", "'{NaN}'"),
            ("f03", "'reviewed'", 2, "NULL"),
        )
    )
    schema = "PRAGMA ignore_check_constraints = ON;"
    changed(copy, schema + rows)
    assert run("restore", copy).out.startswith("1 event came back")
    assert run("why", "first", "--decks", deck).code == 0


def test_what_is_no_copy_is_refused(run: Run, deck: Path, copy: Path, tmp_path: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    noise = Random(1).randbytes(20_000)
    for name, data in {
        "noise": noise,
        "head": b"SQLite format 3\0" + noise,
        "torn": copy.read_bytes()[:5000],
        "empty": b"",
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        ran = run("restore", path)
        assert ran.code in (0, 1), name
        assert "Traceback" not in ran.err
    shutil.rmtree(tmp_path / "home" / "backups", ignore_errors=True)
    assert run("due", "--decks", deck).code == 0
