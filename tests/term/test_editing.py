"""A person who finds a wrong card in the middle of a review: the whole program on a terminal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="terminals of this kind only")

from mlsd_cards.store import ledger, log
from mlsd_cards.store.database import Store
from mlsd_cards.store.override import OVERRIDES
from seen import ALTERNATE, Seen

DECK = """\
deck: mine
cards:
  - id: one
    q: What is one?
    a: Wrong.
  - id: two
    q: What is two?
    a: Right.
"""

EDITOR = """\
import pathlib, sys, termios, tty
steps, file = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[-1])
old, new, code, *rest = steps.read_text().split("|")
steps.write_text("|".join(rest))
print("the editor has", file.name, flush=True)
if old == "raw":
    tty.setraw(0)
elif old:
    text = file.read_text()
    assert old in text, text
    file.write_text(text.replace(old, new))
sys.exit(int(code))
"""

Review = Callable[..., Seen]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "decks" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(DECK)
    return tmp_path / "home"


@pytest.fixture
def review(tmp_path: Path, home: Path) -> Review:
    """A review with an editor that does one step after the other: (old, new, exit code)."""

    def review_(
        *steps: tuple[str, str, int], deck: str = "mine", size: tuple[int, int] = (80, 24)
    ) -> Seen:
        (tmp_path / "editor.py").write_text(EDITOR)
        plan = tmp_path / "steps"
        plan.write_text("|".join(f"{old}|{new}|{code}" for old, new, code in steps))
        editor = shlex.join([sys.executable, str(tmp_path / "editor.py"), str(plan)])
        return Seen(
            "-m", "mlsd_cards", "review", "--seed", "1", "--deck", deck, "--home", str(home),
            size=size, VISUAL="", EDITOR=editor if steps else "/no/such/editor",
        )  # fmt: skip

    return review_


def events(home: Path) -> list[tuple[str, str]]:
    store = Store.open(home)
    try:
        return [(event.kind, event.card) for event in store.events()]
    finally:
        store.close()


def first(program: Seen) -> str:
    """Wait for the first card; which of the two it is."""
    program.shows("show")
    return "one" if "What is one?" in program.text else "two"


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_the_changed_card_is_shown_at_once_as_a_question(
    review: Review, home: Path, size: tuple[int, int]
) -> None:
    with review(("a: Wrong.", "a: Put right.", 0), size=size) as program:
        if first(program) == "two":
            program.type(b" 3")
            program.shows("What is one?")
        program.type(b" ")
        program.shows("Wrong.")
        program.type(b"e")
        program.shows("one: answer changed")
        assert "Put right." not in program.text
        program.type(b" ")
        program.shows("Put right.")
        program.type(b"3")
        program.until(lambda: "What is one?" not in program.text)
        program.type(b"q")
        assert program.ended() == 0
        program.restored()
        assert b"the editor has mine.yaml" in program.raw
    assert events(home).count((log.REVIEWED, "one")) == 1


def test_a_bundled_card_is_changed_in_a_copy(review: Review, home: Path) -> None:
    with review(("    explanation: ", "    explanation: Mine. ", 0), deck="framework") as program:
        program.shows("1/10")
        program.type(b"\x1be")
        program.shows("explanation changed; its progress is kept")
        program.shows("1/10")
        assert program.screen.display[0].startswith(" framework")
        assert "Mine. " in (home / "decks" / OVERRIDES).read_text()
        program.type(b"q")
        program.ended()


def test_a_card_that_was_broken_stays_and_can_be_mended(review: Review, home: Path) -> None:
    steps = (("a: Wrong.", "a: [", 0), ("a: Right.", "a: Right!", 0), ("a: [", "a: Mended.", 0))
    with review(*steps) as program:
        if first(program) == "two":
            program.type(b" 3")
            program.shows("What is one?")
        program.type(b" e")
        program.shows("until this is mended")
        assert "mine.yaml:" in program.text.replace("\n", "").replace(" ", "")  # a path may break
        assert "Wrong." in program.text
        entered = program.raw.count(b"\x1b[?1049h")
        program.type(b"e")  # something else in the file: the card is away as before
        program.until(lambda: program.raw.count(b"\x1b[?1049h") > entered)
        program.shows("until this is mended")
        program.type(b"e")
        program.shows("one: it is back")
        program.type(b" ")
        program.shows("Mended.")
        program.type(b"q")
        assert program.ended() == 0


def test_a_card_that_was_taken_out_makes_room_for_the_next(review: Review, home: Path) -> None:
    note = "  - id: one\n    q: What is one?\n    a: Wrong.\n"
    with review((note, "", 0)) as program:
        if first(program) == "two":
            program.type(b" 3")
            program.shows("What is one?")
        program.type(b"e")
        program.shows("one is no longer in the decks; its progress is kept")
        assert "What is one?" not in program.text
        program.type(b"q")
        assert program.ended() == 0


def test_a_card_under_another_name_is_shown_at_once(review: Review, home: Path) -> None:
    with review(("id: one\n    q: What is one?", "id: uno\n    q: Uno?", 0)) as program:
        if first(program) == "two":
            program.type(b" 3")
            program.shows("What is one?")
        program.type(b"e")
        program.shows("one is uno now")
        assert "Uno?" in program.text
        program.type(b" 3q")
        assert program.ended() == 0
    assert (log.REVIEWED, "uno") in events(home)


def test_nothing_changed_and_editors_that_fail(review: Review, home: Path) -> None:
    with review(("", "", 0), ("", "", 3), ("raw", "", 0)) as program:
        first(program)
        program.type(b" ")
        program.shows("3 Good")
        program.type(b"e")
        program.shows("nothing was changed")
        program.type(b"e")
        program.shows("ended with 3")
        assert "3 Good" in program.text  # still answered
        program.type(b"e")
        program.shows("nothing was changed")
        program.type(b"3q")
        assert program.ended() == 0
        program.restored()  # also from the raw mode that the last one left
    with review() as program:
        first(program)
        program.type(b"e")
        program.shows("/no/such/editor could not be started")
        assert program.mode(ALTERNATE)
        program.type(b"q")
        assert program.ended() == 0


def test_a_flag_with_a_note_is_kept_and_taken_back(review: Review, home: Path) -> None:
    with review(size=(40, 12)) as program:
        card = first(program)
        program.type(b"!")
        program.shows("What is wrong?")
        program.type("the é is wrong, q!\r".encode())
        program.shows(f"flagged: {card}")
        program.type(b" 3")
        program.shows("saved: Good")
        program.type(b"uu")
        program.shows("taken back: flagged on")
        program.type(b"!x\x1b")
        program.until(lambda: "What is wrong?" not in program.text)
        program.type(b"!no\rq")
        assert program.ended() == 0
    store = Store.open(home)
    flags = [log.payload(event)["note"] for event in ledger.flags(store)[card]]
    store.close()
    assert flags == ["no"]
