"""A session as facts in words, a line each: what line mode says. Pure."""

from __future__ import annotations

import re

from mlsd_cards.cards.question import CHOOSE, ORDER, RECALL, TOGGLE, TYPE, Question
from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.session import OVER, Panel, Session, Turn
from mlsd_cards.term.layout import layout
from mlsd_cards.term.line import Glyphs
from mlsd_cards.term.plain import Fact
from mlsd_cards.term.review import labels
from mlsd_cards.term.review.body import answered
from mlsd_cards.term.review.panels import days, sections

MENU = f"Menu: {', '.join(f'{row.keys[0]} {row.label}' for row in bindings.MENU)}."
"""The keys that are always there, each with its name."""

BEHIND_A_SLASH = "Menu: a slash before its key, /? all keys, /u undo, /q quit."
"""The same where every line is an answer."""

IN_ONE_LINE = "all of them in their right order, in one line"
"""What the numbers of an ordering do here, where a key alone does nothing."""


_UNITS = {"d": "day", "mo": "month", "y": "year"}


def facts(session: Session, glyphs: Glyphs) -> list[Fact]:
    """What is true now, in the order in which it is said."""
    turn = session.turn
    made: list[Fact] = []
    if session.note:
        note = aloud(session.note).replace("(esc u ", "(/u ")
        made.append(Fact(("note", session.note, len(session.answers)), (note,)))
    if turn:
        card = turn.question.card.id
        shown = ("question", card, turn.kind, len(session.answers), session.shown_at)
        made.append(Fact(shown, tuple(_question(session, turn, glyphs))))
        if answered(session):
            mark = ("answer", *shown, session.revealed_at)
            made.append(Fact(mark, tuple(told(session, turn, glyphs))))
            made.append(Fact(("grades", *mark), (grades(session, turn),)))
    if session.panel:
        panel = session.panel
        made.append(Fact(("panel", panel), tuple(_panel(session, panel))))
    if session.phase == OVER:
        lines = (*filter(None, session.closing), hint(session))
        made.append(Fact(("over", session.closing), lines))
    said = (Fact(fact.mark, tuple(map(glyphs.typed, fact.lines))) for fact in made)
    return [fact for fact in said if fact.lines]


def hint(session: Session) -> str:
    """What may be typed at this moment."""
    turn = session.turn
    if session.phase == OVER or turn is None:
        return "Enter or q leaves; u takes back the last answer."
    if answered(session):
        return f"{grades(session, turn)}. {MENU}"
    form, count = turn.question.form, turn.question.count
    first = 2 if turn.question.fixed_first else 1
    example = (*range(first + 1, count + 1), first)
    if form == RECALL:
        return f"Enter shows the answer. {MENU}"
    unit = labels.unit(turn.question)
    what = {
        CHOOSE: f"Type the number of one option, 1 to {count}, then Enter.",
        TOGGLE: f"Type the numbers of all right options, such as 1,{min(3, count)}, then Enter.",
        ORDER: f"Type the numbers {first} to {count} in their right order, such as "
        f"{' '.join(map(str, example))}, then Enter.",
        TYPE: f"Type a number{' in ' + unit if unit else ''}, "
        f"{labels.precision(turn.question)}, then Enter.",
    }[form]
    return f"{what} {BEHIND_A_SLASH if form == TYPE else MENU}"


def grades(session: Session, turn: Turn) -> str:
    """All grades in one line, with what each would store, and which one Enter takes."""
    said = []
    for choice in labels.choices(session, turn):
        days = choice.when if choice.when[:1].isalpha() else choice.when and f"in {choice.when}"
        words = " ".join(word for word in (choice.key, choice.name, aloud(days)) if word)
        said.append(words + (" (Enter)" if choice.proposed else ""))
    return "Grade: " + ", ".join(said)


def aloud(text: str) -> str:
    """``today+15 d`` as it is spoken: today and in 15 days."""
    return re.sub(r"([\d.]+) (d|mo|y)\b", _spelt, text.replace("today+", "today and in "))


def _spelt(found: re.Match[str]) -> str:
    count, unit = found.groups()
    return f"{count} {_UNITS[unit]}{'s' * (count != '1')}"


def _question(session: Session, turn: Turn, glyphs: Glyphs) -> list[str]:
    deck = turn.deck.replace("::", ", ")
    where = ", ".join(part for part in (deck, turn.question.card.topic) if part)
    kind = {"new": ", new card", "again": ", again", "practice": ", practice"}.get(turn.kind, "")
    marked = ", marked" if turn.marked else ""
    place = labels.place(session).replace("/", " of ")
    return [f"{place}, {glyphs.flat(where)}{kind}{marked}", *asked(turn.question, glyphs)]


def asked(question: Question, glyphs: Glyphs) -> list[str]:
    """The question, its options and what else belongs to it."""
    return [
        f"Question: {glyphs.words(question.prompt)}",
        *(f"{at}. {glyphs.words(option.text)}" for at, option in enumerate(question.options, 1)),
        *(apart.tell(question, glyphs) if (apart := layout(question)) else ()),
    ]


def told(session: Session, turn: Turn, glyphs: Glyphs) -> list[str]:
    """The mark, what is right, why, and where that is from."""
    question = turn.question
    word, why = labels.verdict(session)
    lines = [f"{word}: {glyphs.words(why)}" if why else f"{word}."] if word else []
    if question.options:
        lines += _solved(session, question, glyphs)
    elif apart := layout(question):
        lines += apart.tell_answer(session, question, glyphs)
    else:
        if question.form == TYPE and session.text.strip():
            lines.append(f"Yours: {session.text.strip()}")
        lines.append(f"Answer: {glyphs.words(question.answer)}")
    if question.card.explanation:
        lines.append(f"Why: {glyphs.words(question.card.explanation)}")
    if turn.source:
        lines.append(f"Source: {turn.source}")
    return lines


def _solved(session: Session, question: Question, glyphs: Glyphs) -> list[str]:
    """The options that are right and those that were picked, each with its why; no others."""
    lines = []
    for index, option in enumerate(question.options):
        picked = index in session.picked
        if not (option.correct or picked):
            continue
        word = "right" if option.correct else "wrong, yours"
        if option.correct and question.form == TOGGLE:
            word = "right, yours" if picked else "right, missed"
        why = f" ({glyphs.words(option.why)})" if option.why else ""
        lines.append(f"{index + 1} is {word}: {glyphs.words(option.text)}{why}")
    return lines


def _panel(session: Session, panel: Panel) -> list[str]:
    if panel.name == "menu":
        return rows("Menu", list(bindings.MENU))
    if panel.name == "keys":
        count = session.turn.question.count if session.turn else 0
        told = [line for title, part in sections(session) for line in rows(title, part, count)]
        return [*told, labels.EVERYWHERE, *map(aloud, days(session))]
    if panel.name == "flag":
        return ["Flag: type what is wrong, then Enter; an empty line keeps nothing."]
    return [f"{panel.name.capitalize()}: {line}" for line in panel.lines]


def rows(title: str, table: list[Binding], options: int = 0) -> list[str]:
    """A binding a line, without the keys that no line can be: arrows, Esc and the like."""
    lines = []
    for row in table:
        names = [name for name in row.keys if len(name) == 1 or name == "enter"]
        if row.action in {"pick", "toggle", "place"}:
            names = names[:options]
        if names:
            words = " or ".join(names) if len(names) < 3 else f"{names[0]} to {names[-1]}"
            does = IN_ONE_LINE if row.action == "place" else row.help
            lines.append(f"{title}, {words}: {does}")
    return lines
