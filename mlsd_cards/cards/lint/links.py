"""Rules of what a card names beyond itself, and of cards that say the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from mlsd_cards.cards.card import Card
from mlsd_cards.cards.lint.rule import CONVENTION, Note, Remarks, Shelf
from mlsd_cards.cards.lint.words import normal, words
from mlsd_cards.cards.text import shown

OWN_WORDS = re.compile(r"\b(?:in|of) (?:this deck|these decks)\b|\brules? of thumb\b", re.I)
FAMILIES = ("search", "rec", "ads", "safety", "llm", "other")
TAG = re.compile(rf"step:[1-7]|family:(?:{'|'.join(FAMILIES)})")
YEAR = re.compile(r"(?:in )?(?:19|20)[0-9]{2}\.?")
PRODUCTS = (
    "Airflow", "BigQuery", "CatBoost", "Cassandra", "Elasticsearch", "Faiss", "Feast", "Flink",
    "Hadoop", "Kafka", "Kubeflow", "Kubernetes", "LightGBM", "Milvus", "MLflow", "Pinecone",
    "PyTorch", "Ray", "Redis", "Snowflake", "Spark", "TensorFlow", "Triton", "Vespa", "XGBoost",
)  # fmt: skip
RUN, ALIKE, CROWD = 5, 0.6, 20
"""Words in a run, the share that makes two cards one, and how many cards may hold a run for it to
tell two of them: what more of them share is a phrase of the deck, and comparing all of these would
take the square of their number."""


def cites_what_is_listed(shelf: Shelf) -> Remarks:
    """Every source of a card is a key that a list of sources, or its deck, explains.

    A claim can be looked up only where its source can be found.
    """
    for note in shelf.notes:
        for key in note.card.sources:
            if key not in shelf.sources and key != CONVENTION:
                yield note, f"no list has the source {shown(key)}: add it to sources.yaml"


def convention_says_so(note: Note[Card]) -> Iterator[str]:
    """A card whose only source is ``convention`` says “in this deck” or “rule of thumb” in prompt
    or explanation, unless it is numeric, computed or a diagram.

    What this project chose must not pass for what the field agrees on.
    """
    if note.card.sources == (CONVENTION,) and not OWN_WORDS.search(
        f"{note.prompt} {note.card.explanation}"
    ):
        yield "it rests on convention alone: say “in this deck” or “rule of thumb”, or cite a work"


def no_duplicate(shelf: Shelf) -> Remarks:
    """Prompt and answer share less than 60 % of their runs of five words with those of any other
    card; what 20 cards share is a phrase of theirs and does not count.

    Two cards that are nearly one are answered from the look of the first line. Contrast them, or
    keep one.
    """
    runs = [_runs(note) for note in shelf.notes]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        shared = Counter(
            other for run in own if len(holders[run]) < CROWD for other in holders[run]
        )
        for other, both in shared.items():
            if both >= ALIKE * (len(own) + len(runs[other]) - both):
                yield shelf.notes[number], f"it is nearly {shelf.notes[other].card.note}: keep one"
                break
        for run in own:
            holders[run].append(number)


def _runs(note: Note[Card]) -> set[int]:
    said = words(f"{note.prompt} {note.answer}")
    return {hash(tuple(said[at : at + RUN])) for at in range(max(1, len(said) - RUN + 1))}


def tagged_for_an_interview(note: Note[Card]) -> Iterator[str]:
    """The tags name a step of the interview, step:1 to step:7, and of families only search, rec,
    ads, safety, llm and other.

    What belongs to no step would not be asked in 45 minutes; quizzes are drawn by these tags.
    """
    tags = note.card.tags
    if not any(tag.startswith("step:") for tag in tags):
        yield "no tag says which step it is about: add one of step:1 to step:7"
    for tag in tags:
        if ":" in tag and not TAG.fullmatch(tag):
            families = ", ".join(FAMILIES)
            yield f"the tag {shown(tag)} is unknown: use step:1 to step:7, or family: {families}"


def requires_what_exists(shelf: Shelf) -> Remarks:
    """What a card requires are ids of notes, of this library or bundled ones, and no card requires
    itself by way of others.

    Quizzes and reviews bring a card after what it builds on.
    """
    for note in shelf.notes:
        for other in note.card.requires:
            if other not in shelf.known:
                yield note, f"it requires {other}, which is no card"
    graph = {note.card.note: note.card.requires for note in shelf.notes}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
        first = next(note for note in shelf.notes if note.card.note in circle)
        yield first, f"the requirements run in a circle: {' needs '.join(reversed(circle))}"


def hard_needs_basics(note: Note[Card]) -> Iterator[str]:
    """A card of difficulty 3 requires something.

    What one must judge rests on what one knows: say on what.
    """
    if note.card.difficulty == 3 and not note.card.requires:
        yield "a card of difficulty 3 builds on others: name them under requires"


def no_trivia(shelf: Shelf) -> Remarks:
    """No answer of a basic card, and no gap, is a mere year, a cited author or a product.

    Nobody designs a system otherwise for knowing it.
    """
    names = {normal(name) for name in (*shelf.authors, *PRODUCTS)} - {""}
    names |= {name.split()[-1] for name in names}
    for note in shelf.notes:
        if note.card.kind in {"basic", "cloze"}:
            for text in note.answer.split("; "):
                if YEAR.fullmatch(text) or normal(text) in names:
                    yield note, f"the answer {shown(text)} is a name or a year: ask what follows"
