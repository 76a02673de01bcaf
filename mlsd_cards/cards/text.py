"""From the bytes of a file to text that YAML can read, with the lines that an editor counts.

Whatever stands in the file, text comes out: what had to be replaced is a finding with its place,
and each replacement is one character for one, so that columns stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from mlsd_cards.cards.code import Findings

MAX_FILE = 64 * 2**20  # bytes; the trees of YAML take about twenty times this in memory
LISTED = 20  # bad characters that are listed one by one: the rest of the file is mostly the same

REPLACEMENT = "\ufffd"
SEPARATORS = "\x85\u2028\u2029"  # YAML breaks lines at these and editors do not

# What YAML refuses anywhere, or what a terminal obeys. Lone surrogates stand for undecoded bytes.
BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def clean(data: bytes | str, findings: Findings) -> str | None:
    """The text of a file with LF line ends that YAML can read, or None if it is no text."""
    if len(data) > MAX_FILE:
        message = f"it has more than {MAX_FILE:,} bytes: split the deck into several files"
        findings.add(1, 1, "Y01", message)
        return None
    text = decoded(data, findings) if isinstance(data, bytes) else data
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _replaced(text, findings) if BAD.search(text) else text


def decoded(data: bytes, findings: Findings) -> str:
    """The bytes as text; bytes that are not UTF-8 become lone surrogates, as ``clean`` expects."""
    encoding = _utf16(data)
    if encoding:
        findings.add(1, 1, "Y04", "the file is UTF-16: save it as UTF-8", "warning")
        return data.decode(encoding, "replace")
    return data.decode("utf-8", "surrogateescape")


def _utf16(data: bytes) -> str:
    """The UTF-16 codec that the first bytes speak for, or an empty text."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if len(data) >= 4 and data[0] and not data[1] and data[2] and not data[3]:
        return "utf-16-le"
    if len(data) >= 4 and data[1] and not data[0] and data[3] and not data[2]:
        return "utf-16-be"
    return ""


def _replaced(text: str, findings: Findings) -> str | None:
    """The text with every bad character replaced and reported."""
    if text.count("\x00") > max(LISTED, len(text) // 20):
        findings.add(1, 1, "Y01", "the file holds binary data: a deck is a text file in UTF-8")
        return None
    parts: list[str] = []
    line, line_start, last = 1, 0, 0
    for number, match in enumerate(BAD.finditer(text)):
        at = match.start()
        newline = text.rfind("\n", last, at)
        if newline >= 0:
            line += text.count("\n", last, at)
            line_start = newline + 1
        new, code, message, level = _verdict(match[0])
        if number < LISTED:
            findings.add(line, at - line_start + 1, code, message, level)
        elif number == LISTED:
            message = "more such characters follow from here on; they are replaced too"
            findings.add(line, at - line_start + 1, code, message, level)
        parts += text[last:at], new
        last = at + 1
    return "".join(parts) + text[last:]


@cache
def _verdict(char: str) -> tuple[str, str, str, str]:
    """What stands in for a bad character, and the code, message and level of its finding."""
    number = ord(char)
    if char in SEPARATORS:
        message = f"invisible line separator U+{number:04X} read as a space: delete it"
        return " ", "Y05", message, "warning"
    if 0xDC80 <= number <= 0xDCFF:  # from the decoder: most such files are Windows-1252 or Latin-1
        new = bytes([number - 0xDC00]).decode("cp1252", "replace")
        byte = f"byte 0x{number - 0xDC00:02X}"
        return (
            new,
            "Y02",
            f"{byte} is not UTF-8, read as {shown(new)}: save the file as UTF-8",
            "error",
        )
    message = f"control character U+{number:04X} replaced by {REPLACEMENT}: delete it"
    return REPLACEMENT, "Y03", message, "error"


def shown(text: str, width: int = 40) -> str:
    """A piece of the author's text, safe and short enough for a message, in quotes."""
    short = " ".join(text[:width].split())
    safe = "".join(char if char.isprintable() else REPLACEMENT for char in short)
    return f"“{safe}{'…' if len(text) > width else ''}”"


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, or an empty text when none is like it."""
    import difflib  # only for the message of a problem

    return next(iter(difflib.get_close_matches(name[:80].lower(), list(known), 1, 0.5)), "")
