"""Packages taken in by the real Anki, with the settings that a desktop user has by default."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import Clock, Run

pytest.importorskip("anki")
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

PLAIN = """\
  - {id: plain, topic: one, prompt: "Which is *first*?", answer: "`a` and $x < y$",
     tags: ["step:4"]}
"""

DECK = (
    """\
deck: zoo::mammals
tags: ["family:rec"]
cards:
"""
    + PLAIN
    + """\
  - {id: gaps, topic: one,
     prompt: "The {{c1::first}} of {{c3::three::how many}} and {{c1::again}}."}
  - id: pick
    type: mcq
    topic: two
    prompt: Which is right?
    options:
      - {text: This one, correct: true, why: By design.}
      - {text: That one, correct: false, why: By accident.}
      - {text: Another, correct: false, why: By mistake.}
"""
)

BUNDLED = """\
deck: d
title: A deck
description: One card.
tags: [d]
cards:
  - {id: stays, type: basic, topic: t, difficulty: 1, expected_s: 30, prompt: Does it stay?,
     answer: It does., explanation: Nobody touches it., tags: ["step:1"], sources: [a]}
"""

SOURCES = """\
sources:
  a: {title: A work, authors: "Ann Author, Bob Other", year: "2019", arxiv: "1906.00001"}
"""

PLACES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype")


class Anki:
    """A desktop user's collection."""

    def __init__(self, path: Path) -> None:
        self.col = Collection(str(path))

    def take(self, package: Path, *, progress: bool = False) -> dict[str, int]:
        """Import a package; how many notes fared how, without the zeros."""
        done = self.col.import_anki_package(
            ImportAnkiPackageRequest(
                package_path=str(package),
                options=ImportAnkiPackageOptions(with_scheduling=progress),
            )
        )
        self.col.models._clear_cache()
        counts = {place: len(getattr(done.log, place)) for place in PLACES}
        return {place: count for place, count in counts.items() if count}

    def note(self, guid: str) -> Any:
        (id_,) = self.col.db.list("select id from notes where guid = ?", guid)
        return self.col.get_note(id_)

    def guids(self) -> set[str]:
        return set(self.col.db.list("select guid from notes"))

    def cards(self) -> set[tuple[str, int]]:
        rows = self.col.db.all("select n.guid, c.ord from cards c join notes n on n.id = c.nid")
        return {tuple(row) for row in rows}

    def check(self) -> None:
        """Anki's own check finds nothing to mend."""
        before = self.col.card_count(), self.col.note_count()
        report, fine = self.col.fix_integrity()
        assert fine, report
        assert before == (self.col.card_count(), self.col.note_count())
        assert "\n" not in report.strip(), report


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    one = Anki(tmp_path / "c.anki2")
    yield one
    one.col.close()


@pytest.fixture
def decks(home: Path) -> Path:
    """The person's own decks, the only ones there are."""
    folder = home / "decks"
    folder.mkdir(parents=True)
    (folder / "zoo.yaml").write_text(DECK)
    return folder


@pytest.fixture
def export(run: Run, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Export with these arguments, a minute later each time; the file and what was said of it."""
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    monkeypatch.setattr("mlsd_cards.app.bundled_decks", lambda: str(bundled))
    (bundled / "a.yaml").write_text(BUNDLED)
    (bundled / "sources.yaml").write_text(SOURCES)

    def export_(*arguments: str) -> tuple[Path, dict[str, Any]]:
        clock.forward(1 / 1440)
        file = tmp_path / "out.apkg"
        ran = run("export", "anki", "-o", str(file), "--json", *arguments)
        assert ran.code == 0, ran.err
        return file, json.loads(ran.out)

    return export_


def test_the_first_import_has_every_note_once(anki: Anki, decks: Path, export: Any) -> None:
    file, said = export()
    assert anki.take(file) == {"new": 4}
    assert (said["notes"], said["cards"], said["new"], said["changed"]) == (4, 5, 4, 0)
    assert anki.cards() == {
        ("mlsd:basic:stays", 0), ("mlsd:basic:plain", 0), ("mlsd:mcq:pick", 0),
        ("mlsd:cloze:gaps", 0), ("mlsd:cloze:gaps", 2),
    }  # fmt: skip
    names = {deck.name for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)}
    assert names == {"mlsd-cards", "mlsd-cards::d", "mlsd-cards::zoo", "mlsd-cards::zoo::mammals"}
    assert anki.note("mlsd:basic:plain").tags == [
        "difficulty::2", "family::rec", "step::4", "topic::one",
    ]  # fmt: skip
    anki.check()


def test_importing_the_same_again_changes_nothing(anki: Anki, decks: Path, export: Any) -> None:
    anki.take(export()[0])
    note = anki.note("mlsd:basic:plain")
    note["Why"], note.tags = "My own words.", ["mine"]
    anki.col.update_note(note)
    file, said = export()
    assert anki.take(file) == {"duplicate": 4}
    assert (said["new"], said["changed"]) == (0, 0)
    again = anki.note("mlsd:basic:plain")
    assert (again["Why"], again.tags) == ("My own words.", ["mine"])
    anki.check()


def test_a_changed_note_is_updated_and_its_schedule_kept(
    anki: Anki, decks: Path, export: Any
) -> None:
    anki.take(export()[0])
    other = anki.note("mlsd:mcq:pick")
    other["Why"] = "My own words."
    anki.col.update_note(other)
    studied = study(anki)
    (decks / "zoo.yaml").write_text(DECK.replace("*first*", "second").replace("c3::", "c2::"))
    file, said = export()
    assert anki.take(file) == {"updated": 2, "duplicate": 2}
    assert (said["new"], said["changed"]) == (0, 2)
    assert anki.note("mlsd:basic:plain")["Prompt"] == "Which is second?"
    assert anki.note("mlsd:mcq:pick")["Why"] == "My own words."
    assert schedules(anki) | studied == schedules(anki)
    anki.check()


def study(anki: Anki) -> dict[int, tuple[int, ...]]:
    """Answer some cards; where they stand after that."""
    anki.col.decks.set_current(anki.col.decks.id("mlsd-cards"))
    for _ in range(3):
        (queued,) = anki.col.sched.get_queued_cards(fetch_limit=1).cards
        card = anki.col.get_card(queued.card.id)
        card.start_timer()
        states = queued.states
        answer = anki.col.sched.build_answer(card=card, states=states, rating=3)
        anki.col.sched.answer_card(answer)
    return schedules(anki)


def schedules(anki: Anki) -> dict[int, tuple[int, ...]]:
    rows = anki.col.db.all(
        "select id, type, queue, due, ivl, factor, reps, lapses, left from cards where reps > 0"
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def test_a_note_that_left_is_tagged_and_whole(anki: Anki, decks: Path, export: Any) -> None:
    anki.take(export()[0])
    text = anki.note("mlsd:basic:plain")["Answer"]
    (decks / "zoo.yaml").write_text(DECK.replace(PLAIN, ""))
    file, said = export()
    assert said["withdrawn"] == ["plain"]
    assert anki.take(file) == {"updated": 1, "duplicate": 3}
    note = anki.note("mlsd:basic:plain")
    assert "mlsd-withdrawn" in note.tags
    assert note["Answer"] == text
    file, said = export()
    assert said["withdrawn"] == []
    assert anki.take(file) == {"duplicate": 3}
    (decks / "zoo.yaml").write_text(DECK)
    file, said = export()
    assert said["new"] == 1
    assert anki.take(file) == {"updated": 1, "duplicate": 3}
    assert "mlsd-withdrawn" not in anki.note("mlsd:basic:plain").tags
    anki.check()
