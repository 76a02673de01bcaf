"""Notes put into the text of a deck file, copied and taken out, and nothing else touched."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards import manuscript
from mlsd_cards.cards.card import Card
from mlsd_cards.cards.deck import load
from mlsd_cards.errors import UserError

NEW = '- id: new\n  q: "What is new?"\n  a: |\n    This.\n\n    And that.\n'

FILE = """\
# Mine.
deck: mine
cards:
  # The first.
  - id: one
    q: "What is one?"   # quoted
    a: 'The first'

  # The second.
  - id: two
    a: |
      A list:
      - of this

      # and no comment
    q: What is
      two?
    # a remark of its own
  -
    id: three
    tags:
    - a
    - b
    q: What?
    a: That.

# The end.
title: after the cards
"""


def cards(text: str) -> list[Card]:
    deck, problems = load(text, "f.yaml")
    assert deck is not None
    assert not problems, problems
    return [placed.card for placed in deck.cards]


def places(text: str) -> list[int]:
    deck, _ = load(text, "f.yaml")
    assert deck is not None
    return [placed.line for placed in deck.cards]


def test_a_note_is_put_behind_the_last_one_and_takes_its_indentation() -> None:
    added = manuscript.append(FILE, NEW)
    assert added.text == FILE.replace(
        "    a: That.\n",
        '    a: That.\n  - id: new\n    q: "What is new?"\n    a: |\n      This.\n\n'
        "      And that.\n",
    )
    assert added.text.split("\n")[added.line - 1] == "  - id: new"
    assert [card.id for card in cards(added.text)] == ["one", "two", "three", "new"]


@pytest.mark.parametrize(
    "after",
    [
        "<cards:\n  - q: a\n    a: b\n>",
        "deck: d\n<cards:\n  - q: a\n    a: b\n>",
        "deck: d<\ncards:\n  - q: a\n    a: b>",
        "cards:<\n  - q: a\n    a: b>",
        "cards:  # mine\n<  - q: a\n    a: b\n>title: t\n",
        "\ufeff'cards' :\r\n<  - q: a\r\n    a: b\r\n># none yet\r\n",
        "cards:\r- q: x\r  a: y<\r- q: a\r  a: b>",
        "cards:\n    -   q: x\n        a: y\n<    - q: a\n      a: b\n>",
        "cards:\n- {q: x, a: y}\n<- q: a\n  a: b\n>",
        "---\ncards:\n- {q: x, a: y}\n<- q: a\n  a: b\n>...\n",
        # set apart as the others are
        "cards:\n- {q: x, a: y}\n\n- {q: x, a: z}\n<\n- q: a\n  a: b\n>\n# end\n",
        # a broken note beside it: what can be read stays readable
        'cards:\n- q: "x\n  a: y\n<- q: a\n  a: b\n>',
        # bytes that are no UTF-8 stay as they are
        "cards:\n- q: \udce9\n  a: y\n<- q: a\n  a: b\n>",
    ],
)
def test_appending(after: str) -> None:
    """What is new stands between the angles."""
    added = manuscript.append(re.sub("<.*>", "", after, flags=re.S), "- q: a\n  a: b\n")
    assert added.text == after.replace("<", "").replace(">", "")
    deck, _ = load(added.text, "")
    assert deck is not None
    assert deck.cards[-1].line == added.line


@pytest.mark.parametrize(
    "text",
    [
        "cards: []\n",
        "cards: [{q: a, a: b}]\n",
        '{"cards": [{"q": "a", "a": "b"}]}',
        "- q: a\n  a: b\n",
        "just words",
        "\x00" * 100,
        'cards:\n- q: "x\ny"\n  a: z\n',  # goes on at the margin
    ],
)
def test_a_text_that_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="set in a way"):
        manuscript.append(text, NEW)


def test_a_note_is_copied_with_its_lines_and_nothing_of_its_neighbours() -> None:
    one, two, three = (manuscript.note_at(FILE, line) for line in places(FILE))
    assert one == "- id: one\n  q: \"What is one?\"   # quoted\n  a: 'The first'\n"
    assert two.endswith("  q: What is\n    two?\n  # a remark of its own\n")
    assert three.startswith("-\n  id: three\n")
    assert manuscript.notes(FILE) == [one, two, three]
    with pytest.raises(UserError):
        manuscript.note_at(FILE, 2)


def test_a_note_is_replaced_and_taken_out() -> None:
    line = places(FILE)[1]
    made = manuscript.replace(FILE, line, NEW)
    start, end = FILE.index("  - id: two"), FILE.index("  -\n")
    assert made.startswith(FILE[:start])
    assert made.endswith(FILE[end:])
    assert [card.id for card in cards(made)] == ["one", "new", "three"]
    out = manuscript.replace(FILE, line, "")
    assert out == FILE[:start] + FILE[end:]


@pytest.mark.parametrize(
    ("note", "more"),
    [
        ("- q: a\n  a: |\n    b\n", '- q: a\n  a: |\n    b\n  base: "0"\n'),
        ("-   text: '{{c1::b}}'\n", "-   text: '{{c1::b}}'\n    base: \"0\"\n"),
        ("- # mine\n   q: a\n   a: b\n", '- # mine\n   q: a\n   a: b\n   base: "0"\n'),
        ("-\n  q: a\n  a: b\n", '-\n  q: a\n  a: b\n  base: "0"\n'),
        ("- {q: a, a: b}\n", '- {base: "0", q: a, a: b}\n'),
    ],
)
def test_a_field_is_added_and_taken_away(note: str, more: str) -> None:
    assert manuscript.with_field(note, "base", '"0"') == more
    assert manuscript.without_field(more, "base") == note
    assert manuscript.without_field(note, "base") == note


def test_the_notes_of_a_list_in_brackets() -> None:
    text = '{"cards": [{"q": "a",\n"a": "b"}, {"q": "c", "a": "d"}], "deck": "x"}'
    listed = manuscript.notes(text)
    assert [manuscript.cards_in(note) for note in listed] == [[card] for card in cards(text)]
    assert (
        manuscript.notes("cards: 1")
        == manuscript.notes("[]")
        == manuscript.notes("\x00" * 99)
        == []
    )


# properties

letters = st.characters(codec="utf-8", exclude_categories=["C"])
words = st.text(letters, min_size=1, max_size=12).map(str.strip).filter(bool)
lines = st.lists(words, min_size=1, max_size=3)
quoted = words.map(lambda word: json.dumps(word, ensure_ascii=False))
block = lines.map(lambda some: "|\n" + "\n".join(f"      {line}" for line in some))
values = st.one_of(
    quoted, block, st.sampled_from(["plain", "'it''s'", "two\n      lines", ">-\n      b"])
)
flow = st.tuples(quoted, quoted).map(lambda pair: f"{{q: {pair[0]}, a: {pair[1]}}}")
gaps = st.sampled_from(["", "\n", "  # a remark\n", "# one at the margin\n\n", "\n\n"])


@st.composite
def a_note(draw: st.DrawFn) -> str:
    """A note in the third column, as people set it."""
    if draw(st.booleans()):
        return f"  - {draw(flow)}\n"
    first, second = draw(st.permutations(["q", "a"]))
    begin = draw(st.sampled_from(["- ", "-\n    ", "- # note\n    "]))
    return f"  {begin}{first}: {draw(values)}\n    {second}: {draw(values)}\n"


@st.composite
def files(draw: st.DrawFn) -> str:
    """A deck file without problems that count, in any of the usual line ends."""
    parts = [draw(st.sampled_from(["", "deck: d\n", "# c\n---\ndeck: d\n"])), "cards:\n"]
    for note in draw(st.lists(a_note(), max_size=4)):
        parts += draw(gaps), note
    parts += draw(gaps), draw(st.sampled_from(["", "title: t\n", "...\n"]))
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    bom = draw(st.sampled_from(["", "\ufeff"]))
    return bom + text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def of(text: str) -> list[Card]:
    deck, _ = load(text, "")
    return [placed.card for placed in deck.cards] if deck else []


@given(files(), a_note().map(lambda note: note.replace("\n  ", "\n").removeprefix("  ")))
def test_appending_changes_nothing_else(text: str, note: str) -> None:
    added = manuscript.append(text, note)
    assert of(added.text) == of(text) + manuscript.cards_in(note)
    at = next(n for n in range(len(text) + 1) if text[n : n + 1] != added.text[n : n + 1])
    rest = len(added.text) - len(text)
    assert any(added.text[:n] + added.text[n + rest :] == text for n in range(at + 1))
    deck, _ = load(added.text, "")
    assert deck is not None
    assert deck.cards[-1].line - added.line in {0, 1}  # the dash may stand above


@given(files(), st.data())
def test_replacing_changes_nothing_else(text: str, data: st.DataObject) -> None:
    deck, _ = load(text, "")
    assert deck is not None
    if not deck.cards:
        return
    index = data.draw(st.integers(0, len(deck.cards) - 1))
    line = deck.cards[index].line
    note = manuscript.note_at(text, line)
    assert manuscript.cards_in(note) == [deck.cards[index].card]
    assert manuscript.replace(text, line, note) == text
    there = manuscript.replace(text, line, NEW)
    assert of(there) == [*of(text)[:index], *manuscript.cards_in(NEW), *of(text)[index + 1 :]]
    line = load(there, "")[0].cards[index].line  # type: ignore[union-attr]
    assert manuscript.replace(there, line, note) == text
    assert of(manuscript.replace(text, line, "")) == [*of(text)[:index], *of(text)[index + 1 :]]
