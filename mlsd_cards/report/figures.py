"""The sections that the figures of ``study/statistics`` give. Where there is too little to draw, a
section says how much there is and how much it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd_cards.report import charts, trials
from mlsd_cards.report.charts import Point, Stack, day_month
from mlsd_cards.report.element import bar, below, name, text
from mlsd_cards.report.picture import picture
from mlsd_cards.report.section import Section, Table
from mlsd_cards.schedule.day import iso
from mlsd_cards.store.tally import total
from mlsd_cards.study.statistics.overview import Overview
from mlsd_cards.study.statistics.period import WEEK, Period
from mlsd_cards.study.statistics.share import FEW, Share
from mlsd_cards.term.statistics.words import plural, share

MOST_POINTS = 40
"""A line of more points shows noise: weeks are put together."""

WEAKEST = 6
"""So many topics stand in the open; the others open."""


def sections(made: Overview) -> Iterator[Section]:
    """All of them, in the order of the page."""
    yield retention(made)
    yield forecast(made)
    yield heat(made)
    if made.practised.retention.topics:
        yield topics(made)
    if made.quizzes:
        yield from trials.quizzes(made.quizzes)
    if made.interviews:
        yield from trials.interviews(made.interviews)
    if made.hardest:
        yield hardest(made)


# what is remembered


def retention(made: Overview) -> Section:
    """Retention over time."""
    kept = made.practised.retention
    periods = grouped(kept.weeks)
    told = [one for one in periods if one.retention.percent is not None]
    known = kept.young + kept.mature
    heading = "Retention over time"
    if len(told) < 2:
        where = "in any week" if known.of >= FEW else ""
        return Section("retention", heading, (_too_little(known, where), RETENTION))
    weeks = told[0].days // WEEK
    each = "a week" if weeks == 1 else f"{weeks} weeks"
    first, last = told[0].retention, told[-1].retention
    said = (
        f"You remember {known.percent} % of what is asked again: young cards {share(kept.young)}, "
        f"mature ones {share(kept.mature)}."
    )
    drawn = (
        f"A point for {each}, from {first.percent} % in the first to {last.percent} % in the "
        "last; its line shows where the true share may lie (95 %)."
    )
    left_out = len(periods) - len(told)
    if left_out:
        drawn += f" Without {left_out} that {'has' if left_out == 1 else 'have'} too few answers."
    svg = picture(
        "retention-picture", heading, f"{said} {drawn}", charts.retention([*map(_point, told)])
    )
    rows = [
        [
            text(iso(one.first)),
            text(f"{one.retention.percent} %"),
            text(_interval(one.retention)),
            text(f"{one.retention.of:,}"),
        ]
        for one in told
    ]
    head = ("From", "Right", "May be", "Of")
    return Section(
        "retention", heading, (said, drawn, RETENTION), svg, numbers=Table(heading, head, rows)
    )


RETENTION = (
    "Counted are answers to cards that were left for a day or more; young: for less than 21 days."
)


def grouped(weeks: Sequence[Period]) -> list[Period]:
    """The weeks, as many put together each time as leave no more than ``MOST_POINTS``; the first
    group may be shorter, so that the last is whole."""
    size = -(-len(weeks) // MOST_POINTS) or 1
    starts = range(len(weeks) % size or size, len(weeks) + 1, size)
    groups = [weeks[max(0, end - size) : end] for end in starts]
    return [
        Period(group[0].first, size * WEEK, total(one.tally for one in group)) for group in groups
    ]


def _point(one: Period) -> Point:
    low, high = one.retention.interval
    part = one.retention
    return Point(one.first + one.days / 2, 100 * part.right / part.of, 100 * low, 100 * high)


def _interval(part: Share) -> str:
    low, high = part.interval
    return f"{100 * low:.0f}–{100 * high:.0f} %"


def _too_little(known: Share, where: str = "") -> str:
    if where:
        return f"Too few answers {where} to draw a line: it takes {FEW} a week, in two weeks."
    return f"Too few answers to tell: {known.of} of {FEW} to cards left for a day or more."


def topics(made: Overview) -> Section:
    """Retention by topic, a bar a row."""
    told = made.practised.retention.topics
    known = [one for one in told if one[1].percent is not None]
    heading = "Retention by topic"
    if not known:
        words = f"No topic has {FEW} answers to cards left for a day or more yet."
        return Section("topics", heading, (words,))
    head = ("Topic", "Right", "May be", "Of")
    rows = [
        [
            name(topic) + bar(100 * part.right / part.of),
            text(f"{part.percent} %"),
            text(_interval(part)),
            text(f"{part.of:,}"),
        ]
        for topic, part in known
    ]
    said = "The weakest first."
    if left := len(told) - len(known):
        said += f" Without {plural(left, 'topic')} of fewer than {FEW} answers."
    rest = Table(f"the other {len(rows) - WEAKEST} topics", head, rows[WEAKEST:])
    shown = Table(heading, head, rows[:WEAKEST])
    return Section("topics", heading, (said,), shown=shown, numbers=rest if rest.rows else None)


# what is before one, and what was done


def forecast(made: Overview) -> Section:
    """The cards due on each of the next days."""
    ahead = made.forecast
    days, heading = len(ahead.due), "Due in the next four weeks"
    if not ahead.overdue and not any(ahead.due):
        words = f"Nothing is due in the next {days} days: new cards wait in mlsd-cards review."
        return Section("forecast", heading, (words,))
    late = f", {ahead.overdue:,} of them overdue" if ahead.overdue else ""
    said = (
        f"{plural(ahead.overdue + ahead.due[0], 'card')} today{late}; {sum(ahead.due[1:8]):,} in "
        f"the 7 days after, {sum(ahead.due[1:]):,} in {days - 1}."
    )
    overdue = [ahead.overdue, *[0] * (days - 1)]
    svg = picture(
        "forecast-picture",
        heading,
        f"A bar a day. {said}",
        charts.bars(ahead.first, Stack(ahead.due, overdue, ("due", "overdue"))),
    )
    rows = [
        [text(iso(ahead.first + away)), text(f"{cards + overdue[away]:,}")]
        for away, cards in enumerate(ahead.due)
    ]
    note = "If nothing more is answered: what is learnt or forgotten meanwhile comes on top."
    return Section(
        "forecast", heading, (said, note), svg, numbers=Table(heading, ("Day", "Cards"), rows)
    )


def heat(made: Overview) -> Section:
    """The map of days."""
    days, heading = made.practised.heat, "Days of study"
    if not days.studied:
        words = f"No answer in the last {len(days.answers) // WEEK + 1} weeks."
        return Section("days", heading, (words,))
    row = made.practised.streak
    said = (
        f"{plural(row.current, 'day')} in a row now, {row.longest:,} at most. In these 26 weeks "
        f"you answered on {days.studied} of {plural(len(days.answers), 'day')}."
    )
    most = ", ".join(f"{count:,}" for count in days.most)
    note = (
        "A square a day, larger and stronger the more answers it has: up to "
        f"{most}. A dot is a day without."
    )
    svg = picture("days-picture", heading, f"{said} {note}", charts.heat(days), height=122)
    weeks = zip(*days.rows, strict=True)
    rows = [
        [
            text(day_month(days.first + WEEK * week)),
            *(text("" if count is None else count) for count in column),
        ]
        for week, column in enumerate(weeks)
    ]
    head = ("Week of", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    return Section("days", heading, (said, note), svg, numbers=Table(heading, head, rows[::-1]))


def hardest(made: Overview) -> Section:
    """The cards that were forgotten most often."""
    heading = "Hardest cards"
    said = "Forgotten most often."
    if made.leeches:
        leeches = "1 is a leech" if made.leeches == 1 else f"{made.leeches:,} are leeches"
        said += f" {leeches}, with eight or more: better reworded than repeated."
    rows = [[below(name(one.card), one.deck, one.topic), text(one.lapses)] for one in made.hardest]
    table = Table(heading, ("Card, deck and topic", "Times"), rows)
    return Section("hardest", heading, (said,), shown=table)
