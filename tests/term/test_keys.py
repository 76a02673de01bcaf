"""Bytes to keys."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mlsd_cards.term.keys import decode

CASES: list[tuple[bytes, list[str]]] = [
    (b"1aA?-@*!", ["1", "a", "A", "?", "-", "@", "*", "!"]),
    ("é漢🚀".encode(), ["é", "漢", "🚀"]),
    (b"\r\n \t\x7f\x08", ["enter", "enter", "space", "tab", "backspace", "backspace"]),
    (b"\x03\x04\x1a", ["ctrl-c", "ctrl-d", "ctrl-z"]),
    (b"\x00\x1c\x1d\x1e\x1f", []),
    (b"\x1b", ["esc"]),
    (b"\x1b\x1b", ["esc", "esc"]),
    (b"\x1bu", ["esc", "u"]),
    (b"\x1bO", ["esc", "O"]),
    (b"\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
    (b"\x1bOA\x1bOB\x1bOH\x1bOF", ["up", "down", "home", "end"]),
    (b"\x1b[1;5A\x1b[1;2B\x1b[5;3~", ["up", "down", "pgup"]),
    (b"\x1b[5~\x1b[6~\x1b[3~\x1b[1~\x1b[4~", ["pgup", "pgdn", "delete", "home", "end"]),
    (b"\x1bOM\x1bOp\x1bOy\x1bOn", ["enter", "0", "9", "."]),
    (b"\x1b[Z", ["tab"]),
    (b"\x1bOP\x1b[15~\x1b[24;2~\x1b[?1;2c\x1b[I\x1b[12;5Rq", ["q"]),
    (b"\x1b]11;rgb:0/0/0\x07q\x1b]0;x\x1b\\w\x1bP1$r\x1b\\e", ["q", "w", "e"]),
    (b"\x1b[12\x1b[A", ["up"]),
    (b"\x1b[1\rq", ["enter", "q"]),
    (b"\x1b[12;", []),
    (b"\xc3", []),
    (b"\xc3q\xff\x80\xed\xa0\x80\xf8z", ["q", "z"]),
    ("\u0085\u009b".encode(), []),
    (b"\x1b[200~q 1\x1b[A\r\n2\x03\x1b[201~w", [*"q", "space", *"1[A", "newline", "2", "w"]),
    (b"\x1b[200~never ends", [*"never", "space", *"ends"]),
    (b"\x1b[201~q", ["q"]),
]


@pytest.mark.parametrize(("typed", "keys"), CASES)
def test_decode(typed: bytes, keys: list[str]) -> None:
    assert decode(typed, final=True) == (keys, b"")


@pytest.mark.parametrize("typed", [b"\x1b", b"\x1b[", b"\x1b[1;", b"\xe6\xbc", b"\x1b[200~ab"])
def test_what_is_unfinished_waits(typed: bytes) -> None:
    assert decode(b"q" + typed) == (["q"], typed)


typed_bytes = st.lists(
    st.one_of(
        st.binary(max_size=6),
        st.sampled_from([case for case, _ in CASES]),
        st.sampled_from([b"\x1b[200~", b"\x1b[201~", b"\x1b", b"\x1b]", b"\x07"]),
    )
).map(b"".join)


@given(typed_bytes, st.lists(st.integers(0, 200)))
@example(b"\x1b]x\x1b\x1b\\", [3, 4])
def test_split_anywhere_gives_the_same_keys(typed: bytes, cuts: list[int]) -> None:
    whole = decode(typed, final=True)
    assert whole[1] == b""
    keys: list[str] = []
    rest = b""
    edges = [0, *sorted(min(cut, len(typed)) for cut in cuts), len(typed)]
    for start, end in pairwise(edges):
        some, rest = decode(rest + typed[start:end])
        keys += some
    some, rest = decode(rest, final=True)
    assert keys + some == whole[0]
    assert rest == b""


@given(st.binary())
def test_any_bytes_give_keys_that_can_be_shown(typed: bytes) -> None:
    for key in decode(typed, final=True)[0]:
        assert key.isprintable() or len(key) == 1
        assert key not in {" ", "\x1b"}
