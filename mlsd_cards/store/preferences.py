"""What a person prefers on this machine, and what holds where nothing was said.

Settings that change what a past means are not here: they are events, so that all machines agree.
"""

from __future__ import annotations

from typing import NamedTuple

NAME = "config.toml"
NEW_A_DAY = 10
REVIEWS_A_DAY = 60
"""Half an hour: a review takes half a minute; a new card about one, and more later."""


class Preferences(NamedTuple):
    """The values of ``config.toml``, with the default wherever it is silent or wrong."""

    new_a_day: int = NEW_A_DAY
    reviews_a_day: int = REVIEWS_A_DAY
    grades: str = "1-4"
    plain: bool = False
    decks: tuple[str, ...] = ()
    editor: str = ""
    sync: str = ""
    problems: int = 0
    """How many things in the file are wrong and so were not taken."""
