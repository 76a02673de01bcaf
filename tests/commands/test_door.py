"""What `mlsd-cards` says alone, and what it gives to a shell."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Clock, Run
from mlsd_cards import cli
from mlsd_cards.commands import options


def test_alone_it_says_what_is_due_and_what_to_do_next(run: Run, clock: Clock) -> None:
    first = run()
    assert first.code == 0
    assert "none is answered yet" in first.out
    assert "Next: mlsd-cards review" in first.out
    run("answer", "precision-vs-fpr-denominators", "good")
    assert run().out.startswith("Today: 0 due, 9 new.\n")
    clock.forward(1)
    assert run().out.startswith("Today: 1 due, 10 new.\n")


def test_alone_it_says_when_the_day_is_done(run: Run, home: Path) -> None:
    run("review", "--new", "0")
    for card in run("due", "--json").out.split('"card": "')[1:]:
        run("answer", card.partition('"')[0], "good")
    done = run()
    assert done.out.startswith("Nothing is due any more today. Tomorrow: 10 cards due")
    assert "Next: come back tomorrow." in done.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.code == 0
    assert "_MLSD_CARDS_COMPLETE" in ran.out
    assert "mlsd-cards completion" in ran.out.splitlines()[0]
    assert run("completion", "csh").code == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mlsd-cards rev", "review"),
        ("mlsd-cards why ndcg-exp", "ndcg-exponential-gain"),
        ("mlsd-cards review --deck met", "metrics"),
        ("mlsd-cards review --tag family:sa", "family:safety"),
        ("mlsd-cards review --ne", "--new"),
        ("mlsd-cards config set new", "new_a_day"),
    ],
)
def test_names_are_completed(home: Path, words: str, found: str) -> None:
    environ = os.environ | {
        "_MLSD_CARDS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    command = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'mlsd-cards'\nfrom mlsd_cards.cli import main\nmain()",
    ]
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert f"plain,{found}" in ran.stdout.split()


def test_a_home_that_cannot_be_opened_completes_nothing(tmp_path: Path) -> None:
    (tmp_path / "cards.db").write_text("not a database, but text of some length" * 9)
    environ = os.environ | {
        "MLSD_CARDS_HOME": str(tmp_path),
        "_MLSD_CARDS_COMPLETE": "bash_complete",
        "COMP_WORDS": "mlsd-cards why n",
        "COMP_CWORD": "2",
    }
    command = [sys.executable, "-c", "from mlsd_cards.cli import main; main()"]
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


class Terminal(io.StringIO):
    """A terminal that keeps what is written on it."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.mark.parametrize("err", [False, True])
def test_on_a_terminal_no_word_goes_over_its_edge_and_a_path_stays_whole(
    monkeypatch: pytest.MonkeyPatch, err: bool
) -> None:
    monkeypatch.setattr(sys, "stderr" if err else "stdout", out := Terminal())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((40, 12)))
    path = "/home/somebody/" + "long/" * 9
    options.say(f"The quiz stays open: 1 of 3 answered, 2:59 left.\nIt is in {path}", err=err)
    told = ["The quiz stays open: 1 of 3 answered,", "2:59 left.", "It is in", path]
    assert out.getvalue().splitlines() == told


def test_on_a_narrow_terminal_facts_stand_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", out := Terminal())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((40, 12)))
    path = "/home/somebody/" + "long/" * 9
    options.say(f"store      some lines, 12,345 answers, and more of them in {path}")
    options.say("           which was damaged: it is 12.5 MB")
    assert out.getvalue().splitlines() == [
        "store      some lines, 12,345 answers,",
        "           and more of them in",
        path,
        "           which was damaged: it is",
        "           12.5 MB",
    ]


def test_a_refusal_is_set_as_a_terminal_is_wide(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((40, 12)))
    monkeypatch.setattr(sys, "argv", ["mlsd-cards", "restore", "none.db"])
    monkeypatch.setattr(sys, "stderr", out := Terminal())
    with pytest.raises(SystemExit):
        cli.main()
    assert out.getvalue().splitlines() == [
        "mlsd-cards: none.db does not exist",
        "`restore --list` names the copies in the",
        "home.",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("plan --minutes x", "'--minutes': 'x' is no whole number from 1 to 1440"),
        ("plan --minutes 1.5", "'--minutes': '1.5' is no whole number from 1 to 1440"),
        ("due --limit -1", "'--limit': '-1' is no whole number from 0 on"),
        ("stats --days 0", "'--days': '0' is no whole number from 1 to 36500"),
        ("quiz -n many", "'-n': 'many' is no whole number from 1 to 500"),
        ("quiz --minutes nan", "'--minutes': 'nan' is no number from 0.01 to 1440"),
        ("simulate --retention 2", "'--retention': '2' is no number from 0.7 to 0.97"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_what_can(
    run: Run, arguments: str, said: str
) -> None:
    ran = run(*arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
