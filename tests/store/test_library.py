"""Deck files to rows: only what changed is read, and nothing depends on the order of changes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.card import Basic, encode
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import catalogue, log, roster, schema
from mlsd_cards.store.catalogue import Filter
from mlsd_cards.store.database import Store
from mlsd_cards.store.entry import Entry, entries
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.linting import linted
from mlsd_cards.store.rows import OWN, RANK
from mlsd_cards.store.undo import undo
from mlsd_cards.store.watch import Item

NOON = Moment.of(1_795_262_400_000, 0)


def write(folder: Path, name: str, *ids: str, deck: str = "d", extra: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    cards = "".join(
        f"  - id: {i}\n    topic: {i[0]}\n    prompt: What is {i}?\n    answer: It is {i} {extra}\n"
        for i in ids
    )
    path.write_text(f"deck: {deck}\ntags: [t-{deck}]\ncards:\n{cards}")
    return path


def opened(store: Store, *roots: Path) -> Library:
    return Library.open(store, [Root(str(root)) for root in roots], lambda: NOON)


def rows(library: Library) -> list[tuple[object, ...]]:
    """All that the library holds, in its order, without the numbers of the rows."""
    return library.catalogue.store.connection.execute(
        "SELECT c.id, c.line, c.position, c.body, c.unseen, f.path, f.rank, f.problems FROM card c "
        "JOIN deck_file f ON f.id = c.file WHERE c.library = ? ORDER BY c.position",
        (library.catalogue.library,),
    ).fetchall()


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def test_only_what_changed_is_parsed(store: Store, tmp_path: Path) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.yaml", f"a{number}", f"b{number}")
    assert opened(store, tmp_path).parsed == 5
    assert opened(store, tmp_path).parsed == 0
    write(tmp_path, "2.yaml", "a2", "c2", extra="now")
    library = opened(store, tmp_path)
    assert library.parsed == 1
    assert [row[0] for row in rows(library)] == "a0 b0 a1 b1 a2 c2 a3 b3 a4 b4".split()


def test_a_file_touched_but_not_changed_keeps_its_cards(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a1")
    before = rows(opened(store, tmp_path))
    os.utime(path, ns=(1, 1))
    assert rows(opened(store, tmp_path)) == before


def test_a_file_that_comes_or_goes_moves_the_others(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "b1")
    write(tmp_path, "c.yaml", "c1")
    opened(store, tmp_path)
    write(tmp_path, "a.yaml", "a1")
    library = opened(store, tmp_path)
    assert library.parsed == 1
    assert [row[0] for row in rows(library)] == ["a1", "b1", "c1"]
    (tmp_path / "b.yaml").unlink()
    assert [row[0] for row in rows(opened(store, tmp_path))] == ["a1", "c1"]


def test_a_card_that_leaves_keeps_its_history_and_comes_back_with_it(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "a.yaml", "a1", "a2")
    opened(store, tmp_path)
    store.append(log.REVIEWED, "a1", NOON, grade=3, scale="1-4", source="review")
    write(tmp_path, "a.yaml", "a2")
    library = opened(store, tmp_path)
    assert library.catalogue.due(NOON.day + 1) == []
    write(tmp_path, "a.yaml", "a1", "a2")
    library = opened(store, tmp_path)
    assert [c.card for c in library.catalogue.due(NOON.day + 1)] == ["a1"]
    assert [c.card for c in library.catalogue.unseen(NOON.day)] == ["a2"]


def test_looking_at_another_library_takes_nothing_away(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "one", "a.yaml", "a1")
    write(tmp_path / "two", "b.yaml", "b1")
    opened(store, tmp_path / "one")
    two = opened(store, tmp_path / "two")
    assert [c.card for c in two.catalogue.unseen(NOON.day)] == ["b1"]
    one = opened(store, tmp_path / "one")
    assert one.parsed == 0
    assert [c.card for c in one.catalogue.unseen(NOON.day)] == ["a1"]


def test_an_id_used_twice_names_both_places_and_heals(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "x1")
    write(tmp_path, "b.yaml", "b1", "x1")
    library = opened(store, tmp_path)
    (problem,) = library.problems()
    assert problem.file.endswith("b.yaml")
    assert "a.yaml:4" in problem.message
    assert problem.line == 8
    assert [row[0] for row in rows(library)] == ["x1", "b1"]
    write(tmp_path, "a.yaml", "a1")  # b.yaml has not changed, but its card is free to come now
    library = opened(store, tmp_path)
    assert library.problems() == []
    assert [row[0] for row in rows(library)] == ["a1", "b1", "x1"]


def test_libraries_that_are_gone_or_were_read_by_an_older_program_are_dropped(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counts() -> list[int]:
        tables = ("library", "deck_file", "card", "source")
        rows = (store.connection.execute(f"SELECT count(*) FROM {table}") for table in tables)
        return [row.fetchone()[0] for row in rows]

    for name in ("one", "two", "three"):
        write(tmp_path / name, "a.yaml", f"{name}1")
        (tmp_path / name / "sources.yaml").write_text("sources: {x: {title: T, authors: A}}\n")
        opened(store, tmp_path / name)
    assert counts() == [3, 6, 3, 3]
    (tmp_path / "two").rename(tmp_path / "moved")
    assert opened(store, tmp_path / "one").parsed == 0  # nothing to do: nothing is looked for
    assert counts() == [3, 6, 3, 3]
    write(tmp_path / "one", "b.yaml", "b1")
    opened(store, tmp_path / "one")
    assert counts() == [2, 5, 3, 2]
    monkeypatch.setattr(catalogue, "_reader", lambda: "the next version")
    assert opened(store, tmp_path / "one").parsed == 3
    assert counts() == [2, 5, 3, 2]
    assert [row[0] for row in rows(opened(store, tmp_path / "three"))] == ["three1"]


NAMES = st.sampled_from(["a.yaml", "b.yaml", "sub/c.yaml"])
IDS = st.lists(st.sampled_from(["x1", "x2", "y1", "y2"]), min_size=1, max_size=3, unique=True)
CHANGES = st.lists(st.tuples(NAMES, st.none() | IDS), min_size=1, max_size=6)


@given(CHANGES)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_changes_end_as_a_fresh_read_does(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, list[str] | None]]
) -> None:
    folder = tmp_path_factory.mktemp("decks")
    write(folder, "z.yaml", "z1")
    store = Store.in_memory()
    for number, (name, ids) in enumerate(changes):
        if ids is None:
            (folder / name).unlink(missing_ok=True)
        else:
            os.utime(write(folder, name, *ids), ns=(number, number))
        library = opened(store, folder)
    fresh = opened(Store.in_memory(), folder)
    assert rows(library) == rows(fresh)
    assert library.problems() == fresh.problems()


def test_cards_without_id_get_one_of_their_text(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("cards:\n  - q: Why?\n    a: Because.\n  - q: How?\n    a: So.\n")
    first = [row[0] for row in rows(opened(store, tmp_path))]
    assert len(set(first)) == 2
    path.write_text("cards:\n  - q: How?\n    a: So.\n  - q: Why?\n    a: Because.\n")
    assert [row[0] for row in rows(opened(store, tmp_path))] == first[::-1]


def test_missing_empty_and_unreadable_places(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        opened(store, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="no deck in"):
        opened(store, tmp_path / "empty")
    assert (
        roster.size(
            Library.open(
                store, [Root(str(tmp_path / "nowhere"), needed=False)], lambda: NOON
            ).catalogue
        )
        == 0
    )


def test_hidden_files_and_other_suffixes_are_passed_over(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1")
    write(tmp_path, ".hidden.yaml", "h1")
    write(tmp_path, "notes.txt", "n1")
    write(tmp_path / "sub", "b.yml", "b1")
    assert [row[0] for row in rows(opened(store, tmp_path))] == ["a1", "b1"]


def test_filters(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "x1", "y1", deck="one")
    write(tmp_path, "b.yaml", "x2", deck="one::part")
    write(tmp_path, "c.yaml", "x3", deck="onerous")
    catalogue = opened(store, tmp_path).catalogue
    table = [
        (Filter(), "x1 y1 x2 x3"),
        (Filter(decks=("one",)), "x1 y1 x2"),
        (Filter(decks=("one::part", "onerous")), "x2 x3"),
        (Filter(topics=("y",)), "y1"),
        (Filter(tags=("t-one",)), "x1 y1"),
        (Filter(tags=("t-on",)), ""),
        (Filter(decks=("one",), topics=("x",)), "x1 x2"),
        (Filter(decks=("%",)), ""),
    ]
    for wanted, cards in table:
        assert [c.card for c in catalogue.unseen(NOON.day, wanted)] == cards.split(), wanted


def test_suspended_and_buried_cards_stay_away(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1", "a2", "a3")
    catalogue = opened(store, tmp_path).catalogue
    store.append(log.SUSPENDED, "a1", NOON)
    store.append(log.BURIED, "a2", NOON)
    assert [c.card for c in catalogue.unseen(NOON.day)] == ["a3"]
    assert [c.card for c in catalogue.unseen(NOON.day + 1)] == ["a2", "a3"]
    store.append(log.RESUMED, "a1", NOON)
    assert [c.card for c in catalogue.unseen(NOON.day)] == ["a1", "a3"]


def test_siblings_of_a_cloze(store: Store, tmp_path: Path) -> None:
    text = "id: gaps\n    prompt: Between the {{c1::first}} gap and the {{c2::second}} are words."
    (tmp_path / "a.yaml").write_text(f"cards:\n  - {text}\n")
    catalogue = opened(store, tmp_path).catalogue
    assert roster.cards_of(catalogue, "gaps") == ["gaps:c1", "gaps:c2"]
    assert {c.note for c in catalogue.unseen(NOON.day)} == {"gaps"}
    found = catalogue.find("gaps:c2")
    assert found is not None
    assert found.card.id == "gaps:c2"
    assert found.line == 2


def test_the_same_text_without_id_in_two_files_is_one_card(store: Store, tmp_path: Path) -> None:
    text = "cards:\n  - q: Why?\n    a: Because.\n"
    (tmp_path / "a.yaml").write_text(text)
    opened(store, tmp_path)
    (tmp_path / "b.yaml").write_text(text)
    library = opened(store, tmp_path)
    assert roster.size(library.catalogue) == 1
    assert [problem.code for problem in library.problems()] == ["C02"]


def test_what_cannot_be_read_is_a_problem_of_its_file_only(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.yaml")
    library = opened(store, tmp_path)
    assert [row[0] for row in rows(library)] == ["a1"]
    assert {problem.code for problem in library.problems()} == {"D00"}
    assert len(library.problems()) == 3
    (tmp_path / "gone.yaml").unlink()
    write(tmp_path, "gone.yaml", "g1")
    assert len(opened(store, tmp_path).problems()) == 2  # tried again without having changed


def test_overlapping_roots_are_one(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "a1")
    assert roster.size(opened(store, tmp_path, path, tmp_path).catalogue) == 1


def test_a_name_that_is_no_text_is_a_problem_of_its_file(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.yaml")).write_text("cards: []")
    except OSError:
        pytest.skip("the file system takes only text")
    library = opened(store, tmp_path)
    assert [row[0] for row in rows(library)] == ["a1"]
    assert [problem.code for problem in library.problems()] == ["D00"]


def test_of_a_source_in_two_lists_the_later_counts(store: Store, tmp_path: Path) -> None:
    def write_sources(folder: str, title: str) -> Path:
        path = tmp_path / folder / "sources.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"sources:\n  k: {{title: {title}, authors: A, year: 2020}}\n")
        return path

    def line() -> str:
        source = opened(store, tmp_path).catalogue.source("k")
        return source[1] if source else ""

    write(tmp_path, "a.yaml", "a1")
    first = write_sources("one", "First")
    second = write_sources("two", "Second")
    assert "Second" in line()
    write_sources("one", "Changed")
    assert "Second" in line()
    second.unlink()
    assert "Changed" in line()
    first.unlink()
    assert line() == ""


def test_a_card_is_new_until_it_is_reviewed_and_again_when_that_is_taken_back(
    store: Store, tmp_path: Path
) -> None:
    write(tmp_path, "a.yaml", "a1", "a2")
    catalogue = opened(store, tmp_path).catalogue

    def unseen() -> list[str]:
        return [candidate.card for candidate in catalogue.unseen(NOON.day + 1)]

    store.append(log.REVIEWED, "a1", NOON, grade=3, scale="1-4", source="practice")
    assert unseen() == ["a1", "a2"]
    store.append(log.REVIEWED, "a1", NOON, grade=3, scale="1-4", source="review")
    assert unseen() == ["a2"]
    undo(store, NOON)
    assert unseen() == ["a1", "a2"]


# what a paper is drawn from

PAPER = """\
deck: d
tags: [t]
cards:
  - {id: one, topic: x, prompt: What is one?, answer: It is one., difficulty: 3, expected_s: 90,
     requires: [two, three]}
  - {id: two, topic: y, prompt: "The {{c1::first}} and the {{c2::second}} gap."}
  - {id: three, topic: y, type: rubric, prompt: Talk about it., steps: [
      {name: frame, minutes: 5, points: [it is said]},
      {name: data, minutes: 5, points: [it is said]}]}
"""


OWN_FIRST = -OWN * RANK
"""The position of the first card of a person's own first file."""


def test_entries_hold_what_a_paper_needs(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PAPER)
    catalogue = opened(store, tmp_path).catalogue
    one, first, second = sorted(entries(catalogue))  # the rubric stays away
    assert one == Entry("one", "one", "d", "x", "basic", 3, 90, ("two", "three"), OWN_FIRST)
    assert first == Entry("two:c1", "two", "d", "y", "cloze", 2, 60, (), OWN_FIRST + 1)
    assert second.card == "two:c2"
    assert [e.card for e in entries(catalogue, Filter(topics=("x",), tags=("t",)))] == ["one"]
    store.append(log.SUSPENDED, "one", NOON)
    assert [e.card for e in entries(catalogue, Filter(topics=("x",)))] == []


def test_entries_count_wrong_answers_that_stand(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1", "a2")
    catalogue = opened(store, tmp_path).catalogue

    def answered(grade: int, scale: str, source: str) -> None:
        store.append(log.REVIEWED, "a1", NOON, grade=grade, scale=scale, source=source)

    for grade, scale, source in (
        (1, "1-4", "review"),
        (2, "1-4", "review"),  # hard, but known
        (1, "1-4", "practice"),
        (2, "0-5", "review"),
        (0, "0-5", "quiz"),
        (3, "0-5", "review"),
        (1, "1-4", "review"),
    ):
        answered(grade, scale, source)
    undo(store, NOON)
    found = {entry.card: entry for entry in entries(catalogue, wrong=True)}
    assert found["a1"].wrong == 4
    assert found["a1"].showings == 6
    assert (found["a1"].last, found["a1"].ef) == (NOON.day, 250)
    assert found["a2"] == Entry("a2", "a2", "d", "a", "basic", 2, 60, (), OWN_FIRST + 1)
    assert {entry.wrong for entry in entries(catalogue)} == {0}


def test_entries_are_read_from_their_index(store: Store, tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a1")
    catalogue = opened(store, tmp_path).catalogue
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    entries(catalogue, wrong=True)
    store.connection.set_trace_callback(None)
    plans = [
        row[3]
        for one in statements
        for row in store.connection.execute(f"EXPLAIN QUERY PLAN {one}")
    ]
    assert "SEARCH c USING COVERING INDEX card_paper (library=?)" in plans
    assert "SCAN event USING COVERING INDEX event_wrong" in plans
    assert not [step for step in plans if "TEMP B-TREE" in step or step == "SCAN event"]


def test_a_library_that_was_read_before_papers_were_drawn_has_what_they_need() -> None:
    older = sqlite3.connect(":memory:")
    before = "".join(f"{script};" for script in schema.MIGRATIONS).partition(schema.PAPERS)[0]
    older.executescript(before)
    card = Basic(id="one", note="one", prompt="What?", answer="That.", difficulty=3, expected_s=90)
    for number, requires in enumerate([(), ("two", "three")]):
        body = encode(replace(card, requires=requires))
        older.execute(
            "INSERT INTO card VALUES (1, ?, 1, 1, 0, 'one', 'basic', 'd', '', '', '', ?, 1)",
            (str(number), body),
        )
    older.executescript(schema.PAPERS)
    rows = older.execute("SELECT difficulty, expected_s, requires FROM card ORDER BY id")
    assert rows.fetchall() == [(3, 90, ""), (3, 90, "two three")]


REQUIRING = """\
deck: {deck}
cards:
  - {{id: {first}, prompt: What is it?, answer: It is this., requires: [{required}]}}
  - {{id: {second}, prompt: "The {{{{c1::first}}}} and the {{{{c2::second}}}} gap."}}
"""


def new_cards(library: Library) -> list[str]:
    return [card.card for card in library.catalogue.unseen(NOON.day)]


def test_new_cards_come_after_what_they_require(store: Store, tmp_path: Path) -> None:
    early, late = tmp_path / "1.yaml", tmp_path / "2.yaml"
    early.write_text(REQUIRING.format(deck="x", first="a", second="b", required="d"))
    late.write_text(REQUIRING.format(deck="y", first="c", second="d", required="b, unknown"))
    in_turn = ["b:c1", "b:c2", "c", "d:c1", "a", "d:c2"]
    assert new_cards(opened(store, tmp_path)) == in_turn
    roots = [card.card for card in opened(store, tmp_path).catalogue.every()]
    assert roots == ["a", "b:c1", "b:c2", "c", "d:c1", "d:c2"], (
        "the library stays as it was written"
    )

    # an edit of one file moves the other's cards, and a file before both moves all
    late.write_text(late.read_text().replace("id: d,", "id: e,"))
    write(tmp_path, "0.yaml", "z")
    assert new_cards(opened(store, tmp_path)) == ["z", "a", "b:c1", "b:c2", "c", "e:c1", "e:c2"]


LEVELS = """\
deck: {deck}
cards:
  - {{id: {deck}3, difficulty: 3, prompt: What is it?, answer: It is this.}}
  - {{id: {deck}1, difficulty: 1, prompt: What is that?, answer: It is that., requires: [{needs}]}}
  - {{id: {deck}2, prompt: "The {{{{c1::first}}}} and the {{{{c2::second}}}} gap."}}
"""


def test_a_plan_meets_what_is_less_difficult_first_behind_what_it_requires(
    store: Store, tmp_path: Path
) -> None:
    for deck, needs in (("a", "b2"), ("b", "")):
        (tmp_path / f"{deck}.yaml").write_text(LEVELS.format(deck=deck, needs=needs))
    staged = [*opened(store, tmp_path).catalogue.unseen(NOON.day, staged=True)]
    assert [(one.card, one.level) for one in staged] == [
        *(("b1", 1), ("a2:c1", 2), ("a2:c2", 2), ("b2:c1", 2), ("a1", 2), ("b2:c2", 2)),
        *(("a3", 3), ("b3", 3)),
    ]


def test_a_plan_meets_one_s_own_cards_before_all_others(store: Store, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(LEVELS.format(deck="b", needs=""))
    bundled = Path(__file__).parents[2] / "decks" / "10-metrics.yaml"
    roots = [Root(str(bundled), strict=True), Root(str(tmp_path))]
    catalogue = Library.open(store, roots, lambda: NOON).catalogue
    own, others = [], []
    for one in catalogue.unseen(NOON.day, staged=True):
        (own if one.deck == "b" else others).append(one.level)
        assert len(own) == 4 or not others
    assert own == sorted(own)
    assert others == sorted(others)
    assert {*own} == {*others} == {1, 2, 3}


def test_reading_and_checking_decks_can_be_followed(store: Store, tmp_path: Path) -> None:
    for deck in "ab":
        (tmp_path / f"{deck}.yaml").write_text(LEVELS.format(deck=deck, needs=""))
    seen: list[str] = []

    def watch(items: Sequence[Item], label: str) -> Iterator[Item]:
        for item in items:
            seen.append(label)
            yield item

    library = Library.open(store, [Root(str(tmp_path))], lambda: NOON, watch)
    assert seen == ["Reading decks"] * 2
    found = linted(library, lambda: library.catalogue, watch)
    assert seen[2:] == ["Checking cards"] * 6
    assert linted(library, lambda: library.catalogue, watch) == found
    assert len(seen) == 8, "what was found is kept"


def cited(library: Library) -> dict[str, str]:
    return {key: (library.catalogue.source(key) or [""])[0] for key in ("x", "y")}


def test_of_a_key_the_last_list_counts_and_else_the_first_deck(
    store: Store, tmp_path: Path
) -> None:
    def sources(by: str) -> str:
        return f"sources:\n  y: {{title: T, authors: Y}}\n  x: {{title: T, authors: {by}}}\n"

    for name in "ab":
        path = write(tmp_path, f"{name}.yaml", f"{name}1")
        path.write_text(sources(name) + path.read_text())
    library = opened(store, tmp_path)
    assert cited(library) == {"x": "a", "y": "Y"}
    (note,) = library.problems()
    assert str(note) == (
        f"{tmp_path}/b.yaml:3:1: note S02: x is another work in {tmp_path}/a.yaml, "
        "which counts: choose another key"
    )
    (tmp_path / "sources.yaml").write_text(sources("list"))  # neither deck is read again
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "sources.yaml").write_text(sources("later"))
    library = opened(store, tmp_path)
    assert library.parsed == 2
    assert cited(library) == {"x": "later", "y": "Y"}
    assert [problem.line for problem in library.problems()] == [3, 3]
    assert library.news() == []
    (tmp_path / "z" / "sources.yaml").unlink()
    assert cited(opened(store, tmp_path)) == {"x": "list", "y": "Y"}
    (tmp_path / "sources.yaml").unlink()
    (tmp_path / "a.yaml").unlink()
    library = opened(store, tmp_path)
    assert (cited(library), library.problems()) == ({"x": "b", "y": "Y"}, [])


def test_files_read_strictly_are_a_library_of_their_own(store: Store, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path, f"{number}.yaml", f"a{number}")
    strict = [Root(str(tmp_path), strict=True)]
    assert opened(store, tmp_path).problems() == []
    assert Library.open(store, strict, lambda: NOON).problems() != []
    write(tmp_path, "1.yaml", "a1", extra="now")
    assert Library.open(store, strict, lambda: NOON).parsed == 1
    assert opened(store, tmp_path).parsed == 1  # looking at the one took nothing from the other
    assert opened(store, tmp_path).strict == frozenset()
