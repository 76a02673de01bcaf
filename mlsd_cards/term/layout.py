"""Which module draws a card that is more than text: a table, a drawing, lines in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mlsd_cards.cards.question import Question
    from mlsd_cards.study.session import Session
    from mlsd_cards.term.line import Glyphs, Line
    from mlsd_cards.term.page import Body, Page


class Layout(Protocol):
    """What such a module does, for the screen and for line mode."""

    def show(
        self, session: Session, question: Question, page: Page, made: Body, solved: bool
    ) -> None:
        """Set what belongs to the question below its prompt, ``solved`` beside its answer."""

    def answer(self, session: Session, question: Question, page: Page) -> list[Line]:
        """What is right, as lines."""

    def tell(self, question: Question, glyphs: Glyphs) -> list[str]:
        """What belongs to the question, a fact a line."""

    def tell_answer(self, session: Session, question: Question, glyphs: Glyphs) -> list[str]:
        """What is right, a fact a line."""


def layout(question: Question) -> Layout | None:
    """The module for the kind of the question's card, imported with the first such card."""
    match question.card.kind:
        case "ordering":
            from mlsd_cards.term import order

            return order
        case "comparison":
            from mlsd_cards.term import table

            return table
        case "diagram":
            from mlsd_cards.term import drawing

            return drawing
    return None
