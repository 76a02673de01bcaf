"""An interview in words: its result, and what both modes say alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlsd_cards.study.interview.attempt import FLAG, MUST, STRONG, Attempt, Item
from mlsd_cards.study.interview.clock import clock
from mlsd_cards.study.interview.interview import PROMPT, Interview
from mlsd_cards.study.interview.progress import weakest
from mlsd_cards.study.interview.score import MOST_STRONG, SCORED, Result, StepScore

KINDS = {MUST: "must", STRONG: "strong", FLAG: "red flag"}
"""What the rubric calls its lines."""

BAR = 10
"""The signs of a bar."""


class Words(NamedTuple):
    """A paragraph: ``text`` is card text if it is a ``card``'s, else as it is; ``lead`` begins it.
    A bar in the lead is for the eye only."""

    text: str
    lead: str = ""
    style: str = ""
    bar: str = ""
    card: bool = False


def bar(percent: int) -> str:
    """``[######----]``."""
    full = round(BAR * percent / 100)
    return f"[{'#' * full}{'-' * (BAR - full)}] "


def step_title(attempt: Attempt) -> str:
    """``step 3 of 7, data``, or the name alone of a step that is rehearsed by itself."""
    if attempt.only is not None:
        return f"step {attempt.at + 1}, {attempt.step}"
    return f"step {attempt.at + 1} of {len(attempt.spent)}, {attempt.step}"


def place(attempt: Attempt, item: Item) -> str:
    """``must 2 of 4``."""
    alike = [one for one in attempt.items if one[:2] == item[:2]]
    return f"{KINDS[item.kind]} {item.which + 1} of {len(alike)}"


def given(attempt: Attempt, item: Item) -> str:
    """The points of a line as they are shown; empty without any."""
    points = attempt.mark(item)
    if points is None:
        return ""
    return str(points) if item.kind == MUST else ("yes" if points else "no")


def closing(result: Result) -> str:
    """What came of it, as one line."""
    name = result.title + (f", {result.only}" if result.only else "")
    if result.how != SCORED:
        return f"{name}: {result.how}, not scored."
    return f"{name}: {result.percent} % in {clock(result.used)}."


def leaving(interview: Interview) -> str:
    """The last word, once the interview was left: what came of it, or how it goes on."""
    attempt = interview.attempt
    if interview.result:
        return closing(interview.result)
    if interview.phase == PROMPT:
        return "Nothing has begun."
    command = f"mlsd-cards interview {attempt.title}"
    command += f" --step {attempt.step}" if attempt.only is not None else ""
    if attempt.scoring:
        return f"All is kept; {command} opens its rubric again."
    left = f"{clock(attempt.left)} left" if attempt.left > 0 else "its time over"
    if interview.text:
        return f"{interview.note} This line was not kept: {interview.text}"
    return f"All is kept; {command} goes on with {left}."


def told(result: Result, earlier: Sequence[Result] = ()) -> list[Words]:
    """A result from its score to the cards that teach what was missed; ``earlier`` are the scored
    results before it."""
    made = [Words(closing(result), style="bold"), *_time(result)]
    if result.how == SCORED:
        made += [*_points(result), Words("")]
        made += [_step(step) for step in result.steps]
        made += _compared(result, earlier)
        made += _missed(result)
    return made


def _time(result: Result) -> list[Words]:
    over = result.used - result.limit
    text = f"Time: {clock(result.used)} of {clock(result.limit)}"
    text += f", {clock(over)} overtime" if over >= 1000 else ""
    text += f"; the clock stood for {clock(result.paused)}" if result.paused else ""
    return [Words(f"{text}.")]


def _points(result: Result) -> list[Words]:
    flags = sum(one.points for step in result.steps for one in step.flag)
    musts = sum(one.points for step in result.steps for one in step.must)
    text = f"Points: {result.points} of {result.of}: musts {musts}"
    text += f", strong +{min(result.strong, MOST_STRONG)}" if result.strong else ""
    text += f" ({result.strong} noticed)" if result.strong > MOST_STRONG else ""
    text += f", red flags -{flags}" if flags else ""
    return [Words(f"{text}.")]


def _step(step: StepScore) -> Words:
    text = f"{step.percent:>3} %, {step.points} of {step.of}"
    time = f"{clock(step.used)} of {clock(step.limit)}"
    return Words(f"{text}; {time}", f"{step.step:<9}", bar=bar(step.percent))


def _compared(result: Result, earlier: Sequence[Result]) -> list[Words]:
    """The attempts before, and the step that loses points over time."""
    made = []
    same = [one for one in earlier if one.card == result.card and one.only == result.only]
    if same:
        percents = ", ".join(f"{one.percent} %" for one in same[-5:])
        made.append(Words(f"Earlier attempts of {result.title}: {percents}."))
    weak = weakest([*earlier, result])
    if weak and weak.attempts > 1:
        text = f"Over {weak.attempts} attempts {weak.step} loses most: {weak.percent} % of its "
        made.append(Words(f"{text}points on average, {weak.latest} % in the latest."))
    return [Words(""), *made] if made else []


def _missed(result: Result) -> list[Words]:
    """What was missed, step by step, with the cards that teach it."""
    made: list[Words] = []
    taught = {(one.step, one.text): one.cards for one in result.lessons}
    for step in result.steps:
        lines = [
            *((one, str(one.points)) for one in step.must if one.points < 2),
            *((one, "strong") for one in step.strong if not one.points),
            *((one, "red flag") for one in step.flag if one.points),
        ]
        if lines:
            made += [Words(""), Words(f"Missed in {step.step}", style="bold")]
        for one, mark in lines:
            made.append(Words(one.text, f"{mark}: ", card=True))
            for card, prompt in taught.get((step.step, one.text), ()):
                short = " ".join(prompt.split())
                made.append(Words(short, f"   see {card}: ", "dim", card=True))
    if not made:
        return [Words(""), Words("Nothing was missed.")]
    count = len(result.cards)
    if count:
        made += [Words(""), Words(f"{count} card{'s' * (count != 1)} of your decks teach this.")]
    return made
