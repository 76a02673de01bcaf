"""The codes of what can be wrong in a file, and the list that collects the findings of one file."""

from __future__ import annotations

from mlsd_cards.cards.problem import Problem

CODES = {
    # Y: reading the file as YAML text
    "Y01": "the file is no text, or too large",
    "Y02": "a byte that is not UTF-8",
    "Y03": "a control character",
    "Y04": "the file is saved as UTF-16",
    "Y05": "an invisible line separator inside a line",
    "Y06": "not valid YAML",
    "Y07": "a tab where YAML wants spaces",
    "Y08": "nested too deeply",
    "Y09": "an anchor or an alias",
    "Y10": "a YAML tag",
    "Y11": "a key given twice",
    "Y12": "a key that is no plain text",
    "Y13": "a second document in the file",
    "Y14": "more findings of one code than are listed",
    # F: the fields of anything
    "F01": "an unknown field",
    "F02": "a field is missing",
    "F03": "a value of the wrong shape",
    "F04": "an empty value",
    "F05": "a text that is too long",
    "F06": "a value out of its range",
    "F07": "one field under two names",
    # D: a deck
    "D00": "the file cannot be opened",
    "D01": "the file has no content",
    "D02": "the file is no mapping",
    "D03": "there is no list of cards",
    "D04": "a malformed deck name",
    "D05": "a deck without cards",
    # C: a card
    "C01": "an id of the wrong form",
    "C02": "an id used twice",
    "C03": "an unknown type",
    "C04": "no type can be told from the fields",
    "C05": "the number of right options",
    "C06": "too few options, or one given twice",
    "C07": "the deletions of a cloze",
    "C08": "an unknown generator",
    "C09": "the parameters of a generator",
    "C10": "too few or too many items, or one given twice",
    "C11": "the sides or the rows of a comparison",
    "C12": "the drawing of a diagram",
    "C13": "the steps of a rubric",
    "C14": "the minutes of a rubric do not add up",
    # I: which card it is
    "I01": "a card was edited and keeps its history",
    "I02": "a card that may have been another one begins anew",
    "I03": "an id that begins anew, though the card had a history under another",
    # O: overrides of bundled cards
    "O01": "the bundled card has changed since it was copied",
    "O02": "there is no bundled card to replace",
    # P: the preferences in config.toml
    "P00": "the file cannot be opened",
    "P01": "not valid TOML",
    "P02": "an unknown option, or a table",
    "P03": "a value that the option cannot have",
    "P04": "an option set twice",
    "P05": "an option that is kept in the log",
    "P06": "a deck that is not there",
    # S: the list of sources
    "S01": "there is no mapping of sources",
    "S02": "a key under which the library has another work",
}

REPEATED = "C02"

LISTED = 1000  # of one code in one file; a broken file must not fill the memory with complaints


class Findings:
    """The problems of one file, collected in any order and listed by place, each once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[str, list[Problem]] = {}
        self._more: dict[str, int] = {}
        self._count = 0

    def add(self, line: int, column: int, code: str, message: str, level: str = "error") -> None:
        """Keep a problem at ``line`` and ``column``, both from 1."""
        self._count += 1
        kept = self._problems.setdefault(code, [])
        if len(kept) < LISTED:
            kept.append(Problem(self.file, line, column, code, message, level))
        else:
            self._more[code] = self._more.get(code, 0) + 1

    def is_full(self, code: str) -> bool:
        """Whether another finding of the code will only be counted."""
        return len(self._problems.get(code, ())) >= LISTED

    def __len__(self) -> int:
        return self._count

    def listed(self) -> list[Problem]:
        """All problems in the order of the file."""
        for code, count in self._more.items():
            last = self._problems[code][-1]
            message = f"{count:,} more findings of {code} are not listed; put the listed ones right"
            more = Problem(self.file, last.line, last.column, "Y14", message, last.level)
            self._problems.setdefault("Y14", []).append(more)
        self._more.clear()
        return sorted({problem for kept in self._problems.values() for problem in kept})
