"""Text from a deck is data."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.term.text import drawn, spelled, visible
from mlsd_cards.term.wrap import width

CASES = [
    ("plain text\nof two lines", "plain text\nof two lines"),
    ("\x1b[2J\x1b]0;title\x07", "␛[2J␛]0;title␇"),
    ("\x7f\x00\x0b", "␡␀␋"),
    ("\x9b2J\x85", "<U+009B>2J<U+0085>"),
    ("\u202egnp.exe\u202c", "<U+202E>gnp.exe<U+202C>"),
    ("\u2066x\u2069", "<U+2066>x<U+2069>"),
    ("a\u200bb\ufeff\u2060\u00ad", "a<U+200B>b<U+FEFF><U+2060><U+00AD>"),
    ("\u2028\u2029", "<U+2028><U+2029>"),
    ("\ud800\uffff\U000e0041", "<U+D800><U+FFFF><U+E0041>"),
    ("\u3164\u115f\u034f", "<U+3164><U+115F><U+034F>"),
    ("one\r\ntwo\rthree", "one\ntwo␍three"),
    ("\tx\n1\ty", "    x\n1   y"),
    ("[bold]not bold[/bold] :smile:", "[bold]not bold[/bold] :smile:"),
    ("5\u00a0%\u202f漢字 \u3000", "5\u00a0%\u202f漢字 \u3000"),
    ("👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"),
    ("می\u200cخواهم क्\u200dष", "می\u200cخواهم क्\u200dष"),
    ("a\u200db \u200d", "a<U+200D>b <U+200D>"),
    ("\u0301x\n\u0301y", "◌\u0301x\n◌\u0301y"),
    ("Z" + "\u0301" * 9 + "a", "Z" + "\u0301" * 4 + "<5 marks>a"),
    ("e\u0301tude", "e\u0301tude"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("≤ ½ α² Ω – … ›", "<= 1/2 alpha^2 Omega - ... >"),
        ("10⁻³ x₁ naïve 5 µs", "10^-^3 x_1 naive 5 us"),
        ("漢字 👩", "?? ?"),
        ("␛[2J␀", "^[[2J^@"),
        ("Ĥ e\u0301 \u00a0", "H e  "),
    ],
)
def test_spelled(text: str, ascii_text: str) -> None:
    assert spelled(text) == ascii_text


@given(st.text(st.characters(codec=None)))
def test_nothing_for_the_terminal_is_left(text: str) -> None:
    shown = visible(text)
    for char in shown.replace("\n", ""):
        category = unicodedata.category(char)
        assert char in "\u200c\u200d" or category not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert visible(shown) == shown
    assert spelled(shown).isascii()
    shown.encode()


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("┌─┬─┐\n│ ├▶┤\n╰─┴▼╯", "+-+-+\n| +>+\n+-+v+"),
        ("╔═╗ ← ▲ ↑ ║ ╱╲ …", "+-+ < ^ ^ | /\\ ."),
        ("α → é 漢 ∎", "a > e ?? ?"),
        ("plain -->", "plain -->"),
    ],
)
def test_a_drawing_in_ascii(text: str, ascii_text: str) -> None:
    assert drawn(text) == ascii_text


@given(st.text(st.characters(codec="utf-8")))
def test_a_drawing_keeps_its_columns_in_ascii(text: str) -> None:
    shown = visible(text)
    assert drawn(shown).isascii()
    for before, after in zip(shown.split("\n"), drawn(shown).split("\n"), strict=True):
        assert len(after) == sum(map(width, before))
