"""Any sequence of edits of a library, each followed by an export and an import."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import NOON
from desktop import Anki
from mlsd_cards.anki import content, notetype
from mlsd_cards.anki.content import Work
from mlsd_cards.anki.edition import NAME, WITHDRAWN, Edition
from mlsd_cards.anki.export import Exported, Exporter
from mlsd_cards.cards.card import KINDS
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.catalogue import EVERYTHING
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge


class Entry(NamedTuple):
    """A note of the library: what it asks in which version, and where it stands."""

    kind: str
    version: int
    deck: str
    tag: str

    @property
    def prompt(self) -> str:
        gap = "".join(f" {{{{c{n}::gap}}}}" for n in range(1, 2 + self.version % 3))
        return f"Version {self.version}{gap if self.kind == 'cloze' else ''}"

    def written(self, note: str) -> str:
        answer = "" if self.kind == "cloze" else ", answer: It is."
        return (
            f'  - {{id: {note}, topic: t, tags: [{self.tag}], prompt: "{self.prompt}"{answer}}}\n'
        )


class World:
    """A library with its store, and a collection that takes in every export of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store.open(folder / "home")
        self.at = NOON

    def export(self, notes: dict[str, Entry], *, later_ms: int = 1000) -> tuple[Path, Exported]:
        """Write the decks and export them."""
        self.at += later_ms
        decks = self.folder / "decks"
        decks.mkdir(exist_ok=True)
        for path in decks.iterdir():
            path.unlink()
        for deck in {entry.deck for entry in notes.values()}:
            cards = (one.written(note) for note, one in notes.items() if one.deck == deck)
            (decks / f"{deck}.yaml").write_text(f"deck: {deck}\ncards:\n{''.join(cards)}")
        moment = Moment.of(self.at, 0)
        library = Library.open(self.store, [Root(str(decks), needed=False)], lambda: moment)
        file = self.folder / "out.apkg"
        exporter = Exporter(library.catalogue, EVERYTHING, moment, whole=True, with_progress=False)
        return file, exporter.write(str(file))


@contextmanager
def world() -> Iterator[World]:
    with TemporaryDirectory() as folder:
        one = World(Path(folder))
        yield one
        one.store.close()


ENTRIES = st.builds(
    Entry,
    kind=st.sampled_from(["basic", "cloze"]),
    version=st.integers(0, 4),
    deck=st.sampled_from(["one", "two"]),
    tag=st.sampled_from(["x", "y"]),
)
LIBRARIES = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), ENTRIES, max_size=4)
LATER = st.sampled_from([-5000, 0, 1, 900, 60_000])
"""By how much a clock goes on between two exports (ms): it may stand, and be set back."""


@settings(max_examples=12)
@given(st.lists(st.tuples(LIBRARIES, LATER), min_size=2, max_size=5))
def test_every_note_is_there_once_as_it_was_last(
    steps: list[tuple[dict[str, Entry], int]],
) -> None:
    pytest.importorskip("anki")
    with world() as one:
        anki = Anki(one.folder / "c.anki2")
        known: dict[str, Entry] = {}
        gone: set[str] = set()
        for notes, later in steps:
            library = {f"mlsd:{entry.kind}:{note}": entry for note, entry in notes.items()}
            kept = {guid for guid in library.keys() & known.keys() - gone
                    if same(library[guid], known[guid])}  # fmt: skip
            new, left = library.keys() - known.keys(), known.keys() - library.keys() - gone
            updated = left | (library.keys() - new - kept)
            file, said = one.export(notes, later_ms=later)
            done = anki.take(file)
            wanted = {"new": len(new), "updated": len(updated), "duplicate": len(kept)}
            assert done == {what: count for what, count in wanted.items() if count}
            assert said.new == len(new | gone & library.keys())
            assert len(said.withdrawn) == len(left)
            known |= library
            gone = known.keys() - library.keys()
            assert anki.guids() == known.keys()
            for guid, entry in known.items():
                note = anki.note(guid)
                assert plain(note["Prompt"]) == entry.prompt
                assert ("mlsd-withdrawn" in note.tags) == (guid in gone)
                assert entry.tag in note.tags
            anki.check()
        anki.col.close()


def same(one: Entry, other: Entry) -> bool:
    """Whether Anki has nothing to change; a deck is where its user put it."""
    return one._replace(deck="") == other._replace(deck="")


def plain(text: str) -> str:
    return text.replace("&#123;", "{").replace("&#125;", "}")


# times of change


def test_a_second_machine_with_the_log_gives_the_same_times() -> None:
    first = {"a": Entry("basic", 1, "one", "x"), "b": Entry("cloze", 1, "one", "x")}
    second = {**first, "b": Entry("cloze", 2, "one", "x")}
    with world() as one, world() as other:
        one.export(first)
        one.export(second, later_ms=5_000_000)
        merge(other.store, one.store.events())
        other.at -= 1_000_000
        _, said = other.export(second)
        assert (said.new, said.changed) == (0, 0)
        assert [times(each.folder / "out.apkg") for each in (one, other)] == [
            {"mlsd:basic:a": NOON // 1000 + 1, "mlsd:cloze:b": NOON // 1000 + 5001}
        ] * 2


def times(package: Path) -> dict[str, int]:
    """When the notes of a package changed, as it says."""
    with TemporaryDirectory() as folder, zipfile.ZipFile(package) as packed:
        connection = sqlite3.connect(packed.extract("collection.anki2", folder))
        found = dict(connection.execute("SELECT guid, mod FROM notes").fetchall())
        connection.close()
    return found


def exported(time: int, notes: dict[str, str], at: int) -> Event:
    payload = log.packed({"at": at, "notes": notes})
    return Event(NAME, time, "d", f"{time:x}", log.EXPORTED, time, 0, 0, payload=payload)


def test_a_content_that_comes_back_is_a_change() -> None:
    events = [
        exported(3, {"g": "one"}, 30),
        exported(1, {"g": "one"}, 10),
        exported(2, {"g": "two"}, 20),
    ]
    edition = Edition(events, 100)
    assert (edition.time("g", "one"), edition.fresh) == (30, {})
    assert edition.time("g", "two") == 100
    assert edition.fresh == {"g": "two"}


def test_two_machines_that_saw_the_same_agree_on_the_first() -> None:
    events = [exported(1, {"g": "one"}, 10), exported(2, {"g": "one"}, 20)]
    assert Edition(events, 100).time("g", "one") == 10


def test_a_clock_that_was_set_back_hides_no_change() -> None:
    edition = Edition([exported(1, {"g": "one"}, 1000)], 5)
    assert edition.time("g", "two") == 1001
    assert edition.time("g", "one") == 1000
    assert not edition.is_new("g")
    assert edition.is_new("h")


def test_a_payload_that_means_nothing_is_passed_over() -> None:
    strange = exported(1, {}, 1)._replace(payload='{"at": "x", "notes": []}')
    assert Edition([strange, strange._replace(payload=None)], 7).time("g", "one") == 7


def test_a_note_that_left_and_came_back_is_new() -> None:
    events = [exported(1, {"g": "one"}, 10), exported(2, {"g": WITHDRAWN}, 20)]
    edition = Edition(events, 100)
    assert edition.time("g", WITHDRAWN) == 20
    assert edition.is_new("g")
    assert edition.time("g", "one") == 100


# what makes a content another

BODY = {"prompt": "p", "answer": "a", "explanation": "e", "difficulty": 2, "expected_s": 60}
WORKS = (Work("A 2019. T.", "A 2019. T."),)


@pytest.mark.parametrize(
    ("change", "is_other"),
    [
        ({"prompt": "q"}, True),
        ({"explanation": ""}, True),
        ({"difficulty": 3}, True),
        ({"expected_s": 90}, False),
        ({"requires": ["x"], "lint_ok": ["L01"], "base": "f"}, False),
        ({"ordinal": 2, "id": "n:c2", "note": "n"}, False),
        ({"new_field": "", "another": [], "third": None}, False),
        ({"new_field": "used"}, True),
    ],
)
def test_a_content_is_what_anki_shows(change: dict[str, object], is_other: bool) -> None:
    before = content.digest("basic", BODY, ("x",), WORKS)
    assert (content.digest("basic", {**BODY, **change}, ("x",), WORKS) != before) == is_other


def test_tags_sources_and_the_time_of_a_rubric_are_content() -> None:
    longer = {**BODY, "expected_s": 90}
    digests = {
        content.digest("basic", BODY, ("x",), WORKS),
        content.digest("basic", BODY, ("y",), WORKS),
        content.digest("basic", BODY, ("x",), ()),
        content.digest("rubric", BODY, ("x",), WORKS),
        content.digest("rubric", longer, ("x",), WORKS),
    }
    assert len(digests) == 5


# what must never change


def test_note_types_are_what_they_were() -> None:
    """Another field, name or id here and Anki would make a second note type of each."""
    assert set(notetype.ORDER) == set(KINDS)
    shapes = [notetype.shape(kind) for kind in notetype.ORDER]
    assert [shape["model_id"] - 1_795_262_400_000 for shape in shapes] == list(range(10))
    for shape in shapes:
        names = [field["name"] for field in shape["fields"]]
        assert names == [
            "Prompt", "Answer", "Why", "Body", "Sources", "Facts", "Id",
            "Spare 1", "Spare 2", "Spare 3", "Spare 4",
        ]  # fmt: skip
        first = shape["model_id"] * 100
        assert [field["id"] - first for field in shape["fields"]] == list(range(1, 12))
        assert [template["id"] - first for template in shape["templates"]] == [0]
    assert content.FORM == 1
