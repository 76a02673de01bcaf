"""The lines of an ordering: while they are put in order, and the right order beside the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from mlsd_cards.cards.ordering import Ordering, misplaced
from mlsd_cards.cards.question import Question
from mlsd_cards.study.session import Session
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph
from mlsd_cards.term.page import Body, Page

FIXED = "stays first"


def show(session: Session, question: Question, page: Page, made: Body, solved: bool) -> None:
    """The lines as they stand now, under the numbers by which they are called."""
    lines = session.lines
    if lines is None or solved:
        return
    made.lines += page.gap
    for at, index in enumerate(lines.order):
        if lines.waiting and at == lines.placed:
            words = f"{page.glyphs.dots * 3} {lines.waiting} more to place"
            made.lines.append((Span(words, "dim"),))
        here = at == lines.at
        sign = page.glyphs.held if lines.held else page.glyphs.cursor
        lead = (
            Span(sign if here else " ", "bold"),
            Span(" "),
            Span(str(index + 1), "key"),
            Span(" " if page.room < 56 else "  "),
        )
        start = len(made.lines)
        made.lines += paragraph(_item(question, index, page), page.room, "bold" * here, lead)
        if here:
            made.focus = (start, len(made.lines) - 1)
    if lines.waiting and not lines.held:  # what is to be chosen from
        made.focus = (made.focus[0], len(made.lines) - 1)


def _item(question: Question, index: int, page: Page) -> str:
    text = page.glyphs.show(question.items[index])
    return f"{text} ({FIXED})" if question.fixed_first and not index else text


def answer(session: Session, question: Question, page: Page) -> list[Line]:
    """The right order; of each line that stood elsewhere its place in the answer given."""
    signs = {"right": page.glyphs.right, "wrong": page.glyphs.wrong}
    made: list[Line] = []
    for place, line in enumerate(_compared(session, question), 1):
        lead = (
            Span(f"{signs.get(line.style, ' ')} ", line.style),
            Span(str(place), "key"),
            Span("  "),
        )
        words = f" ({line.words})" if line.words else ""
        made += paragraph(page.glyphs.show(line.item) + words, page.room, "", lead)
    return made


def tell(question: Question, glyphs: Glyphs) -> list[str]:
    """The items with their numbers."""
    told = [f"{number}. {glyphs.words(item)}" for number, item in enumerate(question.items, 1)]
    if question.fixed_first:
        told[0] += f" ({FIXED})"
    return told


def tell_answer(session: Session, question: Question, glyphs: Glyphs) -> list[str]:
    """The right order, with the places in the answer given."""
    told = ["The right order:"]
    for place, line in enumerate(_compared(session, question), 1):
        told.append(
            f"{place}. {glyphs.words(line.item)}" + (f" ({line.words})" if line.words else "")
        )
    return told


class _Compared(NamedTuple):
    """An item at its right place, and what is to be said of it."""

    item: str
    words: str = ""
    style: str = ""


def _compared(session: Session, question: Question) -> Iterator[_Compared]:
    """The items in their right order. Of an answer that moved as few as possible are to blame."""
    items = cast(Ordering, question.card).items
    lines = session.lines
    if lines is None or lines.untouched:
        yield from map(_Compared, items)
        return
    given = [items.index(question.items[index]) for index in lines.order]
    wrong = misplaced(given)
    for place, item in enumerate(items):
        at = given.index(place)
        if place in wrong:
            words = f"yours {at + 1}, too {'early' if at < place else 'late'}"
            yield _Compared(item, words, "wrong")
        elif at != place:
            yield _Compared(item, f"yours {at + 1}")
        else:
            yield _Compared(item, "", "right")
