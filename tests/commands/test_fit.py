"""`fit`: parameters of one's own, taken only where they predict better."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import NOON, Run
from mlsd_cards.evaluation import fitting
from mlsd_cards.schedule.day import Moment
from mlsd_cards.schedule.parameters import DEFAULT
from mlsd_cards.store import log
from mlsd_cards.store.database import Store

OTHER = (0.05, 0.2, 0.4, 1.5, *DEFAULT[4:])
KEYS = {
    "cards", "reviews", "trained", "held_out", "from", "log_loss", "gain", "gain_interval", "wins",
    "adopted", "parameters",
}  # fmt: skip


@pytest.fixture
def studied(home: Path) -> Path:
    """A home with a log that is long enough: whoever waits three days has forgotten."""
    store = Store.open(home)
    with store.write():
        for card in range(120):
            for turn, (day, grade) in enumerate([(0, 3), (3, 1), (4, 3), (8, 1), (9, 3)]):
                at = NOON + (day + card % 60 - 80) * 86_400_000 + card * 1000 + turn
                moment = Moment.of(at, 0)
                store.append(
                    log.REVIEWED, f"c{card}", moment, grade=grade, scale="1-4", source="review"
                )
    store.close()
    return home


def parameters(home: Path) -> Any:
    store = Store.open(home)
    found = store.settings.fsrs_parameters
    store.close()
    return found


def test_better_parameters_are_taken_and_given_back(
    run: Run, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting.check, "__defaults__", (lambda *_: OTHER,))
    monkeypatch.setattr(fitting, "fit", lambda _: OTHER)
    tried = json.loads(run("fit", "--dry-run", "--json").out)
    assert set(tried) == KEYS
    assert (tried["wins"], tried["adopted"], tried["parameters"]) == (True, False, list(OTHER))
    assert parameters(studied) == ()
    assert "nothing changed" in run("fit", "--dry-run").out
    ran = run("fit")
    assert ran.code == 0
    losses = [f"fitted {tried['log_loss']['fitted']:.4f}", f"{tried['log_loss']['default']:.4f}"]
    assert all(loss in ran.out for loss in losses)
    assert "config set scheduler fsrs" in ran.out
    assert parameters(studied) == OTHER
    before = len(Store.open(studied).events(""))
    assert not json.loads(run("fit", "--json").out)["wins"], "the same again is no gain"
    assert len(Store.open(studied).events("")) == before
    assert run("config", "unset", "fsrs_parameters").code == 0
    assert parameters(studied) == ()


def test_parameters_in_use_are_what_has_to_be_beaten(
    run: Run, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting.check, "__defaults__", (lambda *_: OTHER,))
    monkeypatch.setattr(fitting, "fit", lambda _: OTHER)
    assert "default (in use)" in run("fit").out
    near = (0.06, *OTHER[1:])
    monkeypatch.setattr(fitting.check, "__defaults__", (lambda *_: near,))
    monkeypatch.setattr(fitting, "fit", lambda _: near)
    told = json.loads(run("fit", "--json").out)
    assert told["log_loss"]["in_use"] < told["log_loss"]["default"]
    assert told["gain"] == told["log_loss"]["in_use"] - told["log_loss"]["fitted"]
    assert not told["wins"]
    assert parameters(studied) == OTHER
    out = run("fit").out
    assert f"in use {told['log_loss']['in_use']:.4f}, default " in out
    assert "no better than those in use beyond chance: nothing changed" in out


def test_what_is_no_better_changes_nothing(
    run: Run, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting.check, "__defaults__", (lambda *_: DEFAULT,))
    ran = run("fit")
    assert ran.code == 0
    assert "no better than the default beyond chance: nothing changed" in ran.out
    told = json.loads(run("fit", "--json").out)
    assert (told["wins"], told["adopted"], told["parameters"]) == (False, False, None)
    assert parameters(studied) == ()


def test_a_whole_fit(run: Run, studied: Path) -> None:
    pytest.importorskip("fsrs_rs_python")
    assert run("fit").code == 0
    assert parameters(studied)[2] < DEFAULT[2]


def test_a_short_log_says_how_much_it_takes(run: Run, deck: Path) -> None:
    run("answer", "first", "good", "--decks", deck)
    ran = run("fit")
    assert ran.code == 1
    assert "your log has 0 of the 400 answers that a fit takes" in ran.err


def test_without_the_library_it_says_how_to_get_it(
    run: Run, studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    ran = run("fit")
    assert ran.code == 1
    assert "pipx inject mlsd-cards fsrs-rs-python" in ran.err
    assert parameters(studied) == ()
