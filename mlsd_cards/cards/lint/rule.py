"""What a rule is, and what it is given: a note in its place, or a whole library of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from mlsd_cards.cards.card import DELETION, Basic, Card, Choice, Cloze
from mlsd_cards.cards.diagram import Diagram

ERROR, WARNING = "error", "warning"

CONVENTION = "convention"
"""The source of what a deck has chosen by itself: no list has to explain it."""

Kind_co = TypeVar("Kind_co", bound=Card, covariant=True)


class Note(NamedTuple, Generic[Kind_co]):
    """A note (of a cloze, the first of its cards) and where it stands.

    ``strict`` notes are held to every rule, at its level; others get warnings. ``prompt`` is what
    is asked, without the marks of a cloze; ``answer`` what is right, empty for the kinds whose
    answer is no text of its own.
    """

    card: Kind_co
    file: str
    line: int
    deck: str
    strict: bool
    prompt: str
    answer: str


def placed(card: Card, file: str, line: int, deck: str, *, strict: bool) -> Note[Card]:
    """The note of that card."""
    prompt = DELETION.sub(r"\2", card.prompt) if isinstance(card, Cloze) else card.prompt
    return Note(card, file, line, deck, strict, prompt, _answer(card))


def _answer(card: Card) -> str:
    match card:
        case Basic():
            return card.answer
        case Cloze():
            return "; ".join(found[2] for found in DELETION.finditer(card.prompt))
        case Choice():
            return "\n".join(option.text for option in card.options if option.correct)
        case Diagram():
            return card.missing
    return ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The notes of a library, and what they may name beyond them: notes that can be required, the
    keys of works that can be cited, and who wrote these."""

    notes: tuple[Note[Card], ...]
    known: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def knowing(
        self, known: Iterable[str], sources: Iterable[str], authors: Iterable[str]
    ) -> Shelf:
        """The same notes, which may name these too."""
        return Shelf(
            self.notes,
            self.known.union(known),
            self.sources.union(sources),
            self.authors.union(authors),
        )

    def lacks_names(self) -> bool:
        """Whether a note requires or cites what is not known."""
        return any(
            not self.known.issuperset(note.card.requires)
            or not self.sources.issuperset(set(note.card.sources) - {CONVENTION})
            for note in self.notes
        )


class Rule(NamedTuple):
    """A rule under its code, whose docstring says what is asked and what for.

    ``check`` of a rule with ``kinds`` takes a note of one of them and gives what is wrong with it;
    without ``kinds`` it takes the shelf and gives notes with what is wrong. A rule of the ``house``
    is about the bundled collection: only strict notes are held to it.
    """

    code: str
    level: str
    check: Callable[[Any], Iterator[Any]]
    kinds: frozenset[str] = frozenset()
    house: bool = False


Remarks = Iterator[tuple[Note[Card], str]]
"""What a rule of a whole library gives."""
