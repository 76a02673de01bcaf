"""Whether what the log keeps of an open quiz can be gone on with; anybody may have written it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mlsd_cards.cards.certainty import Certainty
from mlsd_cards.cards.shape import fits

_ASKED = list[str | int]

PAPER: dict[str, Any] = {
    "title": str,
    "seed": int,
    "limit_ms": int | None,
    "each_ms": int | None,
    "certainty": bool,
    "count": bool,
    "place": bool,
    "items": list[_ASKED],
    "prints": list[str],
}
PLAN: dict[str, Any] = {"most": int, "decks": list[str], "tags": list[str], "topics": list[str]}
NOTE: dict[str, Any] = {
    "item": int,
    "given": dict[str, Any],
    "certainty": int,
    "took": int,
    "left": int | None,
    "paused": int,
    "flagged": bool,
    "asked": _ASKED,
    "print": str,
}
WITH = {"given": ("item", "certainty"), "flagged": ("item",), "asked": ("print",)}
"""What a note of each kind has besides."""


def is_paper(paper: Mapping[str, Any]) -> bool:
    """Whether a quiz can be made of what one began with."""
    if not _has(paper, PAPER) or not all(map(_is_asked, paper["items"])):
        return False
    return not paper["place"] or _has(paper.get("plan"), PLAN)


def sound(notes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The notes that make sense, in order."""
    return [dict(note) for note in notes if _is_note(note)]


def _has(value: Any, kinds: Mapping[str, Any]) -> bool:
    """Whether a mapping has all of these names, each with what fits."""
    return isinstance(value, Mapping) and all(
        name in value and fits(value[name], kind) for name, kind in kinds.items()
    )


def _is_note(note: Mapping[str, Any]) -> bool:
    return (
        all(fits(note[name], kind) for name, kind in NOTE.items() if name in note)
        and all(name in note for kind, names in WITH.items() if kind in note for name in names)
        and _is_asked(note.get("asked", ["", 0]))
        and note.get("certainty", 0) in (0, *Certainty)
    )


def _is_asked(pair: list[Any]) -> bool:
    """Whether it is a card with its repetition."""
    return len(pair) == 2 and type(pair[0]) is str and type(pair[1]) is int and pair[1] >= 0
