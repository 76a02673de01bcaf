"""Figures as other programs read them; docs/json.md is the contract."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlsd_cards.schedule.day import iso
from mlsd_cards.study.statistics.overview import Overview
from mlsd_cards.study.statistics.period import Period, mature, young
from mlsd_cards.study.statistics.share import Share


def of_overview(made: Overview) -> dict[str, Any]:
    """All figures."""
    done, ahead = made.practised, made.forecast
    return {
        "day": iso(done.day),
        "since": iso(done.since),
        "today": of_tally(done.today),
        "whole": {**of_tally(done.whole), "days": done.studied},
        "streak": done.streak._asdict(),
        "heat": {"first": iso(done.heat.first), "answers": list(done.heat.answers)},
        "forecast": {
            "first": iso(ahead.first),
            "overdue": ahead.overdue,
            "due": list(ahead.due),
        },
        "retention": {
            "young": of_share(done.retention.young),
            "mature": of_share(done.retention.mature),
            "topics": [{"topic": name, **of_share(share)} for name, share in done.retention.topics],
            "weeks": list(map(of_week, done.retention.weeks)),
        },
        "hardest": [{**one._asdict(), "ef": f"{one.ef / 100:.2f}"} for one in made.hardest],
        "leeches": made.leeches,
        "quizzes": _quizzes(made),
        "interviews": _interviews(made),
    }


def of_tally(tally: Any) -> dict[str, Any]:
    """Answers as JSON has them; times in ms."""
    return {
        "answers": tally.answers,
        "right": tally.right,
        "new": tally.new,
        "took_ms": tally.took,
        "young": of_share(young(tally)),
        "mature": of_share(mature(tally)),
    }


def of_share(share: Share) -> dict[str, Any]:
    """A share; ``percent`` is null while it is of too few."""
    return {"right": share.right, "of": share.of, "percent": share.percent}


def of_week(week: Period) -> dict[str, Any]:
    """A week under its Monday."""
    return {"first": iso(week.first), **of_tally(week.tally)}


def _quizzes(made: Overview) -> dict[str, Any] | None:
    if made.quizzes is None:
        return None
    judged = made.quizzes.calibration
    levels = [
        {
            "certainty": one.certainty.words,
            "answers": one.answers,
            "right": one.right,
            "accuracy": one.accuracy and round(one.accuracy, 3),
            "judgement": one.words,
        }
        for one in (judged.levels if judged else ())
    ]
    scores = [{**one._asdict(), "day": iso(one.day)} for one in made.quizzes.scores]
    return {"scores": scores, "certainty": levels}


def _interviews(made: Overview) -> dict[str, Any] | None:
    if made.interviews is None:
        return None
    return {
        "scores": [{"day": iso(day), "percent": had} for day, had in made.interviews.scores],
        "steps": [{**one._asdict(), "percent": one.percent} for one in made.interviews.steps],
    }


def records(made: Overview) -> Iterator[tuple[object, ...]]:
    """The same as fields, the first of which says what the others are."""
    told = of_overview(made)
    yield "day", told["day"]
    yield "since", told["since"]
    for name in ("today", "whole"):
        one = told[name]
        yield name, one["answers"], one["right"], one["new"], one["took_ms"]
    yield "streak", *told["streak"].values()
    yield "overdue", made.forecast.overdue
    for away, cards in enumerate(made.forecast.due):
        yield "due", iso(made.forecast.first + away), cards
    for name in ("young", "mature"):
        yield name, *_fields(told["retention"][name])
    for one in told["retention"]["topics"]:
        yield "topic", *_fields(one)
    for week in made.practised.retention.weeks:
        if week.tally.answers:
            yield "week", iso(week.first), week.tally.answers, *_fields(of_share(week.retention))
    for one in made.hardest:
        yield "hard", *one[:4]
    yield "leeches", made.leeches
    for one in (told["quizzes"] or {}).get("scores", ()):
        yield "quiz", *one.values()
    for one in (told["quizzes"] or {}).get("certainty", ()):
        yield "certainty", one["certainty"], one["right"], one["answers"], one["judgement"]
    for one in (told["interviews"] or {}).get("steps", ()):
        yield "step", one["step"], one["attempts"], one["points"], one["of"]


def _fields(values: dict[str, Any]) -> list[object]:
    return ["" if value is None else value for value in values.values()]
