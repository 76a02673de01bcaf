"""Card text as lines of runs: emphasis, `code`, TeX between dollar signs, and items of lists.

What is not clearly markup stays text as typed: products, prices, snake_case, ``**kwargs``, HTML,
links, backslashes. Lines are never joined and no run reaches beyond its line, because an author
breaks lines on purpose; so lists are read here, by their lines, and a Markdown parser reads what
stands within a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

PLAIN, EMPH, STRONG, CODE, MATH = "plain", "emph", "strong", "code", "math"

LONGEST = 20_000
"""Characters of a text; in a longer one all runs are plain, so that none takes long to read."""


class Run(NamedTuple):
    """Text in one style, without the signs around it; of math it is the TeX. Styles do not add up:
    what stands inside another run has the inner style alone."""

    text: str
    style: str = PLAIN


class Line(NamedTuple):
    """A line of a text. ``level`` is 1 in a list, 2 in a list within it, and so on, 0 elsewhere;
    ``lead`` is the indent with the sign of a list's item and the spaces behind it, as typed. A line
    in a list whose lead has no sign goes on with the item above it."""

    lead: str
    runs: tuple[Run, ...]
    level: int = 0

    @property
    def sign(self) -> str:
        """``-``, ``*`` or the number of an item with its stop, as typed; else empty."""
        return self.lead.strip()


ITEM = re.compile(r" *(?:[-*]|(\d{1,2})[.)]) +(?=\S)")

# Letters and digits, but not of scripts without spaces between words: there nothing inside a
# sentence could be emphasised.
_WORD = r"[^\W_\u2e80-\U0010ffff]"
WORD = re.compile(_WORD)
_PRICE = r"\d[^ \\^_={}+*/<>$-]*+ [^\\^_={}+*/<>$-]*+\$"  # a number and words, and no TeX
MATHS = re.compile(
    rf"(?<!{_WORD})(?<![\\$])\$(?=[^\s$])(?!{_PRICE})((?:[^$\\]|\\.)++)(?<!\s)\$(?![\d$])"
)
SIGNS = re.compile(rf"`[^`]|{MATHS.pattern}|(?<!{_WORD})(?<![*_)\]}}\\])[*_]+(?=[^\s*_])")
"""Found in every line that has a run which is not plain, and in few others."""


def parse(text: str) -> tuple[Line, ...]:
    """The lines of a text; joined again they are the text but for the signs around its runs."""
    lines = text.split("\n")
    read = _runs if len(text) <= LONGEST else _plain
    leads = zip(lines, _leads(lines), strict=True)
    return tuple(Line(lead, read(line[len(lead) :]), level) for line, (lead, level) in leads)


def _leads(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Lead and level of each line. A numbered list begins with 1 and counts on, so that a line with
    a year or a share at its beginning is none; items two columns further in are a list within."""
    lists: list[tuple[int, int]] = []  # those that are open: indent, and the last item's number
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if indent == len(line):
            yield line, 0
            continue
        around = [one for one in lists if one[0] <= indent - 2]
        before = lists[len(around)][1] if len(lists) > len(around) else 0
        item = ITEM.match(line)
        number = int(item[1] or 0) if item else 0
        if item and (not item[1] or number in {1, before + 1}):
            lists = [*around, (indent, number)]
            yield item[0], len(lists)
        else:
            lists = around
            yield line[:indent], len(lists)


def _plain(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()


def _runs(text: str) -> tuple[Run, ...]:
    if not SIGNS.search(text):
        return _plain(text)
    (inline,) = _reader().parseInline(text)
    return tuple(_styled(inline.children or ()))


STYLES = {"em": EMPH, "strong": STRONG, "code_inline": CODE, "math": MATH}
"""Styles by the tags and types of the parser's tokens."""


def _styled(tokens: Iterable[Token]) -> Iterator[Run]:
    styles = [PLAIN]
    for token in tokens:
        if token.nesting > 0:
            styles.append(STYLES[token.tag])
        elif token.nesting < 0:
            styles.pop()
        elif token.content:
            yield Run(token.content, STYLES.get(token.type, styles[-1]))


@cache
def _reader() -> MarkdownIt:
    """A parser that knows nothing but code, emphasis and math."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero").enable(["backticks", "emphasis"])
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.inline.ruler.push("math", _math)
    return reader


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Stars and underscores; the parser pairs them. They emphasise whole words only: CommonMark
    would make italics of 2*3*4."""
    from markdown_it.rules_inline.state_inline import Delimiter

    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    end = state.pos
    while state.src[end : end + 1] == sign:
        end += 1
    count = end - state.pos
    before, after = state.src[state.pos - 1 : state.pos] or " ", state.src[end : end + 1] or " "
    short = count <= (3 if sign == "*" else 1)  # a row of stars is a row of stars, __init__ a name
    opens = short and not (WORD.match(before) or before in ")]}\\" or after in " ,.;:!?)]}")
    closes = short and not (WORD.match(after) or after in "([{" or before in " ([{\\")
    for _ in range(count):
        state.push("text", "", 0).content = sign
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(sign), count, at, -1, opens, closes))
    state.pos = end
    return True


def _math(state: StateInline, silent: bool) -> bool:
    """TeX between dollar signs: neither has a space within, and no digit stands behind the second,
    which is pandoc's rule; nor may it be ``$5, or 6$``."""
    found = MATHS.match(state.src, state.pos)
    if silent or not found:
        return False
    state.push("math", "", 0).content = found[1]
    state.pos = found.end()
    return True
