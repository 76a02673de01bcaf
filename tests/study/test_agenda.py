"""The day's agenda: what is asked, what waits, and in what order."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.store.catalogue import Candidate
from mlsd_cards.study.agenda import Agenda, Limits, interleave, mix, plan_day, plan_practice

DAY = 1000


def due(
    name: str, topic: str = "t", late: int = 0, interval: int = 10, note: str = ""
) -> Candidate:
    return Candidate(
        name, note or name, "d", topic, 0, DAY - late, interval, 900, DAY - late - interval
    )


def new(name: str, note: str = "") -> Candidate:
    return Candidate(name, note or name, "d", "t", 0)


def answered(name: str, *, drill: bool = False, first: int = 900, interval: int = 5) -> Candidate:
    repetitions = 0 if interval == 1 else 3
    return Candidate(
        name, name, "d", "t", 0, DAY + interval, interval, first, DAY, drill, repetitions
    )


def day(
    waiting: list[Candidate] = [],  # noqa: B006 - never changed
    unseen: list[Candidate] = [],  # noqa: B006
    done: list[Candidate] = [],  # noqa: B006
    limits: Limits = Limits(),  # noqa: B008
) -> Agenda:
    return plan_day(waiting, iter(unseen), done, done, DAY, limits, Random(1))


def test_due_first_and_the_new_mixed_in_evenly() -> None:
    agenda = day([due(f"d{n}", f"t{n}") for n in range(8)], [new(f"n{n}") for n in range(2)])
    kinds = "".join(card[0] for card in agenda.cards)
    assert kinds == "dddndddndd" or kinds == "dddndddndd"
    assert [card for card in agenda.cards if card[0] == "n"] == ["n0", "n1"]
    assert agenda.new == {"n0", "n1"}
    assert agenda.reviews == 8


def test_a_fresh_home_starts_with_the_librarys_first_cards() -> None:
    assert day(unseen=[new(f"n{n}") for n in range(30)]).cards == tuple(f"n{n}" for n in range(10))


def test_what_was_done_today_counts_against_the_limits() -> None:
    done = [answered("a", first=DAY), answered("b", first=DAY), answered("c")]
    agenda = day(
        [due(f"d{n}") for n in range(5)], [new(f"n{n}") for n in range(9)], done, Limits(5, 4)
    )
    assert agenda.reviews == 3
    assert len(agenda.new) == 3
    assert agenda.later == 2


def test_one_card_of_a_note_a_day() -> None:
    waiting = [due("x:c1", note="x", late=1), due("x:c2", note="x", late=2), due("b")]
    agenda = day(waiting, [new("x:c3", "x"), new("y:c1", "y"), new("y:c2", "y")])
    assert sorted(agenda.cards) == ["b", "x:c2", "y:c1"]
    assert agenda.held == 1


def test_siblings_take_turns_however_long_their_intervals() -> None:
    # c1 and c2 fail each time and are due again the next day; c3 had sixty
    ready = {"c1": (DAY, 1), "c2": (DAY, 1), "c3": (DAY, 60)}
    asked = []
    for today in range(DAY, DAY + 3):
        waiting = [
            Candidate(card, "x", "d", "t", 0, by, interval, 900, by - interval)
            for card, (by, interval) in ready.items()
            if by <= today
        ]
        asked += plan_day(waiting, iter([]), [], [], today, Limits(), None).cards
        ready[asked[-1]] = (today + 1, 1)
    assert sorted(asked) == ["c1", "c2", "c3"]


def test_a_card_answered_today_holds_its_siblings_back() -> None:
    done = [Candidate("x:c1", "x", "d", "t", 0, DAY + 1, 1, DAY, DAY)]
    agenda = day([due("x:c2", note="x")], [new("x:c3", "x")], done)
    assert agenda.cards == ()
    assert agenda.held == 1


def test_drill_waits_after_the_rest() -> None:
    agenda = day([due("d")], done=[answered("a", drill=True), answered("b")])
    assert agenda.cards == ("d",)
    assert agenda.drill == ("a",)


def test_backlog_nothing_new_only_failures_drilled_and_the_longest_waiting_first() -> None:
    waiting = [due(f"d{n}", f"t{n % 3}", late=n + 1, interval=10) for n in range(12)]
    done = [answered("failed", drill=True, interval=1), answered("hard", drill=True, interval=9)]
    agenda = day(waiting, [new("n")], done, Limits(10, 5))
    assert agenda.backlog
    assert agenda.days_to_clear == 3
    assert agenda.cards == ("d11", "d10", "d9")  # two of today's five are done
    assert agenda.drill == ("failed",)
    assert agenda.later == 9


def test_the_days_of_a_backlog_are_those_of_all_that_is_due_not_only_of_what_is_overdue() -> None:
    waiting = [due(f"late{n}", late=1) for n in range(6)] + [due(f"now{n}") for n in range(5)]
    agenda = day(waiting, limits=Limits(10, 5))
    assert (agenda.reviews, agenda.later) == (5, 6)
    assert agenda.days_to_clear == 3


def test_waiting_is_measured_beside_the_interval() -> None:
    waiting = [
        due("long", late=20, interval=200),
        due("short", late=2, interval=1),
        due("mid", late=5),
    ]
    assert day(waiting, limits=Limits(0, 2)).cards == ("short", "mid")


def test_more_due_today_than_the_limit_is_no_backlog() -> None:
    agenda = day([due(f"d{n}") for n in range(9)], [new("n")], limits=Limits(1, 5))
    assert not agenda.backlog
    assert agenda.later == 4
    assert "n" in agenda.cards


def test_a_backlog_lasts_the_whole_day() -> None:
    waiting = [due(f"d{n}", late=1) for n in range(70)]
    for done in (0, 15, 59, 60):
        answered_today = [answered(f"a{n}") for n in range(done)]
        agenda = day(waiting[done:], [new("n")], answered_today, Limits(10, 60))
        assert agenda.backlog, done
        assert agenda.new == frozenset(), done
        assert len(agenda.cards) == 60 - done


def test_all_lifts_the_limit() -> None:
    agenda = day([due(f"d{n}", late=n) for n in range(200)], limits=Limits(0, None))
    assert len(agenda.cards) == 200
    assert not agenda.backlog


def test_a_limit_of_zero_asks_for_no_reviews() -> None:
    assert day([due("d", late=3)], limits=Limits(0, 0)).cards == ()


def test_the_seed_fixes_the_order() -> None:
    waiting = [due(f"d{n}", f"t{n % 4}") for n in range(20)]
    orders = {
        plan_day(waiting, [], [], [], DAY, Limits(), Random(seed)).cards for seed in (1, 1, 2)
    }
    assert len(orders) == 2


TOPICS = st.lists(st.sampled_from("abcd"), max_size=40)


@given(TOPICS, st.integers(0, 10))
def test_neighbours_have_different_topics_wherever_possible(topics: list[str], seed: int) -> None:
    cards = [due(f"c{n}", topic) for n, topic in enumerate(topics)]
    order = interleave(cards, Random(seed))
    assert sorted(order) == sorted(cards)
    most = max((topics.count(topic) for topic in topics), default=0)
    runs = sum(one.topic == two.topic for one, two in pairwise(order))
    assert runs == max(0, most - 1 - (len(topics) - most))


@given(st.integers(0, 30), st.integers(0, 10))
def test_mixing_keeps_both_orders_and_spreads(count: int, fresh: int) -> None:
    waiting, unseen = [due(f"d{n}") for n in range(count)], [new(f"n{n}") for n in range(fresh)]
    mixed = mix(waiting, unseen)
    assert [c for c in mixed if c in waiting] == waiting
    assert [c for c in mixed if c in unseen] == unseen
    if count and fresh:
        assert mixed[0] in waiting
    places = [index for index, c in enumerate(mixed) if c in unseen]
    gaps = [two - one for one, two in pairwise(places)]
    if count >= fresh > 1:
        assert max(gaps) - min(gaps) <= 2


@pytest.mark.parametrize("limit", [None, 3])
def test_practice_takes_any_card_but_no_siblings(limit: int | None) -> None:
    cards = [due("x:c1", note="x"), due("x:c2", note="x"), new("a"), new("b"), due("c")]
    agenda = plan_practice(cards, limit, Random(1))
    assert len(agenda.cards) == (limit or 4)
    assert not {"x:c1", "x:c2"} <= set(agenda.cards)
