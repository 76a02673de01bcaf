"""The person's own cards: written, edited, and bundled ones replaced by a copy."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run
from mlsd_cards.app import App
from mlsd_cards.cards.card import KINDS
from mlsd_cards.cards.deck import load
from mlsd_cards.store import whereabouts
from mlsd_cards.store.override import OVERRIDES

BUNDLED = "roc-auc-pair-meaning"
Edits = Callable[..., Path]


@pytest.fixture
def edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edits:
    """An editor that puts ``new`` in the place of ``old``, notes how it was called, and ends with
    ``code``."""

    def edits_(old: str = "", new: str = "", code: int = 0) -> Path:
        called, script = tmp_path / "called", tmp_path / "editor.py"
        script.write_text(
            "import pathlib, sys\n"
            f"pathlib.Path({str(called)!r}).write_text(' '.join(sys.argv[1:]))\n"
            "file = pathlib.Path(sys.argv[-1])\n"
            f"old, new = {old!r}, {new!r}\n"
            "if old:\n"
            "    text = file.read_text()\n"
            "    assert old in text, text\n"
            "    file.write_text(text.replace(old, new))\n"
            f"sys.exit({code})\n"
        )
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        return called

    return edits_


def own(home: Path, name: str = "my-cards") -> Path:
    return home / "decks" / f"{name}.yaml"


def said(home: Path, card: str) -> str:
    """The answer of a card as the library of the home has it."""
    found = App(str(home)).catalogue.find(card)
    assert found is not None
    return str(getattr(found.card, "answer", ""))


# new


def test_a_quick_card(run: Run, home: Path) -> None:
    ran = run("new", "-q", 'What does "log" mean: x?', "-a", "The natural one\n  - here # yes")
    assert ran.code == 0, ran.err
    assert ran.out == f"what-does-log-mean-x: added to my-cards, {own(home)}:3\n"
    assert own(home).stat().st_mode & 0o777 == 0o600
    assert own(home).parent.stat().st_mode & 0o777 == 0o700
    assert said(home, "what-does-log-mean-x") == "The natural one\n  - here # yes"
    ran = run("new", "-q", "Recall is a share of {{c1::positives}}.", "--json")
    assert json.loads(ran.out) == {
        "cards": ["recall-is-a-share-of-positives:c1"],
        "deck": "my-cards",
        "file": str(own(home)),
        "line": 8,
        "problems": [],
    }
    assert json.loads(run("due", "--json", "--decks", own(home)).out)["new"] == 2


def test_a_second_card_of_the_same_words_gets_an_id_of_its_own(run: Run, home: Path) -> None:
    for _ in range(2):
        run("new", "-q", "What?", "-a", "That.")
    run("new", "-q", "?", "-a", "!")
    run("answer", "what-2", "good")
    own(home).write_text(own(home).read_text().replace("id: what-2", "id: which"))
    run("new", "-q", "What?", "-a", "Those.")
    # what-2 has a history that is not this card's
    assert [line for line in own(home).read_text().split("\n") if "id:" in line] == [
        "  - id: what", "  - id: which", "  - id: my-cards-1", "  - id: what-3",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_of_each_kind_is_a_card_as_it_stands(run: Run, home: Path, kind: str) -> None:
    run("new", "--kind", "cloze" if kind == "basic" else "basic", "--no-edit")
    ran = run("new", "--kind", kind)  # no terminal, no editor
    assert ran.code == 0, ran.out
    assert "my-cards-2" in ran.out
    assert run("check", own(home)).out.endswith(" 0 problems\n")


@pytest.mark.parametrize(
    "name",
    ["../../outside", "/etc/passwd", "a::b", "..", ".hidden", "a/../../b", "sources", "OVERRIDES",
     "日本", "x" * 200, "con\\aux", "~root", "-rf", "a b: c #d", '"', "!"],
)  # fmt: skip
def test_no_name_of_a_deck_leads_out_of_the_folder(run: Run, home: Path, name: str) -> None:
    ran = run("new", "--json", "--deck", name, "-q", "Q?", "-a", "A.")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["deck"] == name
    assert told["problems"] == []
    (path,) = (home / "decks").iterdir()
    assert path == Path(told["file"])
    assert path.name[0] != "."
    assert path.name.lower() not in {OVERRIDES, "sources.yaml"}
    assert run("new", "--deck", name, "-q", "R?", "-a", "A.").code == 0
    assert list((home / "decks").iterdir()) == [path]
    assert run("due", "--deck", name).code == 0


@pytest.mark.parametrize("name", ["", "a::", "two\nlines", "x" * 201, "\x1b[2J"])
def test_what_no_deck_can_be_called(run: Run, home: Path, name: str) -> None:
    ran = run("new", "--deck", name, "-q", "Q?", "-a", "A.")
    assert ran.code == 1
    assert "no deck can be called" in ran.err
    assert "\x1b" not in ran.err
    assert not (home / "decks").exists()


def test_a_deck_of_another_name_is_not_written_into(run: Run, home: Path) -> None:
    run("new", "--deck", "a b", "-q", "Q?", "-a", "A.")
    run("new", "--deck", "a-b", "-q", "Q?", "-a", "A.")
    assert [path.name for path in sorted((home / "decks").iterdir())] == ["a-b-2.yaml", "a-b.yaml"]


def test_the_file_that_has_the_deck_is_found_wherever_it_lies(run: Run, home: Path) -> None:
    path = home / "decks" / "deep" / "notes.yml"
    path.parent.mkdir(parents=True)
    path.write_bytes("\ufeffdeck: mine\r\ncards:\r\n- q: Ä?  # mine\r\n  a: B".encode())
    before = path.read_bytes()
    run("new", "--deck", "mine", "-q", "Q?", "-a", "A.")
    assert path.read_bytes() == before + b'\r\n- id: q\r\n  q: "Q?"\r\n  a: "A."'


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-q", "What?"], 2, "Give the answer too"),
        (["-a", "That."], 2, "Give the question too"),
        (["-q", "a", "-a", "b", "--kind", "mcq"], 2, "-q or --kind"),
        (["--kind", "essay"], 2, "essay"),
        (["-q", "a", "-a", " "], 1, "answer is empty"),
        (["-q", "a", "-a", "\x1b[2J"], 1, "control character"),
        (["-q", "a", "-a", "b", "--id", "Not An Id"], 1, "id must be"),
        (["-q", "a", "-a", "b", "--id", BUNDLED], 1, "already"),
    ],
)
def test_what_is_no_card_is_not_written(
    run: Run, home: Path, arguments: list[str], code: int, said: str
) -> None:
    ran = run("new", *arguments)
    assert (ran.code, said in ran.err) == (code, True), ran.err
    assert not (home / "decks").exists()


def test_a_file_that_cannot_be_added_to_is_left_alone(run: Run, home: Path) -> None:
    own(home).parent.mkdir(parents=True)
    own(home).write_text("cards: [{q: a, a: b}]\n")
    ran = run("new", "-q", "Q?", "-a", "A.")
    assert ran.code == 1
    assert "my-cards.yaml: the list of cards is set in a way" in ran.err
    assert own(home).read_text() == "cards: [{q: a, a: b}]\n"


def test_other_problems_of_the_file_are_told(run: Run, home: Path) -> None:
    own(home).parent.mkdir(parents=True)
    own(home).write_text("cards:\n  - q: a\n    a: [b\n")
    ran = run("new", "-q", "Q?", "-a", "A.")
    assert ran.code == 1
    assert "q: added to my-cards" in ran.out
    assert "my-cards.yaml:3:" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "code", "words", "kept"),
    [
        ("divide by?", "count?", 0, "my-cards-1: added to my-cards", True),
        ("", "", 0, "so nothing was added", False),
        ("", "", 1, "ended with 1", False),
        ("prompt: What", "prompt: [What", 0, "No card was added.", True),
    ],
)
def test_on_a_terminal_the_editor_opens_an_example(
    home: Path, edits: Edits, old: str, new: str, code: int, words: str, kept: bool
) -> None:
    from seen import Seen

    called = edits(old, new, code)
    with Seen("-m", "mlsd_cards", "new", "--home", str(home), size=(200, 24)) as program:
        assert program.ended() == int(bool(code) or "[" in new)
        assert words in program.text
    assert called.read_text() == str(own(home))
    assert own(home).exists() == kept


# edit


def test_a_card_of_ones_own_is_edited_where_it_stands(run: Run, home: Path, edits: Edits) -> None:
    run("new", "-q", "First?", "-a", "One.")
    run("new", "-q", "Second?", "-a", "Two.")
    run("answer", "second", "good")
    called = edits("Two.", "2.")
    ran = run("edit", "second")
    assert (ran.code, ran.out) == (0, "second: answer changed; its progress is kept\n")
    assert called.read_text() == str(own(home))  # an editor that is not known gets no line
    assert said(home, "second") == "2."
    assert "interval 1 d" in run("why", "second").out
    assert run("edit", "second", "--no-edit").out == f"{own(home)}:6\n"
    assert json.loads(run("edit", "second", "--json").out) == {
        "card": "second", "file": str(own(home)), "line": 6,
    }  # fmt: skip


def test_a_bundled_card_is_edited_in_a_copy(run: Run, home: Path, edits: Edits) -> None:
    run("answer", BUNDLED, "good")
    before = App(str(home)).catalogue.find(BUNDLED)
    assert before is not None
    source = Path(before.path).read_bytes()
    edits("explanation: ", "explanation: Mine now. ")
    ran = run("edit", BUNDLED)
    assert (ran.code, ran.out) == (0, f"{BUNDLED}: explanation changed; its progress is kept\n")
    copy = (home / "decks" / OVERRIDES).read_text()
    assert (home / "decks" / OVERRIDES).stat().st_mode & 0o777 == 0o600
    assert load(copy, "")[1] == []
    after = App(str(home)).catalogue.find(BUNDLED)
    assert after is not None
    assert after.card.explanation == "Mine now. " + before.card.explanation
    assert after.deck == before.deck
    assert Path(before.path).read_bytes() == source
    assert run("check").out.endswith(" 0 problems\n")
    # again: the copy itself
    edits("Mine now. ", "Mine still. ")
    assert "explanation changed" in run("edit", BUNDLED).out
    assert (home / "decks" / OVERRIDES).read_text() == copy.replace("now", "still")
    assert "interval 1 d" in run("why", BUNDLED).out


def test_the_note_is_copied_with_every_line_that_its_author_wrote(run: Run, home: Path) -> None:
    for card in ("seven-step-chain", BUNDLED):
        run("edit", card, "--no-edit")
    copy = (home / "decks" / OVERRIDES).read_text()
    bundled = (Path(__file__).parents[2] / "decks" / "01-framework.yaml").read_text()
    start = bundled.index("  - id: seven-step-chain\n")
    note = bundled[start : bundled.index("\n\n", start)]
    assert f"cards:\n{note}\n    base: " in copy
    assert copy.count("  - id: ") == copy.count("    base: ") == 2


def test_what_was_not_changed_leaves_no_copy(run: Run, home: Path, edits: Edits) -> None:
    edits()
    ran = run("edit", BUNDLED)
    assert (ran.code, ran.out) == (0, f"{BUNDLED}: nothing was changed\n")
    assert not (home / "decks" / OVERRIDES).exists()
    run("edit", "seven-step-chain", "--no-edit")
    copy = (home / "decks" / OVERRIDES).read_text()
    run("edit", BUNDLED)
    assert (home / "decks" / OVERRIDES).read_text() == copy


@pytest.mark.parametrize("code", [0, 1])
def test_an_editor_that_fails_is_said_and_what_it_saved_is_kept(
    run: Run, home: Path, edits: Edits, code: int
) -> None:
    edits("explanation: ", "explanation: Mine. ", code=code)
    ran = run("edit", BUNDLED)
    assert ran.code == code
    assert ("ended with 1" in ran.err) == bool(code)
    assert "Mine. " in (home / "decks" / OVERRIDES).read_text()
    edits(code=1)
    assert run("edit", "seven-step-chain").code == 1
    assert "seven-step-chain" not in (home / "decks" / OVERRIDES).read_text()


def test_no_editor(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    ran = run("edit", BUNDLED)
    assert ran.code == 1
    assert "no editor is known" in ran.err
    assert "line 4" in ran.err
    assert not (home / "decks" / OVERRIDES).exists()


def test_a_copy_that_cannot_be_read_leaves_the_bundled_card(
    run: Run, home: Path, edits: Edits
) -> None:
    answer = said(home, BUNDLED)
    edits("    answer: ", "    answer: [")
    ran = run("edit", BUNDLED)
    assert ran.code == 1
    assert "overrides.yaml:" in ran.out
    assert f"{BUNDLED} stays as it was until this is mended" in ran.out
    assert said(home, BUNDLED) == answer
    edits("    answer: [", "    answer: Mended. ")  # it opens the copy again, not a second one
    assert run("edit", BUNDLED).code == 0
    assert said(home, BUNDLED).startswith("Mended. ")
    assert (home / "decks" / OVERRIDES).read_text().count("  - id: ") == 1


def test_a_card_of_ones_own_that_cannot_be_read_is_found_again(
    run: Run, home: Path, edits: Edits
) -> None:
    run("new", "-q", "Mine?", "-a", "Yes.")
    edits('"Yes."', "[")
    ran = run("edit", "mine")
    assert ran.code == 1
    assert "mine is away, its progress kept, until this is mended" in ran.out
    edits("a: [", "a: Yes.")
    ran = run("edit", "mine")
    assert (ran.code, ran.out) == (0, "mine: it is back\n")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: mine", "id: other", "mine is other now, and a new card under that name"),
        (
            '  - id: mine\n    q: "Mine?"\n    a: "Yes."\n',
            "",
            "mine is no longer in the decks; its",
        ),
        ("cards:", "# remark\ncards:", "mine: it says the same as before"),
        ('a: "Yes."', 'a: "Yes."\n    colour: red', "my-cards.yaml:6:5: error F01"),
    ],
)
def test_what_an_edit_came_to(
    run: Run, home: Path, edits: Edits, old: str, new: str, words: str
) -> None:
    run("new", "-q", "Mine?", "-a", "Yes.")
    edits(old, new)
    assert words in run("edit", "mine").out


def test_a_card_that_changes_its_kind_says_so(run: Run, home: Path, edits: Edits) -> None:
    run("new", "-q", "How many?", "-a", "3")
    edits('a: "3"', "value: 3")
    assert run("edit", "how-many").out == "how-many: type changed; its progress is kept\n"


def test_a_note_with_several_cards_is_edited_by_its_name(
    run: Run, home: Path, edits: Edits
) -> None:
    run("new", "-q", "{{c1::One}} and {{c2::two}}.", "--id", "both")
    edits("and", "or")
    assert run("edit", "both").out == "both:c1: prompt changed; its progress is kept\n"
    assert run("edit", "both:c2", "--no-edit").out == f"{own(home)}:3\n"


def test_a_card_without_an_id_is_found_again_after_an_edit(
    run: Run, home: Path, edits: Edits
) -> None:
    own(home).parent.mkdir(parents=True)
    own(home).write_text("cards:\n  - q: What is a shard?\n    a: A part.\n  - q: b\n    a: c\n")
    app = App(str(home))
    before, _ = whereabouts.cards_at(app.catalogue, str(own(home)), 2), app.store.close()
    edits("A part.", "A part of a table.")
    (old,) = before
    ran = run("edit", old)
    assert f"{old} is t-" in ran.out  # nothing was answered yet, so nothing has to be kept
    (old,) = whereabouts.cards_at(App(str(home)).catalogue, str(own(home)), 2)
    run("answer", old, "good")
    edits("of a table.", "of a big table.")
    ran = run("edit", old)
    assert f"{old}: answer changed; its progress is kept" in ran.out
    assert "interval 1 d" in run("why", old).out


def test_cards_that_are_not_there(run: Run) -> None:
    ran = run("edit", "roc-auc-pair-meanin")
    assert ran.code == 1
    assert BUNDLED in ran.err


def test_a_bundled_card_is_not_copied_where_the_copy_would_not_count(
    run: Run, home: Path, edits: Edits
) -> None:
    edits()
    decks = Path(__file__).parents[2] / "decks"
    ran = run("edit", BUNDLED, "--decks", decks)
    assert ran.code == 1
    assert "without --decks" in ran.err


# revert


def test_reverting_gives_the_bundled_card_back_and_shows_what_it_takes(
    run: Run, home: Path, edits: Edits
) -> None:
    before = said(home, BUNDLED)
    edits("answer: ", "answer: Mine. ")
    run("edit", BUNDLED)
    run("edit", "seven-step-chain", "--no-edit")
    ran = run("edit", BUNDLED, "--revert")
    assert ran.code == 0
    assert "answer: Mine. " in ran.out
    assert said(home, BUNDLED) == before
    assert "seven-step-chain" in (home / "decks" / OVERRIDES).read_text()
    run("edit", "seven-step-chain", "--revert")
    assert not (home / "decks" / OVERRIDES).exists()
    ran = run("edit", BUNDLED, "--revert")
    assert (ran.code, "no version of yours" in ran.err) == (1, True)


def test_a_copy_that_the_bundled_card_has_left_behind(run: Run, home: Path, edits: Edits) -> None:
    run("edit", BUNDLED, "--no-edit")
    path = home / "decks" / OVERRIDES
    text = path.read_text()
    path.write_text(text.replace('base: "', 'base: "0'))
    ran = run("check")
    assert "O01" in ran.out
    assert f"edit {BUNDLED} --revert" in ran.out


def test_reverting_as_json(run: Run) -> None:
    run("edit", BUNDLED, "--no-edit")
    told = json.loads(run("edit", BUNDLED, "--revert", "--json").out)
    assert set(told) == {"card", "text"}
    assert told["text"].startswith("- id: ")


def test_own_new_cards_are_asked_before_the_bundled_ones(run: Run) -> None:
    def asked(new: int) -> set[str]:
        told = json.loads(run("due", "--json", "--new", str(new)).out)
        return {card["card"] for card in told["cards"]}

    bundled = asked(2)
    run("new", "-q", "Why did it fail?", "-a", "It was stale.", "--id", "mine")
    assert asked(1) == {"mine"}
    assert asked(3) == {"mine", *bundled}
