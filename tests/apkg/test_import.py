"""What becomes of a collection that takes in one export after another."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import Anki, Export

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


@pytest.fixture
def zoo(decks: Path) -> Path:
    """The file of a deck."""
    path = decks / "zoo.yaml"
    path.write_text(DECK)
    return path


def test_decks_stand_in_the_order_of_learning(anki: Anki, decks: Path, export: Export) -> None:
    for name, deck in (("03-birds", "birds"), ("04-owls", "birds::owls"), ("apes", "apes")):
        (decks / f"{name}.yaml").write_text(f"deck: {deck}\ncards:\n  - {{q: {deck}?, a: Yes.}}\n")
    anki.take(export()[0])
    names = {deck.name for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)}
    assert names >= {f"mlsd-cards::{name}" for name in ("03 birds", "03 birds::owls", "apes")}


def test_the_first_import_has_every_note_once(anki: Anki, zoo: Path, export: Export) -> None:
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
    found = anki.col.db.all("select sfld, csum from notes order by id")
    assert "Which is first?" in dict(found)
    assert all(checksum for _, checksum in found)
    anki.check()


def test_importing_the_same_again_changes_nothing(anki: Anki, zoo: Path, export: Export) -> None:
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
    anki: Anki, zoo: Path, export: Export
) -> None:
    anki.take(export()[0])
    other = anki.note("mlsd:mcq:pick")
    other["Why"] = "My own words."
    anki.col.update_note(other)
    anki.study()
    studied = anki.schedules()
    zoo.write_text(DECK.replace("*first*", "second").replace("c3::", "c2::"))
    file, said = export()
    assert anki.take(file) == {"updated": 2, "duplicate": 2}
    assert (said["new"], said["changed"]) == (0, 2)
    assert anki.note("mlsd:basic:plain")["Prompt"] == "Which is second?"
    assert anki.note("mlsd:mcq:pick")["Why"] == "My own words."
    assert len(studied) == 3
    assert anki.schedules() == studied
    anki.check()


def test_a_note_that_left_is_tagged_and_whole(anki: Anki, zoo: Path, export: Export) -> None:
    anki.take(export()[0])
    text = anki.note("mlsd:basic:plain")["Answer"]
    zoo.write_text(DECK.replace(PLAIN, ""))
    file, said = export()
    assert said["withdrawn"] == ["plain"]
    assert anki.take(file) == {"updated": 1, "duplicate": 3}
    note = anki.note("mlsd:basic:plain")
    assert "mlsd-withdrawn" in note.tags
    assert note["Answer"] == text
    file, said = export()
    assert said["withdrawn"] == []
    assert anki.take(file) == {"duplicate": 3}
    zoo.write_text(DECK)
    file, said = export()
    assert said["new"] == 1
    assert anki.take(file) == {"updated": 1, "duplicate": 3}
    assert "mlsd-withdrawn" not in anki.note("mlsd:basic:plain").tags
    anki.check()


def test_an_interview_does_not_stand_among_the_daily_cards(
    anki: Anki, decks: Path, export: Export
) -> None:
    case = Path(__file__).parents[2] / "decks" / "case-ad-click.yaml"
    text = case.read_text()
    rubric_alone = text[: text.index("  - id:")] + text[text.index("  - id: mock-") :]
    (decks / case.name).write_text(rubric_alone)
    assert anki.take(export()[0]) == {"new": 2}
    (rubric,) = anki.note("mlsd:rubric:mock-ad-click").cards()
    assert anki.col.decks.name(rubric.did) == "mlsd-cards interviews::case-ad-click"
    anki.col.decks.set_current(anki.col.decks.id("mlsd-cards"))
    asked = anki.col.sched.get_queued_cards(fetch_limit=9).cards
    assert rubric.id not in [one.card.id for one in asked]
    assert len(asked) == 1
