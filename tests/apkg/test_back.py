"""Reviews done in Anki come back: from the real Anki, from packages in all forms, once each."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DAY_MS, NOON, Clock, Run
from mlsd_cards.anki import collection, read
from mlsd_cards.anki.back import DEVICE, Return
from mlsd_cards.anki.guid import Name
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import foreign, ledger, log
from mlsd_cards.store.admission import admitted
from mlsd_cards.store.database import Store
from mlsd_cards.store.exchange import as_object
from mlsd_cards.store.merge import merge
from mlsd_cards.store.undo import undo

DECK = """\
deck: zoo
cards:
  - {id: plain, q: What comes first?, a: The first answer}
  - {id: gaps, q: "The {{c1::first}} of {{c3::three::how many}}."}
"""
PLAIN, GAPS = Name("basic", "plain").guid, Name("cloze", "gaps").guid
INNER = collection.INNER
SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, ver integer);
CREATE TABLE notes (id integer PRIMARY KEY, guid text, flds text);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer, ord integer);
CREATE TABLE revlog (
    id integer PRIMARY KEY, cid integer, usn integer, ease integer, ivl integer, lastIvl integer,
    factor integer, time integer, type integer
);
"""


class Done(NamedTuple):
    """A review as Anki's log has it."""

    at: int
    guid: Any = PLAIN
    ordinal: Any = 0
    ease: Any = 3
    time: Any = 4000
    type: Any = 1
    factor: Any = 2500


def database(done: Iterable[Done], ver: Any = 11, more: str = "", *, wal: bool = False) -> bytes:
    """A collection with these reviews."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA + more)
    connection.execute("INSERT INTO col VALUES (1, ?)", (ver,))
    notes: dict[Any, int] = {}
    for one in done:
        note = notes.setdefault(one.guid, len(notes) + 1)
        card = note * 100 + (one.ordinal if type(one.ordinal) is int else 99)
        connection.execute("INSERT OR IGNORE INTO notes VALUES (?, ?, 'x')", (note, one.guid))
        connection.execute(
            "INSERT OR IGNORE INTO cards VALUES (?, ?, ?)", (card, note, one.ordinal)
        )
        row = (one.at, card, -1, one.ease, 1, 0, one.factor, one.time, one.type)
        connection.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    made = bytearray(connection.serialize())
    if wal:
        made[18:20] = b"\2\2"
    return bytes(made)


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def package(path: Path, *done: Done, inner: str = INNER[2]) -> Path:
    data = database(done, 18 if inner == INNER[0] else 11, wal=inner == INNER[0])
    data = zstandard.compress(data) if inner == INNER[0] else data
    path.write_bytes(zipped({inner: data, "media": b"{}"}))
    return path


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    path = tmp_path / "zoo.yaml"
    path.write_text(DECK)
    return path


@pytest.fixture
def bring(run: Run, decks: Path) -> Any:
    """Run ``import anki`` and read what it says."""

    def bring_(*arguments: Any, code: int = 0) -> Any:
        ran = run("import", "anki", *map(str, arguments), "--json", "--decks", decks)
        assert ran.code == code, ran.err
        return json.loads(ran.out) if code == 0 else ran.err

    return bring_


def answers(home: Path) -> list[tuple[str, int, int | None, str | None]]:
    """The answers that count, by card and time: with grade and scale."""
    store = Store.open(home)
    found = [
        (event.card, event.at, event.grade, event.scale)
        for event in log.effective(store.events())
        if event.kind == log.REVIEWED
    ]
    store.close()
    return sorted(found)


# from Anki itself


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Any]:
    """The real Anki's backend, with our two notes, each card answered."""
    pytest.importorskip("anki")
    from anki.collection import Collection

    col = Collection(str(tmp_path / "collection.anki2"))
    for guid, kind, text in (
        (PLAIN, "Basic", "What comes first?"),
        (GAPS, "Cloze", "The {{c1::first}} of {{c3::three}}."),
        ("other", "Basic", "Somebody else's?"),
    ):
        note = col.new_note(col.models.by_name(kind))
        note.guid, note.fields[0] = guid, text
        col.add_note(note, col.decks.id("Default"))
    yield col
    col.close()


def answer_all(col: Any, rating: int) -> list[tuple[int, int, int]]:
    """Answer every card once; card, time and button as Anki keeps them."""
    for _ in range(4):
        top = col.sched.get_queued_cards(fetch_limit=1).cards[0]
        card = col.get_card(top.card.id)
        card.start_timer()
        col.sched.answer_card(col.sched.build_answer(card=card, states=top.states, rating=rating))
        col.sched.bury_cards([card.id])
    rows: list[tuple[int, int, int]] = [
        tuple(row) for row in col.db.all("SELECT cid, id, ease FROM revlog ORDER BY id")
    ]
    return rows


@pytest.mark.parametrize("legacy", [False, True])
@pytest.mark.parametrize("suffix", ["apkg", "colpkg"])
def test_reviews_of_the_real_anki(
    anki: Any, bring: Any, home: Path, tmp_path: Path, clock: Clock, legacy: bool, suffix: str
) -> None:
    from anki.collection import ExportAnkiPackageOptions

    rows = answer_all(anki, 2)  # Good, the third button
    clock.now = max(at for _, at, _ in rows) + 1000
    path = tmp_path / f"out.{suffix}"
    if suffix == "apkg":
        options = ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
        anki.export_anki_package(out_path=str(path), options=options, limit=None)
    else:
        anki.export_collection_package(str(path), include_media=False, legacy=legacy)
        anki.reopen(after_full_sync=False)
    names = {anki.get_card(cid).note().guid: cid for cid, _, _ in rows}
    told = bring(path)
    assert (told["came"], told["cards"], told["here"], told["others"]) == (3, 3, 0, 1)
    expected = [(at, 3, "1-4") for cid, at, ease in rows if cid != names["other"]]
    assert sorted(row[1:] for row in answers(home)) == sorted(expected)
    assert {row[0] for row in answers(home)} == {"plain", "gaps:c1", "gaps:c3"}
    again = bring(path)
    assert (again["came"], again["here"]) == (0, 3)


# what comes


@pytest.mark.parametrize("inner", INNER)
def test_all_three_forms_hold_the_same(bring: Any, home: Path, tmp_path: Path, inner: str) -> None:
    done = (Done(NOON - DAY_MS), Done(NOON - 5, GAPS, 2, 1, 900))
    told = bring(package(tmp_path / "a.apkg", *done, inner=inner))
    assert (told["result"], told["came"], told["cards"]) == ("imported", 2, 2)
    assert answers(home) == [("gaps:c3", NOON - 5, 1, "1-4"), ("plain", NOON - DAY_MS, 3, "1-4")]


def test_the_best_form_counts_and_the_notice_beside_it_does_not(bring: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    best = zstandard.compress(database([Done(NOON)], 18, wal=True))
    old = database([Done(NOON - 1), Done(NOON - 2)])
    path.write_bytes(zipped({INNER[2]: old, INNER[1]: old, INNER[0]: best}))
    assert bring(path)["came"] == 1


def test_every_review_is_told_of(bring: Any, home: Path, tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.apkg",
        Done(NOON),
        Done(NOON + 1, ease=0, type=4),
        Done(NOON + 2, "somebody's"),
        Done(NOON + 3, Name("basic", "gone").guid),
        Done(NOON + 4, GAPS, 6),
        Done(NOON + 5, ease="x"),
        Done(NOON + 3 * DAY_MS),
        Done(NOON + 6, time=-5),
        Done(NOON + 7, type=3, factor=0),
        Done(NOON + 8, PLAIN, b"\0"),
    )
    told = bring(path)
    assert told["came"] == 3
    assert told["unknown"] == {"gone": 1, "gaps:c7": 1}
    assert [told[key] for key in ("here", "others", "by_hand", "unreadable")] == [0, 2, 1, 2]
    store = Store.open(home)
    events = store.events("plain")
    assert [(one.at - NOON, one.took, one.source) for one in events] == [
        (0, 4000, f"anki:{told['import']}"),
        (6, 0, f"anki:{told['import']}"),
        (7, 4000, log.PRACTICE),
    ]
    assert store.folded("plain") == log.fold(log.effective(events), store.scheduler)
    store.close()


def test_a_person_is_told_in_sentences(run: Run, decks: Path, tmp_path: Path) -> None:
    path = package(tmp_path / "a.apkg", Done(NOON), Done(NOON + 3, Name("basic", "gone").guid))
    ran = run("import", "anki", path, "--decks", decks)
    assert ran.out.splitlines()[:2] == [
        "1 review came, of 1 card; 0 here already.",
        "Left out: 1 review of cards that no deck has: gone.",
    ]
    ran = run("import", "anki", "--undo", "--decks", decks)
    assert ran.out.startswith("1 review of a.apkg taken back.")


def test_answers_that_went_out_come_back_as_known(
    bring: Any, run: Run, tmp_path: Path, decks: Path
) -> None:
    run("answer", "plain", "3", "--decks", decks)
    told = bring(package(tmp_path / "a.apkg", Done(NOON), Done(NOON + 60_000, ease=1)))
    assert (told["came"], told["here"]) == (1, 1)


def test_an_answer_taken_back_here_does_not_return(
    bring: Any, home: Path, tmp_path: Path, run: Run, decks: Path
) -> None:
    run("answer", "plain", "3", "--decks", decks)
    store = Store.open(home)
    assert undo(store, Moment.of(NOON + 1, 0))
    store.close()
    assert bring(package(tmp_path / "a.apkg", Done(NOON)))["here"] == 1
    assert answers(home) == []


def test_a_dry_run_says_the_same_and_writes_nothing(bring: Any, home: Path, tmp_path: Path) -> None:
    path = package(tmp_path / "a.apkg", Done(NOON), Done(NOON + 1, ease=0))
    dry = bring(path, "--dry-run")
    assert answers(home) == []
    assert bring("--undo", code=1)
    assert {**bring(path), "result": "dry run"} == dry


def test_an_import_is_undone_by_file_by_id_or_as_the_last(
    bring: Any, home: Path, tmp_path: Path
) -> None:
    one = package(tmp_path / "one.apkg", Done(NOON))
    two = package(tmp_path / "two.apkg", Done(NOON), Done(NOON + 1, GAPS))
    first, both = bring(one), answers(home)
    second = bring(two)
    assert (second["came"], second["here"]) == (1, 1)
    assert bring("--undo") == {
        "result": "undone", "import": second["import"], "file": "two.apkg", "gone": 1,
    }  # fmt: skip
    assert answers(home) == both
    assert bring(one, "--undo")["gone"] == 1
    assert answers(home) == []
    assert "nothing" in bring(one, "--undo", code=1)
    assert "nothing" in bring("--undo", code=1)
    assert bring(two)["came"] == 2
    assert bring(first["import"], "--undo", code=1)
    assert bring(second["import"], "--undo")["gone"] == 2


def test_taking_back_many_leaves_the_time_where_it_is(
    bring: Any, home: Path, tmp_path: Path
) -> None:
    bring(package(tmp_path / "a.apkg", *(Done(NOON - at) for at in range(50))))
    bring("--undo")
    store = Store.open(home)
    assert max(event.time for event in store.events()) < NOON + 5
    store.close()


# properties


def reviews(picked: Iterable[tuple[str, int, int]]) -> list[read.Review]:
    """Reviews of few cards at few times: what two files have in common is the same in both."""
    return [
        read.Review(card, read.Row(NOON + at * 700, 1 + (at + len(card)) % 4, 1, 0, 0, 9, kind))
        for card, at, kind in sorted(set(picked))
    ]


FILES = st.sets(st.tuples(st.sampled_from("ab"), st.integers(0, 6), st.just(1))).map(reviews)


class Machine:
    """A store into which files are imported."""

    def __init__(self) -> None:
        self.store = Store.in_memory()
        self.now = NOON + DAY_MS

    def bring(self, file: list[read.Review]) -> Return:
        self.now += 1000
        name = f"{abs(hash(tuple(file))):x}"
        came = Return(self.store, "ab", lambda at: Moment.of(at, 0), name)
        foreign.keep(
            self.store, came.events(file), foreign.Import(name, "f"), Moment.of(self.now, 0)
        )
        return came

    def undo(self) -> None:
        self.now += 1000
        foreign.undo(self.store, DEVICE, None, Moment.of(self.now, 0))

    def stands(self) -> Any:
        """All states but their heads, which are of the very events."""
        for card in "ab":
            folded = log.fold(log.effective(self.store.events(card)), self.store.scheduler)
            assert self.store.folded(card) == folded
        return {card: folded._replace(head="") for card, folded in ledger.states(self.store)}

    def times(self) -> set[tuple[str, int]]:
        live = log.effective(self.store.events())
        assert len({(event.card, event.at) for event in live}) == len(live)
        return {(event.card, event.at) for event in live}


@given(FILES, FILES)
def test_any_two_files_make_their_union_in_any_order(
    one: list[read.Review], two: list[read.Review]
) -> None:
    first, second, whole = Machine(), Machine(), Machine()
    for file in (one, two, one):
        first.bring(file)
    for file in (two, one, two):
        second.bring(file)
    whole.bring(sorted({*one, *two}))
    assert first.stands() == second.stands() == whole.stands()
    assert first.times() == {(review.card, review.row.id) for review in [*one, *two] if review.row}


@given(FILES, FILES, st.integers(1, 3))
def test_undo_is_as_if_never_and_again_as_if_never_undone(
    one: list[read.Review], two: list[read.Review], rounds: int
) -> None:
    machine = Machine()
    machine.bring(one)
    before = machine.stands()
    came = machine.bring(two)
    after = machine.stands()
    for _ in range(rounds):
        if came.came:
            machine.undo()
        assert machine.stands() == before
        machine.bring(two)
        assert machine.stands() == after


@given(st.lists(st.tuples(st.booleans(), st.booleans(), FILES), max_size=6))
def test_machines_that_import_and_sync_agree(
    steps: list[tuple[bool, bool, list[read.Review]]],
) -> None:
    machines = Machine(), Machine()
    machines[1].store.device = "other"
    for first, undoing, file in steps:
        machine = machines[first]
        if undoing:
            machine.undo()
        else:
            machine.bring(file)
    logs = [machine.store.events() for machine in machines]
    for machine, other in zip(machines, reversed(logs), strict=True):
        merge(machine.store, other)
    assert machines[0].stands() == machines[1].stands()
    machines[0].times()


# packages made by others


def stub() -> bytes:
    note = "INSERT INTO notes VALUES (1, 'x', 'Please update to the latest Anki version, then …');"
    return database([], more=note)


def liar(data: bytes, says: int) -> bytes:
    """A zip whose first entry says that it is larger than it is."""
    size = len(data).to_bytes(4, "little")
    made = zipped({INNER[2]: data})
    return made.replace(size, says.to_bytes(4, "little"))


WELL = database([Done(NOON)])
SQLITE_ZEROS = WELL[:100] + bytes(70 << 20)
BAD = {
    "nothing": (b"", "no whole package"),
    "text": (b"Not a zip at all.", "no whole package"),
    "cut": (zipped({INNER[2]: WELL})[:-30], "no whole package"),
    "no collection": (zipped({"readme": b"x"}), "holds no collection"),
    "stub": (zipped({INNER[2]: stub()}), "notice for old versions"),
    "stub by the form": (zipped({INNER[2]: WELL, "meta": b"\x08\x03"}), "notice for old versions"),
    "packed as nobody does": (zipped({INNER[2]: WELL}, zipfile.ZIP_LZMA), "no whole package"),
    "newer package": (zipped({INNER[2]: WELL, "meta": b"\x08\x04"}), "newer Anki"),
    "newer schema": (zipped({INNER[2]: database([], 19)}), "version 19"),
    "odd schema": (zipped({INNER[2]: database([], "x")}), "version x"),
    "live": (WELL, "Anki's own file"),
    "no database": (zipped({INNER[2]: b"x" * 5000}), "no package"),
    "database cut": (zipped({INNER[2]: WELL[:-4096]}), "cut short"),
    "zstd cut": (zipped({INNER[0]: zstandard.compress(WELL)[:-100]}), "cut short"),
    "no zstd": (zipped({INNER[0]: WELL}), "no whole package"),
    "bomb": (zipped({INNER[2]: SQLITE_ZEROS}), "would unpack"),
    "zstd bomb": (zipped({INNER[0]: zstandard.compress(SQLITE_ZEROS)}), "would unpack"),
    "liar": (liar(WELL, 3 << 30), "would unpack"),
    "view": (
        zipped({INNER[2]: database([], more="DROP TABLE revlog; CREATE VIEW revlog AS SELECT 1;")}),
        "holds no collection",
    ),
    "a name that is no text": (
        zipped({INNER[2]: WELL.replace(b"CREATE TABLE cards", b"CREATE TABLE \x80ards")}),
        "is damaged",
    ),
    "computed column": (
        zipped(
            {
                INNER[2]: database(
                    [], more="ALTER TABLE revlog ADD COLUMN x AS (hex(zeroblob(1000000000)));"
                )
            }
        ),
        "holds no collection",
    ),
    "other tables": (
        zipped({INNER[2]: database([], more="DROP TABLE cards; CREATE TABLE cards (x);")}),
        "is damaged",
    ),
}


def test_whatever_a_row_says_the_answer_can_go_to_other_machines(
    bring: Any, home: Path, tmp_path: Path
) -> None:
    times = (2**62, -(2**62), 0)
    bring(package(tmp_path / "a.apkg", *(Done(NOON - n, time=t) for n, t in enumerate(times))))
    store = Store.open(home)
    assert [admitted(as_object(event)) for event in store.events()] == store.events()
    store.close()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_package_is_refused_with_the_reason(
    bring: Any, home: Path, tmp_path: Path, name: str
) -> None:
    data, reason = BAD[name]
    path = tmp_path / "bad.apkg"
    path.write_bytes(data)
    assert reason in bring(path, code=1)
    assert answers(home) == []


def test_what_is_no_file_is_refused(bring: Any, tmp_path: Path) -> None:
    assert "is a folder" in bring(tmp_path, code=1)
    assert "cannot be read" in bring(tmp_path / "none.apkg", code=1)
    assert "no ordinary file" in bring("/dev/zero", code=1)


def test_names_in_a_package_are_never_paths(bring: Any, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a.apkg"
    path.parent.mkdir(parents=True)
    names = {"../../out": b"x", str(tmp_path / "out"): b"x", "..\\out": b"x"}
    path.write_bytes(zipped({**names, INNER[2]: WELL}))
    assert bring(path)["came"] == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["deep", "home", "zoo.yaml"]


def opened(data: bytes) -> None:
    """Read a package to its end; ``UserError`` is all that may come of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.apkg")
        path.write_bytes(data)
        try:
            with collection.opened(str(path)) as connection:
                came = Return(
                    Store.in_memory(), {"plain", "gaps:c1"}, lambda at: Moment.of(at, 0), "x"
                )
                rows = read.reviews(connection, NOON)
                list(came.events(rows))
        except UserError:
            pass


MANY = database([Done(NOON - at, (PLAIN, GAPS, "x")[at % 3], at % 3) for at in range(400)])
WRAPPED = [
    zipped({INNER[2]: MANY}),
    zipped({INNER[1]: MANY}, zipfile.ZIP_STORED),
    zipped({INNER[0]: zstandard.compress(MANY)}, zipfile.ZIP_STORED),
    zipped({INNER[2]: MANY, "meta": b"\x08\x01"}, zipfile.ZIP_LZMA),
]


@settings(max_examples=150)
@given(st.sampled_from(WRAPPED), st.data())
def test_no_package_however_bent_breaks_the_program(whole: bytes, data: st.DataObject) -> None:
    bent = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(bent) - 1), max_size=8)):
        bent[at] = data.draw(st.integers(0, 255))
    opened(bytes(bent[: data.draw(st.sampled_from([len(bent), len(bent) // 2, len(bent) - 9]))]))


@settings(max_examples=150)
@given(st.data())
def test_no_database_however_bent_breaks_the_program(data: st.DataObject) -> None:
    bent = bytearray(MANY)
    for at in data.draw(st.lists(st.integers(0, len(bent) - 1), max_size=20)):
        bent[at] = data.draw(st.sampled_from([0, 1, 2, 5, 10, 13, 127, 128, 255]))
    opened(zipped({INNER[2]: bytes(bent)}, zipfile.ZIP_STORED))
