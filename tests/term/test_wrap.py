"""Widths in cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.term.text import visible
from mlsd_cards.term.wrap import clusters, cut, tail, width, wrap

texts = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("  ab漢🚀\u0301\u200d\n-")))


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 8, ["one two", "three"]),
        ("one\n\ntwo", 8, ["one", "", "two"]),
        ("supercalifragilistic", 8, ["supercal", "ifragili", "stic"]),
        ("a supercalifragilistic", 8, ["a superc", "alifragi", "listic"]),
        ("二塔モデル", 5, ["二塔", "モデ", "ル"]),
        ("- a list item that goes on", 12, ["- a list", "  item that", "  goes on"]),
        ("    code is kept", 20, ["    code is kept"]),
        ("  1. numbered too", 12, ["  1. numbere", "     d too"]),
        ("x  y", 10, ["x  y"]),
    ],
)
def test_wrap(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


def test_wrap_behind_something() -> None:
    assert wrap("one two three", 10, 5) == ["one", "two three"]
    assert wrap("supercali", 10, 8) == ["", "supercali"]


@given(texts, st.integers(2, 60), st.integers(0, 20))
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: int, taken: int) -> None:
    text = visible(text)
    taken = min(taken, room - 1)
    first, *others = wrap(text, room, taken)
    assert width(first) <= room - taken
    assert all(width(line) <= room for line in others)
    lines = [first, *others]
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(texts, st.integers(0, 30))
def test_cut_and_tail_fit(text: str, room: int) -> None:
    text = visible(text)
    assert "".join(clusters(text)) == text
    assert width(cut(text, room)) <= room
    assert width(tail(text, room)) <= room
    if width(text) <= room:
        assert cut(text, room) == tail(text, room) == text


def test_clusters_keep_together_what_is_drawn_as_one() -> None:
    assert list(clusters("e\u0301x👩\u200d💻漢")) == ["e\u0301", "x", "👩\u200d💻", "漢"]
