"""Card text with its markup as styles: on the screen, in lines, in ASCII."""

from __future__ import annotations

import unicodedata
from time import monotonic

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlsd_cards.term.frame import STYLES, styled
from mlsd_cards.term.line import ASCII, Glyphs, Line, Span, paragraph, plain, size
from mlsd_cards.term.text import visible

SHOWN = Glyphs()


def lines(text: str, room: int = 76, style: str = "", lead: Line = ()) -> list[Line]:
    """The text on a page, without spans that hold nothing."""
    made = paragraph(SHOWN.show(text), room, style, lead)
    return [tuple(span for span in line if span.text) for line in made]


def test_a_run_has_its_style_added_to_that_of_the_text() -> None:
    assert lines("a *b* **c** `d` $x_i$ e") == [
        (
            Span("a "),
            Span("b", "emph"),
            Span(" "),
            Span("c", "bold"),
            Span(" "),
            Span("`d`", "code"),
            Span(" xᵢ e"),
        )
    ]
    assert lines("a *b*", style="dim") == [(Span("a ", "dim"), Span("b", "dim emph"))]


def test_a_style_goes_on_in_the_next_line() -> None:
    assert lines("one *two three* four", 8) == [
        (Span("one "), Span("two", "emph")),
        (Span("three", "emph"),),
        (Span("four"),),
    ]


def test_signs_take_no_room() -> None:
    assert [plain(line) for line in lines("**one** *two* `x`", 7)] == ["one two", "`x`"]
    assert [plain(line) for line in lines("*漢字* **漢字**", 9)] == ["漢字 漢字"]
    assert [plain(line) for line in lines("**supercalifragilistic**", 8)] == [
        "supercal",
        "ifragili",
        "stic",
    ]


def test_lists_look_as_typed_and_hang() -> None:
    text = "- *one* two three\n  1. four five"
    assert [plain(line) for line in lines(text, 11)] == [
        "- one two",
        "  three",
        "  1. four",
        "     five",
    ]


def test_plain_text_is_one_span() -> None:
    assert lines("2*3*4 costs $5, not $6", style="dim") == [
        (Span("2*3*4 costs $5, not $6", "dim"),)
    ]


@pytest.mark.parametrize(
    ("text", "words", "in_ascii"),
    [
        ("*a* **b** _c_", "a b c", "a b c"),
        ("the `k` of `` a`b ``", "the `k` of `a`b`", "the `k` of `a`b`"),
        (r"$\hat{y}_i \le 5$", "ŷᵢ ≤ 5", r"$\hat{y}_i \le 5$"),
        (r"$\unknown{x}$ – $x$", r"$\unknown{x}$ – x", r"$\unknown{x}$ - $x$"),
        ("**α** ≤ β", "α ≤ β", "alpha <= beta"),
        ("• a *b* •", "• a b •", "* a b *"),
        ("•a b•", "•a b•", "*a b*"),
        ("*\x1b[2J*", "␛[2J", "^[[2J"),
        ("*\u0301a*", "◌\u0301a", "?a"),
    ],
)
def test_words_where_there_are_no_styles(text: str, words: str, in_ascii: str) -> None:
    assert SHOWN.words(text) == words
    assert ASCII.words(text) == in_ascii


def test_typed_text_has_no_markup() -> None:
    assert SHOWN.typed("*a* `b` $x_i$") == "*a* `b` $x_i$"
    assert SHOWN.flat("*a*\n$x_i$") == "*a* $x_i$"


def test_what_a_style_is_to_a_terminal() -> None:
    line = (Span("a", "bold emph"), Span("b", "note code"), Span("c", "right"), Span("d", "dim"))
    assert styled(line) == "\x1b[1;4ma\x1b[0m\x1b[36mb\x1b[0m\x1b[1;32mc\x1b[0m\x1b[2md\x1b[0m"
    assert styled(line, colour=False) == "\x1b[1;4ma\x1b[0mb\x1b[1mc\x1b[0m\x1b[2md\x1b[0m"


texts = st.text(
    st.one_of(st.sampled_from("*_`$ ab1-.\n\\{}^漢\u0301\u200d\x01\x02\x1b"), st.characters()),
    max_size=80,
)


@settings(deadline=None)
@given(texts, st.integers(2, 40), st.integers(1, 6), st.sampled_from(["", "dim"]), st.booleans())
def test_any_text_fits_and_says_nothing_to_the_terminal(
    text: str, room: int, lead: int, style: str, ascii_only: bool
) -> None:
    glyphs = ASCII if ascii_only else SHOWN
    made = paragraph(glyphs.show(text), room + lead, style, (Span("x" * lead),))
    assert all(size(line) <= room + lead for line in made)
    for line in made:
        for span in line:
            assert set(span.style.split()) <= STYLES.keys()
            for char in span.text:
                category = unicodedata.category(char)
                assert char in "\u200c\u200d" or category not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    unsigned = "".join(plain(line[1:]) for line in made)
    assert "".join(unsigned.split()) == "".join(glyphs.words(text).split())


@given(texts)
def test_text_without_signs_is_shown_as_ever(text: str) -> None:
    bare = "".join(char for char in text if char not in "*_`$")
    assert SHOWN.show(bare) == SHOWN.words(bare) == visible(bare)


@pytest.mark.parametrize(
    "piece",
    ["*", "_", "$", "[", "`", "*a ", " *a*", "**a ", "$a", "$a$ ", "$x_i$ ", "`a", "`a` ", "$1 a "],
)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    began = monotonic()
    paragraph(SHOWN.show(text), 76)
    assert monotonic() - began < 5  # a tenth of a second on an idle machine


def test_a_thousand_lists_within_each_other() -> None:
    text = "\n".join("  " * depth + "- *x*" for depth in range(1000))
    began = monotonic()
    assert len(paragraph(SHOWN.show(text), 76)) >= 1000
    assert monotonic() - began < 5
