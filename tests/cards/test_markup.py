"""Card text: what is markup, and what stays as it was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards import markup
from mlsd_cards.cards.markup import LONGEST, Line, Run, parse

FENCES = {"plain": "", "emph": "<e>", "strong": "<s>", "code": "<c>", "math": "<m>"}


def told(text: str) -> str:
    """The text with its runs in angle brackets: ``a <e>b</e>``."""
    lines = []
    for lead, runs, _ in parse(text):
        fenced = (f"{FENCES[r.style]}{r.text}{FENCES[r.style].replace('<', '</')}" for r in runs)
        lines.append(lead + "".join(fenced))
    return "\n".join(lines)


MARKED = [
    ("*one* word", "<e>one</e> word"),
    ("**two words**, one", "<s>two words</s>, one"),
    ("_one_ word", "<e>one</e> word"),
    ("***both***", "<s>both</s>"),
    ("**all of *it* is**", "<s>all of </s><e>it</e><s> is</s>"),
    ("(*in brackets*), “*in quotes*”", "(<e>in brackets</e>), “<e>in quotes</e>”"),
    ("*f1*-based: *Note:* x", "<e>f1</e>-based: <e>Note:</e> x"),
    ("*a* and *b*", "<e>a</e> and <e>b</e>"),
    ("这是**重点**内容", "这是<s>重点</s>内容"),
    ("`code` here", "<c>code</c> here"),
    ("`a*b* $x$ _y_`", "<c>a*b* $x$ _y_</c>"),
    ("`` a`b ``", "<c>a`b</c>"),
    ("*the `k` best*", "<e>the </e><c>k</c><e> best</e>"),
    ("$x_i$", "<m>x_i</m>"),
    ("the $n$th of $k$-fold", "the <m>n</m>th of <m>k</m>-fold"),
    ("$a*b*c$ and $\\frac{a}{b}$", "<m>a*b*c</m> and <m>\\frac{a}{b}</m>"),
    ("$\\$5$", "<m>\\$5</m>"),
    ("**loss** $\\ln p$", "<s>loss</s> <m>\\ln p</m>"),
    ("*not $x$*", "<e>not </e><m>x</m>"),
    ("$x$, or 3$", "<m>x</m>, or 3$"),
    ("$2 \\times 3$ $5 - 3$ $10$", "<m>2 \\times 3</m> <m>5 - 3</m> <m>10</m>"),
    ("a \\$x and $y$", "a \\$x and <m>y</m>"),
    # clozes, as written and as asked
    ("{{c1::*a* b}} c", "{{c1::<e>a</e> b}} c"),
    ("*{{c1::a::hint}}*", "<e>{{c1::a::hint}}</e>"),
    ("{{c1::$x^2$}}", "{{c1::<m>x^2</m>}}"),
    ("$y = {{c1::x}} + 1$", "<m>y = {{c1::x}} + 1</m>"),
    ("[$x^2$] *[…]*", "[<m>x^2</m>] <e>[…]</e>"),
    # at the beginning of a line
    ("- *a*\n* b", "- <e>a</e>\n* b"),
    ("* *a* b", "* <e>a</e> b"),
]

AS_TYPED = """
2*3*4
2 * 3 * 4
a*b*c and (a)*(b)*(c)
p*(1-p)*n
2**3 and 4**5
f(*args, **kwargs)
**kwargs
count(*), sum(*)
A* search and B* trees
*p < .05, **p < .01
*.py and *.md
*a
a*
a * b *
** a **
****secret****
snake_case and recall_at_k
_private and __init__ and __main__.py
____ is the harmonic mean
P(y_1, y_2)
$5 and $6
from $5 to $10, or 12$
USD 5, US$5 or US$x
$ 5$ and $5 $
$
$$x$$
$HOME and $PATH
\\alpha, \\$5, \\*a\\* and C:\\new
`open
``open`
<b>bold</b> &amp; <br/> <!-- no -->
[a link](https://example.org) and <https://example.org>
![an image](x.png)
# no heading
> no quote
| a | b |
---
***
===
~~no~~ ^no^ ~no~
2017. It began.
10 % of all
10. is the tenth
3) the third
+ 3 more
-5 degrees
-x
1.5 times
1.x
""".strip("\n").split("\n")  # fmt: skip


@pytest.mark.parametrize(("text", "runs"), MARKED)
def test_what_is_markup(text: str, runs: str) -> None:
    assert told(text) == runs


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_stays_as_typed(text: str) -> None:
    assert parse(text) == (Line("", (Run(text),)),)


def test_no_run_reaches_beyond_its_line() -> None:
    text = "*a\nb* `c\nd` $e\nf$"
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("- a", "1"),
        ("1. x", "1"),
        ("1) x\n2) y", "11"),
        ("text\n- a\n- b\ntext", "0110"),
        ("- a\n\n- b", "101"),
        ("- a\n  - b\n    - c\n  - d\n- e", "12321"),
        ("1. a\n  - b\n2. c", "121"),
        ("- a\n  more of a\nno more", "110"),
        ("- a\n  - b\n  more of a", "121"),
        ("- a\n - b", "11"),
        ("  - a\n- b", "11"),
        ("1. a\n2. b\n4. c", "110"),
        ("1. a\n1. b\n1. c", "111"),
        ("1. a\n2017. It", "10"),
        ("2. a\n3. b", "00"),
        ("9. i\n10. j", "00"),
        ("\n".join(f"{n}. x" for n in range(1, 13)), "1" * 12),
        ("* a\n* b", "11"),
        ("-\n- ", "00"),
        ("", "0"),
    ],
)
def test_levels_of_lists(text: str, levels: str) -> None:
    assert "".join(str(line.level) for line in parse(text)) == levels


def test_an_item_has_its_sign_and_lead() -> None:
    bullet, number, more = parse("- a\n  1)  *b*\n      c")
    assert (bullet.lead, bullet.sign) == ("- ", "-")
    assert number == Line("  1)  ", (Run("b", "emph"),), 2)
    assert number.sign == "1)"
    assert (more.lead, more.sign, more.level) == ("      ", "", 2)


texts = st.text(st.one_of(st.sampled_from("*_`$ -1.\n\\()[{ab漢"), st.characters()), max_size=60)


@given(texts)
def test_lines_are_kept_and_only_signs_are_lost(text: str) -> None:
    text = text.replace("\r", "").replace("\0", "")  # which no card has
    lines = parse(text)
    assert len(lines) == text.count("\n") + 1
    again = "\n".join(line.lead + "".join(run.text for run in line.runs) for line in lines)
    assert re.sub("[*_`$ ]", "", again) == re.sub("[*_`$ ]", "", text)


@given(texts)
def test_the_cheap_look_misses_nothing(text: str) -> None:
    expected = parse(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "SIGNS", re.compile(""))
        assert [line for line in parse(text) if is_marked(line)] == [
            line for line in expected if is_marked(line)
        ]


def is_marked(line: Line) -> bool:
    return any(run.style != "plain" for run in line.runs)


def test_an_endless_text_is_plain() -> None:
    text = "*a* " * (LONGEST // 4)
    assert len(parse(text)[0].runs) > 1000
    assert parse(text + "b") == (Line("", (Run(text + "b"),)),)
