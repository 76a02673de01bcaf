"""An interview spoken: what line mode says of it and what a line means to it. Pure.

While the clock runs every line is a note; what begins with a slash and names a command is one.
"""

from __future__ import annotations

from mlsd_cards.study.interview import keys as interview_keys
from mlsd_cards.study.interview.attempt import MUST, STRONG, Attempt
from mlsd_cards.study.interview.clock import LONG, SCORE, announcement, clock, minutes
from mlsd_cards.study.interview.interview import OFFER, PROMPT, RESULT, RUBRIC, STEP, Interview
from mlsd_cards.study.interview.step import LINE
from mlsd_cards.term.interview import words
from mlsd_cards.term.interview.view import offer, plan
from mlsd_cards.term.line import Glyphs
from mlsd_cards.term.plain import Fact, Speech

COMMANDS = {
    "next": ("tab",),
    "back": ("ctrl-b",),
    "edit": ("ctrl-e",),
    "score": ("esc", "s"),
    "task": ("esc", "p"),
    "keys": ("esc", "?"),
    "?": ("esc", "?"),
    "quit": ("ctrl-d",),
    "q": ("ctrl-d",),
}
"""What a line may command while the clock runs, and the keys that it stands for."""

IN_RUBRIC = {
    "next": ("tab",),
    "back": ("ctrl-b",),
    "result": ("r",),
    "quit": ("ctrl-d",),
}

TYPED = "A line is a note. An empty line tells the time; /next, /back, /task, /edit, /score, /quit."


def facts(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    """What is true now, in the order in which it is said."""
    made = FACTS[interview.phase](interview, glyphs)
    if interview.panel:
        made.append(Fact(("panel", interview.panel), _panel(interview, glyphs)))
    if interview.note:
        note = interview.note.replace("r counts them", "/result counts them")
        note = note.replace(SCORE, "by /score")
        made.append(Fact(("note", note), (glyphs.typed(note),)))
    return made


def _offer(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    return [Fact((OFFER,), (glyphs.typed(offer(interview.attempt)),))]


def _prompt(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    attempt = interview.attempt
    task = f"Task: {glyphs.words(attempt.case.prompt)}"
    return [Fact((PROMPT,), (f"Interview: {glyphs.flat(attempt.title)}", task, plan(attempt)))]


def _step(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    """The step, its questions, and that a line was kept, of which nothing is said."""
    attempt = interview.attempt
    limit = minutes(attempt.table.limits[attempt.at])
    spent = attempt.spent[attempt.at]
    again = f", {clock(spent)} of them used" if spent >= 1000 else ""
    title = words.step_title(attempt).capitalize()
    made = [Fact((STEP, attempt.at), (f"{title}: {limit}{again}.",))]
    for one in attempt.asked:
        text = glyphs.words(attempt.case.follow_ups[one.which])
        made.append(Fact(("asked", one.which), (f"They ask: {text}",)))
    if spent >= LONG * attempt.table.limits[attempt.at]:
        warning = announcement(attempt, "long")
        if warning != interview.note:
            made.append(Fact(("long", attempt.at), ()))
    made.append(Fact(("notes", attempt.notes), ()))
    return made


def _rubric(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    """The step with its notes, and the line at the cursor."""
    attempt, item = interview.attempt, interview.item
    notes = [
        f"They ask: {glyphs.words(one.text)}" if one.theirs else f"Yours: {glyphs.flat(one.text)}"
        for one in attempt.said(item.step)
    ]
    name = attempt.case.steps[item.step].step
    given = words.given(attempt, item)
    told = f"{words.place(attempt, item).capitalize()}: {glyphs.words(item.text)}"
    told += f" ({given})" if given else ""
    return [
        Fact((RUBRIC, item.step), (f"Rubric of {name}.", *(notes or ["No notes."]))),
        Fact((RUBRIC, item, given), (told,)),
    ]


def _result(interview: Interview, glyphs: Glyphs) -> list[Fact]:
    if interview.result is None:
        return []
    told = spoken(words.told(interview.result, interview.earlier), glyphs)
    return [Fact((RESULT,), tuple(told))]


def spoken(told: list[words.Words], glyphs: Glyphs) -> list[str]:
    """Paragraphs as lines, without bars."""
    texts = (glyphs.words(one.text) if one.card else glyphs.typed(one.text) for one in told)
    leads = (glyphs.flat(one.lead).lstrip() for one in told)
    return [lead + text for lead, text in zip(leads, texts, strict=True) if text]


FACTS = {OFFER: _offer, PROMPT: _prompt, STEP: _step, RUBRIC: _rubric, RESULT: _result}


def _panel(interview: Interview, glyphs: Glyphs) -> tuple[str, ...]:
    if interview.panel == "prompt":
        return (f"Task: {glyphs.words(interview.attempt.case.prompt)}",)
    named = {row.action: row.help for row in interview_keys.MENU}
    rows = {"next": "next", "back": "back", "task": "prompt", "edit": "edit", "score": "score"}
    return (TYPED, *(f"/{name}: {named[action]}" for name, action in rows.items()))


def hint(interview: Interview) -> str:
    """What may be typed at this moment."""
    match interview.phase:
        case "offer":
            return "1 goes on, 2 opens its rubric, 3 begins anew, q leaves it as it is."
        case "prompt":
            return f"Enter begins, and the clock runs; so does the first note. {TYPED}"
        case "step":
            return f"{_time(interview.attempt)} {TYPED}"
        case "rubric":
            return _hint_of_rubric(interview)
    cards = "; d makes the cards due today, u takes that back" if has_cards(interview) else ""
    return f"Enter leaves{cards}."


def has_cards(interview: Interview) -> bool:
    """Whether there are cards that teach what was missed."""
    return bool(interview.result and interview.result.cards)


def _time(attempt: Attempt) -> str:
    spent, limit = attempt.spent[attempt.at], attempt.table.limits[attempt.at]
    told = f"{attempt.step.capitalize()}: {clock(spent)} of {clock(limit)}"
    if attempt.only is None:
        told += f"; all {clock(attempt.used)} of {clock(attempt.table.whole)}"
    return f"{told}."


def _hint_of_rubric(interview: Interview) -> str:
    item, scoring = interview.item, interview.attempt.case.scoring
    if item.kind == MUST:
        wanted = f"0, 1 or 2 ({scoring.must})"
    else:
        wanted = f"1 or 0 ({scoring.strong if item.kind == STRONG else scoring.red_flag})"
    return (
        f"{wanted}; several in one line go on with the lines below. /next, /back, /result, /quit."
    )


def moment(interview: Interview) -> str:
    """What may be typed is said once for each phase, and for each kind of line of the rubric."""
    if interview.phase == RUBRIC:
        return interview.item.kind
    return PROMPT if interview.phase == STEP else interview.phase


def meant(interview: Interview, line: str) -> list[str]:
    """The keys that a line stands for at this moment; none if it stands for nothing."""
    text = line.strip()
    word = text[1:].lower() if text.startswith("/") else ""
    match interview.phase:
        case "step":
            return list(COMMANDS.get(word, (LINE + line.rstrip(),))) if text else []
        case "prompt":
            if word in {"q", "quit"}:
                return ["ctrl-d"]
            return ["enter", *(meant_in_step(line) if text and word != "next" else ())]
        case "rubric":
            if word or text in {"r", "q"}:
                return list(IN_RUBRIC.get({"r": "result", "q": "quit"}.get(word or text, word), ()))
            marks = text.lower().replace(",", " ").split()
            keys = [key for mark in marks for key in (mark if mark.isdigit() else [mark])]
            return (keys or ["enter"]) if all(key in {*"012yn"} for key in keys) else []
    return [{"quit": "q"}.get(word or text, word or text) or "enter"]


def meant_in_step(line: str) -> tuple[str, ...]:
    """The keys of a line that is typed once the interview has begun."""
    text = line.strip()
    return COMMANDS.get(text[1:].lower() if text.startswith("/") else "", (LINE + line.rstrip(),))


SPEECH = Speech(
    facts=facts,
    hint=hint,
    moment=moment,
    meant=meant,
    closing=lambda interview: "esc" if interview.panel else "",
    is_busy=lambda interview: False,
    note=lambda interview: interview.note,
)
