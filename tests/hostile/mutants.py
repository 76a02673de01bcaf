"""Malformed decks without end, made of the bundled ones: each number gives the same one everywhere.

``sweep`` reads any number of them and holds the loader to what it promises; a test reads a few
hundred, the program that tortures a hundred thousand.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from mlsd_cards.cards import manuscript
from mlsd_cards.cards.code import CODES, Findings
from mlsd_cards.cards.deck import Deck, load
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.source import load_sources
from mlsd_cards.cards.text import clean
from mlsd_cards.errors import UserError

DECKS = Path(__file__).parents[2] / "decks"

NOTES = 3
"""Notes of a bundled deck that go into one malformed deck."""

LIMIT_S = 2.0
"""Seconds of the processor that reading one may take."""

LONGEST = 600
"""Characters of the longest message."""

FIRST, LAST = "first-of-all", "last-of-all"
ABOVE = f"cards:\n  - id: {FIRST}\n    q: What comes first?\n    a: This.\n"
BELOW = f"  - id: {LAST}\n    q: What comes last?\n    a: That.\n"

CONTROLS = "".join(map(chr, (*range(9), *range(11, 32), *range(127, 160))))
ODD = "\ufeff\u2028\u2029\u0085\u202e\u2066\u200b\u200d\u0301\ufffe\uffff\U000e0041\U0010ffff\ud800"
SIGNS = "{}[]\"'&*!|>%@`#?,:-=<~\\\t "

PIECES = (
    "&a x", "*a", "<<: *a", "&a [*a, *a]", "!!python/object/apply:os.system [id]", "!!binary x",
    "!<tag:x> y", "%YAML 1.1", "---", "...", "- ", "? ", ": ", "|", ">", "|2", ">-", '"', "'",
    "[", "{", "]", "}", "{a: [", "\\x1b[31m", "\x1b[2J", '"\\x1b[31m"', '"\\ud800"', "~", "null",
    "0x1F", "1e999", "-0", ".nan", "9" * 400, "1_000", "12:30:45", "2024-02-30", "yes", "=",
    "{{c1::", "}}", "{{c1::a::b}}", "{{c0::x}}", "{{c999::x}}", "$\\frac{", "$$", "[?]", "::",
    "<script>alert(1)</script>", "[red]x[/red]", "%s%n{0.__class__}", "'; DROP TABLE card; --",
    "../../etc/passwd", "cards:", "deck:", "id:", "type: rubric", "generator: latency",
)  # fmt: skip

KEYS = (
    "id", "type", "q", "a", "prompt", "answer", "explanation", "options", "value", "tolerance",
    "unit", "check", "items", "rows", "diagram", "steps", "params", "generator", "accept", "tags",
    "sources", "requires", "difficulty", "expected_s", "lint_ok", "worked", "<<", "1", "''",
)  # fmt: skip


class Mutant(NamedTuple):
    """A malformed deck. ``beside`` are ids of cards that must be read whatever stands between."""

    number: int
    how: str
    data: bytes
    beside: tuple[str, ...] = ()


class Swept(NamedTuple):
    """What came of a sweep: how many decks, cards and problems there were, the seconds that the
    slowest deck took and its number, and every breach as a line that begins with a number."""

    decks: int
    cards: int
    problems: int
    slowest_s: float
    slowest: int
    breaches: list[str]


# making them


@cache
def texts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every bundled deck: what stands above its notes, and its notes."""
    found = []
    for path in sorted(DECKS.glob("*.yaml")):
        head, *notes = path.read_text("utf-8").split("\n  - id:")
        if notes:
            found.append((head, tuple(f"\n  - id:{note}" for note in notes)))
    return tuple(found)


def _deck(rng: Random) -> str:
    head, notes = rng.choice(texts())
    start = rng.randrange(len(notes))
    return head + "".join(notes[start : start + NOTES]).rstrip("\n") + "\n"


def _hostile(rng: Random) -> str:
    """A text that somebody would rather not find in a file."""
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(PIECES)
    if kind == 1:
        return "".join(rng.choices(SIGNS, k=rng.randrange(1, 12)))
    if kind == 2:
        return "".join(rng.choices(CONTROLS + ODD, k=rng.randrange(1, 5)))
    if kind == 3:
        return rng.choice("[{(<-\"'?:!&*$}") * rng.randrange(1, 2000)
    if kind == 4:
        return "".join(chr(rng.randrange(1, 0x110000)) for _ in range(rng.randrange(1, 9)))
    return " ".join(rng.choices(PIECES, k=rng.randrange(2, 5)))


def _flipped(text: str, rng: Random) -> str:
    data = bytearray(_encoded(text))
    for _ in range(rng.randrange(1, 9)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return data.decode("utf-8", "surrogateescape")


def _cut(text: str, rng: Random) -> str:
    start, end = sorted(rng.sample(range(len(text)), 2))
    return rng.choice([text[:start], text[start:], text[:start] + text[end:]])


def _inserted(text: str, rng: Random) -> str:
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text))
        text = text[:at] + _hostile(rng) + text[at:]
    return text


def _lines(change: Callable[[list[str], int, Random], None]) -> Callable[[str, Random], str]:
    """A change of the lines at a few places."""

    def changed(text: str, rng: Random) -> str:
        lines = text.split("\n")
        for _ in range(rng.randrange(1, 4)):
            change(lines, rng.randrange(len(lines)), rng)
        return "\n".join(lines)

    return changed


def _again(lines: list[str], at: int, rng: Random) -> None:
    lines.insert(rng.randrange(len(lines)), lines[at])


def _gone(lines: list[str], at: int, _: Random) -> None:
    lines[at] = ""


def _moved(lines: list[str], at: int, rng: Random) -> None:
    lines[at] = " " * rng.randrange(9) + lines[at].lstrip()


def _tabbed(lines: list[str], at: int, _: Random) -> None:
    lines[at] = lines[at].replace("  ", "\t")


def _revalued(lines: list[str], at: int, rng: Random) -> None:
    lines[at] = lines[at].partition(":")[0] + ": " + _hostile(rng)


def _rekeyed(lines: list[str], at: int, rng: Random) -> None:
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = " " * indent + rng.choice(KEYS) + ":" + lines[at].partition(":")[2]


WAYS: dict[str, Callable[[str, Random], str]] = {
    "bytes flipped": _flipped,
    "cut": _cut,
    "inserted": _inserted,
    "lines twice": _lines(_again),
    "lines gone": _lines(_gone),
    "lines moved": _lines(_moved),
    "tabs": _lines(_tabbed),
    "values": _lines(_revalued),
    "keys": _lines(_rekeyed),
    "CR": lambda text, _: text.replace("\n", "\r"),
    "CRLF": lambda text, rng: _inserted(text, rng).replace("\n", "\r\n"),
    "marks of order": lambda text, rng: "\ufeff" * rng.randrange(1, 4) + _inserted(text, rng),
    "flat": lambda text, _: text.replace("\n", " "),
}
"""How a deck is bent as a whole."""


def _between(rng: Random) -> str:
    """Fields of a note, each in a line by itself, between two notes that are well."""
    keys = rng.sample(KEYS, rng.randrange(1, 6))
    said = ["".join(_hostile(rng).split()) or "x" for _ in keys]
    fields = [
        f"{key}: {rng.choice(['', ' ', '  x '])}{value}"
        for key, value in zip(keys, said, strict=True)
    ]
    return ABOVE + "  - " + "\n    ".join(fields) + "\n" + BELOW


def mutant(number: int) -> Mutant:
    """The malformed deck of that number, the same on every machine."""
    rng = Random(number)
    if number % 4 == 0:
        return Mutant(number, "between", _encoded(_between(rng)), (FIRST, LAST))
    how = rng.choice([*WAYS])
    text = WAYS[how](_deck(rng), rng)
    if number % 31 == 1:
        codec = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"])
        return Mutant(number, f"{how}, {codec}", text.encode(codec, "replace"))
    return Mutant(number, how, _encoded(text))


def _encoded(text: str) -> bytes:
    """Bytes as a file may have them, undecodable ones as they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


# reading them


def breaches(one: Mutant) -> Iterator[str]:
    """What the loader does with a malformed deck that it should not, in words."""
    deck, problems = load(one.data, "f.yaml")
    cards = {placed.card.note for placed in deck.cards} if deck else set()
    for name in one.beside:
        if name not in cards:
            yield f"{name} is lost"
    if deck is None and not problems:
        yield "nothing is read and nothing is said"
    yield from misplaced(one.data, problems)
    _, more = load_sources(one.data.replace(b"cards:", b"sources:", 1), "sources.yaml")
    yield from misplaced(one.data.replace(b"cards:", b"sources:", 1), more)
    yield from _unwritable(one.data.decode("utf-8", "surrogateescape"), deck)


def misplaced(data: bytes, problems: list[Problem]) -> Iterator[str]:
    """The problems that say no place in the file, or whose words are unfit for a terminal."""
    lines = (clean(data, Findings("")) or "").split("\n")
    for problem in problems:
        if not 1 <= problem.line <= len(lines):
            yield f"line {problem.line} of {len(lines)}: {problem.message}"
        elif not 1 <= problem.column <= len(lines[problem.line - 1]) + 1:
            yield f"column {problem.column} of line {problem.line}: {problem.message}"
        if problem.code not in CODES or not problem.message.isprintable():
            yield f"unfit to be shown: {problem!r}"
        if len(problem.message) > LONGEST:
            yield f"a message of {len(problem.message)} characters: {problem.message[:60]}"


def _unwritable(text: str, deck: Deck | None) -> Iterator[str]:
    """Whether the commands that copy notes find their way about the text; they may refuse it."""
    notes = manuscript.notes(text)
    manuscript.passages(text)
    manuscript.beside(text, "sources")
    for placed in deck.cards[:1] if deck else ():
        try:
            manuscript.replace(text, placed.line, "")
        except UserError:
            continue
        if not notes:
            yield "a note was taken out of a text that has none"


def sweep(
    count: int, first: int = 0, told: Callable[[int], None] = lambda _: None, limit: float = LIMIT_S
) -> Swept:
    """Read the malformed decks from number ``first`` on, and hold the loader to its promises.

    ``told`` hears of every deck, for who wants to see how far it is; ``limit`` is the seconds of
    the processor that one may take.
    """
    cards = problems = 0
    slowest, which, found = 0.0, first, []
    for number in range(first, first + count):
        one = mutant(number)
        begun = time.process_time()
        try:
            said = list(breaches(one))
            took = time.process_time() - begun
            deck, listed = load(one.data, "f.yaml")
            cards, problems = cards + len(deck.cards if deck else ()), problems + len(listed)
        except Exception as error:  # which is what is looked for
            said, took = [f"raised {error!r}"], time.process_time() - begun
        if took > limit:
            said.append(f"took {took:.1f} s")
        slowest, which = max((slowest, which), (took, number))
        found += (f"{number} ({one.how}): {what}" for what in said)
        told(number)
    return Swept(count, cards, problems, slowest, which, found)
