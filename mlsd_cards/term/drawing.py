"""The drawing of a diagram: line for line, never wrapped, moved sideways where it is too wide."""

from __future__ import annotations

from typing import cast

from mlsd_cards.cards.diagram import GAP, Diagram
from mlsd_cards.cards.question import Question
from mlsd_cards.study.session import Session
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.wrap import clusters, width


def show(session: Session, question: Question, page: Page, made: Body, solved: bool) -> None:
    """The columns of the drawing that are in sight, and pinned below how many are not."""
    lines = _lines(question, page.glyphs)
    hidden = max(map(width, lines)) - page.room
    made.lines += page.gap
    pan = 0
    if hidden > 0:
        pan = min(session.pan if session.pan >= 0 else _towards_gap(lines, page.room), hidden)
        made.pan, made.pinned = pan, [_sign(pan, hidden - pan, page)]
    made.lines += [_marked(seen(line, pan, page.room)) for line in lines]


def answer(session: Session, question: Question, page: Page) -> list[Line]:
    """What is missing, and what else it may be called."""
    made = paragraph(page.glyphs.show(question.answer), page.room, "bold")
    if other := _accepted(question):
        made += paragraph(page.glyphs.show(other), page.room, "dim")
    return made


def tell(question: Question, glyphs: Glyphs) -> list[str]:
    """How long the drawing is, and its lines."""
    lines = _lines(question, glyphs)
    count = f"{len(lines)} lines" if len(lines) > 1 else "one line"
    return [f"A drawing of {count} follows; {GAP} in it is what is to be named.", *lines]


def tell_answer(session: Session, question: Question, glyphs: Glyphs) -> list[str]:
    """What is missing, and what else it may be called."""
    other = _accepted(question)
    return [f"Answer: {glyphs.words(question.answer)}", *([other] if other else [])]


def is_wide(question: Question, room: int, glyphs: Glyphs) -> bool:
    """Whether there is a drawing that needs more than ``room`` columns."""
    return question.card.kind == "diagram" and max(map(width, _lines(question, glyphs))) > room


def seen(line: str, start: int, room: int) -> str:
    """``room`` cells of a line from the cell ``start``; of what is cut through, blanks."""
    kept, at = "", 0
    for piece in clusters(line):
        cells = width(piece)
        if at + cells > start + room:
            break
        if at >= start:
            kept += piece
        elif at + cells > start:
            kept += " " * (at + cells - start)
        at += cells
    return kept


def _lines(question: Question, glyphs: Glyphs) -> list[str]:
    return glyphs.draw(cast(Diagram, question.card).diagram).split("\n")


def _towards_gap(lines: list[str], room: int) -> int:
    """The first column at which the gap is in the middle, or where the drawing begins."""
    before = next((line.partition(GAP)[0] for line in lines if GAP in line), "")
    return max(0, width(before) + len(GAP) // 2 - room // 2)


def _marked(line: str) -> Line:
    before, gap, after = line.partition(GAP)
    return (Span(before), Span(gap, "bold"), Span(after))


def _sign(left: int, right: int, page: Page) -> Line:
    """How many columns are out of sight at either side."""
    west = f"{page.glyphs.west} {_columns(left)}" if left else ""
    east = f"{_columns(right)} {page.glyphs.east}" if right else ""
    return spread((Span(west, "note"),), (Span(east, "note"),), page.room)


def _columns(count: int) -> str:
    return f"{count} more column{'s' * (count > 1)}"


def _accepted(question: Question) -> str:
    """The other names in a sentence; empty where there are none."""
    others = cast(Diagram, question.card).others
    return f"Accepted too: {', '.join(others)}." if others else ""
