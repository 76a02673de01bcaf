"""The quizzes so far: listed, and told one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from mlsd_cards.app import App
from mlsd_cards.commands import options
from mlsd_cards.commands.numbers import Whole
from mlsd_cards.errors import UserError

if TYPE_CHECKING:
    from mlsd_cards.cards.certainty import Summary
    from mlsd_cards.store.sitting import Sitting
    from mlsd_cards.study.quiz.outcome import Outcome, Tally

LAST = 0
"""Stands for the number of the last quiz that has ended."""

looks: Callable[[Any], Any] = options.chain(
    click.option(
        "--history", is_flag=True, help="Instead: list the quizzes so far, with their scores."
    ),
    click.option(
        "--show",
        "shown",
        is_flag=False,
        flag_value=LAST,
        type=Whole(LAST),
        metavar="[N]",
        help="Instead: the result of quiz N of --history; without N, of the last.",
    ),
)
"""The options of `quiz` that ask nothing."""


def show_history(app: App, as_json: bool) -> None:
    """Print the quizzes so far, the first first."""
    from mlsd_cards.term.report import Report

    kept = sittings(app)
    if as_json:
        options.print_json([brief(number, one) for number, one in enumerate(kept, 1)])
        return
    if not kept:
        options.say("No quiz yet.", err=True)
    report = Report()
    for number, one in enumerate(kept, 1):
        told = brief(number, one)
        if report.is_terminal:
            report.say(line(told), f"{number:>3}  ")
        else:
            placed = [] if told["placed"] is None else [told["placed"]]
            report.record(*(told[name] for name in RECORD), *placed)


def show_one(app: App, number: int, as_json: bool) -> None:
    """Print the result of a quiz, counted from 1."""
    from mlsd_cards.term.quiz.outcome import tell
    from mlsd_cards.term.report import Report

    kept = sittings(app)
    if not kept:
        raise UserError("there is no quiz yet", "mlsd-cards quiz begins one.")
    ended = [place for place, one in enumerate(kept, 1) if one.ended]
    number = number or (ended or [len(kept)])[-1]
    if number > len(kept):
        raise UserError(
            f"there is no quiz {number}", f"The last is {len(kept)}; --history has all."
        )
    before, sitting = kept[: number - 1], kept[number - 1]
    if not sitting.ended:
        here = sitting.begun.device == app.store.device
        remedy = "mlsd-cards quiz takes it up again." if here else "Another machine began it."
        raise UserError(f"quiz {number} has not ended", remedy)
    outcome = outcome_of(sitting, before)
    if as_json:
        options.print_json(record(number, sitting, outcome))
    else:
        tell(outcome, Report())


def sittings(app: App) -> list[Sitting]:
    """Every quiz, the first first."""
    from mlsd_cards.store.sitting import QUIZ, Sittings

    return Sittings(app.store, QUIZ).all()


def outcome_of(sitting: Sitting, before: list[Sitting]) -> Outcome:
    """What came of a quiz, beside those before it."""
    from mlsd_cards.study.quiz.outcome import COMPARED, read

    others = [read(one.result) for one in before if not one.paper.get("place")]
    earlier = [told.total.percent for told in others if told.items][-COMPARED:]
    return read(_kept(sitting), [] if sitting.paper.get("place") else earlier, sitting.notes)


def _kept(sitting: Sitting) -> dict[str, Any]:
    """What is known of a quiz, also of one that has not ended."""
    return {name: sitting.paper.get(name) for name in ("title", "seed")} | sitting.result


# records

RECORD = ("quiz", "day", "title", "score", "questions", "percent", "used_ms", "how")


def brief(number: int, sitting: Sitting) -> dict[str, Any]:
    """A quiz in the list, as docs/json.md describes it."""
    from mlsd_cards.cards.marking import Verdict
    from mlsd_cards.schedule.day import iso
    from mlsd_cards.study.quiz.outcome import read

    told = read(_kept(sitting), notes=sitting.notes)
    total = told.total
    return {
        "quiz": number,
        "day": iso(sitting.begun.day),
        "title": told.title,
        "how": told.how if sitting.ended else "not ended",
        "questions": total.questions,
        "score": round(total.score, 3),
        "percent": total.percent,
        **{verdict.value: told.count(verdict) for verdict in Verdict},
        "unanswered": told.count(None),
        "used_ms": told.used_ms,
        "limit_ms": told.limit_ms,
        "seed": told.seed,
        "placed": _placed(sitting, told),
    }


def _placed(sitting: Sitting, told: Outcome) -> int | None:
    """How many cards a placement placed; None for another quiz."""
    if told.placed:
        return len(told.placed.cards) + len(told.placed.accepted)
    return 0 if sitting.paper.get("place") else None


def line(told: dict[str, Any]) -> str:
    """A quiz in the list, as a line."""
    from mlsd_cards.term.quiz.outcome import clock, number

    title = f", {told['title']}" if told["title"] else ""
    if told["placed"] is not None:
        title = f", placement{title}"
    if told["how"] == "not ended":
        return f"{told['day']}  not ended{title}"
    score = f"{number(told['score'])} of {told['questions']}"
    if told["placed"]:
        title += f": {told['placed']} known"
    return f"{told['day']}  {told['percent']:>3} %  {score} in {clock(told['used_ms'])}{title}"


def record(number: int, sitting: Sitting, outcome: Outcome) -> dict[str, Any]:
    """A quiz as docs/json.md describes it."""
    took, expected = outcome.pace
    return {
        **brief(number, sitting),
        "paused_ms": outcome.paused_ms,
        "answers_ms": took,
        "expected_ms": expected,
        "marked": _tally(outcome.marked),
        "self_marked": _tally(outcome.self_marked),
        "earlier": list(outcome.earlier),
        "decks": [_tally(one) for one in outcome.decks],
        "topics": [_tally(one) for one in outcome.topics],
        "certainty": _calibration(outcome.calibration),
        "placement": _placement(outcome),
        "items": [_item(item) for item in outcome.items],
    }


def _tally(one: Tally) -> dict[str, Any]:
    named = {"name": one.name} if one.name else {}
    score = {"score": round(one.score, 3), "percent": one.percent}
    return {**named, "questions": one.questions, **score}


def _item(item: Any) -> dict[str, Any]:
    from dataclasses import asdict

    told = asdict(item)
    told["question"] = told.pop("number")
    told["verdict"] = item.verdict.value if item.verdict else ""
    told["certainty"] = item.certainty.words if item.certainty else ""
    told["took_ms"] = told.pop("took")
    return {**told, "slow": item.slow}


def _placement(outcome: Outcome) -> dict[str, Any] | None:
    """What a placement came to."""
    if outcome.placed is None:
        return None

    def cards(pairs: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
        return [{"card": card, "days": days} for card, days in pairs]

    return {
        "topics": [one._asdict() for one in outcome.placed.standings],
        "placed": cards(outcome.placed.cards),
        "accepted": cards(outcome.placed.accepted),
    }


def _calibration(made: Summary | None) -> dict[str, Any] | None:
    if made is None:
        return None
    return {
        "average": round(made.average, 3),
        "bonus": round(made.bonus, 3),
        "levels": [
            {
                "certainty": level.certainty.words,
                "answers": level.answers,
                "right": level.right,
                "judgement": level.words,
            }
            for level in made.levels
        ],
    }
