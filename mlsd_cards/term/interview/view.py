"""An interview as a screen of lines. Pure: the same interview and size give the same screen."""

from __future__ import annotations

from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.interview import keys as interview_keys
from mlsd_cards.study.interview.attempt import MUST, Attempt, Said
from mlsd_cards.study.interview.clock import LONG, announcement, clock, minutes
from mlsd_cards.study.interview.interview import OFFER, PROMPT, RESULT, RUBRIC, STEP, Interview
from mlsd_cards.term.canvas import Canvas, on_canvas
from mlsd_cards.term.interview import words
from mlsd_cards.term.interview.words import Words
from mlsd_cards.term.line import Line, Screen, Span, paragraph, spread
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.review import labels
from mlsd_cards.term.review.footer import fitted

LAST = 4
"""The most lines of a line that is being typed."""


def render(interview: Interview, columns: int, rows: int, *, ascii_only: bool = False) -> Screen:
    """The screen for a terminal of ``columns`` by ``rows`` cells."""

    def draw(canvas: Canvas) -> Screen:
        return canvas.screen(
            _header(interview, canvas),
            _middle(interview, canvas),
            [_footer(interview, canvas)],
            note=interview.note,
            scroll=interview.scroll,
            pan=interview.pan,
        )

    return on_canvas(draw, columns, rows, ascii_only=ascii_only)


def _header(interview: Interview, canvas: Canvas) -> Line:
    """Which case and step, and the clocks."""
    attempt, wide = interview.attempt, canvas.wide
    title = canvas.page.glyphs.flat(attempt.title)
    if interview.phase == STEP:
        left = f" {title}   " if wide else " "
        left += words.step_title(attempt) if wide else f"{attempt.at + 1}/7 {attempt.step}"
        return spread((Span(left, "bold"),), (Span(_clocks(attempt, wide)),), canvas.columns)
    if interview.phase == RUBRIC:
        left = f" {title}   " if wide else " "
        left += f"rubric of {attempt.case.steps[interview.item.step].step}"
        marked = sum(attempt.mark(one) is not None for one in attempt.items)
        right = (
            f"{marked}/{len(attempt.items)} marked " if wide else f"{marked}/{len(attempt.items)} "
        )
        return spread((Span(left, "bold"),), (Span(right),), canvas.columns)
    return spread((Span(f" {title}", "bold"),), (Span("interview "),), canvas.columns)


def _clocks(attempt: Attempt, wide: bool) -> str:
    """The time of the step and of the whole; what is over says so."""
    spent, limit = attempt.spent[attempt.at], attempt.table.limits[attempt.at]
    between, gap = (" of ", "   all ") if wide else ("/", " ")
    told = f"{clock(spent)}{between}{clock(limit)}" + (" over" if wide and spent >= limit else "")
    if attempt.only is None:
        told += f"{gap}{clock(attempt.used)}{between}{clock(attempt.table.whole)}"
    return f"{told} "


def _middle(interview: Interview, canvas: Canvas) -> Body:
    if interview.panel:
        return Body(_panel(interview, canvas.page))
    return BODIES[interview.phase](interview, canvas)


def _panel(interview: Interview, page: Page) -> list[Line]:
    """The menu, the keys, or the task once more."""
    if interview.panel == "prompt":
        return paragraph(page.glyphs.show(interview.attempt.case.prompt), page.room)
    rows = interview_keys.MENU if interview.panel == "menu" else interview.keys
    named = [
        (labels.keys(row, page.glyphs), (page.tight and row.label) or row.help) for row in rows
    ]
    column = max(len(keys) for keys, _ in named) + 2
    return [
        line
        for keys, text in named
        for line in paragraph(
            page.glyphs.typed(text), page.room, lead=(Span(keys.ljust(column), "key"),)
        )
    ]


def _offer(interview: Interview, canvas: Canvas) -> Body:
    page, attempt = canvas.page, interview.attempt
    lines = paragraph(page.glyphs.typed(offer(attempt)), page.room)
    for binding in interview_keys.OFFER[:3]:
        lead = (Span(binding.keys[0], "key"), Span("  "))
        lines += paragraph(page.glyphs.typed(binding.help), page.room, lead=lead)
    return Body(lines)


def offer(attempt: Attempt) -> str:
    """What was broken off, in words."""
    where = "its rubric" if attempt.scoring else words.step_title(attempt)
    left = f"{clock(attempt.left)} left" if attempt.left > 0 else f"{clock(-attempt.left)} overtime"
    notes = sum(map(len, attempt.notes))
    lines = f"{notes} line{'s' * (notes != 1)} of notes"
    return f"An interview is open: {attempt.title}, in {where}, {left}, {lines}."


def _prompt(interview: Interview, canvas: Canvas) -> Body:
    page, attempt = canvas.page, interview.attempt
    lines = paragraph(page.glyphs.show(attempt.case.prompt), page.room)
    lines += page.gap + paragraph(page.glyphs.typed(plan(attempt)), page.room, "dim")
    return Body(lines)


def plan(attempt: Attempt) -> str:
    """The steps and their times, in words."""
    limits = attempt.table.limits
    if attempt.only is not None:
        return f"One step, {attempt.step}: {minutes(limits[attempt.at])}."
    steps = ", ".join(
        f"{step.step} {clock(limit)}"
        for step, limit in zip(attempt.case.steps, limits, strict=True)
    )
    return f"{minutes(attempt.table.whole).capitalize()}: {steps}."


def _step(interview: Interview, canvas: Canvas) -> Body:
    """The notes of the step, and below them what is being typed."""
    page, attempt = canvas.page, interview.attempt
    lines = _said(attempt.said(attempt.at), page)
    if not lines:
        lines = paragraph("What you would say, a line at a time.", page.room, "dim")
    made = Body(lines)
    made.focus = (len(lines) - 1, len(lines) - 1)
    text = page.glyphs.flat(interview.text) + page.glyphs.caret
    made.pinned = paragraph(text, page.room, "bold", (Span("> ", "key"),))[-LAST:]
    if attempt.spent[attempt.at] >= LONG * attempt.table.limits[attempt.at]:
        warning = page.glyphs.typed(announcement(attempt, "long"))
        if warning not in interview.note:
            made.pinned = [*paragraph(warning, page.room, "wrong"), *made.pinned]
    return made


def _said(said: tuple[Said, ...], page: Page) -> list[Line]:
    """What was said in a step: notes, and their questions."""
    lines: list[Line] = []
    for one in said:
        if one.theirs:
            lead: Line = (Span("They ask: ", "bold"),)
            lines += paragraph(page.glyphs.show(one.text), page.room, "bold", lead, flush=True)
        else:
            lines += paragraph(page.glyphs.flat(one.text), page.room, lead=(Span("- ", "dim"),))
    return lines


def _rubric(interview: Interview, canvas: Canvas) -> Body:
    """The notes of the step, which scroll, and below them the lines of the rubric."""
    page, attempt, here = canvas.page, interview.attempt, interview.item
    lines = _said(attempt.said(here.step), page)
    made = Body(lines or paragraph("No notes in this step.", page.room, "dim"))
    rows: list[Line] = []
    first = last = 0
    for item in attempt.items:
        if item.step != here.step:
            continue
        if item == here:
            first = len(rows)
        box = words.given(attempt, item) or "?"
        kind = "" if item.kind == MUST else words.KINDS[item.kind] + ": "
        lead = (
            Span(page.glyphs.cursor if item == here else " ", "bold"),
            Span(f" {box:<4}", "key" if item == here else ""),
            Span(kind, "dim"),
        )
        style = "bold" if item == here else ""
        rows += paragraph(page.glyphs.show(item.text), page.room, style, lead)
        if item == here:
            last = len(rows)
    room = max(last - first, (canvas.rows - 4) * 6 // 10)
    start = min(max(0, last - room), first) if len(rows) > room else 0
    start = max(start, min(first, len(rows) - room)) if len(rows) > room else 0
    rule: Line = (Span(page.glyphs.dots * page.room, "dim"),)
    made.pinned = [rule, *rows[start : start + room]]
    return made


def _result(interview: Interview, canvas: Canvas) -> Body:
    result = interview.result
    lines = set_words(words.told(result, interview.earlier), canvas.page) if result else []
    return Body(lines)


def set_words(told: list[Words], page: Page) -> list[Line]:
    """Paragraphs as lines of the page."""
    lines: list[Line] = []
    for one in told:
        if not one.text:
            lines += page.gap
            continue
        text = page.glyphs.show(one.text) if one.card else page.glyphs.typed(one.text)
        bar = "" if page.tight else one.bar
        lead: Line = (Span(page.glyphs.flat(one.lead), one.style), Span(bar, "key"))
        flush = len(one.lead) > page.room // 3
        lines += paragraph(text, page.room, one.style, lead, flush=flush)
    return lines


BODIES = {OFFER: _offer, PROMPT: _prompt, STEP: _step, RUBRIC: _rubric, RESULT: _result}

ASIDE = {"menu", "keys", "quit"}


def _footer(interview: Interview, canvas: Canvas) -> Line:
    glyphs, room = canvas.page.glyphs, canvas.columns
    if interview.panel == "menu":
        return fitted([("", "press a key; any other closes it")], [], room)
    if interview.panel:
        return fitted(
            [(f"{glyphs.up} {glyphs.down}", "scroll")], [("any other key", "closes")], room
        )
    shown = [row for row in interview.keys if row.label and _is_of_use(interview, row)]
    left = [_hint(interview, row, canvas) for row in shown if row.action not in ASIDE]
    right = [_hint(interview, row, canvas) for row in shown if row.action in ASIDE]
    if interview.phase == RESULT:
        left.append((f"{glyphs.up} {glyphs.down}", "scroll"))
    while len(left) > 1 and sum(len(f"   {keys} {label}") for keys, label in left + right) > room:
        left.pop()
    return fitted(left, right, room)


def _is_of_use(interview: Interview, row: Binding) -> bool:
    """Whether a key that makes cards due, or takes that back, has anything to do."""
    has_cards = bool(interview.result and interview.result.cards)
    return {"call": has_cards and not interview.called, "undo": interview.called}.get(
        row.action, True
    )


def _hint(interview: Interview, row: Binding, canvas: Canvas) -> tuple[str, str]:
    """The first key of a binding and what it does here."""
    if row.action != "points":
        return labels.keys(row, canvas.page.glyphs).split()[0], row.label
    if interview.item.kind == MUST:
        return f"0{canvas.page.glyphs.dash}2", row.label
    return "1", "yes, 0 no"
