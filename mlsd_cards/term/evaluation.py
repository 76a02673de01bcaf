"""An evaluation as a table and as sentences that say what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mlsd_cards.evaluation.metric import CLIP
from mlsd_cards.evaluation.past import Past, Trial
from mlsd_cards.evaluation.predictor import CONSTANT, READINGS
from mlsd_cards.evaluation.protocol import FEWEST_CARDS, Part, Row, Score
from mlsd_cards.evaluation.verdict import Comparison, compare, loss, ranked
from mlsd_cards.schedule.day import iso
from mlsd_cards.term.report import Report

METRICS = {"log_loss": "log loss", "rmse_bins": "RMSE(bins)", "auc": "AUC"}

PROTOCOLS = {"last": "The last 20 % in time", "folds": "Five folds in the order of time"}

NAME, CELL = 22, 19
"""Cells of the columns of the table."""

WIDE = NAME + len(METRICS) * CELL
"""Where a line has fewer cells, the metrics stand below each other."""

FEW = 400
"""With fewer reviews than this the intervals say little themselves."""

CERTAIN = 0.975
"""Ahead in this share of the draws is more than chance: the side of an interval of 95 %."""

LEGEND = "Smaller is better for log loss and RMSE(bins), larger for AUC."

DRAWN = " Behind each figure: where 95 % of them lie when the cards are drawn anew."

TASK = (
    "Predicting is not scheduling. SM-2 never says how probable recall is: here its intervals are "
    "taken as if it were 90 % at their end. What a scheduler costs, and what is known by it, is "
    "another question."
)


class Evaluation(NamedTuple):
    """All that was evaluated: what was answered, what could be predicted, and the results."""

    past: Past
    trials: Sequence[Trial]
    left: dict[str, int]
    results: list[tuple[Part, list[Row]]]


def tell(made: Evaluation, report: Report) -> None:
    """Print it."""
    report.say(used(made))
    for part, rows in made.results:
        report.gap()
        report.say(heading(part), style="bold")
        for line in table(rows, report.room):
            report.draw(line)
    report.gap()
    report.say(LEGEND + DRAWN * any(part.draws for part, _ in made.results))
    for sentence in meaning(made):
        report.gap()
        report.say(sentence)


def used(made: Evaluation) -> str:
    """How many answers there are, how many are predicted, and why the others are not."""
    days = [answer.day for history in made.past.histories for answer in history]
    answers = len(made.trials) + sum(made.left.values())
    left = "; ".join(f"{why}, {count:,}" for why, count in made.left.items())
    predicted = len({trial.answer.card for trial in made.trials})
    return (
        f"{answers:,} answers to {made.past.cards:,} cards, {iso(min(days))} to {iso(max(days))}. "
        f"Predicted: {len(made.trials):,} reviews of {predicted:,} cards. Left out: {left}."
    )


def heading(part: Part) -> str:
    """Which reviews the rows below are about."""
    share = 100 * part.recalled / len(part.tested)
    before = f"{part.splits[0].begin:,} before" + (" or more" if len(part.splits) > 1 else "")
    return (
        f"{PROTOCOLS[part.protocol]}: {len(part.tested):,} reviews of {len(part.cards):,} cards, "
        f"{share:.0f} % remembered, predicted from the {before}"
    )


def table(rows: Sequence[Row], room: int) -> list[str]:
    """The rows as lines, none wider than ``room``, which is 40 or more."""
    if room >= WIDE:
        head = f"{'':{NAME}}" + "".join(f"{name:{CELL}}" for name in METRICS.values())
        return [head.rstrip(), *(_wide(row) for row in rows)]
    return [line for row in rows for line in _narrow(row)]


def _wide(row: Row) -> str:
    cells = "".join(f"{score(row.scores[metric]):{CELL}}" for metric in METRICS if row.scores)
    return f"{row.predictor:{NAME}}{cells or row.why}".rstrip()


def _narrow(row: Row) -> Iterator[str]:
    yield row.predictor
    if not row.scores:
        yield f"  {row.why}"
    for metric, name in METRICS.items():
        if row.scores:
            yield f"  {name:12}{score(row.scores[metric])}"


def score(told: Score) -> str:
    """A figure with its interval, if there is one."""
    if told.value is None:
        return "undefined"
    if told.low is None or told.high is None:
        return f"{told.value:.3f}"
    return f"{told.value:.3f} {told.low:.3f}–{told.high:.3f}"


def meaning(made: Evaluation) -> Iterator[str]:
    """What it means, a paragraph each."""
    for part, rows in made.results:
        told = _verdict(rows) if part.draws else _too_few(part, rows)
        yield f"{PROTOCOLS[part.protocol]}: {' '.join(told)}"
    if len(made.trials) < FEW:
        yield f"{len(made.trials)} reviews are few: another month may turn this round."
    yield from _undefined(made.results)
    yield TASK


def _verdict(rows: Sequence[Row]) -> Iterator[str]:
    first, second, *_ = order = ranked(rows)
    yield f"{named(first)} predicts best (log loss {loss(first):.3f}), then {named(second)}"
    yield f"({loss(second):.3f}): {_margin(compare(first, second))}."
    by_name = {row.predictor: row for row in order}
    ours, mean = by_name[next(iter(READINGS))], by_name[CONSTANT]
    worse = loss(ours) > loss(mean)
    against = compare(mean, ours) if worse else compare(ours, mean)
    yield f"{named(ours)} predicts {'worse' if worse else 'better'} than a constant"
    yield f"({loss(ours):.3f} against {loss(mean):.3f}): {_margin(against)}."


def _too_few(part: Part, rows: Sequence[Row]) -> Iterator[str]:
    """The verdict where there is none."""
    first, cards = ranked(rows)[0], len(part.cards)
    yield f"{named(first)} has the smallest log loss ({loss(first):.3f}), which says next to"
    yield f"nothing: intervals take reviews of {FEWEST_CARDS} cards, and here are {cards}."


def named(row: Row) -> str:
    """The predictor in a sentence."""
    return f"the {CONSTANT}" if row.predictor == CONSTANT else row.predictor


def _margin(compared: Comparison) -> str:
    """Whether the intervals overlap, and how often the better was better in the same draws."""
    overlap = "their intervals overlap" if compared.overlap else "their intervals do not overlap"
    chance = "more than chance" if compared.ahead >= CERTAIN else "which may be chance"
    return (
        f"{overlap}; draw by draw, {named(compared.one)} is ahead in {compared.ahead * 100:.0f} %, "
        f"{chance}"
    )


def _undefined(results: list[tuple[Part, list[Row]]]) -> Iterator[str]:
    """What could not be computed as it is."""
    for part, rows in results:
        if part.recalled in (0, len(part.tested)):
            all_ = "remembered" if part.recalled else "forgotten"
            yield f"{PROTOCOLS[part.protocol]}: AUC is undefined, since all were {all_}."
        for row in rows:
            if row.clipped:
                yield (
                    f"{row.predictor}: {row.clipped} of its probabilities were nearer to 0 or 1 "
                    f"than {CLIP:g}, and count in log loss as that near."
                )
