"""A comparison of simulated studies, as a table, as sentences and in a pipe."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from mlsd_cards.simulation.course import Study
from mlsd_cards.simulation.learner import LEARNERS, Learner
from mlsd_cards.simulation.outcome import Days, Estimate, Outcome
from mlsd_cards.simulation.policy import Policy
from mlsd_cards.term.report import Report
from mlsd_cards.term.simulated import label, sweeps, tell, thirds, verdict

GOLDEN = Path(__file__).parent / "golden" / "simulated"
STUDY = Study(cards=400, new=10, days=60, date=60, seeds=10)


def outcome(
    policy: Policy, learner: Learner = LEARNERS[0], reviews: float = 26.67, **changed: object
) -> Outcome:
    days = Days((reviews,) * 60, (9.8,) * 60, tuple(6.3 * day for day in range(1, 61)))
    return Outcome(
        learner,
        policy,
        equal=False,
        reviews=Estimate(reviews, 0.53),
        minutes=Estimate(9.83, 0.27),
        peak=Estimate(47.2, 2.0),
        retained=Estimate(0.9061, 0.003),
        average=Estimate(256.4, 0.8),
        known=Estimate(379.1, 0.46),
        later=Estimate(328.2, 0.7),
        fewer=None,
        quicker=None,
        days=days,
    )._replace(**changed)  # type: ignore[arg-type]


EQUAL = {"equal": True, "fewer": Estimate(0.0102, 0.0192), "quicker": Estimate(-0.119, 0.022)}
ALL = [
    row
    for who in LEARNERS
    for row in (
        outcome(Policy(), who),
        outcome(Policy(0.9), who, 24.79),
        outcome(Policy(0.7), who, 9.98),
        outcome(Policy(sweep=7), who, 32.04),
        outcome(Policy(0.7, 7), who, 15.25),
        outcome(Policy(0.9075), who, 26.39, **EQUAL),
    )
] + [outcome(Policy(0.8283, memory=LEARNERS[1].memory), LEARNERS[1], 22.1, **EQUAL)]


class Terminal(io.StringIO):
    encoding = "utf-8"  # type: ignore[assignment]

    def isatty(self) -> bool:
        return True


def told(
    monkeypatch: pytest.MonkeyPatch,
    columns: int,
    stream: io.StringIO,
    outcomes: list[Outcome] = ALL,
    study: Study = STUDY,
    date: str = "",
    lang: str = "en_GB.UTF-8",
) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    tell(outcomes, study, date, Report(stream, {"LANG": lang}))
    return stream.getvalue()


@pytest.mark.parametrize("columns", [80, 40])
def test_on_a_terminal(
    columns: int, monkeypatch: pytest.MonkeyPatch, check: Callable[[Path, str], None]
) -> None:
    text = told(monkeypatch, columns, Terminal())
    assert max(map(len, text.splitlines())) <= columns
    check(GOLDEN / f"comparison@{columns}.txt", text)


def test_in_a_pipe(monkeypatch: pytest.MonkeyPatch, check: Callable[[Path, str], None]) -> None:
    text = told(monkeypatch, 80, io.StringIO())
    check(GOLDEN / "comparison-pipe.txt", text)
    assert len({line.count("\t") for line in text.splitlines()}) == 1


def test_without_reviews_there_is_no_share_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(monkeypatch, 80, io.StringIO(), [outcome(Policy(), retained=None)])
    assert text.splitlines()[1].split("\t")[5] == "–"


def test_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(monkeypatch, 80, Terminal(), lang="C")
    assert text.isascii()
    table = [line for line in text.splitlines() if line.startswith(("sm2", "fsrs"))]
    assert len(set(map(len, table))) == 1


def test_the_day_is_named_if_it_was_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    text = told(monkeypatch, 80, Terminal(), date="2026-12-31")
    assert "the day is 2026-12-31, day 60" in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("date", "days"), [(60, [20, 40, 60]), (40, [13, 26, 40]), (2, [1, 2]), (1, [1])]
)
def test_what_is_known_is_told_of_three_days(date: int, days: list[int]) -> None:
    assert thirds(STUDY._replace(date=date)) == days


@pytest.mark.parametrize(
    ("policy", "name"),
    [(Policy(), "sm2"), (Policy(0.9), "fsrs .90"), (Policy(0.8123), "fsrs .812"),
     (Policy(0.97, memory=LEARNERS[1].memory), "fitted .97"),
     (Policy(sweep=5), "sm2, sweep"), (Policy(0.7, 5), "fsrs .70, sweep")],
)  # fmt: skip
def test_a_policy_has_a_short_name(policy: Policy, name: str) -> None:
    assert label(outcome(policy)) == name


def test_a_difference_within_chance_is_called_so() -> None:
    sentence = next(verdict(ALL))
    assert "1.0 % fewer reviews (±1.9, which may be chance)" in sentence
    assert "11.9 % more minutes (±2.2)" in sentence


def test_a_fitted_scheduler_has_a_sentence_of_its_own() -> None:
    *_, last = verdict(ALL)
    assert last.startswith("Where as much is known as with SM-2, fitted to this learner, FSRS asks")


def test_a_sweep_that_takes_the_time_of_new_cards_says_so() -> None:
    swept = [outcome(Policy(sweep=7))]
    (told,) = sweeps(swept, STUDY)
    assert told == ("sweep", "in the last 7 days every card once, and nothing new")
    (told,) = sweeps(swept, STUDY._replace(cards=640))
    assert told[1].endswith(": 530 cards are begun instead of 600")
    assert not [*sweeps([outcome(Policy())], STUDY)]


def test_few_seeds_say_nothing_of_chance() -> None:
    alone = {"equal": True, "fewer": Estimate(0.0102), "quicker": Estimate(-0.119)}
    first, second = verdict([outcome(Policy()), outcome(Policy(0.9), **alone)])
    assert "±" not in first
    assert second == "How much of that is chance takes 5 seeds to say: --seeds 10"


def test_no_retention_may_leave_as_much_known() -> None:
    (sentence,) = verdict([outcome(Policy())])
    assert sentence.startswith("No retention was found")
