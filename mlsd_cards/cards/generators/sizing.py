"""Generators of sizes: how many bytes tables, indexes of vectors, features and caches take.

A code of product quantisation as in Jégou et al. 2011; an HNSW graph as in the Faiss wiki, with 2M
links of 4 bytes a vector on the lowest layer and the layers above it left out; a key-value cache
with a key and a value for each layer, head and token (Kwon et al. 2023, Ainslie et al. 2023).
"""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.cards.generators.generator import Generator, Values, each, whole

GB, GIB = 10**9, 2**30
# One byte a value would hide that the bytes were forgotten.
TABLE = {"rows_m": whole(1, 100_000), "dim": whole(1, 10_000), "bytes": whole(2, 8)}


def table_bytes(values: Values) -> int:
    """The bytes of a table of ``rows_m`` million vectors."""
    return int(values["rows_m"] * 10**6 * values["dim"] * values["bytes"])


def table_gb(values: Values) -> float:
    """The size of the table in GB, of 10⁹ bytes."""
    return table_bytes(values) / GB


def table_guard(values: Values) -> bool:
    """Whether the size is one that people give in GB."""
    return 0.1 <= table_gb(values) < 100_000


def table_wrong(values: Values) -> Iterator[float]:
    """In GiB, in bits, and without the bytes of a value."""
    yield table_bytes(values) / GIB
    yield table_gb(values) * 8
    yield table_gb(values) / values["bytes"]


EMBEDDING_TABLE_BYTES = Generator(
    params=TABLE, shows=TABLE, draw=each, value=table_gb, guard=table_guard, wrong=table_wrong
)

LINK, FLOAT = 4, 4  # bytes
TRAINED = {"rows_m": whole(1, 100_000), "dim": whole(1, 10_000), "states": whole(1, 4)}


def trained_gb(values: Values) -> float:
    """The size in GB of a float32 table and as many states of the optimizer a weight."""
    return size_gb(values, values["dim"] * FLOAT * (1 + values["states"]))


def trained_guard(values: Values) -> bool:
    """Whether the size is one that people give in GB."""
    return 0.1 <= trained_gb(values) < 100_000


def trained_wrong(values: Values) -> Iterator[float]:
    """The weights alone, the states alone, and both in GiB."""
    right, states = trained_gb(values), values["states"]
    yield from (right / (1 + states), right * states / (1 + states), right * GB / GIB)


INDEX = {"rows_m": whole(1, 100_000), "dim": whole(2, 10_000)}
CODES = {**INDEX, "m": whole(1, 1000), "nbits": whole(1, 16), "id_bytes": whole(0, 8)}
GRAPH = {**INDEX, "bytes": whole(1, 8), "links": whole(2, 200)}


def size_gb(values: Values, each_bytes: float) -> float:
    """GB, of 10⁹ bytes, of all vectors at so many bytes each."""
    return float(values["rows_m"] * 10**6 * each_bytes / GB)


def pq_gb(values: Values) -> float:
    """The size in GB of the codes and ids of product quantisation."""
    return size_gb(values, values["m"] * values["nbits"] / 8 + values["id_bytes"])


def pq_guard(values: Values) -> bool:
    """Whether a code fills whole bytes, and a vector splits into whole parts."""
    return not (values["m"] * values["nbits"] % 8 or values["dim"] % values["m"])


def pq_wrong(values: Values) -> Iterator[float]:
    """Bits taken for bytes, vectors that are not coded, and no ids where there are some."""
    yield size_gb(values, values["m"] * values["nbits"] + values["id_bytes"])
    yield size_gb(values, values["dim"] * FLOAT + values["id_bytes"])
    if values["id_bytes"]:
        yield size_gb(values, values["m"] * values["nbits"] / 8)


def hnsw_gb(values: Values) -> float:
    """The size in GB of the vectors and the lowest layer of links."""
    return size_gb(values, values["dim"] * values["bytes"] + 2 * values["links"] * LINK)


def hnsw_guard(values: Values) -> bool:
    """Whether the size is one that people give in GB."""
    return hnsw_gb(values) >= 0.1


def hnsw_wrong(values: Values) -> Iterator[float]:
    """Without the links, with M links for 2M, and without the vectors."""
    yield size_gb(values, values["dim"] * values["bytes"])
    yield size_gb(values, values["dim"] * values["bytes"] + values["links"] * LINK)
    yield size_gb(values, 2 * values["links"] * LINK)


STORE = {
    "rows_m": whole(1, 100_000),
    "features": whole(1, 100_000),
    "bytes": whole(2, 8),
    "key_bytes": whole(0, 1000),
    "copies": whole(1, 10),
}
HEADS = whole(1, 1000)
CACHE = {
    "layers": whole(1, 1000),
    "kv_heads": HEADS,
    "head_dim": whole(1, 10_000),
    "ctx": whole(1, 100_000_000),
    "bytes": whole(1, 4),
    "batch": whole(1, 1_000_000),
}
GROUPED = {**CACHE, "q_heads": HEADS}


def store_gb(values: Values) -> float:
    """GB, of 10⁹ bytes, of all copies of all rows, a key and its features each."""
    row = values["features"] * values["bytes"] + values["key_bytes"]
    return size_gb(values, row * values["copies"])


def store_guard(values: Values) -> bool:
    """Whether the size is one that people give in GB."""
    return 0.1 <= store_gb(values) < 100_000


def store_wrong(values: Values) -> Iterator[float]:
    """Without the bytes of a value, and without keys and copies where there are some."""
    yield store_gb({**values, "bytes": 1})
    if values["key_bytes"]:
        yield store_gb({**values, "key_bytes": 0})
    if values["copies"] > 1:
        yield store_gb({**values, "copies": 1})


def cache_bytes(values: Values) -> int:
    """The bytes of the keys and values of all sequences."""
    token = 2 * values["layers"] * values["kv_heads"] * values["head_dim"] * values["bytes"]
    return int(token * values["ctx"] * values["batch"])


def cache_gib(values: Values) -> float:
    """The size of the cache in GiB, of 2³⁰ bytes."""
    return cache_bytes(values) / GIB


def cache_guard(values: Values) -> bool:
    """Whether the size is one that people give in GiB."""
    return 0.1 <= cache_gib(values) < 100_000


def cache_wrong(values: Values) -> Iterator[float]:
    """Keys without values, and in GB."""
    yield cache_gib(values) / 2
    yield cache_bytes(values) / GB


def grouped_guard(values: Values) -> bool:
    """Whether as many query heads share each key-value head, and more than one does."""
    fits = values["q_heads"] > values["kv_heads"] and not values["q_heads"] % values["kv_heads"]
    return fits and cache_guard(values)


def grouped_wrong(values: Values) -> Iterator[float]:
    """The same, and with the query heads."""
    yield from cache_wrong(values)
    yield cache_gib({**values, "kv_heads": values["q_heads"]})


SIZING = {
    "embedding_table_bytes": EMBEDDING_TABLE_BYTES,
    "embedding_training_bytes": Generator(
        params=TRAINED,
        shows=TRAINED,
        draw=each,
        value=trained_gb,
        guard=trained_guard,
        wrong=trained_wrong,
    ),
    "pq_bytes": Generator(
        params=CODES, shows=CODES, draw=each, value=pq_gb, guard=pq_guard, wrong=pq_wrong
    ),
    "hnsw_bytes": Generator(
        params=GRAPH, shows=GRAPH, draw=each, value=hnsw_gb, guard=hnsw_guard, wrong=hnsw_wrong
    ),
    "feature_store_bytes": Generator(
        params=STORE,
        shows=STORE,
        draw=each,
        value=store_gb,
        guard=store_guard,
        wrong=store_wrong,
    ),
    "kv_cache_bytes": Generator(
        params=CACHE, shows=CACHE, draw=each, value=cache_gib, guard=cache_guard, wrong=cache_wrong
    ),
    "kv_cache_grouped": Generator(
        params=GROUPED,
        shows=GROUPED,
        draw=each,
        value=cache_gib,
        guard=grouped_guard,
        wrong=grouped_wrong,
    ),
}
