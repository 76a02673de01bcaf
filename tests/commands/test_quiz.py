"""The quiz through a pipe: begun, left, taken up, handed in, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import DAY_MS, Clock, Run
from mlsd_cards.app import App
from mlsd_cards.store import log
from mlsd_cards.store.sitting import QUIZ, Sitting, Sittings

SEED = ("--seed", "1", "-n", "3")
ANSWERS = {"first": "\n3\n", "second": "1\n", "third": "24 GB\n"}
HAND_IN = "/list\nh\n\n"


def sittings(home: Path) -> list[Sitting]:
    return Sittings(App(str(home)).store, QUIZ).all()


def answers(run: Run, deck: Path, home: Path, **changed: str) -> str:
    """The lines that answer the paper of that seed, which is begun and left for it."""
    run("quiz", *SEED, "--decks", deck)
    one = sittings(home)[-1]
    run("quiz", "--hand-in", "--decks", deck)
    lines = ANSWERS | changed
    return "".join(lines[card] for card, _ in one.paper["items"])


def right(run: Run, deck: Path, home: Path) -> str:
    """The lines that answer it right."""
    lines = answers(run, deck, home, second="?\n")
    tries = [lines.replace("?", number) for number in "123"]
    outs = [run("quiz", *SEED, "--decks", deck, stdin=one + HAND_IN).out for one in tries]
    return next(one for one, out in zip(tries, outs, strict=True) if "3 of 3 (100 %)" in out)


def test_a_quiz_through_a_pipe(run: Run, deck: Path, home: Path) -> None:
    lines = right(run, deck, home)
    done = run("quiz", *SEED, "--decks", deck, stdin=lines + HAND_IN)
    assert done.code == 0
    assert "Score: 3 of 3 (100 %): 3 right." in done.out
    assert done.out.count("3 of 3") <= 3
    assert "\x1b" not in done.out
    result = sittings(home)[-1].result
    assert [item["verdict"] for item in result["items"]] == ["right"] * 3
    assert (result["how"], result["limit_ms"]) == ("handed in", 180_000)


def test_a_seed_gives_the_same_quiz_again(run: Run, deck: Path) -> None:
    first = run("quiz", *SEED, "--decks", deck)
    assert "stays open: 0 of 3 answered" in first.out
    again = run("quiz", "--new", *SEED, "--decks", deck)
    assert again.out == first.out
    other = run("quiz", "--new", "--seed", "2", "-n", "3", "--decks", deck)
    assert other.out != first.out


def test_it_is_left_at_the_end_of_the_pipe_and_goes_on(
    run: Run, deck: Path, home: Path, clock: Clock
) -> None:
    lines = answers(run, deck, home)
    left = run("quiz", *SEED, "--decks", deck, stdin=lines[:-1].rpartition("\n")[0] + "\n")
    assert left.code == 0
    assert "The quiz stays open: 2 of 3 answered" in left.out
    clock.forward(1)
    done = run("quiz", "--decks", deck, stdin=HAND_IN)
    assert "A quiz is open: all decks" in done.err
    assert "3 of 3, " in done.out
    assert "1 not answered" in done.out
    assert "paused for " in done.out
    result = sittings(home)[-1].result
    assert DAY_MS - 100 < result["paused_ms"] <= DAY_MS
    assert sum(bool(item["given"]) for item in result["items"]) == 2


@pytest.mark.parametrize("what", ["--resume", "--hand-in", "--new"])
def test_one_that_was_killed_before_anything_was_kept_has_all_its_time(
    run: Run, deck: Path, home: Path, what: str
) -> None:
    run("quiz", *SEED, "--decks", deck)
    store = App(str(home)).store
    Sittings(store, QUIZ).begin(App(str(home)).moment(), sittings(home)[0].paper)
    store.close()
    done = run("quiz", what, "--decks", deck)
    assert done.code == 0
    assert "3:00 left" in done.out or "3 not answered" in done.out


def test_handed_in_from_outside_as_json(run: Run, deck: Path, home: Path) -> None:
    lines = answers(run, deck, home)
    run("quiz", *SEED, "--decks", deck, stdin=lines)
    done = run("quiz", "--hand-in", "--json", "--decks", deck)
    told = json.loads(done.out)
    assert (told["quiz"], told["how"], told["questions"]) == (2, "broken off", 3)
    assert [item["verdict"] != "" for item in told["items"]] == [True] * 3
    assert json.loads(run("quiz", "--show", "2", "--json", "--decks", deck).out) == told


def test_json_is_the_result_and_the_quiz_is_spoken_aside(run: Run, deck: Path) -> None:
    done = run("quiz", *SEED, "--json", "--decks", deck, stdin=HAND_IN)
    assert json.loads(done.out)["unanswered"] == 3
    assert "Question:" in done.err
    left = run("quiz", *SEED, "--json", "--decks", deck)
    assert (left.code, left.out) == (0, "")
    assert "stays open" in left.err


def test_answers_are_events_a_wrong_one_calls_its_card_back(
    run: Run, deck: Path, home: Path
) -> None:
    lines = answers(run, deck, home, third="3 GB\n")
    run("quiz", *SEED, "--decks", deck, stdin=lines + HAND_IN)
    store = App(str(home)).store
    assert {event.source for event in store.events() if event.kind == log.REVIEWED} == {log.QUIZ}
    assert store.folded("third").state.last is not None
    assert store.folded("first").state.last is None


@pytest.mark.parametrize(("counted", "source"), [(True, log.COUNTED), (False, log.QUIZ)])
def test_a_right_answer_to_a_due_card_counts_only_if_wished(
    run: Run, deck: Path, home: Path, clock: Clock, counted: bool, source: str
) -> None:
    lines = answers(run, deck, home)
    run("answer", "first", "3", "--decks", deck)
    clock.forward(3)
    more = ["--count"] if counted else []
    run("quiz", *SEED, *more, "--decks", deck, stdin=lines + HAND_IN)
    store = App(str(home)).store
    assert store.events("first")[-1].source == source
    assert store.events("third")[-1].source == log.QUIZ  # never studied, so not due
    assert (store.folded("first").state.repetitions == 2) == counted


def test_too_few_cards_are_said_and_there_is_a_quiz_of_what_there_is(run: Run, deck: Path) -> None:
    done = run("quiz", "--decks", deck)
    assert done.code == 0
    assert "Wished for: 20. There are: 3." in done.err
    assert "3 questions" in done.out


def test_a_card_that_went_and_one_that_changed_are_passed_over(
    run: Run, deck: Path, home: Path
) -> None:
    lines = answers(run, deck, home)
    run("quiz", *SEED, "--decks", deck, stdin=lines)
    text = deck.read_text().replace("How much is 3 times 8 GB?", "How much is 3 times 9 GB?")
    start, end = text.index("  - id: first"), text.index("  - id: second")
    deck.write_text(text[:start] + text[end:])
    done = run("quiz", "--decks", deck)
    assert "1 no longer in the decks and passed over. 1 changed since and asked anew." in done.out
    assert "stays open: 1 of 2 answered" in done.out
    deck.write_text("cards:\n  - {q: Another one?, a: Yes.}\n")
    assert run("quiz", "--decks", deck).code == 1
    done = run("quiz", "--hand-in", "--decks", deck)
    assert done.code == 0
    assert "None of its cards" in done.err
    assert run("quiz", "--show", "--decks", deck).code == 0


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("-n", "0"), 2, "'-n': '0' is no"),
        (("--minutes", "-1"), 2, "'--minutes'"),
        (("--minutes", "nan"), 2, "'--minutes'"),
        (("--per-question", "0"), 2, "'--per-question'"),
        (("--kinds", "mcq,mqc"), 2, "no kind 'mqc'. Did you mean 'mcq'?"),
        (("--difficulty", "1,4"), 2, "'4' is not 1, 2 or 3"),
        (("--deck", "smal"), 1, "Did you mean 'small'?"),
        (("--kinds", "ordering"), 1, "Without --kinds there are 3"),
        (("--hand-in",), 1, "no quiz is open"),
        (("--resume",), 1, "no quiz is open"),
        (("--show", "7"), 1, "there is no quiz"),
        (("--history", "--show", "1"), 2, "one at a time"),
    ],
)
def test_what_cannot_be_is_refused(
    run: Run, deck: Path, home: Path, options: tuple[str, ...], code: int, said: str
) -> None:
    done = run("quiz", *options, "--decks", deck)
    assert done.code == code
    assert said in done.err
    assert sittings(home) == []


def test_time_for_each_question_makes_the_limit(run: Run, deck: Path, home: Path) -> None:
    run("quiz", *SEED, "--per-question", "45", "--decks", deck)
    assert sittings(home)[-1].paper["limit_ms"] == 3 * 45_000


def test_how_sure_is_kept(run: Run, deck: Path, home: Path) -> None:
    rated = {"first": "\n2\n3\n", "second": "1\nsure\n", "third": "24\nguess\n"}
    lines = answers(run, deck, home, **rated)
    run("quiz", *SEED, "--confidence", "--decks", deck, stdin=lines + HAND_IN)
    items = {item["card"]: item for item in sittings(home)[-1].result["items"]}
    assert [items[card]["certainty"] for card in rated] == [2, 3, 1]
    assert items["first"]["verdict"] == "right"
