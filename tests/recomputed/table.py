"""How the numbers of a note are accounted for."""

from __future__ import annotations

from typing import NamedTuple


class Numbers(NamedTuple):
    """What stands behind the numbers of a note.

    ``given`` are its premises and notation, ``cited`` the facts taken from a work that it cites,
    each number as often as it stands in the note, best in the order of the text. ``shown`` are
    snippets of its text, with the calculated number between « and », and the value that must round
    to it. ``holds`` are snippets that say more than one number, and whether what they say is true.
    Steps, boxes, the 45 minutes of an interview and the plan for them are covered by ``NAME``.
    """

    given: str = ""
    cited: str = ""
    shown: tuple[tuple[str, float], ...] = ()
    holds: tuple[tuple[str, bool], ...] = ()
