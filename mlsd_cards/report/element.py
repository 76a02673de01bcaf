"""Text and elements of a page. What comes from decks is data: none of it means anything to a
browser. Attributes and tags are our own."""

from __future__ import annotations

from html import escape

from mlsd_cards.term.text import visible

GAP = 1.0
"""Between the parts of a bar, so that they are two without their colours."""


def text(value: object) -> str:
    """A text as HTML; what would be obeyed or not be seen, as a turn of direction, is a mark."""
    return escape(visible(str(value)))


def name(value: str) -> str:
    """A name out of a deck or a log: whatever its script, the text around it keeps its order."""
    return tag("bdi", text(value))


def tag(kind: str, *inner: str, **attributes: object) -> str:
    """An element around HTML; ``class_`` is the attribute class, ``aria_label`` aria-label."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{kind}{given}>{''.join(inner)}</{kind}>"


def below(first: str, *names: str) -> str:
    """HTML, and in small below it some names; empty ones are left out."""
    small = ("<br>" + tag("span", name(one), class_="soft") for one in names if one)
    return first + "".join(small)


def bar(percent: float, more: float = 0) -> str:
    """A bar of so many percent, and so many ``more``. Its numbers stand beside it, so it is for the
    eyes alone."""
    width = min(max(percent, 0), 100)
    second = min(max(more, 0), 100 - width) - GAP
    parts = ("grid", 0.0, 100.0), ("one", 0.0, width), ("two", width + GAP, second)
    drawn = (
        f'<rect class="f-{colour}" x="{at:.1f}" width="{across:.1f}" height="6"/>'
        for colour, at, across in parts
        if across > 0
    )
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    )
