"""Rules of the other kinds: orderings, clozes, comparisons, diagrams and rubrics."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd_cards.cards.card import DELETION, Card, Choice, Cloze, deletions
from mlsd_cards.cards.comparison import Comparison
from mlsd_cards.cards.diagram import GAP, Diagram
from mlsd_cards.cards.lint.rule import Note
from mlsd_cards.cards.lint.words import count, normal
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.rubric import Rubric
from mlsd_cards.cards.text import shown


def order_is_bounded(note: Note[Ordering]) -> Iterator[str]:
    """An ordering has 4 to 8 items of at most 14 words each, none like another.

    Fewer are guessed, more are a list to cram. The order is forced by cause or by time, never by
    taste.
    """
    items = note.card.items
    if not 4 <= len(items) <= 8:
        yield f"{len(items)} items: give 4 to 8, or split the card"
    for item in items:
        if count(item) > 14:
            yield f"the item {shown(item)} has {count(item)} words, at most 14 read at a glance"
    if len({normal(item) for item in items}) < len(items):
        yield "two items read alike: make them differ"


def gap_has_context(note: Note[Cloze]) -> Iterator[str]:
    """A cloze has 1 to 3 gaps of at most 6 words, 8 words or more left to see when all are hidden,
    no gap at its beginning without a hint, and no answer standing elsewhere in the text.

    What is left must say what is missing, and must not show it.
    """
    text = note.card.prompt
    gaps = deletions(text)
    if len(gaps) > 3:
        yield f"{len(gaps)} gaps: hide at most 3, or split the card"
    rest = DELETION.sub(" … ", text)
    if (size := count(rest)) < 8:
        yield f"{size} words are left to see: give 8 or more, so that only one answer fits"
    first = DELETION.match(text)
    if first and not first[3]:
        yield "the text begins with a gap: begin with its context, or give a hint"
    visible = f" {normal(rest)} "
    for gap in gaps:
        if count(gap.text) > 6:
            yield f"the gap {shown(gap.text)} has {count(gap.text)} words: hide 6 or fewer"
        hidden = normal(gap.text)
        if re.search(r"[a-z]", hidden) and f" {hidden} " in visible:
            yield f"{shown(gap.text)} stands elsewhere in the text: hide or reword it"


def sides_decide(note: Note[Comparison]) -> Iterator[str]:
    """A comparison has 3 rows or more, and says in at most 45 words when to choose either side.

    A table that decides nothing is trivia; two rows are a basic card.
    """
    if len(note.card.rows) < 3:
        yield f"{len(note.card.rows)} rows: give 3 or more, or make it a basic card"
    for name in ("choose_a_when", "choose_b_when"):
        if (size := count(getattr(note.card, name))) > 45:
            yield f"{name} has {size} words: say in 45 what decides"


def drawing_is_fair(note: Note[Diagram]) -> Iterator[str]:
    """A drawing has at most 18 rows, and the missing name, or another accepted one, stands nowhere
    else in it.

    The box is told from its edges, on a screen that shows the question too.
    """
    rows = note.card.diagram.split("\n")
    if len(rows) > 18:
        yield f"the drawing has {len(rows)} rows, at most 18 fit a screen with the question"
    drawn = f" {normal(note.card.diagram.replace(GAP, ' '))} "
    for name in dict.fromkeys((note.card.missing, *note.card.accept)):
        if f" {normal(name)} " in drawn:
            yield f"{shown(name)} stands elsewhere in the drawing: name that box otherwise"


def interview_is_whole(note: Note[Rubric]) -> Iterator[str]:
    """The minutes of a rubric sum up to 40 to 45, each step has 2 to 4 things that must be said and
    a red flag, there are 3 follow-ups or more, and its tags are all of step:1 to step:7.

    It is what a real interview of 45 minutes can hear. The steps and their order are held by C13.
    """
    rubric = note.card
    if not 40 <= (minutes := sum(step.minutes for step in rubric.steps)) <= 45:
        yield f"the steps take {minutes} minutes: let them take 40 to 45"
    for step in rubric.steps:
        if not 2 <= len(step.must) <= 4:
            yield f"{len(step.must)} things must be said in {step.step}: make it 2 to 4"
    if without := ", ".join(step.step for step in rubric.steps if not step.red_flag):
        yield f"no red flag in {without}: say what would worry an interviewer"
    if len(rubric.follow_ups) < 3:
        yield f"{len(rubric.follow_ups)} follow-ups: give 3 or more"
    if not {f"step:{place}" for place in range(1, 8)} <= set(rubric.tags):
        yield "a rubric is about every step: give it all tags from step:1 to step:7"


def time_is_right(note: Note[Card]) -> Iterator[str]:
    """A card takes 10 to 240 seconds, a rubric 1,500 to 3,600; and what there is to read, at four
    words a second, takes less than half of it.

    ``expected_s`` runs the timer of a quiz. What takes longer is several cards.
    """
    low, high = (10, 240) if note.card.daily else (1500, 3600)
    if not low <= note.card.expected_s <= high:
        yield f"expected_s is {note.card.expected_s}: {low} to {high} is what such a card takes"
    reading = count(_shown(note)) / 4
    if reading * 2 >= note.card.expected_s:
        yield f"reading takes {reading:.0f} of {note.card.expected_s} s: shorten it, or allow more"


def _shown(note: Note[Card]) -> str:
    """What is read before answering."""
    match note.card:
        case Choice(options=options):
            return "\n".join([note.prompt, *(option.text for option in options)])
        case Ordering(items=items):
            return "\n".join([note.prompt, *items])
    return note.prompt
