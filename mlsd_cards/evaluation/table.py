"""A review log as a table of commas, read with distrust. Pure.

Columns are found by their names. Rows may stand in any order and twice, which is said; what could
be meant in two ways is refused with its line.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import NamedTuple

from mlsd_cards.errors import UserError
from mlsd_cards.evaluation.past import Answer, Past
from mlsd_cards.schedule.state import GRADE_OF_BUTTON

CARD, RATING, TIME, DURATION = "card_id", "review_rating", "review_time", "review_duration"
NEEDED = (CARD, RATING, TIME)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_YEAR = 2999
"""Years after 1970 and up to this are times of reviews; others are slips, and some have no date."""

LONGEST = 40
"""Characters of a value that a message shows."""

StudyDay = Callable[[int], int]
"""The study day of an instant (ms UTC)."""


class Row(NamedTuple):
    """A row of the table, and the line on which it ends."""

    answer: Answer
    line: int


def read(data: bytes, name: str, study_day: StudyDay) -> tuple[Past, list[str]]:
    """The answers in the table, and what is to be said of it; ``UserError`` names the line."""
    rows = list(_rows(_text(data, name), name, study_day))
    if not rows:
        raise UserError(f"{name} has no reviews", "A row each is expected below the names.")
    early = [row.line for before, row in pairwise(rows) if row.answer.at < before.answer.at]
    rows.sort(key=lambda row: row.answer.at)
    kept, repeated = _once(rows, name)
    notes = [
        f"{name}:{lines[0]} {what}{_more(lines)}; {then}"
        for lines, what, then in (
            (early, "is earlier than the row before", "the rows were put in the order of time"),
            (repeated, "repeats a row", "each review counts once"),
        )
        if lines
    ]
    return Past.of(kept), notes


def _more(lines: list[int]) -> str:
    """How many there are beside the first."""
    return f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError(f"{name}:{line} is not UTF-8", "Save the file as UTF-8.") from error


def _rows(text: str, name: str, study_day: StudyDay) -> Iterator[Row]:
    """The rows below the names, empty lines passed over."""
    reader = csv.reader(StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        missing = [column for column in NEEDED if column not in header]
        if missing:
            has = ", ".join(filter(None, header))
            what = f":1 has no column {' and no '.join(missing)}, but {has}" if has else " is empty"
            columns = ", ".join((*NEEDED, DURATION))
            raise UserError(
                f"{name}{what}",
                f"The first line names the columns {columns}, with commas between them.",
            )
        places = [header.index(column) for column in NEEDED]
        for cells in reader:
            if any(map(str.strip, cells)):
                yield Row(_answer(cells, places, study_day), reader.line_num)
    except csv.Error as error:
        raise UserError(f"{name}:{reader.line_num} cannot be read: {error}") from error
    except CellError as error:
        raise UserError(f"{name}:{reader.line_num} {error}", error.remedy) from error


class CellError(Exception):
    """What is wrong with a cell, and what belongs there."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.remedy = remedy


def _answer(cells: list[str], places: list[int], study_day: StudyDay) -> Answer:
    values = [cells[place].strip() if place < len(cells) else "" for place in places]
    for column, value in zip(NEEDED, values, strict=True):
        if not value:
            raise CellError(f"has no {column}")
    card, rating, time = values
    if rating not in {"1", "2", "3", "4"}:
        remedy = "Ratings are 1 Again, 2 Hard, 3 Good, 4 Easy."
        raise CellError(f"has the {RATING} {_quoted(rating)}", remedy)
    at = _instant(time)
    return Answer(card, at, study_day(at), GRADE_OF_BUTTON[int(rating)])


def _instant(text: str) -> int:
    """A time as UTC in milliseconds."""
    example = "A time is written as 2026-11-21T18:30:00Z."
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"has the {TIME} {_quoted(text)}, which is no ISO time", example) from error
    if time.tzinfo is None:
        raise CellError(f"has the {TIME} {_quoted(text)}, which has no time zone", example)
    if not EPOCH.year < time.year <= LAST_YEAR:
        raise CellError(f"has a {TIME} in the year {time.year}", example)
    return (time - EPOCH) // timedelta(milliseconds=1)


def _quoted(text: str) -> str:
    """A value as a message has it: not all of a very long one."""
    return repr(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")


def _once(rows: list[Row], name: str) -> tuple[list[Answer], list[int]]:
    """The answers without repetitions, and the lines of these. Two ratings of a card at one time
    contradict each other."""
    first: dict[tuple[str, int], Row] = {}
    kept, repeated = [], []
    for row in rows:
        answer, line = row
        other = first.setdefault((answer.card, answer.at), row)
        if other is row:
            kept.append(answer)
        elif other.answer == answer:
            repeated.append(line)
        else:
            raise UserError(
                f"{name}:{line} and {name}:{other.line} rate one card at one time differently",
                "Remove the one that is wrong.",
            )
    return kept, sorted(repeated)
