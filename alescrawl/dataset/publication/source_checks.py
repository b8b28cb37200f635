"""The file that tells what the last look at each source came to: ``sources.parquet``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from alescrawl.dataset.storage.parquet import write_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alescrawl.dataset.storage.files import Storage

FILE: Final = "sources.parquet"

SCHEMA: Final = pa.schema(
    [
        ("source", pa.string()),
        ("outcome", pa.string()),
        ("works", pa.bool_()),
        ("route", pa.string()),
        ("route_kind", pa.string()),
        ("route_status", pa.string()),
        ("route_outcome", pa.string()),
        ("route_detail", pa.string()),
        ("articles", pa.int64()),
        ("rights", pa.list_(pa.string())),
        ("refusal", pa.string()),
        ("crawl_delay", pa.float64()),
        ("checked_at", pa.timestamp("us", tz="UTC")),
    ]
)
"""One row for each route; ``outcome`` is that of the source, ``crawl_delay`` in seconds."""


def write_checks(storage: Storage, rows: Sequence[dict[str, Any]]) -> str:
    """Put *rows* in place of those of the same sources, keep all others; return the file's name.

    Raises :exc:`DatasetError` where it cannot be written.
    """
    checked = {row["source"] for row in rows}
    others = [row for row in _kept(storage) if row["source"] not in checked]
    merged = sorted([*others, *rows], key=lambda row: str(row["source"]))
    write_rows(merged, SCHEMA, storage, FILE)
    return storage.name(FILE)


def _kept(storage: Storage) -> list[dict[str, Any]]:
    """Return the rows of an earlier look; none of a file that is damaged or of another form."""
    with storage.plain_errors():
        try:
            table = pq.read_table(storage.path(FILE), schema=SCHEMA, filesystem=storage.filesystem)
        except (FileNotFoundError, pa.ArrowException):
            return []
    found: list[dict[str, Any]] = table.to_pylist()
    return found
