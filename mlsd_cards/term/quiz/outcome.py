"""What came of a quiz, in words: for the end of its screen, for line mode, for a report and for a
pipe."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from mlsd_cards.cards.marking import Verdict
from mlsd_cards.study.quiz.outcome import Item, Outcome, Tally, next_step
from mlsd_cards.term.line import Glyphs, Line, Span, paragraph
from mlsd_cards.term.page import Body, Page
from mlsd_cards.term.report import Report


class Said(NamedTuple):
    """One paragraph; what is from a ``card`` has markup."""

    text: str
    lead: str = ""
    style: str = ""
    card: bool = False


Block = list[Said]
"""Paragraphs that belong together; between two blocks there is room for an empty line."""

HOW = {"handed in": "handed in", "time": "the time was up", "broken off": "broken off"}
ENDED = {"right": "Right", "partly": "Partly right", "wrong": "Wrong"}
BETWEEN = " / "
"""What stands between options, and between the lines of an ordering, where all are on one line."""

PICKED = frozenset({"mcq", "multi_select", "ordering"})
"""The kinds whose given answers are texts of the card."""


def body(outcome: Outcome, page: Page) -> Body:
    """The end of a quiz as what scrolls on a screen, the next thing to do always in sight."""
    glyphs, lines = page.glyphs, list[Line]()
    for block in (summary(outcome), *details(outcome, glyphs)):
        lines += page.gap if lines else []
        for said in block:
            text = glyphs.show(said.text) if said.card else glyphs.typed(said.text)
            lead = (Span(said.lead),) if said.lead else ()
            lines += paragraph(text, page.room, said.style, lead)
    made = Body(lines)
    made.pinned = paragraph(glyphs.typed(next_step(outcome)), page.room, "bold")
    return made


def facts(outcome: Outcome, glyphs: Glyphs) -> list[str]:
    """The end of a quiz in line mode, a fact a line; the next thing to do is the last."""
    said = [*summary(outcome), *chain(*details(outcome, glyphs)), Said(next_step(outcome))]
    return [
        f"{lead.strip()} {glyphs.words(text) if card else glyphs.typed(text)}".strip()
        for text, lead, _, card in said
    ]


def tell(outcome: Outcome, report: Report) -> None:
    """Print what came of a quiz that is over: paragraphs for a person, records for a program."""
    if not report.is_terminal:
        for fields in records(outcome):
            report.record(*fields)
        return
    if outcome.title:
        report.say(outcome.title, style="bold")
    for place, block in enumerate((summary(outcome), *details(outcome, report.glyphs))):
        if place:
            report.gap()
        for said in block:
            write = report.quote if said.card else report.say
            write(said.text, said.lead, said.style)


def records(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """The same as fields, the first of which says what the others are."""
    total = outcome.total
    yield "quiz", outcome.title, outcome.how, outcome.seed
    for line in outcome.placed.lines if outcome.placed else []:
        yield "placement", line
    yield "score", number(total.score), total.questions, f"{total.percent} %"
    yield "time", clock(outcome.used_ms), *([clock(outcome.limit_ms)] if outcome.limit_ms else [])
    for name, tallies in (("deck", outcome.decks), ("topic", outcome.topics)):
        for one in tallies:
            yield name, one.name, number(one.score), one.questions, f"{one.percent} %"
    for item in outcome.items:
        yield (
            "item",
            item.number,
            item.card,
            item.verdict.value if item.verdict else "",
            number(item.score),
            item.certainty.words if item.certainty else "",
            clock(item.took),
            *(BETWEEN.join(text.split("\n")) for text in (item.given, item.right)),
        )


# what is said


def summary(outcome: Outcome) -> Block:
    """How it came out: score and time."""
    told = f"{score(outcome.total)}: {', '.join(counts(outcome))}."
    placed = outcome.placed.lines if outcome.placed else []
    if not outcome.items:
        return [Said("Nothing was answered." if placed else "Nothing of its questions was kept.")]
    return [
        *map(Said, placed),
        Said(told, "Score: "),
        *(Said(text, lead) for lead, text in _remarks(outcome)),
    ]


def _remarks(outcome: Outcome) -> Iterator[tuple[str, str]]:
    if outcome.self_marked.questions:
        marked, by_self = score(outcome.marked), score(outcome.self_marked)
        yield "", f"Marked by the program: {marked}, by yourself: {by_self}."
    yield "Time: ", ", ".join(_time(outcome)) + "."
    took, expected = outcome.pace
    if expected:
        yield "Pace: ", f"{clock(took)} for answers that should take {clock(expected)}."
    if outcome.earlier:
        scores = ", ".join(f"{percent} %" for percent in outcome.earlier)
        yield "Earlier: ", f"{scores}, the latest last."


def _time(outcome: Outcome) -> Iterator[str]:
    limit = f" of {clock(outcome.limit_ms)}" if outcome.limit_ms else ""
    yield clock(outcome.used_ms) + limit
    if outcome.paused_ms:
        yield f"paused for {clock(outcome.paused_ms)}"
    if outcome.how:
        yield HOW.get(outcome.how, outcome.how)


def counts(outcome: Outcome) -> list[str]:
    """How many were right, partly right, wrong and not answered; but for the first, if any were."""
    words = (
        (Verdict.RIGHT, "right"),
        (Verdict.PARTLY, "partly"),
        (Verdict.WRONG, "wrong"),
        (None, "passed over" if outcome.placed else "not answered"),
    )
    found = [(outcome.count(verdict), word) for verdict, word in words]
    return [f"{count} {word}" for count, word in found if count or word == "right"]


def details(outcome: Outcome, glyphs: Glyphs) -> Iterator[Block]:
    """What was missed, each beside what is right; then the figures."""
    missed = outcome.missed
    if missed:
        yield [Said(f"Not right: {len(missed)} of {len(outcome.items)}", style="bold")]
        yield from (_missed(item, glyphs) for item in missed)
    topics = [] if outcome.placed else outcome.topics  # which have been told
    for title, tallies in (("By topic", topics), ("By deck", outcome.decks)):
        if len(tallies) > 1:
            yield [Said(title, style="bold"), *_table(tallies)]
    if calibration := list(_calibration(outcome)):
        yield [Said("How sure you were", style="bold"), *calibration]
    if outcome.slow:
        yield [Said("Slow", style="bold"), *map(_slow, outcome.slow)]


def _missed(item: Item, glyphs: Glyphs) -> Block:
    """A question with what was given and what is right."""
    lead = f"{item.number}. "
    verdict = item.verdict.value if item.verdict else ""
    sign = {"partly": glyphs.partly, "wrong": glyphs.wrong}.get(verdict, glyphs.dash)
    word = ENDED.get(verdict, "Not answered")
    sure = f" ({item.certainty.words})" if item.certainty else ""
    by_self = ", by your own mark" if item.self_marked and verdict else ""
    given = f", yours{_after(item.given)}" if item.given and not item.self_marked else ""
    right = f"Right{_after(item.right)}" if item.right else ""
    why = f"Why: {item.why}" if item.why else ""
    rows = [
        Said(item.prompt, lead, card=True),
        Said(word + sure + by_self + given, f"{sign} ", verdict, item.kind in PICKED),
        *([Said(right, "  ", "bold", card=True)] if right else []),
        *([Said(why, "  ", card=True)] if why else []),
        *([Said(f"Source: {item.source}", "  ", "dim")] if item.source else []),
    ]
    indent = " " * len(lead)
    return [rows[0], *(row._replace(lead=indent + row.lead) for row in rows[1:])]


def _after(text: str) -> str:
    """A text behind its name: several lines begin below it."""
    return f":\n{text}" if "\n" in text else f": {text}"


def _slow(item: Item) -> Said:
    """How long a question took, for how long it should take, and which it is."""
    times = f"{clock(item.took)} for {clock(1000 * item.expected_s)}"
    return Said(f"{times}: {item.prompt.partition(chr(10))[0]}", f"  {item.number}. ", card=True)


def _table(tallies: list[Tally]) -> Iterator[Said]:
    """A line for each that is not all right, the weakest first; the others in one line."""
    full = [one.name for one in tallies if one.score == one.questions]
    for one in tallies:
        if one.score < one.questions:
            yield Said(f"{one.name} ({_of(one)})", f"{one.percent:>5} %  ")
    if full:
        yield Said(", ".join(full), "  100 %  ")


def _calibration(outcome: Outcome) -> Iterator[Said]:
    made = outcome.calibration
    if not made or not made.answered:
        return
    for level in made.levels:
        if level.answers:
            told = f"{level.right} of {level.answers} right, {level.words}"
            yield Said(told, f"  {level.certainty.words:<8}  ")
    marks = made.average * made.questions
    yield Said(
        f"{number(marks)} of {3 * made.questions} by certainty-based marking", "  marks     "
    )
    bonus = round(100 * made.bonus)
    yield Said(f"{bonus:+d} % for how well you judged your answers", "  bonus     ")


# words and numbers


def score(one: Tally) -> str:
    """``13.5 of 20 (68 %)``."""
    return f"{_of(one)} ({one.percent} %)"


def _of(one: Tally) -> str:
    return f"{number(one.score)} of {one.questions}"


def number(value: float) -> str:
    """A number to one decimal, without it if it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def clock(ms: int) -> str:
    """``8:12``, or ``1:08:12`` from an hour on."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
