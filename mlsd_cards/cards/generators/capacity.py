"""Generators of capacity: requests a second, what they read and keep, and the machines for them.

A day has 86,400 seconds. Little 1961 for the requests in flight.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from mlsd_cards.cards.generators.generator import Generator, Values, each, number, whole
from mlsd_cards.cards.generators.sizing import GRAPH, hnsw_gb, hnsw_wrong

DAY, TB, TIB = 86_400, 10**12, 2**40
TRAFFIC = {"dau_m": whole(1, 10_000), "req_per_user": whole(1, 10_000), "peak": number(1.2, 20)}
SHARE = number(0.05, 0.95)
GPUS = {
    **TRAFFIC,
    "candidates": whole(1, 100_000),
    "items_per_s_per_gpu": whole(1, 10**9),
    "util": SHARE,
}
FLOW = {"rate": whole(1, 10_000_000), "ms": number(0.1, 100_000)}
READS = {"rate": whole(1, 10_000_000), "candidates": whole(2, 100_000), "row": whole(1, 1_000_000)}
LOG = {
    "events_m": whole(1, 10_000_000),
    "row": whole(1, 1_000_000),
    "days": whole(1, 10_000),
    "copies": whole(1, 10),
}
SHARDS = {**GRAPH, "ram_gb": whole(1, 100_000), "usable": SHARE, "copies": whole(1, 20)}


def peak_rate(values: Values) -> float:
    """Requests a second at peak."""
    mean = values["dau_m"] * 10**6 * values["req_per_user"] / DAY
    return float(mean * values["peak"])


def peak_thousands(values: Values) -> float:
    """The same in thousands."""
    return peak_rate(values) / 1000


def rate_guard(values: Values) -> bool:
    """Whether the rate is one that people give in thousands."""
    return 0.5 <= peak_thousands(values) <= 10_000


def rate_wrong(values: Values) -> Iterator[float]:
    """The mean, a day of 1,440 seconds, an hour for the day, and the peak taken as a share."""
    right = peak_thousands(values)
    yield from (right / values["peak"], right * 60, right * 24, right / values["peak"] ** 2)


def gpus(values: Values) -> float:
    """How many GPUs the items scored at peak fill to the wanted share, not rounded."""
    items = peak_rate(values) * values["candidates"]
    return float(items / (values["items_per_s_per_gpu"] * values["util"]))


def is_clear(ratio: float) -> bool:
    """Whether a count is far enough from whole that nobody has to ask which way it goes."""
    return abs(ratio - round(ratio)) >= 0.1


def gpu_count(values: Values) -> float:
    return float(math.ceil(gpus(values)))


def gpu_guard(values: Values) -> bool:
    return 10 <= gpu_count(values) <= 200 and is_clear(gpus(values))


def gpu_wrong(values: Values) -> Iterator[float]:
    """Rounded down, the share multiplied or forgotten, and no peak."""
    exact, util = gpus(values), values["util"]
    yield float(math.floor(exact))
    for slip in (exact * util**2, exact * util, exact / values["peak"]):
        yield float(math.ceil(slip))


def in_flight(values: Values) -> float:
    """Requests at work at once: those a second times the seconds each stays."""
    return float(values["rate"] * values["ms"] / 1000)


def flow_guard(values: Values) -> bool:
    return 1 <= in_flight(values) <= 100_000


def flow_wrong(values: Values) -> Iterator[float]:
    """Milliseconds taken for seconds, and the rate divided by the seconds or milliseconds."""
    rate, ms = values["rate"], values["ms"]
    return iter((rate * ms, rate / ms, rate / ms * 1000))


def read_gbit(values: Values) -> float:
    """Gbit a second of feature rows: one of the user and one of each candidate a request."""
    return float(values["rate"] * (1 + values["candidates"]) * values["row"] * 8 / 10**9)


def read_guard(values: Values) -> bool:
    return 0.1 <= read_gbit(values) < 10_000


def read_wrong(values: Values) -> Iterator[float]:
    """Bytes for bits, and one row a request."""
    yield read_gbit(values) / 8
    yield read_gbit(values) / (1 + values["candidates"])


def log_tb(values: Values) -> float:
    """TB, of 10¹² bytes, of all days and copies of a log."""
    day = values["events_m"] * 10**6 * values["row"]
    return float(day * values["days"] * values["copies"] / TB)


def log_guard(values: Values) -> bool:
    return 0.1 <= log_tb(values) < 100_000


def log_wrong(values: Values) -> Iterator[float]:
    """In TiB, and, where there are several, one day and one copy."""
    yield log_tb(values) * TB / TIB
    for name in ("days", "copies"):
        if values[name] > 1:
            yield log_tb(values) / values[name]


def machines(values: Values, size: float) -> float:
    """How many machines hold ``size`` GB once, not rounded."""
    return float(size / (values["ram_gb"] * values["usable"]))


def machine_count(values: Values) -> float:
    """Machines for all copies of an HNSW index, each copy on machines of its own."""
    return float(math.ceil(machines(values, hnsw_gb(values))) * values["copies"])


def machine_guard(values: Values) -> bool:
    """Whether a copy needs several machines and the count of them is clear."""
    once = machines(values, hnsw_gb(values))
    return 2 < once <= 100 and is_clear(once)


def machine_wrong(values: Values) -> Iterator[float]:
    """Rounded down, without links, with M links for 2M, all memory used, and one copy."""
    copies, size = values["copies"], hnsw_gb(values)
    bare, thin, _ = hnsw_wrong(values)
    yield float(math.floor(machines(values, size)) * copies)
    for slip in (bare, thin, size * values["usable"]):
        yield float(math.ceil(machines(values, slip)) * copies)
    if copies > 1:
        yield machine_count(values) / copies


CAPACITY = {
    "peak_qps": Generator(
        params=TRAFFIC,
        shows=TRAFFIC,
        draw=each,
        value=peak_thousands,
        guard=rate_guard,
        wrong=rate_wrong,
    ),
    "qps_to_gpus": Generator(
        params=GPUS, shows=GPUS, draw=each, value=gpu_count, guard=gpu_guard, wrong=gpu_wrong
    ),
    "little_law": Generator(
        params=FLOW, shows=FLOW, draw=each, value=in_flight, guard=flow_guard, wrong=flow_wrong
    ),
    "feature_read_rate": Generator(
        params=READS, shows=READS, draw=each, value=read_gbit, guard=read_guard, wrong=read_wrong
    ),
    "log_volume": Generator(
        params=LOG, shows=LOG, draw=each, value=log_tb, guard=log_guard, wrong=log_wrong
    ),
    "index_machines": Generator(
        params=SHARDS,
        shows=SHARDS,
        draw=each,
        value=machine_count,
        guard=machine_guard,
        wrong=machine_wrong,
    ),
}
