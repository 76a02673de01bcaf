"""Words for what a quiz holds: its clocks, its list of questions, what can be said of an answer."""

from __future__ import annotations

from collections.abc import Iterable

from mlsd_cards.study.item import Item
from mlsd_cards.study.quiz import Quiz, clock

SURE = {1: "guess", 2: "think so", 3: "sure"}
SAID = {1: "wrong", 2: "partly", 3: "right"}
HOW_SURE = "How sure are you?"
HOW_RIGHT = "How was your answer?"

NUMBERS = 12
"""So many numbers of questions stand in a row; of more only how many there are."""


def state(item: Item) -> str:
    """What is to be said of a question in the list."""
    words = ["answered" if item.given else "time over" if item.locked else "open"]
    return ", ".join([*words, *(["flagged"] if item.flagged else [])])


def tally(quiz: Quiz) -> list[str]:
    """How many questions are answered, and which are not or are flagged."""
    flagged = [at for at, item in enumerate(quiz.items) if item.flagged]
    over = [at for at, item in enumerate(quiz.items) if item.locked and not item.given]
    lines = [f"{quiz.answered} of {len(quiz.items)} answered."]
    for name, places in (("Unanswered", quiz.open), ("Time over", over), ("Flagged", flagged)):
        if places:
            lines.append(f"{name}: {numbers(places)}.")
    return lines


def numbers(places: Iterable[int]) -> str:
    """The numbers of the questions at these places."""
    named = [str(place + 1) for place in places]
    more = f" and {len(named) - NUMBERS} more" if len(named) > NUMBERS else ""
    return ", ".join(named[:NUMBERS]) + more


def about(quiz: Quiz) -> str:
    """What the quiz is, in one line."""
    rules, count = quiz.rules, len(quiz.items)
    each = f", {clock(rules.each)} for each" if rules.each else ""
    noun = "question" if count == 1 else "questions"
    return f"Quiz: {rules.title}. {count} {noun}, {clock(quiz.left)} left{each}. Seed {rules.seed}."
