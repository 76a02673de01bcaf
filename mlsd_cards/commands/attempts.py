"""What there is to rehearse, and how it went: the lists of ``interview``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.cards.rubric import STEPS
from mlsd_cards.commands import options
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError
from mlsd_cards.schedule.day import iso

if TYPE_CHECKING:
    from mlsd_cards.app import App
    from mlsd_cards.run.cases import Case
    from mlsd_cards.study.interview.progress import Past

WIDE = 76
"""The cells that a row of the history takes."""


def tell_cases(app: App, known: Sequence[Case], *, as_json: bool) -> None:
    """Print the cases, how often each was scored and how it went last, and the one to do next."""
    from mlsd_cards.run.cases import next_one, past
    from mlsd_cards.term.report import Report

    attempts = past(app)
    following = next_one(app, known, attempts)
    rows = [_case(case, attempts) for case in known]
    if as_json:
        named = following.name if following else None
        options.print_json({"cases": rows, "next": named})
        return
    if not known:
        raise UserError("these decks hold no case", "A case is a card of the type rubric.")
    report = Report()
    for number, row in enumerate(rows, 1):
        went = f"{row['scored']} scored" if row["scored"] else "not tried yet"
        went += f", last {row['last']} %" if row["scored"] else ""
        went += ", one open" if row["open"] else ""
        if report.is_terminal:
            report.say(f"{row['case']}: {row['minutes']} min, {went}", f"{number:>2}  ")
        else:
            report.record(row["case"], row["card"], row["minutes"], went)
    if following and report.is_terminal:
        report.say(f"Next: mlsd-cards interview {following.name}")


def _case(case: Case, attempts: Sequence[Past]) -> dict[str, Any]:
    mine = [one for one in attempts if one.sitting.paper.get("card") == case.card]
    results = [one.whole for one in mine if one.whole]
    return {
        "case": case.name,
        "card": case.card,
        "deck": case.deck,
        "minutes": case.minutes,
        "scored": len(results),
        "best": max((one.percent for one in results), default=None),
        "last": results[-1].percent if results else None,
        "open": any(one.result is None for one in mine),
    }


def choose(app: App, known: Sequence[Case]) -> Case | None:
    """The case that the person chooses by its number; None where nobody can be asked."""
    from mlsd_cards.editing.editor import is_terminal
    from mlsd_cards.run.cases import next_one, past

    if not known or not is_terminal(sys.stdin, sys.stdout):
        return None
    tell_cases(app, known, as_json=False)
    following = next_one(app, known, past(app))
    number = click.prompt(
        "Which",
        type=Whole(1, len(known)),
        default=known.index(following) + 1 if following else 1,
    )
    return known[number - 1]


def tell_past(app: App, case: Case | None, number: int | None, *, as_json: bool) -> None:
    """Print the attempts (of a case), or the one of that number."""
    from mlsd_cards.run.cases import past

    attempts = past(app)
    if number is not None:
        if number > len(attempts):
            count = f"{len(attempts)} attempt{'s' * (len(attempts) != 1)}"
            raise UserError(f"there is no attempt {number}", f"The history has {count}.")
        _show(attempts[number - 1], as_json=as_json)
        return
    wanted = [one for one in attempts if not case or one.sitting.paper.get("card") == case.card]
    if as_json:
        options.print_json([_row(one) for one in wanted])
    else:
        _history(wanted)


def _row(one: Past) -> dict[str, Any]:
    """An attempt as a row of the history."""
    from mlsd_cards.study.interview.score import OPEN, record

    result, paper = one.result, one.sitting.paper
    told = record(result) if result else {}
    return {
        "number": one.number,
        "day": iso(one.sitting.begun.day),
        "card": paper.get("card"),
        "title": paper.get("title"),
        "how": result.how if result else OPEN,
        "step": paper.get("step"),
        "minutes": paper.get("minutes"),
        "used_ms": result.used if result else None,
        "percent": told.get("percent"),
        "steps": {step["step"]: step["percent"] for step in told.get("steps", ())},
    }


def _history(wanted: Sequence[Past]) -> None:
    from mlsd_cards.study.interview.progress import weakest
    from mlsd_cards.term.report import Report

    report = Report()
    rows = [_row(one) for one in wanted]
    wide = not report.is_terminal or report.room >= WIDE
    if report.is_terminal and rows:
        report.say(f"{'':>3}  {'':10}  {'':5}  {_heads()}" if wide else _heads(), style="dim")
    for row in rows:
        total = f"{row['percent']} %" if row["percent"] is not None else row["how"]
        shares = [row["steps"].get(step) for step in STEPS]
        if not report.is_terminal:
            told = ["" if share is None else share for share in shares]
            report.record(row["number"], row["day"], row["title"], total, *told)
            continue
        cells = " ".join(f"{'-' if share is None else share:>4}" for share in shares)
        name = str(row["title"])
        if wide:
            report.say(f"{row['number']:>3}  {row['day']}  {total:>5}  {cells}  {name}")
        else:
            report.say(f"{row['number']} {row['day']} {name} {total}")
            report.say(cells)
    weak = weakest([one.result for one in wanted if one.result is not None and one.is_scored])
    if weak and report.is_terminal:
        times = "1 attempt" if weak.attempts == 1 else f"{weak.attempts} attempts"
        mean = f"{weak.percent} % of its points in {times}, {weak.latest} % in the latest"
        report.say(f"The weakest step is {weak.step}: {mean}.")
    if not rows and report.is_terminal:
        report.say("No interview yet. mlsd-cards interview lists the cases.")


def _heads() -> str:
    return " ".join(f"{step[:4]:>4}" for step in STEPS)


def _show(one: Past, *, as_json: bool) -> None:
    """Print an attempt whole: what was said, and its result."""
    from mlsd_cards.study.interview.attempt import read
    from mlsd_cards.study.interview.score import OPEN, record, score
    from mlsd_cards.term.interview.words import told
    from mlsd_cards.term.report import Report

    result = one.result
    if result is None:
        attempt = read(one.sitting.paper, one.sitting.notes)
        if attempt is None:
            raise UserError(
                f"what is kept of attempt {one.number} makes no sense to this program",
                "Perhaps a newer one wrote it.",
            )
        result = score(attempt, OPEN)
    if as_json:
        options.print_json({**_row(one), **record(result)})
        return
    report = Report()
    report.say(f"Attempt {one.number}, {iso(one.sitting.begun.day)}")
    for words in told(result):
        if not words.text:
            report.gap()
        elif words.card:
            report.quote(words.text, words.lead, words.style)
        else:
            report.say(words.text, words.lead + words.bar, words.style)
    for step in result.steps:
        if not step.said:
            continue
        report.gap()
        report.say(f"Notes of {step.step}", style="bold")
        for said in step.said:
            if said.theirs:
                report.quote(said.text, "They ask: ")
            else:
                report.say(said.text, "- ")
