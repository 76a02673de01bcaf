"""Generators of sizes: how many bytes the tables of a model take."""

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

SIZING = {"embedding_table_bytes": EMBEDDING_TABLE_BYTES}
