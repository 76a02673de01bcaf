"""Searching: what is found and in which order, whatever is asked, and always what the decks say."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.schedule.day import Moment
from mlsd_cards.store import index
from mlsd_cards.store.catalogue import Catalogue
from mlsd_cards.store.database import Store
from mlsd_cards.store.index import NAME, opened
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.search import MOST_ENDINGS, Result, search

DECK = """\
deck: metrics::ranking
tags: [evaluation]
cards:
  - id: calibration-meaning
    topic: calibration
    q: When is a click model called calibrated?
    a: Of the impressions scored p, a share p is clicked.
  - id: two-tower-index
    topic: retrieval
    q: Why can a two-tower score be searched?
    a: It is a dot product.
    explanation: Trees need both sides before they score; calibration is another matter.
    sources: [yi2019]
    tags: ["step:4"]
  - id: two-words
    q: In which tower do two keepers live?
    a: In the lighthouse by the café.
  - id: gaps
    type: cloze
    prompt: "{{c1::Précision::a metric}} looks at what was flagged."
  - id: pick
    prompt: Which of these grows?
    options:
      - {text: The embedding table, correct: true, why: It has a row for each identifier.}
      - {text: The bias, correct: false}
"""
DAY = Moment.of(1_795_262_400_000, 0)


def library(store: Store, *paths: Path) -> Catalogue:
    return Library.open(store, [Root(str(path)) for path in paths], lambda: DAY).catalogue


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def catalogue(home: Path) -> Iterator[Catalogue]:
    deck = home / "deck.yaml"
    deck.write_text(DECK)
    store = Store.open(home)
    yield library(store, deck)
    store.close()


@pytest.fixture(params=["fts5", "like"])
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With FTS5, and as if this SQLite had none."""
    if request.param == "like":
        monkeypatch.setattr(index, "has_fts", lambda _: False)


def find(home: Path, catalogue: Catalogue, query: str, limit: int = 20) -> Result:
    with opened(str(home), catalogue) as connection:
        return search(connection, query, limit)


def ids(result: Result) -> list[str]:
    return [hit.card for hit in result.hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("calibration", ["calibration-meaning", "two-tower-index"]),
        ("CALIBRATION", ["calibration-meaning", "two-tower-index"]),
        ("calibration-meaning", ["calibration-meaning"]),
        ("click model", ["calibration-meaning"]),
        ("two-tower", ["two-tower-index"]),  # a hyphen keeps words together
        ("two_tower!", ["two-tower-index"]),
        ("tower two", ["two-words", "two-tower-index"]),
        ("dot prod", ["two-tower-index"]),  # the last word may be a beginning
        ("prod dot", []),  # another may not
        ("yi2019", ["two-tower-index"]),
        ("retrieval", ["two-tower-index"]),
        ("step:4", ["two-tower-index"]),
        ("cafe", ["two-words"]),
        ("CAFÉ", ["two-words"]),
        ("precision flagged", ["gaps:c1"]),
        ("c1", ["gaps:c1"]),
        ("identifier row", ["pick"]),
        ("NEAR", []),
        ("OR", []),
        ("*", []),
        ("- \" ' ( ) ^ : {} \0", []),
        ("id:pick", []),
        ("xyzzyqwv", []),
    ],
)
def test_what_is_found(
    without: None, home: Path, catalogue: Catalogue, query: str, found: list[str]
) -> None:
    result = find(home, catalogue, query)
    if not result.loose and not result.corrected:
        assert sorted(ids(result)) == sorted(found)
    else:
        assert found == []
    assert result.total == len(result.hits)


@pytest.mark.parametrize(
    ("query", "corrected", "first"),
    [
        ("calibrtaion", "calibration", "calibration-meaning"),
        ("clcik model", "click model", "calibration-meaning"),
        ("model clcik", "model click", "calibration-meaning"),
        ("two-towr", "two tower", "two-tower-index"),
        ("twotower score", "two tower score", "two-tower-index"),
        ("embedidng", "embedding", "pick"),
        ("yi2018", "yi2019", "two-tower-index"),
    ],
)
def test_typing_errors_are_forgiven(
    without: None, home: Path, catalogue: Catalogue, query: str, corrected: str, first: str
) -> None:
    result = find(home, catalogue, query)
    assert result.corrected == corrected
    assert ids(result)[0] == first


def test_swapped_letters_come_before_a_more_frequent_word(
    without: None, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "words.yaml"
    notes = "".join(f"  - {{id: n{n}, q: What goes to {n}?, a: This.}}\n" for n in range(3))
    path.write_text(f"cards:\n{notes}  - {{id: a, q: Which two?, a: These.}}\n")
    assert find(tmp_path, library(store, path), "tow which").corrected == "two which"


def test_ids_and_prompts_come_before_answers_and_these_before_the_rest(
    without: None, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "ranks.yaml"
    path.write_text(
        "cards:\n"
        "  - {id: a, q: What is it?, a: That., tags: [recall]}\n"
        "  - {id: b, q: What is it not?, a: That., explanation: It is recall.}\n"
        "  - {id: c, q: What is it then?, a: It is recall.}\n"
        "  - {id: d, q: What is recall?, a: That.}\n"
    )
    cards = library(store, path)
    assert ids(find(tmp_path, cards, "recall")) == ["d", "c", "b", "a"]
    assert ids(find(tmp_path, cards, "a")) == ["a"]  # its id


def test_words_are_found_by_their_stems(home: Path, catalogue: Catalogue) -> None:
    assert ids(find(home, catalogue, "scoring tree")) == ["two-tower-index"]


def test_where_no_card_has_all_words_some_will_do(
    without: None, home: Path, catalogue: Catalogue
) -> None:
    result = find(home, catalogue, "dot lighthouse")
    assert result.loose
    assert sorted(ids(result)) == ["two-tower-index", "two-words"]
    assert not find(home, catalogue, "dot product").loose


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("click", "prompt", {"click"}),
        ("lighthouse", "answer", {"lighthouse"}),
        ("trees", "explanation", {"trees"}),
        ("step:4", "about", {"step", "4"}),
        ("two-words", "id", {"two", "words"}),
    ],
)
def test_a_hit_says_where_it_matched(
    without: None, home: Path, catalogue: Catalogue, query: str, field: str, words: set[str]
) -> None:
    (hit, *_) = find(home, catalogue, query).hits
    assert hit.field == field
    assert hit.words >= words


def test_the_limit_cuts_and_the_total_counts(home: Path, catalogue: Catalogue) -> None:
    result = find(home, catalogue, "metrics", limit=2)
    assert (len(result.hits), result.total) == (2, 5)
    with opened(str(home), catalogue) as connection:
        narrowed = search(connection, "metrics", 2, {"pick"})
    assert ids(narrowed) == ["pick"]


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ['"', "'", "*", "NEAR(", "AND", "OR", "NOT", "-", "^", "two", "twwo", "tower",
                 "id:", "{", "}", "+", "\0", "\udce9", "é", "\u0301", "İ", "２", "²",
                 "a" * 3000, ",", "%"]
            ),
            max_size=50,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_text_may_be_asked(home: Path, catalogue: Catalogue, query: str) -> None:
    result = find(home, catalogue, query)
    assert len(result.hits) == result.total <= 5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "has_fts", lambda _: False)
        find(home, catalogue, query)


# in step


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text("cards:\n  - {id: old, q: What is old?, a: This.}\n")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path)
    yield store
    store.close()


def test_the_index_is_made_anew_when_the_cards_are_others(
    store: Store, deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = []
    build = index._build
    monkeypatch.setattr(index, "_build", lambda *given: (built.append(1), build(*given)))
    assert ids(find(tmp_path, library(store, deck), "old")) == ["old"]
    assert ids(find(tmp_path, library(store, deck), "old")) == ["old"]
    assert len(built) == 1
    deck.write_text("cards:\n  - {id: new, q: What is new?, a: That one.}\n")
    assert ids(find(tmp_path, library(store, deck), "new")) == ["new"]
    assert ids(find(tmp_path, library(store, deck), "old")) == []
    assert len(built) == 2
    deck.write_text("tags: [older]\ncards:\n  - {id: new, q: What is new?, a: That one.}\n")
    assert ids(find(tmp_path, library(store, deck), "older")) == ["new"]  # a tag of the deck


def test_the_index_is_a_cache(store: Store, deck: Path, tmp_path: Path) -> None:
    path = tmp_path / NAME
    find(tmp_path, library(store, deck), "old")
    assert path.stat().st_mode & 0o777 == 0o600
    for spoil in (
        lambda: path.write_bytes(b"not a database, honestly" * 200),
        lambda: path.write_bytes(path.read_bytes()[:4096]),
        lambda: path.write_bytes(b""),
        path.unlink,
    ):
        spoil()
        assert ids(find(tmp_path, library(store, deck), "old")) == ["old"]


def test_an_index_of_an_sqlite_that_knows_more_is_made_anew(
    store: Store, deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(tmp_path, library(store, deck), "old")
    monkeypatch.setattr(index, "has_fts", lambda _: False)
    assert ids(find(tmp_path, library(store, deck), "old")) == ["old"]
    connection = sqlite3.connect(tmp_path / NAME)
    (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entry'").fetchone()
    connection.close()
    assert "fts5" not in made


def test_windows_that_search_different_libraries_do_not_mix(deck: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("cards:\n  - {id: other, q: What is old elsewhere?, a: It.}\n")
    wrong: list[list[str]] = []

    def look(path: Path, wanted: str) -> None:
        store = Store.open(tmp_path)
        for _ in range(15):
            found = ids(find(tmp_path, library(store, path), "old"))
            if found != [wanted]:
                wrong.append(found)
        store.close()

    threads = [
        threading.Thread(target=look, args=pair) for pair in ((deck, "old"), (other, "other")) * 2
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_beginning_that_many_words_have(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    count = 2 * MOST_ENDINGS
    cards = "".join(f"  - {{id: x{n}, q: begun{n}?, a: So.}}\n" for n in range(count))
    path.write_text("cards:\n" + cards)
    assert find(tmp_path, library(store, path), "beg").total == MOST_ENDINGS
