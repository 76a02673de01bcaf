"""What came of a quiz: its figures, and that any payload whatever is read as something."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.certainty import Certainty
from mlsd_cards.cards.marking import Verdict
from mlsd_cards.study.quiz.outcome import Outcome, Tally, next_step, read
from mlsd_cards.term.canvas import Canvas, on_canvas
from mlsd_cards.term.line import ASCII, Glyphs, size
from mlsd_cards.term.quiz.outcome import body, clock, facts, records


def item(verdict: str, score: float, **more: Any) -> dict[str, Any]:
    return {"verdict": verdict, "score": score, "deck": "metrics", "topic": "auc", **more}


FOUR = [
    item("right", 1.0, certainty=3, took=20_000, expected_s=30),
    item("partly", 0.5, certainty=2, took=90_000, expected_s=60, topic="loss"),
    item("wrong", 0.0, certainty=3, took=70_000, expected_s=40, topic="loss", deck="models"),
    item("", 0.0, topic="", took=5_000, expected_s=40),
]


def quiz(*items: dict[str, Any], **more: Any) -> Outcome:
    return read({"items": list(items), **more})


def test_the_figures() -> None:
    made = quiz(*FOUR, used_ms=185_000, limit_ms=600_000, how="handed in", certainty=True)
    assert (made.total, made.total.percent) == (Tally("", 4, 1.5), 38)
    assert [made.count(one) for one in (*Verdict, None)] == [1, 1, 1, 1]
    assert made.decks == [Tally("models", 1, 0.0), Tally("metrics", 3, 1.5)]
    assert made.topics == [
        Tally("metrics", 1, 0.0),  # no topic: under its deck
        Tally("loss", 2, 0.5),
        Tally("auc", 1, 1.0),
    ]
    assert [one.number for one in made.missed] == [2, 3, 4]
    assert [one.number for one in made.slow] == [3]  # 90 s for 60 is not more than 1.5 times
    assert made.pace == (180_000, 130_000)  # what was not answered took no time to answer
    assert made.calibration is not None
    assert made.calibration.average * 4 == pytest.approx(3 + 1 - 6)


def test_what_was_marked_by_oneself_is_counted_apart() -> None:
    made = quiz(item("right", 1.0, self=True), item("wrong", 0.0), item("", 0.0))
    assert made.self_marked == Tally("", 1, 1.0)
    assert made.marked == Tally("", 2, 0.0)
    assert made.total == Tally("", 3, 1.0)


@pytest.mark.parametrize(
    ("raw", "name", "value"),
    [
        ({"verdict": "brilliant", "score": 1.0}, "verdict", None),
        ({"verdict": "", "score": 1.0, "certainty": 3}, "score", 0.0),
        ({"verdict": "", "score": 1.0, "certainty": 3}, "certainty", None),
        ({"verdict": "right", "score": 7}, "score", 1.0),
        ({"verdict": "right", "score": float("nan")}, "score", 0.0),
        ({"verdict": "right", "certainty": 2}, "certainty", Certainty.THINK_SO),
        ({"verdict": "right", "certainty": 9}, "certainty", None),
        ({"took": -4}, "took", 0),
        ({"took": float("inf")}, "took", 10**12),
        ({"prompt": ["a"]}, "prompt", ""),
        ({"given": "\ud800"}, "given", "?"),
    ],
)
def test_what_makes_no_sense_is_nothing(raw: dict[str, Any], name: str, value: object) -> None:
    assert getattr(quiz(raw).items[0], name) == value


def test_without_certainty_there_is_no_calibration() -> None:
    assert quiz(item("right", 1.0, certainty=3)).calibration is None


@pytest.mark.parametrize(
    ("items", "words"),
    [
        (FOUR, "review asks the wrong one today."),
        ([*FOUR, item("wrong", 0)], "review asks the 2 wrong ones today."),
        (FOUR[:2], "quiz --topic loss, where most is missing."),
        (FOUR[:1], "review goes on with what is due."),
        (
            [item("right", 1), item("", 0, topic="a b")],
            "quiz --topic 'a b', where most is missing.",
        ),
        ([item("right", 1), item("", 0, topic="")], "review goes on with what is due."),
        ([item("", 0)], "review goes on with what is due."),
        ([], "review goes on with what is due."),
    ],
)
def test_the_one_next_thing(items: list[dict[str, Any]], words: str) -> None:
    assert next_step(quiz(*items)) == f"Next: mlsd-cards {words}"


def test_no_more_than_five_earlier_scores() -> None:
    assert read({}, range(7)).earlier == (2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (59_999, "0:59"), (492_000, "8:12"), (4_092_000, "1:08:12")]
)
def test_a_clock(ms: int, shown: str) -> None:
    assert clock(ms) == shown


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
NAMES = "card deck topic kind prompt score certainty took expected_s given right why source".split()
items = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES, values)
    | {"verdict": st.sampled_from(["right", "partly", "wrong", "", "new"]) | values}
    | {"flagged": values, "self": values},
)  # fmt: skip
payloads = st.fixed_dictionaries(
    {"items": st.lists(items | values, max_size=4) | values},
    optional=dict.fromkeys("how used_ms paused_ms limit_ms title seed certainty".split(), values),
)


@given(payloads, st.integers(40, 90), st.integers(10, 30), st.booleans())
def test_any_payload_is_told_somehow(
    payload: dict[str, Any], columns: int, rows: int, ascii_only: bool
) -> None:
    made = read(payload | {"certainty": True}, [40])

    def draw(canvas: Canvas) -> Any:
        return canvas.screen((), body(made, canvas.page), [], scroll=0, pan=0)

    screen = on_canvas(draw, columns, rows, ascii_only=ascii_only)
    assert len(screen.lines) == rows
    assert all(size(line) <= columns for line in screen.lines)
    for line in facts(made, ASCII if ascii_only else Glyphs()):
        line.encode()
    assert len(list(records(made))) >= 3
    assert 0 <= made.total.percent <= 100
    assert sum(one.questions for one in made.topics) == len(made.items)
