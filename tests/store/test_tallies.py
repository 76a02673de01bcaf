"""What the log counts as, against a plain walk over its events, however it came to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import kept_count, log, tallies
from mlsd_cards.store.catalogue import EVERYTHING, Catalogue, Filter
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge
from mlsd_cards.store.tallies import topics_since
from mlsd_cards.store.tally import Tally, total
from mlsd_cards.store.undo import take_back

DAY = 20_778
DECK = """\
deck: small
cards:
  - {id: one, topic: left, tags: [easy], q: What is one?, a: The first.}
  - {id: two, topic: left, q: What is two?, a: The second.}
  - {id: three, topic: right, q: What is three?, a: The third.}
"""
CARDS = ("one", "two", "three", "gone")
TOPICS = {"one": "left", "two": "left", "three": "right", "gone": ""}


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("decks") / "small.yaml"
    path.write_text(DECK)
    return path


def catalogue_of(store: Store, decks: Path) -> Catalogue:
    return Library.open(store, [Root(str(decks))], lambda: Moment.of(0, 0)).catalogue


def moment(day: int, offset: int = 0) -> Moment:
    return Moment(day * 86_400_000 + 43_200_000, offset, day)


def answer(store: Store, card: str, day: int, grade: int = 3, **more: object) -> Event:
    given = {"scale": log.BUTTONS, "source": log.REVIEW, "took": 1000, **more}
    return store.append(log.REVIEWED, card, moment(day), grade=grade, **given)[0]  # type: ignore[arg-type]


def walked(events: list[Event], since: int = 0) -> dict[tuple[int, str], Tally]:
    """The tallies by day and card, found by looking back from each answer."""
    counted = log.effective(events)
    found: dict[tuple[int, str], list[Tally]] = {}
    for place, event in enumerate(counted):
        if event.kind != log.REVIEWED or event.day < since:
            continue
        earlier = [one for one in counted[:place] if one.card == event.card]
        resets = [index for index, one in enumerate(earlier) if one.kind == log.RESET]
        scheduled = [
            one.day
            for one in earlier[resets[-1] + 1 if resets else 0 :]
            if one.kind == log.REVIEWED and one.source not in {log.PRACTICE, log.QUIZ}
        ]
        gap = event.day - max(scheduled) if scheduled else None
        schedules = event.source not in {log.PRACTICE, log.QUIZ}
        right = log.quality(event.grade or 0, event.scale or "") >= 3
        young = schedules and gap is not None and 1 <= gap < 21
        mature = schedules and gap is not None and gap >= 21
        tally = Tally(
            1, right, event.took or 0, schedules and gap is None,
            young, young and right, mature, mature and right,
        )  # fmt: skip
        found.setdefault((event.day, event.card), []).append(tally)
    return {key: total(several) for key, several in found.items()}


def hold(catalogue: Catalogue) -> None:
    """Hold every way to count against the walk."""
    events = catalogue.store.events()
    everything = walked(events)
    made = tallies.tallies(catalogue)
    days = {one.day: one.tally for one in made.days}
    assert days == {
        day: total(tally for (at, _), tally in everything.items() if at == day)
        for day, _ in everything
    }
    places: dict[int, list[int]] = {}
    for event in log.effective(events):
        if event.kind == log.REVIEWED:
            places.setdefault(event.day, []).append(event.offset)
    assert {one.day: (one.west, one.east) for one in made.days} == {
        day: (min(offsets), max(offsets)) for day, offsets in places.items()
    }
    assert made.topics == by_topic(everything)
    wanted = Filter(topics=("left",))
    left = {key: tally for key, tally in everything.items() if TOPICS[key[1]] == "left"}
    assert tallies.tallies(catalogue, wanted).topics == by_topic(left)
    late = walked(events, DAY + 10)
    assert topics_since(catalogue, EVERYTHING, DAY + 10) == by_topic(late)


def by_topic(found: dict[tuple[int, str], Tally]) -> dict[str, Tally]:
    return {
        topic: total(tally for (_, card), tally in found.items() if TOPICS[card] == topic)
        for topic in {TOPICS[card] for _, card in found}
    }


steps = st.lists(
    st.tuples(
        st.sampled_from(("answer", "answer", "answer", "undo", "reset", "merge", "look")),
        st.sampled_from(CARDS),
        st.integers(0, 60),
        st.sampled_from(((1, "1-4"), (2, "1-4"), (4, "1-4"), (2, "0-5"), (3, "0-5"))),
        st.sampled_from((log.REVIEW, log.REVIEW, log.PRACTICE, log.QUIZ, log.COUNTED, "anki:1")),
    ),
    max_size=25,
)


@given(steps=steps, kept=st.integers(1, 6))
def test_a_count_is_what_a_walk_finds(
    decks: Path, steps: list[tuple[str, str, int, tuple[int, str], str]], kept: int
) -> None:
    store = Store.in_memory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_count, "KEPT", kept)
        catalogue = catalogue_of(store, decks)
        for what, card, day, (grade, scale), source in steps:
            now = moment(DAY + day)
            if what == "answer":
                answer(store, card, DAY + day, grade, scale=scale, source=source)
            elif what == "reset":
                store.append(log.RESET, card, now)
            elif what == "undo" and (events := store.events(card)):
                if (one := events[day % len(events)]).kind == log.REVIEWED:
                    take_back(store, one, now)
            elif what == "merge":  # an answer of another machine, before or after those here
                event = store.stamp(log.REVIEWED, card, now)
                event = event._replace(device="other", time=now.at, grade=grade, scale=scale)
                event = event._replace(offset=60 * (grade - 2))
                merge(store, [event])
            elif what == "look":
                hold(catalogue)
        hold(catalogue)
    store.close()


@pytest.fixture
def catalogue(decks: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    monkeypatch.setattr(kept_count, "KEPT", 3)
    store = Store.in_memory()
    yield catalogue_of(store, decks)
    store.close()


def kept(catalogue: Catalogue) -> int:
    """How many answers the kept count has."""
    row = catalogue.store.connection.execute("SELECT sum(answers) FROM tally_day").fetchone()
    return row[0] or 0


def test_a_long_count_is_kept_and_gone_on_from(catalogue: Catalogue) -> None:
    for day in range(2):
        answer(catalogue.store, "one", DAY + day)
    hold(catalogue)
    assert kept(catalogue) == 0
    answer(catalogue.store, "one", DAY + 30)
    hold(catalogue)
    assert kept(catalogue) == 3
    answer(catalogue.store, "one", DAY + 31)
    hold(catalogue)
    assert kept(catalogue) == 3


def test_a_kept_count_is_dropped_when_the_past_changes(catalogue: Catalogue) -> None:
    old = [answer(catalogue.store, "one", DAY + day) for day in range(3)][1]
    hold(catalogue)
    take_back(catalogue.store, old, moment(DAY + 9))
    hold(catalogue)
    assert kept(catalogue) == 2
    merge(catalogue.store, [old._replace(device="other", uid="ab" * 10, time=old.time + 1)])
    hold(catalogue)
    assert kept(catalogue) == 3


def test_a_kept_count_is_dropped_by_the_oldest_of_what_comes(catalogue: Catalogue) -> None:
    first, *_, last = [answer(catalogue.store, "one", DAY + day) for day in range(3)]
    hold(catalogue)
    times = (first.time + 1, last.time + 1)
    others = [last._replace(device="other", uid=f"{time:020x}", time=time) for time in times]
    merge(catalogue.store, others)
    hold(catalogue)


def test_a_day_that_goes_on_elsewhere_is_kept_with_all_its_places(catalogue: Catalogue) -> None:
    last = [answer(catalogue.store, card, DAY) for card in CARDS][-1]
    hold(catalogue)
    for offsets in ((-300, -240, 0), (60, 0, 120)):
        last = [event for event in catalogue.store.events() if event.time >= last.time][-1]
        others = [
            last._replace(uid=f"{last.time + at:020x}", time=last.time + at, offset=offset)
            for at, offset in enumerate(offsets, 1)
        ]
        merge(catalogue.store, others)
        hold(catalogue)
    assert kept(catalogue) == len(CARDS) + 6


def test_much_that_comes_at_once_is_counted_when_it_comes(catalogue: Catalogue) -> None:
    event = answer(catalogue.store, "one", DAY)
    others = [
        event._replace(device="other", uid=f"{number:020x}", time=event.time - number)
        for number in range(1, 9)
    ]
    merge(catalogue.store, others)
    assert kept(catalogue) == 9
    hold(catalogue)


def test_what_cannot_be_kept_is_counted_all_the_same(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        answer(catalogue.store, "one", DAY + number)

    def full(_: object) -> None:
        raise UserError("the disk is full")

    monkeypatch.setattr(kept_count, "keep_up", full)
    hold(catalogue)
    assert kept(catalogue) == 0


def test_sums_by_topic_follow_the_cards(catalogue: Catalogue, tmp_path: Path) -> None:
    """Of each library, when its files change, and when the count begins anew at the same time."""
    for number in range(3):
        answer(catalogue.store, "one", DAY + number)
    other = tmp_path / "other.yaml"
    for topic in ("middle", "elsewhere"):
        other.write_text(f"deck: d\ncards:\n  - {{id: one, topic: {topic}, q: What?, a: That.}}\n")
        library = catalogue_of(catalogue.store, other)
        assert tallies.tallies(library).topics[topic].answers == 3
        assert tallies.tallies(catalogue).topics["left"].answers == 3
    late = answer(catalogue.store, "two", DAY + 5)
    merge(catalogue.store, [late._replace(device="other", uid="ab" * 10, time=late.time - 1)])
    hold(catalogue)
    found = {topic: one.answers for topic, one in tallies.tallies(library).topics.items()}
    assert found == {"elsewhere": 3, "": 2}


def test_a_filter_is_of_the_library(catalogue: Catalogue) -> None:
    for card in CARDS:
        answer(catalogue.store, card, DAY)
    counted = tallies.tallies(catalogue, Filter(tags=("easy",)))
    assert {topic: one.answers for topic, one in counted.topics.items()} == {"left": 1}
    assert tallies.tallies(catalogue).topics[""].answers == 1


def test_an_answer_of_which_little_is_known_counts_as_wrong(catalogue: Catalogue) -> None:
    event = answer(catalogue.store, "one", DAY)
    bare = event._replace(uid="cd" * 10, device="other", time=event.time + 1)
    bare = bare._replace(grade=None, scale=None, took=None, source=None)
    merge(catalogue.store, [bare])
    hold(catalogue)
    assert tallies.tallies(catalogue).topics == {"left": Tally(2, 1, 1000, 1)}


@pytest.mark.parametrize("wanted", [EVERYTHING, Filter(topics=("left",)), Filter(decks=("small",))])
@pytest.mark.parametrize("since", [None, DAY])
def test_answers_are_read_in_the_order_of_the_key(
    catalogue: Catalogue, wanted: Filter, since: int | None
) -> None:
    """Without a sort, which would cost as much again, and on whose stability nothing may depend."""
    for day in range(4):
        answer(catalogue.store, "one", DAY + day)
    tallies.tallies(catalogue)
    answer(catalogue.store, "two", DAY)
    connection, asked = catalogue.store.connection, list[str]()
    connection.set_trace_callback(asked.append)
    if since is None:
        tallies.tallies(catalogue, wanted)
    else:
        topics_since(catalogue, wanted, since)
    connection.set_trace_callback(None)
    counting = [one for one in asked if "group_concat" in one]
    assert len(counting) == 1
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {counting[0]}")]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
