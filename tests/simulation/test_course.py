"""A course is what the program would do, day by day, with a learner whose memory is known."""

from __future__ import annotations

from statistics import fmean

import numpy as np
import pytest

from mlsd_cards.schedule.sm2 import SM2, Options
from mlsd_cards.schedule.state import GRADE_OF_BUTTON, NEW
from mlsd_cards.simulation import learner
from mlsd_cards.simulation.course import AFTER, Course, Study, run
from mlsd_cards.simulation.learner import LEARNERS, Learner
from mlsd_cards.simulation.memory import Memories
from mlsd_cards.simulation.outcome import outcome
from mlsd_cards.simulation.policy import Policy

AVERAGE, OTHER = LEARNERS
SMALL = Study(cards=25, new=3, days=70, date=60, seeds=3)
SWEEPS = (Policy(sweep=5), Policy(0.7, 5), Policy(sweep=1))


def course(policy: Policy, study: Study = SMALL, who: Learner = AVERAGE, seed: int = 1) -> Course:
    steps = run(policy, who, study, np.random.default_rng(seed))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            assert isinstance(end.value, Course)
            return end.value


@pytest.mark.parametrize("options", [Options(), Options(lapse_is_first=True, drill_below=3)])
def test_a_year_with_the_programs_own_scheduler_gives_the_same(options: Options) -> None:
    found = course(Policy(options=options))
    scheduler, rng = SM2(options), np.random.default_rng(1)
    count = SMALL.seeds * SMALL.cards
    states, truth = [NEW] * count, Memories(AVERAGE.memory, count)
    for day in range(SMALL.days):
        chances, reviews, seconds = rng.random(count), [0] * SMALL.seeds, [0.0] * SMALL.seeds
        for card, state in enumerate(states):
            seed, place = divmod(card, SMALL.cards)
            is_new = state.last is None
            if (is_new and place >= SMALL.new * (day + 1)) or (not is_new and state.due > day):
                continue
            at, chance = np.array([card]), chances[[card]]
            recall = truth.memory.recall(day - truth.last[at], truth.stability[at])
            rating = learner.first(chance) if is_new else learner.reviewed(chance, recall)
            costs = learner.LEARNING_S if is_new else learner.REVIEW_S
            reviews[seed] += not is_new
            while True:
                seconds[seed] += costs[int(rating[0]) - 1]
                truth.answer(at, rating, day)
                states[card] = scheduler.review(states[card], GRADE_OF_BUTTON[int(rating[0])], day)
                if not states[card].drill:
                    break
                rating = np.array([learner.GOOD])
                if not is_new:
                    costs = (0.0, 0.0, learner.RELEARNING_GOOD_S, 0.0)
        assert found.reviews[:, day].tolist() == reviews
        assert found.seconds[:, day].tolist() == pytest.approx(seconds)
    recall = truth.memory.recall(SMALL.days - truth.last, truth.stability)
    assert found.known[:, -1] == pytest.approx(recall.reshape(3, 25).sum(axis=1))


def test_the_same_seed_gives_the_same_course_and_another_another() -> None:
    once, again, other = (course(Policy(0.9), seed=seed) for seed in (4, 4, 5))
    assert once.reviews.tolist() == again.reviews.tolist()
    assert once.reviews.tolist() != other.reviews.tolist()


def test_seeds_differ_among_each_other() -> None:
    reviews = course(Policy()).reviews
    assert len({tuple(row) for row in reviews.tolist()}) == SMALL.seeds


@pytest.mark.parametrize("policy", SWEEPS)
def test_a_sweep_asks_every_card_in_the_last_days_evenly(policy: Policy) -> None:
    plain, swept = course(policy._replace(sweep=0)), course(policy)
    start = SMALL.date - policy.sweep
    assert plain.reviews[:, :start].tolist() == swept.reviews[:, :start].tolist()
    asked = swept.reviews[:, start : SMALL.date]
    assert (asked >= SMALL.cards // policy.sweep).all()
    assert asked.sum() < 1.5 * SMALL.cards * SMALL.seeds  # only failures and the weakest again
    assert fmean(swept.at_date) > fmean(plain.at_date)
    assert (swept.known <= SMALL.cards).all()


def test_a_sweep_takes_the_strongest_first() -> None:
    """So the weakest, asked on the last day, are fresh in the morning of the interview."""
    study = Study(cards=300, new=10, days=60, date=60, seeds=2)
    swept = course(Policy(sweep=3), study)
    passed = swept.passed / np.maximum(swept.reviews, 1)
    assert (passed[:, 57] > passed[:, 59]).all()


def test_nothing_new_is_begun_in_a_sweep() -> None:
    study = Study(cards=100, new=5, days=12, date=10, seeds=1)
    swept = course(Policy(sweep=4), study)
    assert swept.known[0, 9] <= 30
    assert 30 < swept.known[0, 11] <= 40  # it goes on after the interview


def test_what_is_left_later_is_what_nobody_reviewed() -> None:
    plain = course(Policy())
    longer = course(Policy(), SMALL._replace(days=60))
    assert plain.at_date.tolist() == longer.at_date.tolist()
    assert (plain.later < plain.at_date).all()
    assert plain.later.tolist() == longer.later.tolist()
    assert AFTER == 90


def test_more_desired_retention_is_more_reviews_and_more_known() -> None:
    study = Study(cards=200, new=10, days=120, date=120, seeds=2)
    low, middle, high = (course(Policy(retention), study) for retention in (0.75, 0.85, 0.95))
    for less, more in ((low, middle), (middle, high)):
        assert (less.reviews.sum(axis=1) < more.reviews.sum(axis=1)).all()
        assert (less.known.mean(axis=1) < more.known.mean(axis=1)).all()
    assert fmean(middle.retention) == pytest.approx(0.85, abs=0.03)


def test_nothing_is_divided_where_nothing_was_reviewed() -> None:
    first = course(Policy(), Study(cards=5, new=5, days=1, date=1, seeds=2))
    assert first.retention.tolist() == []
    assert outcome(AVERAGE, Policy(), first).retained is None
    assert first.peak.tolist() == [0, 0]
    assert (first.seconds > 0).all()


def test_a_seed_without_reviews_does_not_lower_the_share_remembered() -> None:
    study = Study(cards=2, new=1, days=3, date=3, seeds=40)
    relaxed = course(Policy(0.7), study)
    some = relaxed.reviews.sum(axis=1) > 0
    assert 0 < some.sum() < len(some)
    shares = relaxed.passed.sum(axis=1)[some] / relaxed.reviews.sum(axis=1)[some]
    retained = outcome(AVERAGE, Policy(0.7), relaxed).retained
    assert retained is not None
    assert retained.mean == pytest.approx(shares.mean())


def test_the_figures_of_the_docs() -> None:
    """1,000 cards, ten new ones a day, a year: what docs/simulate.md says of SM-2."""
    year = course(Policy(), Study(cards=1000, new=10, days=365, date=365, seeds=10))
    assert fmean(year.reviews.mean(axis=1)) == pytest.approx(22.5, abs=0.7)
    assert fmean(year.retention) == pytest.approx(0.898, abs=0.005)
    assert fmean(year.known.mean(axis=1)) == pytest.approx(814.5, abs=2)


def test_another_learner_forgets_more() -> None:
    assert course(Policy(), who=OTHER).retention.mean() < course(Policy()).retention.mean()
