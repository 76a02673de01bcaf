"""Card text with its markup as styles, or as nothing where there are none."""

from __future__ import annotations

from functools import lru_cache

from mlsd_cards.cards.markup import CODE, EMPH, MATH, PLAIN, STRONG, Run, parse
from mlsd_cards.term.tex import drawn
from mlsd_cards.term.text import END, SWITCHES, spelled, visible

BEGIN = {style: switch for switch, style in SWITCHES.items()}
STYLES = {PLAIN: "", EMPH: "emph", STRONG: "bold", CODE: "code", MATH: ""}


@lru_cache(maxsize=256)
def styled(text: str, ascii_only: bool) -> str:
    """The text as it is to be seen, with a switch of ``text.SWITCHES`` before and after each run
    that has a style. Signs of code stay, so that it is told apart without colour too."""
    lines = []
    for lead, runs, _ in parse(visible(text)):
        lines.append(_shown(lead, ascii_only) + "".join(_run(run, ascii_only) for run in runs))
    return "\n".join(lines)


def _run(run: Run, ascii_only: bool) -> str:
    text, style = run.text, STYLES[run.style]
    if run.style == CODE:
        text = f"`{text}`"
    if run.style == MATH:
        text = (None if ascii_only else drawn(text)) or f"${text}$"
    text = _shown(text, ascii_only)
    return f"{BEGIN[style]}{text}{END}" if style else text


def _shown(text: str, ascii_only: bool) -> str:
    return spelled(visible(text)) if ascii_only else visible(text)
