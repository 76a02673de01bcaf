"""The list of sources: what is read, how it is cited, and what is reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.deck import load
from mlsd_cards.cards.source import Listed, Source, load_sources

GOOD = """\
sources:
  yi2019:
    title: Sampling-Bias-Corrected Neural Modeling
    authors: Yi et al.
    year: 2019
    venue: RecSys
  chen2016: {title: XGBoost, authors: [Chen, Guestrin], year: 2016, arxiv: 1603.02754}
  wozniak1999: {title: Why?, authors: Wozniak, url: https://example.org/rules}
"""


def test_sources_are_read_by_key() -> None:
    sources, problems = load_sources(GOOD, "sources.yaml")
    assert problems == []
    assert sources == {
        "yi2019": Source(
            "yi2019", "Sampling-Bias-Corrected Neural Modeling", "Yi et al.", "2019", "RecSys"
        ),
        "chen2016": Source(
            "chen2016", "XGBoost", "Chen, Guestrin", "2016",
            link="https://arxiv.org/abs/1603.02754",
        ),
        "wozniak1999": Source(
            "wozniak1999", "Why?", "Wozniak", link="https://example.org/rules"
        ),
    }  # fmt: skip


def test_citations_are_short_and_lines_are_whole() -> None:
    sources, _ = load_sources(GOOD, "f")
    assert [source.citation() for source in sources.values()] == [
        "Yi et al. 2019",
        "Chen, Guestrin 2016",
        "Wozniak",
    ]
    assert [source.line() for source in sources.values()] == [
        "Yi et al. 2019. Sampling-Bias-Corrected Neural Modeling. RecSys.",
        "Chen, Guestrin 2016. XGBoost. https://arxiv.org/abs/1603.02754",
        "Wozniak. Why? https://example.org/rules",
    ]


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        ("[Breck, Cai, Nielsen, Salib, Sculley]", "Breck et al. 2017"),
        ("Sculley, Holt, Golovin et al.", "Sculley et al. 2017"),
        ("Burges", "Burges 2017"),
        ("Google Cloud Architecture Center", "Google Cloud Architecture Center 2017"),
        ("Hyndman, Athanasopoulos", "Hyndman, Athanasopoulos 2017"),
    ],
)
def test_three_authors_and_more_are_cited_by_the_first(authors: str, short: str) -> None:
    text = f"sources: {{x: {{title: T, authors: '{authors}', year: 2017}}}}"
    sources, problems = load_sources(text.replace("'[", "[").replace("]'", "]"), "f")
    assert problems == []
    assert sources["x"].citation() == short


@pytest.mark.parametrize(
    ("typed", "expected", "says"),
    [
        ("{authors: A}", ["2:6 F02"], "needs title"),
        ("{title: T}", ["2:6 F02"], "needs authors"),
        ("{title: T, authors: A, tile: U}", ["2:29 F01"], "did you mean title?"),
        ("{title: T, authors: [], year: 2001}", ["2:26 F04"], "authors"),
        ("{title: T, authors: {a: b}}", ["2:26 F03"], "a list of texts"),
        ("{title: T, authors: A, year: soon}", ["2:35 F03"], "a year"),
        ("{title: T, authors: A, arxiv: 1.5}", ["2:36 F03"], "a number of arXiv"),
        ("{title: T, authors: A, url: 'javascript:x'}", ["2:34 F03"], "https://"),
        ("T", ["2:6 F03"], "a mapping"),
        ("&x {title: T, authors: A}", ["2:6 Y09"], "an anchor"),
        ("{title: !x T, authors: A}", ["2:14 Y10"], "a tag"),
        ('{title: "\\e[2J", authors: A}', ["2:14 Y03"], "control character"),
    ],
)
def test_a_bad_source_is_reported_and_left_out(typed: str, expected: list[str], says: str) -> None:
    sources, problems = load_sources(
        f"sources:\n  x: {typed}\n  y: {{title: T, authors: A}}\n", "f"
    )
    assert [f"{p.line}:{p.column} {p.code}" for p in problems] == expected
    assert says in problems[0].message
    assert list(sources) == ["y"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 S01"]),
        ("# nothing\n", ["1:1 S01"]),
        ("sources: []\n", ["1:1 S01"]),
        ("a: b\n", ["1:1 S01"]),
        ("[a]\n", ["1:1 S01"]),
        ("sources: {}\nsurces: {}\n", ["2:1 F01"]),
        ("sources: {\n", ["2:1 Y06"]),
        ("sources: &x {}\n", ["1:10 Y09"]),
        ("sources:\n  x: {title: T, authors: A}\n  x: {title: U, authors: B}\n", ["3:3 Y11"]),
        ("[" * 100_000, ["1:64 Y08"]),
    ],
)
def test_the_file_as_a_whole(text: str, expected: list[str]) -> None:
    _, problems = load_sources(text, "f")
    assert [f"{p.line}:{p.column} {p.code}" for p in problems] == expected


OWN = """\
sources:
  yi2019: {title: T, authors: A}
  chen2016: {title: U}
  2020:
    title: V
    authors: B
cards:
  - {q: a, a: b, sources: [yi2019, 2020]}
"""


def test_a_deck_brings_its_own_sources_and_the_bad_ones_are_placed() -> None:
    deck, problems = load(OWN, "f")
    assert deck is not None
    assert deck.sources == (
        Listed(Source("yi2019", "T", "A"), 2),
        Listed(Source("2020", "V", "B"), 4),
    )
    assert [(p.line, p.column, p.code) for p in problems] == [(3, 13, "F02")]
    assert len(deck.cards) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sources: []\ncards: []", ["1:10 F03"]),
        ("sources:\ncards: []", ["1:9 F03"]),
        (
            "sources: {x: {title: T, authors: A}, x: {title: T, authors: A}}\ncards: []",
            ["1:38 Y11"],
        ),
        ("sources: {x: &y {title: T, authors: A}}\ncards: []", ["1:14 Y09"]),
        ("sources: {[x]: {title: T, authors: A}}\ncards: []", ["1:11 Y12"]),
    ],
)
def test_a_bad_mapping_in_a_deck(text: str, expected: list[str]) -> None:
    _, problems = load(text, "f")
    assert [f"{p.line}:{p.column} {p.code}" for p in problems if p.code != "D05"] == expected


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map("sources:\n  x: ".__add__)))
def test_nothing_raises(data: bytes | str) -> None:
    _, problems = load_sources(data, "f")
    assert all(problem.line >= 1 and problem.message.isprintable() for problem in problems)
