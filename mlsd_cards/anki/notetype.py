"""The note types, one a kind: their fields and templates. Pure but for its own two files.

Anki holds a note type to be the same by its id, its fields and its number of templates. So these
never change, and spare fields stand ready for what is to come; the templates' text and the style
may change, and then go out with a newer time of change.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from mlsd_cards.cards.card import Cloze

FIELDS = ("Prompt", "Answer", "Why", "Body", "Sources", "Facts", "Id")
SPARE = ("Spare 1", "Spare 2", "Spare 3", "Spare 4")

BASE = 1_795_262_400_000
"""The id of the first kind's note type; the others follow, and a new kind is put last."""

ORDER = (
    "basic", "cloze", "mcq", "multi_select", "numeric", "computed", "ordering", "comparison",
    "diagram", "rubric",
)  # fmt: skip

SCRIPTED = {"mcq", "multi_select", "ordering", "computed"}

FRONT = '<div class="mlsd for-{kind}" data-card="{{{{Id}}}}">{shown}</div>{script}'
ASKED = """
<div class="prompt">{{Prompt}}</div>
{{#Body}}<div class="body">{{Body}}</div>{{/Body}}
"""
RULE = '<hr id="answer">'
BELOW = """
{{#Why}}<div class="note">{{Why}}</div>{{/Why}}
<div class="facts">{{Facts}}</div>
{{Sources}}
"""
PROMPT_ALONE = '\n<div class="prompt">{{Prompt}}</div>\n'
GAPPED = '\n<div class="prompt">{{cloze:Prompt}}</div>\n'
VARIANTS = """
<div class="prompt variants"><div class="variant">{{Prompt}}</div>{{Body}}</div>
"""


class Template(NamedTuple):
    """What one kind shows before the answer, above it, and as the answer itself."""

    asked: str = ASKED
    again: str = PROMPT_ALONE
    answer: str = '<div class="answer">{{Answer}}</div>'


TEMPLATES = {
    "cloze": Template(GAPPED, GAPPED, ""),
    "computed": Template(VARIANTS, VARIANTS, '<div class="answer variants">{{Answer}}</div>'),
    "diagram": Template(again=ASKED),
}


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def model_id(kind: str) -> int:
    """The note type's id in Anki."""
    return BASE + ORDER.index(kind)


def pages(kind: str) -> tuple[str, str]:
    """The templates of front and back."""
    asked, again, answer = TEMPLATES.get(kind, Template())
    script = f"\n<script>\n{_file('card.js')}</script>" if kind in SCRIPTED else ""
    front, back = (
        FRONT.format(kind=kind, shown=shown, script=script)
        for shown in (asked, f"{again}{RULE}\n{answer}{BELOW}")
    )
    return front, back


def shape(kind: str) -> dict[str, Any]:
    """The note type as genanki takes it."""
    front, back = pages(kind)
    first = model_id(kind) * 100  # stable ids: Anki tells fields and templates by them
    names = enumerate((*FIELDS, *SPARE), 1)
    return {
        "model_id": model_id(kind),
        "name": f"mlsd-cards {kind}",
        "fields": [{"name": name, "id": first + number} for number, name in names],
        "templates": [{"name": "Card", "qfmt": front, "afmt": back, "id": first}],
        "css": _file("style.css"),
        "model_type": int(kind == Cloze.kind),
    }


def digest(kind: str) -> str:
    """What tells the note type from every other version of it."""
    return blake2b(
        "\0".join((*pages(kind), _file("style.css"))).encode(), digest_size=8
    ).hexdigest()
