"""A review as a state machine: keys go in, a new session and effects come out.

It reads no clock, draws nothing and writes nothing. ``press`` answers a key with *effects*, which
the app carries out and answers with a ``reply``. When ``wanted`` names a card, the app loads it and
replies ``show``. An answer is only counted, and the next card only asked for, once the reply says
that it is on the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.cards.question import CHOOSE, RECALL, TYPE, Question
from mlsd_cards.schedule.state import GRADE_OF_BUTTON, Button, State
from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding
from mlsd_cards.study.effect import Act, Edit, Effect, Flag, Leave, Look, Record, TakeBack

if TYPE_CHECKING:
    from mlsd_cards.cards.marking import Mark
    from mlsd_cards.study.arrangement import Arrangement
    from mlsd_cards.study.summary import Answered

FRONT, BACK, SAVING, OVER = "front", "back", "saving", "over"
"""The phases: a question, its answer, waiting for the disk, nothing left."""

SETTLE_MS = 200
"""Enter and space do nothing while the answer is this new: they were meant for the question."""

LONGEST_MS = 10 * 60 * 1000
"""An answer that took longer was a pause; no more than this is recorded."""

LONGEST_TEXT = 200
"""The most characters that a typed answer or a note takes."""

PAN = 8
"""The columns by which a drawing moves at once."""


class Turn(NamedTuple):
    """One showing of one card. ``futures`` is the schedule after each grade, ``head`` what the card
    stood at when it was read. ``kind`` is ``new``, ``due``, ``again`` or ``practice``."""

    question: Question
    deck: str
    kind: str
    head: str
    futures: Mapping[int, State]
    state: State
    day: int
    marked: bool = False
    source: str = ""


class Panel(NamedTuple):
    """Something laid over the card until a key closes it: ``menu``, ``keys`` or lines of text; or
    ``flag``, a note that is being typed below it."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that the screen shows. Times are milliseconds of a clock that never goes back.

    ``note`` is the one line of status, ``closing`` the lines of the end screen. A drawing starts
    at column ``pan``; a negative one asks for its gap to be in sight.
    """

    queue: tuple[str, ...] = ()
    drill: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    scale: str = "1-4"
    practice: bool = False
    backlog: bool = False
    turn: Turn | None = None
    phase: str = FRONT
    panel: Panel | None = None
    cursor: int = -1
    picked: frozenset[int] = frozenset()
    text: str = ""
    lines: Arrangement | None = None
    pressed_empty: bool = False
    mark: Mark | None = None
    shown_at: int = 0
    revealed_at: int = 0
    scroll: int = 0
    pan: int = -1
    note: str = ""
    answers: tuple[Answered, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def focus(self) -> tuple[object, ...]:
        """What the screen follows: the answer has come, the cursor moved, a panel closed."""
        card = self.turn and self.turn.question.card.id
        panel = self.panel and self.panel.name
        return card, panel, self.revealed_at, self.cursor, self.picked, self.lines

    def scrolled(self, scroll: int, pan: int) -> Session:
        """The same session, with another line first and another column of a drawing."""
        return replace(self, scroll=scroll, pan=pan)

    @property
    def wanted(self) -> str | None:
        """The card to load next, if one is missing."""
        if self.turn or self.phase in {SAVING, OVER}:
            return None
        waiting = self.queue or self.drill
        return waiting[0] if waiting else None

    @property
    def left(self) -> int:
        """How many showings are still to come, the present one included."""
        return len(self.queue) + len(self.drill) + (self.turn is not None)

    @property
    def keys(self) -> tuple[Binding, ...]:
        """The keys of this moment."""
        if self.phase == OVER:
            return bindings.OVER
        if self.turn is None:
            return ()
        question = self.turn.question
        drawn = bindings.DRAWN if question.card.kind == "diagram" else ()
        if self.phase == BACK:
            return bindings.ANSWERED[self.scale] + drawn
        if self.lines and self.lines.held:
            return bindings.HOLDING
        return bindings.ANSWERING[question.form] + drawn

    @property
    def proposed(self) -> int:
        """The grade that enter accepts, on the session's scale."""
        button = Button.GOOD.value
        if self.mark:
            from mlsd_cards.cards.marking import proposed

            button = proposed(self.mark)
        return button if self.scale == "1-4" else GRADE_OF_BUTTON[button]

    def quality(self, grade: int) -> int:
        """A grade of the session's scale as SM-2's 0..5."""
        return GRADE_OF_BUTTON[grade] if self.scale == "1-4" else grade


def press(session: Session, key: str, now: int) -> tuple[Session, list[Effect]]:
    """The session after a key, and what is to be done for it. ``now`` is in ms."""
    if session.panel and key not in {"ctrl-c", "ctrl-d"}:
        return _in_panel(session, key, now)
    done = bindings.action(session.keys, key)
    if done is None:
        typed = " " if key == "space" else key
        if not _typing(session) or len(typed) != 1:
            return session, []
        text = (session.text + typed)[:LONGEST_TEXT]
        return replace(session, text=text, note="", pressed_empty=False), []
    return _do(session, done, key, now)


def _typing(session: Session) -> bool:
    return bool(session.phase == FRONT and session.turn and session.turn.question.form == TYPE)


def _in_panel(session: Session, key: str, now: int) -> tuple[Session, list[Effect]]:
    """Keys while a panel is open: a menu's do what they say, any other closes it."""
    panel = session.panel
    if panel and panel.name == "flag":
        return _in_note(session, panel.lines[0], key)
    if panel and panel.name != "menu":
        step = {"up": -1, "down": 1, "pgup": -5, "pgdn": 5}.get(key)
        if step:
            return replace(session, scroll=max(0, session.scroll + step)), []
        return replace(session, panel=None, scroll=0), []
    done = bindings.action(bindings.MENU, key)
    closed = replace(session, panel=None)
    return _do(closed, done, key, now) if done else (closed, [])


def _in_note(session: Session, text: str, key: str) -> tuple[Session, list[Effect]]:
    """Keys while a note is typed. It stays until it is on the disk."""
    done, turn = bindings.action(bindings.NOTING, key), session.turn
    if done == "cancel" or turn is None:
        return replace(session, panel=None), []
    if done == "keep":
        return session, [Flag(turn.question.card.id, text)]
    if done in {"scroll-up", "scroll-down"}:
        return _on_card(session, done, key, 0)
    typed = " " if key == "space" else key
    if done == "erase":
        text = text[:-1]
    elif len(typed) == 1:
        text = (text + typed)[:LONGEST_TEXT]
    return replace(session, panel=Panel("flag", (text,))), []


def _do(session: Session, done: str, key: str, now: int) -> tuple[Session, list[Effect]]:
    """Carry out an action of the tables."""
    turn = session.turn
    if done == "quit":
        return session, [Leave()]
    if done == "undo":
        return session, [TakeBack()]
    if turn is None:
        return session, []
    if done in _ACTS:
        kind = _ACTS[done] if done != "mark" else ("unmarked" if turn.marked else "marked")
        return replace(session, phase=session.phase if done == "mark" else SAVING), [
            Act(kind, turn.question.card.id)
        ]
    if done == "edit":
        return session, [Edit(turn.question.card.id)]
    if done == "flag":
        return replace(session, panel=Panel(done, ("",)), note=""), []
    if done in {"history", "source"}:
        return session, [Look(done, turn.question.card.id)]
    return _on_card(session, done, key, now)


_ACTS = {"bury": "buried", "suspend": "suspended", "mark": "marked"}


def _on_card(session: Session, done: str, key: str, now: int) -> tuple[Session, list[Effect]]:
    """Carry out an action that only changes what is on the screen, or answers."""
    if session.lines and done in {"place", "unplace", "grab", "line"}:
        return _arrange(session, session.lines, done, key), []
    match done:
        case "pick" | "toggle":
            return _pick(session, int(key) - 1, now)
        case "take":
            return _pick(session, session.cursor, now)
        case "up" | "down":
            return _move(session, -1 if done == "up" else 1), []
        case "pan":
            return replace(session, pan=max(0, session.pan + (PAN if key == "right" else -PAN))), []
        case "scroll-up" | "scroll-down":
            step = (5 if key.startswith("pg") else 1) * (-1 if done == "scroll-up" else 1)
            return replace(session, scroll=max(0, session.scroll + step)), []
        case "erase":
            return replace(session, text=session.text[:-1], note=""), []
        case "reveal":
            return _submit(session, now), []
        case "accept" | "grade":
            if done == "grade":
                return _grade(session, int(key), now)
            settled = now - session.revealed_at >= SETTLE_MS
            return _grade(session, session.proposed, now) if settled else (session, [])
        case "menu" | "keys":
            return replace(session, panel=Panel(done), scroll=0), []
    raise AssertionError(done)


def _pick(session: Session, index: int, now: int) -> tuple[Session, list[Effect]]:
    """Choose an option (which answers), or take or leave one of several."""
    question = session.turn.question if session.turn else None
    if question is None or not 0 <= index < len(question.options):
        return session, []
    if question.form == CHOOSE:
        chosen = replace(session, picked=frozenset({index}), cursor=index)
        return _submit(chosen, now), []
    picked = session.picked ^ {index}
    return replace(session, picked=picked, cursor=index, note="", pressed_empty=False), []


def _arrange(session: Session, lines: Arrangement, done: str, key: str) -> Session:
    from mlsd_cards.study.arrangement import act

    after, note = act(lines, done, key)
    return replace(session, lines=after, note=note, pressed_empty=False)


def _move(session: Session, step: int) -> Session:
    """Move the cursor among the options, round the ends."""
    count = len(session.turn.question.options) if session.turn else 0
    cursor = (
        (session.cursor + step) % count if session.cursor >= 0 else (0 if step > 0 else count - 1)
    )
    return replace(session, cursor=cursor, note="", pressed_empty=False)


def _submit(session: Session, now: int) -> Session:
    """Show the answer, marked where the program can; what is missing is asked about once."""
    turn = session.turn
    if turn is None:
        return session
    if turn.question.form == RECALL:
        return _reveal(session, None, now)
    if turn.question.form == CHOOSE and not session.picked and session.cursor >= 0:
        session = replace(session, picked=frozenset({session.cursor}))
    from mlsd_cards.study.given import Given

    given = Given(session.picked, session.text, session.lines)
    if given.missing and not session.pressed_empty:
        return replace(session, pressed_empty=True, note=given.missing)
    try:
        return _reveal(session, given.mark(turn.question), now)
    except ValueError as error:
        return replace(session, note=str(error))


def _reveal(session: Session, mark: Mark | None, now: int) -> Session:
    return replace(session, phase=BACK, mark=mark, revealed_at=now, scroll=0, note="")


def _grade(session: Session, grade: int, now: int) -> tuple[Session, list[Effect]]:
    turn = session.turn
    if turn is None:
        return session, []
    took = max(0, min(now - session.shown_at, LONGEST_MS))
    return replace(session, phase=SAVING), [Record(turn.question.card.id, grade, took, turn.head)]
