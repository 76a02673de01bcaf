"""A review as a screen of lines. Pure: the same session and size give the same screen."""

from __future__ import annotations

from mlsd_cards.study.session import Session
from mlsd_cards.term.canvas import Canvas, on_canvas
from mlsd_cards.term.line import Line, Screen, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.review import labels
from mlsd_cards.term.review.body import body
from mlsd_cards.term.review.footer import footer
from mlsd_cards.term.review.panels import entry, panel


def render(session: Session, columns: int, rows: int, *, ascii_only: bool = False) -> Screen:
    """The screen for a terminal of ``columns`` by ``rows`` cells."""
    drawn = session.turn is not None and session.turn.question.card.kind == "diagram"
    margin = 2 if drawn else 3  # of 80 cells, as many as the widest drawing leaves

    def draw(canvas: Canvas) -> Screen:
        return canvas.screen(
            _header(session, canvas),
            _middle(session, canvas.page),
            footer(session, columns, canvas.page),
            note=session.note,
            scroll=session.scroll,
            pan=session.pan,
        )

    return on_canvas(draw, columns, rows, ascii_only=ascii_only, margin=margin)


def _header(session: Session, canvas: Canvas) -> Line:
    """Deck and topic, what is special about the card, and how far the session is."""
    wide, glyphs = canvas.wide, canvas.page.glyphs
    name = "practice" if session.practice else "review"
    turn = session.turn
    if turn is None:
        return (Span(f" {name}", "bold"),)
    deck = glyphs.flat(turn.deck).replace("::", f" {glyphs.chevron} ")
    topic = glyphs.flat(turn.question.card.topic)
    parts = [part for part in (deck, topic) if part]
    left: Line = (Span(" " + f" {glyphs.chevron} ".join(parts if wide else parts[:1]), "bold"),)
    kind = {"new": "new card", "again": "again"}.get(turn.kind, "")
    marks = [mark for mark in (kind, "* marked" if turn.marked else "") if mark]
    if wide:
        left = (*left, Span("".join(f"   {mark}" for mark in marks)))
        new = labels.new_left(session)
        right = f"{name}  {labels.place(session)}" + (f"  new {new}" if new else "")
    else:
        short = [mark.split()[0] for mark in marks]
        right = " ".join(("practice" if session.practice else "", *short, labels.place(session)))
    return spread(left, (Span(right.lstrip() + " "),), canvas.columns)


def _middle(session: Session, page: Page) -> Body:
    """What stands between the rules: a panel, the card, or the end."""
    noting = session.panel if session.panel and session.panel.name == "flag" else None
    if session.panel and not noting:
        made = Body(panel(session, session.panel, page))
    elif session.turn:
        made = body(session, session.turn, page)
        if noting:
            made.pinned = entry(noting, page)
    else:
        text = (page.glyphs.typed(line) for line in session.closing)
        made = Body([line for part in text for line in paragraph(part, page.room)])
    return made
