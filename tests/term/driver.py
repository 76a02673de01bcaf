"""A program with a screen, run by test_screen on a terminal of its own: ``x`` fails, ``q`` leaves,
``e`` gives the terminal to an "editor", ``t`` waits for a key for a tenth of a second."""

from __future__ import annotations

import sys
from dataclasses import replace

from mlsd_cards.cards.card import Basic
from mlsd_cards.cards.question import ask
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import NEW
from mlsd_cards.study.effect import Leave
from mlsd_cards.study.session import Session, Turn, press
from mlsd_cards.term.mode import terminal

LINES = "\n".join(f"line {number} of the prompt" for number in range(12))


def main() -> None:
    """Show one card until a key leaves, saying every key on the status line."""
    card = Basic(id="card", note="card", topic="topic", prompt=LINES, answer="The answer.")
    turn = Turn(ask(card, 0), "deck", "new", "", SM2().choices(NEW, 0), NEW, 0)
    session = Session(queue=("next",), turn=turn)
    now = 0
    with terminal() as screen:
        while True:
            session = screen.paint(session)
            key = screen.key()
            now += 1000
            if key is None:
                continue
            if key == "x":
                raise RuntimeError("as asked")
            if key == "e":
                with screen.paused():
                    print("the editor", sys.stdin.readline().strip(), flush=True)  # noqa: T201
                continue
            if key == "t":
                key = f"{screen.key(0.1)} in time"
            session, effects = press(session, key, now)
            if any(isinstance(effect, Leave) for effect in effects):
                break
            session = replace(session, note=f"key {key}")
    print("left in peace")  # noqa: T201


if __name__ == "__main__":
    main()
