"""What a quiz does beside when it is a placement: it grows, and offers to place more. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mlsd_cards.study.quiz.effect import Effect, Place
from mlsd_cards.study.quiz.item import Item
from mlsd_cards.study.quiz.quiz import ASK, OVER, Quiz

if TYPE_CHECKING:
    from mlsd_cards.study.placement.placement import Given, Offer, Plan
    from mlsd_cards.study.quiz.outcome import Outcome

FINAL = "Answers are final: each decides what is asked next."
NO_BACK = "There is no going back: each answer has decided what is asked next."


def answers(quiz: Quiz) -> list[Given]:
    """The final answers, in the order in which they were asked for."""
    from mlsd_cards.cards.certainty import Certainty
    from mlsd_cards.study.placement.placement import Given

    return [
        Given(item.question.card.id, item.verdict, Certainty(item.certainty))
        if item.verdict
        else Given(item.question.card.id, None, None)
        for item in quiz.items
        if item.locked
    ]


def plan_of(quiz: Quiz) -> Plan:
    """What decides on the questions of a placement."""
    if quiz.plan is None:
        raise ValueError("a placement without a plan")
    return quiz.plan


def progress(quiz: Quiz) -> tuple[int, int]:
    """How many topics are clear, of how many."""
    plan = plan_of(quiz)
    return plan.clear(answers(quiz)), len(plan.topics)


def topic(quiz: Quiz) -> str:
    """What the question at hand is about."""
    card = quiz.item.question.card
    return card.topic or quiz.item.turn.deck


def asked(quiz: Quiz, item: Item) -> Quiz:
    """The quiz with its next question."""
    items = (*quiz.items, replace(item, index=quiz.asked))
    quiz = replace(quiz, items=items, place=len(quiz.items), asked=quiz.asked + 1)
    return replace(quiz, phase=ASK, visit=quiz.visit + 1, rolled=0)


def in_offer(quiz: Quiz, done: str) -> tuple[Quiz, list[Effect]]:
    """Which of the known topics start as a whole."""
    match done:
        case "offer-up":
            return replace(quiz, cursor=max(0, quiz.cursor - 1)), []
        case "offer-down":
            return replace(quiz, cursor=min(len(quiz.offers) - 1, quiz.cursor + 1)), []
        case "mark":
            return replace(quiz, chosen=quiz.chosen ^ {quiz.cursor}), []
        case "all":
            quiz = replace(quiz, chosen=frozenset(range(len(quiz.offers))))
    cards = chosen(quiz)
    return (quiz, [Place(cards)]) if cards else (replace(quiz, phase=OVER, rolled=0), [])


def offers(quiz: Quiz) -> tuple[Offer, ...]:
    """What could start as known beside what was asked."""
    return tuple(plan_of(quiz).offers(answers(quiz)))


def chosen(quiz: Quiz) -> tuple[str, ...]:
    """The cards of the topics that are chosen."""
    return tuple(card for at in sorted(quiz.chosen) for card in quiz.offers[at].cards)


def accepted(quiz: Quiz, outcome: Outcome) -> Quiz:
    """What was chosen is kept."""
    return replace(quiz, phase=OVER, outcome=outcome, rolled=0)
