"""A quiz as a screen of lines. Pure: the same quiz and size give the same screen."""

from __future__ import annotations

from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz import keys as quizkeys
from mlsd_cards.study.quiz.quiz import ASK, LIST, OFFER, OVER, RATE, Quiz, clock
from mlsd_cards.term.canvas import Canvas, on_canvas
from mlsd_cards.term.drawing import is_wide
from mlsd_cards.term.line import Line, Screen, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.quiz import placement as placeview
from mlsd_cards.term.quiz import words
from mlsd_cards.term.review import labels
from mlsd_cards.term.review.body import body
from mlsd_cards.term.review.footer import ARROWS, Hint, fitted
from mlsd_cards.term.review.panels import short_menu, table
from mlsd_cards.term.wrap import cut, width


def render(session: Quiz, columns: int, rows: int, *, ascii_only: bool = False) -> Screen:
    """The screen for a terminal of ``columns`` by ``rows`` cells."""
    quiz = session
    margin = 2 if quiz.is_asking and quiz.item.question.card.kind == "diagram" else 3

    def draw(canvas: Canvas) -> Screen:
        return canvas.screen(
            _header(quiz, canvas),
            _middle(quiz, canvas.page),
            [_footer(quiz, canvas)],
            note=quiz.said,
            scroll=quiz.scroll,
            pan=quiz.pan,
            bar=_bar(quiz, canvas),
        )

    return on_canvas(draw, columns, rows, ascii_only=ascii_only, margin=margin)


def _header(quiz: Quiz, canvas: Canvas) -> Line:
    """What the quiz is about, which question this is, and the clocks."""
    wide, glyphs = canvas.wide, canvas.page.glyphs
    if quiz.rules.placing:
        return placeview.header(quiz, canvas)
    name = f"quiz: {glyphs.flat(quiz.rules.title)}" if wide else "quiz"
    parts = []
    if quiz.phase in {ASK, RATE}:
        parts = ["* flagged" if wide else "*"] if quiz.item.flagged else []
        parts.append(f"{quiz.place + 1}/{len(quiz.items)}")
        if quiz.each_left is not None:
            parts.append(clock(quiz.each_left) + (" here" if wide else ""))
    if quiz.phase != OVER:
        parts.append(clock(quiz.left) + (" left" if wide else ""))
    right = ("   " if wide else "  ").join(parts)
    name = cut(name, canvas.columns - width(right) - 5, glyphs.ellipsis)
    return spread((Span(f" {name}", "bold"),), (Span(f"{right} "),), canvas.columns)


def _bar(quiz: Quiz, canvas: Canvas) -> Line:
    """The upper rule, thick as far as the questions are answered."""
    if quiz.phase in {OFFER, OVER}:
        return ()
    glyphs, columns = canvas.page.glyphs, canvas.columns
    answered, all_ = quiz.answered, len(quiz.items)
    if quiz.rules.placing:
        answered, all_ = placing.progress(quiz)
    done = columns * answered // all_
    return (Span(glyphs.full * done), Span(glyphs.rule * (columns - done), "dim"))


def _middle(quiz: Quiz, page: Page) -> Body:
    """What stands between the rules: a panel, the question, the list, or the end."""
    if quiz.panel:
        return Body(_panel(quiz, page))
    if quiz.phase == LIST:
        return placeview.far(quiz, page) if quiz.rules.placing else _list(quiz, page)
    if quiz.phase == OFFER:
        return placeview.offers(quiz, page)
    if quiz.outcome:
        from mlsd_cards.term.quiz.outcome import body as told

        return told(quiz.outcome, page)
    if quiz.phase not in {ASK, RATE}:
        return Body(paragraph("Handing in", page.room))
    item = quiz.item
    made = body(item.front, item.turn, page)
    if quiz.phase == RATE:
        made.pinned += _asked(words.HOW_SURE, words.SURE, item.certainty, page)
    elif item.is_shown:
        made.pinned += _asked(words.HOW_RIGHT, words.SAID, item.said, page)
    return made


def _asked(question: str, answers: dict[int, str], chosen: int, page: Page) -> list[Line]:
    """A question about the answer; the choice that stands is in brackets."""
    line: Line = (Span(question, "bold"),)
    for key, name in answers.items():
        shown = f" [{name}]" if key == chosen else f" {name}"
        line = (*line, Span("  "), Span(str(key), "key"), Span(shown))
    if sum(len(span.text) for span in line) <= page.room:
        return [line]
    return [line[:1], line[2:]]


def _list(quiz: Quiz, page: Page) -> Body:
    """What is answered and what is not; below, every question with the beginning of its text."""
    glyphs, room = page.glyphs, page.room
    made = Body([line for text in words.tally(quiz) for line in paragraph(text, room)])
    made.lines += page.gap
    digits = len(str(len(quiz.items)))
    states = list(map(words.state, quiz.items))
    column = max(map(len, states))
    for number, (item, state) in enumerate(zip(quiz.items, states, strict=True), 1):
        lead = (Span(f"{number:{digits}}", "key"), Span(f"  {state:{column}}  "))
        text = glyphs.words(item.question.prompt).split("\n")[0]
        text = cut(text, room - sum(width(span.text) for span in lead), glyphs.ellipsis)
        made.lines.append((*lead, Span(text)))
    made.pinned = [(Span("Go to question: ", "dim"), Span(quiz.number, "bold"), Span(glyphs.caret))]
    return made


def _panel(quiz: Quiz, page: Page) -> list[Line]:
    room, glyphs = page.room, page.glyphs
    if quiz.panel == "menu":
        tight = page.tight
        menu = quiz.menu
        return short_menu(menu, room) if tight else table("Menu", menu, room, glyphs, 6)
    lines: list[Line] = []
    for title, rows in sections(quiz):
        lines += [*table(title, rows, room, glyphs, quiz.item.question.count or 6), ()]
    lines += paragraph(placing.FINAL, room) if quiz.rules.placing else []
    return lines + paragraph(LEAVING, room)


LEAVING = (
    "Ctrl-C and Ctrl-D leave at any time, as q does: everything given is kept, the clock stands "
    "still, and mlsd-cards quiz goes on."
)


def sections(quiz: Quiz) -> list[tuple[str, tuple[Binding, ...]]]:
    """The tables of keys, each with a title; what stands in the menu only there."""
    here = quiz.keys if quiz.phase == ASK else quizkeys.ANSWERING[quiz.item.question.form]
    tables = [("Question", here), ("Menu", quiz.menu)]
    if not quiz.rules.placing:
        tables.insert(1, ("List", quizkeys.LISTED))
    if quiz.rules.certainty:
        tables.insert(1, ("Certainty", quizkeys.RATING))
    return [
        (title, tuple(row for row in rows if title == "Menu" or row not in quiz.menu))
        for title, rows in tables
    ]


def _footer(quiz: Quiz, canvas: Canvas) -> Line:
    """What the keys of this moment do, from their own table."""
    glyphs, room = canvas.page.glyphs, canvas.columns
    if quiz.panel == "menu":
        return fitted([("", "press a key; any other closes it")], [], room)
    if quiz.panel:
        return fitted(
            [(labels.keys(ARROWS, glyphs), "scroll")], [("any other key", "closes")], room
        )
    count = quiz.item.question.count or 6
    shown = [binding for binding in quiz.keys if _is_shown(quiz, binding, canvas.page)]

    def hints(bindings: list[Binding]) -> list[Hint]:
        return [(labels.keys(one, glyphs, count), one.label) for one in bindings]

    scrolls = quiz.phase == OVER
    scroll: list[Hint] = [(labels.keys(ARROWS, glyphs), ARROWS.label)] if scrolls else []
    left = [binding for binding in shown if binding not in ASIDE]
    while left[1:] and sum(width(f"{keys} {name}   ") for keys, name in hints(left)) > room:
        left.pop()
    return fitted(hints(left) + scroll, hints([one for one in shown if one in ASIDE]), room)


ASIDE = {
    quizkeys.OPEN_MENU, quizkeys.REST, quizkeys.RECONSIDER, quizkeys.KEYS, quizkeys.LEAVE,
}  # fmt: skip


def _is_shown(quiz: Quiz, binding: Binding, page: Page) -> bool:
    """Whether a key has a place in the footer; some are left to the menu."""
    if binding.action == "pan":
        return is_wide(quiz.item.question, page.room, page.glyphs)
    hidden = quiz.phase == ASK and binding.action in {"back", "hand-in"}
    return bool(binding.label) and not hidden
