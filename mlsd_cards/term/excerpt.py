"""The piece of a text in which a search matched, in one line, the words that did marked. Pure."""

from __future__ import annotations

import re

from mlsd_cards.store.index import words
from mlsd_cards.term.line import Glyphs, Line, Span
from mlsd_cards.term.wrap import cut

_PIECE = re.compile(r"([^\W_]+)")
_DRAWN = re.compile(r"[-+|<>^v=\s]*")


def excerpt(text: str, matched: frozenset[str], room: int, glyphs: Glyphs) -> Line:
    """At most ``room`` cells of a card's text, from its beginning or around the first match."""
    # of a drawing the words; its rules and arrows say nothing in a row
    lines = (line.strip(" |") for line in glyphs.words(text).split("\n"))
    shown = " ".join(" / ".join(line for line in lines if not _DRAWN.fullmatch(line)).split())
    pieces = _PIECE.split(shown)  # every second one is a word
    marked = [index % 2 == 1 and set(words(piece)) <= matched for index, piece in enumerate(pieces)]
    before = len("".join(pieces[: marked.index(True)])) if any(marked) else 0
    if before > room * 2 // 3:
        start = shown.find(" ", before - room // 3) + 1
        shown = glyphs.ellipsis + shown[start if start <= before else before :]
    line = []
    for index, piece in enumerate(_PIECE.split(cut(shown, room, glyphs.ellipsis))):
        found = index % 2 == 1 and set(words(piece)) <= matched
        line.append(Span(piece, "match" if found else ""))
    return tuple(line)
