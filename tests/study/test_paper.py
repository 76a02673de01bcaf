"""The paper of a quiz: fixed by its seed, balanced, and nothing in it gives another away."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from random import Random
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.store.entry import Entry
from mlsd_cards.study.quiz.paper import MARKED, PLAIN, Item, Paper, Wish, draw, repetition, weight


def entry(
    card: str,
    topic: str = "t",
    kind: str = "mcq",
    difficulty: int = 2,
    requires: str = "",
    note: str = "",
    lapses: int = 0,
    ef: int = 250,
    wrong: int = 0,
) -> Entry:
    return Entry(
        card, note or card, "d", topic, kind, difficulty, 60, tuple(requires.split()), 0,
        lapses=lapses, ef=ef, wrong=wrong,
    )  # fmt: skip


def library(topics: str, kinds: str, each: int) -> list[Entry]:
    """So many cards of each topic and kind."""
    return [
        entry(f"{topic}-{kind}-{number}", topic, kind)
        for topic in topics.split()
        for kind in kinds.split()
        for number in range(each)
    ]


def asked(paper: Paper, entries: list[Entry]) -> list[Entry]:
    by_card = {one.card: one for one in entries}
    return [by_card[item.card] for item in paper.items]


def is_pair(one: Entry, other: Entry) -> bool:
    return one.note in other.requires or other.note in one.requires


NAMES = [f"n{number}" for number in range(12)]
CARDS = st.builds(
    lambda note, ordinal, *rest: entry(f"{note}:c{ordinal}", *rest, note=note),
    st.sampled_from(NAMES),
    st.integers(1, 3),
    st.sampled_from(["a", "b", "c", ""]),
    st.sampled_from(["mcq", "basic", "cloze"]),
    st.integers(1, 3),
    st.sampled_from(["", "", *NAMES]),
)
LIBRARIES = st.lists(CARDS, max_size=40, unique_by=lambda one: one.card)
SEEDS = st.integers(0, 2**40)


# what a seed fixes


@given(LIBRARIES, SEEDS, st.randoms(use_true_random=False), st.booleans())
def test_a_seed_gives_one_paper_in_whatever_order_the_cards_arrive(
    entries: list[Entry], seed: int, rng: Random, weak: bool
) -> None:
    wish = Wish(8, weak=weak)
    paper = draw(entries, wish, seed)
    rng.shuffle(entries)
    assert draw(iter(entries), wish, seed) == paper


def test_other_seeds_give_other_papers() -> None:
    entries = library("a b c", "mcq basic", 10)
    papers = {draw(entries, Wish(10), seed).items for seed in range(50)}
    assert len(papers) == 50


def test_a_seed_gives_this_paper_under_every_python() -> None:
    paper = draw(library("a b", "mcq basic", 3), Wish(4), 7)
    assert paper.items == (
        Item("b-basic-0", 839022870731499),
        Item("a-mcq-1", 3073107117886664),
        Item("b-mcq-2", 4166200900614668),
        Item("a-basic-0", 3624651164883892),
    )


def test_options_and_numbers_are_drawn_anew_by_each_paper() -> None:
    numbers = {repetition(seed, card) for seed in range(100) for card in ("one", "two")}
    assert len(numbers) == 200
    assert all(0 <= number < 2**53 for number in numbers)
    paper = draw([entry("one")], Wish(1), 3)
    assert paper.items == (Item("one", repetition(3, "one")),)


# balance and distance


@given(LIBRARIES, SEEDS, st.integers(0, 30), st.booleans())
def test_no_note_twice_and_no_pair_side_by_side(
    entries: list[Entry], seed: int, count: int, weak: bool
) -> None:
    chosen = asked(draw(entries, Wish(count, weak=weak), seed), entries)
    assert len(chosen) <= count
    assert len({one.note for one in chosen}) == len(chosen)
    assert not any(is_pair(one, other) for one, other in pairwise(chosen))


@given(LIBRARIES, SEEDS, st.integers(1, 30), st.booleans())
def test_topics_differ_by_one_unless_one_has_run_out(
    entries: list[Entry], seed: int, count: int, weak: bool
) -> None:
    chosen = asked(draw(entries, Wish(count, weak=weak), seed), entries)
    counts = Counter(one.topic for one in chosen)
    most = max(counts.values(), default=0)
    for one in entries:
        if most - counts[one.topic] > 1:
            assert any(one.note == other.note or is_pair(one, other) for other in chosen)


@given(LIBRARIES, SEEDS, st.integers(1, 30))
def test_a_pair_meets_only_where_there_are_too_few_others(
    entries: list[Entry], seed: int, count: int
) -> None:
    chosen = asked(draw(entries, Wish(count), seed), entries)
    if any(is_pair(one, other) for one, other in combinations(chosen, 2)):
        for one in entries:
            assert any(one.note == other.note or is_pair(one, other) for other in chosen)


@given(SEEDS, st.integers(1, 48))
def test_kinds_differ_by_one_where_each_topic_has_enough_of_each(seed: int, count: int) -> None:
    entries = library("a b c", "mcq basic cloze numeric", 12)
    counts = Counter(one.kind for one in asked(draw(entries, Wish(count), seed), entries))
    assert max(counts.values()) - min(counts[one.kind] for one in entries) <= 1


@given(SEEDS)
def test_a_topic_is_asked_in_each_of_its_kinds(seed: int) -> None:
    entries = library("a b", "mcq basic", 9)
    chosen = asked(draw(entries, Wish(8), seed), entries)
    assert set(Counter((one.topic, one.kind) for one in chosen).values()) == {2}


@given(SEEDS)
def test_neighbours_are_of_different_topics_wherever_possible(seed: int) -> None:
    entries = library("a", "mcq", 5) + library("b c", "mcq", 2)
    chosen = asked(draw(entries, Wish(9), seed), entries)
    assert all(one.topic != other.topic for one, other in pairwise(chosen))


def test_a_card_without_a_topic_stands_under_its_deck() -> None:
    entries = [entry(f"{deck}{n}", "")._replace(deck=deck) for deck in "xy" for n in range(9)]
    chosen = asked(draw(entries, Wish(6), 1), entries)
    assert Counter(one.deck for one in chosen) == {"x": 3, "y": 3}


def test_a_pair_is_parted_by_what_else_there_is() -> None:
    entries = [entry("after", "a", requires="before"), entry("before", "b"), entry("other", "c")]
    for seed in range(20):
        cards = [item.card for item in draw(entries, Wish(3), seed).items]
        assert cards[1] == "other"
        assert len(cards) == 3


def test_a_pair_alone_is_one_question() -> None:
    paper = draw([entry("after", requires="before"), entry("before")], Wish(2), 1)
    assert len(paper.items) == 1
    assert paper.short.startswith("Wished for: 2. There are: 1. 2 cards fit, but")


# weak cards


@pytest.mark.parametrize(
    ("history", "lots"),
    [
        ({}, 1),
        ({"ef": 270}, 1),
        ({"ef": 221}, 1),
        ({"ef": 220}, 10),
        ({"ef": 130}, 37),
        ({"wrong": 1}, 10),
        ({"wrong": 1, "lapses": 1}, 19),
        ({"wrong": 9, "lapses": 9, "ef": 130}, 109),
    ],
)
def test_the_weight_of_a_card(history: dict[str, int], lots: int) -> None:
    assert weight(entry("one", **history)) == lots  # type: ignore[arg-type]


def test_a_weak_paper_leans_on_weak_cards_and_stays_balanced() -> None:
    entries = [
        one._replace(lapses=2, wrong=3) if one.card.endswith(("-0", "-1")) else one
        for one in library("a b c d", "mcq basic", 10)
    ]
    weak = [asked(draw(entries, Wish(16, weak=True), seed), entries) for seed in range(40)]
    plain = [asked(draw(entries, Wish(16), seed), entries) for seed in range(40)]

    def share(papers: list[list[Entry]]) -> float:
        return mean(one.wrong > 0 for paper in papers for one in paper)

    assert 0.1 < share(plain) < 0.3
    assert share(weak) > 2 * share(plain)
    assert all(set(Counter(one.topic for one in paper).values()) == {4} for paper in weak)


def test_a_few_cards_that_were_once_wrong_are_noticed_in_a_large_library() -> None:
    topics = " ".join(f"t{number}" for number in range(100))
    entries = library(topics, "mcq basic", 2)
    entries = [one._replace(wrong=0 if at % 19 else 1) for at, one in enumerate(entries)]
    papers = [asked(draw(entries, Wish(20, weak=True), seed), entries) for seed in range(20)]
    assert mean(one.wrong for paper in papers for one in paper) > 0.3


def test_a_short_weak_paper_turns_to_weak_topics_and_kinds() -> None:
    weak = [entry(f"w{n}", "weak", "numeric", lapses=4, wrong=4) for n in range(9)]
    entries = weak + library("a b c d e f g h", "mcq basic cloze", 5)
    papers = [asked(draw(entries, Wish(3, weak=True), seed), entries) for seed in range(60)]
    assert mean(any(one.wrong for one in paper) for paper in papers) > 0.6
    topic = weak + library("weak", "mcq basic", 9)
    chosen = asked(draw(topic, Wish(9, weak=True), 1), topic)
    assert Counter(one.kind for one in chosen)["numeric"] >= 6


def test_without_a_weak_card_it_says_so() -> None:
    entries = library("a", "mcq", 5)
    assert draw(entries, Wish(5, weak=True), 1).short == PLAIN
    assert draw(entries, Wish(5), 1).short == ""
    lapsed = [*entries, entry("z", wrong=1)]
    assert draw(lapsed, Wish(5, weak=True), 1).short == ""


# too few


MIXED = [
    *library("a", "mcq", 2),
    *library("a", "basic", 3),
    *(one._replace(card=f"hard-{one.card}", note=f"hard-{one.note}", difficulty=3)
      for one in library("a", "numeric", 4)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (Wish(9), ""),
        (Wish(12), "Wished for: 12. There are: 9. More decks, tags or topics would give more."),
        (Wish(3, kinds=("mcq",)),
         "Wished for: 3. There are: 2. Without --kinds there are 9 to draw from."),
        (Wish(9, marked_only=True),
         "Wished for: 9. There are: 6. Without --auto-only there are 9 to draw from."),
        (Wish(5, kinds=("mcq", "basic", "numeric"), difficulties=(3,)),
         "Wished for: 5. There are: 4. Without --difficulty there are 9 to draw from."),
        (Wish(5, kinds=("numeric", "mcq"), difficulties=(3,), marked_only=True),
         "Wished for: 5. There are: 4. Without --difficulty there are 6 to draw from."),
        (Wish(5, kinds=("ordering",), difficulties=(1,)),
         "Wished for: 5. There are: 0. "
         "Without --kinds and --difficulty there are 9 to draw from."),
        (Wish(5, kinds=("basic",), difficulties=(3,)),
         "Wished for: 5. There are: 0. Without --kinds there are 4 to draw from. "
         "Without --difficulty there are 3 to draw from."),
    ],
)  # fmt: skip
def test_too_few_cards_are_said_and_what_would_give_more(wish: Wish, words: str) -> None:
    paper = draw(MIXED, wish, 1)
    assert paper.short == words
    assert all(wish.takes(one) for one in asked(paper, MIXED))


def test_nothing_to_draw_from() -> None:
    paper = draw([], Wish(weak=True), 1)
    assert paper.items == ()
    assert "There are: 0." in paper.short


def test_only_what_the_program_marks() -> None:
    entries = library("a", "mcq basic comparison ordering", 3)
    chosen = asked(draw(entries, Wish(6, marked_only=True), 1), entries)
    assert {one.kind for one in chosen} == {"mcq", "ordering"}
    assert "rubric" not in MARKED
