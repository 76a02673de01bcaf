"""The bar of long work: a line of the terminal, and nothing where nobody looks."""

from __future__ import annotations

import io
import os
import pty
import re
import termios

import pytest

from mlsd_cards.term import progress


@pytest.mark.parametrize("stride", [None, 1])
@pytest.mark.parametrize("columns", [30, 40, 80])
def test_the_bar_stays_on_its_line(
    columns: int, stride: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer, inner = pty.openpty()
    termios.tcsetwinsize(inner, (12, columns))
    with os.fdopen(inner, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
        monkeypatch.setattr(progress, "STRIDE", 100)
        count = 10 if stride else 1_000  # few that take long, or many
        items = progress.watched(range(count), "Reading reviews", count, stride)
        assert list(items) == list(range(count))
        terminal.flush()
        written = b""
        while b"100%" not in written:  # a terminal hands on what it has when it likes
            written += os.read(outer, 1 << 16)
    os.close(outer)
    paints = re.split(r"[\r\n]+", re.sub(r"\x1b\[[?\d]*\w", "", written.decode()))
    assert max(map(len, paints)) < columns


def test_a_pipe_sees_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    assert len(list(progress.watched(range(2_000), "Writing", 2_000))) == 2_000
    assert pipe.getvalue() == ""
