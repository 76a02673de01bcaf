"""The table of a comparison: in columns where there is room, else a dimension below the other."""

from __future__ import annotations

from itertools import zip_longest
from typing import cast

from mlsd_cards.cards.comparison import Cell, Comparison
from mlsd_cards.cards.question import Question
from mlsd_cards.study.session import Session
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph, size
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.wrap import width

COLUMNS = 56
"""The cells of a line from which the table is set in columns."""

GAP = 2
"""Cells between two columns."""

HIDDEN = "[?]"


def show(session: Session, question: Question, page: Page, made: Body, solved: bool) -> None:
    """What is asked for, and the table with its hidden cell, which beside the answer is filled."""
    if not solved:
        made.lines += paragraph(page.glyphs.show(_asked(question)), page.room)
    made.lines += page.gap
    made.lines += (_columns if page.room >= COLUMNS else _stack)(question, page, solved)


def answer(session: Session, question: Question, page: Page) -> list[Line]:
    """What stands in the cell, and when either side is chosen."""
    lines: list[Line] = []
    for name, text in _answers(question):
        lead = f"{' '.join(page.glyphs.words(name).split())}: "  # in one line, whatever a deck says
        said = page.glyphs.show(text)
        if width(lead) < page.room:
            lines += paragraph(said, page.room, "", (Span(lead, "bold"),), flush=True)
        else:
            lines += paragraph(lead + said, page.room)
    return lines


def tell(question: Question, glyphs: Glyphs) -> list[str]:
    """What is asked for, and a row of the table a line."""
    card, words = _card(question), glyphs.words
    rows = [
        f"{words(row.dim)}. {words(card.a)}: {words(_text(question, Cell(number, 0)))}; "
        f"{words(card.b)}: {words(_text(question, Cell(number, 1)))}"
        for number, row in enumerate(card.rows)
    ]
    return [words(_asked(question)), *rows]


def tell_answer(session: Session, question: Question, glyphs: Glyphs) -> list[str]:
    """What stands in the cell, and when either side is chosen."""
    told = [f"{glyphs.words(lead)}: {glyphs.words(text)}" for lead, text in _answers(question)]
    return [f"Answer, {told[0]}", *told[1:]]


def _card(question: Question) -> Comparison:
    return cast(Comparison, question.card)


def _cell(question: Question) -> Cell:
    return cast(Cell, question.cell)


def _text(question: Question, cell: Cell, solved: bool = False) -> str:
    """What is to be read in a cell: the one asked for is hidden, or filled in brackets."""
    text = _card(question).text(cell)
    if cell != question.cell:
        return text
    return f"[{text}]" if solved else HIDDEN


def _sides(question: Question) -> tuple[str, str]:
    card = _card(question)
    return card.a, card.b


def _asked(question: Question) -> str:
    """The question in words, for it may be that the cell is not in sight."""
    card, cell = _card(question), _cell(question)
    asked = f"Fill in {HIDDEN}: {card.place(cell)}."
    if card.choose_a_when or card.choose_b_when:
        asked += f" And when would you choose {card.a}, when {card.b}?"
    return asked


def _answers(question: Question) -> list[tuple[str, str]]:
    """What is said, and of what."""
    card, cell = _card(question), _cell(question)
    when = ((card.a, card.choose_a_when), (card.b, card.choose_b_when))
    chosen = [(f"Choose {side} when", text) for side, text in when if text]
    return [(card.place(cell), card.text(cell)), *chosen]


def _columns(question: Question, page: Page, solved: bool) -> list[Line]:
    """Dimension, a and b beside each other, each wrapped in its own column."""
    card, show = _card(question), page.glyphs.show
    first = min(max(width(show(row.dim)) for row in card.rows), page.room // 4)
    second = (page.room - first - 2 * GAP) // 2
    columns = (first, second, page.room - first - second - 2 * GAP)
    lines = _row(("", show(card.a), show(card.b)), ("", "bold", "bold"), columns)
    lines += page.gap
    for number, row in enumerate(card.rows):
        cells = [Cell(number, side) for side in (0, 1)]
        texts = (show(row.dim), *(show(_text(question, cell, solved)) for cell in cells))
        styles = ("bold", *("key" if cell == question.cell else "" for cell in cells))
        lines += _row(texts, styles, columns)
    return lines


def _row(texts: tuple[str, ...], styles: tuple[str, ...], columns: tuple[int, ...]) -> list[Line]:
    """A row of the table as the lines that it takes."""
    cells = [
        paragraph(text, column, style)
        for text, style, column in zip(texts, styles, columns, strict=True)
    ]
    lines: list[Line] = []
    for parts in zip_longest(*cells, fillvalue=()):
        line: Line = ()
        for part, column in zip(parts, columns, strict=True):
            line += (*part, Span(" " * (column - size(part) + GAP)))
        lines.append(line[:-1])
    return lines


def _stack(question: Question, page: Page, solved: bool) -> list[Line]:
    """Each dimension with a and b below it."""
    lines: list[Line] = []
    for number, row in enumerate(_card(question).rows):
        lines += paragraph(page.glyphs.show(row.dim), page.room, "bold")
        for side, name in enumerate(_sides(question)):
            cell = Cell(number, side)
            text = f"{name}: {_text(question, cell, solved)}"
            style = "key" if cell == question.cell else ""
            lines += paragraph(page.glyphs.show(text), page.room, style, (Span("  "),))
    return lines
