"""A library held to the rules: its notes in, problems at their places out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.lint.rule import WARNING, Note, Rule, Shelf
from mlsd_cards.cards.lint.table import RULES
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.text import shown

SILENT = re.compile(r"(L[0-9]{2}): *\S", re.DOTALL)
"""What an entry of ``lint_ok`` begins with: the code of a rule and a reason."""

UNSAID = "L00"
"""The code of a ``lint_ok`` that silences nothing."""


class Finding(NamedTuple):
    """What one rule says of one note."""

    rule: Rule
    note: Note[Card]
    message: str


Watch = Callable[[Sequence[Note[Card]]], Iterable[Note[Card]]]
"""Passes notes on as they are looked at, for who wants to see how far it is."""


def lint(shelf: Shelf, watch: Watch = iter) -> list[Problem]:
    """What the rules find that no ``lint_ok`` of the note silences, by place.

    Errors in strict notes, warnings in all others. An entry of ``lint_ok`` that has no reason or
    silences nothing is a warning too.
    """
    found = [
        Finding(rule, note, message)
        for rule, note, message in _remarks(shelf, watch)
        if note.strict or not rule.house
    ]
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for finding in found:
        codes[finding.note.card.note].add(finding.rule.code)
    problems = [_problem(*finding) for finding in found if not _is_silenced(finding)]
    for note in shelf.notes:
        for entry in note.card.lint_ok:
            problems += [_unsaid(note, said) for said in _unused(note, entry, codes)]
    return sorted(set(problems))


def _remarks(shelf: Shelf, watch: Watch) -> Iterator[tuple[Rule, Note[Card], str]]:
    """What rules of a note say of each, and rules of a library of all."""
    single = [rule for rule in RULES if rule.kinds]
    for note in watch(shelf.notes):
        for rule in single:
            if note.card.kind in rule.kinds:
                for message in rule.check(note):
                    yield rule, note, message
    for rule in RULES:
        if not rule.kinds:
            for note, message in rule.check(shelf):
                yield rule, note, message


def _is_silenced(finding: Finding) -> bool:
    return finding.rule.code in {
        match[1] for entry in finding.note.card.lint_ok if (match := SILENT.match(entry))
    }


def _problem(rule: Rule, note: Note[Card], message: str) -> Problem:
    level = rule.level if note.strict else WARNING
    return Problem(note.file, note.line, 1, rule.code, f"{note.card.note}: {message}", level)


def _unsaid(note: Note[Card], message: str) -> Problem:
    return Problem(note.file, note.line, 1, UNSAID, f"{note.card.note}: {message}", WARNING)


def _unused(note: Note[Card], entry: str, codes: dict[str, set[str]]) -> Iterator[str]:
    match = SILENT.match(entry)
    if not match:
        yield f"lint_ok {shown(entry)} is no code and reason, as in “L07: the term is the point”"
    elif match[1] not in codes[note.card.note] and (note.strict or not _is_of_house(match[1])):
        yield f"lint_ok {match[1]} silences nothing: remove it"


def _is_of_house(code: str) -> bool:
    """Whether any rule of that code asks strict notes alone."""
    return any(rule.house for rule in RULES if rule.code == code)
