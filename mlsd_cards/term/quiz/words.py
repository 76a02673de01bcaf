"""Words for what a quiz holds: its clocks, its list of questions, what can be said of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz.item import Item
from mlsd_cards.study.quiz.quiz import Quiz, clock

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placement import Offer

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


def far(quiz: Quiz) -> list[str]:
    """How far a placement is."""
    clear, topics = placing.progress(quiz)
    count = len(placing.answers(quiz))
    answered = f"{count} answered" if count else "none answered"
    return [answered, f"{clear} of {topics} topics clear"]


PLACES = "What was right and sure starts as known; wrong answers leave their cards new."


def offer(one: Offer) -> str:
    """What the offer of a topic says."""
    cards = "1 other card" if len(one.cards) == 1 else f"{len(one.cards)} other cards"
    return f"{one.topic}: {one.sure} of {one.asked} right and sure, {cards}"


def placed(quiz: Quiz) -> str:
    """How many cards start as known."""
    return quiz.outcome.placed.brief if quiz.outcome and quiz.outcome.placed else ""


def taken(quiz: Quiz) -> str:
    """What going on does with the offers as they are chosen."""
    count = len(placing.chosen(quiz))
    if not count:
        return "nothing more starts as known"
    return f"{count} more {'card starts' if count == 1 else 'cards start'} as known"


OFFERED = (
    "Known topics have other cards, none harder than what you answered. Start them as known too?"
)


def about(quiz: Quiz) -> str:
    """What the quiz is, in one line."""
    rules, count = quiz.rules, len(quiz.items)
    if rules.placing:
        limited = f" {clock(quiz.left)} left." if rules.timed else ""
        how_far = ", ".join(far(quiz)).capitalize()
        told = f"Placement: {rules.title}. {how_far}.{limited} Seed {rules.seed}."
        return f"{told} {PLACES}"
    each = f", {clock(rules.each)} for each" if rules.each else ""
    noun = "question" if count == 1 else "questions"
    return f"Quiz: {rules.title}. {count} {noun}, {clock(quiz.left)} left{each}. Seed {rules.seed}."
