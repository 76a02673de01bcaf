"""What a placement shows that a quiz does not: its header, how far it is, what it offers. Pure."""

from __future__ import annotations

from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz.quiz import ASK, OFFER, OVER, RATE, Quiz, clock
from mlsd_cards.term.canvas import Canvas
from mlsd_cards.term.line import Line, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.quiz import words
from mlsd_cards.term.wrap import cut, width


def header(quiz: Quiz, canvas: Canvas) -> Line:
    """The topic at hand, how many topics are clear, and the time: what is left of it, or what was
    used."""
    wide, glyphs = canvas.wide, canvas.page.glyphs
    asking = quiz.phase in {ASK, RATE}
    name = placing.topic(quiz) if asking else quiz.rules.title
    name = f"placement: {glyphs.flat(name)}" if wide or not asking else glyphs.flat(name)
    parts = []
    if quiz.phase not in {OFFER, OVER}:
        clear, topics = placing.progress(quiz)
        parts.append(f"{clear} of {topics} topics clear" if wide else f"{clear}/{topics}")
        time = f"{clock(quiz.left)} left" if quiz.rules.timed else spent(quiz)
        parts.append(time if wide else time.split()[0])
    right = ("   " if wide else "  ").join(parts)
    name = cut(name, canvas.columns - width(right) - 5, glyphs.ellipsis)
    return spread((Span(f" {name}", "bold"),), (Span(f"{right} "),), canvas.columns)


def spent(quiz: Quiz) -> str:
    """The time that was used, in whole seconds."""
    return clock(quiz.used // 1000 * 1000)


def far(quiz: Quiz, page: Page) -> Body:
    """How far it is, and what handing in does."""
    told = f"{', '.join(words.far(quiz))}.".capitalize()
    lines = [*paragraph(told, page.room), *page.gap]
    for text in (words.PLACES, "h hands in now and leaves the rest new, enter goes on."):
        lines += paragraph(text, page.room)
    return Body(lines)


def offers(quiz: Quiz, page: Page) -> Body:
    """How many cards start as known, and the topics whose other cards could start so too."""
    glyphs, room = page.glyphs, page.room
    lines = [*paragraph(words.placed(quiz), room), *page.gap]
    lines += paragraph(words.OFFERED, room, "bold")
    made = Body(lines)
    for at, one in enumerate(quiz.offers):
        first = len(lines)
        sign = glyphs.cursor if at == quiz.cursor else " "
        box = "[x]" if at in quiz.chosen else "[ ]"
        lead = (Span(f"{sign} "), Span(f"{box} ", "key"))
        lines += paragraph(glyphs.typed(words.offer(one)), room, lead=lead)
        if at == quiz.cursor:
            made.focus = (first, len(lines) - 1)
    made.pinned = paragraph(f"Enter: {words.taken(quiz)}.", room, "bold")
    return made
