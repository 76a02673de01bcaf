"""Bytes from a terminal as names of keys, the names that ``study.bindings`` lists. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

ESC = 0x1B
PASTE, PASTE_END = b"\x1b[200~", b"\x1b[201~"

CONTROL = {
    **{code: f"ctrl-{chr(code + 96)}" for code in range(1, 27)},
    0x08: "backspace",
    0x09: "tab",
    0x0A: "enter",
    0x0D: "enter",
    0x20: "space",
    0x7F: "backspace",
}
"""One byte, one key. NUL and 0x1C to 0x1F are no keys of ours."""

FINAL = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "tab"}
"""The last character of a cursor key's sequence, after ``ESC [`` or ``ESC O``."""

NUMBERED = {
    "1": "home",
    "3": "delete",
    "4": "end",
    "5": "pgup",
    "6": "pgdn",
    "7": "home",
    "8": "end",
}
"""The number in ``ESC [ number ~``."""

KEYPAD = {
    **{chr(ord("p") + digit): str(digit) for digit in range(10)},
    "M": "enter",
    "X": "=",
    "j": "*",
    "k": "+",
    "l": ",",
    "m": "-",
    "n": ".",
    "o": "/",
}
"""The last character of ``ESC O`` from a numeric keypad in application mode."""

# What may follow ESC [ before the character that ends the sequence.
_CSI = rb"\x1b\[([\x30-\x3f]*)[\x20-\x2f]*"
# A terminal's answers: ESC ] … , ESC P … and the like, up to ESC \ or BEL.
_STRING = rb"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|(\x1b)(\\)?)?"


class Step(NamedTuple):
    """What the beginning of a buffer means; ``used`` 0 when more has to arrive first."""

    keys: tuple[str, ...] = ()
    used: int = 0


def decode(buffer: bytes, *, final: bool = False) -> tuple[list[str], bytes]:
    """The keys in ``buffer`` and the bytes that begin a key still arriving.

    ``final`` says that no more is coming for now: then nothing is left over, a lone ESC is the key
    ``esc``, and what never became whole is dropped. Unknown sequences give nothing.
    """
    keys: list[str] = []
    at = 0
    while at < len(buffer):
        step = _step(buffer[at:] if buffer[at] == ESC else buffer[at : at + 4])
        if not step.used:
            if not final:
                break
            step = _unfinished(buffer[at:])
        keys += step.keys
        at += step.used
    return keys, buffer[at:]


def in_paste(rest: bytes) -> bool:
    """Whether ``rest`` is a paste whose end has not arrived: worth a longer wait than an ESC."""
    return rest.startswith(PASTE)


def _step(buffer: bytes) -> Step:
    """The first key of a buffer that is not empty."""
    first = buffer[0]
    if first == ESC:
        return _escape(buffer)
    if first < 0x80:
        name = CONTROL.get(first) or (chr(first) if first > 0x20 else "")
        return Step((name,) if name else (), 1)
    return _character(buffer)


def _character(buffer: bytes) -> Step:
    """A character of several bytes; a byte that begins none is dropped."""
    first = buffer[0]
    size = 2 if 0xC2 <= first < 0xE0 else 3 if 0xE0 <= first < 0xF0 else 4
    if first < 0xC2 or first > 0xF4:
        return Step((), 1)
    tail = buffer[1:size]
    if any(byte & 0xC0 != 0x80 for byte in tail):
        return Step((), 1)
    if len(buffer) < size:
        return Step()
    try:
        char = buffer[:size].decode()
    except UnicodeDecodeError:  # a surrogate, or longer than it had to be
        return Step((), 1)
    return Step((char,) if char >= "\u00a0" else (), size)


def _escape(buffer: bytes) -> Step:
    """What begins with ESC: a sequence, or the key itself before any other."""
    if len(buffer) == 1:
        return Step()
    match chr(buffer[1]):
        case "[":
            return _csi(buffer)
        case "O":
            return _ss3(buffer)
        case "]" | "P" | "X" | "^" | "_":
            return _string(buffer)
    # Esc and the next key typed fast, or sent together by a slow line: both count.
    return Step(("esc",), 1)


def _csi(buffer: bytes) -> Step:
    """``ESC [ parameters final``; modifiers (``1;5A``) do not change what a key is."""
    if buffer.startswith(PASTE):
        return _paste(buffer)
    whole = re.match(_CSI, buffer)
    if whole is None or whole.end() == len(buffer):
        return Step()
    end = buffer[whole.end()]
    if not 0x40 <= end <= 0x7E:
        return Step((), whole.end())  # broken off: what stands here is a key of its own
    number = whole[1].decode("ascii").split(";")[0]
    name = NUMBERED.get(number) if end == ord("~") else FINAL.get(chr(end))
    return Step((name,) if name else (), whole.end() + 1)


def _ss3(buffer: bytes) -> Step:
    if len(buffer) < 3:
        return Step()
    name = FINAL.get(chr(buffer[2])) or KEYPAD.get(chr(buffer[2]))
    return Step((name,) if name else (), 3 if 0x20 <= buffer[2] < 0x7F else 2)


def _string(buffer: bytes) -> Step:
    """A terminal's answer to a question that nobody asked: it is passed over."""
    whole = re.match(_STRING, buffer)
    if whole is None or (whole.end() == len(buffer) and whole[0][-1] not in b"\x07\\"):
        return Step()
    if whole[2] or whole[0].endswith(b"\x07"):
        return Step((), whole.end())
    return Step((), whole.end() - 1)  # an ESC that does not end it begins something else


def _paste(buffer: bytes) -> Step:
    """Pasted text, as characters: nothing in it is a key, a line break is ``newline``."""
    end = buffer.find(PASTE_END)
    if end < 0:
        return Step()
    return Step(_pasted(buffer[len(PASTE) : end]), end + len(PASTE_END))


def _pasted(content: bytes) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in content.decode(errors="ignore").splitlines())
    text = "\n".join(filter(None, lines))
    names = {" ": "space", "\n": "newline"}
    return tuple(names.get(char, char) for char in text if char in names or char.isprintable())


def _unfinished(rest: bytes) -> Step:
    """What is made of an unfinished beginning once nothing more is coming."""
    if in_paste(rest):
        return Step(_pasted(rest[len(PASTE) :]), len(rest))
    if rest == b"\x1b":
        return Step(("esc",), 1)
    if rest == b"\x1bO":
        return Step(("esc", "O"), 2)
    return Step((), len(rest))
