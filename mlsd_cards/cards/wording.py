"""A typed answer against one that is right, compared as a fair reader would compare them.

Both are brought to the same form, a number to its value, a formula to its signs, anything else to
its words; only where the words differ are slips of the fingers looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

LONGEST = 500
"""Characters of a short answer; a longer one is right only as it stands."""


class Likeness(IntEnum):
    """How near a typed answer comes; the larger the nearer."""

    OTHER = 0
    SLIP = 1
    SAME = 2


ARTICLE = re.compile(r"\s*(?:(?:an?|the|to)\s+)+(?=[\w($\\.])", re.I)
"""What an answer may begin with, or not."""


class Word(NamedTuple):
    """A word in the form in which it is compared. An ``exact`` one takes no slip: a number, letters
    that stand with digits, an abbreviation in capitals."""

    text: str
    exact: bool


def likeness(typed: str, right: str, beside: str = "") -> Likeness:
    """How near ``typed`` comes to ``right``, a text of a card; the best of what that may mean.

    A word that stands ``beside`` the question is itself and no slip.
    """
    if len(typed) > LONGEST or len(right) > LONGEST:
        return Likeness.SAME if typed.strip() == right.strip() else Likeness.OTHER
    best = Likeness.OTHER
    for reading in readings(unmarked(right)):
        best = max(best, compared(typed, reading, beside))
        if best is Likeness.SAME:
            break
    return best


def unmarked(text: str) -> str:
    """A text of a card without its markup; TeX stays between dollar signs."""
    from mlsd_cards.cards.markup import MATH, Run, parse

    def plain(run: Run) -> str:
        return f"${run.text}$" if run.style == MATH else run.text

    return "\n".join(line.lead + "".join(map(plain, line.runs)) for line in parse(text))


def compared(typed: str, right: str, beside: str) -> Likeness:
    """How near the typed answer comes to one reading of the right one."""
    typed, right = without_article(typed), without_article(right)
    if any(map(str.isdigit, right)) and same_number(typed, right):
        return Likeness.SAME
    if FORMULA.search(right):
        same = signs(typed) == signs(right)
        return Likeness.SAME if same else Likeness.OTHER
    given, wanted = words(typed), words(right)
    if not wanted:  # nothing but punctuation
        return Likeness.SAME if typed.strip() == right.strip() else Likeness.OTHER
    if run(given) == run(wanted):
        return Likeness.SAME
    near = len(given) == len(wanted) and all(
        one.text == other.text or forgiven(one, other, beside)
        for one, other in zip(given, wanted, strict=True)
    )
    return Likeness.SLIP if near else Likeness.OTHER


def without_article(text: str) -> str:
    """The text without an article, or the “to” of a verb, at its beginning."""
    found = ARTICLE.match(text)
    return text[found.end() :] if found else text


def forgiven(typed: Word, wanted: Word, beside: str) -> bool:
    """Whether a word is the one wanted but for a slip of the fingers."""
    from mlsd_cards.cards.slip import is_slip, same_stem

    if wanted.exact or typed.text in NUMBERS or not is_slip(typed.text, wanted.text):
        return False
    if same_stem(typed.text, wanted.text):
        return True
    return all(spelt(word) != typed.text for word in re.findall(r"[^\W\d_]+", letters(beside)))


# --- What an answer may mean -----------------------------------------------------------------

GLOSS = re.compile(r"(.+?)\s+\(([^()]+)\)")
TO_TWELVE = "zero one two three four five six seven eight nine ten eleven twelve"
NUMBERS = TO_TWELVE.split()
NO_CHOICE = re.compile(
    rf"\b(?:than|equal|either|whether|more|less|fewer|no|not|never|{'|'.join(NUMBERS)})\b|\d", re.I
)
"""What forbids to take the sides of an “or” for two answers: less than or equal, two or three."""


def readings(right: str) -> Iterator[str]:
    """The answers that an author has written in one: the whole, an abbreviation or the words that
    it stands for, either side of an “or”, both sides of an “and” or “or” the other way round."""
    yield right
    if gloss := GLOSS.fullmatch(right):
        yield gloss[1]
        if is_sign(gloss[1]) or is_sign(gloss[2]):
            yield gloss[2]
    sides = re.split(r"\s+(?:and|&)\s+", right)
    if len(sides) == 2 and not FORMULA.search(right):
        yield f"{sides[1]} and {sides[0]}"
    choices = re.split(r",?\s+or\s+", right)
    if len(choices) > 1 and not NO_CHOICE.search(right) and not FORMULA.search(right):
        yield from choices
        for joint in (" ", " and ", " or "):
            yield joint.join(choices)
            yield joint.join(reversed(choices))


def is_sign(text: str) -> bool:
    """Whether a text is an abbreviation or a symbol: NDCG, F1, x₀, k."""
    capitals = sum(map(str.isupper, text))
    short = len(text) <= 8 and " " not in text
    return short and (capitals >= 2 or len(text) <= 2 or any(map(str.isdigit, text)))


# --- Numbers ---------------------------------------------------------------------------------

MEASURE = re.compile(r"[-+−]?[\d.,]*\d(?:\s+|(?=%))([A-Za-zµμ%][A-Za-z/%]*)")


def same_number(typed: str, right: str) -> bool:
    """Whether both are one number, however written: 1,000 and 1000, 0.5 and 50 %, 10 ms and 10."""
    measure = MEASURE.fullmatch(right)
    unit = measure[1] if measure else "1"
    units = [unit] if value_of(right, "1") is None else ["1", "%"] if unit == "%" else ["1"]
    return any(value_of(typed, unit) == value_of(right, unit) is not None for unit in units)


def value_of(text: str, unit: str) -> float | None:
    """The number that a text is, to twelve digits; None if it is none."""
    from mlsd_cards.cards.quantity import read

    try:
        return float(f"{read(text, unit):.12g}")
    except ValueError:
        return None


# --- Formulas --------------------------------------------------------------------------------

FORMULA = re.compile(
    r"[=<>≤≥≈≠|^*×·⋅÷√∑∏∂∫∝\\$]|\+\s*[\w(]|/.*[()\d]|[()\d].*/|\bsqrt\b"
    r"|(?<![\w-])(?!\d+\s*[-−]\s*\d)\w{1,2}\s*[-−]\s*(?:\w{1,2}(?![\w-])|\()"
)
"""What makes an answer a formula, which is right sign for sign or not at all."""

TEX = (
    (r"\\(?:left|right|big|Big|,|;|:|!|quad|qquad| )(?![a-z])", ""),
    (r"\\(?:text|mathrm|mathbf|mathit|mathcal|mathbb|operatorname)\*?\s*\{([^{}]*)\}", r"\1"),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"(\1)/(\2)"),
    (r"_\{([^{}]*)\}", r"\1"),
    (r"\{([^{}]*)\}", r"(\1)"),
)
NAMES = {"mid": "|", "vert": "|", "times": "*", "cdot": "*", "le": "<=", "leq": "<=", "ge": ">=",
         "geq": ">=", "ne": "≠", "neq": "≠", "approx": "≈", "div": "/", "propto": "∝"}  # fmt: skip
SAME_SIGN = str.maketrans({"≤": "<=", "≥": ">=", "∑": "sum", "∏": "prod", "√": "sqrt", "÷": "/",
             "⁄": "/", **dict.fromkeys("×·⋅∙", "*"), **dict.fromkeys("−–‐‑", "-"),
             **dict.fromkeys("[{", "("), **dict.fromkeys("]}", ")"), "∣": "|"})  # fmt: skip
SAID = {"divided by": "/", "over": "/", "given": "|", "times": "*", "plus": "+", "minus": "-",
        "equals": "="}  # fmt: skip
SPOKEN_SIGN = re.compile(rf"\b({'|'.join(SAID)})\b")
RAISED = re.compile("[⁰¹²³⁴-⁹⁺⁻ⁱⁿ]+")


def signs(text: str) -> str:
    """A formula in one form, whether it came as TeX, Unicode or as typed: no spaces, no signs of
    multiplication between letters, no brackets around a single name."""
    text = untex(text) if "\\" in text or "$" in text or "{" in text else text
    text = RAISED.sub(lambda found: f"^({found[0]})", text).translate(SAME_SIGN)
    text = SPOKEN_SIGN.sub(lambda found: SAID[found[0]], letters(text))
    text = re.sub(r"[\s_$]", "", text.replace("−", "-"))
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    before = ""
    while text != before:
        before, text = text, re.sub(r"\((-?(?:\w|(?<=\d)\.(?=\d))+)\)", r"\1", text)
    return re.sub(r"(?<!\d)\*|\*(?!\d)", "", text).rstrip(".,;")


def untex(text: str) -> str:
    """TeX as one would type it without TeX."""
    before = ""
    while text != before:
        before = text
        for pattern, new in TEX:
            text = re.sub(pattern, new, text)
    return re.sub(r"\\([A-Za-z]+)", lambda found: NAMES.get(found[1], found[1]), text)


# --- Words -----------------------------------------------------------------------------------

SPOKEN = (
    (r"['’ʼ`]", ""),
    (r"_", " "),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"(?<=\d)\s*[-−–]\s*(?=\d)", " to "),
    (r"(?:(?<=\s)|^|(?<=\())[-−](?=\.?\d)|(?<=\s)[-−](?=\s)", " minus "),
    (r"@\s*|\bat\s+(?=\d|k\b)", " "),
    (r"&", " and "),
    (r"%", " percent "),
    (r"\+", " plus "),
    (r"=", " equals "),
    (r"\b(?:an?|the)\s+(?=\w\w)", " "),
)
"""Signs as the words for them, and articles, which carry nothing; a lone “a” may be a name."""

SPELLINGS = (
    (r"is(e|ed|es|ing|er|ers|ations?)$", r"iz\1"),
    (r"(?<=[a-z][a-z])our", "or"),
    (r"(?<=[ae]l)l(?=ed$|ing$|er$)", ""),
    (r"ogue(?=s?$)", "og"),
    (r"(?<=..)ies$", "y"),
    (r"(?<=ss|.x|sh|as)es$", ""),
    (r"(?<=.[^aius])s$", ""),
)
"""British as American, plural as singular; what both sides lose alike does no harm."""

ABBREVIATION = re.compile(r"[^\W\d_]*[A-Z][a-z]*[A-Z][^\W\d_]*")
PIECE = re.compile(r"\d+(?:\.\d+)?|\.\d+|[^\W\d_]+")


@lru_cache(maxsize=64)  # one typed answer is held against several
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in the form in which they are compared."""
    short = {letters(name) for name in ABBREVIATION.findall(text)}
    text = letters(text)
    for pattern, new in SPOKEN:
        text = re.sub(pattern, new, text)
    return tuple(word for chunk in re.findall(r"[\w.]+", text) for word in _words(chunk, short))


def _words(chunk: str, short: set[str]) -> Iterator[Word]:
    """Letters and numbers of what is written together."""
    digits = any(map(str.isdigit, chunk))
    for piece in PIECE.findall(chunk):
        text = numeral(piece) if piece[-1].isdigit() else spelt(piece)
        yield Word(text, digits or text in NUMBERS or piece in short)


def numeral(digits: str) -> str:
    """A number in one form: in words up to twelve, else without needless zeros."""
    whole, _, rest = digits.partition(".")
    whole, rest = whole.lstrip("0") or "0", rest.rstrip("0")
    if rest:
        return f"{whole}.{rest}"
    return NUMBERS[int(whole)] if len(whole) < 3 and int(whole) < len(NUMBERS) else whole


def spelt(word: str) -> str:
    """A word in one spelling and without the ending of a plural."""
    for pattern, new in SPELLINGS if len(word) > 2 else ():
        word = re.sub(pattern, new, word)
    return word


def run(found: tuple[Word, ...]) -> str:
    """Words as one run, so that two-tower, two tower and twotower are the same."""
    return "".join(f" {word.text} " if word.text[-1].isdigit() else word.text for word in found)


def letters(text: str) -> str:
    """Small letters without accents, Greek ones by name; wide and small forms as plain ones."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    if plain.isascii():
        return plain
    return "".join(_greek(char) if "α" <= char <= "ω" else char for char in plain)


def _greek(char: str) -> str:
    return unicodedata.name(char).split()[-1].lower()
