"""Line mode, played through: what it says, and what lines mean."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.study import reply
from mlsd_cards.study.effect import Act, Effect, Flag, Leave, Look, Record
from mlsd_cards.study.session import OVER, Session, Turn, press
from mlsd_cards.term.line import glyphs_for
from mlsd_cards.term.mode import terminal
from mlsd_cards.term.plain import Lines, Plain
from mlsd_cards.term.review.facts import aloud
from mlsd_cards.term.review.spoken import SPEECH, meant
from mlsd_cards.term.screen import LiveScreen

GOLDEN = Path(__file__).parent / "golden"
Turns = Mapping[str, Turn]
Scenes = dict[str, Callable[[], Session]]

LINES = """\

g

/source
/m
*
3
3,1
?

51.2 many
51.2 MB
@
9

7
1
i
0
4
what is asked for is the fourth step
"""

LINES_OF_KINDS = """\
3 1 2
?
526134
1

1324
243
4


1

3
"""


class Spoken(io.StringIO):
    """Lines that are written into the transcript as they are read."""

    def __init__(self, text: str, out: io.StringIO) -> None:
        super().__init__(text)
        self.out = out

    def readline(self, size: int = -1, /) -> str:
        """The next line, noted."""
        line = super().readline(size)
        self.out.write(f"> {line}" if line else "> (the end)\n")
        return line


def typed(text: str) -> list[str]:
    """The keys of a text."""
    return ["space" if char == " " else char for char in text]


def play(turns: Turns, lines: str, out: io.StringIO, cards: tuple[str, ...]) -> Session:
    """A review with an app that keeps everything in its head."""
    session = reply.begin(Session(queue=cards))
    now = 0
    with Plain(SPEECH, Spoken(lines, out), out, {}) as plain:
        while True:
            now += 100
            while card := session.wanted:
                session = reply.show(session, turns[card]._replace(head=""), now)
            if session.phase == OVER:
                session = reply.ended(session, ("That is all.", "Next: come back tomorrow."))
            session = plain.paint(session)
            key = plain.key()
            if key is None:
                continue
            session, effects = press(session, key, now)
            for effect in effects:
                if isinstance(effect, Leave):
                    return session
                session = carry_out(session, effect)


def carry_out(session: Session, effect: Effect) -> Session:
    """What the app does for an effect, without a store."""
    assert session.turn
    match effect:
        case Record():
            after = session.turn.futures[session.quality(effect.grade)]._replace(drill=False)
            uid = str(len(session.answers))
            return reply.recorded(session, uid, effect.grade, effect.took, after)
        case Act():
            return reply.acted(session, effect.kind, effect.card, "head")
        case Flag():
            return reply.flagged(session, effect.card, "f")
        case Look():
            return reply.looked(session, effect.what, ("a first line", "a second line"))
    raise AssertionError(effect)


CARDS = (
    "two-tower-why-indexable",
    "auc-invariances",
    "index-memory",
    "f1-generated",
    "precision-at-low-prevalence",
    "seven-step-chain:c2",
)
KINDS = (
    "feed-request-stations",
    "baseline-ladder",
    "batch-or-online",
    "feature-loop-missing-box",
)


@pytest.mark.parametrize(
    ("name", "lines", "cards"),
    [("plain.txt", LINES, CARDS), ("plain-kinds.txt", LINES_OF_KINDS, KINDS)],
)
def test_a_review_as_a_transcript(
    turns: Turns, name: str, lines: str, cards: tuple[str, ...]
) -> None:
    """``GOLDEN=write pytest tests/term/test_plain.py`` writes the file anew."""
    out = io.StringIO()
    session = play(turns, lines, out, cards)
    assert len(session.answers) == 4
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(out.getvalue(), encoding="utf-8")
    assert out.getvalue() == path.read_text(encoding="utf-8")


def test_empty_lines_go_through_everything(turns: Turns) -> None:
    """Enter reveals, and what it accepts is not lost to the time that an answer has to settle."""
    out = io.StringIO()
    session = play(turns, "\n" * 17 + "q\n", out, CARDS)
    assert session.phase == OVER
    assert [answer.right for answer in session.answers] == [True, False, False, False, False, True]
    assert "That is all.\nNext: come back tomorrow.\nEnter or q leaves;" in out.getvalue()


def test_hostile_text_is_harmless_here_too(turns: Turns) -> None:
    out = io.StringIO()
    play(turns, "\n\n", out, ("hostile",))
    assert out.getvalue().replace("\n", "").isprintable()
    assert "[bold]not bold[/]" in out.getvalue()


def test_the_end_of_input_leaves(turns: Turns) -> None:
    session = play(turns, "", io.StringIO(), CARDS)
    assert session.answers == ()


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("today+15 d", "today and in 15 days"),
        ("again in 1 d (u", "again in 1 day (u"),
        ("4.1 mo, 2.0 y", "4.1 months, 2.0 years"),
        ("3 deep, 2 more", "3 deep, 2 more"),
    ],
)
def test_days_are_spelt(shown: str, said: str) -> None:
    assert aloud(shown) == said


def test_a_note_is_asked_for_and_said_to_be_kept(turns: Turns) -> None:
    out = io.StringIO()
    play(turns, "!\n\n!\nnot so\n/! nor so\nq\n", out, CARDS)
    told = out.getvalue().split("\n")
    asked = "Flag: type what is wrong, then Enter; an empty line keeps nothing."
    assert [told.count(line) for line in (asked, "> not so")] == [2, 1]
    assert sum(line.startswith("flagged: two-tower") for line in told) == 2


@pytest.mark.parametrize(
    ("scene", "line", "keys"),
    [
        ("basic-front", "", ["enter"]),
        ("basic-front", "u", ["u"]),
        ("basic-front", "/u", ["u"]),
        ("basic-front", "/undo", ["u"]),
        ("basic-front", "an answer of my own", ["enter"]),
        ("basic-front", "x", []),
        ("basic-answer", "", ["3"]),
        ("basic-grades-0-5", "", ["4"]),
        ("mcq-wrong", "", ["1"]),
        ("basic-answer", "2", ["2"]),
        ("basic-answer", "7", []),
        ("mcq-front", "2", ["2"]),
        ("mcq-front", "5", []),
        ("mcq-front", "q", ["q"]),
        ("mcq-front", "e", ["esc", "e"]),
        ("order-front", "!", ["esc", "!"]),
        ("multi-empty", "x", []),
        ("numeric-front", "-", [*["backspace"] * 4, "-", "enter"]),
        ("mcq-front", "/q", ["q"]),
        ("mcq-front", "/u", ["u"]),
        ("multi-front", "13", ["2", "3", "enter"]),
        ("multi-front", "1, 2", ["enter"]),
        ("multi-empty", "2 4", ["2", "4", "enter"]),
        ("multi-empty", "5", []),
        ("multi-empty", "two", []),
        ("numeric-front", "q", [*["backspace"] * 4, "q", "enter"]),
        ("numeric-front", "/q", ["esc", "q"]),
        ("computed-front", "5 %\x1b", [*["backspace"] * 3, "5", "space", "%", "enter"]),
        ("order-front", "314265", ["3", "1", "4", "2", "6", "5", "enter"]),
        ("order-placed", "3, 1, 4 2 6 5", [*["backspace"] * 2, *"314265", "enter"]),
        ("order-front", "31426", []),
        ("order-front", "3142655", []),
        ("order-front", "3142657", []),
        ("order-front", "first", []),
        ("order-front", "u", ["u"]),
        ("order-held", "1 3 2 4", ["3", "2", "4", "enter"]),
        ("order-held", "324", ["3", "2", "4", "enter"]),
        ("order-held", "3124", []),
        ("diagram-front", "a feature store", ["enter"]),
        ("basic-answer", "/!", ["!"]),
        ("basic-answer", "/! it is wrong", ["!", *typed("it is wrong"), "enter"]),
        ("mcq-front", "/flag  no", ["esc", "!", "n", "o", "enter"]),
        ("numeric-front", "/! no", ["esc", "!", "n", "o", "enter"]),
        ("basic-answer", "! no", ["!", "n", "o", "enter"]),
        ("basic-front", "! no", ["!", "n", "o", "enter"]),
        ("numeric-front", "! no", ["esc", "!", "n", "o", "enter"]),
        ("basic-answer", "/edit me", []),
        ("basic-answer", "/e", ["e"]),
        ("flag-note", "a\tb\x1b /q", [*typed("a b /q"), "enter"]),
        ("flag-note", "  ", ["esc"]),
        ("over", "u", ["u"]),
        ("over", "/u", ["u"]),
        ("over", "", ["enter"]),
        ("over", "/s", []),
    ],
)
def test_what_a_line_means(scenes: Scenes, scene: str, line: str, keys: list[str]) -> None:
    assert meant(scenes[scene](), line) == keys


@given(st.text(), st.sampled_from(["basic-front", "multi-empty", "numeric-front", "mcq-wrong"]))
def test_any_line_means_keys(scenes: Scenes, line: str, scene: str) -> None:
    for key in meant(scenes[scene](), line):
        assert key.isprintable()


# streams


def test_lines_from_a_pipe_with_a_time_limit() -> None:
    out, into = os.pipe()
    with open(out, encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor
        lines = Lines(stream)
        assert lines.read(0.01) is None
        assert not lines.ended
        os.write(into, b"eins\r\nzw")
        assert lines.read() == "eins"
        assert lines.read(0.01) is None
        os.write(into, b"ei \xff\n\nlast")
        os.close(into)
        assert [lines.read() for _ in range(3)] == ["zwei \ufffd", "", "last"]
        assert lines.read() is None
        assert lines.ended


def test_a_reader_that_is_gone_is_left_quietly(scenes: Scenes) -> None:
    out, into = os.pipe()
    os.close(out)
    with open(into, "w", encoding="utf-8", closefd=False) as stream:
        plain = Plain(SPEECH, io.StringIO("\n\n"), stream)
        plain.paint(scenes["basic-front"]())
        assert plain.key() == "ctrl-d"
        with plain.paused():
            plain.paint(scenes["basic-answer"]())
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, into)  # what is still in the stream's buffer has to go somewhere
        os.close(null)
    os.close(into)


def test_interrupt_is_a_key() -> None:
    class Interrupted(io.StringIO):
        def readline(self, size: int = -1, /) -> str:
            raise KeyboardInterrupt

    assert Plain(SPEECH, Interrupted(), io.StringIO()).key() == "ctrl-c"


def test_signs_fit_the_stream(scenes: Scenes) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    Plain(SPEECH, io.StringIO(), out).paint(scenes["basic-front"]())
    assert b"models, two-tower" in raw.getvalue()
    assert glyphs_for(io.TextIOWrapper(raw, encoding="latin-1"), {}).chevron == ">"
    utf8 = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert glyphs_for(utf8, {"TERM": "xterm"}).chevron == "›"
    assert glyphs_for(utf8, {"TERM": "linux"}).chevron == ">"


@pytest.mark.parametrize(
    ("environ", "chevron"),
    [
        ({}, "›"),
        ({"LANG": "C"}, ">"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, ">"),  # as Python leaves it
        ({"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, ">"),
        ({"LANG": "C", "LC_CTYPE": "de_DE.UTF-8"}, "›"),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, "›"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": ""}, "›"),
        ({"LC_CTYPE": "C.UTF-8"}, "›"),
    ],
)
def test_the_locale_c_asks_for_ascii(environ: dict[str, str], chevron: str) -> None:
    utf8 = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert glyphs_for(utf8, environ).chevron == chevron


def test_a_card_with_markup_in_lines(turns: Turns) -> None:
    out = io.StringIO()
    play(turns, "1,2,3\n", out, ("marked",))
    said = out.getvalue()
    assert (
        "Question: Let DCG@k = ∑ᵢ₌₁ᵏ (2^(relᵢ)-1)/log₂(i+1). Which of these do not change" in said
    )
    assert "NDCG@k, as `ndcg_score(k=10)` gives it?\n- the grades relᵢ stay\n" in said
    assert "at most 2*3*4, at a price of $5 or $6\n" in said
    assert "Taking ln in place of log₂ (The factor ln 2 cancels.)" in said
    assert "(max_(i≤k) says nothing of the rest.)" in said
    assert "2. the ideal, $\\begin{cases}a\\end{cases}$\n" in said


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """A number that nothing is done with before the screen is entered."""
        return 0


def test_words_stay_whole_on_a_terminal(scenes: Scenes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out, whole = Tty(), io.StringIO()
    Plain(SPEECH, io.StringIO(), out).paint(scenes["basic-front"]())
    Plain(SPEECH, io.StringIO(), whole).paint(scenes["basic-front"]())
    assert max(map(len, out.getvalue().split("\n"))) <= 40
    assert out.getvalue().split() == whole.getvalue().split()


@pytest.mark.parametrize(
    ("environ", "plain", "kind"),
    [
        ({"TERM": "xterm"}, None, LiveScreen),
        ({"TERM": "xterm"}, True, Plain),
        ({"TERM": "dumb"}, False, Plain),
        ({"TERM": "xterm", "MLSD_CARDS_PLAIN": "1"}, None, Plain),
        ({"TERM": "xterm", "MLSD_CARDS_PLAIN": "0"}, None, LiveScreen),
        ({"TERM": "xterm", "MLSD_CARDS_PLAIN": "1"}, False, LiveScreen),
    ],
)
def test_which_mode(environ: dict[str, str], plain: bool | None, kind: type) -> None:
    made = terminal(plain=plain, stdin=Tty(), stdout=Tty(), environ=environ)
    assert isinstance(made, kind)


def test_a_pipe_on_either_side_is_line_mode() -> None:
    for stdin, stdout in ((io.StringIO(), Tty()), (Tty(), io.StringIO())):
        made = terminal(stdin=stdin, stdout=stdout, environ={"TERM": "xterm"})
        assert isinstance(made, Plain)
