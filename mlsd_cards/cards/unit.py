"""Units of measurement: what a unit measures, how large it is, when one converts into another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Dimensions are in capitals, so that no counted word (all in small letters) can equal one.
SIZE, TIME, SHARE, COMPUTING = "SIZE", "TIME", "SHARE", "COMPUTING"
KINDS = {
    SIZE: "a size in bytes or bits",
    TIME: "a time",
    SHARE: "a share",
    COMPUTING: "an amount of computing",
}

# As they are written: "m" could be milli, minutes or a slip for M, so it is none.
LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "b": 1e9, "T": 1e12, "t": 1e12}
THOUSANDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
WORDS = THOUSANDS | {"mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12}
TIMES = {
    "ns nanosecond": 1e-9,
    "us μs microsecond": 1e-6,  # the small form of both micro signs
    "ms msec millisecond": 1e-3,
    "s sec second": 1.0,
    "min minute": 60.0,
    "h hr hour": 3600.0,
    "d day": 86_400.0,
    "week": 604_800.0,
}
SHARES = {"1 x * time": 1.0, "% percent pct pp": 0.01, "‰": 0.001}
PREFIXES = ("kilo", "mega", "giga", "tera", "peta", "exa", "zetta")


class Unit(NamedTuple):
    """What is measured, in a size whose bases are bytes, seconds, one and one FLOP.

    A word that is only counted, such as "user", is its own dimension; the empty dimension is a
    bare multiplier. ``per`` is the dimension after "/" or "per"; the size of a time there is in
    ``size``, so that rates convert.
    """

    dimension: str
    size: float
    per: str = ""


def known() -> Iterator[tuple[str, Unit]]:
    """The units that convert, by their name in small letters without the s of a plural."""
    for table, dimension in ((TIMES, TIME), (SHARES, SHARE)):
        for names, size in table.items():
            yield from ((name, Unit(dimension, size)) for name in names.split())
    yield from (("per cent", Unit(SHARE, 0.01)), ("percentage point", Unit(SHARE, 0.01)))
    yield from (("b", Unit(SIZE, 1.0)), ("byte", Unit(SIZE, 1.0)), ("bit", Unit(SIZE, 0.125)))
    yield "flop", Unit(COMPUTING, 1.0)
    for power, word in enumerate(PREFIXES, 1):
        ten, two, letter = 1000.0**power, 1024.0**power, word[0]
        yield from ((name, Unit(SIZE, ten)) for name in (f"{letter}b", f"{word}byte"))
        yield from ((name, Unit(SIZE, two)) for name in (f"{letter}ib", f"{word[:2]}bibyte"))
        yield from ((name, Unit(SIZE, ten / 8)) for name in (f"{letter}bit", f"{word}bit"))
        yield f"{letter}flop", Unit(COMPUTING, ten)


KNOWN = dict(known())


def parse(text: str) -> Unit:
    """The unit that a text names; a word that is not known is a thing that is counted."""
    head, per = divided(text.strip())
    first, _, rest = head.partition(" ")
    multiplier = multiplier_of(first)
    if multiplier and rest:
        unit = named(rest)
        unit = unit._replace(size=unit.size * multiplier)
    else:
        unit = named(head)
    below = named(per) if per else Unit("", 1.0)
    each = below.size if below.dimension == TIME else 1.0
    return Unit(unit.dimension, unit.size / each, below.dimension)


def named(text: str) -> Unit:
    """The unit of a name without multiplier or stroke."""
    name = " ".join(map(singular, text.replace("-", " ").split()))
    if name in KNOWN:
        return KNOWN[name]
    return Unit("", WORDS[name]) if name in WORDS else Unit(name, 1.0)


def singular(word: str) -> str:
    """A word in small letters without the s of its plural, so that "GPUs" is "gpu"."""
    word = word.casefold()
    return word[:-1] if len(word) > 2 and word.endswith("s") else word


def divided(text: str) -> tuple[str, str]:
    """The unit above and below the stroke, which may be written "per"; "per cent" is one word."""
    above, _, below = re.sub(r"\bper\s+(?!cent\b)", "/", text, flags=re.I).partition("/")
    return above.strip(), below.strip()


def multiplier_of(text: str) -> float:
    """How many a bare M, bn or million stands for; 0 for any other text."""
    return LETTERS.get(text) or WORDS.get(singular(text), 0.0)


def conversion(typed: str, card: str) -> float:
    """By what to multiply a number with the typed unit to have it in the card's.

    ValueError says in words that the typed unit measures something else, or could mean two things.
    """
    card = card.strip() or "1"
    wanted = parse(card)
    if wanted.dimension == SIZE and re.match(r"[KMGTPEZ]?b(/|$)", typed):
        raise ValueError(f"{typed!r} may be bits or bytes: write bit, or B for bytes")
    for unit in readings(typed):
        if fits(unit, wanted):
            return unit.size / wanted.size
    if multiplier := multiplier_of(typed):
        return multiplied(typed, multiplier, card, wanted)
    raise ValueError(misfit(typed, card))


def readings(typed: str) -> Iterator[Unit]:
    """What a typed unit may mean: as it stands, or with a multiplier glued on, as in Musers."""
    yield parse(typed)
    if typed[:1] in LETTERS and typed[1:].strip():
        unit = parse(typed[1:])
        yield unit._replace(size=unit.size * LETTERS[typed[0]])


def fits(unit: Unit, wanted: Unit) -> bool:
    """Whether a typed unit measures what is wanted.

    A rate must be typed as a rate; any other "per" and the later words of a counted thing
    ("users per arm", "GPU hours") may be left out.
    """
    counted = wanted.dimension not in KINDS
    same = unit.dimension == wanted.dimension or (
        counted and bool(unit.dimension) and wanted.dimension.startswith(unit.dimension + " ")
    )
    return same and (unit.per == wanted.per or (not unit.per and wanted.per != TIME))


def multiplied(typed: str, multiplier: float, card: str, wanted: Unit) -> float:
    """What a bare multiplier makes of a number: 2M of what the card counts.

    For a card in GB, 51G means GB, but 51M may be MB or millions of GB: ValueError.
    """
    if wanted.dimension in (SIZE, COMPUTING) and wanted.size != 1:
        if wanted.size == multiplier:
            return 1.0
        raise ValueError(f"{typed!r} could mean two things here: write the unit, as in {card}")
    if wanted.dimension in KINDS:
        return multiplier
    return multiplier / (multiplier_of(card.partition(" ")[0]) or 1.0)


def misfit(typed: str, card: str) -> str:
    """Why a typed unit does not fit, in words."""
    unit = parse(typed)
    kind = KINDS.get(unit.dimension, "not a unit of this answer")
    hint = "; write M for million, min for minutes" if typed == "m" else ""
    per = " per time" if unit.per == TIME and unit.dimension in KINDS else ""
    asked = "is a plain number" if card == "1" else f"is asked in {card}"
    return f"{typed!r} is {kind}{per}; the answer {asked}{hint}"
