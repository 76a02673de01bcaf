"""The card kinds, one frozen dataclass each, and their form as JSON in the store.

The kinds that most cards are of stand here, the others in modules of their names: a class takes a
millisecond to make, and a review starts with one card.

An entry of a deck file is a *note*; it gives one card, or one card per deletion for a cloze. The
cards of one note are *siblings*; those of a cloze are called ``note:c1``, ``note:c2``, and a colon
cannot stand in a note's id, so the two forms never meet. ``Card.id`` is the identity to which all
history belongs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, NamedTuple


class Option(NamedTuple):
    """One choice of an mcq or multi_select card; ``why`` explains the right and the wrong."""

    text: str
    correct: bool
    why: str = ""


class Tolerance(NamedTuple):
    """How far a number may be off: ``rel`` is a share of the right value, ``abs`` a distance."""

    rel: float = 0.0
    abs: float = 0.0

    def accepts(self, given: float, right: float) -> bool:
        """Whether ``given`` is near enough to ``right``, up to the last bits of a float."""
        slack = max(self.abs, self.rel * abs(right))
        return abs(given - right) <= slack + 1e-9 * max(1.0, abs(right))

    def words(self, right: float) -> str:
        """How near a number has to come to ``right``, in words."""
        if self.rel * abs(right) >= self.abs and self.rel:
            return f"within {100 * self.rel:.3g} %"
        return f"within {self.abs:.3g}" if self.abs else "exactly"


class Deletion(NamedTuple):
    """One ``{{c1::text::hint}}`` of a cloze text."""

    ordinal: int
    text: str
    hint: str


DELETION = re.compile(
    r"\{\{c([1-9][0-9]?)::((?:(?!::|\}\}|\{\{).)+)(?:::((?:(?!\}\}|\{\{).)*))?\}\}", re.S
)
"""The text may hold single braces and colons, but neither ``::`` (the hint follows) nor ``}}``."""

EXACT = Tolerance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What every kind has. ``expected_s`` is the time in seconds that an answer should take.

    ``daily`` kinds are asked in reviews. ``parts`` makes the fields that JSON has no form for of
    the tuples that stand for them there.
    """

    kind: ClassVar[str]
    daily: ClassVar[bool] = True
    parts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    id: str
    note: str
    prompt: str
    topic: str = ""
    explanation: str = ""
    difficulty: int = 2
    expected_s: int = 60
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    as_of: str = ""
    lint_ok: tuple[str, ...] = ()
    base: str = ""
    """Of a card that replaces a bundled one: the digest of what it was copied from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic(Card):
    """A question and its answer; with ``accept``, other right answers, one that can be typed."""

    kind: ClassVar[str] = "basic"
    answer: str
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Card):
    """A text with gaps; this card asks for those numbered ``ordinal`` and shows the rest.

    ``accept`` says what else is right in them.
    """

    kind: ClassVar[str] = "cloze"
    ordinal: int
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Card):
    """What the two kinds with options share."""

    parts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "options": lambda entries: tuple(map(Option._make, entries))
    }

    options: tuple[Option, ...]


class Mcq(Choice):
    """Exactly one option is right."""

    __slots__ = ()  # no fields of its own: what makes a dataclass of it is there already
    kind: ClassVar[str] = "mcq"


class MultiSelect(Choice):
    """Several options are right; all of them, and no other, make a right answer."""

    __slots__ = ()  # no fields of its own: what makes a dataclass of it is there already
    kind: ClassVar[str] = "multi_select"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Card):
    """What the two kinds with a number as answer share. ``unit`` is ``"1"`` without a dimension."""

    parts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"tolerance": Tolerance._make}

    unit: str = "1"
    tolerance: Tolerance = EXACT
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Number):
    """A question with one fixed number."""

    kind: ClassVar[str] = "numeric"
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Number):
    """A question whose numbers are drawn anew at each repetition by a named generator.

    ``params`` says what may be drawn; ``pinned`` is one drawing with its right value, as a test.
    """

    kind: ClassVar[str] = "computed"
    generator: str
    params: dict[str, Any]
    pinned: dict[str, Any]


class Kinds(Mapping[str, type[Card]]):
    """The kinds by name. One with a module of its own is imported when it is asked for."""

    _here: ClassVar[dict[str, type[Card]]] = {
        kind.kind: kind for kind in (Basic, Cloze, Mcq, MultiSelect, Numeric, Computed)
    }
    _apart = ("ordering", "comparison", "diagram", "rubric")

    def __getitem__(self, name: str) -> type[Card]:
        if name not in self._apart:
            return self._here[name]
        from importlib import import_module

        kind: type[Card] = getattr(import_module(f"mlsd_cards.cards.{name}"), name.capitalize())
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter((*self._here, *self._apart))

    def __len__(self) -> int:
        return len(self._here) + len(self._apart)


KINDS = Kinds()


def deletions(text: str) -> list[Deletion]:
    """The deletions of a cloze text, in the order of the text."""
    return [Deletion(int(n), body, hint or "") for n, body, hint in DELETION.findall(text)]


def encode(card: Card) -> str:
    """The card as JSON text; ``decode`` of its kind gives the same card back."""
    body = {field.name: getattr(card, field.name) for field in fields(card)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(kind: str, body: str) -> Card:
    """The card that ``encode`` wrote."""
    return restored(kind, json.loads(body))


def restored(kind: str, body: dict[str, Any]) -> Card:
    """The same from a body that is read from its JSON already."""
    made = KINDS[kind]
    values = {name: _frozen(value) for name, value in body.items()}
    for name, part in made.parts.items():
        values[name] = part(values[name])
    return made(**values)


def plain(value: Any) -> Any:
    """A field's value as JSON has it: what has named parts as an object."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def _frozen(value: Any) -> Any:
    """A list as the tuple that it was, whatever is in it; what is in a mapping stays as it is."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
