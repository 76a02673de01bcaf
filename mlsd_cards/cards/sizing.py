"""Generators of sizes: how many bytes tables of a model and indexes of vectors take.

A code of product quantisation as in Jégou et al. 2011; an HNSW graph as in the Faiss wiki, with 2M
links of 4 bytes a vector on the lowest layer and the layers above it left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlsd_cards.cards.generator import Generator, Values, each, whole

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


SIZING = {
    "embedding_table_bytes": EMBEDDING_TABLE_BYTES,
    "pq_bytes": Generator(
        params=CODES, shows=CODES, draw=each, value=pq_gb, guard=pq_guard, wrong=pq_wrong
    ),
    "hnsw_bytes": Generator(
        params=GRAPH, shows=GRAPH, draw=each, value=hnsw_gb, guard=hnsw_guard, wrong=hnsw_wrong
    ),
}
