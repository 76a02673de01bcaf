"""Lines being put in order: whatever is done, all are there, and numbers can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.study.arrangement import Arrangement, act, begin

STEPS = {
    **{str(number): ("place", str(number)) for number in range(1, 10)},
    "backspace": ("unplace", "backspace"),
    "space": ("grab", "space"),
    "up": ("line", "up"),
    "down": ("line", "down"),
}


def after(lines: Arrangement, *keys: str) -> Arrangement:
    for key in keys:
        lines, _ = act(lines, *STEPS[key])
    return lines


def shown(lines: Arrangement) -> str:
    """The numbers of the lines from the top; a bar below those placed, a star at one held."""
    signs = [f"{index + 1}{'*' * (lines.held and at == lines.at)}" for at, index in
             enumerate(lines.order)]  # fmt: skip
    return "".join(signs[: lines.placed]) + "|" + "".join(signs[lines.placed :])


@pytest.mark.parametrize(
    ("fixed", "keys", "expected"),
    [
        (False, "", "|1234"),
        (False, "3 1", "31|24"),
        (False, "3 1 4 2", "3142|"),
        (False, "3 3", "3|124"),
        (False, "9", "|1234"),
        (False, "3 1 backspace", "3|124"),
        (False, "2 4 backspace backspace backspace", "|1234"),
        (False, "space down", "|21*34"),
        (False, "space down down down down", "|2341*"),
        (False, "space up", "|1*234"),
        (False, "down space down space up", "|1324"),
        (False, "up space up", "|124*3"),
        (False, "3 1 down space up", "32*1|4"),
        (False, "3 1 space down", "3|21*4"),
        (False, "3 1 space up", "1*3|24"),
        (False, "3 space 1", "31|24"),
        (True, "", "1|234"),
        (True, "1", "1|234"),
        (True, "3", "13|24"),
        (True, "3 backspace backspace", "1|234"),
        (True, "space up", "1|2*34"),
        (True, "up space up up up", "1|4*23"),
        (True, "down down down space", "1|2*34"),
        (True, "4 space down", "1|24*3"),
    ],
)
def test_keys(fixed: bool, keys: str, expected: str) -> None:
    assert shown(after(begin(4, fixed_first=fixed), *keys.split())) == expected


@pytest.mark.parametrize(
    ("keys", "said"),
    [("3 3", "3 has its place already."), ("9", "There are 4 lines."), ("3", ""),
     ("backspace", "No number to take back."), ("2 backspace", "")],
)  # fmt: skip
def test_what_changes_nothing_is_said(keys: str, said: str) -> None:
    *before, last = keys.split()
    assert act(after(begin(4, fixed_first=False), *before), *STEPS[last])[1] == said


@pytest.mark.parametrize(
    ("keys", "untouched", "waiting"),
    [("", True, 0), ("down", True, 0), ("1", False, 3), ("2 3", False, 2), ("2 3 1", False, 0),
     ("2 backspace", True, 0), ("space down", False, 0)],
)  # fmt: skip
def test_what_is_left_to_do(keys: str, untouched: bool, waiting: int) -> None:
    lines = after(begin(4, fixed_first=False), *keys.split())
    assert (lines.untouched, lines.waiting) == (untouched, waiting)


@given(st.integers(3, 9), st.booleans(), st.lists(st.sampled_from(sorted(STEPS)), max_size=30))
def test_no_line_is_lost_and_the_fixed_one_stays(count: int, fixed: bool, keys: list[str]) -> None:
    lines = after(begin(count, fixed_first=fixed), *keys)
    assert sorted(lines.order) == list(range(count))
    assert lines.fixed <= lines.placed <= count
    assert lines.fixed <= lines.at < count
    assert not fixed or lines.order[0] == 0


@given(st.permutations("12345"))
def test_numbers_in_any_order_give_that_order_and_can_be_taken_back(numbers: list[str]) -> None:
    lines = after(begin(5, fixed_first=False), *numbers)
    assert [str(index + 1) for index in lines.order] == list(numbers)
    assert after(lines, *["backspace"] * 5).untouched
