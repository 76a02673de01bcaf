"""Generators of waiting times: how often a request meets a slow machine (Dean, Barroso 2013)."""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.cards.generators.generator import Generator, Values, each, number, whole

FAN_OUT = {"shards": whole(2, 10_000), "slow": number(0.01, 50)}  # slow: per cent of calls


def all_fast(values: Values) -> float:
    """The chance that no shard is slow, when each is so independently."""
    return float((1 - values["slow"] / 100) ** values["shards"])


def any_slow(values: Values) -> float:
    """The chance that a request which waits for all shards is slow."""
    return 1 - all_fast(values)


def fan_out_guard(values: Values) -> bool:
    """Whether adding up the shares goes clearly wrong, and the answer is not nearly 1."""
    return values["shards"] * values["slow"] >= 20 and any_slow(values) < 0.99


def fan_out_wrong(values: Values) -> Iterator[float]:
    """The shares added up, the share of one shard, and the chance of the opposite."""
    yield values["shards"] * values["slow"] / 100
    yield values["slow"] / 100
    yield all_fast(values)


LATENCY = {
    "tail_fanout": Generator(
        params=FAN_OUT,
        shows=FAN_OUT,
        draw=each,
        value=any_slow,
        guard=fan_out_guard,
        wrong=fan_out_wrong,
    ),
}
