"""Values of JSON, bent at random: what else could stand where a program expects something."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any

TEXTS = (
    "", "a", "\x1b[31m", "first", "\ud800", "\u202e", "2026-01-01", "right", "[red]x", "x" * 5000,
    "\n", "'; DROP TABLE event; --", "../../x", "10", "%s{0}",
)  # fmt: skip
NUMBERS = (0, 1, -1, 3, 77, 2**63, -(2**63), 10**400, 1e308, float("nan"), float("inf"), 0.5)


def value(rng: Random, depth: int = 0) -> Any:
    """Anything."""
    kind = rng.randrange(8 if depth < 2 else 6)
    if kind == 6:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    if kind == 7:
        return {rng.choice(TEXTS): value(rng, depth + 1) for _ in range(rng.randrange(4))}
    simple = (rng.choice(TEXTS), rng.choice(NUMBERS), None, rng.choice([True, False]), [], {})
    return simple[kind]


def bent(whole: Any, rng: Random) -> Any:
    """A copy in which up to two values, however deep, are others or gone; JSON within a text is
    bent as well."""
    made = deepcopy(whole)
    for _ in range(rng.choice([1, 1, 2])):
        _bend(made, rng)
    return made


def _bend(spot: Any, rng: Random) -> None:
    while isinstance(spot, dict | list) and spot:
        key = rng.choice([*spot]) if isinstance(spot, dict) else rng.randrange(len(spot))
        inner = spot[key]
        if isinstance(inner, str) and inner.startswith("{") and rng.random() < 0.8:
            spot[key] = json.dumps(bent(json.loads(inner), rng))
            return
        if rng.random() < 0.3 or not isinstance(inner, dict | list):
            if rng.random() < 0.3:
                del spot[key]
            else:
                spot[key] = value(rng)
            return
        spot = inner
