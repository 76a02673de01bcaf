"""States and steps as other programs read them; docs/json.md is the contract."""

from __future__ import annotations

from typing import Any

from mlsd_cards.schedule.day import iso, spoken
from mlsd_cards.schedule.state import LEECH, State
from mlsd_cards.store.log import Folded
from mlsd_cards.study.history import Step, ef, grade_name, strength


def of_state(state: State) -> dict[str, Any]:
    """Where a card stands; ``due`` is null for a card never reviewed."""
    return {
        "repetitions": state.repetitions,
        "ef": ef(state),
        "memory": of_memory(state),
        "interval": state.interval,
        "due": iso(state.due) if state.last is not None else None,
        "lapses": state.lapses,
        "repeat_today": state.drill,
    }


def of_memory(state: State) -> dict[str, float] | None:
    """What FSRS keeps of a card; null where SM-2 schedules."""
    if state.memory is None:
        return None
    return dict(zip(("stability", "difficulty"), state.memory, strict=True))


def of_step(step: Step) -> dict[str, Any]:
    """One line of ``why CARD``."""
    event = step.event
    return {
        "event": event.uid,
        "kind": event.kind,
        "day": iso(event.day),
        "grade": event.grade,
        "scale": event.scale,
        "name": grade_name(event),
        "source": event.source,
        "took_ms": event.took,
        "undone": step.undone,
        "rule": step.rule,
        **of_state(step.state),
    }


def brief(folded: Folded, day: int) -> str:
    """Where a card stands on ``day``, in a word or two."""
    state = folded.state
    if state.last is None:
        told = "new"
    else:
        told = "due" if state.due <= day else f"in {spoken(state.due - day)}"
    return told + (", suspended" if folded.suspended else "")


def standing(folded: Folded) -> str:
    """Where a card stands, in a sentence."""
    state = folded.state
    if state.last is None:
        told = "new, never reviewed"
    else:
        lapses = "1 lapse" if state.lapses == 1 else f"{state.lapses} lapses"
        told = f"due {iso(state.due)}, interval {state.interval} d, {strength(state)}, {lapses}"
        told += " (a leech: better reworded than repeated)" if state.lapses >= LEECH else ""
        told += ", again today" if state.drill else ""
    for flag, word in ((folded.suspended, "suspended"), (folded.marked, "marked")):
        told += f", {word}" if flag else ""
    return told
