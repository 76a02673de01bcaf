"""What a code means and what for: the text of `check --explain`, and of docs/lint.md."""

from __future__ import annotations

from inspect import getdoc
from typing import NamedTuple

from mlsd_cards.cards.code import CODES
from mlsd_cards.cards.lint.rule import Rule
from mlsd_cards.cards.lint.table import RULES, TITLES, UNCHECKED

ALONE = "Only bundled decks are held to it, and others under --strict."


class Explained(NamedTuple):
    """A code, what it is called, and paragraphs that say what is asked and why. ``level`` is that
    of the rules under the code; empty where reading a file finds it, and where nothing does."""

    code: str
    level: str
    title: str
    text: str


def known() -> set[str]:
    """All codes."""
    return {*CODES, *TITLES}


def explained(code: str) -> Explained | None:
    """What a code means; None if there is none such."""
    if code not in TITLES:
        return Explained(code, "", CODES[code], "") if code in CODES else None
    rules = [rule for rule in RULES if rule.code == code]
    levels = list(dict.fromkeys(rule.level for rule in rules))
    texts = [_told(rule, mixed=len(levels) > 1) for rule in rules] or [UNCHECKED[code]]
    return Explained(code, " or ".join(levels), TITLES[code], "\n\n".join(texts))


def _told(rule: Rule, *, mixed: bool) -> str:
    """What a rule says of itself; of a code with rules of both levels, with its own."""
    text = _joined(getdoc(rule.check) or "")
    level = f"{rule.level.capitalize()}: " if mixed else ""
    return f"{level}{text}" + f"\n\n{ALONE}" * rule.house


def _joined(text: str) -> str:
    """Paragraphs with each on one line."""
    return "\n\n".join(" ".join(part.split()) for part in text.replace("``", "`").split("\n\n"))
