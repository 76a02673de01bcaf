"""Card text as HTML for Anki. Pure.

Nothing of a text means anything to a browser or to Anki: it is escaped first and our own markup set
around it. TeX goes out between ``\\(`` and ``\\)``, which Anki gives to its MathJax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from mlsd_cards.cards import markup
from mlsd_cards.cards.card import DELETION
from mlsd_cards.cards.markup import Line, Run

PLAIN = re.compile(r"[^`*_$\n]*")
"""A text without any of these is one line without markup, unless it begins as an item of a list."""

ORDERS = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$)")
"""What begins an order to Anki to play something or to call LaTeX."""

TAGS = {markup.EMPH: "em", markup.STRONG: "b", markup.CODE: "code"}

OPEN, HINT, CLOSE = "\x01", "\x02", "\x03"
"""Stand for ``{{c``, ``::`` and ``}}`` while the text around is read; no deck can bring them."""

DOUBLE = re.compile(rf":(?=[:{OPEN}{HINT}{CLOSE}])|(?<=[:{OPEN}{HINT}{CLOSE}]):")


def plain(value: str) -> str:
    """A text as it is typed, in one run."""
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return ORDERS.sub("&#91;", value) if "[" in value else value


def text(value: str) -> str:
    """A text with its markup."""
    if PLAIN.fullmatch(value) and not markup.ITEM.match(value):
        return plain(value)
    return _lines(markup.parse(value))


def cloze(value: str) -> str:
    """A text with its deletions as Anki's own; nothing else in it can begin or end one."""
    marked = DELETION.sub(_mark, value)
    html = text(marked).replace("{", "&#123;").replace("}", "&#125;")
    html = DOUBLE.sub("&#58;", html)
    html = re.sub(rf"{OPEN}(\d+)\|", r"{{c\1::", html)
    return html.replace(HINT, "::").replace(CLOSE, "}}")


def _mark(deletion: re.Match[str]) -> str:
    ordinal, hidden, hint = deletion.groups()
    return f"{OPEN}{ordinal}|{hidden}{HINT + hint if hint else ''}{CLOSE}"


def _lines(lines: Iterable[Line]) -> str:
    """Lines broken where the author broke them, items of lists indented as blocks."""
    parts: list[str] = []
    broken = False  # whether the next line needs a break before it
    for line in lines:
        runs = "".join(map(_run, line.runs))
        if line.level and runs.count(OPEN) == runs.count(CLOSE):
            sign = "•" if line.sign in ("-", "*") else plain(line.sign)
            shown = f"{sign} {runs}" if sign else runs
            parts.append(f'<div class="item i{min(line.level, 3)}">{shown}</div>')
            broken = False
        else:
            indent = line.lead.replace(" ", "&nbsp;")
            parts.append(f"{'<br>' if broken else ''}{indent}{runs}")
            broken = True
    return "".join(parts)


def _run(run: Run) -> str:
    value = plain(run.text)
    if run.style == markup.MATH:
        return rf"\({value}\)"
    tag = TAGS.get(run.style)
    return f"<{tag}>{value}</{tag}>" if tag else value


def block(tag: str, value: str, name: str = "", **data: str) -> str:
    """An element around HTML, of a class if it has a ``name``; ``data`` is escaped."""
    start = f'{tag} class="{name}"' if name else tag
    for key, one in data.items():
        start += f' data-{key}="{escape(one)}"'
    return f"<{start}>{value}</{tag}>"


def listed(tag: str, items: Iterable[str], name: str = "", **data: str) -> str:
    """A list of items that are HTML."""
    return block(tag, "".join(f"<li>{item}</li>" for item in items), name, **data)


def link(address: str, value: str) -> str:
    """A link that leads to an address; what is shown is text."""
    return f'<a href="{escape(address)}">{plain(value)}</a>'
