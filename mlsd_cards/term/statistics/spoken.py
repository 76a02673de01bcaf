"""Figures in whole sentences, for those who listen and for logs."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.schedule.day import iso
from mlsd_cards.store.tally import Tally
from mlsd_cards.study.statistics.heat import WEEKS
from mlsd_cards.study.statistics.overview import Overview, Practised
from mlsd_cards.study.statistics.share import FEW, Share
from mlsd_cards.term.statistics.words import duration, plural


def sentences(made: Overview) -> Iterator[str]:
    """All of it, a fact a sentence."""
    done = made.practised
    yield f"Today: {_answers(done.today)}."
    yield (
        f"You have answered {plural(done.streak.current, 'day')} in a row; the longest row is "
        f"{plural(done.streak.longest, 'day')}."
    )
    yield f"Since {iso(done.since)}: {_answers(done.whole)}, on {plural(done.studied, 'day')}."
    yield _heat(done)
    yield from _due(made)
    yield from _retention(done)
    yield from _hard(made)
    yield from _quizzes(made)
    yield from _interviews(made)


def _answers(tally: Tally) -> str:
    if not tally.answers:
        return "no answers"
    percent = round(100 * tally.right / tally.answers)
    return (
        f"{plural(tally.answers, 'answer')}, {tally.right:,} of them right, which is {percent} %, "
        f"{tally.new:,} to new cards, in {duration(tally.took)}"
    )


def _heat(done: Practised) -> str:
    days = done.heat
    return (
        f"In the last {WEEKS} weeks you answered on {days.studied} of "
        f"{plural(len(days.answers), 'day')}; the busiest had {plural(days.busiest, 'answer')}."
    )


def _due(made: Overview) -> Iterator[str]:
    ahead = made.forecast
    late = f", {ahead.overdue:,} of them overdue" if ahead.overdue else ""
    yield f"Due today: {plural(ahead.overdue + ahead.due[0], 'card')}{late}."
    week, all_of_it = sum(ahead.due[1:8]), sum(ahead.due[1:])
    days = len(ahead.due) - 1
    yield (
        f"Tomorrow {plural(ahead.due[1], 'card')}, {week:,} in the next 7 days, "
        f"{all_of_it:,} in the next {days}."
    )


def _retention(done: Practised) -> Iterator[str]:
    kept = done.retention
    known = kept.young + kept.mature
    if known.percent is None:
        yield (
            f"How much you remember cannot be told yet: {plural(known.of, 'answer')} "
            f"after a day or more, and it takes {FEW}."
        )
        return
    yield f"You remember {known.percent} % of {known.of:,} cards asked again."
    yield f"Left for less than 21 days: {_share(kept.young)}. For more: {_share(kept.mature)}."
    if len(kept.weakest) > 1:
        topics = ", ".join(f"{name} {percent} %" for name, percent in kept.weakest[:3])
        yield f"The weakest topics: {topics}."


def _share(part: Share) -> str:
    if part.percent is None:
        return f"too few to tell, {part.of} of {FEW}"
    return f"{part.percent} % of {part.of:,}"


def _hard(made: Overview) -> Iterator[str]:
    if made.hardest:
        cards = ", ".join(f"{one.card} {plural(one.lapses, 'time')}" for one in made.hardest)
        yield f"Forgotten most often: {cards}."
    if made.leeches:
        cards = "1 card is a leech" if made.leeches == 1 else f"{made.leeches:,} cards are leeches"
        yield f"{cards}: better reworded than repeated."


def _quizzes(made: Overview) -> Iterator[str]:
    if not made.quizzes or not made.quizzes.scores:
        return
    scores = ", ".join(f"{one.percent} %" for one in made.quizzes.scores[-6:])
    yield f"Your latest quizzes, the last one last: {scores}."
    for one in made.quizzes.calibration.levels if made.quizzes.calibration else ():
        if one.answers:
            judged = f", {one.words}" if one.answers >= FEW else ""
            right = f"{one.right} of {one.answers} were right{judged}"
            yield f"When you said “{one.certainty.words}”, {right}."


def _interviews(made: Overview) -> Iterator[str]:
    for one in made.interviews.steps[:3] if made.interviews else ():
        times = plural(one.attempts, "interview")
        yield f"In {times}, {one.step} had {one.points} of {one.of} points, {one.percent} %."
