"""Searching cards: all words wanted, the last perhaps unfinished, typing errors forgiven.

A query is words and nothing else: no sign in it means anything.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple, Protocol

from mlsd_cards.store.index import Entry, is_ranked, words

MOST_TERMS = 32
MOST_ENDINGS = 50
"""So many words that begin like the last one of a query are looked for, the most frequent."""

WEIGHTS = (10, 10, 5, 2, 1)
"""What a match counts in each column of an entry."""

ERRORS = {0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1}
"""Typing errors that are forgiven in a word, by its letters; 2 in a longer one."""

LONGEST = 40
"""Letters of a word that is looked at for two that were run together."""

LOOKED_AT = ("prompt", "answer", "explanation", "about", "id")

Term = tuple[str, ...]
"""Words that have to stand together: ``two-tower`` is two of them."""


class Wanted(NamedTuple):
    """Groups of terms, one of each group being enough; all groups, or any of them if ``loose``."""

    groups: tuple[tuple[Term, ...], ...]
    loose: bool = False


class Hit(NamedTuple):
    """A card that was found: its prompt, the field in which it matched, what stands in it there,
    and the words that did."""

    card: str
    prompt: str
    field: str
    text: str
    words: frozenset[str]


class Result(NamedTuple):
    """What a search came to. ``total`` counts what was found beyond the hits too; ``corrected`` is
    the query that was answered if that is another; ``loose`` says that no card has all words."""

    hits: tuple[Hit, ...]
    total: int
    corrected: str = ""
    loose: bool = False


class Finder(Protocol):
    """A way to look into an index; rows by number."""

    def has(self, *term: str) -> bool:
        """Whether the words stand together anywhere."""

    def find(self, wanted: Wanted) -> list[tuple[int, str]]:
        """The rows that match with the ids of their cards, the best first."""

    def matched(self, wanted: Wanted, row: int) -> tuple[Entry, list[frozenset[str]]]:
        """A row that matches, and the words that do in each of its columns."""


def search(
    index: sqlite3.Connection, query: str, limit: int, among: set[str] | None = None
) -> Result:
    """The cards that fit best, of those ``among`` if given; whatever is asked, it never raises."""
    finder: Finder = Ranked(index) if is_ranked(index) else Read(index)
    asked = [tuple(term) for part in query.split() if (term := words(part))][:MOST_TERMS]
    if not asked:
        return Result((), 0)
    *begun, last = asked
    endings = _endings(index, finder, last[-1])
    meant = [_corrected(index, finder, term) for term in begun]
    meant.append(last if endings else _corrected(index, finder, last))
    wanted = Wanted(
        (*((term,) for term in meant[:-1]),
         tuple((*meant[-1][:-1], word) for word in endings or meant[-1][-1:]))
    )  # fmt: skip
    found = _among(finder.find(wanted), among)
    if not found and len(meant) > 1:
        wanted = wanted._replace(loose=True)
        found = _among(finder.find(wanted), among)
    found.sort(key=lambda row: row[1] != query.strip())  # the card of that id comes first
    corrected = "" if meant == asked else " ".join(" ".join(term) for term in meant)
    hits = tuple(_hit(finder, wanted, row) for row, _ in found[:limit])
    return Result(hits, len(found), corrected, wanted.loose)


def _among(rows: list[tuple[int, str]], ids: set[str] | None) -> list[tuple[int, str]]:
    return rows if ids is None else [row for row in rows if row[1] in ids]


def _hit(finder: Finder, wanted: Wanted, row: int) -> Hit:
    entry, found = finder.matched(wanted, row)
    by_field = dict(zip(Entry._fields, found, strict=True))
    field = next((name for name in LOOKED_AT if by_field[name]), LOOKED_AT[0])
    return Hit(entry.id, entry.prompt, field, getattr(entry, field), by_field[field])


def _endings(index: sqlite3.Connection, finder: Finder, begun: str) -> list[str]:
    """The words that begin so; of one or two letters that are a word, only that."""
    if len(begun) < 3 and finder.has(begun):
        return [begun]
    rows = index.execute(
        "SELECT word FROM word WHERE word >= ? AND word < ? ORDER BY cards DESC, word LIMIT ?",
        (begun, begun + "\U0010ffff", MOST_ENDINGS),
    )
    return [row[0] for row in rows]


def _corrected(index: sqlite3.Connection, finder: Finder, term: Term) -> Term:
    """The term with each word that no card has replaced by the most like it that one has."""
    words = ((word,) if finder.has(word) else _nearest(index, finder, word) for word in term)
    return tuple(word for meant in words for word in meant)


def _nearest(index: sqlite3.Connection, finder: Finder, word: str) -> Term:
    """The word of the index with the fewest typing errors between, of equals one of the same
    letters, then the most frequent; the two words that were run together; or the word itself if
    nothing is near."""
    errors = ERRORS.get(len(word), 2)
    if not errors or word.isdigit():
        return (word,)
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    known = [row[0] for row in index.execute("SELECT word FROM word ORDER BY cards DESC, word")]
    near = extract(word, known, scorer=OSA.distance, score_cutoff=errors, limit=None)
    if near:
        letters = sorted(word)
        return (min(near, key=lambda one: (one[1], sorted(one[0]) != letters, one[2]))[0],)
    parts = ((word[:at], word[at:]) for at in range(2, min(len(word), LONGEST) - 1))
    return next((both for both in parts if finder.has(*both)), (word,))


class Ranked:
    """Looking by FTS5, which ranks by bm25 and finds words by their stems."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def has(self, *term: str) -> bool:
        find = "SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 1"
        return self._index.execute(find, (_phrase(term),)).fetchone() is not None

    def find(self, wanted: Wanted) -> list[tuple[int, str]]:
        rank = f"bm25(entry, {', '.join(map(str, WEIGHTS))})"
        rows = self._index.execute(
            f"SELECT rowid, id FROM entry WHERE entry MATCH ? ORDER BY {rank}, rowid",
            (_expression(wanted),),
        )
        return rows.fetchall()

    def matched(self, wanted: Wanted, row: int) -> tuple[Entry, list[frozenset[str]]]:
        marked = ", ".join(f"highlight(entry, {n}, char(1), char(2))" for n in range(len(WEIGHTS)))
        columns = ", ".join(Entry._fields)
        values = self._index.execute(
            f"SELECT {columns}, {marked} FROM entry WHERE entry MATCH ? AND rowid = ?",
            (_expression(wanted), row),
        ).fetchone()
        pieces = (re.findall("\x01([^\x02]*)\x02", text) for text in values[len(WEIGHTS) :])
        found = [frozenset(words(" ".join(texts))) for texts in pieces]
        return Entry._make(values[: len(WEIGHTS)]), found


def _expression(wanted: Wanted) -> str:
    """What is wanted in the language of FTS5; words hold nothing that it could misread."""
    groups = (" OR ".join(map(_phrase, group)) for group in wanted.groups)
    return (" OR " if wanted.loose else " AND ").join(f"({group})" for group in groups)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term)}"'


class Read:
    """Looking by reading everything, where SQLite has no FTS5."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index

    def has(self, *term: str) -> bool:
        find = "SELECT 1 FROM word WHERE word = ?"
        return all(self._index.execute(find, (word,)).fetchone() for word in term)

    def find(self, wanted: Wanted) -> list[tuple[int, str]]:
        scored = []
        columns = ", ".join(Entry._fields)
        for row, *texts in self._index.execute(f"SELECT rowid, {columns} FROM entry"):
            # for each group, the weights of the columns that it stands in
            found = [
                [
                    weight
                    for weight, text in zip(WEIGHTS, texts, strict=True)
                    if _standing(text, group)
                ]
                for group in wanted.groups
            ]
            if any(found) if wanted.loose else all(found):
                scored.append((-sum(map(sum, found)), row, texts[0]))
        return [(row, card) for _, row, card in sorted(scored)]

    def matched(self, wanted: Wanted, row: int) -> tuple[Entry, list[frozenset[str]]]:
        columns = ", ".join(Entry._fields)
        find = f"SELECT {columns} FROM entry WHERE rowid = ?"
        entry = Entry._make(self._index.execute(find, (row,)).fetchone())
        terms = [term for group in wanted.groups for term in group]
        return entry, [frozenset(chain(*_standing(text, terms))) for text in entry]


def _standing(text: str, terms: Iterable[Term]) -> list[Term]:
    """Those of the terms that stand in the text."""
    said = f" {' '.join(words(text))} "
    return [term for term in terms if f" {' '.join(term)} " in said]
