"""``check`` and the rules of writing: levels, silence, words, what is kept between two looks."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

from conftest import Run

CARD = """\
cards:
  - id: mine
    q: Is it so?
    a: It is so, as the metrics deck says.
    sources: [fawcett2006]
    requires: [auc-invariances]
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(CARD)
    monkeypatch.chdir(tmp_path)
    return path


def test_a_deck_of_ones_own_gets_warnings(run: Run, mine: Path) -> None:
    ran = run("check", mine)
    assert ran.code == 0
    assert ran.out == (
        "mine.yaml:2:1: warning L04: mine: “Is it so?” can be answered by yes or no: "
        "ask what, which, why or how\n1 file, 1 card, 1 problem\n"
    )


def test_strict_asks_for_everything(run: Run, mine: Path) -> None:
    ran = run("check", "--strict", mine)
    assert ran.code == 1
    assert "error F02: explanation is missing" in ran.out
    mine.write_text(
        "deck: mine\ntitle: Mine\ndescription: Mine alone\n" + CARD
        + "    topic: t\n    difficulty: 1\n    expected_s: 30\n    tags: [mine]\n"
        "    explanation: What is so by the metrics deck is so here.\n"
    )  # fmt: skip
    told = json.loads(run("check", "--strict", "--json", mine).out)["problems"]
    assert {(one["code"], one["level"], one["line"]) for one in told} == {
        ("L04", "error", 5), ("L24", "error", 5),
    }  # fmt: skip
    told = json.loads(run("check", "--json", mine).out)["problems"]
    assert [(one["code"], one["level"]) for one in told] == [("L04", "warning")]


def test_a_reason_silences(run: Run, mine: Path) -> None:
    mine.write_text(CARD + '    lint_ok: "L04: the question is a joke"\n')
    assert run("check", mine).out == "1 file, 1 card, 0 problems\n"


def test_what_no_library_has_is_reported_and_what_is_bundled_is_known(run: Run, mine: Path) -> None:
    mine.write_text(CARD.replace("fawcett2006", "nobody1999"))
    (problem,) = [one for one in run("check", mine).out.split("\n") if "L18" in one]
    assert "nobody1999" in problem


def test_a_second_look_runs_no_rule(run: Run, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.write_text("\n".join(CARD.split("\n")[:4]))  # it names nothing beyond itself
    first = run("check", mine).out
    assert "L04" in first
    monkeypatch.setitem(sys.modules, "mlsd_cards.cards.lint.lint", None)  # an import would raise
    assert run("check", mine).out == first


def test_a_change_is_seen(run: Run, mine: Path) -> None:
    assert "L04" in run("check", mine).out
    mine.write_text(CARD.replace("Is it so?", "What is so?"))
    assert "L04" not in run("check", mine).out


def test_explain(run: Run) -> None:
    out = run("check", "--explain", "l04").out
    assert out.startswith("L04 (error): No yes or no\n\nNeither the prompt")
    told = json.loads(run("check", "--explain", "L04", "--json").out)
    assert set(told) == {"code", "level", "title", "text"}
    assert run("check", "--explain", "C05").out == "C05: the number of right options\n"
    ran = run("check", "--explain", "L99")
    assert ran.code == 2
    assert "L99" in ran.err


def test_the_hook_of_other_repositories_runs(run: Run, mine: Path) -> None:
    (hook,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    (mine.parent / ".pre-commit-config.yaml").write_text("repos: []\n")  # passed over: it is hidden
    ran = run(*shlex.split(hook["entry"])[1:], *hook["args"])
    assert (ran.code, ran.out.count("L04")) == (0, 1)
    assert re.search(hook["files"], mine.name)
