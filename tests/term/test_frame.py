"""What is written to a terminal, without one."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from mlsd_cards.term.frame import ENTER, LEAVE, STYLES, Frame
from mlsd_cards.term.line import Span

FINE = (Span("fine ", "right"), Span("text"))
OTHER = (Span("other", "dim"),)


@pytest.fixture
def out() -> io.StringIO:
    """A stream to look at."""
    return io.StringIO()


def fresh(out: io.StringIO) -> str:
    """What has been written since the last time."""
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def test_only_changed_lines_are_drawn_again(out: io.StringIO) -> None:
    frame = Frame(out)
    frame.enter()
    assert fresh(out) == ENTER
    frame.draw([FINE, FINE, OTHER], (80, 3))
    assert fresh(out).startswith("\x1b[2J\x1b[1;1H")
    frame.draw([FINE, OTHER, OTHER], (80, 3))
    assert fresh(out) == "\x1b[2;1H\x1b[2K\x1b[2mother\x1b[0m"
    frame.draw([FINE, OTHER, OTHER], (80, 3))
    assert fresh(out) == ""
    frame.draw([FINE, OTHER], (70, 2))
    assert "fine" in fresh(out)
    frame.forget()
    frame.draw([FINE, OTHER], (70, 2))
    assert "fine" in fresh(out)
    frame.leave()
    frame.leave()
    frame.draw([FINE], (70, 1))
    assert fresh(out) == LEAVE


def test_no_colour_when_asked(out: io.StringIO) -> None:
    lines = [(Span("x", style),) for style in STYLES]
    for colour in (True, False):
        frame = Frame(out, colour=colour)
        frame.enter()
        frame.draw(lines, (80, len(lines)))
        assert (";3" in fresh(out)) == colour


def test_a_terminal_that_is_gone_is_no_error() -> None:
    class Gone(io.StringIO):
        def write(self, text: str, /) -> int:
            raise OSError(5, "Input/output error")

    frame = Frame(Gone())
    frame.enter()
    frame.draw([FINE], (80, 1))
    frame.leave()


def test_the_way_to_the_first_screen_imports_little() -> None:
    code = "import sys, mlsd_cards.term.screen, mlsd_cards.term.plain; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "rich.cells" in loaded
    assert not loaded & {"rich.console", "rich.text", "rich.style", "rich.live", "yaml"}
