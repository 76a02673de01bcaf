"""A quiz spoken: what line mode says of it and what a line means to it. Pure."""

from __future__ import annotations

from mlsd_cards.cards.question import RECALL, TYPE
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz import keys as quizkeys
from mlsd_cards.study.quiz.quiz import ASK, LIST, OFFER, OVER, RATE, SAVING, STILL, Quiz, clock
from mlsd_cards.term.line import Glyphs
from mlsd_cards.term.plain import Fact, Speech
from mlsd_cards.term.quiz import words
from mlsd_cards.term.quiz.view import LEAVING, sections
from mlsd_cards.term.review import facts as told
from mlsd_cards.term.review import spoken


def facts(quiz: Quiz, glyphs: Glyphs) -> list[Fact]:
    """What is true now, in the order in which it is said."""
    made = [Fact(("begun",), (words.about(quiz),))]
    made += [Fact(("clock", passed), (passed,)) for passed in _passed(quiz)]
    if quiz.said:
        made.append(Fact(("note", quiz.said, quiz.visit), (quiz.said,)))
    item, at = quiz.item, ("question", quiz.visit)
    if quiz.phase in {ASK, RATE}:
        made.append(Fact(at, tuple(_question(quiz, glyphs))))
        if item.is_shown:
            made.append(Fact(("shown", at), tuple(told.told(item.front, item.turn, glyphs))))
            made.append(Fact(("say", at), (_choices(words.HOW_RIGHT, words.SAID),)))
        if quiz.phase == RATE:
            made.append(Fact(("rate", at), (_choices(words.HOW_SURE, words.SURE),)))
    if quiz.phase == LIST:
        made.append(Fact(("list", quiz.visit, quiz.answered), tuple(_list(quiz, glyphs))))
    if quiz.phase == OFFER:
        made.append(Fact(("offer", quiz.chosen), tuple(_offers(quiz))))
    if quiz.panel:
        made.append(Fact(("panel", quiz.panel), tuple(_keys(quiz))))
    said = [Fact(fact.mark, tuple(map(glyphs.typed, fact.lines))) for fact in made]
    if quiz.outcome and quiz.phase == OVER:
        from mlsd_cards.term.quiz.outcome import facts as outcome_facts

        said.append(Fact(("over",), (*outcome_facts(quiz.outcome, glyphs), hint(quiz))))
    return [fact for fact in said if fact.lines]


def _passed(quiz: Quiz) -> list[str]:
    """The marks of the clock that are behind: the half, a minute, ten seconds."""
    if quiz.phase in STILL or not quiz.rules.timed:
        return []
    limit = quiz.rules.limit
    marks = {limit // 2: f"Half the time is over: {clock(limit // 2)} left."}
    marks |= {60_000: "One minute left.", 10_000: "Ten seconds left."}
    return [said for at, said in marks.items() if quiz.left <= at < limit][-1:]


def _question(quiz: Quiz, glyphs: Glyphs) -> list[str]:
    flagged = ", flagged" if quiz.item.flagged else ""
    if quiz.rules.placing:
        limited = f", {clock(quiz.left)} left" if quiz.rules.timed else ""
        here = f"{placing.topic(quiz)}. {', '.join(words.far(quiz))}{limited}"
        return [here, *told.asked(quiz.item.question, glyphs)]
    place = f"{quiz.place + 1} of {len(quiz.items)}{flagged}, {clock(quiz.left)} left"
    if quiz.each_left is not None:
        place += f", {clock(quiz.each_left)} for this one"
    return [place, *told.asked(quiz.item.question, glyphs)]


def _choices(question: str, answers: dict[int, str]) -> str:
    return f"{question} " + ", ".join(f"{key} {name}" for key, name in answers.items())


def _offers(quiz: Quiz) -> list[str]:
    offers = (f"{number}. {words.offer(one)}" for number, one in enumerate(quiz.offers, 1))
    return [words.placed(quiz), words.OFFERED, *offers]


def _list(quiz: Quiz, glyphs: Glyphs) -> list[str]:
    if quiz.rules.placing:
        return [f"{', '.join(words.far(quiz))}.".capitalize(), words.PLACES]
    lines = [
        f"{number}. {words.state(item)}: {glyphs.words(item.question.prompt).splitlines()[0]}"
        for number, item in enumerate(quiz.items, 1)
    ]
    return [*lines, *words.tally(quiz)]


def _keys(quiz: Quiz) -> list[str]:
    count = quiz.item.question.count
    told_ = [line for title, rows in sections(quiz) for line in told.rows(title, [*rows], count)]
    return [*told_, LEAVING]


MENU_HINT = "Or /skip, /flag, /back, /list, /hand in, /leave."
PLACING_HINT = "Or /pass where you do not know, /how far, /hand in, /leave."


def hint(quiz: Quiz) -> str:
    """What may be typed at this moment."""
    if quiz.phase == OVER:
        return "Enter or q leaves."
    if quiz.phase == OFFER:
        return "Type a for all, the numbers of topics for these, as 1,3, or Enter for none."
    if quiz.phase == LIST and quiz.rules.placing:
        return "Enter goes on, h hands in."
    if quiz.phase == LIST:
        return "Type the number of a question; Enter goes to the first open one, h hands in."
    if quiz.phase == RATE:
        return f"{_choices(words.HOW_SURE, words.SURE)}. /change goes back to the answer."
    item, menu = quiz.item, PLACING_HINT if quiz.rules.placing else MENU_HINT
    if item.is_shown:
        return f"{_choices(words.HOW_RIGHT, words.SAID)}. {menu}"
    form = item.question.form
    if form == RECALL:
        return f"Enter shows the answer, for you to mark. {menu}"
    if form == TYPE and item.question.card.kind not in {"numeric", "computed"}:
        return f"Type the answer, then Enter. {menu}"
    return told.hint(item.front).partition(" Menu:")[0] + f" {menu}"


def moment(quiz: Quiz) -> str:
    """What may be typed is said once for each form of question, for the list, and so on."""
    if quiz.phase != ASK or quiz.panel or quiz.item.is_shown:
        return quiz.phase if quiz.phase in {LIST, OFFER} else ""
    question = quiz.item.question
    number = question.card.kind in {"numeric", "computed"}
    return f"{question.form} {number}"


def meant(quiz: Quiz, line: str) -> list[str]:
    """The keys that a line stands for at this moment; none if it stands for nothing."""
    text = line.strip()[: spoken.LONGEST]
    if text.startswith("/"):
        return _menu(quiz, text[1:].strip())
    if quiz.phase == RATE or (quiz.phase == ASK and quiz.item.is_shown):
        answers = words.SURE if quiz.phase == RATE else words.SAID
        keys = [str(key) for key, name in answers.items() if text in {str(key), name}]
        return keys or _menu(quiz, text)
    if quiz.phase == OFFER and (numbers := _numbers(quiz, text)):
        return numbers
    if quiz.phase == LIST and text.isdigit():
        return [*["backspace"] * len(quiz.number), *text, "enter"]
    if quiz.phase == ASK:
        return _answer(quiz, text)
    return ["enter"] if not text else _menu(quiz, text)


def _numbers(quiz: Quiz, text: str) -> list[str]:
    """The keys that choose the topics of these numbers, and no others, and go on."""
    count = len(quiz.offers)
    named = text.replace(",", " ").split()
    if not named or not all(one.isdecimal() and 1 <= int(one) <= count for one in named):
        return []
    wanted = {int(one) - 1 for one in named}
    keys = ["up"] * count
    for at in range(count):
        keys += ["space"] if (at in wanted) != (at in quiz.chosen) else []
        keys.append("down")
    return [*keys, "enter"]


def _answer(quiz: Quiz, text: str) -> list[str]:
    form = quiz.item.question.form
    if form == TYPE:
        return spoken.meant(quiz.item.front, text)
    if keys := _menu(quiz, text):
        return keys
    if form == RECALL:
        return ["enter"]  # whatever was said of it, to oneself
    return spoken.meant(quiz.item.front, text)


def _menu(quiz: Quiz, word: str) -> list[str]:
    """``f`` or ``flag``; through the menu where every character is text."""
    if word in {*quizkeys.LEAVE.keys, quizkeys.LEAVE.label, "quit"}:
        return ["ctrl-c"]
    for binding in (*quiz.menu, *quiz.keys):
        if word in {*binding.keys, binding.label} and binding.action in MEANT:
            return _pressed(quiz, binding)
    return []


MEANT = {"skip", "flag", "back", "list", "hand-in", "keys", "reconsider", "all"}


def _pressed(quiz: Quiz, binding: Binding) -> list[str]:
    key = binding.keys[0]
    if quizkeys.action(quiz.keys, key) == binding.action:
        return [key]
    return ["esc", key] if quizkeys.action(quiz.keys, "esc") == "menu" else []


SPEECH = Speech(
    facts=facts,
    hint=hint,
    moment=moment,
    meant=meant,
    closing=lambda quiz: "esc" if quiz.panel else "",
    is_busy=lambda quiz: quiz.phase == SAVING,
    note=lambda quiz: quiz.said,
)
