"""The line of a search result: around the match, no wider than there is room, the words marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.store.index import words
from mlsd_cards.term.excerpt import excerpt
from mlsd_cards.term.line import ASCII, Glyphs, Line, plain, size

LONG = "Each stage of this recommender is judged offline by its own metric, which is recall here."


def marked(line: Line) -> list[str]:
    return [span.text for span in line if span.style == "match"]


@pytest.mark.parametrize(
    ("text", "matched", "room", "shown"),
    [
        ("What is recall?", "recall", 40, "What is recall?"),
        (LONG, "stage", 30, "Each stage of this recommende…"),
        (LONG, "recall", 30, "…which is recall here."),
        (LONG, "recall", 12, "…is recall…"),
        ("one\n\n  two\nthree", "two", 40, "one / two / three"),
        ("+-----+\n| Box |\n+-----+\n   v\n  [?]", "box", 40, "Box / [?]"),
        ("**Bold** and $x^2$", "bold", 40, "Bold and x²"),
        (LONG, "nothing", 20, "Each stage of this…"),
    ],
)
def test_what_is_shown(text: str, matched: str, room: int, shown: str) -> None:
    line = excerpt(text, frozenset([matched]), room, Glyphs())
    assert plain(line) == shown
    if matched != "nothing":
        assert [one.lower() for one in marked(line)] == [matched]


@given(
    st.text(), st.lists(st.text(max_size=4)), st.integers(1, 60), st.sampled_from([Glyphs(), ASCII])
)
def test_any_text_fits(text: str, some: list[str], room: int, glyphs: Glyphs) -> None:
    matched = frozenset(words(" ".join([*some, text[:3]])))
    line = excerpt(text, matched, room, glyphs)
    assert size(line) <= room
    assert "\n" not in plain(line)
    for word in marked(line):
        assert set(words(word)) <= matched
