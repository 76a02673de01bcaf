"""A placement through a pipe: asked, left, taken up, handed in, and what it starts as known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Clock, Ran, Run
from mlsd_cards.app import App
from mlsd_cards.cards.card import Mcq
from mlsd_cards.cards.question import ask
from mlsd_cards.store import log
from mlsd_cards.store.sitting import QUIZ, Sitting, Sittings
from mlsd_cards.study.placement.placement import EARLIEST, LATEST, interval

TOPICS = {"auc": 5, "loss": 5, "trees": 2}


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Choices by topic, in each the last of the highest difficulty, and a card to be recalled."""
    cards = [
        f"  - id: {topic}-{number}\n    type: mcq\n    topic: {topic}\n"
        f"    difficulty: {min(3, number)}\n    prompt: Question {number} of {topic}?\n"
        "    options:\n"
        "      - {text: The right one, correct: true, why: By design of it.}\n"
        "      - {text: The wrong one, correct: false, why: Wrong by design.}\n"
        for topic, count in TOPICS.items()
        for number in range(1, count + 1)
    ]
    basic = "  - {id: auc-said, topic: auc, prompt: What is AUC?, answer: A share of pairs.}\n"
    path = tmp_path / "deck.yaml"
    path.write_text("deck: small\ncards:\n" + "".join(cards) + basic)
    return path


class Person:
    """Somebody who answers what is asked next, by topic: y right and sure, t right but not sure, n
    wrong, p passes; each answer is a run of its own, as if the program were killed after each."""

    def __init__(self, run: Run, deck: Path, home: Path) -> None:
        self.run, self.deck, self.home = run, deck, home

    def __call__(self, *more: str, stdin: str = "") -> Ran:
        return self.run("quiz", *more, "--decks", self.deck, stdin=stdin)

    @property
    def app(self) -> App:
        return App(str(self.home), (str(self.deck),))

    @property
    def sitting(self) -> Sitting:
        return Sittings(self.app.store, QUIZ).all()[-1]

    @property
    def asked(self) -> list[tuple[str, int]]:
        sitting = self.sitting
        notes = [note["asked"] for note in sitting.notes if "asked" in note]
        return [(card, repetition) for card, repetition in (*sitting.paper["items"], *notes)]

    def line(self, how: str) -> str:
        """What is typed to answer the question at hand so."""
        card, repetition = self.asked[-1]
        found = self.app.catalogue.find(card)
        assert found
        assert isinstance(found.card, Mcq)
        options = ask(found.card, repetition).options
        key = next(at for at, one in enumerate(options, 1) if one.correct == (how != "n"))
        return {"p": "/pass\n", "t": f"{key}\n2\n"}.get(how, f"{key}\n3\n")

    def answers(self, known: str, *begun: str) -> Ran:
        """Answer all there is: the known topics right and sure."""
        done = self("--place", "--seed", "1", *begun)
        while not self.sitting.ended:
            how = "y" if self.asked[-1][0].split("-")[0] in known.split() else "n"
            done = self("--resume", stdin=self.line(how))
        return done


@pytest.fixture
def person(run: Run, deck: Path, home: Path) -> Person:
    return Person(run, deck, home)


def placed(person: Person) -> dict[str, int]:
    """The cards in the log that start as known, each with its days."""
    events = person.app.store.events()
    return {event.card: event.grade or 0 for event in events if event.kind == log.PLACED}


def test_it_asks_until_each_topic_is_clear_and_starts_what_is_known(person: Person) -> None:
    done = person.answers("auc trees")
    assert [card.split("-")[0] for card, _ in person.asked] == ["auc"] * 3 + ["loss"] * 2 + [
        "trees"
    ] * 2
    known = {card for card, _ in person.asked if not card.startswith("loss")}
    assert placed(person) == {card: interval(card) for card in known}
    shown = person("--show").out
    assert "Known: auc, trees." in shown
    assert "Not known: loss." in shown
    assert "5 cards start as known: they come back in" in done.out
    assert "1. auc: 3 of 3 right and sure, 3 other cards" in done.out
    for card, _ in person.asked:
        assert (person.app.store.folded(card).state.last is not None) == (card in known)


@pytest.mark.parametrize("how", ["n", "t", "p"])
def test_what_is_not_right_and_sure_stays_new_and_is_no_event(person: Person, how: str) -> None:
    person("--place", "--seed", "1")
    person("--resume", stdin=person.line(how))
    ((first, _), *_) = person.asked
    person("--hand-in")
    assert not person.app.store.events(first)
    assert person.sitting.result["placement"]["placed"] == []
    (item,) = person.sitting.result["items"]  # the one on the screen was not answered
    assert item["verdict"] == {"n": "wrong", "t": "right", "p": ""}[how]


@pytest.mark.parametrize(
    ("typed", "more"),
    [("a\n", 3), ("1\n", 3), ("\n", 0), ("7\n\n", 0), ("", 0), ("q\n", 0)],
)
def test_other_cards_of_a_known_topic_start_as_known_if_accepted(
    person: Person, typed: str, more: int
) -> None:
    person("--place", "--seed", "1", "--topic", "auc")
    for _ in range(2):
        person("--resume", stdin=person.line("y"))
    done = person("--resume", stdin=person.line("y") + typed)
    assert len(placed(person)) == 3 + more
    assert all(EARLIEST <= days <= LATEST for days in placed(person).values())
    assert ("3 of them with their topics" in done.out) == bool(more)
    told = json.loads(person("--show", "--json").out)
    assert (told["placed"], len(told["placement"]["accepted"])) == (3 + more, more)


def test_why_tells_it_and_reset_undoes_it(person: Person, run: Run) -> None:
    person("--place", "--seed", "1", "--topic", "auc")
    for typed in ("", "", "a\n"):
        person("--resume", stdin=person.line("y") + typed)
    first = person.asked[0][0]
    why = run("why", first, "--decks", person.deck).out
    assert "known before it was studied: starts" in why
    assert "topic known before it was studied" in run("why", "auc-said", "--decks", person.deck).out
    assert run("reset", first, "--yes", "--decks", person.deck).code == 0
    assert person.app.store.folded(first).state.last is None
    assert "forgotten" in run("why", first, "--decks", person.deck).out


def test_left_at_any_moment_it_goes_on_with_the_same_questions(
    person: Person, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.answers("auc loss")
    broken = person.asked
    lines = [("y" if card[0] in "al" else "n") for card, _ in broken]
    whole = Person(run, person.deck, tmp_path / "other")
    monkeypatch.setenv("MLSD_CARDS_HOME", str(whole.home))
    whole("--place", "--seed", "1")
    typed = "".join(_typed(whole, card, how) for card, how in zip(broken, lines, strict=True))
    whole("--resume", stdin=typed)
    assert whole.asked == broken
    assert whole.sitting.result["placement"] == person.sitting.result["placement"]


def _typed(person: Person, asked: tuple[str, int], how: str) -> str:
    found = person.app.catalogue.find(asked[0])
    assert found
    assert isinstance(found.card, Mcq)
    options = ask(found.card, asked[1]).options
    key = next(at for at, one in enumerate(options, 1) if one.correct == (how == "y"))
    return f"{key}\n3\n"


def test_handing_in_early_places_what_was_answered(person: Person) -> None:
    person("--place", "--seed", "1")
    done = person("--resume", stdin=person.line("y") + "/how far\nh\n")
    assert "1 answered, 0 of 3 topics clear." in done.out
    assert "Open: auc." in done.out
    assert len(placed(person)) == 1
    assert person.sitting.result["how"] == "handed in"
    assert person.sitting.result["limit_ms"] is None


def test_what_is_told_of_it_later(person: Person, clock: Clock) -> None:
    left = person("--place", "--seed", "1", stdin="")
    assert "The placement stays open: none answered, 0 of 3 topics clear." in left.out
    goes_on = person(stdin=person.line("y"))
    assert "A placement is open: all decks." in goes_on.err
    person("--hand-in")
    quiz = person("-n", "1", "--seed", "1", stdin="1\n/list\nh\n\n")
    assert "Earlier" not in quiz.out  # a placement is no score to compare with
    (first, second) = json.loads(person("--history", "--json").out)
    assert (first["placed"], second["placed"]) == (1, None)
    assert person("--history").out.splitlines()[0].endswith("\tbroken off\t1")
    assert "placement\tOpen: auc.\n" in person("--show", "1").out


def test_time_may_be_limited(person: Person) -> None:
    begun = person("--place", "--seed", "1", "--minutes", "5")
    assert "5:00 left" in begun.out
    assert person.sitting.paper["limit_ms"] == 300_000


def test_no_more_is_asked_than_was_wished_for(person: Person) -> None:
    person.answers("auc loss trees", "-n", "4")
    assert len(person.asked) == 4


def test_a_card_that_went_is_passed_over(person: Person) -> None:
    person("--place", "--seed", "1", "--topic", "auc")
    person("--resume", stdin=person.line("y"))
    gone = person.asked[-1][0]
    text = person.deck.read_text()
    start = text.index(f"  - id: {gone}\n")
    end = text.index("  - ", start + 4)
    person.deck.write_text(text[:start] + text[end:])
    done = person("--resume")
    assert "1 no longer in the decks" in done.out
    assert person.asked[-1][0] != gone
    person("--resume", stdin=person.line("n"))
    person("--resume", stdin=person.line("n"))
    verdicts = [item["verdict"] for item in person.sitting.result["items"]]
    assert verdicts == ["right", "wrong", "wrong"]


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--weak",), 2, "leave out --weak"),
        (("--kinds", "mcq"), 2, "leave out --kinds"),
        (("--count",), 2, "leave out --count"),
        (("--per-question", "9"), 2, "leave out --per-question"),
        (("--topic", "aux"), 1, "Did you mean 'auc'?"),
    ],
)
def test_what_cannot_be_is_refused(
    person: Person, more: tuple[str, ...], code: int, said: str
) -> None:
    done = person("--place", *more)
    assert (done.code, said in done.err) == (code, True), done.err


def test_without_new_cards_there_is_nothing_to_place(person: Person, run: Run) -> None:
    for number in (1, 2):
        run("answer", f"trees-{number}", "3", "--decks", person.deck)
    done = person("--place", "--topic", "trees")
    assert done.code == 1
    assert "no card there is new" in done.err
    person.deck.write_text("cards:\n  - {q: Another one?, a: Yes.}\n")
    done = person("--place")
    assert done.code == 1
    assert "marked by the program" in done.err
