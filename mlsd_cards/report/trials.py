"""The sections of quizzes and interviews: scores one after the other, how well one judged one's own
answers, which steps lose points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlsd_cards.cards.certainty import SCHEMES, Judgement, Summary
from mlsd_cards.report import charts
from mlsd_cards.report.charts import Level, Point
from mlsd_cards.report.element import bar, below, text
from mlsd_cards.report.picture import picture
from mlsd_cards.report.section import Section, Table
from mlsd_cards.schedule.day import iso
from mlsd_cards.study.statistics.interviews import Interviews, Step
from mlsd_cards.study.statistics.quizzes import Quizzes
from mlsd_cards.study.statistics.share import FEW, Share

LATEST = 30
"""So many scores are drawn."""


def quizzes(told: Quizzes) -> Iterator[Section]:
    """The scores, and how well one judged one's own answers."""
    heading, scores = "Quizzes", told.scores
    rows = [
        [below(text(iso(one.day)), one.title), text(one.questions), text(f"{one.percent} %")]
        for one in scores
    ]
    numbers = Table(heading, ("Day, and what was asked", "Questions", "Score"), rows[::-1])
    yield _trend("quizzes", heading, "quiz", [one.percent for one in scores], numbers)
    if told.calibration:
        yield calibration(told.calibration)


def calibration(judged: Summary) -> Section:
    """How sure one was, and how right."""
    heading = "How sure, and how right"
    used = [one for one in judged.levels if one.answers]
    known = {one.certainty for one in used if one.answers >= FEW}
    if not known:
        counts = ", ".join(f"“{one.certainty.words}” {one.answers}" for one in used)
        words = f"Too few answers to tell: it takes {FEW} of a level. So far: {counts or 'none'}."
        return Section("certainty", heading, (words,))
    said = "; ".join(
        f"“{one.certainty.words}”: {100 * (one.accuracy or 0):.0f} % of {one.answers}, {one.words}"
        for one in used
        if one.certainty in known
    )
    note = (
        "The field is where it pays to say so, the diamond what share was right, its line where "
        "the true share may lie (95 %)."
    )
    levels = [_level(one, is_known=one.certainty in known) for one in judged.levels]
    svg = picture(
        "certainty-picture", heading, f"{said}. {note}", charts.calibration(levels), height=150
    )
    rows = [
        [
            text(one.certainty.words),
            text(f"{one.right} of {one.answers}"),
            text("–" if one.accuracy is None else f"{100 * one.accuracy:.0f} %"),
            text(one.words if one.certainty in known else "too few to tell"),
        ]
        for one in judged.levels
    ]
    head = ("You said", "Right", "Score", "That was")
    numbers = Table(heading, head, rows)
    return Section("certainty", heading, (f"{said}.", note), svg, numbers=numbers)


def _level(one: Judgement, *, is_known: bool) -> Level:
    scheme, was = SCHEMES[one.certainty], None
    if is_known and one.accuracy is not None:
        low, high = Share(round(one.accuracy * one.answers), one.answers).interval
        was = Point(0, 100 * one.accuracy, 100 * low, 100 * high)
    return Level(one.certainty.words, 100 * scheme.low, 100 * scheme.high, was)


def interviews(told: Interviews) -> Iterator[Section]:
    """The scores of whole interviews, and the steps."""
    heading = "Interviews"
    rows = [[text(iso(day)), text(f"{percent} %")] for day, percent in told.scores]
    numbers = Table(heading, ("Day", "Score"), rows[::-1])
    scores = [percent for _, percent in told.scores]
    yield _trend("interviews", heading, "whole interview", scores, numbers)
    if told.steps:
        yield steps(told.steps)


def steps(told: Sequence[Step]) -> Section:
    """What each step of an interview had of its points, a bar a row."""
    heading = "Interview steps"
    rows = [
        [
            text(one.step) + bar(one.percent),
            text(f"{one.percent} %"),
            text(f"{one.points} of {one.of}"),
            text(one.attempts),
        ]
        for one in told
    ]
    head = ("Step", "Had", "Points", "Attempts")
    said = "The part of its points that each step had, the one that loses most first."
    return Section("steps", heading, (said,), shown=Table(heading, head, rows))


def _trend(name_: str, heading: str, noun: str, scores: Sequence[int], numbers: Table) -> Section:
    """Scores one after the other; a single one is no line."""
    if len(scores) < 2:
        only = f"One {noun}: {scores[0]} %." if scores else f"No {noun} has been scored yet."
        words = f"{only} From the second on there is a line."
        return Section(name_, heading, (words,))
    plurals = "quizzes" if noun == "quiz" else f"{noun}s"
    shown = scores[-LATEST:]
    said = f"{len(scores)} {plurals}: the latest {scores[-1]} %, the best {max(scores)} %."
    first = len(scores) - len(shown) + 1
    note = "The score of each, numbered from the first"
    note += f"; the latest {len(shown)} are drawn." if len(shown) < len(scores) else "."
    svg = picture(f"{name_}-picture", heading, f"{said} {note}", charts.scores(shown, first))
    return Section(name_, heading, (said, note), svg, numbers=numbers)
