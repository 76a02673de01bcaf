"""A quiz as a state machine: keys and the clock go in, a new quiz and effects come out.

It reads no clock, draws nothing and writes nothing; ``now`` is in ms of a clock that never goes
back. What stands on a question is its answer, whether it was confirmed or not: when the quiz is
handed in, by hand or by its clock, it counts as it stands. Nothing of right or wrong shows before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.cards.question import CHOOSE, RECALL, TYPE
from mlsd_cards.study import bindings, quizkeys, session
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.item import Item, restored
from mlsd_cards.study.quizeffect import Effect, HandIn, KeepClock, Leave, Note
from mlsd_cards.study.session import BACK, FRONT

if TYPE_CHECKING:
    from mlsd_cards.study.outcome import Outcome

ASK, RATE, LIST, SAVING, OVER = "ask", "rate", "list", "saving", "over"
"""The phases: a question, how sure its answer is, all of them, waiting for the disk, the end."""

HANDED_IN, TIME, BROKEN_OFF = "handed in", "time", "broken off"
"""How a quiz ends: by hand, by its clock, or from outside after it was left."""

KEEP_MS = 5000
"""So often the clock is kept on the disk, and with it what is being typed."""


class Rules(NamedTuple):
    """What holds for the whole quiz. ``limit`` and ``each`` (for a question, or None) are in ms;
    with ``certainty`` each answer is followed by how sure it is; right answers to due cards are
    reviews if ``counted``; ``placing`` starts cards that are known."""

    title: str
    seed: int
    limit: int
    each: int | None = None
    certainty: bool = False
    counted: bool = False
    placing: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """Everything that the screen shows. ``items`` is never empty; ``at`` is when the clock was last
    read, ``left`` what was left then, ``kept_left`` what the disk knows of it, and ``paused`` the
    time for which it stood still (all ms). ``visit`` counts the questions that were opened.
    """

    rules: Rules
    items: tuple[Item, ...]
    left: int
    at: int
    place: int = 0
    phase: str = ASK
    panel: str = ""
    number: str = ""
    visit: int = 0
    paused: int = 0
    kept_left: int = 0
    how: str = ""
    rolled: int = 0
    note: str = ""
    outcome: Outcome | None = None

    @property
    def item(self) -> Item:
        """The question at hand."""
        return self.items[self.place]

    @property
    def is_asking(self) -> bool:
        """Whether the question itself is on the screen."""
        return self.phase in {ASK, RATE} and not self.panel

    @property
    def keys(self) -> tuple[Binding, ...]:
        """The keys of this moment."""
        if self.phase != ASK:
            tables = {RATE: quizkeys.RATING, LIST: quizkeys.LISTED, OVER: quizkeys.OVER}
            return tables.get(self.phase, ())
        item = self.item
        drawn = bindings.DRAWN if item.question.card.kind == "diagram" else ()
        if item.is_shown:
            return quizkeys.SAYING + drawn
        if item.front.lines and item.front.lines.held:
            return quizkeys.HOLDING
        return quizkeys.ANSWERING[item.question.form] + drawn

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(bool(item.given) for item in self.items)

    @property
    def open(self) -> list[int]:
        """The places of the questions that can still be answered and are not."""
        return [at for at, item in enumerate(self.items) if not (item.given or item.locked)]

    @property
    def used(self) -> int:
        """The time that was used, in ms."""
        return self.rules.limit - self.left

    @property
    def each_left(self) -> int | None:
        """What is left for the question at hand, in ms; None without such a limit."""
        each = self.rules.each
        return None if each is None else max(0, each - self.item.took)

    @property
    def wait(self) -> int | None:
        """In how many ms, from ``at``, a clock on the screen shows another second; None once there
        is none."""
        if self.phase in {SAVING, OVER} or not self.left:
            return None
        clocks = [self.left]
        if self.phase in {ASK, RATE} and self.each_left is not None:
            clocks.append(self.each_left)
        return min(clock % 1000 or 1000 for clock in clocks)

    @property
    def said(self) -> str:
        """The one line of status."""
        return self.note or (self.item.front.note if self.phase == ASK else "")

    # as a screen sees it

    @property
    def focus(self) -> tuple[object, ...]:
        """What the screen follows."""
        here = self.item.front.focus if self.is_asking else ()
        return self.phase, self.panel, self.visit, here

    @property
    def scroll(self) -> int:
        """The first line in sight."""
        return self.item.front.scroll if self.is_asking else self.rolled

    @property
    def pan(self) -> int:
        """The first column of a drawing that is in sight."""
        return self.item.front.pan

    def scrolled(self, scroll: int, pan: int) -> Quiz:
        """The same, with another line first and another column of a drawing."""
        if not self.is_asking:
            return replace(self, rolled=scroll)
        return _put(self, front=self.item.front.scrolled(scroll, pan))


def begin(rules: Rules, items: tuple[Item, ...], now: int) -> Quiz:
    """The quiz with its first question on the screen."""
    return Quiz(rules, items, rules.limit, now, kept_left=rules.limit)


def taken_up(quiz: Quiz, prints: list[str], notes: Iterable[dict[str, Any]], left: int) -> Quiz:
    """A quiz that was left, with what was noted of it. ``prints`` are what the paper asked then, by
    its places: an answer to a question that has changed since is dropped. ``left`` is the time (ms)
    that was left."""
    given: dict[int, dict[str, Any]] = {}
    flagged: dict[int, bool] = {}
    paused = 0
    for note in notes:
        paused += note.get("paused", 0)
        if "flagged" in note:
            flagged[note["item"]] = note["flagged"]
        elif "given" in note:
            given[note["item"]] = note
    items, changed = [], 0
    for item in quiz.items:
        note, each = given.get(item.index, {}), quiz.rules.each
        same = prints[item.index : item.index + 1] == [item.print]
        changed += bool(note.get("given")) and not same
        took = note.get("took", 0)
        made = item
        if note and same:
            made = restored(item, note["given"], note["certainty"], took)
        locked = each is not None and took >= each
        flag = flagged.get(item.index, False)
        items.append(replace(made, took=took, flagged=flag, locked=locked))
    taken = replace(quiz, items=tuple(items), left=left, kept_left=left, paused=paused)
    at_hand = taken.open
    first = _open(taken, at_hand[0]) if at_hand else _list(taken)
    words = f"{changed} changed since and asked anew." if changed else ""
    return replace(first[0], note=words)


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
    done = quizkeys.action(quizkeys.MENU, key) if quiz.panel == "menu" else None
    quiz = replace(quiz, panel="", note="", rolled=0)
    return _do(quiz, done, key) if done else (quiz, [])


def _face(quiz: Quiz, done: str, key: str, now: int) -> tuple[Quiz, list[Effect]]:
    """What changes the answer that stands on the question, or only moves about it."""
    if quiz.phase != ASK:
        return _roll(quiz, done, key), []
    item = quiz.item
    front, _ = session.press(item.front, key, now)
    if front.phase == item.front.phase:
        return _put(quiz, front=front), []
    # an option of an mcq was picked, which a review answers with its mark
    front = replace(front, phase=FRONT, mark=None, revealed_at=0, note="")
    return _give(_put(quiz, front=front))


def _roll(quiz: Quiz, done: str, key: str) -> Quiz:
    step = (5 if key.startswith("pg") else 1) * (-1 if done == "scroll-up" else 1)
    return replace(quiz, rolled=max(0, quiz.rolled + step))


def _do(quiz: Quiz, done: str, key: str) -> tuple[Quiz, list[Effect]]:
    """Carry out an action of the tables."""
    match done:
        case "give":
            return _give(quiz)
        case "rate":
            return _rated(_put(quiz, certainty=int(key)))
        case "say":
            return _on(_put(quiz, said=int(key)))
        case "skip":
            return _on(quiz)
        case "back":
            before = [at for at in range(quiz.place) if not quiz.items[at].locked]
            note = "There is no question before this one."
            return _open(quiz, before[-1]) if before else (replace(quiz, note=note), [])
        case "flag":
            quiz = _put(quiz, flagged=not quiz.item.flagged)
            flagged = quiz.item.flagged
            words = "Flagged for a second look." if flagged else "No longer flagged."
            what = {"item": quiz.item.index, "flagged": flagged}
            return replace(quiz, note=words), [Note(what)]
        case "leave":
            if quiz.phase in {SAVING, OVER}:
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
    raise AssertionError(done)


def _go(quiz: Quiz, number: str) -> tuple[Quiz, list[Effect]]:
    """To the question of that number, or to the first that is open."""
    if number and not 1 <= int(number) <= len(quiz.items):
        return replace(quiz, note=f"There are {len(quiz.items)} questions."), []
    if number:
        return _open(quiz, int(number) - 1)
    if not quiz.open:
        return replace(quiz, note="None is left to answer: h hands in."), []
    return _open(quiz, quiz.open[0])


# answering


def _give(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """The answer is given, or is to be seen: how sure is it?"""
    front = quiz.item.front
    if quiz.item.question.form == CHOOSE and front.cursor >= 0:
        quiz = _put(quiz, front=replace(front, picked=frozenset({front.cursor})))
    item = quiz.item
    recalled = item.question.form == RECALL
    if not recalled and item.missing:
        tail = " It can be skipped." if not item.given else ""
        front = replace(item.front, pressed_empty=True)
        return replace(_put(quiz, front=front), note=item.missing + tail), []
    if quiz.rules.certainty:
        return replace(quiz, phase=RATE), []
    return _rated(quiz)


def _rated(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """On to the next question; of one that the program cannot mark, first the answer."""
    quiz = replace(quiz, phase=ASK)
    if quiz.item.question.form != RECALL:
        return _on(quiz)
    return _put(quiz, front=replace(quiz.item.front, phase=BACK, scroll=-1)), []


def _on(quiz: Quiz) -> tuple[Quiz, list[Effect]]:
    """On to the next question that is open, round the end; to the list if there is none."""
    order = [*range(quiz.place + 1, len(quiz.items)), *range(quiz.place)]
    waiting = set(quiz.open)
    place = next((at for at in order if at in waiting), None)
    return _list(quiz) if place is None else _open(quiz, place)


def _open(quiz: Quiz, place: int) -> tuple[Quiz, list[Effect]]:
    """Another question, once what stands on this one is noted."""
    if quiz.items[place].locked or not quiz.left:
        of = f" for question {place + 1}" if quiz.left else ""
        return replace(quiz, note=f"The time{of} is over."), []
    quiz, effects = _noted(quiz)
    quiz = replace(quiz, place=place, phase=ASK, visit=quiz.visit + 1, number="", rolled=0)
    note = "Answered already; what you change counts." if quiz.item.given else ""
    front = replace(quiz.item.front, note="", pressed_empty=False)
    return replace(_put(quiz, front=front), note=quiz.note or note), effects


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
    noted = replace(_with(quiz, item.noted), kept_left=quiz.left)
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


def _put(quiz: Quiz, **changed: Any) -> Quiz:
    return _with(quiz, replace(quiz.item, **changed))


def _with(quiz: Quiz, item: Item) -> Quiz:
    items = (*quiz.items[: quiz.place], item, *quiz.items[quiz.place + 1 :])
    return replace(quiz, items=items)


# the clock


def tick(quiz: Quiz, now: int) -> tuple[Quiz, list[Effect]]:
    """The quiz at ``now``: what has run out is taken as it stands."""
    spent = min(max(0, now - quiz.at), quiz.left)
    quiz = replace(quiz, at=max(now, quiz.at))
    if quiz.phase in {SAVING, OVER}:
        return quiz, []
    quiz = replace(quiz, left=quiz.left - spent)
    if quiz.phase in {ASK, RATE}:
        quiz = _put(quiz, took=quiz.item.took + spent)
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
    quiz = replace(_put(quiz, locked=True), panel="", note=words)
    if all(item.locked for item in quiz.items):
        return _hand_in(quiz, TIME)
    return _on(quiz)


def clock(ms: int) -> str:
    """A time as it stands on a clock: 7:12, 1:02:03; the last moment of a second is still it."""
    seconds = -(-ms // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def away(quiz: Quiz, ms: int) -> tuple[Quiz, list[Effect]]:
    """The program was stopped for so long: its clock stood still."""
    if quiz.phase in {SAVING, OVER} or ms <= 0:
        return quiz, []
    words = f"Paused for {ms / 1000:.0f} s: the clock stood still."
    paused = replace(quiz, at=quiz.at + ms, paused=quiz.paused + ms, note=words)
    return paused, [Note({"paused": ms})]


# what the app says back


def handed_in(quiz: Quiz, outcome: Outcome, note: str = "") -> Quiz:
    """The quiz is kept, and this came of it."""
    return replace(quiz, phase=OVER, outcome=outcome, rolled=0, note=note)


def unsaved(quiz: Quiz, effect: Effect, words: str) -> Quiz:
    """Something could not be written: what stands on a question will be tried again."""
    if isinstance(effect, HandIn):
        return replace(quiz, phase=LIST, note=words)
    if isinstance(effect, Note) and effect.at >= 0:
        item = replace(quiz.items[effect.at], kept=({}, 0, 0))
        items = (*quiz.items[: effect.at], item, *quiz.items[effect.at + 1 :])
        quiz = replace(quiz, items=items)
    return replace(quiz, note=words)
