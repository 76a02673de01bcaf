"""Figures as lines of a terminal: some facts, a map of the days beside what is due, more facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from mlsd_cards.study.statistics.forecast import Forecast
from mlsd_cards.study.statistics.heat import HeatMap
from mlsd_cards.study.statistics.overview import Overview
from mlsd_cards.study.statistics.period import WEEK
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph, size
from mlsd_cards.term.statistics.words import Fact, first, plural, then
from mlsd_cards.term.wrap import width

WIDE = 79
"""From so many cells on a line the map has two cells a day and the forecast stands beside it."""

FEW = 4
"""So many pieces a fact has where they take lines."""

LABEL = 11
MARGIN = 5
"""The cells of a label, and of a weekday before the map."""

BAR = 7
"""The cells of the longest bar."""

MONDAY = date(1970, 1, 5)
EPOCH = date(1970, 1, 1).toordinal()
STYLES = ("dim", "warm", "warm", "right", "right")
"""How the shades look where there is colour; the signs say the same without."""


def lines(made: Overview, room: int, glyphs: Glyphs) -> Iterator[Line]:
    """All of it in lines of at most ``room`` cells."""
    wide = room >= WIDE
    for fact in first(made):
        yield from _fact(fact, room, glyphs, wide)
    yield ()
    heat = list(_heat(made.practised.heat, 2 if wide else 1, glyphs))
    due = list(_due(made.forecast, glyphs))
    if wide:
        yield from _beside(heat, due)
    else:
        yield from (*heat, (), *due)
    yield ()
    for fact in then(made):
        yield from _fact(fact, room, glyphs, wide)


def _fact(fact: Fact, room: int, glyphs: Glyphs, wide: bool) -> list[Line]:
    """A fact; where there is room for a line only, without the pieces that do not fit."""
    lead = (Span(f"{fact.label:<{LABEL}}", "bold"),)
    pieces = [glyphs.flat(piece) for piece in fact.pieces]
    if not wide:
        pieces = pieces if fact.between == " " else pieces[:FEW]
    else:
        while len(pieces) > 1 and LABEL + width(fact.between.join(pieces)) > room:
            pieces.pop(-2 if pieces[-1] == "%" else -1)
    return paragraph(fact.between.join(pieces), room, "", lead)


def _beside(left: list[Line], right: list[Line]) -> Iterator[Line]:
    """Two blocks side by side."""
    column = max(map(size, left)) + 3
    for one, other in zip_longest(left, right, fillvalue=()):
        yield (*one, Span(" " * (column - size(one))), *other) if other else one


def _heat(heat: HeatMap, cells: int, glyphs: Glyphs) -> Iterator[Line]:
    """The map: months, a row a weekday, and what the signs mean."""
    yield (Span(" " * MARGIN + _months(heat, cells), "dim"),)
    for weekday, row in enumerate(heat.rows):
        name = f"{_day(weekday - 3):<{MARGIN}}" if weekday % 2 == 0 else " " * MARGIN
        shades = (_shade(heat, count, glyphs, cells) for count in row)
        yield (Span(name, "dim"), *shades)
    yield _legend(heat, glyphs)


def _shade(heat: HeatMap, count: int | None, glyphs: Glyphs, cells: int) -> Span:
    if count is None:
        return Span(" " * cells)
    level = heat.level(count)
    return Span(f"{glyphs.shades[level]:<{cells}}", STYLES[level])


def _months(heat: HeatMap, cells: int) -> str:
    """The name of a month above the week in which it begins."""
    told = ""
    for week in range(len(heat.answers) // WEEK + 1):
        last = date.fromordinal(EPOCH + heat.first + WEEK * week + WEEK - 1)
        if last.day <= WEEK and len(told) <= cells * week:
            told = f"{told:<{cells * week}}{last:%b} "
    return told.rstrip()


def _legend(heat: HeatMap, glyphs: Glyphs) -> Line:
    """Which sign stands for how many answers."""
    told = [Span(f"{glyphs.shades[0]} 0", "dim")]
    below = 0
    for level, most in enumerate(heat.most, 1):
        if most > below:
            words = f"{below + 1}" if most == below + 1 else f"{below + 1}{glyphs.dash}{most}"
            told.append(Span(f"  {glyphs.shades[level]}", STYLES[level]))
            told.append(Span(f" {words}", "dim"))
        below = max(below, most)
    return tuple(told)


def _due(ahead: Forecast, glyphs: Glyphs) -> Iterator[Line]:
    """What is due on the next seven days, each as a bar; and in the weeks of the forecast."""
    week = [ahead.overdue + ahead.due[0], *ahead.due[1:WEEK]]
    most = max(1, *week)
    yield (Span("Due", "bold"), Span(f"  {ahead.overdue:,} of it late" if ahead.overdue else ""))
    for away, cards in enumerate(week):
        name = _day(ahead.first + away) if away else "now"
        bar = glyphs.full * (-(-BAR * cards // most))
        yield (Span(f"{name:<4}{cards:>6,} "), Span(bar, "dim"))
    yield (Span(f"{sum(ahead.due) + ahead.overdue:,} in {plural(len(ahead.due), 'day')}", "dim"),)


def _day(day: int) -> str:
    """The short name of a study day's weekday."""
    return f"{date.fromordinal(EPOCH + day):%a}"
