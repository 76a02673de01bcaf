"""`simulate`: its options, its refusals, and its JSON as docs/json.md promises it."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from conftest import Clock, Run

TINY = ("--cards", "30", "--new", "6", "--days", "30", "--seeds", "5")
TOP = {"cards", "new", "days", "date", "day", "seeds", "seed", "outcomes"}
OUTCOME = {
    *(
        "learner",
        "scheduler",
        "retention",
        "sweep",
        "fitted",
        "equal",
        "reviews",
        "minutes",
        "peak",
    ),
    *("retained", "average", "known", "later", "fewer", "quicker", "by_day"),
}


def simulated(run: Run, *arguments: str) -> dict[str, Any]:
    ran = run("simulate", *arguments, "--json")
    assert ran.code == 0, ran.err
    told: dict[str, Any] = json.loads(ran.out)
    return told


def test_json(run: Run) -> None:
    told = simulated(run, *TINY, "--retention", "0.8")
    assert set(told) == TOP
    assert (told["date"], told["day"], told["seed"]) == ("2026-12-21", 30, 1)
    for one in told["outcomes"]:
        assert set(one) == OUTCOME
        assert set(one["by_day"]) == {"reviews", "minutes", "known"}
        assert len(one["by_day"]["known"]) == 30
        assert one["known"]["low"] <= one["known"]["mean"] <= one["known"]["high"]
        assert (one["fewer"] is None) != one["equal"]
    plain = [one for one in told["outcomes"] if not one["equal"]]
    ways = [(one["learner"], one["scheduler"], one["retention"], one["sweep"]) for one in plain]
    assert ways == [
        (who, *way)
        for who in ("average", "other")
        for way in (("sm2", None, 0), ("fsrs", 0.8, 0), ("sm2", None, 7), ("fsrs", 0.8, 7))
    ]


def test_no_interval_holds_what_cannot_be(run: Run) -> None:
    few = simulated(run, "--cards", "3", "--new", "1", "--days", "9", "--seeds", "2")
    assert {one["reviews"]["low"] for one in few["outcomes"]} == {None}
    told = simulated(run, "--cards", "3", "--new", "1", "--days", "9", "--seeds", "5")
    for one in told["outcomes"]:
        for name in ("reviews", "minutes", "peak", "retained", "average", "known", "later"):
            assert (one[name]["low"] or 0) >= 0
        assert one["known"]["high"] <= 3
        assert (one["retained"]["high"] or 0) <= 1


def test_a_pipe_gets_a_line_an_outcome(run: Run) -> None:
    ran = run("simulate", *TINY, "--sweep", "0", "--retention", "0.8")
    head, *rows = (line.split("\t") for line in ran.out.splitlines())
    assert head == [
        *("learner", "policy", "reviews", "peak", "min", "recall"),
        *("day 10", "day 20", "day 30", "+90 d"),
    ]
    assert [row[1] for row in rows if row[0] == "other"][:2] == ["sm2", "fsrs .80"]
    assert "sweep" not in ran.out


def test_the_same_seed_says_the_same(run: Run) -> None:
    assert simulated(run, *TINY) == simulated(run, *TINY)
    assert simulated(run, *TINY)["outcomes"] != simulated(run, *TINY, "--seed", "2")["outcomes"]


@pytest.mark.parametrize(("scheduler", "ways"), [("sm2", {"sm2"}), ("fsrs", {"sm2", "fsrs"})])
def test_one_scheduler_alone(run: Run, scheduler: str, ways: set[str]) -> None:
    """SM-2 itself is always there, since what is equally known is measured by it."""
    told = simulated(run, *TINY, "--scheduler", scheduler)
    outcomes = [one for one in told["outcomes"] if not one["equal"]]
    assert {one["scheduler"] for one in outcomes} == ways
    assert {one["scheduler"] for one in outcomes if one["sweep"]} == {scheduler}


def test_the_readings_of_sm2_are_those_that_are_set(run: Run) -> None:
    before = simulated(run, *TINY, "--scheduler", "sm2")["outcomes"][0]
    run("config", "set", "lapse_is_first", "true")
    after = simulated(run, *TINY, "--scheduler", "sm2")["outcomes"][0]
    assert before["by_day"]["reviews"] != after["by_day"]["reviews"]


def test_a_date_is_a_study_day(run: Run, clock: Clock) -> None:
    told = simulated(run, "--cards", "20", "--seeds", "2", "--date", "2026-12-05")
    assert (told["day"], told["days"]) == (14, 14)
    told = simulated(run, "--cards", "20", "--seeds", "2", "--date", "2026-12-05", "--days", "20")
    assert (told["day"], told["days"], told["date"]) == (14, 20, "2026-12-05")
    clock.forward(0.6)  # half past two in the night is still the evening before
    told = simulated(run, "--cards", "20", "--seeds", "2", "--date", "2026-12-05")
    assert told["day"] == 14


def test_a_near_day_leaves_no_time_for_a_sweep_unless_it_is_wished_for(run: Run) -> None:
    near = "--cards", "20", "--seeds", "2", "--date", "2026-12-04"
    assert {one["sweep"] for one in simulated(run, *near)["outcomes"]} == {0}
    assert {one["sweep"] for one in simulated(run, *near, "--sweep", "3")["outcomes"]} == {0, 3}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--date", "2026-11-21"), "2026-11-21 is today: name a later day"),
        (("--date", "2026-11-20"), "2026-11-20 is over: name a later day"),
        (("--date", "0001-01-01"), "is over"),
        (("--date", "2026-12-01", "--days", "5"), "is day 10, after the last of 5 days"),
        (("--date", "2126-12-01"), "more than ten years"),
        (("--date", "tomorrow"), "'tomorrow' is no date: write it as 2026-12-31"),
        (("--date", "2026-12-01", "--sweep", "10"), "leave none to learn anything before day 10"),
        (("--days", "5", "--sweep", "5"), "leave none to learn anything"),
        (("--retention", "1"), "'1' is no number from 0.7 to 0.97"),
        (("--retention", "nan"), "'nan' is no number from 0.7 to 0.97"),
        (("--retention", "90"), "'90' is no number from"),
        (("--cards", "0"), "--cards"),
        (("--new", "0"), "--new"),
        (("--days", "0"), "--days"),
        (("--seeds", "0"), "--seeds"),
        (("--seed", "-1"), "--seed"),
        (("--scheduler", "sm18"), "--scheduler"),
    ],
)
def test_what_cannot_be_simulated_is_refused(
    run: Run, arguments: tuple[str, ...], why: str
) -> None:
    ran = run("simulate", *arguments)
    assert ran.code == 2
    assert why in " ".join(ran.err.split())
    assert ran.out == ""


def test_without_numpy_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    ran = run("simulate")
    assert ran.code == 1
    assert "needs numpy" in ran.err
    assert "pip install numpy" in ran.err
    assert "Traceback" not in ran.err


def test_help_needs_no_numpy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert "--retention" in run("simulate", "--help").out


def test_a_single_card_and_a_single_day(run: Run) -> None:
    told = simulated(run, "--cards", "1", "--days", "1", "--seeds", "1")
    assert told["outcomes"][0]["reviews"] == {"mean": 0.0, "low": None, "high": None}
