"""Computed cards: numbers drawn anew at each repetition, with their exact right answer."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from reprlib import repr as brief
from typing import TYPE_CHECKING, Any, NamedTuple

from mlsd_cards.cards.card import Tolerance
from mlsd_cards.cards.generators.generator import FORMS, Values, problem, show
from mlsd_cards.cards.generators.table import GENERATORS

if TYPE_CHECKING:
    from random import Random

# A card worth having passes its guards in one draw of ten or more; one of a hundred still fails
# less often than once in 20,000 showings.
TRIES = 1000


class Drawn(NamedTuple):
    """One drawing: the text for each placeholder, the right value, the usual wrong ones."""

    shown: dict[str, str]
    value: float
    wrong: tuple[float, ...]


def draw(generator: str, params: Mapping[str, Any], tolerance: Tolerance, rng: Random) -> Drawn:
    """Numbers for one showing of a card; the same state of ``rng`` gives the same numbers.

    Drawn again until the generator's guard holds and no usual wrong answer lies within twice the
    tolerance. ValueError, naming the generator, when the params are bad or allow no such drawing.
    """
    if problems := problems_in(generator, params):
        raise ValueError(f"generator {generator}: " + "; ".join(problems))
    row = GENERATORS[generator]
    for _ in range(TRIES):
        values = row.draw(params, rng)
        if row.guard(values):
            value, wrong = row.value(values), tuple(row.wrong(values))
            if separate(value, wrong, tolerance):
                return Drawn({name: show(values[name]) for name in row.shows}, value, wrong)
    raise ValueError(
        f"generator {generator}: none of {TRIES} drawings was fair; "
        "widen the params or narrow the tolerance"
    )


def separate(value: float, wrong: Iterable[float], tolerance: Tolerance) -> bool:
    """Whether every usual wrong answer is out of reach of the right one, and all are numbers.

    Twice the tolerance, because people round the wrong answer too; a count only has to differ.
    """
    twice = Tolerance(2 * tolerance.rel, 2 * tolerance.abs)
    return math.isfinite(value) and all(
        math.isfinite(other) and not twice.accepts(other, value) for other in wrong
    )


def problems_in(name: str, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with a card's params and what to do, in words; empty when they are fine."""
    if name not in GENERATORS:
        return [f"there is no generator {brief(name)}; use one of {', '.join(sorted(GENERATORS))}"]
    if not isinstance(params, Mapping):
        return [f"params must be a mapping from name to {FORMS}"]
    row = GENERATORS[name]
    found = strangers(params, row.params, f"params of {name}")
    for key, param in row.params.items():
        if key not in params:
            found.append(f"parameter {key} is missing: give {param.wants} as {FORMS}")
        elif said := problem(key, params[key], param):
            found.append(said)
    return found or list(row.clash(params))


def strangers(given: Values, known: Values, what: str) -> list[str]:
    """A line for each given name that is not known."""
    names = ", ".join(known)
    return [f"unknown {brief(name)}: the {what} are {names}" for name in given if name not in known]


def worked(generator: str, shown_values: Mapping[str, Any]) -> float:
    """The right value for given values of the placeholders, as in a card's ``pinned.params``.

    ValueError says what is wrong with the values.
    """
    values = checked(generator, shown_values)
    try:
        return GENERATORS[generator].value(values)
    except ArithmeticError as error:
        raise ValueError(
            f"generator {generator} has no value for these numbers: {error}"
        ) from error


def checked(generator: str, shown_values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the defaults filled in; ValueError says what is missing or wrong."""
    if generator not in GENERATORS:
        raise ValueError(problems_in(generator, {})[0])
    row = GENERATORS[generator]
    values = {**row.defaults, **shown_values}
    found = strangers(values, row.shows, f"placeholders of {generator}")
    for name, param in row.shows.items():
        if name not in values:
            found.append(f"{name} is missing: give {param.wants}")
        elif not param.fits(values[name]):
            found.append(f"{name} must be {param.wants}, not {brief(values[name])}")
    if found:
        raise ValueError("; ".join(found))
    return values


def problems_in_pinned(
    generator: str, shown_values: Mapping[str, Any], tolerance: Tolerance
) -> list[str]:
    """Why a pinned example could not have been drawn, in words; empty when it could."""
    try:
        values, row = checked(generator, shown_values), GENERATORS[generator]
        if not row.guard(values):
            return [f"the pinned values break the guard of {generator}: choose a fairer example"]
        fair = separate(row.value(values), row.wrong(values), tolerance)
    except (ValueError, ArithmeticError) as error:
        return [f"the pinned values do not work: {error}"]
    return [] if fair else ["a usual wrong answer lies within twice the tolerance of pinned.value"]


def placeholders(prompt: str) -> set[str]:
    """The names in single braces in a prompt, to hold against a generator's ``shows``."""
    return set(re.findall(r"\{([a-z_][a-z0-9_]*)\}", prompt))
