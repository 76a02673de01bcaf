"""A part of the page: a heading, what is said, a picture, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlsd_cards.report.element import tag, text


class Table(NamedTuple):
    """Columns under their names, the first of which names the row. Cells are HTML."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Section(NamedTuple):
    """A part of the page under its ``name``. ``told`` are paragraphs, the last one small; the
    ``picture`` and ``shown`` are HTML and a table that stand in the open, ``numbers`` one that
    opens."""

    name: str
    heading: str
    told: Sequence[str]
    picture: str = ""
    shown: Table | None = None
    numbers: Table | None = None


def section(one: Section) -> str:
    """A section as HTML."""
    title = f"{one.name}-heading"
    parts = [tag("h2", text(one.heading), id=title)]
    parts += [tag("p", text(words)) for words in one.told[:1]]
    if one.picture:
        parts.append(tag("figure", one.picture))
    parts += [tag("p", text(words), class_="soft") for words in one.told[1:]]
    if one.shown:
        parts.append(table(one.shown))
    if one.numbers:
        label = tag("summary", text(f"Numbers: {one.numbers.caption}"))
        parts.append(tag("details", label, table(one.numbers)))
    return tag("section", *parts, id=one.name, aria_labelledby=title)


def table(one: Table) -> str:
    """A table that scrolls by itself where it finds no room, by keys too."""
    head = tag("tr", *(tag("th", text(name), scope="col") for name in one.head))
    rows = (
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in one.rows
    )
    whole = tag("table", tag("thead", head), tag("tbody", *rows))
    return tag("div", whole, class_="table", role="region", aria_label=one.caption, tabindex=0)
