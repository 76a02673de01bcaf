"""Texts of cards as words and sentences: how rules count and compare them."""

from __future__ import annotations

import re

STOP = frozenset(
    """
    a an and are as at be because been but by can could did do does each for from had has have
    how if in into is it its may more most must no not of off on one only or other out over per
    should so some such than that the their them then there these they this those to too under up
    was were what when where which while who whose why will with without would you your
    """.split()  # noqa: SIM905
)
"""Words that say little: sharing them gives nothing away."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.?!])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9])|\n+")
_ENDINGS = re.compile(r"(?:ations?|ings?|ed|ers?|ies|es|s|ly|e|y)$")


def count(text: str) -> int:
    """How many words a text has; a lone sign such as = or – is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def words(text: str) -> list[str]:
    """The words of a text in small letters, without signs."""
    return _WORD.findall(text.casefold())


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line is one at least."""
    return [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]


def stem(word: str) -> str:
    """A word without its ending, so that split, splits, splitting and splitter are one."""
    short = _ENDINGS.sub("", word)
    short = short[:-1] if short[-2:-1] == short[-1:] else short
    return short if len(short) >= 3 else word


def content(text: str) -> list[str]:
    """The stems of the words that say something."""
    return [stem(word) for word in words(text) if word not in STOP]


def normal(text: str) -> str:
    """A text as it is compared: its words with one blank between two."""
    return " ".join(words(text))


def likeness(one: frozenset[str] | set[str], other: frozenset[str] | set[str]) -> float:
    """Jaccard's: the share of all that two sets hold which both hold; 0 of two empty sets."""
    return len(one & other) / len(one | other) if one or other else 0.0
