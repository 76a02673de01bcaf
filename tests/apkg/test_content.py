"""What a note shows: the parts of its kind, and colours that can be read."""

from __future__ import annotations

import re

import pytest

from mlsd_cards.anki import notetype
from mlsd_cards.anki.content import content
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.rubric import Rubric, Scoring, Step

COMPARED = Comparison(
    id="c", note="c", topic="t", prompt="Compare them.", a="One", b="Two",
    rows=(Row("Size", "small", "large"),), choose_a_when="Space is short.",
)  # fmt: skip

RUBRIC = Rubric(
    id="r", note="r", topic="t", prompt="Design it.", steps=(Step("clarify", 6, ("Asks",)),),
    follow_ups=("And then?",), scoring=Scoring("1", "1", "-1"),
)  # fmt: skip

AA = 4.5
"""The contrast that WCAG 2 asks of small text."""


def test_what_decides_a_comparison_is_asked_and_then_told_on_a_line_of_its_own() -> None:
    shown = content(COMPARED, [])
    assert "<b>Choose One when</b><br>Space is short." in shown.answer
    asked = "<b>Choose One when</b><br><details><summary"
    assert asked in shown.body
    assert shown.body.index(asked) < shown.body.index("Space is short.")
    assert "Two when" not in shown.body + shown.answer


def test_a_heading_is_a_sentence() -> None:
    assert re.findall("<h3>([^<]*)", content(RUBRIC, []).answer) == [
        "Clarify ", "Follow-ups", "Points",
    ]  # fmt: skip
    assert "capitalize" not in notetype.shape("rubric")["css"]


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_every_text_stands_out_from_what_is_under_it(night: bool) -> None:
    rules = re.findall(r"^\.card.*?\{(.*?)\}", notetype.shape("mcq")["css"], flags=re.S | re.M)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", rules[night]))
    for under in ("paper", "field", "right-field"):
        for text in ("ink", "faint", "right", "wrong", "accent"):
            bright, dark = sorted(
                (_luminance(colours[text]), _luminance(colours[under])), reverse=True
            )
            assert (bright + 0.05) / (dark + 0.05) >= AA, (text, under)
