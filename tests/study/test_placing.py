"""A placement as a state machine: it grows by its plan, ends, and goes on as it was left."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.card import Mcq, Option
from mlsd_cards.cards.question import ask
from mlsd_cards.store.entry import Entry
from mlsd_cards.study.placement import placing
from mlsd_cards.study.placement.placement import plan
from mlsd_cards.study.quiz import handed
from mlsd_cards.study.quiz.effect import Ask, Effect, HandIn, Leave, Note, Place
from mlsd_cards.study.quiz.item import Item, fresh
from mlsd_cards.study.quiz.outcome import read
from mlsd_cards.study.quiz.quiz import (
    ASK,
    LIST,
    OFFER,
    OVER,
    RATE,
    SAVING,
    TIME,
    UNLIMITED,
    Quiz,
    Rules,
    begin,
    taken_up,
)
from mlsd_cards.study.quiz.step import hand_in, handed_in, press, tick, unsaved

LEVELS = {"auc": (1, 2, 2, 3, 3, 3, 2, 1), "loss": (2, 3, 1), "trees": (2, 3), "alone": (2,)}
ENTRIES = [
    Entry(f"{topic}-{at}", f"{topic}-{at}", "deck", topic, "mcq", level, 30, (), place * 10 + at)
    for place, (topic, levels) in enumerate(LEVELS.items())
    for at, level in enumerate(levels)
]
TOPIC = {entry.card: entry.topic for entry in ENTRIES}
RULES = Rules("all decks", 1, UNLIMITED, certainty=True, placing=True)


def item(card: str, index: int = 0) -> Item:
    """A choice whose first option, as it is written, is right."""
    options = (Option("right", True), Option("wrong", False))
    made = Mcq(id=card, note=card, topic=TOPIC[card], prompt=f"{card}?", options=options)
    return fresh(ask(made, 0), index, "deck")


class Log:
    """What the disk has of a placement: the runner's part."""

    def __init__(self, rules: Rules = RULES, most: int = 99) -> None:
        self.rules, self.plan = rules, plan(ENTRIES, rules.seed, most)
        first = self.plan.next([])
        assert first
        self.asked = [first.card]
        self.notes: list[dict[str, Any]] = []

    @property
    def taken_up(self) -> Quiz:
        """The placement as it is taken up from what was noted."""
        made = tuple(item(card, at) for at, card in enumerate(self.asked))
        quiz = replace(begin(self.rules, made, 0), plan=self.plan, asked=len(made))
        prints = [one.print for one in made]
        quiz = taken_up(quiz, prints, list(self.notes), self.rules.limit)
        return quiz if quiz.open else self.carried(quiz, [Ask()])

    def carried(self, quiz: Quiz, effects: list[Effect]) -> Quiz:
        for effect in effects:
            match effect:
                case Note():
                    self.notes.append(effect.what)
                case Ask():
                    quiz = self.ask(quiz)
                case HandIn():
                    offers = placing.offers(quiz)
                    quiz = handed_in(quiz, read(handed.result(quiz)), "", offers)
                case Place():
                    quiz = placing.accepted(quiz, read(handed.result(quiz)))
        return quiz

    def ask(self, quiz: Quiz) -> Quiz:
        following = self.plan.next(placing.answers(quiz))
        if following is None:
            return self.carried(quiz, [HandIn("handed in")])
        self.asked.append(following.card)
        return placing.asked(quiz, item(following.card))

    def after(self, quiz: Quiz, *keys: str) -> Quiz:
        for key in keys:
            quiz, effects = press(quiz, key, quiz.at + 100)
            quiz = self.carried(quiz, effects)
        return quiz

    def answer(self, quiz: Quiz, how: str) -> Quiz:
        """Answer as a letter says: s right and sure, t right, m wrong and sure, - passed."""
        if how == "-":
            return self.after(quiz, "tab")
        shown = [option.text for option in quiz.item.question.options]
        key = str(shown.index("wrong" if how == "m" else "right") + 1)
        return self.after(quiz, key, "2" if how == "t" else "3")


HOWS = st.text("stm-", max_size=30)


@settings(max_examples=60)
@given(HOWS, st.integers(0, 30))
def test_any_answers_end_it_and_after_any_it_goes_on_with_the_same_question(
    hows: str, prefix: int
) -> None:
    log, broken = Log(), Log()
    whole, cut = log.taken_up, broken.taken_up
    for at, how in enumerate(hows + "s" * 40):
        if whole.phase in {OFFER, OVER}:
            break
        whole, cut = log.answer(whole, how), broken.answer(cut, how)
        if at >= prefix and cut.phase == ASK:
            cut = broken.taken_up
        assert broken.asked == log.asked
        assert [one.given for one in cut.items] == [one.given for one in whole.items]
        assert placing.progress(cut) == placing.progress(whole)
    assert whole.phase in {OFFER, OVER}
    assert whole.phase == cut.phase
    assert len(set(log.asked)) == len(log.asked)
    assert max(Counter(TOPIC[card] for card in log.asked).values()) <= 6
    assert handed.result(whole)["placement"] == handed.result(cut)["placement"]
    sure = [one.card for one in placing.answers(whole) if one.sure]
    assert [card for card, _ in handed.placed(whole)] == sure
    assert handed.answers(whole) == []


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["1", "2", "3", "enter", "tab", "esc", "b", "l", "h", "f", "?"])))
def test_no_key_changes_an_answer_once_it_is_rated(keys: list[str]) -> None:
    log = Log()
    quiz = log.taken_up
    final: dict[str, Any] = {}
    for key in keys:
        quiz = log.after(quiz, key)
        now = {one.question.card.id: one.given for one in quiz.items if one.locked}
        assert now.items() >= final.items()
        final = now


def test_killed_between_an_answer_and_the_next_question_it_asks_it() -> None:
    log = Log()
    quiz, effects = press(log.taken_up, "1", 100)
    quiz, effects = press(quiz, "3", 200)
    assert [type(effect) for effect in effects] == [Note, Ask]
    log.carried(quiz, effects[:1])
    assert len(log.taken_up.items) == 2


def test_there_is_no_way_back_and_no_flag() -> None:
    log = Log()
    quiz = log.answer(log.taken_up, "s")
    assert log.after(quiz, "b").note == placing.NO_BACK
    assert log.after(quiz, "b").place == 1
    assert not log.after(quiz, "f").item.flagged
    assert not log.after(quiz, "esc", "f").item.flagged


def test_the_rating_can_be_gone_back_from_until_it_is_given() -> None:
    log = Log()
    quiz = log.after(log.taken_up, "1")
    assert quiz.phase == RATE
    quiz = log.after(quiz, "esc", "2")
    assert quiz.item.given == {"picked": [1]}
    assert log.after(quiz, "3").place == 1


def test_what_was_not_rated_is_no_answer() -> None:
    log = Log()
    quiz = log.after(log.taken_up, "1")
    assert (quiz.answered, placing.answers(quiz)) == (1, [])
    assert handed.result(quiz)["items"] == []
    quiz, effects = hand_in(quiz)
    assert effects[-1] == HandIn("broken off")


def test_passing_takes_back_what_was_chosen() -> None:
    log = Log()
    quiz = log.after(log.taken_up, "1", "esc", "tab")
    (first,) = placing.answers(quiz)
    assert (first.verdict, first.certainty) == (None, None)
    (told,) = handed.result(quiz)["items"]
    assert (told["verdict"], told["given"]) == ("", "")


def test_how_far_it_is_leads_back_to_the_question_and_to_its_end() -> None:
    log = Log()
    quiz = log.after(log.answer(log.taken_up, "s"), "l")
    assert (quiz.phase, placing.progress(quiz)) == (LIST, (0, 4))
    assert log.after(quiz, "enter").phase == ASK
    assert log.after(quiz, "1", "enter").place == 1  # it is no list of numbers
    assert log.after(quiz, "h").phase == OVER
    for how in "ss":
        quiz = log.answer(log.after(quiz, "enter"), how)
    assert placing.progress(quiz) == (1, 4)


def test_at_zero_it_is_handed_in_and_so_it_is_at_its_most() -> None:
    log = Log(RULES._replace(limit=1000))
    quiz, effects = tick(log.answer(log.taken_up, "s"), 1000)
    assert effects[-1] == HandIn(TIME)
    assert handed.result(quiz)["limit_ms"] == 1000
    log = Log(most=1)
    assert log.answer(log.taken_up, "s").phase == OVER


def offered() -> tuple[Log, Quiz]:
    """Three topics are known; of two there is more."""
    log = Log()
    quiz = log.taken_up
    while quiz.phase == ASK:
        quiz = log.answer(quiz, "s")
    return log, quiz


@pytest.mark.parametrize(
    ("keys", "count"),
    [("enter", 0), ("space enter", 5), ("space space enter", 0), ("a", 5), ("down space a", 5)],
)
def test_what_is_offered_is_taken_or_left(keys: str, count: int) -> None:
    log, quiz = offered()
    assert [(one.topic, len(one.cards)) for one in quiz.offers] == [("auc", 5)]
    *before, last = keys.split()
    quiz, effects = press(log.after(quiz, *before), last, 0)
    cards = [card for effect in effects if isinstance(effect, Place) for card in effect.cards]
    assert len(cards) == count
    assert log.carried(quiz, effects).phase == OVER


def test_leaving_takes_nothing_of_what_is_offered() -> None:
    assert press(offered()[1], "q", 0)[1] == [Leave()]
    assert press(offered()[1], "ctrl-c", 0)[1] == [Leave()]


@pytest.mark.parametrize("effect", [Ask(), HandIn("handed in")])
def test_what_could_not_be_written_is_tried_again(effect: Effect) -> None:
    log = Log()
    quiz, _ = press(log.after(log.taken_up, "1"), "3", 300)
    assert quiz.phase == SAVING
    quiz = unsaved(quiz, effect, "NOT saved")
    assert (quiz.phase, quiz.note) == (LIST, "NOT saved")
    assert press(quiz, "enter", 400)[1][-1] == Ask()
    assert press(quiz, "h", 400)[1][-1] == HandIn("handed in")


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"topics": 3, "placed": "x"},
        {"topics": [{"topic": 1}, 3, {"topic": "\ud800", "asked": 1, "verdict": "x", "level": 0}]},
        {"topics": [{"topic": "\ud800", "asked": 1, "verdict": "known", "level": 0}]},
        {"placed": [["card"], ["card", "x"], ["card", -1], 3]},
    ],
)
def test_any_payload_is_read_as_some_placement(raw: dict[str, Any]) -> None:
    told = read({"placement": raw}, (), [{"accepted": raw}]).placed
    assert told
    assert (told.cards, told.accepted) == ((), ())
    " ".join(told.lines).encode()


def test_another_quiz_is_none() -> None:
    assert read({}).placed is None
    assert read({"placement": 3}).placed is None
