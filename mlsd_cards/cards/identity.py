"""Which card a note without an id is: an id made of its text, and the edits that it outlives.

The id of a text is the same on every machine, so only what departs from it is kept in the log: that
a new text goes on under the id of an old one. Whether two texts are the same card is decided on
what changed at once in one file, and only where one card alone can be meant; else the new text is a
new card. Giving a card somebody else's history would be worse than beginning anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import fields
from hashlib import blake2b
from itertools import count
from typing import Any, NamedTuple

from mlsd_cards.cards.card import Card, Cloze, deletions

SHARED = {field.name for field in fields(Card)}

MOST_PAIRS = 4_000
"""How many pairs of texts are compared letter by letter; more changes at once are a new deck rather
than edits, and then only a note that asks exactly the same goes on."""


class Text(NamedTuple):
    """What a note asks and what it holds for right, as one text each."""

    prompt: str
    answer: str
    gapped: bool = False


class Newcomer(NamedTuple):
    """A note that was not there before; its id is empty unless its author gave one."""

    file: str
    line: int
    text: Text
    id: str = ""


class Gone(NamedTuple):
    """A note that is not where it was, and has a history; ``files`` are those in which an edit of
    it may stand: its own, or all new ones if that is gone too."""

    id: str
    files: frozenset[str]
    text: Text


class Remark(NamedTuple):
    """Something to say about a note: what became of its history."""

    file: str
    line: int
    code: str
    message: str


class Naming(NamedTuple):
    """The id of each text by its digest, what of it the log must keep (id and digest), and what is
    to be said about it."""

    ids: dict[str, str]
    kept: list[tuple[str, str]]
    remarks: list[Remark]


def text_of(card: Card) -> Text:
    """The text of a card's note; what only explains or sorts it is no part of it."""
    if isinstance(card, Cloze):
        hidden = (deletion.text for deletion in deletions(card.prompt))
        return Text(card.prompt, "\n".join(hidden), gapped=True)
    own = (getattr(card, field.name) for field in fields(card) if field.name not in SHARED)
    return Text(card.prompt, "\n".join(_strings(own)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield str(key)
            yield from _strings(value[key])
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "__iter__"):
        for part in value:
            yield from _strings(part)
    else:
        yield str(value)


def digest(text: Text) -> str:
    """What tells a text from every other."""
    return _hash("\0".join((text.prompt, text.answer)))


def digest_of_note(cards: Iterable[Card]) -> str:
    """What tells a note from every other version of it: all that its author wrote but the ids.

    A field that a later version of the program adds changes nothing as long as it is not used.
    """
    return _hash("\0".join(part for card in cards for part in _written(card)))


def _written(card: Card) -> Iterator[str]:
    for field in fields(card):
        value = getattr(card, field.name)
        if field.name not in {"id", "note", "base"} and value != field.default:
            yield field.name
            yield from _strings(value)


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def default_id(digest: str) -> str:
    """The id of a text that the log says nothing about."""
    return f"t-{digest[:12]}"


class Book:
    """What the log knows: which id a text goes by, the later entry counting."""

    def __init__(self, entries: Iterable[tuple[str, str]] = ()) -> None:
        self._ids: dict[str, str] = {}
        self._rank: dict[tuple[str, str], int] = {}
        for rank, (id_, text) in enumerate(entries, 1):
            self._ids[text] = id_
            self._rank[id_, text] = rank

    def id_of(self, digest: str) -> str:
        """The id of a text, by the log or made of the text itself."""
        return self._ids.get(digest) or default_id(digest)

    def knows(self, digest: str) -> bool:
        """Whether the log has a word on the text."""
        return digest in self._ids

    def rank(self, id_: str, digest: str) -> int:
        """How late the log gave the id to the text; 0 if it never did."""
        return self._rank.get((id_, digest), 0)


def settled(digests: Iterable[str], book: Book, taken: Container[str]) -> dict[str, str]:
    """The id of each text that is beyond question. Of two texts with one id the later by the log
    has it, and none has an id that an author gave to another note (``taken``)."""
    holders: dict[str, str] = {}
    for own in dict.fromkeys(digests):
        id_ = book.id_of(own)
        other = holders.get(id_)
        if id_ not in taken and (other is None or book.rank(id_, own) > book.rank(id_, other)):
            holders[id_] = own
    return {own: id_ for id_, own in holders.items()}


def follow(newcomers: list[Newcomer], gone: list[Gone]) -> Naming:
    """Which newcomers are edits of notes that are gone. One with an id of its own is only remarked
    on: its author may have meant a new card."""
    likely = list(_pairs(newcomers, gone))
    news, olds = Counter(new for new, _ in likely), Counter(old.id for _, old in likely)
    naming = Naming({}, [], [])
    told = set()
    for place, old in likely:
        new = newcomers[place]
        sure = news[place] == olds[old.id] == 1
        if sure and not new.id:
            naming.ids[digest(new.text)] = old.id
            naming.kept.append((old.id, digest(new.text)))
        code = "I03" if new.id else "I01" if sure else "I02"
        if place not in told and (sure or not new.id):
            naming.remarks.append(Remark(new.file, new.line, code, _words(code, new, old)))
        told.add(place)
    return naming


REMARKS = {
    "I01": "edited: it goes on as {old}, with the answers given so far; if it is another card, "
    "give it an id of its own",
    "I02": "taken for a new card: it may have been {old}, but more than one card that changed is "
    "like it; to go on as that one, write id: {old}",
    "I03": "{new} begins anew; the same card has answers under {old}: to keep them, "
    "write id: {old}",
}


def _words(code: str, new: Newcomer, old: Gone) -> str:
    return REMARKS[code].format(old=old.id, new=new.id)


def extra_ids(
    digests: Iterable[str], ids: dict[str, str], taken: Container[str]
) -> list[tuple[str, str]]:
    """New ids, with their digests, for the texts that have none because another note has theirs."""
    held = {*ids.values()}
    made = []
    for own in dict.fromkeys(digests):
        if own not in ids:
            free = (f"{default_id(own)}-{number}" for number in count(2))
            id_ = next(i for i in free if i not in held and i not in taken)
            held.add(id_)
            made.append((id_, own))
    return made


def _pairs(newcomers: list[Newcomer], gone: list[Gone]) -> Iterator[tuple[int, Gone]]:
    """The newcomers, by place, and the notes gone from the same file that they are clearly like."""
    many = len(newcomers) * len(gone) > MOST_PAIRS
    alike = _same_prompt if many else clearly_alike
    for place, new in enumerate(newcomers):
        for old in gone:
            if new.file in old.files and alike(old.text, new.text):
                yield place, old


def clearly_alike(old: Text, new: Text) -> bool:
    """Whether an edit, rather than another card, made the new text of the old one.

    Of prompt and answer one has to stay as it is and the other to stay recognisable; where both
    changed, no word may have given way to another one: "precision" for "recall" is another card.
    """
    if old.gapped != new.gapped:
        return False
    prompt, answer = _Likeness(old.prompt, new.prompt), _Likeness(old.answer, new.answer)
    if prompt.reaches(1):
        return prompt.words >= 4 or answer.reaches(0.4)
    if answer.reaches(1):
        return prompt.reaches(0.6 if answer.words >= 3 else 0.8)
    return prompt.is_touched_up() and answer.is_touched_up()


def _same_prompt(old: Text, new: Text) -> bool:
    return old.gapped == new.gapped and plain(old.prompt) == plain(new.prompt)


class _Likeness:
    """How much of two texts is the same, looked at only as closely as is asked."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = plain(old), plain(new)
        self.words = len(self._new.split())

    def reaches(self, share: float) -> bool:
        """Whether at least this share of both texts is common to them."""
        if share >= 1 or self._old == self._new:
            return self._old == self._new
        from difflib import SequenceMatcher

        match = SequenceMatcher(None, self._old, self._new, autojunk=False)
        return (
            match.real_quick_ratio() >= share
            and match.quick_ratio() >= share
            and match.ratio() >= share
        )

    def is_touched_up(self) -> bool:
        """Whether the text is the old one with slips mended and words added or left out."""
        from difflib import SequenceMatcher

        if not self.reaches(0.8):
            return False
        old, new = self._old.split(), self._new.split()
        for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what == "replace" and not _Likeness(" ".join(old[a:b]), " ".join(new[c:d])).reaches(
                0.7
            ):
                return False
        return True


def plain(text: str) -> str:
    """The words of a text, without case, punctuation and the marks of deletions."""
    return " ".join(re.findall(r"[^\W_]+|[^\w\s.,;:!?'\"(){}\[\]]", text.casefold()))
