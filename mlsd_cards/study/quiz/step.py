"""How a quiz goes on: keys and the clock go in, a new quiz and effects come out.

It reads no clock, draws nothing and writes nothing; ``now`` is in ms of a clock that never goes
back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_cards.cards.question import CHOOSE, RECALL, TYPE
from mlsd_cards.study import session
from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz import keys as quizkeys
from mlsd_cards.study.quiz.effect import Ask, Effect, HandIn, KeepClock, Leave, Note
from mlsd_cards.study.quiz.quiz import (
    ASK,
    BROKEN_OFF,
    HANDED_IN,
    LIST,
    OFFER,
    OVER,
    RATE,
    SAVING,
    STILL,
    TIME,
    Quiz,
)
from mlsd_cards.study.session import BACK, FRONT

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placement import Offer
    from mlsd_cards.study.quiz.outcome import Outcome

KEEP_MS = 5000
"""So often the clock is kept on the disk, and with it what is being typed."""

# keys


def press(quiz: Quiz, key: str, now: int) -> tuple[Quiz, list[Effect]]:
    """The quiz after a key, and what is to be done for it. A key that comes when the time of its
    question is over is none to the next one."""
    before = quiz
    quiz, effects = tick(quiz, now)
    if (quiz.visit, quiz.phase) != (before.visit, before.phase):
        return quiz, effects
    quiz, more = _press(quiz, key, now)
    return quiz, effects + more


def _press(quiz: Quiz, key: str, now: int) -> tuple[Quiz, list[Effect]]:
    if quiz.panel and key not in quizkeys.EVERYWHERE.keys:
        return _in_panel(quiz, key, now)
    done = quizkeys.action(quiz.keys, key)
    typing = quiz.phase == ASK and quiz.item.question.form == TYPE
    if done is None and not (typing and (key == "space" or len(key) == 1)):
        return quiz, []
    quiz = replace(quiz, note="")
    if done is None or done in quizkeys.FACE:
        return _face(quiz, done or "", key, now)
    return _do(quiz, done, key)


def _in_panel(quiz: Quiz, key: str, now: int) -> tuple[Quiz, list[Effect]]:
    """Keys while a panel is open: those of the menu do what they say, any other closes it."""
    done = quizkeys.action(quizkeys.SCROLL, key)
    if done and quiz.panel == "keys":
        return _roll(quiz, done, key), []
    done = quizkeys.action(quiz.menu, key) if quiz.panel == "menu" else None
    quiz = replace(quiz, panel="", note="", rolled=0)
    return _do(quiz, done, key) if done else (quiz, [])


def _face(quiz: Quiz, done: str, key: str, now: int) -> tuple[Quiz, list[Effect]]:
    """What changes the answer that stands on the question, or only moves about it."""
    if quiz.phase != ASK:
        return _roll(quiz, done, key), []
    item = quiz.item
    front, _ = session.press(item.front, key, now)
    if front.phase == item.front.phase:
        return quiz.put(front=front), []
    # an option of an mcq was picked, which a review answers with its mark
    front = replace(front, phase=FRONT, mark=None, revealed_at=0, note="")
    return _give(quiz.put(front=front))


def _roll(quiz: Quiz, done: str, key: str) -> Quiz:
    step = (5 if key.startswith("pg") else 1) * (-1 if done == "scroll-up" else 1)
    return replace(quiz, rolled=max(0, quiz.rolled + step))


def _do(quiz: Quiz, done: str, key: str) -> tuple[Quiz, list[Effect]]:
    """Carry out an action of the tables."""
    match done:
        case "give":
            return _give(quiz)
        case "rate":
            return _rated(quiz.put(certainty=int(key)))
        case "say":
            return _on(quiz.put(said=int(key)))
        case "skip":
            return _on(quiz.put(passed=True) if quiz.rules.placing else quiz)
        case "back" if quiz.rules.placing:
            return replace(quiz, note=placing.NO_BACK), []
        case "back":
            before = [at for at in range(quiz.place) if not quiz.items[at].locked]
            note = "There is no question before this one."
            return _open(quiz, before[-1]) if before else (replace(quiz, note=note), [])
        case "flag":
            quiz = quiz.put(flagged=not quiz.item.flagged)
            flagged = quiz.item.flagged
            words = "Flagged for a second look." if flagged else "No longer flagged."
            what = {"item": quiz.item.index, "flagged": flagged}
            return replace(quiz, note=words), [Note(what)]
        case "leave":
            if quiz.phase in STILL:
                return quiz, [Leave()]
            notes = [_note(quiz, at) for at, one in enumerate(quiz.items) if one.noted != one]
            quiz = replace(quiz, items=tuple(item.noted for item in quiz.items))
            return quiz, [*notes, KeepClock(quiz.left), Leave()]
        case "reconsider":
            return replace(quiz, phase=ASK), []
        case "menu" | "keys":
            return replace(quiz, panel=done, rolled=0), []
    return _in_list(quiz, done, key)


def _in_list(quiz: Quiz, done: str, key: str) -> tuple[Quiz, list[Effect]]:
    match done:
        case "list":
            return _list(quiz)
        case "hand-in":
            return _hand_in(quiz, HANDED_IN) if quiz.phase == LIST else _list(quiz)
        case "number":
            return replace(quiz, number=(quiz.number + key)[:4]), []
        case "erase-number":
            return replace(quiz, number=quiz.number[:-1]), []
        case "go":
            return _go(replace(quiz, number=""), quiz.number)
    return placing.in_offer(quiz, done)


def _go(quiz: Quiz, number: str) -> tuple[Quiz, list[Effect]]:
    """To the question of that number, or to the first that is open."""
    if number and not 1 <= int(number) <= len(quiz.items):
        return replace(quiz, note=f"There are {len(quiz.items)} questions."), []
    if number:
        return _open(quiz, int(number) - 1)
    if not quiz.open and quiz.rules.placing:
        return _ask(quiz)
    if not quiz.open:
        return replace(quiz, note="None is left to answer: h hands in."), []
    return _open(quiz, quiz.open[0])


# answering


def _give(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The answer is given, or is to be seen: how sure is it?"""
    front = quiz.item.front
    if quiz.item.question.form == CHOOSE and front.cursor >= 0:
        quiz = quiz.put(front=replace(front, picked=frozenset({front.cursor})))
    item = quiz.item
    recalled = item.question.form == RECALL
    if not recalled and item.missing:
        way = "Tab passes it over." if quiz.rules.placing else "It can be skipped."
        tail = f" {way}" if not item.given else ""
        front = replace(item.front, pressed_empty=True)
        return replace(quiz.put(front=front), note=item.missing + tail), []
    if quiz.rules.certainty:
        return replace(quiz, phase=RATE), []
    return _rated(quiz)


def _rated(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """On to the next question; of one that the program cannot mark, first the answer."""
    quiz = replace(quiz, phase=ASK)
    if quiz.item.question.form != RECALL:
        return _on(quiz)
    return quiz.put(front=replace(quiz.item.front, phase=BACK, scroll=-1)), []


def _on(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """On to the next question that is open, round the end; to the list if there is none. In a
    placement this one is final now."""
    if quiz.rules.placing:
        quiz = quiz.having(quiz.place, quiz.item.closed)
    order = [*range(quiz.place + 1, len(quiz.items)), *range(quiz.place)]
    waiting = set(quiz.open)
    place = next((at for at in order if at in waiting), None)
    if place is None and quiz.rules.placing:
        return _ask(quiz)
    return _list(quiz) if place is None else _open(quiz, place)


def _ask(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The next question of a placement, once what stands on this one is noted."""
    quiz, effects = _noted(quiz)
    return replace(quiz, phase=SAVING), [*effects, Ask()]


def _open(quiz: Quiz, place: int) -> tuple[Quiz, list[Effect]]:
    """Another question, once what stands on this one is noted."""
    if quiz.items[place].locked or not quiz.left:
        of = f" for question {place + 1}" if quiz.left else ""
        return replace(quiz, note=f"The time{of} is over."), []
    quiz, effects = _noted(quiz)
    quiz = replace(quiz, place=place, phase=ASK, visit=quiz.visit + 1, number="", rolled=0)
    changes = quiz.item.given and not quiz.rules.placing
    note = "Answered already; what you change counts." if changes else ""
    front = replace(quiz.item.front, note="", pressed_empty=False)
    return replace(quiz.put(front=front), note=quiz.note or note), effects


def _list(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    quiz, effects = _noted(quiz)
    return replace(quiz, phase=LIST, number="", rolled=0), effects


def _hand_in(quiz: Quiz, how: str) -> tuple[Quiz, list[Effect]]:
    quiz, effects = _noted(quiz)
    return replace(quiz, phase=SAVING, panel="", how=how), [*effects, HandIn(how)]


def hand_in(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The quiz handed in from outside, as it stands."""
    return _hand_in(quiz, TIME if not quiz.left else BROKEN_OFF)


def _noted(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The quiz with what stands on the question at hand noted, and with it the clock. That time was
    spent on it can wait, unless the time of each is limited."""
    item = quiz.item
    if not item.is_dirty and (quiz.rules.each is None or item.noted == item):
        return quiz, []
    noted = replace(quiz.having(quiz.place, item.noted), kept_left=quiz.left)
    return noted, [_note(quiz, quiz.place)]


def _note(quiz: Quiz, place: int) -> Note:
    item = quiz.items[place]
    what = {
        "item": item.index,
        "given": item.given,
        "certainty": item.certainty,
        "took": item.took,
        "left": quiz.left,
    }
    return Note(what, place)


# the clock


def tick(quiz: Quiz, now: int) -> tuple[Quiz, list[Effect]]:
    """The quiz at ``now``: what has run out is taken as it stands."""
    spent = min(max(0, now - quiz.at), quiz.left)
    quiz = replace(quiz, at=max(now, quiz.at))
    if quiz.phase in STILL:
        return quiz, []
    quiz = replace(quiz, left=quiz.left - spent)
    if quiz.phase in {ASK, RATE}:
        quiz = quiz.put(took=quiz.item.took + spent)
    if not quiz.left:
        return _hand_in(quiz, TIME) if not quiz.how else (quiz, [])
    if quiz.phase in {ASK, RATE} and quiz.each_left == 0:
        return _locked(quiz)
    if quiz.kept_left - quiz.left < KEEP_MS:
        return quiz, []
    if quiz.item.is_dirty:
        return _noted(quiz)
    return replace(quiz, kept_left=quiz.left), [KeepClock(quiz.left)]


def _locked(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The time of the question at hand is over."""
    words = f"Time for question {quiz.place + 1} is over: taken as it stands."
    quiz = replace(quiz.put(locked=True), panel="", note=words)
    if all(item.locked for item in quiz.items):
        return _hand_in(quiz, TIME)
    return _on(quiz)


def away(quiz: Quiz, ms: int) -> tuple[Quiz, list[Effect]]:
    """The program was stopped for so long: its clock stood still."""
    if quiz.phase in STILL or ms <= 0:
        return quiz, []
    words = f"Paused for {ms / 1000:.0f} s: the clock stood still."
    paused = replace(quiz, at=quiz.at + ms, paused=quiz.paused + ms, note=words)
    return paused, [Note({"paused": ms})]


# what the app says back


def handed_in(quiz: Quiz, outcome: Outcome, note: str = "", offers: tuple[Offer, ...] = ()) -> Quiz:
    """The quiz is kept, and this came of it; ``offers`` are to be decided on first."""
    phase = OFFER if offers else OVER
    return replace(quiz, phase=phase, outcome=outcome, offers=offers, rolled=0, note=note)


def unsaved(quiz: Quiz, effect: Effect, words: str) -> Quiz:
    """Something could not be written: what stands on a question will be tried again."""
    if isinstance(effect, HandIn | Ask):
        return replace(quiz, phase=LIST, note=words)
    if isinstance(effect, Note) and effect.at >= 0:
        quiz = quiz.having(effect.at, replace(quiz.items[effect.at], kept=({}, 0, 0)))
    return replace(quiz, note=words)
