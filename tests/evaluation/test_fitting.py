"""Parameters fitted to one's own answers, and what the later ones say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

import pytest

from mlsd_cards.evaluation.fitting import check, fit
from mlsd_cards.evaluation.past import Answer, Past, Trial, trials
from mlsd_cards.schedule.fsrs import FSRS
from mlsd_cards.schedule.parameters import DEFAULT, are_parameters

FORGETFUL = (0.05, 0.2, 0.4, 1.5, *DEFAULT[4:])
"""Of a learner who forgets first answers much sooner than most."""


def learnt(parameters: Sequence[float], cards: int, seed: int = 1) -> list[Trial]:
    """What a learner of these parameters answers, asked at growing intervals."""
    rng, truth = Random(seed), FSRS(parameters)

    def answers(card: int, day: int) -> Iterator[Answer]:
        memory, gap = truth.after(None, 3, 0), 4
        yield Answer(f"c{card}", day * 1000 + card, day, 4)
        for _ in range(3):
            day += gap
            known = rng.random() < truth.recall(memory, gap)
            yield Answer(f"c{card}", day * 1000 + card, day, 4 if known else 1)
            memory = truth.after(memory, 3 if known else 1, gap)
            gap = gap * 2 if known else 4

    return trials(Past.of(one for card in range(cards) for one in answers(card, card % 100)))[0]


def test_held_out_answers_are_the_latest_and_the_fit_never_sees_them() -> None:
    found, seen = learnt(DEFAULT, 100), []

    def fitted(training: Sequence[Trial]) -> tuple[float, ...]:
        seen.extend(training)
        return DEFAULT

    checked = check(found, Random(1), fitted)
    assert seen == [trial for trial in found if trial.answer.day < checked.first]
    assert checked.trained == len(seen)
    assert checked.held_out == len(found) - len(seen) >= len(found) // 5
    assert checked.default == checked.fitted
    assert (checked.low, checked.high, checked.wins) == (0, 0, False)


def test_a_clock_set_back_brings_no_answer_of_a_day_held_out_into_the_fit() -> None:
    found = learnt(DEFAULT, 100)
    first = check(found, Random(1), lambda _: DEFAULT).first
    late = next(trial for trial in found if trial.answer.day == first)
    moved = [*late.history[: late.place], late.answer._replace(at=0)]
    mixed = [late._replace(history=moved), *(trial for trial in found if trial is not late)]
    seen: list[Trial] = []
    check(mixed, Random(1), lambda training: seen.extend(training) or DEFAULT)
    assert max(trial.answer.day for trial in seen) < first


def test_what_is_known_of_the_learner_wins_and_what_is_false_loses() -> None:
    found = learnt(FORGETFUL, 1500)
    right = check(found, Random(1), lambda _: FORGETFUL)
    assert right.wins
    assert right.fitted < right.default
    assert right.low < right.default - right.fitted < right.high
    wrong = check(found, Random(1), lambda _: (100.0,) * 4 + DEFAULT[4:])
    assert wrong.high < 0
    assert not wrong.wins


def test_answers_of_one_day_cannot_be_split() -> None:
    asked = [Answer(f"c{card}", day, day, 4) for card in range(10) for day in (1, 2)]
    with pytest.raises(ValueError, match="one day"):
        check(trials(Past.of(asked))[0], Random(1), lambda _: DEFAULT)


def test_fsrs_rs_finds_a_learner_who_is_not_the_average() -> None:
    pytest.importorskip("fsrs_rs_python")
    found = learnt(FORGETFUL, 1500)
    parameters = fit(found)
    assert are_parameters(parameters)
    assert all(value == round(value, 4) for value in parameters)
    assert parameters[2] < DEFAULT[2] / 2
    assert check(found, Random(1)).wins
