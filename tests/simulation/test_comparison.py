"""Ways of scheduling are compared where as much is known, and where the scheduler is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from mlsd_cards.schedule.sm2 import Options
from mlsd_cards.simulation.comparison import ENOUGH, compare, policies, steps
from mlsd_cards.simulation.course import Study
from mlsd_cards.simulation.learner import LEARNERS
from mlsd_cards.simulation.memory import Memory
from mlsd_cards.simulation.outcome import Estimate, Outcome, estimate
from mlsd_cards.simulation.policy import Policy

STUDY = Study(cards=300, new=10, days=60, date=60, seeds=4)


def outcomes(chosen: list[Policy], study: Study = STUDY) -> list[Outcome]:
    return [one for one in compare(chosen, study, 1) if one is not None]


def test_every_learner_has_every_policy_and_fsrs_where_as_much_is_known() -> None:
    chosen = policies(["sm2", "fsrs"], [0.8, 0.9], 7, Options())
    found = outcomes(chosen)
    for who in LEARNERS:
        rows = [one for one in found if one.learner is who]
        sm2, plain = rows[0], [one for one in rows if not one.equal]
        assert [one.policy for one in plain] == chosen
        assert {one.fewer for one in plain} == {None}
        equal = rows[len(plain) :]
        assert [one.policy.memory for one in equal] == [*dict.fromkeys((Memory(), who.memory))]
        for one in equal:
            assert one.average.mean == pytest.approx(sm2.average.mean, rel=ENOUGH)
            assert one.fewer is not None
            share = 1 - one.reviews.mean / sm2.reviews.mean
            assert one.fewer.mean == pytest.approx(share, abs=0.01)


def test_a_scheduler_that_is_right_needs_less_than_one_that_is_wrong() -> None:
    study = Study(cards=500, new=20, days=200, date=200, seeds=3)
    wrong, right = (one for one in outcomes([Policy()], study)[-2:])
    assert wrong.fewer and right.fewer
    assert right.policy.fitted
    assert right.fewer.mean > wrong.fewer.mean + 0.05


@pytest.mark.parametrize(
    ("schedulers", "sweep", "chosen"),
    [
        (["sm2", "fsrs"], 0, [Policy(), Policy(0.9), Policy(0.8)]),
        (["sm2", "fsrs"], 5, [Policy(), Policy(0.9), Policy(0.8), Policy(sweep=5), Policy(0.8, 5)]),
        (["sm2"], 5, [Policy(), Policy(sweep=5)]),
        (["fsrs"], 5, [Policy(), Policy(0.9), Policy(0.8), Policy(0.8, 5)]),
    ],
)
def test_which_policies_are_compared(
    schedulers: list[str], sweep: int, chosen: list[Policy]
) -> None:
    assert policies(schedulers, [0.8, 0.9, 0.8], sweep, Options()) == chosen


def test_no_retention_may_leave_as_much_known() -> None:
    """A card's first week: SM-2 asks on fixed days, and the most desired retention asks daily."""
    easy = outcomes([Policy()], Study(cards=50, new=50, days=2, date=2, seeds=2))
    assert [one.equal for one in easy if one.equal] == []


def test_what_is_called_equal_is_nearly_so_however_few_the_cards() -> None:
    for cards in (1, 3, 10, 30):
        for days in (10, 30):
            found = outcomes([Policy()], Study(cards, cards, days, days, seeds=1))
            for who in LEARNERS:
                sm2, *equal = (one for one in found if one.learner is who)
                for one in equal:
                    assert one.average.mean == pytest.approx(sm2.average.mean, rel=ENOUGH)


def test_steps_are_about_as_many_as_announced() -> None:
    chosen = policies(["sm2", "fsrs"], [0.8, 0.9], 7, Options())
    taken = sum(1 for one in compare(chosen, STUDY, 1) if one is None)
    assert 0.6 < taken / steps(chosen, STUDY) < 1.6


def test_days_are_means_over_seeds() -> None:
    sm2 = outcomes([Policy()])[0]
    assert len(sm2.days.reviews) == len(sm2.days.minutes) == len(sm2.days.known) == STUDY.days
    assert np.mean(sm2.days.reviews) == pytest.approx(sm2.reviews.mean)
    assert np.mean(sm2.days.minutes) == pytest.approx(sm2.minutes.mean)
    assert sm2.days.known[-1] == pytest.approx(sm2.known.mean)


@pytest.mark.parametrize(
    ("values", "margin"),
    [
        ([1, 2, 3, 4, 5], 1.963),
        ([1, 2, 3, 4], None),
        ([5], None),
        ([2] * 6, 0),
        (range(30), 3.287),
    ],
)  # t × sd / √n, by hand
def test_an_estimate_knows_its_margin(values: list[int], margin: float | None) -> None:
    found = estimate(np.array(values))
    assert found.mean == pytest.approx(np.mean(values))
    assert found.margin == (None if margin is None else pytest.approx(margin, rel=3e-3))


@pytest.mark.parametrize(
    ("found", "ends"),
    [
        (Estimate(1.0, 3.0, 40), (0.0, 4.0)),
        (Estimate(39.0, 3.0, 40), (36.0, 40)),
        (Estimate(0.1, 0.3), (pytest.approx(-0.2), 0.4)),  # of what is saved: less than nothing
        (Estimate(1.0, None, 40), None),
    ],
)
def test_an_interval_ends_where_such_numbers_do(
    found: Estimate, ends: tuple[float, float] | None
) -> None:
    assert found.ends == ends
