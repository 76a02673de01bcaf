"""Rules of the words of a card: its prompt, its answer and its explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd_cards.cards.card import Basic, Card
from mlsd_cards.cards.lint.rule import Note
from mlsd_cards.cards.lint.words import count, likeness, normal, sentences
from mlsd_cards.cards.text import shown

FEWEST, MOST = 8, 60
YES_OR_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would"
    r"|yes|no)\b",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:yes|no|true|false|it depends)\b[\s.,;:]*$|(?:yes|no)\b", re.IGNORECASE)
ALL_OF_THEM = re.compile(
    r"\b(?:list|name|enumerate)\b[^.?!]*?\b"
    r"(?:all|the (?:\w+ )?(?:five|six|seven|eight|nine|[5-9]))\b",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:[-*•]|[0-9]+[.)])\s", re.MULTILINE)


def explanation_teaches(note: Note[Card]) -> Iterator[str]:
    """An explanation has 8 to 60 words, does not stand in the answer, and shares less than 80 % of
    its words with it.

    A fact that is understood is remembered longer. The explanation gives the mechanism behind the
    answer, not the answer in other words.
    """
    text = note.card.explanation
    if not text:
        return
    if not FEWEST <= (size := count(text)) <= MOST:
        yield f"the explanation has {size} words: say in {FEWEST} to {MOST} why the answer is right"
    answer = normal(note.answer)
    own = normal(text)
    if answer and (own in answer or likeness(set(own.split()), set(answer.split())) >= 0.8):
        yield "the explanation repeats the answer: give the mechanism behind it"


def one_idea(note: Note[Basic]) -> Iterator[str]:
    """The answer of a basic card has at most 40 words in at most 2 sentences.

    A card that asks for two things is half known most of the time and can only be graded wrong or
    by pity. Two ideas are two cards.
    """
    if (size := count(note.answer)) > 40:
        yield f"the answer has {size} words, at most 40 can be recalled as one: split the card"
    if (size := len(sentences(note.answer))) > 2:
        yield f"the answer has {size} sentences, at most 2 are one idea: split the card"


def one_question(note: Note[Card]) -> Iterator[str]:
    """A prompt has at most one question mark, except a rubric's.

    Who has answered one of two questions does not know which grade to give.
    """
    if (marks := note.prompt.count("?")) > 1:
        yield f"the prompt asks {marks} questions: ask one, or split the card"


def no_yes_or_no(note: Note[Card]) -> Iterator[str]:
    """Neither the prompt nor a question in it begins with is, does, can, should and the like, and
    the answer is not yes, no, true, false or “it depends”.

    A guess is right half of the time, so the schedule learns nothing. Ask what, which, why, how.
    """
    questions = [text for text in re.split(r"(?<=[.?!:])\s+", note.prompt) if text.endswith("?")]
    for text in dict.fromkeys([note.prompt, *questions]):
        if YES_OR_NO.match(text):
            yield f"{shown(text)} can be answered by yes or no: ask what, which, why or how"
            break
    if note.card.kind == "basic" and BARE.match(note.answer):
        yield f"the answer {shown(note.answer)} says yes or no: let it say what is the case"


def no_long_list(note: Note[Basic]) -> Iterator[str]:
    """The answer of a basic card is no list of more than 4 items, and no prompt says to list all,
    or the five to nine, of something.

    Unordered lists are the hardest thing to recall and the easiest to forget in part. Make an
    ordering of them, a multi_select, a cloze, or a card for each item.
    """
    if (size := _listed(note.answer)) > 4:
        yield f"the answer lists {size} items: make it an ordering, a cloze or several cards"
    if ALL_OF_THEM.search(note.prompt):
        yield "the prompt asks for a whole list: make it an ordering, a cloze or several cards"


def _listed(answer: str) -> int:
    """How many items a text seems to list."""
    commas = max(
        (text.count(", ") + 1 for text in sentences(answer) if re.search(r"\band\b", text)),
        default=0,
    )
    return max(answer.count(";") + 1, len(BULLET.findall(answer)), commas if commas > 4 else 0)
