"""Which editor is opened, how, and what becomes of a run of it."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from mlsd_cards.editing import editor
from mlsd_cards.errors import UserError


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"EDITOR": "vi"}, ["vi", "+7", "/d/a b.yaml"]),
        ({"EDITOR": "/usr/bin/nvim -p"}, ["/usr/bin/nvim", "-p", "+7", "/d/a b.yaml"]),
        ({"VISUAL": "nano", "EDITOR": "ed"}, ["nano", "+7", "/d/a b.yaml"]),
        ({"VISUAL": " ", "EDITOR": "emacs -nw"}, ["emacs", "-nw", "+7", "/d/a b.yaml"]),
        ({"EDITOR": "code --new-window"}, ["code", "--new-window", "-w", "-g", "/d/a b.yaml:7"]),
        ({"EDITOR": "subl"}, ["subl", "-w", "/d/a b.yaml:7"]),
        ({"EDITOR": "hx"}, ["hx", "/d/a b.yaml:7"]),
        ({"EDITOR": "'my editor' --x='1 2'"}, ["my editor", "--x=1 2", "/d/a b.yaml"]),
        ({"EDITOR": "ed; rm -rf ~"}, ["ed;", "rm", "-rf", "~", "/d/a b.yaml"]),  # no shell
    ],
)
def test_the_words_of_an_editor(environ: dict[str, str], words: list[str]) -> None:
    assert editor.command("/d/a b.yaml", 7, environ) == words


def test_without_a_variable_a_usual_one_is_tried_where_there_is_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match=r"EDITOR=nano. The file is f, line 3"):
        editor.command("f", 3, {})
    (tmp_path / "nano").write_text("")
    (tmp_path / "nano").chmod(0o755)
    assert editor.command("f", 3, {}) == ["nano", "+3", "f"]
    with pytest.raises(UserError, match="no editor"):
        editor.command("f", 3, {}, usual=False)


def test_a_variable_that_cannot_be_read() -> None:
    with pytest.raises(UserError, match="VISUAL cannot be read"):
        editor.command("f", 1, {"VISUAL": "vi 'x", "EDITOR": "vi"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["/no/such/editor"], "could not be started: No such file"),
        ([os.fspath(Path(__file__))], "could not be started: Permission denied"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "ended with 3"),
        (["nul\0"], "could not be started"),
    ],
)
def test_an_editor_that_fails(words: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        editor.run(words)


def test_ctrl_c_is_the_editors_meanwhile(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = (
        "import os, pathlib, signal, sys\n"
        "os.kill(os.getppid(), signal.SIGINT)\n"
        f"own = signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        f"pathlib.Path({str(seen)!r}).write_text(str(own))\n"
    )
    before = signal.getsignal(signal.SIGINT)
    editor.run([sys.executable, "-c", script])
    assert seen.read_text() == "True"
    assert signal.getsignal(signal.SIGINT) is before
