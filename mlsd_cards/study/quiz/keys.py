"""The keys of a quiz, as data, beside those of a review, which answer its questions."""

from __future__ import annotations

from mlsd_cards.cards.question import CHOOSE, ORDER, RECALL, TOGGLE, TYPE
from mlsd_cards.study import bindings
from mlsd_cards.study.bindings import Binding

SKIP = Binding(("tab",), "skip", "skip", "skip the question; it comes back")
FLAG = Binding(("f",), "flag", "flag", "flag the question for a second look, or unflag it")
BACK = Binding(("b",), "back", "back", "the question before this one")
LIST = Binding(("l",), "list", "list", "all questions: which are answered, open, flagged")
HAND_IN = Binding(("h",), "hand-in", "hand in", "hand in; the list of questions comes first")
KEYS = Binding(("?",), "keys", "keys", "these keys")
LEAVE = Binding(("q",), "leave", "leave", "leave; the quiz stays open and its clock stands still")
EVERYWHERE = bindings.EVERYWHERE._replace(action="leave")

MENU = (SKIP, FLAG, BACK, LIST, HAND_IN, KEYS, LEAVE)
"""What can be done beside answering; behind esc while every character is text."""

OPEN_MENU = Binding(("esc",), "menu", "menu", "skip, flag, list, hand in and the rest")
PAGES = (bindings.PAGE_UP, bindings.PAGE_DOWN)
SHOW = Binding(("space", "enter"), "give", "show", "show the answer, to mark yourself")
GIVE = Binding(("enter",), "give", "answer", "answer, and go on to the next question")
CURSOR = (bindings.CURSOR_UP, bindings.CURSOR_DOWN)
SCROLL = (bindings.SCROLL_UP, bindings.SCROLL_DOWN)

ANSWERING: dict[str, tuple[Binding, ...]] = {
    RECALL: (SHOW, *SCROLL, OPEN_MENU, *MENU),
    CHOOSE: (bindings.PICK, GIVE, *CURSOR, *PAGES, OPEN_MENU, *MENU),
    TOGGLE: (bindings.TOGGLE_ONE, GIVE, bindings.TAKE_CURSOR, *CURSOR, *PAGES, OPEN_MENU, *MENU),
    TYPE: (GIVE, SKIP, bindings.ERASE, *PAGES, OPEN_MENU),
    ORDER: (
        bindings.PLACE,
        bindings.GRAB,
        GIVE,
        bindings.UNPLACE,
        bindings.LINE,
        *PAGES,
        OPEN_MENU,
        *MENU,
    ),
}
"""A question is on the screen."""

HOLDING = (*bindings.HOLDING[:4], *PAGES, OPEN_MENU, *MENU)
"""While a line of an ordering is taken."""

SAYING = (
    Binding(("1",), "say", "wrong", "your answer was wrong"),
    Binding(("2",), "say", "partly", "partly right"),
    Binding(("3",), "say", "right", "right"),
    *SCROLL,
    OPEN_MENU,
    *MENU,
)
"""The answer of a question that only the person can mark."""

RECONSIDER = Binding(("esc",), "reconsider", "change", "go back and change the answer")
RATING = (
    Binding(("1",), "rate", "guess", "it was a guess"),
    Binding(("2",), "rate", "think so", "you think so"),
    Binding(("3",), "rate", "sure", "you are sure"),
    RECONSIDER,
    *PAGES,
)
"""How sure the answer is."""

LISTED = (
    Binding(tuple("0123456789"), "number", "", "the number of a question"),
    Binding(("enter",), "go", "go on", "go to that question, or to the first that is open"),
    Binding(("backspace",), "erase-number", "", "take back a digit"),
    Binding(("h",), "hand-in", "hand in", "hand in, as it stands"),
    *SCROLL,
    KEYS,
    LEAVE,
)
"""The list of all questions."""

OVER = (
    *SCROLL,
    Binding(("q", "enter", "space", "esc"), "leave", "leave", "leave"),
)
"""The quiz is handed in."""

PASS = Binding(("tab",), "skip", "pass", "pass: you do not know it; it does not come back")
FAR = Binding(("l",), "list", "how far", "how far it is, and what handing in does")
END = Binding(("h",), "hand-in", "hand in", "hand in and place; how far it is comes first")
NO_BACK = Binding(("b",), "back", "", "nothing: each answer has decided what is asked next")
PLACING = (PASS, FAR, END, KEYS, LEAVE)
"""The menu of a placement."""

REST = OPEN_MENU._replace(help="pass, how far it is, hand in and the rest")
INSTEAD = {SKIP: PASS, LIST: FAR, HAND_IN: END, BACK: NO_BACK, FLAG: None, OPEN_MENU: REST}
"""What a placement has in place of keys of a quiz."""

FAR_LISTED = tuple(binding for binding in LISTED if "number" not in binding.action)
"""How far a placement is."""

OFFERED = (
    Binding(("space",), "mark", "choose", "choose the topic at the cursor, or leave it out"),
    Binding(("a",), "all", "all", "start the cards of all these topics as known"),
    Binding(("enter",), "accept", "go on", "go on: what is chosen starts as known, else nothing"),
    Binding(("up",), "offer-up", "", "the topic above"),
    Binding(("down",), "offer-down", "", "the topic below"),
    Binding(("q",), "leave", "leave", "leave; nothing more starts as known"),
)
"""After a placement: known topics, whose other cards may start as known too."""

FACE = frozenset(
    [
        "pick",
        "toggle",
        "take",
        "up",
        "down",
        "place",
        "unplace",
        "grab",
        "line",
        "erase",
        "pan",
        "scroll-up",
        "scroll-down",
    ]
)
"""What is done as a review does it."""


def placing(table: tuple[Binding, ...]) -> tuple[Binding, ...]:
    """A table of keys as a placement has it."""
    return tuple(one for binding in table if (one := INSTEAD.get(binding, binding)))


def action(keys: tuple[Binding, ...], key: str) -> str | None:
    """What ``key`` does at this moment, or None if it does nothing."""
    if key in EVERYWHERE.keys:
        return EVERYWHERE.action
    return next((binding.action for binding in keys if key in binding.keys), None)
