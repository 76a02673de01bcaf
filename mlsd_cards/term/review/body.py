"""The middle of the screen: the question, and after it the answer, as lines."""

from __future__ import annotations

from mlsd_cards.cards.card import Option
from mlsd_cards.cards.question import CHOOSE, RECALL, TOGGLE, TYPE, Question
from mlsd_cards.study.session import BACK, SAVING, Session, Turn
from mlsd_cards.term.layout import Layout, layout
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph, size
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.review import labels
from mlsd_cards.term.wrap import tail

TYPED = 12
"""Cells of the line that are kept for what is typed."""


def answered(session: Session) -> bool:
    """Whether the answer is on the screen, also while it is being written to the disk."""
    return session.phase == BACK or (session.phase == SAVING and session.revealed_at > 0)


def body(session: Session, turn: Turn, page: Page) -> Body:
    """The question, or the question with its answer."""
    question = turn.question
    text = question.solved if answered(session) and question.solved else question.prompt
    made = Body(paragraph(page.glyphs.show(text), page.room))
    apart = layout(question)
    if apart:
        apart.show(session, question, page, made, answered(session))
    if answered(session):
        _answer(session, turn, page, made, apart)
    elif turn.question.form in {CHOOSE, TOGGLE}:
        _options(session, turn.question, page, made)
    elif turn.question.form == TYPE:
        made.pinned = [_typed(session, turn.question, page)]
    return made


def _options(session: Session, question: Question, page: Page, made: Body) -> None:
    """The options to choose from: the cursor, a box if several may be taken, the number."""
    made.lines += page.gap
    gap = " " if page.room < 56 else "  "
    for index, option in enumerate(question.options):
        here = index == session.cursor
        box = ""
        if question.form == TOGGLE:
            box = "[x] " if index in session.picked else "[ ] "
        lead = (
            Span(page.glyphs.cursor if here else " ", "bold"),
            Span("" if box and len(gap) == 1 else " "),
            Span(box, "bold" if index in session.picked else ""),
            Span(f"{index + 1}", "key"),
            Span(gap),
        )
        start = len(made.lines)
        made.lines += paragraph(
            page.glyphs.show(option.text), page.room, "bold" if here else "", lead
        )
        if here:
            made.focus = (start, len(made.lines) - 1)


def _typed(session: Session, question: Question, page: Page) -> Line:
    """The line in which a number is typed, with the unit that it is asked in."""
    unit, near = page.glyphs.flat(labels.unit(question)), labels.precision(question)
    leads = (
        f"Answer in {unit}, {near}: " if unit else "",
        f"Answer {near}: " if near else "",
        "Answer: ",
    )
    lead = next(lead for lead in leads if lead and len(lead) <= max(8, page.room - TYPED))
    text = tail(page.glyphs.flat(session.text), page.room - len(lead) - 1, page.glyphs.ellipsis)
    return (Span(lead, "dim"), Span(text, "bold"), Span(page.glyphs.caret))


def _answer(session: Session, turn: Turn, page: Page, made: Body, apart: Layout | None) -> None:
    """The dotted line, the mark, what is right, why, and where that is from."""
    question = turn.question
    start = len(made.lines)
    made.lines.append((Span(page.glyphs.dots * page.room, "dim"),))
    made.lines += _mark(session, page)
    if question.options:
        made.lines += _solved(session, question, page)
    elif apart:
        made.lines += apart.answer(session, question, page)
    else:
        made.lines += _right(session, question, page)
    made.focus = (start, len(made.lines) - 1)
    gap = page.gap
    why = question.card.explanation
    if why:
        lead: Line = (Span("Why: ", "bold"),)
        made.lines += gap + paragraph(page.glyphs.show(why), page.room, lead=lead, flush=True)
        gap = []
    if turn.source:
        lead = (Span("Source: ", "dim"),)
        made.lines += gap + paragraph(
            page.glyphs.typed(turn.source), page.room, "dim", lead, flush=True
        )


def _mark(session: Session, page: Page) -> list[Line]:
    """``✗ Wrong: why``, in words and signs."""
    word, why = labels.verdict(session)
    if not word or session.mark is None:
        return []
    style = session.mark.verdict.value
    sign = {"right": page.glyphs.right, "partly": page.glyphs.partly, "wrong": page.glyphs.wrong}
    lead = (Span(f"{sign[style]} {word}", style), Span(": " if why else " "))
    lines = paragraph(page.glyphs.show(why), page.room, lead=lead, flush=True)
    return lines + page.gap


def _right(session: Session, question: Question, page: Page) -> list[Line]:
    """The answer; of a number also what was typed, beside it where there is room."""
    if question.form == RECALL:
        return paragraph(page.glyphs.show(question.answer), page.room)
    yours = session.text.strip() or "-"
    beside: Line = (
        Span("yours  ", "dim"),
        Span(page.glyphs.flat(yours)),
        Span("     right  ", "dim"),
        Span(page.glyphs.flat(question.answer), "bold"),
    )
    if size(beside) <= page.room:
        return [beside]
    return [
        *paragraph(page.glyphs.flat(yours), page.room, lead=(Span("yours  ", "dim"),)),
        *paragraph(page.glyphs.show(question.answer), page.room, "bold", (Span("right  ", "dim"),)),
    ]


def _solved(session: Session, question: Question, page: Page) -> list[Line]:
    """Every option with what is true of it, and why where that teaches something."""
    lines: list[Line] = []
    for index, option in enumerate(question.options):
        picked = index in session.picked
        sign, style = _sign(option, page.glyphs, picked=picked)
        text = page.glyphs.show(option.text)
        if option.correct and not picked and question.form == TOGGLE:
            text += "  (missed)"
        lead = (Span(f"{sign} ", style), Span(f"{index + 1}", "key"), Span("  "))
        lines += paragraph(text, page.room, "bold" if option.correct else "", lead)
        if option.why and (picked or option.correct):
            indent = Span(" " * (3 if page.tight else 5))
            lines += paragraph(page.glyphs.show(option.why), page.room, "dim", (indent,))
    return lines


def _sign(option: Option, glyphs: Glyphs, *, picked: bool) -> tuple[str, str]:
    if option.correct:
        return glyphs.right, "right"
    return (glyphs.wrong, "wrong") if picked else (" ", "")
