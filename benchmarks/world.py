"""A home and decks of any size to measure in, the same for the same seed and study day.

The cards are as long as the bundled ones and of the same kinds. The history is one that the
scheduler could have asked for: every review falls on its due day or a little later, drills
included. Two or three cards in a hundred are due today, a few were answered today, some are overdue
but fewer than a day holds, and a fifth has never been seen.

    python benchmarks/world.py FOLDER --cards 10000 --events 100000
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from mlsd_cards.app import utc_offset, wall
from mlsd_cards.schedule.day import MINUTES_A_DAY, ROLLOVER, Moment, study_day
from mlsd_cards.schedule.sm2 import SM2
from mlsd_cards.schedule.state import GRADE_OF_BUTTON, NEW
from mlsd_cards.store import log
from mlsd_cards.store.database import Store
from mlsd_cards.store.library import Library, Root
from mlsd_cards.store.log import Event
from mlsd_cards.store.merge import merge

SEED = 20_261_121
KINDS = {"basic": 18, "cloze": 11, "mcq": 14, "multi_select": 6, "computed": 6, "numeric": 5}
"""How many notes of each kind the bundled decks had when this was written."""

OVERDUE, DONE_TODAY = 40, 12
"""Cards that are overdue, and cards answered today already, whatever the size of the world."""

ASKED = re.findall(
    r"\w+",
    """
    model feature label query item user rank loss batch shard cache latency recall precision
    calibration embedding tower gradient drift baseline sampling negative retrieval traffic budget
    memory offline training serving skew leakage variance quantisation with under when because
    where the of for
""",
)
TOLD = re.findall(
    r"\w+",
    """
    click score index threshold holdout replay positive candidate throughput online pipeline window
    bias ensemble distillation between unless costs needs gives hides over a
""",
)
"""Words of what is asked, and of what is answered, since no answer may stand in its prompt: the
cards keep the rules of ``check``, as those of a library that somebody cares for."""


class World(NamedTuple):
    """Where a world lies and what it holds."""

    home: Path
    decks: Path
    cards: int
    events: int


def now() -> Moment:
    """This moment, in UTC."""
    return Moment.of(wall(), 0)


def build(folder: Path, cards: int, events: int, files: int = 20, seed: int = SEED) -> World:
    """Make a home and a folder of decks below ``folder``, which must not hold them yet."""
    world = World(folder / "home", folder / "decks", cards, events)
    write_decks(world.decks, cards, files, seed)
    store = Store.open(world.home)
    try:
        catalogue = Library.open(store, [Root(str(world.decks))], now).catalogue
        ids = [candidate.card for candidate in catalogue.every()]
        merge(store, history(ids, events, store.device, Random(seed)))
    finally:
        store.close()
    return world


# decks


class Author:
    """Writes sentences; ``rng`` decides everything."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def sentence(self, words: Sequence[str] = ASKED, least: int = 7, most: int = 17) -> str:
        return " ".join(self.rng.choices(words, k=self.rng.randint(least, most))).capitalize()

    def text(self, size: int, words: Sequence[str] = ASKED) -> str:
        """Whole sentences, about ``size`` characters of them."""
        text = self.sentence(words) + "."
        while len(text) < size - 30:
            text += f" {self.sentence(words)}."
        return text

    def phrase(self, size: int, words: Sequence[str] = ASKED) -> str:
        """A piece of a sentence, as an option is."""
        return self.sentence(words)[:size].rstrip()


def write_decks(folder: Path, cards: int, files: int, seed: int = SEED) -> None:
    """``cards`` cards in ``files`` deck files and the sources that they cite."""
    folder.mkdir(parents=True)
    rng = Random(seed)
    author = Author(rng)
    keys = [f"author{1990 + number}" for number in range(35)]
    sources = (
        f"  {key}:\n    title: {author.phrase(60)}\n    authors: Author, Other, Third\n"
        f'    year: "{key[-4:]}"\n    venue: KDD\n'
        for key in keys
    )
    (folder / "sources.yaml").write_text("sources:\n" + "".join(sources), encoding="utf-8")
    for number in range(files):
        share = cards * (number + 1) // files - cards * number // files
        (folder / f"deck-{number:03d}.yaml").write_text(
            _deck(author, keys, number, share), encoding="utf-8"
        )


def _deck(author: Author, keys: list[str], number: int, cards: int) -> str:
    name = f"area-{number % 5}::deck-{number:03d}"
    head = (
        f"deck: {name}\ntitle: {author.phrase(40)}\ndescription: {author.text(150)}\n"
        f"tags: [area-{number % 5}]\ncards:\n"
    )
    notes, left, serial = [], cards, 0
    while left:
        kind = author.rng.choices(list(KINDS), list(KINDS.values()))[0]
        count = min(left, author.rng.choice((1, 2, 2, 3))) if kind == "cloze" else 1
        notes.append(_note(author, keys, f"card-{number:03d}-{serial:05d}", kind, count))
        left -= count
        serial += 1
    return head + "\n".join(notes)


def _note(author: Author, keys: list[str], name: str, kind: str, count: int) -> str:
    """One entry of a deck; ``count`` is how many cards a cloze gives."""
    rng = author.rng
    topic = f"topic-{rng.randrange(12)}"
    lines = [
        f"  - id: {name}",
        f"    type: {kind}",
        f"    topic: {topic}",
        f"    difficulty: {rng.randint(1, 3)}",
        f"    expected_s: {rng.choice((45, 60, 60, 90))}",
        f'    tags: ["step:{rng.randint(1, 7)}"]',
        *_body(author, kind, count),
        f"    explanation: >-\n      {author.text(220)}",
        f"    sources: [{', '.join(rng.sample(keys, 2))}]",
    ]
    return "\n".join(lines) + "\n"


def _body(author: Author, kind: str, count: int) -> Iterator[str]:
    """The lines of a note that only its kind has."""
    rng = author.rng
    if kind == "cloze":
        gaps = (
            f"{author.sentence(ASKED, 9, 12)} "
            f"{{{{c{n}::{author.phrase(18, TOLD)}::{rng.choice(ASKED)}}}}}"
            for n in range(1, count + 1)
        )
        yield f'    prompt: "{", ".join(gaps)}."'
        return
    if kind == "computed":
        yield "    generator: f1_from_counts"
        yield "    params: {tp: {range: [20, 90]}, fp: {range: [5, 60]}, fn: {range: [5, 60]}}"
        yield f'    prompt: "{author.text(90)} With {{tp}}, {{fp}} and {{fn}}, what is F1?"'
        yield "    pinned: {params: {tp: 60, fp: 15, fn: 60}, value: 0.6154}"
        yield '    check: "2*60/(2*60+15+60)"'
        yield '    unit: "1"\n    tolerance: {abs: 0.005}'
        return
    yield f"    prompt: {author.text(160)[:-1]}?"
    if kind == "basic":
        yield f"    answer: {author.sentence(TOLD, 12, 24)}."
    elif kind == "numeric":
        whole = rng.randint(2, 900)
        yield f'    value: {whole}\n    check: "{whole}"'
        yield '    unit: "1"\n    tolerance: {rel: 0.02}'
    else:
        right = {0} if kind == "mcq" else {0, 2}
        yield "    options:"
        for index in range(4 if kind == "mcq" else 5):
            # the number in front keeps two options from being the same
            yield f"      - text: {index + 1} {author.phrase(44, TOLD)}"
            yield f"        correct: {'true' if index in right else 'false'}"
            yield f"        why: {author.text(95, TOLD)}"


# history


class Step(NamedTuple):
    """One answer of a card's past: its day, counted from the first, and the button."""

    day: int
    button: int


class Stop(NamedTuple):
    """A place between two reviews at which a past may end: its steps, and how long it waits."""

    steps: int
    last: int
    interval: int


def history(ids: list[str], events: int, device: str, rng: Random) -> list[Event]:
    """Exactly ``events`` reviews of four fifths of the cards, in the order of time."""
    now = wall()
    offset = utc_offset(now)
    today = study_day(now, offset)
    seen = rng.sample(ids, min(len(ids) * 4 // 5, max(1, events // 5)))
    answers: list[tuple[int, str, int]] = []  # day, card, button
    for index, card in enumerate(seen):
        left, others = events - len(answers), len(seen) - index - 1
        if left <= 0:
            break
        wanted = left if not others else max(1, round(left / (others + 1) * rng.uniform(0.5, 1.5)))
        steps, stop = _past(wanted, rng, exact=not others)
        if index < OVERDUE:
            waited = stop.interval + rng.randint(1, 5)
        elif index < OVERDUE + DONE_TODAY:
            waited = 0
        else:
            waited = rng.randint(1, stop.interval)
        first = today - waited - stop.last
        taken = steps[: min(stop.steps, left)]
        answers += ((first + step.day, card, step.button) for step in taken)
    return list(_events(answers, offset, device, rng))


def _past(wanted: int, rng: Random, *, exact: bool) -> tuple[list[Step], Stop]:
    """About ``wanted`` answers (``exact``: that many) as the scheduler would have asked for them.

    A card is more likely to be found in a long interval than in a short one, and so is it here.
    """
    scheduler, state, day = SM2(), NEW, 0
    steps: list[Step] = []
    stops: list[Stop] = []
    while len(steps) < (wanted if exact else wanted + 8) or not stops:
        button = _drilled(rng) if day == state.last else _pressed(state.interval, rng)
        state = scheduler.review(state, GRADE_OF_BUTTON[button], day)
        steps.append(Step(day, button))
        if not state.drill:
            stops.append(Stop(len(steps), day, state.interval))
            day = state.due + (rng.randint(1, 3) if rng.random() < 0.15 else 0)
    if exact:
        return steps, Stop(wanted, steps[wanted - 1].day, stops[-1].interval)
    near = [stop for stop in stops if 2 * stop.steps >= wanted] or stops[-1:]
    return steps, rng.choices(near, [stop.interval for stop in near])[0]


def _pressed(interval: int, rng: Random) -> int:
    """A button for a card that has waited ``interval`` days: the longer, the more is forgotten."""
    if rng.random() < 0.05 + interval / 400:
        return 1
    return rng.choices((2, 3, 4), (2, 7, 2))[0]


def _drilled(rng: Random) -> int:
    return rng.choices((1, 3), (1, 5))[0]


def _events(
    answers: list[tuple[int, str, int]], offset: int, device: str, rng: Random
) -> Iterator[Event]:
    """The answers as events: a day's begin half an hour into it and follow every three seconds."""
    answers.sort(key=lambda answer: answer[0])  # stable: a card's drill stays after its review
    count: Counter[int] = Counter()
    for day, card, button in answers:
        start = (day * MINUTES_A_DAY + ROLLOVER - offset + 30) * 60_000
        at = start + 3_000 * count[day]
        count[day] += 1
        uid = rng.randbytes(10).hex()
        took = rng.randint(2_000, 60_000)
        yield Event(
            card, at, device, uid, log.REVIEWED, at, offset, day,
            button, log.BUTTONS, took, log.REVIEW,
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    begun = time.perf_counter()
    world = build(args.folder, args.cards, args.events, args.files, args.seed)
    print(f"{world.home}\n{world.decks}\n{time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
