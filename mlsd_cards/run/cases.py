"""The cases of the library: what an interview can be about, by names that are easily typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlsd_cards.cards.rubric import Rubric
from mlsd_cards.store.sitting import INTERVIEW, Sittings
from mlsd_cards.study.interview import progress

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.study.interview.progress import Past

DECK, CARD = "case-", "mock-"
"""What the names of decks and cards of cases begin with; nobody has to type it."""


class Case(NamedTuple):
    """A rubric card, and the name that it is called by here."""

    name: str
    card: str
    deck: str
    minutes: int

    @property
    def names(self) -> set[str]:
        """Whatever it may be called by."""
        return {self.name, self.card, self.card.removeprefix(CARD)}


def cases(app: App) -> list[Case]:
    """The cases in the order of the library; each is called by its deck, or, where a deck has
    several, by its card."""
    from mlsd_cards.store import roster
    from mlsd_cards.study.interview.timetable import usual

    found = [app.catalogue.find(card) for card in roster.of_kind(app.catalogue, Rubric.kind)]
    placed = [one for one in found if one and isinstance(one.card, Rubric)]
    alone = Counter(one.deck for one in placed)
    made = []
    for one in placed:
        if alone[one.deck] == 1 and one.deck.startswith(DECK):
            name = one.deck.removeprefix(DECK)
        else:
            name = one.card.id.removeprefix(CARD)
        minutes = round(usual(one.card)) if isinstance(one.card, Rubric) else 0
        made.append(Case(name, one.card.id, one.deck, minutes))
    return made


def named(known: Sequence[Case], name: str) -> Case | None:
    """The case of that name, card or deck."""
    alone = Counter(case.deck for case in known)
    for case in known:
        decks = {case.deck, case.deck.removeprefix(DECK)} if alone[case.deck] == 1 else set()
        if name in case.names | decks:
            return case
    return None


def past(app: App) -> list[Past]:
    """All attempts, the oldest first."""
    return progress.attempts(Sittings(app.store, INTERVIEW).all())


def next_one(app: App, known: Sequence[Case], attempts: Iterable[Past]) -> Case | None:
    """The case to do next: the one that was broken off last on this machine; else one that was
    never played whole, or the one for which that was longest ago."""
    open_ = [one.paper.get("card") for one in Sittings(app.store, INTERVIEW).open()]
    last = {one.whole.card: one.number for one in attempts if one.whole}
    last |= {str(card): -number for number, card in enumerate(open_, 1)}
    return min(known, key=lambda case: last.get(case.card, 0), default=None)
