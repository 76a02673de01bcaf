"""The whole page: its policy, its style, the key figures, and the sections."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from mlsd_cards.report.element import name, tag, text
from mlsd_cards.report.section import Section, section
from mlsd_cards.schedule.day import iso
from mlsd_cards.term.statistics.words import answers, plural, share

if TYPE_CHECKING:
    from mlsd_cards.store.catalogue import Filter
    from mlsd_cards.study.statistics.overview import Overview

GENERATOR = '<meta name="generator" content="mlsd-cards report">'
"""By this a page is known as one of ours, which the next may replace."""

TITLE = "Where you stand"

COMING = (
    ("Retention over time", "how much you remember of what is asked again, from 20 such answers"),
    ("Due in the next four weeks", "how many cards come back on which day"),
    ("Days of study", "the answers of 26 weeks, a square a day"),
    ("Readiness by topic", "the share that you would know today"),
    ("The plan", "the days until your interview, once mlsd-cards plan has its date"),
    ("Quizzes", "your scores, and whether you were as sure as you should be"),
    ("Interviews", "your scores, and the steps that lose points"),
)
"""What a page will have that has nothing yet."""


def page(made: Overview, wanted: Filter, sections: Sequence[Section]) -> str:
    """The page of some figures and sections. ``wanted`` are the cards that it is about."""
    first = _nothing(sections) if is_empty(made) else _key_figures(made)
    parts = [first, *map(section, sections)]
    links = _links(sections) if sections else ""
    head = tag("header", tag("h1", text(TITLE)), tag("p", _about(made, wanted), class_="soft"))
    body = tag(
        "body",
        tag("a", text("To the figures"), href="#main", class_="skip"),
        head,
        links,
        tag("main", *parts, id="main", tabindex=-1),
        tag("footer", tag("p", text(MADE))),
    )
    return f'<!doctype html>\n<html lang="en">{_head(made)}\n{body}</html>\n'


def is_empty(made: Overview) -> bool:
    """Whether nothing was ever answered."""
    return not made.practised.whole.answers and made.practised.everything


MADE = (
    "Made by mlsd-cards report from the answers on this machine; nothing was sent anywhere. What "
    "each figure means stands in docs/report.md and docs/stats.md."
)


def _head(made: Overview) -> str:
    style = files("mlsd_cards.report").joinpath("style.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">{GENERATOR}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{TITLE}, {iso(made.practised.day)}</title><style>{style}</style></head>"
    )


def _about(made: Overview, wanted: Filter) -> str:
    """The day, and which cards and answers the page is about."""
    done = made.practised
    names = [
        f"{kind} {name(one)}"
        for kind, those in zip(("deck", "tag", "topic"), wanted, strict=True)
        for one in those
    ]
    cards = ", ".join(names) if names else "all cards"
    since = "all answers" if done.everything else f"answers since {iso(done.since)}"
    return f"{text(iso(done.day))}; {cards}; {text(since)}."


def _key_figures(made: Overview) -> str:
    done, ahead = made.practised, made.forecast
    facts = [
        ("Today", ", ".join(answers(done.today)) if done.today.answers else "nothing yet"),
        ("Streak", f"{plural(done.streak.current, 'day')}, the longest {done.streak.longest:,}"),
        ("In all" if done.everything else "Lately", ", ".join(answers(done.whole))),
        ("On", f"{plural(done.studied, 'day')} since {iso(done.since)}"),
        ("Due now", plural(ahead.overdue + ahead.due[0], "card")),
        ("Remembered", share(done.retention.young + done.retention.mature)),
    ]
    listed = (tag("dt", text(label)) + tag("dd", text(value)) for label, value in facts)
    title = tag("h2", text("In short"), id="short-heading")
    return tag("section", title, tag("dl", *listed), id="short", aria_labelledby="short-heading")


def _links(sections: Sequence[Section]) -> str:
    links = (tag("a", text(one.heading), href=f"#{one.name}") for one in sections)
    return tag("nav", tag("ul", *(tag("li", one) for one in links)), aria_label="On this page")


def _nothing(sections: Sequence[Section]) -> str:
    """What a page says before the first answer: what it will have besides its sections."""
    there = {one.heading for one in sections}
    listed = (
        tag("dt", text(label)) + tag("dd", text(what))
        for label, what in COMING
        if label not in there
    )
    return tag(
        "section",
        tag("h2", text("Nothing is answered yet"), id="short-heading"),
        tag("p", text("mlsd-cards review begins. This page will then show:")),
        tag("dl", *listed, class_="coming"),
        id="short",
        aria_labelledby="short-heading",
    )
