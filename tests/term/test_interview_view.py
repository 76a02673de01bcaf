"""An interview on the screen and in line mode: whole files under golden/, and what always holds."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews import CASE, MINUTE, SECOND, Played, attempt, playing
from mlsd_cards.cards.rubric import STEPS, Rubric, Step
from mlsd_cards.study.interview import reply
from mlsd_cards.study.interview.attempt import begin
from mlsd_cards.study.interview.effect import Leave
from mlsd_cards.study.interview.interview import OFFER, PROMPT, RESULT, RUBRIC, STEP, Interview
from mlsd_cards.study.interview.score import Lesson, score
from mlsd_cards.study.interview.step import LINE
from mlsd_cards.term.interview.spoken import SPEECH, meant
from mlsd_cards.term.interview.view import render
from mlsd_cards.term.line import size
from mlsd_cards.term.mode import terminal
from mlsd_cards.term.plain import Plain

GOLDEN = Path(__file__).parent / "golden" / "interview"
SIZES = ("80x24", "40x12")


def noted() -> Played:
    """Some notes and a question, in the middle of the third step."""
    played = playing()
    played.wait(5 * MINUTE)
    played.press("tab", after=MINUTE)
    played.press("tab", after=3 * MINUTE)
    played.type("each scan is an event: parcel, depot, time, truck")
    played.wait(5 * MINUTE)
    played.type(
        "label = minutes from the scan to the door, *censored* while a parcel is on its way"
    )
    played.press(*"split by", "space", *"time")
    return played


def rubric() -> Played:
    played = noted()
    played.press("enter", "esc", "s", "2", "1", "y", "n", "tab", "1", "0", "1")
    return played


def result(**sides: object) -> Interview:
    played = rubric()
    played.press("up", "up", *["2"] * 2, "r", "r")
    made = played.now.result
    assert made is not None
    cards = (("arrival-labels", "Which *labels* are censored?"), ("scan-events:c1", "A [what] is?"))
    made = made._replace(lessons=(Lesson("data", "Gives the numbers of data", cards),))
    return replace(played.now, result=made, note="", **sides)  # type: ignore[arg-type]


SCENES: dict[str, Callable[[], Interview]] = {
    "offer": lambda: reply.offered(noted().now.attempt),
    "prompt": lambda: Interview(attempt()),
    "prompt-step": lambda: Interview(attempt(only=2, minutes=30)),
    "step-empty": lambda: playing().wait(SECOND),
    "step-notes": lambda: noted().now,
    "step-over": lambda: noted().wait(4 * MINUTE),
    "step-long": lambda: noted().wait(9 * MINUTE),
    "step-long-typed": lambda: replace(noted().wait(9 * MINUTE), text="a long line " * 30, note=""),
    "step-ended": lambda: noted().wait(40 * MINUTE),
    "step-alone": lambda: playing(only=2).wait(13 * MINUTE),
    "step-last": lambda: playing().press(*["tab"] * 7),
    "menu": lambda: noted().press("esc"),
    "keys": lambda: noted().press("esc", "?"),
    "task": lambda: noted().press("esc", "p"),
    "rubric": lambda: rubric().press("tab"),
    "rubric-marked": lambda: rubric().press("up", "up"),
    "rubric-flag": lambda: rubric().press("tab", "down", "down", "down"),
    "rubric-missing": lambda: rubric().press("r"),
    "result": result,
    "result-called": lambda: reply.called(result(scroll=99), back=True),
    "result-again": lambda: result(earlier=(score(attempt()), score(attempt(only=3)))),
}


@pytest.mark.parametrize("at", SIZES)
@pytest.mark.parametrize("name", SCENES)
def test_golden_screen(name: str, at: str, check: Callable[[Path, str], None]) -> None:
    columns, rows = map(int, at.split("x"))
    shown = SCENES[name]()
    shown = shown.scrolled(-1, 0) if not shown.scroll else shown
    check(GOLDEN / f"{name}@{at}.txt", render(shown, columns, rows).text)


@pytest.mark.parametrize("name", SCENES)
def test_golden_screen_in_ascii(name: str, check: Callable[[Path, str], None]) -> None:
    text = render(SCENES[name](), 80, 24, ascii_only=True).text
    assert text.isascii()
    check(GOLDEN / f"{name}@ascii.txt", text)


def test_every_scene_has_its_screens() -> None:
    expected = {f"{name}@{at}.txt" for name in SCENES for at in (*SIZES, "ascii")}
    assert {path.name for path in GOLDEN.glob("*@*")} == expected


def test_what_should_be_said_is_hidden_until_the_rubric() -> None:
    played = noted()
    for keys in ([], ["esc"], ["esc", "?"], ["esc", "esc", "p"]):
        text = " ".join(render(played.press(*keys), 80, 50).text.split())
        assert not any(line in text for step in CASE.steps for line in (*step.must, *step.strong))


# properties

junk = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("\x1b\x9b\u200d\u202e\u0301\ufe0f漢🚀👩💻\t\n  [/]:*_`$\\{}^"),
    ),
    max_size=120,
)


@st.composite
def interviews(draw: st.DrawFn) -> Interview:
    """An interview of any phase, of any case with any notes."""
    lines = st.lists(junk, min_size=1, max_size=4).map(tuple)
    steps = tuple(Step(step, 6, draw(lines), draw(lines), draw(lines)) for step in STEPS)
    case = Rubric(id="x", note="x", prompt=draw(junk), steps=steps, follow_ups=draw(lines))
    only = draw(st.none() | st.integers(0, 6))
    made = begin(case, draw(junk), 1, draw(st.floats(0.01, 600)), only)
    for line in draw(st.lists(junk, max_size=8)):
        made = made.noted({"line": line})
    if draw(st.booleans()):
        made = made.noted({"asked": 0}).noted({"line": draw(junk)})
    made = made.passed(draw(st.integers(0, 10**8)))
    items = made.items
    for number in draw(st.lists(st.integers(0, len(items) - 1), max_size=5)):
        made = made.noted({items[number].kind: [*items[number][:1], items[number].which, 1]})
    lessons = (Lesson(STEPS[made.at], steps[made.at].must[0], ((draw(junk), draw(junk)),)),)
    return Interview(
        made,
        draw(st.sampled_from([OFFER, PROMPT, STEP, RUBRIC, RESULT])),
        text=draw(junk),
        cursor=draw(st.integers(0, len(items) - 1)),
        panel=draw(st.sampled_from(["", "menu", "keys", "prompt"])),
        note=draw(junk),
        scroll=draw(st.integers(-1, 99)),
        result=score(made)._replace(lessons=lessons),
        called=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(interviews(), st.integers(40, 130), st.integers(10, 50), st.booleans())
def test_fits_and_says_nothing_to_the_terminal(
    interview: Interview, columns: int, rows: int, ascii_only: bool
) -> None:
    screen = render(interview, columns, rows, ascii_only=ascii_only)
    assert len(screen.lines) == rows
    assert max(map(size, screen.lines)) <= columns
    for char in screen.text.replace("\n", ""):
        assert char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl"}
    again = render(interview.scrolled(screen.scroll, 0), columns, rows, ascii_only=ascii_only)
    assert again.scroll == screen.scroll


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(interviews(), st.booleans())
def test_what_is_spoken_is_lines_of_text(interview: Interview, ascii_only: bool) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii" if ascii_only else "utf-8")
    Plain(SPEECH, io.StringIO(), out, {}).paint(interview)
    out.flush()
    said = out.buffer.getvalue().decode()  # type: ignore[attr-defined]
    for char in said.replace("\n", ""):
        assert char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl"}


# line mode


SPOKEN = """\
parcels late by a day cost us, so a range and not a point
/task
/nope
/api/v2 is what we call

/back
/next
/NEXT
/keys
/next
/next
/next
/next
/next
/score
2 1 1 0
2
7
maybe
1,y,n
/next
/back

/result
/result
d
x

"""


def test_golden_in_lines(check: Callable[[Path, str], None]) -> None:
    out = io.StringIO()
    where = terminal("interview", plain=True, stdin=io.StringIO(SPOKEN), stdout=out)
    played = Played(Interview(attempt()))
    played.effects = []
    with where:
        while not any(isinstance(effect, Leave) for effect in played.effects):
            played.now = where.paint(played.now)
            key = where.key(played.now.wait)
            if key is not None:
                out.write(f"<{key}>\n")
                played.press(key)
                played.wait(40 * SECOND if played.now.runs else 0)
    check(GOLDEN / "lines.txt", out.getvalue())


@given(st.lists(junk, max_size=12))
def test_every_line_is_a_note_unless_it_is_a_command(lines: list[str]) -> None:
    played = playing()
    kept = []
    for line in (one.replace("\n", " ").replace("\r", " ") for one in lines):
        keys = meant(played.now, line)
        if line.strip() and line.strip()[1:].lower() not in {"next", "back", "score"}:
            assert keys == [LINE + line.rstrip()]
            kept.append(line.rstrip())
        played.press(*keys)
    assert [line for step in played.now.attempt.notes for line in step] == kept
