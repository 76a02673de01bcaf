"""Placement: what is asked next, when a topic is clear, and which cards that places."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Clock
from mlsd_cards.app import App
from mlsd_cards.cards.certainty import Certainty
from mlsd_cards.cards.marking import Verdict
from mlsd_cards.store.entry import Entry, entries
from mlsd_cards.study.placement.placement import (
    EARLIEST,
    LATEST,
    Given,
    Plan,
    Standing,
    interval,
    placed,
    plan,
    words,
)

SURE, THINK, MISS = (
    (Verdict.RIGHT, Certainty.SURE),
    (Verdict.RIGHT, Certainty.THINK_SO),
    (Verdict.WRONG, Certainty.SURE),
)
HOW = {"s": SURE, "t": THINK, "m": MISS, "-": (None, None)}


def cards(levels: str, topic: str = "auc", kind: str = "mcq", first: int = 0) -> list[Entry]:
    """A card for each digit, of that difficulty."""
    return [
        Entry(f"{topic}-{at}", f"{topic}-{at}", "deck", topic, kind, int(level), 30, (), first + at)
        for at, level in enumerate(levels)
    ]


def play(made: Plan, how: str) -> list[Given]:
    """Answer as the letters say for as long as something is asked."""
    answers: list[Given] = []
    for letter in how:
        item = made.next(answers)
        if item is None:
            break
        answers.append(Given(item.card, *HOW[letter]))
    return answers


@pytest.mark.parametrize(
    ("levels", "how", "asked", "verdict", "level"),
    [
        ("1122333", "sssssss", [2, 3, 3], "known", 3),
        ("1122333", "mmmmmmm", [2, 1], "not known", 0),
        ("1122333", "tttt", [2, 1], "not known", 0),  # right, but not sure
        ("1122333", "----", [2, 1], "not known", 0),  # passed over
        ("11222333", "ssmsssss", [2, 3, 3, 2, 3, 2], "known", 3),
        ("11222333", "ssmssmss", [2, 3, 3, 2, 3, 2], "not known", 0),
        ("111", "ssss", [1, 1, 1], "known", 1),
        ("12", "ss", [2, 1], "known", 2),  # a small topic: both
        ("12", "sm", [2, 1], "open", 0),
        ("123", "mss", [2, 1, 3], "open", 0),  # the cards run out before three in a row
        ("2", "s", [2], "open", 0),  # one card alone says nothing of its topic
    ],
)
def test_when_a_topic_is_clear(
    levels: str, how: str, asked: list[int], verdict: str, level: int
) -> None:
    entries = cards(levels)
    made = plan(entries, 1, 99)
    answers = play(made, how)
    difficulty = {entry.card: entry.difficulty for entry in entries}
    assert [difficulty[one.card] for one in answers] == asked
    assert made.next(answers) is None
    assert made.standings(answers) == [Standing("auc", len(asked), verdict, level)]


def test_topics_come_in_the_order_of_the_library() -> None:
    entries = cards("222", "zebra", first=0) + cards("222", "ant", first=10)
    answers = play(plan(reversed(entries), 1, 99), "s" * 9)
    assert [one.card.split("-")[0] for one in answers] == ["zebra"] * 3 + ["ant"] * 3


def test_what_is_not_asked() -> None:
    one, other, third = cards("222")
    sibling = other._replace(note=one.note)
    assert len(play(plan([one, sibling, third], 1, 99), "sss")) == 2
    assert play(plan([one._replace(last=20_000), third], 1, 99), "sss")[0].card == third.card
    assert plan(cards("222", kind="basic"), 1, 99).next([]) is None
    assert len(play(plan(cards("222"), 1, 2), "sss")) == 2  # no more than were wished for
    gone = Given("gone", *SURE)  # its card left the library meanwhile
    assert plan(cards("222"), 1, 99).standings([gone]) == []


def offered(made: Plan, answers: list[Given]) -> list[str]:
    return [card for offer in made.offers(answers) for card in offer.cards]


def test_what_is_placed_and_what_is_offered() -> None:
    entries = [*cards("1223"), *cards("123", "auc", "basic", 50), *cards("22", "loss", first=90)]
    entries = [*entries[:4], *(one._replace(card=f"b-{one.card}") for one in entries[4:])]
    made = plan(entries, 1, 99)
    answers = play(made, "sss" + "st")
    assert placed(answers) == [one.card for one in answers[:4]]
    rest = {"auc-0", "auc-1", "auc-2"} - {one.card for one in answers}
    assert offered(made, answers) == [*sorted(rest), "b-auc-0", "b-auc-1", "b-auc-2"]
    (offer,) = made.offers(answers)
    assert (offer.topic, offer.sure, offer.asked) == ("auc", 3, 3)
    assert words(made.standings(answers)) == ["Known: auc.", "Open: loss."]
    assert made.clear(answers) == 2


def test_nothing_harder_than_what_was_shown_is_offered() -> None:
    entries = [*cards("112"), *(one._replace(card="b") for one in cards("3", kind="basic"))]
    made = plan(entries, 1, 99)
    assert made.standings(play(made, "sss"))[0].level == 2
    assert offered(made, play(made, "sss")) == []


@given(st.integers(0, 99), st.randoms(use_true_random=False), st.text("stm-", max_size=40))
def test_any_order_of_cards_gives_the_same_questions(seed: int, rng: Random, how: str) -> None:
    entries = cards("1223312") + cards("1122", "loss", "cloze", 20) + cards("3", "gbdt", first=40)
    answers = play(plan(entries, seed, 99), how)
    shuffled = rng.sample(entries, len(entries))
    assert play(plan(shuffled, seed, 99), how) == answers
    assert len({one.card for one in answers}) == len(answers)
    assert max(Counter(one.card.split("-")[0] for one in answers).values(), default=0) <= 6


def test_placed_cards_come_back_each_at_its_own_day() -> None:
    days = Counter(interval(f"card-{number}") for number in range(2200))
    assert (min(days), max(days)) == (EARLIEST, LATEST)
    assert max(days.values()) < 150  # of 100 a day if they were spread quite evenly
    assert interval("auc-invariances") == 24


def test_a_good_candidate_in_the_bundled_library(home: Path, clock: Clock) -> None:
    """Who knows four topics of five answers about two and a half questions a topic."""
    cards = entries(App(str(home)).catalogue)
    topic = {entry.card: entry.topic for entry in cards}
    asked = []
    for seed in range(20):
        made = plan(cards, seed, 1000)
        rng = Random(seed)
        known = {one.name for one in made.topics if rng.random() < 0.8}
        answers: list[Given] = []
        while item := made.next(answers):
            sure = rng.random() < (0.9 if topic[item.card] in known else 0.2)
            answers.append(Given(item.card, *(SURE if sure else MISS)))
        asked.append(len(answers))
        assert max(Counter(topic[one.card] for one in answers).values()) <= 6
        assert len(play(plan(cards, seed, 30), "s" * 99)) == 30
    assert 2 < mean(asked) / len(made.topics) < 3
