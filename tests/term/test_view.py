"""Screens, as whole files under golden/, and what must hold for every session and every size."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlsd_cards.cards.card import Basic, Card, MultiSelect, Numeric, Option
from mlsd_cards.cards.comparison import Comparison, Row
from mlsd_cards.cards.diagram import WIDEST, Diagram
from mlsd_cards.cards.ordering import Ordering
from mlsd_cards.cards.question import ask
from mlsd_cards.schedule.state import NEW
from mlsd_cards.study.arrangement import Arrangement, begin
from mlsd_cards.study.reply import looked
from mlsd_cards.study.session import BACK, Panel, Session, Turn
from mlsd_cards.term.drawing import seen
from mlsd_cards.term.line import size
from mlsd_cards.term.review.view import render

GOLDEN = Path(__file__).parent / "golden"
SIZES = ("80x24", "40x12")
SCENES = """
basic-front basic-answer basic-new-marked basic-grades-0-5 basic-practice cloze-front cloze-answer
mcq-front mcq-right mcq-wrong multi-front multi-empty multi-partly multi-wrong numeric-front
numeric-unread numeric-right numeric-wrong numeric-none computed-front computed-wrong
order-front order-placed order-held order-unplaced order-right order-partly order-wrong order-none
comparison-front comparison-scrolled comparison-answer diagram-front diagram-panned diagram-answer
diagram-keys menu keys
history flag-note flag-long between over long-front long-scrolled long-answer long-typed
wide-answer hostile-answer marked-front marked-answer
""".split()

Scenes = dict[str, Callable[[], Session]]


def test_every_scene_has_its_screens(scenes: Scenes) -> None:
    assert set(SCENES) == set(scenes)
    expected = {f"{name}@{at}.txt" for name in SCENES for at in (*SIZES, "ascii")}
    assert {path.name for path in GOLDEN.glob("*@*")} == expected


@pytest.mark.parametrize("at", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_golden_screen(scenes: Scenes, name: str, at: str) -> None:
    columns, rows = map(int, at.split("x"))
    check(f"{name}@{at}.txt", render(scenes[name](), columns, rows).text)


@pytest.mark.parametrize("name", SCENES)
def test_golden_screen_in_ascii(scenes: Scenes, name: str) -> None:
    text = render(scenes[name](), 80, 24, ascii_only=True).text
    assert text.isascii()
    check(f"{name}@ascii.txt", text)


def check(name: str, text: str) -> None:
    """Compare with the file; ``GOLDEN=write pytest tests/term/test_view.py`` writes it instead."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


# properties


junk = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("\x1b\x9b\u200d\u202e\u0301\ufe0f漢🚀👩💻\t\n  [/]:*_`$\\{}^"),
    ),
    max_size=120,
)


@st.composite
def arrangements(draw: st.DrawFn, card: Ordering) -> Arrangement:
    """The lines of an ordering at any moment."""
    lines = begin(len(card.items), fixed_first=card.fixed_first)
    order = (*lines.order[: lines.fixed], *draw(st.permutations(lines.order[lines.fixed :])))
    places = st.integers(lines.fixed, len(order) - 1)
    return Arrangement(order, draw(places), lines.fixed, draw(places), draw(st.booleans()))


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """A session of any card with any text, before or after its answer, with or without a panel."""
    kind = draw(st.sampled_from(["basic", "multi", "numeric", "order", "table", "drawing"]))
    texts = {"id": "x", "note": "x", "prompt": draw(junk), "topic": draw(junk)}
    texts["explanation"] = draw(junk)
    if kind == "basic":
        card: Card = Basic(**texts, answer=draw(junk))
    elif kind == "multi":
        options = st.builds(Option, junk, st.booleans(), junk)
        card = MultiSelect(**texts, options=tuple(draw(st.lists(options, min_size=2, max_size=6))))
    elif kind == "order":
        items = tuple(draw(st.lists(junk, min_size=3, max_size=9, unique=True)))
        card = Ordering(**texts, items=items, fixed_first=draw(st.booleans()))
    elif kind == "table":
        rows = tuple(draw(st.lists(st.builds(Row, junk, junk, junk), min_size=1, max_size=4)))
        card = Comparison(**texts, a=draw(junk), b=draw(junk), rows=rows, choose_a_when=draw(junk))
    elif kind == "drawing":
        card = Diagram(
            **texts, diagram=draw(junk) + "[?]", missing=draw(junk), accept=(draw(junk),)
        )
    else:
        card = Numeric(**texts, value=draw(st.floats(-1e20, 1e20)), unit=draw(junk) or "1")
    turn = Turn(ask(card, 0), draw(junk), draw(junk), "", {}, NEW, 0, source=draw(junk))
    session = Session(
        queue=("a", "b"),
        turn=turn,
        phase=draw(st.sampled_from(["front", BACK])),
        scale=draw(st.sampled_from(["1-4", "0-5"])),
        cursor=draw(st.integers(-1, 1)),
        picked=draw(st.frozensets(st.integers(0, 1))),
        text=draw(junk),
        scroll=draw(st.integers(-1, 99)),
        pan=draw(st.integers(-1, 99)),
        note=draw(junk),
        lines=draw(arrangements(card)) if isinstance(card, Ordering) else None,
    )
    panels = st.sampled_from([None, Panel("flag", (draw(junk),)), Panel(draw(junk), (draw(junk),))])
    return replace(session, panel=draw(panels))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(), st.integers(40, 130), st.integers(10, 50), st.booleans())
def test_fits_and_says_nothing_to_the_terminal(
    session: Session, columns: int, rows: int, ascii_only: bool
) -> None:
    screen = render(session, columns, rows, ascii_only=ascii_only)
    assert len(screen.lines) == rows
    assert max(map(size, screen.lines)) <= columns
    assert screen.scroll >= 0
    for char in screen.text.replace("\n", ""):
        assert char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl"}
    assert all("\n" not in span.text for line in screen.lines for span in line)
    drawn = replace(session, scroll=screen.scroll, pan=screen.pan)
    again = render(drawn, columns, rows, ascii_only=ascii_only)
    assert (again.scroll, again.pan) == (screen.scroll, screen.pan)


SIZE = (st.integers(40, 130), st.integers(10, 50))
CELLS = st.text("abc de", min_size=1, max_size=60).map(str.strip).filter(bool)


def everything(session: Session, columns: int, rows: int) -> str:
    """All that scrolling and panning brings to sight, screen by screen."""
    screens: list[str] = []
    for pan in range(0, WIDEST, 8):
        last = render(replace(session, scroll=9999, pan=pan), columns, rows).scroll
        screens += [
            render(replace(session, scroll=at, pan=pan), columns, rows).text
            for at in range(last + 1)
        ]
        if columns >= 80:
            break
    return "\n".join(screens)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(" |+-<>^v#", max_size=60), min_size=1, max_size=20), *SIZE)
def test_a_drawing_is_never_wrapped_and_all_of_it_can_be_reached(
    lines: list[str], columns: int, rows: int
) -> None:
    drawing = ["[?]", *(f"{number:02}{line}$".ljust(76) for number, line in enumerate(lines, 10))]
    card = Diagram(id="d", note="d", prompt="Name it.", diagram="\n".join(drawing), missing="m")
    session = Session(turn=Turn(ask(card, 0), "", "", "", {}, NEW, 0))
    text = everything(session, columns, rows).split("\n")
    width = min(76, columns - (2 if columns < 60 else 4))
    for line in drawing:
        for start in range(0, max(1, 77 - width), 8):
            piece = line[start : start + width].rstrip()
            assert any(piece == one[1 if columns < 60 else 2 :].rstrip() for one in text), piece


@pytest.mark.parametrize(
    ("wide", "told"), [(39, ""), (40, "1 more column →"), (41, "2 more columns →")]
)
def test_a_wide_drawing_says_how_much_is_out_of_sight(wide: int, told: str) -> None:
    drawing = "[?]".ljust(wide - 1, "-") + ">"
    card = Diagram(id="d", note="d", prompt="Name it.", diagram=drawing, missing="m")
    session = Session(turn=Turn(ask(card, 0), "", "", "", {}, NEW, 0), pan=0)
    shown = render(session, 41, 12).text
    assert told in shown
    assert ("more col" in shown) == bool(told)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), *SIZE)
def test_every_cell_of_a_table_can_be_reached(
    cells: list[tuple[str, str, str]], columns: int, rows: int
) -> None:
    table = tuple(
        Row(f"dim{number}", f"left{number} {a}", f"right{number} {b}")
        for number, (_, a, b) in enumerate(cells)
    )
    card = Comparison(id="c", note="c", prompt="Compare.", a="A", b="B", rows=table)
    question = ask(card, 0)
    text = everything(Session(turn=Turn(question, "", "", "", {}, NEW, 0)), columns, rows)
    hidden = card.text(question.cell).split()[0] if question.cell else ""
    for word in (word for row in table for cell in row for word in cell.split()[:1]):
        assert (word in text) == (word != hidden)
    assert "[?]" in text


@given(st.integers(0, 60), st.integers(0, 30))
def test_too_small_is_one_line(columns: int, rows: int) -> None:
    screen = render(Session(), columns, rows)
    assert screen.dead == (columns < 40 or rows < 10)
    assert len(screen.lines) == rows
    if screen.dead:
        assert all(size(line) <= columns for line in screen.lines)
        assert all(not line for line in screen.lines[1:])


# what matters stays in sight


@pytest.mark.parametrize("at", [(40, 10), (40, 12), (80, 24)])
def test_note_and_typed_line_and_grades_are_always_in_sight(
    scenes: Scenes, at: tuple[int, int]
) -> None:
    typed = replace(scenes["long-typed"](), note="remember this")
    assert "remember this" in render(typed, *at).text
    assert "within 2 %: 12" in render(typed, *at).text
    answer = render(scenes["long-answer"](), *at).text
    assert all(f"{key} {name}" in answer for key, name in enumerate_grades())


def enumerate_grades() -> list[tuple[int, str]]:
    """The four grades as the footer names them."""
    return list(enumerate(("Again", "Hard", "Good", "Easy"), 1))


def test_scroll_is_clamped_and_counted(scenes: Scenes) -> None:
    session = scenes["long-front"]()
    top = render(session, 40, 12)
    bottom = render(replace(session, scroll=999), 40, 12)
    assert top.scroll == 0
    assert 0 < bottom.scroll < 999
    assert f"↓ {bottom.scroll} more" in top.text
    assert f"↑ {bottom.scroll} more" in bottom.text
    assert "↓" not in bottom.text


def test_negative_scroll_shows_the_answer_or_the_cursor(scenes: Scenes) -> None:
    answer = render(replace(scenes["basic-answer"](), scroll=-1), 40, 12)
    assert answer.scroll > 0
    assert "one model call per pair." in answer.text
    last = replace(scenes["multi-front"](), cursor=3, scroll=-1)
    assert "▸" in render(last, 40, 12).text
    assert "▸" not in render(replace(last, scroll=0), 40, 12).text


def test_a_drawing_begins_where_its_gap_is_in_sight_and_stays_where_it_was_moved(
    scenes: Scenes,
) -> None:
    session = replace(scenes["diagram-front"](), scroll=99)
    first = render(session, 40, 12)
    assert "[?]" in first.text
    assert (first.pan, f"← {first.pan} more columns" in first.text) == (10, True)
    moved = render(replace(session, pan=999), 40, 12)
    assert "[?]" not in moved.text
    assert "→" not in moved.text.replace("← →", "")
    panel = looked(replace(session, pan=moved.pan), "history", ("once",))
    assert render(panel, 40, 12).pan == moved.pan == 31
    wide = render(session, 80, 24)
    assert "pan" not in wide.text
    assert "more columns" not in wide.text


def test_a_drawing_as_wide_as_can_be_fits_80_columns() -> None:
    drawing = "[?]" + "-" * (WIDEST - 4) + ">"
    card = Diagram(id="d", note="d", prompt="?", diagram=drawing, missing="m")
    text = render(Session(turn=Turn(ask(card, 0), "", "", "", {}, NEW, 0)), 80, 24).text
    assert f"  {drawing}\n" in text
    assert "more columns" not in text


@pytest.mark.parametrize(
    ("line", "start", "room", "expected"),
    [
        ("abcdef", 0, 4, "abcd"),
        ("abcdef", 4, 4, "ef"),
        ("abcdef", 9, 4, ""),
        ("a漢b", 0, 2, "a"),
        ("a漢b", 1, 2, "漢"),
        ("a漢b", 2, 2, " b"),
        ("ae\u0301x", 1, 1, "e\u0301"),
    ],
)
def test_a_part_of_a_line(line: str, start: int, room: int, expected: str) -> None:
    assert seen(line, start, room) == expected


def test_what_was_picked_and_where_the_cursor_is_differ_without_colour(scenes: Scenes) -> None:
    lines = render(scenes["multi-front"](), 80, 24).text.splitlines()
    options = [line[3:10] for line in lines if " ] " in line or "[x]" in line]
    assert options == ["  [x] 1", "  [x] 2", "▸ [ ] 3", "  [ ] 4"]
