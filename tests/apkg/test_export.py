"""``export anki``: what it says, what it refuses, and hostile texts on their way into Anki."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from conftest import Run
from desktop import Anki, Export
from mlsd_cards.anki import notetype

SMALL = """\
deck: small
cards:
  - {id: one, topic: t, prompt: What is one?, answer: It is one.}
  - {id: two, topic: t, prompt: What is two?, answer: It is two.}
"""

HOSTILE = r"""
deck: 'Default::a "b" ?'
tags: ["two words", 'a"b', ":::"]
cards:
  - {id: script, topic: <t> t, prompt: "<script>alert(1)</script> a<b {{Prompt}}", answer: "&amp; <!-- \\( x"}
  - {id: cloze-one, topic: t, prompt: "{{c2::a:}} std::vector }} {{ {{c7::b}:::h::i}}"}
  - {id: cloze-two, topic: t, prompt: "$\\frac{a_{{c1::i}}}{b}$ <b>{{c1::</b>}}"}
  - {id: sound, topic: t, prompt: "[sound:../../etc/passwd] [latex]x[/latex]", answer: "<img src=x onerror=y>"}
  - {id: same, topic: t, prompt: Which one counts?, answer: The first.}
  - {id: same, topic: t, prompt: Which one is refused?, answer: The second.}
  - id: options
    type: mcq
    topic: t
    prompt: Which?
    options:
      - {text: "<u>", correct: true, why: "</details></div>"}
      - {text: "\"", correct: false, why: "'"}
  - id: drawing
    type: diagram
    topic: t
    prompt: Which?
    missing: "</pre>"
    diagram: |
      <a> & {{b}}
      [?]
"""  # noqa: E501


@pytest.fixture
def small(decks: Path) -> Path:
    """The file of a deck."""
    path = decks / "small.yaml"
    path.write_text(SMALL)
    return path


def test_it_says_what_went_out_and_what_to_do(small: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "my cards.apkg"
    said = run("export", "anki", "--deck", "small", "-o", file)
    assert said.out.splitlines() == [
        f"{file}: 2 notes, 2 cards",
        "2 new and 0 changed since the last export",
        "In Anki: File, Import; its settings are right as they are",
    ]
    assert run("answer", "one", "3").code == 0
    said = run("export", "anki", "--deck", "small", "-o", file, "--with-progress")
    assert said.code == 0
    assert "tick “Import any learning progress”, here 1 review\n" in said.out
    assert "That works once" in said.out
    assert [path.name for path in tmp_path.glob("*.new")] == []
    assert said.err == ""


def test_json_has_the_keys_of_its_page(small: Path, export: Export) -> None:
    page = (Path(__file__).parents[2] / "docs" / "json.md").read_text()
    section = page.split("## `export anki --json`")[1].split("\n## ")[0]
    _, said = export()
    assert set(said) == set(re.findall(r"`(\w+)`", section))


def test_only_a_package_is_written_over(small: Path, run: Run, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.tex"
    thesis.write_text("mine")
    refused = run("export", "anki", "-o", thesis)
    assert (refused.code, thesis.read_text()) == (1, "mine")
    assert "does not end in .apkg" in refused.err
    folder = tmp_path / "folder.apkg"
    folder.mkdir()
    assert run("export", "anki", "-o", folder).code == 1
    refused = run("export", "anki", "-o", tmp_path / "none" / "a.apkg")
    assert refused.code == 1
    assert "there is no folder" in refused.err
    refused = run("export", "anki", "-o", thesis / "a.apkg")
    assert refused.code == 1
    assert "there is no folder" in refused.err


def test_a_disk_that_is_full_leaves_the_old_file(
    small: Path, export: Export, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, _ = export()
    before = file.read_bytes()

    def full(_: Path, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mlsd_cards.anki.export.zipped", full)
    small.write_text(SMALL.replace("It is", "It was"))
    refused = run("export", "anki", "-o", file)
    assert refused.code == 1
    assert "No space left on device" in refused.err
    assert file.read_bytes() == before
    monkeypatch.undo()
    leftovers = [*file.parent.glob("*.new"), *small.parents[1].glob("*.new")]
    assert leftovers == []


def test_a_file_that_cannot_be_read_withdraws_nothing(small: Path, export: Export) -> None:
    export()
    small.write_text(SMALL.replace(", answer: It is two.", ""))
    _, said = export()
    assert (said["notes"], said["withdrawn"]) == (2, [])
    small.write_text(SMALL[: SMALL.index("  - {id: two")])
    _, said = export()
    assert said["withdrawn"] == ["two"], "which only the last whole export still knew"


def test_what_a_broken_file_lacks_is_said(small: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.apkg"
    small.write_text(SMALL.replace(", answer: It is two.", ""))
    said = run("export", "anki", "--decks", small, "-o", file)
    assert said.out.startswith(f"{file}: 1 note")
    assert said.err == (
        "a deck file has errors (mlsd-cards check): not all of it goes out, and no note is "
        "withdrawn\n"
    )
    small.write_text(re.sub(", answer: [^}]*", "", SMALL))
    refused = run("export", "anki", "--decks", small, "-o", file)
    assert (refused.code, refused.out) == (1, "")
    assert "there is no card to export" in refused.err
    assert "mlsd-cards check" in refused.err


def test_a_part_of_the_library_withdraws_nothing(small: Path, export: Export) -> None:
    export()
    for part in (("--deck", "d"), ("--tag", "d"), ("--topic", "t"), ("--decks", str(small))):
        _, said = export(*part)
        assert said["withdrawn"] == [], part


def test_a_damaged_record_of_the_last_export_is_done_without(
    small: Path, home: Path, export: Export
) -> None:
    export()
    (home / "anki.db").write_bytes(b"SQLite format 3\0 and then nothing" * 100)
    small.unlink()
    _, said = export()
    assert (said["notes"], said["withdrawn"]) == (1, [])


def test_hostile_texts_arrive_as_texts(decks: Path, anki: Anki, export: Export) -> None:
    (decks / "hostile.yaml").write_text(HOSTILE)
    (decks / "other.yaml").write_text(SMALL.replace("deck: small", "deck: default"))
    file, said = export()
    assert anki.take(file) == {"new": said["notes"]}
    anki.check()
    assert {ordinal for guid, ordinal in anki.cards() if guid == "mlsd:cloze:cloze-one"} == {1, 6}
    assert anki.note("mlsd:basic:same")["Answer"] == "The first."
    for id_ in anki.col.db.list("select id from cards"):
        card = anki.col.get_card(id_)
        shown = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", card.answer(), flags=re.S)
        tags = set(re.findall(r"<(/?\w+)", shown))
        assert not tags & {"script", "img", "u", "latex"}, shown
        assert card.answer_av_tags() == []
        assert "FrontSide" not in shown
    assert anki.take(export()[0]) == {"duplicate": said["notes"]}


def test_the_templates_ask_nobody_outside() -> None:
    for kind in notetype.ORDER:
        shape = notetype.shape(kind)
        text = shape["css"] + "".join(notetype.pages(kind))
        assert not re.search(r"https?:|url\(|@import|\bsrc=", text), kind
        assert ".nightMode" in shape["css"]
