"""The keys of an interview, as data: what a key does in each of its phases."""

from __future__ import annotations

from mlsd_cards.study.bindings import ERASE, SCROLL_DOWN, SCROLL_UP, Binding

ENDS = "end it and open the rubric; what should have been said is hidden until then"

MENU = (
    Binding(("n",), "next", "next step", "go to the next step"),
    Binding(("b",), "back", "back", "go back to the step before; its clock goes on"),
    Binding(("e",), "edit", "editor", "write the notes of this step in your editor"),
    Binding(("p",), "prompt", "task", "read the task again"),
    Binding(("s",), "score", "score", ENDS),
    Binding(("?",), "keys", "keys", "these keys"),
    Binding(("q",), "quit", "quit", "leave; all is kept, and the time stands until you return"),
)

STEP = (
    Binding(("enter",), "keep", "keep", "keep the line"),
    Binding(("tab", "ctrl-n"), "next", "next step", "go to the next step"),
    Binding(("ctrl-b",), "back", "", "go back to the step before"),
    Binding(("ctrl-e",), "edit", "editor", "write the notes of this step in your editor"),
    Binding(("esc",), "menu", "menu", "the task, the rubric and the rest"),
    ERASE,
    SCROLL_UP,
    SCROLL_DOWN,
)
"""While the clock runs; every character is text."""

PROMPT = (
    Binding(("enter", "space"), "begin", "begin", "begin: the clock runs from here"),
    SCROLL_UP,
    SCROLL_DOWN,
    Binding(("q", "esc"), "quit", "quit", "leave; nothing has begun"),
)

OFFER = (
    Binding(("1", "enter"), "go-on", "go on", "go on with the time that is left"),
    Binding(("2",), "score", "score it", "open the rubric for what there is"),
    Binding(("3",), "drop", "anew", "begin anew; the notes of this one are kept, without a score"),
    Binding(("q", "esc"), "quit", "quit", "leave it as it is"),
)
"""An attempt was broken off."""

PAGE_UP = Binding(("pgup",), "scroll-up", "", "read further up in the notes")
PAGE_DOWN = Binding(("pgdn",), "scroll-down", "", "read further down")
DIGITS = Binding(("0", "1", "2"), "points", "points", "0 missed, 1 named, 2 justified; 0 no, 1 yes")
RUBRIC = (
    DIGITS,
    Binding(("y", "n"), "points", "", "yes or no, of what is strong and of a red flag"),
    Binding(("up",), "up", "", "the line above"),
    Binding(("down", "enter"), "down", "", "the line below; behind the last one the result"),
    Binding(("tab", "right"), "next", "next step", "the rubric of the next step"),
    Binding(("ctrl-b", "left"), "back", "", "the rubric of the step before"),
    Binding(("r",), "result", "result", "the result"),
    PAGE_UP,
    PAGE_DOWN,
    Binding(("?",), "keys", "keys", "these keys"),
    Binding(("q",), "quit", "quit", "leave; what is marked is kept"),
)

RESULT = (
    Binding(("d",), "call", "due today", "make the cards that teach what was missed due today"),
    Binding(("u",), "undo", "undo", "take that back"),
    SCROLL_UP,
    SCROLL_DOWN,
    Binding(("q", "enter", "esc"), "quit", "leave", "leave"),
)
