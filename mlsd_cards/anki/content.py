"""A note's content: what stands in its fields in Anki, kind by kind. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from mlsd_cards.anki.html import block, cloze, link, listed, plain, text
from mlsd_cards.cards.card import (
    Basic,
    Card,
    Choice,
    Cloze,
    Computed,
    MultiSelect,
    Number,
    Numeric,
    deletions,
)
from mlsd_cards.cards.comparison import Comparison
from mlsd_cards.cards.diagram import GAP, Diagram, columns
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import Question, ask, example
from mlsd_cards.cards.rubric import Rubric

FORM = 1
"""Raised when notes that did not change are to be written anew in Anki all the same."""

VARIANTS = 4
"""How many drawings of numbers a computed note holds; each day shows the next."""

LINK = re.compile(r"https?://\S+$")
ARXIV = re.compile(r"https?://arxiv\.org/abs/(\S+)$")
SPOILT = re.compile(r'[\s"\x00-\x1f]+')


class Work(NamedTuple):
    """A work that a card cites: in one line, as its source has it, and the same as HTML."""

    line: str
    html: str

    @classmethod
    def of(cls, line: str) -> Work:
        """The address at the end is a link, with a number at arXiv where there is one."""
        found = LINK.search(line)
        if not found:
            return cls(line, plain(line))
        paper = ARXIV.match(found[0])
        shown = f"arXiv:{paper[1]}" if paper else found[0]
        return cls(line, plain(line[: found.start()]) + link(found[0], shown))


class Content(NamedTuple):
    """The fields of a note in Anki, in their order, all HTML but the last.

    ``body`` is what a kind shows beside its prompt: options, items, a table, a drawing, steps.
    """

    prompt: str
    answer: str
    why: str
    body: str
    sources: str
    facts: str
    id: str


class Parts(NamedTuple):
    """What differs between the kinds."""

    prompt: str
    answer: str
    body: str = ""


def content(card: Card, works: Sequence[Work]) -> Content:
    """The fields of a card's note; of a cloze any of its cards will do."""
    prompt, answer, body = KINDS[card.kind](card)
    sources = listed("ul", (work.html for work in works), "sources") if works else ""
    why = text(card.explanation)
    return Content(prompt, answer, why, body, sources, _facts(card), card.note)


def ordinals(card: Card) -> tuple[int, ...]:
    """The ordinals of the note's cards in Anki, rising."""
    if not isinstance(card, Cloze):
        return (0,)
    return tuple(sorted({one.ordinal - 1 for one in deletions(card.prompt)}))


def tags(card: Card, given: Sequence[str]) -> tuple[str, ...]:
    """Topic, difficulty and ``given`` tags; ``step:4`` lies below ``step`` in Anki's tree."""
    topic = f"topic:{card.topic}" if card.topic else ""
    found = map(_tag, (topic, f"difficulty:{card.difficulty}", *given))
    return tuple(dict.fromkeys(filter(None, found)))


@cache
def _tag(text: str) -> str:
    """A tag as Anki takes it."""
    return SPOILT.sub("_", re.sub(":+", "::", text)).strip(":")


UNSEEN = {"id", "note", "ordinal", "base", "lint_ok", "requires"}
"""What the store has of a card and its note in Anki does not show."""

TIMELESS = UNSEEN | {"expected_s"}
"""The same of kinds other than rubrics."""

_WRITTEN = json.JSONEncoder(sort_keys=True)


def digest(kind: str, body: dict[str, Any], given: Sequence[str], works: Sequence[Work]) -> str:
    """What tells this content of a note from every other, whatever program renders it.

    ``body`` is what the store has of a card. A field that a later version adds changes nothing as
    long as it is not used.
    """
    unseen = UNSEEN if kind == "rubric" else TIMELESS
    used = {name: value for name, value in body.items() if value and name not in unseen}
    whole = _WRITTEN.encode((FORM, kind, used, given, [work.line for work in works]))
    return blake2b(whole.encode(), digest_size=8).hexdigest()


def _facts(card: Card) -> str:
    dated = f"as of {card.as_of}" if card.as_of else ""
    facts = (card.topic, f"difficulty {card.difficulty} of 3", dated)
    return plain(" · ".join(filter(None, facts)))


# the kinds


def _basic(card: Basic) -> Parts:
    return Parts(text(card.prompt), text(card.answer) + _also(card.accept))


def _cloze(card: Cloze) -> Parts:
    return Parts(cloze(card.prompt), "")


def _choice(card: Choice) -> Parts:
    """On the front a tap on an option opens it, on the back all of them are open."""
    front, back = [], []
    for option in ask(card, 0).options:
        name = "right" if option.correct else "wrong"
        said = block("b", "Right." if option.correct else "Wrong.")
        why = f"{said} {text(option.why)}"
        shown = text(option.text)
        summary = block("summary", shown, "tappable")
        front.append(block("details", f"{summary}{block('div', why, 'why')}", f"option {name}"))
        sign = "✓" if option.correct else "✗"
        under = block("div", text(option.why), "why") if option.why else ""
        back.append(block("div", f"{block('b', sign)} {shown}{under}", f"option {name}"))
    several = isinstance(card, MultiSelect)
    hint = block("div", "Choose all that are right.", "hint") if several else ""
    body = hint + block("div", "".join(front), "shuffle")
    return Parts(text(card.prompt), block("div", "".join(back), "shuffle"), body)


def _numeric(card: Numeric) -> Parts:
    return Parts(text(card.prompt), _value(ask(card, 0), card.check))


def _computed(card: Computed) -> Parts:
    """The drawing that the author pinned, then others; the first stands in the prompt."""
    drawn = []
    try:
        drawn.append((example(card), card.check if card.pinned else ""))
        drawn += [(ask(card, turn), "") for turn in range(VARIANTS - 1)]
    except ValueError as error:  # no fair numbers can be drawn
        if not drawn:
            return Parts(text(card.prompt), plain(str(error)))
    prompts = [text(question.prompt) for question, _ in drawn]
    answers = (block("div", _value(*one), "variant") for one in drawn)
    more = (block("div", prompt, "variant") for prompt in prompts[1:])
    return Parts(prompts[0], "".join(answers), "".join(more))


def _value(question: Question, check: str) -> str:
    card = question.card
    near = card.tolerance.words(question.value) if isinstance(card, Number) else ""
    worked = block("div", f"= {plain(check)}", "check") if check else ""
    return f"{block('b', plain(question.answer))} {block('span', near, 'hint')}{worked}"


def _ordering(card: Ordering) -> Parts:
    shown = ask(card, 0).items
    places = {item: place for place, item in enumerate(card.items)}
    entries = (block("div", text(item), "option", place=str(places[item])) for item in shown)
    fixed = {"fixed": "1"} if card.fixed_first else {}
    hint = block("div", "The first is given.", "hint") if card.fixed_first else ""
    body = hint + block("div", "".join(entries), "shuffle", **fixed)
    return Parts(text(card.prompt), listed("ol", map(text, card.items)), body)


def _comparison(card: Comparison) -> Parts:
    """On the front a tap on a cell opens it."""
    return Parts(text(card.prompt), _sides(card, text), _sides(card, _closed))


def _sides(card: Comparison, cell: Callable[[str], str]) -> str:
    when = (card.a, card.choose_a_when), (card.b, card.choose_b_when)
    return _table(card, cell) + "".join(_choose(name, cell(said)) for name, said in when if said)


def _closed(cell: str) -> str:
    return block("details", block("summary", "?", "tappable") + text(cell))


def _table(card: Comparison, cell: Callable[[str], str]) -> str:
    """Each dimension stands above its two cells, so that a phone has room for both."""
    head = f"<tr><th>{text(card.a)}</th><th>{text(card.b)}</th></tr>"
    rows = (
        f'<tr class="dim"><th colspan="2">{text(row.dim)}</th></tr>'
        f"<tr><td>{cell(row.a)}</td><td>{cell(row.b)}</td></tr>"
        for row in card.rows
    )
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _choose(name: str, when: str) -> str:
    return block("div", f"<b>Choose {text(name)} when</b><br>{when}", "choose")


def _diagram(card: Diagram) -> Parts:
    wide = max(map(columns, card.diagram.split("\n")))
    drawn = plain(card.diagram).replace(GAP, f"<b>{GAP}</b>")
    body = f'<pre style="--columns: {wide}">{drawn}</pre>'
    return Parts(text(card.prompt), block("b", text(card.missing)) + _also(card.others), body)


def _rubric(card: Rubric) -> Parts:
    minutes = block("div", f"{card.expected_s // 60} minutes", "hint")
    steps = (
        f'<h3>{plain(step.step.capitalize())} <span class="hint">{step.minutes} min</span></h3>'
        + _checks(step.must)
        + _checks(step.strong, "strong")
        + _checks(step.red_flag, "red flag")
        for step in card.steps
    )
    more = listed("ul", map(text, card.follow_ups))
    follow_ups = f"<h3>Follow-ups</h3>{more}" if card.follow_ups else ""
    must, strong, red_flag = map(text, card.scoring)
    points = listed("ul", (f"must: {must}", f"strong: {strong}", f"red flag: {red_flag}"))
    answer = f"{''.join(steps)}{follow_ups}<h3>Points</h3>{points}"
    return Parts(text(card.prompt), block("div", answer, "steps"), minutes)


def _checks(items: Sequence[str], what: str = "") -> str:
    mark = block("i", f"{what}:") + " " if what else ""
    return "".join(
        f'<label><input type="checkbox"> <span>{mark}{text(item)}</span></label>' for item in items
    )


def _also(others: Sequence[str]) -> str:
    return block("div", "Also right: " + ", ".join(map(text, others)), "hint") if others else ""


KINDS: dict[str, Callable[[Any], Parts]] = {
    "basic": _basic,
    "cloze": _cloze,
    "mcq": _choice,
    "multi_select": _choice,
    "numeric": _numeric,
    "computed": _computed,
    "ordering": _ordering,
    "comparison": _comparison,
    "diagram": _diagram,
    "rubric": _rubric,
}
