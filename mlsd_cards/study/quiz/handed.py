"""A quiz as it is handed in: what is kept of it, whole in itself, and the answers to its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mlsd_cards.cards.marking import BUTTONS, Mark, Verdict, accepted
from mlsd_cards.cards.question import RECALL, TYPE, Question
from mlsd_cards.study.placement import placing
from mlsd_cards.study.quiz.item import Item
from mlsd_cards.study.quiz.quiz import Quiz

if TYPE_CHECKING:
    from mlsd_cards.cards.comparison import Comparison

SAID = {1: "wrong", 2: "partly right", 3: "right"}


class Handed(NamedTuple):
    """An answer to a card: ``grade`` is a button, ``took`` in ms."""

    card: str
    grade: int
    took: int


def answers(quiz: Quiz) -> list[Handed]:
    """The answers that were given; a question without one says nothing of its card, nor does any of
    a placement, which only places."""
    if quiz.rules.placing:
        return []
    marked = ((item, item.mark()) for item in quiz.items)
    return [
        Handed(item.question.card.id, BUTTONS[mark.verdict], item.took)
        for item, mark in marked
        if mark
    ]


def result(quiz: Quiz) -> dict[str, Any]:
    """What is kept: it tells the quiz also after its cards have changed."""
    rules = quiz.rules
    final = [item for item in quiz.items if item.locked or not rules.placing]
    return {
        "how": quiz.how,
        "used_ms": quiz.used,
        "paused_ms": quiz.paused,
        "limit_ms": rules.limit if rules.timed else None,
        "title": rules.title,
        "seed": rules.seed,
        "certainty": rules.certainty,
        "items": list(map(_told, final)),
        **({"placement": _placement(quiz)} if rules.placing else {}),
    }


def placed(quiz: Quiz) -> list[tuple[str, int]]:
    """The cards that the answers of a placement place, each with the days after which it is due."""
    from mlsd_cards.study.placement.placement import interval, placed

    return [(card, interval(card)) for card in placed(placing.answers(quiz))]


def _placement(quiz: Quiz) -> dict[str, Any]:
    """What a placement came to."""
    standings = placing.plan_of(quiz).standings(placing.answers(quiz))
    return {"topics": [one._asdict() for one in standings], "placed": placed(quiz)}


def _told(item: Item) -> dict[str, Any]:
    question, mark = item.question, item.mark()
    card = question.card
    reasons = [_remark(item, mark) if mark else "", card.explanation]
    return {
        "card": card.id,
        "deck": item.turn.deck,
        "topic": card.topic,
        "kind": card.kind,
        "prompt": question.prompt,
        "verdict": mark.verdict.value if mark else "",
        "score": mark.score if mark else 0.0,
        "certainty": item.certainty,
        "took": item.took,
        "expected_s": card.expected_s,
        "given": _given(item),
        "right": _right(question),
        "why": "\n".join(filter(None, reasons)),
        "source": item.turn.source,
        "flagged": item.flagged,
        "self": question.form == RECALL,
    }


def _right(question: Question) -> str:
    """The right answer; of a table, which cell it is too, since the table is not beside it."""
    if not question.cell:
        return question.answer
    return f"{cast('Comparison', question.card).place(question.cell)}: {question.answer}"


def _remark(item: Item, mark: Mark) -> str:
    """What there is to say of this answer beyond what is right."""
    question = item.question
    if question.options:
        picked = (question.options[index] for index in sorted(item.front.picked))
        return "\n".join(one.why for one in picked if one.why and not one.correct)
    if question.form == TYPE and accepted(question) and mark.verdict is not Verdict.RIGHT:
        return ""  # the right text, which stands beside it anyway
    return mark.why


def _given(item: Item) -> str:
    """What stands on the item, in words; options and lines one below the other."""
    question, front = item.question, item.front
    if item.passed or not item.given:
        return ""
    if item.said:
        return SAID[item.said]
    if front.lines:
        return "\n".join(question.items[index] for index in front.lines.order)
    if question.options:
        return "\n".join(question.options[index].text for index in sorted(front.picked))
    return front.text.strip()
