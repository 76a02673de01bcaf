"""The order of learning: basics first, and no circle stops it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.turn import Place, delayed, raised


@pytest.mark.parametrize(
    ("places", "turns"),
    [
        pytest.param({"a": Place(0), "b": Place(1, ["a"])}, {}, id="in order already"),
        pytest.param({"a": Place(0, ["b"]), "b": Place(5)}, {"a": 6}, id="waits for a later one"),
        pytest.param(
            {"a": Place(0, ["b"]), "b": Place(1, ["c"]), "c": Place(9)},
            {"a": 11, "b": 10},
            id="a chain",
        ),
        pytest.param(
            {"a": Place(0, ["c", "b"]), "b": Place(3), "c": Place(7)},
            {"a": 8},
            id="the last counts",
        ),
        pytest.param({"a": Place(0, ["gone"])}, {}, id="nobody has what it requires"),
        pytest.param({"a": Place(0, ["a"])}, {}, id="itself"),
        pytest.param(
            {"a": Place(0, ["b"]), "b": Place(4, ["a"])},
            {"a": 5},
            id="a circle is cut where it closes",
        ),
    ],
)
def test_turns(places: dict[str, Place], turns: dict[str, int]) -> None:
    assert delayed(places) == turns


@given(st.permutations(range(12)), st.data())
def test_nothing_comes_before_what_it_requires(positions: list[int], data: st.DataObject) -> None:
    """Notes may require those of smaller number, wherever they stand: no circles."""
    places = {
        str(note): Place(
            position, [str(one) for one in data.draw(st.sets(st.integers(0, 11))) if one < note]
        )
        for note, position in enumerate(positions)
    }
    moved = delayed(places)
    order = sorted(
        places, key=lambda note: (moved.get(note, places[note].position), places[note].position)
    )
    for note, place in places.items():
        assert all(order.index(one) < order.index(note) for one in place.requires)
    free = [note for note in order if note not in moved]
    assert free == sorted(free, key=lambda note: places[note].position)


@pytest.mark.parametrize(
    ("places", "stages"),
    [
        pytest.param({"a": Place(0, ["b"], 2), "b": Place(1, (), 1)}, {}, id="late enough"),
        pytest.param({"a": Place(0, ["b"], 1), "b": Place(1, (), 3)}, {"a": 3}, id="as late"),
        pytest.param(
            {"a": Place(0, ["b"], 1), "b": Place(1, ["c"], 1), "c": Place(2, (), 2)},
            {"a": 2, "b": 2},
            id="a chain",
        ),
        pytest.param({"a": Place(0, ["gone", "a"], 1)}, {}, id="nobody, and itself"),
    ],
)
def test_stages(places: dict[str, Place], stages: dict[str, int]) -> None:
    assert raised(places) == stages


@given(st.permutations(range(12)), st.data())
def test_by_stages_too_nothing_comes_before_what_it_requires(
    positions: list[int], data: st.DataObject
) -> None:
    places = {
        str(note): Place(
            position,
            [str(one) for one in data.draw(st.sets(st.integers(0, 11))) if one < note],
            data.draw(st.integers(-2, 3)),
        )
        for note, position in enumerate(positions)
    }
    turns, stages = delayed(places), raised(places)
    order = sorted(
        places,
        key=lambda note: (
            stages.get(note, places[note].stage),
            turns.get(note, places[note].position),
            places[note].position,
        ),
    )
    for note, place in places.items():
        assert all(order.index(one) < order.index(note) for one in place.requires)


def test_a_long_chain_is_no_recursion() -> None:
    places = {str(number): Place(number, [str(number + 1)]) for number in range(20_000)}
    assert delayed(places)["0"] == 19_999 + 19_999
