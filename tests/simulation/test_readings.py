"""docs/scheduling.md says what each reading of SM-2 costs: the figures are those of `simulate`."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from mlsd_cards.schedule.sm2 import Options
from mlsd_cards.simulation.comparison import ENOUGH
from mlsd_cards.simulation.course import Course, Study, run
from mlsd_cards.simulation.learner import LEARNERS, Learner
from mlsd_cards.simulation.policy import Policy

PAGE = Path(__file__).parents[2] / "docs" / "scheduling.md"
STUDY = Study(cards=1000, new=10, days=365, date=365, seeds=30)

READINGS = {
    "as published": (Options(), (0.8888, 0.8914)),
    "`lapse_lowers_ef`": (Options(lapse_lowers_ef=True), (0.9170, 0.9205)),
    "`lapse_is_first`": (Options(lapse_is_first=True), (0.8803, 0.8845)),
    "`drill_below 3`": (Options(drill_below=3), (0.8880, 0.8891)),
}
"""The readings by the names of the page's rows, and the retentions at which `simulate` found that
FSRS leaves as much known, for each learner."""


def course(policy: Policy, learner: Learner) -> Course:
    going = run(policy, learner, STUDY, np.random.default_rng(1))
    while True:
        try:
            next(going)
        except StopIteration as end:
            found: Course = end.value
            return found


def pair(cell: str) -> list[float]:
    """The figures of a cell, the average learner's and the other's."""
    return [float(figure.replace("−", "-")) for figure in re.findall(r"[−]?\d+(?:\.\d+)?", cell)]


def rows() -> dict[str, list[str]]:
    """The rows of the table by their names."""
    table = re.findall(r"^\| (as published|`\w+(?: 3)?`) \| (.*) \|$", PAGE.read_text(), re.M)
    return {name: cells.split(" | ") for name, cells in table}


@pytest.mark.parametrize("name", READINGS)
def test_the_page_says_what_simulate_shows(name: str) -> None:
    options, retentions = READINGS[name]
    reviews, minutes, known, beside = map(pair, rows()[name][:4])
    for at, learner in enumerate(LEARNERS):
        sm2 = course(Policy(options=options), learner)
        fsrs = course(Policy(retentions[at]), learner)
        assert fsrs.known.mean() == pytest.approx(sm2.known.mean(), rel=ENOUGH)
        assert reviews[at] == pytest.approx(sm2.reviews.mean(), abs=0.051)
        assert minutes[at] == pytest.approx(sm2.seconds.mean() / 60, abs=0.051)
        assert known[at] == pytest.approx(sm2.known.mean(), abs=0.51)
        fewer = (1 - fsrs.reviews.sum(axis=1) / sm2.reviews.sum(axis=1)).mean()
        assert beside[at] == pytest.approx(-100 * fewer, abs=0.3)


def test_the_price_of_a_reading_is_its_distance_to_fsrs_beside_that_of_the_published_one() -> None:
    table = rows()
    published = pair(table["as published"][3])
    for name in ("`lapse_lowers_ef`", "`lapse_is_first`", "`drill_below 3`"):
        beside, price = map(pair, table[name][3:])
        for mine, theirs, told in zip(beside, published, price, strict=True):
            assert told == pytest.approx(100 * ((100 + theirs) / (100 + mine) - 1), abs=0.3)
