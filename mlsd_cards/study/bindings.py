"""The keys of a review, as data: what a key does at each moment, and how it is called.

The footer, the help and the session read the same tables. Names of keys: a character, or ``enter``,
``space``, ``esc``, ``up``, ``down``, ``left``, ``right``, ``pgup``, ``pgdn``, ``backspace``,
``tab``, ``ctrl-c``, ``ctrl-d``.
"""

from __future__ import annotations

from typing import NamedTuple

from mlsd_cards.cards.question import CHOOSE, ORDER, RECALL, TOGGLE, TYPE


class Binding(NamedTuple):
    """``keys`` do ``action``; ``label`` names it in the footer (nothing there if empty), ``help``
    on the page of keys."""

    keys: tuple[str, ...]
    action: str
    label: str
    help: str


REVEAL = Binding(("space", "enter"), "reveal", "show", "show the answer")
SUBMIT = Binding(("enter",), "reveal", "answer", "answer; with nothing chosen, twice")
PICK = Binding(tuple("123456"), "pick", "choose", "choose this option")
TOGGLE_ONE = Binding(tuple("123456"), "toggle", "toggle", "take or leave this option")
CURSOR_UP = Binding(("up",), "up", "", "the option above")
CURSOR_DOWN = Binding(("down",), "down", "", "the option below")
SCROLL_UP = Binding(("up", "pgup"), "scroll-up", "", "scroll up")
SCROLL_DOWN = Binding(("down", "pgdn"), "scroll-down", "", "scroll down")
PAGE_UP = Binding(("pgup",), "scroll-up", "", "scroll up")
PAGE_DOWN = Binding(("pgdn",), "scroll-down", "", "scroll down")
TAKE_CURSOR = Binding(("space",), "take", "", "take or leave the option at the cursor")
PLACE = Binding(tuple("123456789"), "place", "in order", "this line comes next")
UNPLACE = Binding(("backspace",), "unplace", "", "take the last number back")
GRAB = Binding(("space",), "grab", "take", "take the line at the cursor, to move it")
DROP = Binding(("space", "enter"), "grab", "drop", "leave the line here")
LINE = Binding(("up", "down"), "line", "", "the line above or below; a line that is taken moves")
SUBMIT_ORDER = Binding(("enter",), "reveal", "answer", "answer; with nothing moved, twice")
ERASE = Binding(("backspace",), "erase", "", "take back a character")
OPEN_MENU = Binding(("esc",), "menu", "menu", "undo, bury, suspend and the rest")
ACCEPT = Binding(("enter", "space"), "accept", "", "accept the proposed grade")

UNDO = Binding(("u",), "undo", "undo", "take back the last answer or action, any number of times")
KEYS = Binding(("?",), "keys", "keys", "these keys, and why the days are what they are")
QUIT = Binding(("q",), "quit", "quit", "leave; every answer is already saved")

MENU = (
    UNDO,
    Binding(("e",), "edit", "edit", "edit the card's text in your editor"),
    Binding(("-",), "bury", "bury", "put the card away until tomorrow"),
    Binding(("@",), "suspend", "suspend", "put the card away until `resume`"),
    Binding(("*",), "mark", "mark", "mark the card, or unmark it"),
    Binding(("!",), "flag", "flag", "flag the card as wrong, with a note for its author"),
    Binding(("i",), "history", "history", "every answer so far, and why it is due when it is"),
    Binding(("s",), "source", "source", "where the card's claim comes from"),
    KEYS,
    QUIT,
)

AT_HAND = (PAGE_UP, PAGE_DOWN, OPEN_MENU, UNDO, KEYS, QUIT)
AMONG_OPTIONS = (CURSOR_UP, CURSOR_DOWN, *AT_HAND)

ANSWERING: dict[str, tuple[Binding, ...]] = {
    RECALL: (REVEAL, SCROLL_UP, SCROLL_DOWN, OPEN_MENU, *MENU),
    CHOOSE: (PICK, SUBMIT, *AMONG_OPTIONS),
    TOGGLE: (TOGGLE_ONE, SUBMIT, TAKE_CURSOR, *AMONG_OPTIONS),
    TYPE: (SUBMIT, ERASE, PAGE_UP, PAGE_DOWN, OPEN_MENU),
    ORDER: (PLACE, GRAB, SUBMIT_ORDER, UNPLACE, LINE, *AT_HAND),
}
"""The first table: a question is on the screen. While typing, every character is text."""

HOLDING = (
    LINE._replace(label="move"),
    DROP,
    PLACE._replace(label=""),
    UNPLACE,
    *AT_HAND,
)
"""While a line of an ordering is taken."""

DRAWN = (Binding(("left", "right"), "pan", "pan", "move a drawing that is wider than the screen"),)
"""Beside the others where there is a drawing."""

ANSWERED: dict[str, tuple[Binding, ...]] = {
    scale: (
        Binding(tuple(grades), "grade", "", f"grade the answer ({words})"),
        ACCEPT,
        SCROLL_UP,
        SCROLL_DOWN,
        OPEN_MENU,
        *MENU,
    )
    for scale, grades, words in (
        ("1-4", "1234", "Again, Hard, Good, Easy"),
        ("0-5", "012345", "0 a blackout … 5 perfect"),
    )
}
"""The second table, one for each scale of grades: the answer is on the screen."""

OVER = (UNDO, Binding(("q", "enter", "space", "esc"), "quit", "leave", "leave"))
"""Nothing is left to ask; the last answer can still be taken back."""

NOTING = (
    Binding(("enter",), "keep", "keep", "keep the note"),
    Binding(("esc",), "cancel", "cancel", "keep nothing"),
    ERASE,
    SCROLL_UP,
    SCROLL_DOWN,
)
"""While a note is typed; every character is text."""

EVERYWHERE = Binding(("ctrl-c", "ctrl-d"), "quit", "", "leave")


def action(bindings: tuple[Binding, ...], key: str) -> str | None:
    """What ``key`` does at this moment, or None if it does nothing."""
    for binding in (EVERYWHERE, *bindings):
        if key in binding.keys:
            return binding.action
    return None
