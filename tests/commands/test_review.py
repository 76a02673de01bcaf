"""Whole reviews through a pipe: what is said, what is stored, and what survives."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from conftest import NOON, Clock, Run
from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.errors import UserError
from mlsd_cards.run import review as runner
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.log import Event
from mlsd_cards.study.effect import Effect
from mlsd_cards.study.session import Session


def events(home: Path) -> list[Event]:
    store = Store.open(home)
    found = store.events()
    store.close()
    return found


def reviews(home: Path) -> list[tuple[str, int | None]]:
    return [(event.card, event.grade) for event in events(home) if event.kind == log.REVIEWED]


def right_option(out: str) -> str:
    """The number under which the right option was shown."""
    found = re.search(r"(\d)[).]? +This one", out)
    assert found is not None, out
    return found[1]


def test_a_whole_review(run: Run, deck: Path, home: Path) -> None:
    shown = run("review", "--decks", deck, stdin="\n3\n").out
    pick = right_option(shown)
    ran = run("review", "--decks", deck, stdin=f"{pick}\n\n24 GB\n\n")
    assert ran.code == 0
    assert reviews(home) == [("first", 3), ("second", 3), ("third", 3)]
    assert ran.out.count("2 cards answered, 2 new, 2 right (100 %)") == 1
    assert "\n\n" not in ran.out
    assert "Tomorrow: 3 cards due" in ran.out
    assert "Next: come back tomorrow." in ran.out


def test_marks_propose_a_grade_and_the_person_decides(run: Run, deck: Path, home: Path) -> None:
    ran = run("review", "--decks", deck, "--topic", "three", stdin="23\n2\n")
    assert reviews(home) == [("third", 2)]
    assert "24 GB" in ran.out
    run("review", "--decks", deck, "--topic", "three", stdin="u\n7\n\n")
    assert reviews(home)[1:] == [("third", 1)]


def test_leaving_at_any_moment_keeps_what_was_answered(run: Run, deck: Path, home: Path) -> None:
    for stdin, kept in (("", 0), ("\n", 0), ("\n3", 1), ("q\n", 1), ("/q\n", 1)):
        assert run("review", "--decks", deck, stdin=stdin).code == 0
        assert len(reviews(home)) == kept


def test_undo_over_restarts(run: Run, deck: Path, home: Path) -> None:
    run("review", "--decks", deck, stdin="\n3\n")
    ran = run("review", "--decks", deck, stdin="/u\n\n1\n")
    assert "taken back: Good on first" in ran.out
    kinds = [event.kind for event in events(home)]
    assert kinds == [log.REVIEWED, log.UNDONE, log.REVIEWED]
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 1


def test_drill_until_it_is_known(run: Run, deck: Path, home: Path) -> None:
    ran = run("review", "--decks", deck, "--topic", "one", stdin="\n1\n\n1\n\n3\n")
    assert reviews(home) == [("first", 1), ("first", 1), ("first", 3)]
    assert "That is all for today." in ran.out
    assert json.loads(run("why", "first", "--json", "--decks", deck).out)[-1]["interval"] == 1


def test_practice_schedules_nothing(run: Run, deck: Path, home: Path) -> None:
    run("review", "--decks", deck, "--topic", "one", "--practice", stdin="\n1\n")
    assert [event.source for event in events(home)] == ["practice"]
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 3


def test_bury_suspend_and_mark(run: Run, deck: Path, home: Path, clock: Clock) -> None:
    run("review", "--decks", deck, "--topic", "one", stdin="*\n-\n")
    assert [event.kind for event in events(home)] == [log.MARKED, log.BURIED]
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 2
    clock.forward(1)
    run("review", "--decks", deck, "--topic", "one", stdin="@\n")
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 2
    assert run("resume", "--list").out.strip() == "first"


def test_another_window_answers_first(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other window answers between the showing and the grade."""
    append = Store.append
    interfered: list[str] = []

    def interfering(self: Store, kind: str, card: str, *rest: object, **sides: object) -> object:
        if not interfered:
            interfered.append(card)
            other = Store.open(home)
            append(other, kind, card, *rest, grade=4, scale="1-4", source="review")  # type: ignore[arg-type]
            other.close()
        return append(self, kind, card, *rest, **sides)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "append", interfering)
    ran = run("review", "--decks", deck, "--topic", "one", stdin="\n1\n")
    assert reviews(home) == [("first", 4)]
    assert "elsewhere" in ran.out


def test_what_cannot_be_saved_is_said_and_not_counted(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserError("the disk is full")

    monkeypatch.setattr(Store, "append", full)
    ran = run("review", "--decks", deck, "--topic", "one", stdin="\n3\n")
    assert ran.code == 0
    assert "NOT saved: the disk is full" in ran.out
    assert "No card answered." in ran.out
    assert reviews(home) == []


COMPUTED = """\
cards:
  - id: drawn
    prompt: "With {tp} true alerts, {fp} false ones and {fn} missed, what is F1?"
    generator: f1_from_counts
    params: {tp: {range: [20, 90]}, fp: {range: [5, 60]}, fn: {range: [5, 60]}}
    tolerance: {abs: 0.005}
"""


def test_computed_cards_draw_anew_at_each_repetition(run: Run, tmp_path: Path) -> None:
    deck = tmp_path / "computed.yaml"
    deck.write_text(COMPUTED)

    def question() -> str:
        shown = re.search(r"Question: (.*)", run("review", "--decks", deck, stdin="").out)
        assert shown is not None
        return shown[1]

    first = question()
    assert question() == first  # shown again, the same repetition
    run("answer", "drawn", "again", "--decks", deck)
    assert question() != first
    run("review", "--decks", deck, stdin="/u\n")
    assert question() == first


def test_a_backlog_is_said_and_brings_nothing_new(run: Run, tmp_path: Path, clock: Clock) -> None:
    cards = "".join(f"  - {{id: c{n}, q: What is {n}?, a: Number {n}.}}\n" for n in range(30))
    deck = tmp_path / "many.yaml"
    deck.write_text("cards:\n" + cards)
    for number in range(25):
        run("answer", f"c{number}", "good", "--decks", deck)
    clock.forward(20)
    told = json.loads(run("due", "--json", "--limit", "10", "--decks", deck).out)
    assert (told["due"], told["new"], told["later"], told["days_to_clear"]) == (10, 0, 15, 3)
    out = run("review", "--limit", "10", "--decks", deck, stdin="").out
    assert "25 are due" in out
    assert "3 days" in out
    assert "25" in run("due", "--all", "--decks", deck).out


def test_a_broken_deck_file_is_said_and_its_good_cards_are_asked(run: Run, deck: Path) -> None:
    deck.write_text(deck.read_text() + "  - id: broken\n    prompt: No answer?\n")
    out = run("review", "--decks", deck, stdin="").out
    assert "What comes first?" in out
    assert "mlsd-cards check" in out


HOSTILE = "\x1b[2J [red]hi[/red] {{ <script>alert(1)</script> \u202eevil"


def test_hostile_text_is_shown_as_text(run: Run, tmp_path: Path) -> None:
    deck = tmp_path / "hostile.yaml"
    deck.write_text(f'cards:\n  - id: bad\n    q: "{HOSTILE}"\n    a: "{HOSTILE}"\n')
    ran = run("review", "--decks", deck, stdin="\n3\n")
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out
    assert "[red]hi[/red]" in ran.out
    assert "<script>" in ran.out


def test_names_of_files_are_text_too(run: Run, tmp_path: Path) -> None:
    deck = tmp_path / "\x1b[2Jname.yaml"
    deck.write_text("cards:\n  - id: one\n    q: Why?\n    colour: red\n")
    ran = run("check", deck)
    assert ran.code == 1
    assert "\x1b" not in ran.out + ran.err


def test_the_order_is_the_days_unless_a_seed_is_given(
    run: Run, clock: Clock, tmp_path: Path
) -> None:
    many = tmp_path / "many.yaml"  # none of the bundled decks, whose cards change
    many.write_text("cards:\n" + "".join(f"  - {{q: Which {n}?, a: b}}\n" for n in range(50)))

    def first(*arguments: str) -> str:
        out = run("review", "--practice", "--decks", many, *arguments, stdin="").out
        shown = re.search(r"Question: (.*)", out)
        assert shown is not None
        return shown[1]

    assert first() == first()
    assert first("--seed", "1") == first("--seed", "1")
    assert len({first("--seed", str(seed)) for seed in range(8)}) > 1
    today = [first(), first("--seed", "1")]
    clock.forward(1)
    tomorrow = [first(), first("--seed", "1")]
    assert today[0] != tomorrow[0]
    assert today[1] == tomorrow[1]


# what newcomers stumbled on


def test_a_marked_card_can_be_graded(run: Run, deck: Path, home: Path) -> None:
    ran = run("review", "--decks", deck, "--topic", "one", stdin="*\n\n*\n3\n")
    assert reviews(home) == [("first", 3)]
    assert "elsewhere" not in ran.out


def test_a_grade_after_an_undone_mark(run: Run, deck: Path, home: Path) -> None:
    run("review", "--decks", deck, "--topic", "one", stdin="*\nu\n\n3\n")
    assert reviews(home) == [("first", 3)]


def test_drill_obeys_the_filters(run: Run, deck: Path) -> None:
    run("answer", "first", "again", "--decks", deck)
    told = json.loads(run("due", "--json", "--topic", "two", "--decks", deck).out)
    assert (told["new"], told["again"]) == (1, 0)


def test_drill_of_one_card_ends(run: Run, deck: Path, home: Path) -> None:
    ran = run("review", "--decks", deck, "--topic", "three", stdin="\n" * 200)
    assert len(reviews(home)) == 5
    assert "again in the next review today" in ran.out
    assert json.loads(run("due", "--json", "--decks", deck).out)["again"] == 1


def test_the_backlog_names_the_limit_not_what_is_left_of_it(
    run: Run, tmp_path: Path, clock: Clock
) -> None:
    cards = "".join(f"  - {{id: c{n}, q: What is {n}?, a: Number {n}.}}\n" for n in range(20))
    deck = tmp_path / "many.yaml"
    deck.write_text("cards:\n" + cards)
    for number in range(20):
        run("answer", f"c{number}", "good", "--decks", deck)
    clock.forward(9)
    ran = run("review", "--limit", "4", "--decks", deck, stdin="\n3\n\n2\nq\n")
    assert "at 4 a day" in ran.out
    assert "2 Hard in 6 days" in ran.out  # no drill of Hard in a backlog, and none is promised
    assert "saved: Hard, again in 6 d" in ran.out
    again = run("review", "--limit", "4", "--decks", deck, stdin="q\n")
    assert "at 4 a day" in again.out


def test_right_means_what_the_program_marked(run: Run, deck: Path) -> None:
    ran = run("review", "--decks", deck, "--topic", "three", stdin="7\n4\n")
    assert "0 right (0 %)" in ran.out


def test_practice_ends_as_practice(run: Run, deck: Path) -> None:
    ran = run("review", "--practice", "--decks", deck, "--topic", "one", stdin="\n3\n")
    assert "all there is to practise" in ran.out
    assert "A pause" not in ran.out


def test_an_undone_new_card_counts_as_new_again(run: Run, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    told = json.loads(run("due", "--json", "--decks", deck).out)
    assert (told["new"], told["tomorrow"]) == (2, 3)
    run("review", "--decks", deck, stdin="u\nq\n")
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 3


def test_a_mark_does_not_hide_another_windows_answer(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other window answers while this one shows the card; then a mark, then a grade."""
    press = runner.press
    pressed: list[str] = []

    def interfering(session: Session, key: str, now: int) -> tuple[Session, list[Effect]]:
        if not pressed:
            other = Store.open(home)
            moment = Moment.of(NOON, 0)
            other.append(log.REVIEWED, "first", moment, grade=4, scale="1-4", source="review")
            other.close()
        pressed.append(key)
        return press(session, key, now)

    monkeypatch.setattr(runner, "press", interfering)
    run("review", "--decks", deck, "--topic", "one", stdin="*\n\n3\n")
    assert reviews(home) == [("first", 4)]


def test_taking_back_practice_asks_nothing_that_is_not_due(run: Run, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    run("review", "--practice", "--topic", "one", "--decks", deck, stdin="\n1\n")
    out = run("review", "--topic", "one", "--decks", deck, stdin="u\n").out
    assert "taken back: Again on first" in out
    assert "What comes first?" not in out


def test_an_answer_across_the_rollover_is_shown_again(
    run: Run, deck: Path, home: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    press, moved = runner.press, []

    def slow(session: Session, key: str, now: int) -> tuple[Session, list[Effect]]:
        if key == "3" and not moved:
            moved.append(key)
            clock.forward(1)
        return press(session, key, now)

    monkeypatch.setattr(runner, "press", slow)
    out = run("review", "--topic", "one", "--decks", deck, stdin="\n3\n\n3\n").out
    assert "Changed elsewhere meanwhile" in out
    assert reviews(home) == [("first", 3)]


def test_a_setting_changed_elsewhere_while_a_card_is_up(
    run: Run, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = runner.press
    changed: list[str] = []

    def interfering(session: Session, key: str, now: int) -> tuple[Session, list[Effect]]:
        if not changed:
            other = Store.open(home)
            other.append(log.CONFIGURED, "", Moment.of(NOON, 0), payload={"lapse_lowers_ef": True})
            other.close()
        changed.append(key)
        return press(session, key, now)

    monkeypatch.setattr(runner, "press", interfering)
    out = run("review", "--topic", "one", "--decks", deck, stdin="\n1\n\n1\n").out
    assert "Changed elsewhere meanwhile" in out
    steps = json.loads(run("why", "first", "--json", "--decks", deck).out)
    assert [step["ef"] for step in steps] == ["1.96"]


RUBRIC = """\
  - id: mock
    prompt: Design it.
    steps:
""" + "".join(f"      - {{step: {step}, minutes: 6, must: [something]}}\n" for step in STEPS)


def test_a_rubric_is_never_part_of_a_review(run: Run, deck: Path, home: Path) -> None:
    deck.write_text(deck.read_text() + RUBRIC)
    assert json.loads(run("due", "--json", "--decks", deck).out)["new"] == 3
    refused = run("answer", "mock", "good", "--decks", deck)
    assert refused.code == 1
    assert "mock is a rubric" in refused.err
    assert "interviews" in refused.err
    for mode in ([], ["--practice"]):
        out = run("review", *mode, "--decks", deck, stdin="\n" * 20).out
        assert "Design it." not in out
    assert "mock" not in {card for card, _ in reviews(home)}


def test_taking_back_what_was_done_to_a_rubric_does_not_ask_it(run: Run, deck: Path) -> None:
    deck.write_text(deck.read_text() + RUBRIC)
    assert run("suspend", "mock", "--decks", deck).code == 0
    out = run("review", "--decks", deck, stdin="u\nq\n").out
    assert "taken back: suspended on mock" in out
    assert "Design it." not in out


def test_a_card_that_became_a_rubric_is_no_longer_due(run: Run, deck: Path, clock: Clock) -> None:
    run("answer", "first", "good", "--decks", deck)
    deck.write_text(deck.read_text().split("  - id: first")[0] + RUBRIC.replace("mock", "first"))
    clock.forward(3)
    assert json.loads(run("due", "--json", "--decks", deck).out)["due"] == 0
    assert "First" not in run("review", "--decks", deck, stdin="\n").out
