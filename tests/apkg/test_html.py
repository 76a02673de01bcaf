"""Card text as HTML: what an author wrote is what a browser shows, and nothing more."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.anki import html
from mlsd_cards.anki.content import Work, tags
from mlsd_cards.cards.card import Basic, deletions

PLAIN = (
    ("vector<int> && a<b", "vector&lt;int&gt; &amp;&amp; a&lt;b"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("one\n  two", "one<br>&nbsp;&nbsp;two"),
    ("*a* **b** `c<d` $x<y$", r"<em>a</em> <b>b</b> <code>c&lt;d</code> \(x&lt;y\)"),
    ("- a\n  - b\n1. c", '<div class="item i1">• a</div><div class="item i2">• b</div>'
     '<div class="item i1">1. c</div>'),
    ("so:\n- a\nend", 'so:<div class="item i1">• a</div>end'),
    ("[sound:a.mp3] [latex]x[/latex] [$]5 [anki:tts]", "&#91;sound:a.mp3] &#91;latex]x"
     "&#91;/latex] &#91;$]5 &#91;anki:tts]"),
    ("x[1] [?] {{Prompt}}", "x[1] [?] {{Prompt}}"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_text(text: str, wanted: str) -> None:
    assert html.text(text) == wanted


CLOZES = (
    ("a {{c1::b}} c", "a {{c1::b}} c"),
    ("{{c2::b::h}}{{c1::<i>}}", "{{c2::b::h}}{{c1::&lt;i&gt;}}"),
    ("std::x {{c1::y}} }} {{", "std&#58;&#58;x {{c1::y}} &#125;&#125; &#123;&#123;"),
    ("{{c1::a: b}}: {{c1::b:::h:}}", "{{c1::a: b}}&#58; {{c1::b::&#58;h&#58;}}"),
    (r"$\frac{ {{c1::a}} }{b}$", r"\(\frac&#123; {{c1::a}} &#125;&#123;b&#125;\)"),
    ("{{c1::*a*}} and *{{c2::b}}*", "{{c1::<em>a</em>}} and <em>{{c2::b}}</em>"),
    ("- {{c1::a\n- b}}", "-&nbsp;{{c1::a<br>-&nbsp;b}}"),
)


@pytest.mark.parametrize(("text", "wanted"), CLOZES)
def test_cloze(text: str, wanted: str) -> None:
    assert html.cloze(text) == wanted


TEXTS = st.lists(
    st.sampled_from(
        [
            *"aB \n<>&\"':{}|1é日\x1d",
            "::",
            "{{",
            "}}",
            "c1::",
            "C1::",
            "{{c1::x}}",
            "{{c2::y::z}}",
            "[sound:",
            "<!--",
            "]]>",
        ]
    ),
    max_size=12,
).map("".join)


@given(TEXTS)
def test_nothing_of_a_text_is_lost_and_nothing_is_a_tag(text: str) -> None:
    written = html.text(text)
    assert set(re.findall(r"<[^>]*>", written)) <= {"<br>", "<code>", "</code>"}
    assert unescape(written.replace("<br>", "\n")).replace("\xa0", " ") == text


@given(TEXTS)
def test_a_cloze_has_its_own_deletions_and_no_other(text: str) -> None:
    written = html.cloze(text)
    opened = [int(number) - 1 for number in re.findall(r"\{\{c(\d+)::", written)]
    assert opened == [one.ordinal - 1 for one in deletions(text)]
    assert written.count("{{") == written.count("}}") == len(opened)


def test_an_address_is_a_link_and_arxiv_goes_by_its_number() -> None:
    paper = Work.of("Ann 2019. T & U. https://arxiv.org/abs/1906.00001")
    assert paper.html == (
        'Ann 2019. T &amp; U. <a href="https://arxiv.org/abs/1906.00001">arXiv:1906.00001</a>'
    )
    site = Work.of("B. https://example.com/?a=1&b='2'")
    assert 'href="https://example.com/?a=1&amp;b=&#x27;2&#x27;"' in site.html
    assert Work.of("ann2019").html == "ann2019"


def test_tags_have_no_white_space_and_nest_by_colons() -> None:
    card = Basic(id="a", note="a", prompt="p", answer="a", topic="two words", difficulty=3)
    given = ("step:4", "", 'a "b"', ":x:", "step:4", "a:::b")
    assert tags(card, given) == (
        "topic::two_words", "difficulty::3", "step::4", "a_b_", "x", "a::b",
    )  # fmt: skip
