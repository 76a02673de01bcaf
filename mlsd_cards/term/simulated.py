"""A comparison of simulated studies: a table, or sentences where there is no room for one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from mlsd_cards.term.line import Span
from mlsd_cards.term.report import Report

if TYPE_CHECKING:
    from mlsd_cards.simulation.course import Study
    from mlsd_cards.simulation.outcome import Estimate, Outcome

INDENT = "  "

LEGEND = (
    ("reviews", "first answers a day to cards begun before; ± is the 95 % interval"),
    ("peak", "reviews of the fullest day"),
    ("min", "minutes a day, with new cards and what is repeated the same day"),
    ("recall", "share of reviews that were remembered"),
    ("day …", "cards known in the morning after so many days: the sum of their chances of recall"),
    ("+90 d", "what is left 90 days after the last of these if nothing is reviewed meanwhile"),
    ("=sm2", "FSRS at the retention that leaves as much known, on average over all days, as SM-2"),
    ("fitted", "FSRS that knows this learner's memory exactly: the most that a fit can reach"),
)


def tell(outcomes: list[Outcome], study: Study, date: str, report: Report) -> None:
    """Print the comparison, what it means last, where a terminal stays; ``date`` is that of the
    interview if it was named."""
    if not report.is_terminal:
        for fields in records(outcomes, study):
            report.record(*fields)
        return
    when = f"; the day is {date}, day {study.date}" if date else ""
    report.say(
        f"{study.cards:,} cards, {study.new} new a day, {_plural(study.days, 'day')}, "
        f"{_plural(study.seeds, 'seed')}{when}."
    )
    report.gap()
    for word, meaning in (*LEGEND, *sweeps(outcomes, study)):
        report.say(meaning, f"{word:9}", "dim")
    for learner, group in groupby(outcomes, lambda one: one.learner):
        rows = list(group)
        report.gap()
        report.say(learner.title, style="bold")
        table = [heading(study), *(cells(one, study) for one in rows)]
        _draw([tuple(map(report.glyphs.typed, row)) for row in table], report)
        for sentence in verdict(rows):
            report.say(sentence)


def _draw(table: list[tuple[str, ...]], report: Report) -> None:
    """A line a row if all fit, else a paragraph a row."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    head, *rows = table
    gaps = (report.room - sum(widths)) // (len(widths) - 1)
    if gaps < 1:
        for label, *values in rows:
            report.say(label, style="bold")
            told = (f"{name} {value}" for name, value in zip(head[1:], values, strict=True))
            report.say("; ".join(told), INDENT)
        return
    for number, (label, *values) in enumerate(table):
        right = (value.rjust(width) for value, width in zip(values, widths[1:], strict=True))
        line = (" " * min(gaps, 2)).join((label.ljust(widths[0]), *right))
        report.line((Span(line, "" if number else "dim"),))


def heading(study: Study) -> tuple[str, ...]:
    """The names of the columns."""
    days = (f"day {day}" for day in thirds(study))
    return ("", "reviews", "peak", "min", "recall", *days, "+90 d")


def cells(one: Outcome, study: Study) -> tuple[str, ...]:
    """An outcome as the cells of its row."""
    *before, _ = (f"{one.days.known[day - 1]:,.0f}" for day in thirds(study))
    return (
        label(one),
        _ranged(one.reviews, 1),
        f"{one.peak.mean:,.0f}",
        f"{one.minutes.mean:.1f}",
        _share(one.retained.mean) if one.retained else "–",
        *before,
        _ranged(one.known, 0),
        f"{one.later.mean:,.0f}",
    )


def thirds(study: Study) -> list[int]:
    """The days for which is said what is known: the last is that of the interview."""
    return sorted({max(1, study.date * part // 3) for part in (1, 2, 3)})


def label(one: Outcome) -> str:
    """A way of scheduling in a few words."""
    retention, sweep = one.policy.retention, one.policy.sweep
    name = "sm2"
    if retention is not None:
        fsrs = "fitted" if one.policy.fitted else "fsrs"
        name = f"{fsrs} {_share(retention).removesuffix('0')}"
    return name + ("=sm2" if one.equal else ", sweep" if sweep else "")


def sweeps(outcomes: list[Outcome], study: Study) -> Iterator[tuple[str, str]]:
    """What a sweep is, if one was tried, and how many cards it leaves no time for."""
    if longest := max(one.policy.sweep for one in outcomes):
        told = f"in the last {_plural(longest, 'day')} every card once, and nothing new"
        begun, without = (
            min(study.cards, study.new * days) for days in (study.date - longest, study.date)
        )
        if begun < without:
            told += f": {begun:,} cards are begun instead of {without:,}"
        yield "sweep", told


def verdict(rows: list[Outcome]) -> Iterator[str]:
    """What the rows say in which as much is known as with SM-2."""
    from mlsd_cards.simulation.outcome import FEWEST_SEEDS  # which brings numpy

    equal = [one for one in rows if one.equal]
    if not equal:
        yield "No retention was found at which FSRS leaves as much known as SM-2."
    for one in equal:
        if one.fewer and one.quicker:
            who = "fitted to this learner, FSRS" if one.policy.fitted else "FSRS"
            told = f"{_beside(one.fewer, 'reviews')} and {_beside(one.quicker, 'minutes')}"
            yield f"Where as much is known as with SM-2, {who} asks for {told}."
    if any(one.fewer and one.fewer.margin is None for one in equal):
        yield f"How much of that is chance takes {FEWEST_SEEDS} seeds to say: --seeds 10"


def _beside(saved: Estimate, what: str) -> str:
    """How much less it is, or more."""
    percent, margin = 100 * saved.mean, saved.margin
    word = "fewer" if percent >= 0 else "more"
    told = f"{abs(percent):.1f} % {word} {what}"
    if margin is None:
        return told
    return told + (
        f" (±{100 * margin:.1f}, which may be chance)"
        if 100 * margin >= abs(percent)
        else f" (±{100 * margin:.1f})"
    )


def records(outcomes: list[Outcome], study: Study) -> Iterator[tuple[object, ...]]:
    """The table as fields, the names of which come first."""
    yield ("learner", "policy", *heading(study)[1:])
    for one in outcomes:
        yield (one.learner.name, *cells(one, study))


def _ranged(estimate: Estimate, digits: int) -> str:
    mean = f"{estimate.mean:,.{digits}f}"
    return mean if estimate.margin is None else f"{mean} ±{estimate.margin:.{max(digits, 1)}f}"


def _share(value: float) -> str:
    """A share without its nought: .898."""
    return f"{value:.3f}".lstrip("0")


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
