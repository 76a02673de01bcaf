"""How well the schedulers predict, on what was answered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.commands import options
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import ROLLOVER, iso, study_day

if TYPE_CHECKING:
    from mlsd_cards.evaluation.past import Past
    from mlsd_cards.evaluation.protocol import Part, Row, Score
    from mlsd_cards.term.evaluation import Evaluation

SEED = 8
"""The same log gives the same intervals."""

STDIN = "-"

FARTHEST = 14 * 60
"""The minutes that the time of any place differs from UTC, at most."""


def _minutes(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
    """``HH:MM``, with a sign where there may be one, in minutes."""
    if value is None:
        return None
    from mlsd_cards.store.option import TIME

    signed = option.name == "utc_offset"
    sign = -1 if signed and value[:1] in "-−" else 1
    try:
        minutes = TIME.read(value[1:] if signed and value[:1] in "+-−" else value)
    except ValueError:
        minutes = FARTHEST + 1 if signed else None
    if minutes is None or (signed and minutes > FARTHEST):
        form = "+HH:MM or -HH:MM, 14:00 at most" if signed else "HH:MM"
        raise click.BadParameter(f"{value!r} is not {form}", context, option)
    return sign * int(minutes)


@click.command(epilog="Example: mlsd-cards evaluate --log revlog.csv --utc-offset +01:00")
@click.option(
    "--log",
    "file",
    metavar="FILE.csv",
    type=click.Path(),
    help="Instead of your own answers: a review log with the columns card_id, review_rating (1 to "
    "4), review_time (ISO) and review_duration (ms). - is the standard input.",
)
@click.option(
    "--utc-offset",
    metavar="±HH:MM",
    callback=_minutes,
    help="With --log: how far that person's clock was ahead of UTC. [default: +00:00]",
)
@click.option(
    "--rollover",
    metavar="HH:MM",
    callback=_minutes,
    help="With --log: when that person's day begins. [default: 04:00]",
)
@options.as_json
@options.home
def command(
    file: str | None,
    utc_offset: int | None,
    rollover: int | None,
    as_json: bool,
    home: str | None,
) -> None:
    """Say how well each scheduler predicts what you remember.

    SM-2 in each of its readings, FSRS-6, and a constant, on reviews that came after those learnt
    from. docs/evaluate.md tells what the figures mean.
    """
    if file is None and (utc_offset, rollover) != (None, None):
        raise click.UsageError("--utc-offset and --rollover go with --log; your answers have both.")
    if file is None:
        past, notes = _own(home)
    else:
        past, notes = _table(file, utc_offset or 0, ROLLOVER if rollover is None else rollover)
    for note in notes:
        options.say(note, err=True)
    made = evaluate(past)
    if as_json:
        options.print_json(record(made, notes))
    else:
        from mlsd_cards.term.evaluation import tell
        from mlsd_cards.term.report import Report

        tell(made, Report())


def _own(home: str | None) -> tuple[Past, list[str]]:
    from mlsd_cards.evaluation.past import of_events
    from mlsd_cards.store import ledger

    store = options.open_app(home).store
    if not ledger.answers(store):
        raise UserError("nothing has been answered yet", "mlsd-cards review begins.")
    return of_events(ledger.each_event(store)), []


def _table(file: str, offset: int, rollover: int) -> tuple[Past, list[str]]:
    from mlsd_cards.evaluation.table import read

    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}") from error
    name = "standard input" if file == STDIN else file
    return read(data, name, lambda at: study_day(at, offset, rollover))


def evaluate(past: Past) -> Evaluation:
    """Every predictor by every protocol; ``UserError`` if there is too little to predict."""
    from random import Random

    from mlsd_cards.evaluation.past import trials
    from mlsd_cards.evaluation.predictor import predictors
    from mlsd_cards.evaluation.protocol import FEWEST, PROTOCOLS, part, rows
    from mlsd_cards.term.evaluation import Evaluation
    from mlsd_cards.term.progress import watched

    found, left = trials(past)
    if len(found) < FEWEST:
        raise UserError(
            f"{options.plural(len(found), 'review')} can be predicted, and {FEWEST} are the least",
            "A review counts if its card was answered before, on another day.",
        )
    rng, all_ = Random(SEED), predictors()  # noqa: S311 - no secret
    parts = [part(protocol, found, rng) for protocol in PROTOCOLS]
    pairs = ((one, row) for one in parts for row in rows(one, all_))
    results: dict[str, tuple[Part, list[Row]]] = {one.protocol: (one, []) for one in parts}
    for one, row in watched(pairs, "Evaluating", len(parts) * len(all_), stride=1):
        results[one.protocol][1].append(row)
    return Evaluation(past, found, dict(left), list(results.values()))


def record(made: Evaluation, notes: list[str]) -> dict[str, Any]:
    """The evaluation as docs/json.md describes it."""
    days = [answer.day for history in made.past.histories for answer in history]
    return {
        "answers": len(made.trials) + sum(made.left.values()),
        "cards": made.past.cards,
        "from": iso(min(days)),
        "to": iso(max(days)),
        "predicted": len(made.trials),
        "left_out": made.left,
        "notes": notes,
        "protocols": [_part(part, rows) for part, rows in made.results],
    }


def _part(part: Part, rows: list[Row]) -> dict[str, Any]:
    from mlsd_cards.evaluation.verdict import ranked

    return {
        "protocol": part.protocol,
        "splits": [{"learnt": split.begin, "to": split.end} for split in part.splits],
        "reviews": len(part.tested),
        "cards": len(part.cards),
        "remembered": part.recalled,
        "best": ranked(rows)[0].predictor,
        "predictors": [
            {
                "predictor": row.predictor,
                **{metric: _score(row.scores.get(metric)) for metric in METRICS},
                "clipped": row.clipped,
                "why": row.why,
            }
            for row in rows
        ],
    }


METRICS = ("log_loss", "rmse_bins", "auc")


def _score(score: Score | None) -> dict[str, float | None] | None:
    """A figure with its interval; null where there is none."""
    if score is None or score.value is None:
        return None
    return {name: value and round(value, 6) for name, value in score._asdict().items()}
