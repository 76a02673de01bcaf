"""Every bundled card can be asked, answered and graded, in both modes."""

from __future__ import annotations

import pytest

from conftest import Run

NOTHING = "\n" * 12
"""Lines that ask for the answer and accept what is proposed, whatever the card."""


@pytest.mark.parametrize("deck", ["framework", "metrics", "models"])
def test_a_whole_deck_is_gone_through(run: Run, deck: str) -> None:
    ran = run("review", "--practice", "--all", "--deck", deck, "--plain", stdin="\n" * 2000)
    assert ran.code == 0, ran.err
    shown = run("review", "--practice", "--all", "--deck", deck, "--plain", stdin="q\n")
    left = shown.out.partition("1 of ")[2].partition(",")[0]
    assert f"{left} cards answered" in ran.out
