"""The words in which a screen tells figures: a label, and what it says in pieces of a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlsd_cards.schedule.day import iso
from mlsd_cards.store.tally import Tally
from mlsd_cards.study.statistics.overview import Overview, Practised
from mlsd_cards.study.statistics.period import Period
from mlsd_cards.study.statistics.share import FEW, Share

WEEKS = 8
"""So many weeks of retention stand in a row."""

NONE = "–"
"""Stands for a week with too few answers."""

WEAKEST = 5
"""So many topics are named."""

LATEST = 6
"""So many scores stand in a row."""


class Fact(NamedTuple):
    """A line: what it is about, and its pieces, the ones that matter most first; the last may be
    left out."""

    label: str
    pieces: list[str]
    between: str = ", "


def plural(count: int, noun: str) -> str:
    """The noun with its number."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def duration(ms: int) -> str:
    """Seconds, minutes, or hours from two on."""
    seconds = ms / 1000
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:,.0f} h"


def share(part: Share) -> str:
    """``91 % of 210``, unless these are too few."""
    if part.percent is None:
        return f"too few to tell ({part.of})"
    return f"{part.percent} % of {part.of:,}"


def answers(tally: Tally) -> list[str]:
    """How many answers, of which so many right and new, and their time."""
    told = [plural(tally.answers, "answer")]
    if tally.answers:
        told.append(f"{tally.right:,} right ({round(100 * tally.right / tally.answers)} %)")
        told += [f"{tally.new:,} new", duration(tally.took)]
    return told


def first(made: Overview) -> Iterator[Fact]:
    """What stands above the map."""
    done = made.practised
    yield Fact("Today", answers(done.today) if done.today.answers else ["nothing answered yet"])
    row = done.streak
    yield Fact("Streak", [plural(row.current, "day"), f"the longest {row.longest:,}"])
    yield Fact("In all" if done.everything else "Lately", _whole(done))


def _whole(done: Practised) -> list[str]:
    """``3,120 answers on 48 days since 2026-09-28``, and the rest."""
    if not done.whole.answers:
        return ["no answers"]
    count, *others = answers(done.whole)
    days = f"{count} on {plural(done.studied, 'day')} since {iso(done.since)}"
    return [days, *reversed(others[-1:]), *others[:-1]]


def then(made: Overview) -> Iterator[Fact]:
    """What stands below the map."""
    kept = made.practised.retention
    known = kept.young + kept.mature
    if known.percent is None:
        yield Fact("Retention", [_few(known)])
    else:
        yield Fact("Retention", [f"young {share(kept.young)}", f"mature {share(kept.mature)}"])
        weeks = [*map(_week, kept.weeks[-WEEKS:])]
        if set(weeks) != {NONE}:
            yield Fact("By week", [*weeks, "%"], " ")
    if len(kept.weakest) > 1:
        topics = [f"{name} {percent} %" for name, percent in kept.weakest[:WEAKEST]]
        yield Fact("Weakest", topics)
    if made.hardest:
        worst, *others = made.hardest
        cards = [f"{worst.card} forgotten {plural(worst.lapses, 'time')}"]
        cards += [f"{one.card} {one.lapses}" for one in others]
        many = [plural(made.leeches, "leech").replace("leechs", "leeches")] if made.leeches else []
        yield Fact("Hardest", [*many, *cards])
    yield from _quizzes(made)
    yield from _interviews(made)


def _few(known: Share) -> str:
    """Why nothing is said yet."""
    return f"too few answers to tell: {known.of} of {FEW} after a day or more"


def _week(week: Period) -> str:
    percent = week.retention.percent
    return NONE if percent is None else str(percent)


def _quizzes(made: Overview) -> Iterator[Fact]:
    if not made.quizzes or not made.quizzes.scores:
        return
    scores = [str(one.percent) for one in made.quizzes.scores[-LATEST:]]
    count = len(made.quizzes.scores)
    yield Fact("Quizzes", [" ".join(scores) + " %", f"the latest last of {count}"])
    if judged := made.quizzes.calibration:
        told = [
            f"{one.certainty.words} {one.right} of {one.answers} right: {one.words}"
            if one.answers >= FEW
            else f"{one.certainty.words} {one.right} of {one.answers} right"
            for one in judged.levels
            if one.answers
        ]
        yield Fact("When asked", told, "; ")


def _interviews(made: Overview) -> Iterator[Fact]:
    if not made.interviews or not made.interviews.steps:
        return
    lost = [f"{one.step} {one.percent} %" for one in made.interviews.steps]
    yield Fact("Interviews", ["weakest steps: " + lost[0], *lost[1:]])
