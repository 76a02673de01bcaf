"""What the app tells a session back: a card to show, an answer kept, an action taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_cards.cards.question import TYPE, Question
from mlsd_cards.schedule.day import spoken
from mlsd_cards.schedule.state import LEECH, PASS, Button, State
from mlsd_cards.study.session import BACK, FRONT, OVER, Panel, Session, Turn
from mlsd_cards.study.summary import Answered

if TYPE_CHECKING:
    from mlsd_cards.study.arrangement import Arrangement

UNDO = "(u takes it back)"

MOST_SHOWINGS = 5
"""A card that is still not known after so many showings waits for the next review of the day:
another one at once would only repeat what the eye still holds."""


def show(session: Session, turn: Turn, now: int) -> Session:
    """The session with the card that it wanted on the screen."""
    queue, drill = _without_first(session)
    note = session.note
    if turn.question.form == TYPE:  # there a u is part of the answer
        note = note.replace(UNDO, f"(esc {UNDO[1:]}")
    shown = replace(_bare(session), queue=queue, drill=drill, turn=turn, shown_at=now, note=note)
    return replace(shown, lines=_lines(turn.question)) if turn.question.items else shown


def _lines(question: Question) -> Arrangement:
    from mlsd_cards.study.arrangement import begin

    return begin(len(question.items), fixed_first=question.fixed_first)


def passed_over(session: Session, why: str) -> Session:
    """The session without the card that it wanted: it is not to be asked after all."""
    queue, drill = _without_first(session)
    return _finished(replace(session, queue=queue, drill=drill, turn=None, phase=FRONT, note=why))


def recorded(session: Session, uid: str, grade: int, took: int, after: State) -> Session:
    """The answer is on the disk: count it, drill the card if it is due again today, and go on."""
    turn = session.turn
    if turn is None:
        return session
    card = turn.question.card.id
    passed = session.quality(grade) >= PASS
    right = session.mark.verdict == "right" if session.mark else passed
    wanted = after.drill and not session.practice and not (session.backlog and passed)
    showings = 1 + sum(answer.card == card for answer in session.answers)
    again = wanted and showings < MOST_SHOWINGS
    answer = Answered(uid, card, right, turn.kind == "new", took)
    gone = replace(
        _bare(session),
        answers=(*session.answers, answer),
        drill=(*session.drill, card) if again else session.drill,
        note=_saved(session, grade, after._replace(drill=wanted), again, turn),
    )
    return _finished(gone)


def stale(session: Session, why: str) -> Session:
    """Nothing was written: the card has changed elsewhere and is asked for again."""
    return asked_again(session, session.turn.question.card.id, why) if session.turn else session


def asked_again(session: Session, card: str, why: str) -> Session:
    """The card comes in the place of the one on the screen, as a question."""
    return replace(_bare(session), queue=(card, *session.queue), note=why)


def dropped(session: Session, why: str) -> Session:
    """The card on the screen is in the decks no more: the next one comes."""
    return _finished(replace(_bare(session), note=why))


def said(session: Session, what: str) -> Session:
    """Everything stays as it is, with a word on the line of status."""
    return replace(session, note=what)


def flagged(session: Session, card: str, uid: str) -> Session:
    """The note on the card is on the disk, as the event ``uid``."""
    marked = session.turn is not None and session.turn.marked
    kept = remarked(session, card, marked, uid)
    return replace(kept, panel=None, note=f"flagged: {card} (mlsd-cards flag --list tells)")


def unsaved(session: Session, why: str) -> Session:
    """Nothing was written, and nothing has changed: the answer stands as before, and can be given
    again."""
    if session.turn is None:
        return replace(session, note=why)
    return replace(session, phase=BACK if session.revealed_at else FRONT, note=why)


def acted(session: Session, kind: str, card: str, head: str) -> Session:
    """The card was buried, suspended, marked or unmarked, and now stands at ``head``."""
    turn = session.turn
    if turn is None:
        return session
    if kind in {"marked", "unmarked"}:
        turn = turn._replace(marked=kind == "marked", head=head)
        return replace(session, turn=turn, note=f"{kind}: {card}")
    return _finished(replace(_bare(session), note=f"{kind}: {card} {UNDO}"))


def taken_back(
    session: Session, uid: str, card: str, what: str, *, ask: bool, new: bool = False
) -> Session:
    """``what`` was undone; if ``ask``, its card comes next, ``new`` again perhaps, and the present
    one after it."""
    if not uid:
        return replace(session, note="Nothing to take back.")
    note = f"taken back: {what}"
    answers = tuple(answer for answer in session.answers if answer.uid != uid)
    drill = tuple(other for other in session.drill if other != card)
    if not ask:
        return replace(session, answers=answers, note=note)
    present = (session.turn.question.card.id,) if session.turn else ()
    rest = tuple(other for other in (*present, *session.queue) if other != card)
    known = session.new | {card} if new else session.new - {card}
    return replace(
        _bare(session), answers=answers, queue=(card, *rest), drill=drill, new=known, note=note
    )


def remarked(session: Session, card: str, marked: bool, uid: str) -> Session:
    """A mark or flag, the event ``uid``, has come or gone, perhaps of the card on the screen.

    What another window did to the card is not taken for seen: only this event changes the head.
    """
    turn = session.turn
    if turn is None or turn.question.card.id != card:
        return session
    head = int(turn.head or "0", 16) ^ int(uid, 16)
    return replace(session, turn=turn._replace(marked=marked, head=f"{head:x}" if head else ""))


def looked(session: Session, name: str, lines: tuple[str, ...]) -> Session:
    """Lay what was looked up over the card."""
    return replace(session, panel=Panel(name, lines), scroll=0)


def ended(session: Session, closing: tuple[str, ...]) -> Session:
    """The lines of the end screen are known."""
    return replace(session, closing=closing)


def begin(session: Session) -> Session:
    """The session at its start: over at once if there is nothing to ask."""
    return _finished(session)


def _without_first(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if session.queue:
        return session.queue[1:], session.drill
    return (), session.drill[1:]


def _bare(session: Session) -> Session:
    """The session between two cards."""
    return replace(
        session,
        turn=None,
        phase=FRONT,
        panel=None,
        cursor=-1,
        picked=frozenset(),
        text="",
        lines=None,
        pressed_empty=False,
        mark=None,
        revealed_at=0,
        scroll=0,
        pan=-1,
        closing=(),
    )


def _finished(session: Session) -> Session:
    over = not session.turn and not session.queue and not session.drill
    return replace(session, phase=OVER) if over else session


def _saved(session: Session, grade: int, after: State, again: bool, turn: Turn) -> str:
    """What was stored, as the status line under the next card."""
    name = Button(grade).label if session.scale == "1-4" else str(grade)
    if session.practice:
        return f"noted: {name}, practice {UNDO}"
    days = spoken(after.due - turn.day)
    when = f"again in {days}"
    if after.drill:
        when = f"again {'today' if again else 'in the next review today'}, then in {days}"
    leech = after.lapses >= LEECH and after.lapses > turn.state.lapses
    note = f"; lapse {after.lapses}, a leech: better reworded than repeated" if leech else ""
    return f"saved: {name}, {when}{note} {UNDO}"
