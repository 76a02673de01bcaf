"""A number as people type it, with or without a unit, and as it is shown to them."""

from __future__ import annotations

import math
import re

from mlsd_cards.cards.unit import conversion

LONGEST = 100
TOO_LARGE = "that number is too large"

TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("−–﹣－", "-"),
        **dict.fromkeys("×·⋅∙✕", "*"),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007\t", " "),
        **dict.fromkeys("’ʼ", "'"),
        "⁄": "/",
        "÷": "/",
    }
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# "12", "1,000.5", ".5", "1e6", "2^30": digits in any grouping, then an exponent of either form.
TERM = re.compile(
    r"\s*(?P<sign>[-+]?)\s*(?P<digits>[.,]?[0-9](?:[0-9.,_' ]*[0-9])?[.]?)"
    r"(?:[eE](?P<exponent>[-+]?[0-9]{1,4})(?![0-9]))?"
    r"(?:\s*(?:\^|\*\*)\s*(?P<power>[-+]?[0-9]{1,4})(?![0-9]))?"
)
JOINED = re.compile(r"\s*(?P<sign>[*/xX])(?=\s*[-+]?\s*[.,]?[0-9])")

PLAIN = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<gap>[,._ '])[0-9]{3}(?:(?P=gap)[0-9]{3})*)"
    r"(?:(?!(?P=gap))[.,](?P<rest>[0-9]*))?"
)
DECIMAL_COMMA = re.compile(r"[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]{3}")


def read(text: str, unit: str) -> float:
    """The number that a text means, in ``unit`` (a card's; ``"1"`` is a plain number).

    Understands 1e6, 1.2M, 2 bn, 1,000, 1 000, 1_000, 3/4, 5 %, 2^30, 3 × 10⁸, a leading ≈, and
    units that convert into the card's (see ``unit.py``). A comma groups thousands where all
    groups are of three digits and the first does not begin with 0; otherwise one comma is the
    decimal sign: 1,000 is a thousand, 0,75 three quarters, 0,125 an eighth; 1234,567 is refused.
    A dot alone is always the decimal sign. ValueError says in words what cannot be read.
    """
    if len(text) > LONGEST:
        raise ValueError("that is too long for a number")
    clean = re.sub(r"([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "^" + m[1].translate(RAISED), text)
    clean = clean.translate(TYPOGRAPHY)
    clean = re.sub(r"^[\s≈~=≃≅∼]+", "", clean).strip()
    number, tail = arithmetic(without_leading_unit(clean, unit))
    number *= conversion(tail, unit) if tail else 1.0
    if not math.isfinite(number):
        raise ValueError(TOO_LARGE)
    return number


def without_leading_unit(text: str, unit: str) -> str:
    """The text without a unit in front, as money is written: USD 5, $5."""
    first = unit.split(maxsplit=1)[0] if unit.strip() else ""
    if first == "USD":
        text = re.sub(r"^(US)?\$", "USD", text)
    if first.isalpha() and text.casefold().startswith(first.casefold()):
        return text[len(first) :].strip()
    return text


def arithmetic(text: str) -> tuple[float, str]:
    """The value of ``term * term / term …``, and the rest of the text."""
    number, at = term(text, 0)
    while joined := JOINED.match(text, at):
        other, at = term(text, joined.end())
        if joined["sign"] != "/":
            number *= other
        elif other:
            number /= other
        else:
            raise ValueError("a number cannot be divided by zero")
    return number, text[at:].strip()


def term(text: str, at: int) -> tuple[float, int]:
    """The number that begins at a place of the text, and where it ends."""
    found = TERM.match(text, at)
    if not found:
        raise ValueError("type a number, for example 0.75, 1,000 or 1.2M")
    number = float(f"{ungrouped(found['digits'].strip())}e{found['exponent'] or 0}")
    try:
        number = number ** int(found["power"] or 1)
    except ArithmeticError as error:
        raise ValueError(TOO_LARGE) from error
    # Infinity must not get as far as a division, which would make an ordinary 0 of it.
    if not math.isfinite(number):
        raise ValueError(TOO_LARGE)
    return (-number if found["sign"] == "-" else number), found.end()


def ungrouped(digits: str) -> str:
    """Digits with a point for the decimal sign and no other separator; the rule is ``read``'s."""
    if PLAIN.fullmatch(digits):
        return digits
    if grouped := GROUPED.fullmatch(digits):
        return f"{grouped['whole'].replace(grouped['gap'], '')}.{grouped['rest'] or 0}"
    if DECIMAL_COMMA.fullmatch(digits):
        return digits.replace(",", ".")
    raise ValueError(f"{digits!r} could mean two numbers: write 1,000 or 1000, and 0.75")


def written(number: float, digits: int) -> str:
    """The number to so many significant digits: 0.0826, 78,125, 1.2e21, 1.5e-5.

    Whole numbers below 10^12 are given in full, as are the digits before the decimal point.
    """
    size = abs(number)
    if size < 1e12 and number == int(number):
        return f"{int(number):,}"
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    if 1e-4 <= size < 1e12:
        text = f"{number:,.{max(0, digits - 1 - int(exponent))}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
