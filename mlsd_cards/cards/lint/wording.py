"""Rules of the words of a card: its prompt, its answer and its explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlsd_cards.cards.card import Basic, Card, Number
from mlsd_cards.cards.lint.rule import Note
from mlsd_cards.cards.lint.words import count, likeness, normal, sentences, words
from mlsd_cards.cards.text import shown

FEWEST, MOST = 8, 60
YES_OR_NO = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|should|shall|will|would"
    r"|yes|no)\b",
    re.IGNORECASE,
)
BARE = re.compile(r"(?:yes|no|true|false|it depends)\b[\s.,;:]*$|(?:yes|no)\b", re.IGNORECASE)
ALL_OF_THEM = re.compile(
    r"\b(?:list|name|enumerate)\b[^.?!]{0,60}?\b"
    r"(?:all|the (?:\w+ )?(?:five|six|seven|eight|nine|[5-9]))\b",
    re.IGNORECASE,
)
NUMBERS = frozenset(["numeric", "computed", "rubric"])
POINTING = re.compile(r"(?:it|this|that|they)\b(?! is\b)", re.IGNORECASE)
VAGUE = re.compile(r"\b(?:etc|and so on|and so forth|various)\b|\betc\.", re.IGNORECASE)
SEVERAL = re.compile(r"\b(?:name|give|list|what are) (?:some|many|a few|several)\b", re.I)
ABSOLUTE = re.compile(
    r"\b(?:always|(?<!was )(?<!were )never|guarantees?|guaranteed|best|the only)\b", re.IGNORECASE
)
PASSING = re.compile(
    r"\b(?:GPT-?[0-9]|Llama[ -]?[0-9]|Gemini [0-9]|Claude [0-9]|[ABHV]100s?\b"
    r"|state[ -]of[ -]the[ -]art|currently|nowadays|as of today"
    r"|(?:USD|EUR) [0-9.,]+ (?:per|an?|for an?) (?:[A-Z]+[- ])?(?:hour|month|million|GB))",
    re.IGNORECASE,
)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u274c\u2728]")
FORMS = {
    "NDCG": {"its gain": r"\bgain|2\^|grade / ", "its discount": r"discount|log2|log₂"},
    r"\bAP@|[Aa]verage precision": {"what AP divides by": r"divi|min\(|over "},
    r"\bPSI\b|\bKL\b": {"which logarithm": r"\bln\b|natural log|nats|log2|bits"},
}
BYTES = re.compile("[kKMGTP]i?B")
BULLET = re.compile(r"^[ \t]*(?:[-*•]|[0-9]+[.)])\s", re.MULTILINE)


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
    if answer and own and (own in answer or likeness(set(own.split()), set(answer.split())) >= 0.8):
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
    """How many items a text seems to list: by semicolons, bullets, or five and more between commas
    before an “and”, of which those in the middle are short."""
    rows = [text.split(", ") for text in sentences(answer) if re.search(r"\band\b", text)]
    commas = [
        len(row) for row in rows if len(row) > 4 and all(count(part) <= 4 for part in row[1:-1])
    ]
    return max(answer.count(";") + 1, len(BULLET.findall(answer)), *commas, 0)


def short_answer(note: Note[Basic]) -> Iterator[str]:
    """The answer of a basic card has at most 25 words.

    What is longer is seldom recalled as it stands, and graded by feeling.
    """
    if 25 < (size := count(note.answer)) <= 40:
        yield f"the answer has {size} words: what are the 25 that must be recalled?"


def short_prompt(note: Note[Card]) -> Iterator[str]:
    """A prompt has at most 45 words; that of a numeric, computed or rubric card at most 70.

    A card is met dozens of times, and the part that is read to reach the question each time is time
    not spent on recalling.
    """
    most = 70 if note.card.kind in NUMBERS else 45
    if (size := count(note.prompt)) > most:
        yield f"the prompt has {size} words, at most {most} are read each time: shorten it"


def unambiguous(note: Note[Card]) -> Iterator[str]:
    """A prompt does not begin with it, this, that or they; neither prompt nor answer says etc, “and
    so on” or various, and no prompt asks for some or many of something.

    Exactly one answer is right to an expert who has not seen the card.
    """
    if found := POINTING.match(note.prompt):
        yield f"the prompt begins with {shown(found[0])}: name what is meant"
    if found := VAGUE.search(f"{note.prompt}\n{note.answer}"):
        yield f"{shown(found[0])} leaves open what counts: name it"
    if found := SEVERAL.search(note.prompt):
        yield f"{shown(found[0])} leaves open how many: ask for one, or for all of a short list"


def metric_is_defined(note: Note[Number]) -> Iterator[str]:
    """A numeric or computed card says which form of a metric it means: NDCG its gain and its
    discount, AP@K what it divides by, PSI and KL which logarithm. A size in bytes is asked for in
    its unit, as GB and GiB differ.

    Textbooks differ in each of these, and so do the right answers.
    """
    for metric, needs in FORMS.items():
        if re.search(metric, note.prompt):
            for name, pattern in needs.items():
                if not re.search(pattern, note.prompt, re.IGNORECASE):
                    yield f"the prompt does not say {name}: two answers are right"
    if BYTES.fullmatch(note.card.unit) and note.card.unit not in note.prompt:
        yield f"the prompt does not ask for {note.card.unit}: GB and GiB differ by 7 %"


def no_absolute_claim(note: Note[Card]) -> Iterator[str]:
    """What is right does not say always, never, guarantees, best or “the only”, unless the card has
    the tag math. “Was never”, of something told, is no such claim.

    Hardly anything in system design holds without a condition, and the condition is what an
    interviewer asks for.
    """
    if "math" not in note.card.tags and (found := ABSOLUTE.search(note.answer)):
        yield f"the answer says {shown(found[0])}: say under which condition"


def dated(note: Note[Card]) -> Iterator[str]:
    """A card that speaks of versions of models and hardware, of a price by the hour, the month or
    the million, of the state of the art or of what is so currently carries ``as_of``.

    What was true when the card was written must show its age.
    """
    if note.card.as_of:
        return
    for text in (note.prompt, note.answer, note.card.explanation):
        if found := PASSING.search(text):
            yield f"{shown(found[0])} will not stay true: add as_of"
            break


def plain_wording(note: Note[Card]) -> Iterator[str]:
    """The sentences of prompt, answer and explanation have at most 25 words on average, and no
    emoji.

    A card is read in seconds.
    """
    said = [
        text
        for part in (note.prompt, note.answer, note.card.explanation)
        if part
        for text in sentences(part)
    ]
    if said and (mean := sum(map(count, said)) / len(said)) > 25:
        yield f"the sentences have {mean:.0f} words on average, 25 read well: cut them"
    if found := EMOJI.search(f"{note.prompt}{note.answer}{note.card.explanation}"):
        yield f"{found[0]} is an emoji: use words"


def effortful(note: Note[Basic]) -> Iterator[str]:
    """The answer of a basic card is not the prompt with words left out.

    Reading is no recall.
    """
    rest = iter(words(note.prompt))
    own = words(note.answer)
    if own and all(word in rest for word in own):
        yield "the answer stands in the prompt word by word: ask for what does not"
