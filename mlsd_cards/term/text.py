"""Text from a deck is data: nothing in it moves the cursor, changes a colour or turns the writing.

Whatever a terminal would obey or hide is shown as a visible mark instead: ``␛`` for Escape, as
``<U+202E>`` what has no picture. Screen and line mode both write through here.
"""

from __future__ import annotations

TAB = 4
"""Columns between two tab stops."""

STACKED = 4
"""The most combining marks on one character: taller piles paint over the lines above."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"

# Drawn as nothing although Unicode calls them letters or marks.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")

END = "\x01"
SWITCHES = {END: "", "\x02": "emph", "\x03": "bold", "\x04": "code"}
"""Control characters that begin a style, or end it, in card text on its way to ``line.paragraph``.
None comes from a deck, ``visible`` sees to that; they take no cells, so wrapping is as ever."""


def visible(text: str) -> str:
    """The text with tabs expanded and everything that is not to be seen made visible.

    Line breaks stay; every other control, format or separator character becomes a mark. Joiners
    stay where scripts and emoji need them.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").expandtabs(TAB)
    if not text.replace("\n", "").isprintable() or not _BLANK.isdisjoint(text):
        text = "".join(
            _shown(char, text[index - 1 : index], text[index + 1 : index + 2])
            for index, char in enumerate(text)
        )
    return text if text.isascii() else _lowered(_carried(text))


def _shown(char: str, before: str, after: str) -> str:
    """A character as itself or as its mark, between its neighbours (empty at the ends)."""
    if char == "\n" or (char.isprintable() and char not in _BLANK):
        return char
    from unicodedata import category

    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if char in {_ZWNJ, _ZWJ} and _joins(before) and _joins(after):
        return char
    if category(char) in {"Zs", "Co"} or (category(char) == "Cn" and not _never(code)):
        return char
    return f"<U+{code:04X}>"


def _joins(neighbour: str) -> bool:
    """Whether a joiner beside this character does honest work: emoji, and scripts that need it."""
    from unicodedata import category

    return neighbour > "\u02ff" and category(neighbour) in {"So", "Sk", "Lo", "Mn", "Mc"}


def _never(code: int) -> bool:
    """Whether a code point is no character, or one that is never drawn."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or code >= 0xE0000


def _carried(text: str) -> str:
    """Combining marks at the start of a line get a carrier, or they would land on our margin."""
    from unicodedata import combining

    return "\n".join(
        "◌" + line if line and combining(line[0]) else line for line in text.split("\n")
    )


def _lowered(text: str) -> str:
    """The text with no pile of combining marks higher than ``STACKED``."""
    from unicodedata import category

    signs = (char for char in set(text) if char > "\u02ff")
    marks = {char for char in signs if category(char) in {"Mn", "Me"}}
    if not marks:
        return text
    kept: list[str] = []
    height, dropped = 0, 0
    for char in text:
        height = height + 1 if char in marks else 0
        if dropped and not height:
            kept.append(f"<{dropped} marks>")
            dropped = 0
        if height > STACKED:
            dropped += 1
        else:
            kept.append(char)
    return "".join(kept) + (f"<{dropped} marks>" if dropped else "")


# ASCII, for a stdout that cannot encode more

_SPELLED = {
    **dict.fromkeys("–−‐‑‒", "-"),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    **dict.fromkeys("•▸", "*"),
    "—": "--",
    "×": "x",
    "·": ".",
    "…": "...",
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "±": "+-",
    "÷": "/",
    "√": "sqrt",
    "∑": "sum",
    "∞": "inf",
    "µ": "u",
    "›": ">",
    "‹": "<",
    "°": " deg",
    "ß": "ss",
    "⁄": "/",
    "␛": "^[",
    "␡": "^?",
}


def spelled(text: str) -> str:
    """The nearest ASCII: ``<=`` for ``≤``, ``alpha`` for ``α``, ``^2`` for ``²``."""
    if text.isascii():
        return text
    return "".join(char if char.isascii() else _spell(char) for char in text)


_DRAWN = str.maketrans(
    {
        **dict.fromkeys("─━┄┅┈┉╌╍═╴╶╸╺", "-"),
        **dict.fromkeys("│┃┆┇┊┋╎╏║╵╷╹╻", "|"),
        **dict.fromkeys("→▶►▸➔⇒⟶", ">"),
        **dict.fromkeys("←◀◄◂⇐⟵", "<"),
        **dict.fromkeys("↑▲△⇑", "^"),
        **dict.fromkeys("↓▼▽⇓", "v"),
        **{chr(code): "+" for code in (*range(0x250C, 0x254C), *range(0x2552, 0x2571))},
        **dict.fromkeys("╱", "/"),
        **dict.fromkeys("╲", "\\"),
        "…": ".",
    }
)


def drawn(text: str) -> str:
    """A drawing in ASCII, each character in as many cells as before: ``+--+`` for a box."""
    if text.isascii():
        return text
    from rich.cells import cell_len

    text = text.translate(_DRAWN)
    return "".join(
        char if char.isascii() else spelled(char)[:1].ljust(1, "?") * cell_len(char)
        for char in text
    )


def _spell(char: str) -> str:
    from unicodedata import category, decomposition, name, normalize

    if char in _SPELLED:
        return _SPELLED[char]
    if 0x2400 <= ord(char) < 0x2420:
        return "^" + chr(ord(char) - 0x2400 + 64)
    known = name(char, "")
    if known.startswith("GREEK") and " LETTER " in known:
        word = known.split(" LETTER ")[1].split()[0]
        return word.capitalize() if " CAPITAL " in known else word.lower()
    raised = {"<super>": "^", "<sub>": "_"}.get(decomposition(char).partition(" ")[0], "")
    plain = "".join(
        _SPELLED.get(part, part if part.isascii() else "") for part in normalize("NFKD", char)
    )
    if category(char) in {"Mn", "Me"}:
        return ""
    return raised + plain if plain else "?"
