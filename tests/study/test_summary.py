"""What a review says at its end."""

from __future__ import annotations

import pytest

from mlsd_cards.study.summary import Outlook, ahead, next_step

TODAY = Outlook(left=0, again=0, later=0, tomorrow=0, new_left=False)


@pytest.mark.parametrize(
    ("outlook", "line"),
    [
        (TODAY._replace(tomorrow=1), "Tomorrow: 1 card due."),
        (TODAY._replace(tomorrow=9, new_left=True), "Tomorrow: 9 cards due and new ones."),
        (  # in a backlog nothing new is asked, so nothing new is promised
            TODAY._replace(tomorrow=240, new_left=True, later=240, days_to_clear=4),
            "Tomorrow: 240 cards due. The backlog is clear in at least 4 days.",
        ),
        (
            TODAY._replace(tomorrow=60, days_to_clear=1),
            "Tomorrow: 60 cards due. The backlog is clear in at least 1 day.",
        ),
    ],
)
def test_what_lies_ahead(outlook: Outlook, line: str) -> None:
    assert ahead(outlook) == line


@pytest.mark.parametrize(
    ("outlook", "words"),
    [
        (TODAY._replace(left=2, again=1, later=5), "goes on where you stopped (3 left today)"),
        (TODAY._replace(later=5, tomorrow=5), "--all for the 5 waiting"),
        (TODAY._replace(tomorrow=5, new_left=True), "Next: come back tomorrow."),
        (TODAY._replace(new_left=True), "--new 20"),
        (TODAY, "--practice"),
    ],
)
def test_the_one_next_thing(outlook: Outlook, words: str) -> None:
    assert words in next_step(outlook)
