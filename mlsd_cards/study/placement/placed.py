"""What came of a placement, read back from the payloads that a sitting keeps of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mlsd_cards.study.placement.placement import KNOWN, OPEN, UNKNOWN, Standing, words

LONGEST = 36_500
"""No card is placed further ahead (days)."""


class Placed(NamedTuple):
    """What is known of the topics, and the days after which each placed card comes back: those of
    the answers, and those that were accepted with their topics."""

    standings: tuple[Standing, ...]
    cards: tuple[tuple[str, int], ...]
    accepted: tuple[tuple[str, int], ...]

    @property
    def lines(self) -> list[str]:
        """All of it in words."""
        return [self.brief, *words(self.standings)]

    @property
    def brief(self) -> str:
        """How many cards start as known, and when they come back."""
        days = [days for _, days in (*self.cards, *self.accepted)]
        if not days:
            return "No card starts as known."
        started = f"{len(days)} cards start" if len(days) > 1 else "1 card starts"
        more = f", {len(self.accepted)} of them with their topics" if self.accepted else ""
        span = f"{min(days)} to {max(days)}" if min(days) < max(days) else str(days[0])
        unit = "day" if span == "1" else "days"
        comes = "they come" if len(days) > 1 else "it comes"
        return f"{started} as known{more}: {comes} back in {span} {unit}."


def read(payload: Any, notes: Iterable[Mapping[str, Any]] = ()) -> Placed | None:
    """What a payload tells of a placement, with what was noted of it; None of another quiz. What
    makes no sense is left out."""
    if not isinstance(payload, dict):
        return None
    listed = payload.get("topics")
    raw = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    accepted = (pair for note in notes for pair in _pairs(note.get("accepted")))
    return Placed(
        tuple(filter(None, map(_standing, raw))),
        tuple(_pairs(payload.get("placed"))),
        tuple(accepted),
    )


def _standing(raw: dict[str, Any]) -> Standing | None:
    match raw:
        case {"topic": str(topic), "asked": int(asked), "verdict": verdict, "level": int(level)}:
            shown = topic.encode("utf-8", "replace").decode()
            if verdict in (KNOWN, UNKNOWN, OPEN):
                return Standing(shown, asked, verdict, level)
    return None


def _pairs(listed: Any) -> list[tuple[str, int]]:
    """Cards with days."""
    made = []
    for one in listed if isinstance(listed, list) else []:
        match one:
            case [str(card), int(days)] if 0 < days <= LONGEST:
                made.append((card, days))
    return made
