"""How keys and the clock lead from an interview to the next, and what is to be done for it.

What changes the attempt is an effect first: the app writes it to the disk and answers ``kept``, and
only then is it so. Times are milliseconds of a clock that never goes back.
"""

from __future__ import annotations

from dataclasses import replace

from mlsd_cards.study import bindings
from mlsd_cards.study.interview import keys as interview_keys
from mlsd_cards.study.interview.attempt import MUST
from mlsd_cards.study.interview.clock import alarms, announcement, clock
from mlsd_cards.study.interview.effect import (
    Begin,
    Call,
    Drop,
    Edit,
    Effect,
    Finish,
    Keep,
    KeepClock,
    Leave,
)
from mlsd_cards.study.interview.interview import (
    OFFER,
    PROMPT,
    RESULT,
    RUBRIC,
    STEP,
    Interview,
    resumed,
)

KEPT_MS = 5_000
"""The clock is on the disk at least so often."""

LINE = "line "
"""What begins a key that is a whole line: line mode has no others."""

Pressed = tuple[Interview, list[Effect]]


# the clock


def tick(interview: Interview, now: int, away: int = 0) -> Pressed:
    """The interview at another moment, with what the clock brings; it stood for the ms that the
    program was ``away``."""
    gap = max(0, now - interview.now - away)
    interview = replace(interview, now=max(now, interview.now))
    if not interview.runs:
        return interview, []
    attempt = interview.attempt.passed(gap)
    news = [one for one in alarms(attempt) if one not in interview.told]
    words = [announcement(attempt, name) for name, _ in news]
    effects: list[Effect] = []
    if away:
        words.append(f"The clock stood for {clock(away)}, while the program was stopped.")
        effects.append(Keep({"paused": away}))
    note = " ".join(words) or interview.note
    interview = replace(interview, attempt=attempt, note=note, told=interview.told.union(news))
    effects += [Keep({"asked": one.which}) for one in attempt.due()]
    if interview.now - interview.clock_kept >= KEPT_MS:
        interview = replace(interview, clock_kept=interview.now)
        effects.append(KeepClock(attempt.left))
    return interview, effects


# the keys


def press(interview: Interview, key: str, now: int, away: int = 0) -> Pressed:
    """The interview after a key at ``now``, and what is to be done for it."""
    interview, effects = tick(interview, now, away)
    interview, more = _pressed(interview, key)
    if _tells(more, "step"):  # a question that came in the step being left would be seen in none
        effects = [one for one in effects if not _tells([one], "asked")]
    return interview, [*effects, *more]


def _tells(effects: list[Effect], name: str) -> bool:
    """Whether something of that name is to be kept."""
    return any(isinstance(one, Keep) and name in one.what for one in effects)


def _pressed(interview: Interview, key: str) -> Pressed:
    if interview.panel and key not in {"ctrl-c", "ctrl-d"}:
        return _in_panel(interview, key)
    if key.startswith(LINE):
        lines = (interview.text, key.removeprefix(LINE)) if interview.runs else ()
        return interview, [effect for line in lines for effect in _line(line)]
    if interview.runs and key == "newline":  # in pasted text
        key = "enter"
    done = bindings.action(interview.keys, key)
    if done is None and interview.runs:
        typed = " " if key == "space" else key
        text = interview.text + typed if len(typed) == 1 else interview.text
        return replace(interview, text=text, asked_twice=""), []
    return _do(interview, done, key) if done else (interview, [])


def _in_panel(interview: Interview, key: str) -> Pressed:
    """Keys while something is laid over: a menu's do what they say, any other closes it."""
    step = {"up": -1, "down": 1, "pgup": -5, "pgdn": 5}.get(key)
    if step and interview.panel != "menu":
        return replace(interview, scroll=max(0, interview.scroll + step)), []
    is_menu = interview.panel == "menu"
    done = bindings.action(interview_keys.MENU, key) if is_menu else None
    closed = replace(interview, panel="")
    return _do(closed, done, key) if done else (closed, [])


def _do(interview: Interview, done: str, key: str) -> Pressed:
    """Carry out an action of the tables."""
    again = interview.asked_twice == done
    interview = replace(interview, asked_twice="")
    match done:
        case "quit":
            return interview, _left(interview)
        case "begin":
            return interview, [Begin()]
        case "scroll-up" | "scroll-down":
            by = (5 if key.startswith("pg") else 1) * (-1 if done == "scroll-up" else 1)
            return replace(interview, scroll=max(0, interview.scroll + by)), []
        case "menu" | "keys" | "prompt":
            return replace(interview, panel=done, scroll=0), []
    if interview.phase == PROMPT:
        return interview, []
    return ACTIONS[interview.phase](interview, done, key, again)


def _left(interview: Interview) -> list[Effect]:
    """What is done before leaving: the line that was being typed is a note too."""
    if not interview.runs:
        return [Leave()]
    return [*_line(interview.text), KeepClock(interview.attempt.left), Leave()]


def _line(text: str) -> list[Effect]:
    """Keep a line, unless it is empty."""
    return [Keep({"line": text.rstrip()})] if text.strip() else []


def _in_offer(interview: Interview, done: str, key: str, again: bool) -> Pressed:
    if done == "drop":
        return interview, [Drop()]
    if done == "score":
        return interview, [Keep({"scoring": True})]
    return resumed(interview), []


def _in_step(interview: Interview, done: str, key: str, again: bool) -> Pressed:
    attempt = interview.attempt
    match done:
        case "keep":
            kept_ = _line(interview.text)
            return (interview, kept_) if kept_ else (replace(interview, text=""), [])
        case "erase":
            return replace(interview, text=interview.text[:-1]), []
        case "edit":
            notes = (*attempt.notes[attempt.at], *([interview.text] if interview.text else []))
            return interview, [Edit("".join(f"{line}\n" for line in notes))]
        case "score":
            return interview, _closed(interview)
    target = attempt.neighbour(1 if done == "next" else -1)
    if target is not None:
        move = Keep({"step": target, "clock": list(attempt.spent)})
        return interview, [*_line(interview.text), move]
    if done == "back":
        return replace(interview, note="This is the first step."), []
    if again:
        return interview, _closed(interview)
    note = "This was the last step: once more ends the interview and opens the rubric."
    return replace(interview, note=note, asked_twice=done), []


def _closed(interview: Interview) -> list[Effect]:
    """End the interview itself: from here on the rubric is open."""
    clock_ = list(interview.attempt.spent)
    return [*_line(interview.text), Keep({"scoring": True, "clock": clock_})]


def _in_rubric(interview: Interview, done: str, key: str, again: bool) -> Pressed:
    items, cursor = interview.attempt.items, interview.cursor
    match done:
        case "points":
            return _points(interview, key)
        case "up":
            return replace(interview, cursor=max(0, cursor - 1), note=""), []
        case "next" | "back":
            return _turned(interview, 1 if done == "next" else -1), []
    if done == "down" and cursor < len(items) - 1:
        return replace(interview, cursor=cursor + 1, note=""), []
    missing = interview.attempt.unmarked
    if missing and not again:
        first = items.index(missing[0])
        musts = "1 must has" if len(missing) == 1 else f"{len(missing)} musts have"
        note = f"{musts} no points yet. r counts them as missed."
        return replace(interview, cursor=first, note=note, asked_twice="result"), []
    return interview, [Finish()]


def _points(interview: Interview, key: str) -> Pressed:
    """Give the line at the cursor its points."""
    item = interview.item
    points = (JUSTIFIED if item.kind == MUST else YES_OR_NO).get(key)
    if points is None:
        wanted = "0, 1 or 2" if item.kind == MUST else "1 for yes, 0 for no"
        return replace(interview, note=f"Here it is {wanted}."), []
    return interview, [Keep({item.kind: [item.step, item.which, points]})]


JUSTIFIED = {"0": 0, "1": 1, "2": 2}
YES_OR_NO = {"0": 0, "1": 1, "n": 0, "y": 1}


def _turned(interview: Interview, by: int) -> Interview:
    """The interview at the first line of the next step, or of the one before."""
    items, played = interview.attempt.items, interview.attempt.table.played
    at = min(max(0, played.index(interview.item.step) + by), len(played) - 1)
    first = next(number for number, item in enumerate(items) if item.step == played[at])
    return replace(interview, cursor=first, note="")


def _in_result(interview: Interview, done: str, key: str, again: bool) -> Pressed:
    wanted = done == "call"
    if interview.result is None or not interview.result.cards or wanted == interview.called:
        return replace(interview, note=""), []
    return interview, [Call(wanted)]


ACTIONS = {
    OFFER: _in_offer,
    STEP: _in_step,
    RUBRIC: _in_rubric,
    RESULT: _in_result,
}
