"""Writing Parquet files row by row in bounded memory, and reading them back."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.file_marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from alescrawl.dataset.storage.file_marks import FileMark
    from alescrawl.dataset.storage.files import Storage

BATCH = 200
"""Rows that are held as Python objects at a time."""

ROW_GROUP = 1_000
"""Rows that are held as Arrow columns at a time: articles take about 17 KB each."""
COMPRESSION_LEVEL = 3


class RowWriter:
    """Writes rows (column name to plain value) of one *schema* to an open binary *file*."""

    def __init__(self, file: IO[bytes], schema: pa.Schema) -> None:
        self._schema = schema
        self._rows: list[dict[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._writer = pq.ParquetWriter(
            file,
            schema,
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            write_page_checksum=True,
        )

    def write(self, row: dict[str, Any]) -> None:
        """Add one row."""
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._pack()

    def _pack(self) -> None:
        self._batches.append(pa.RecordBatch.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        if len(self._batches) * BATCH >= ROW_GROUP:
            self._write_group()

    def _write_group(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._batches, self._schema))
        self._batches.clear()

    def describe(self, told: Mapping[bytes, bytes]) -> None:
        """Let the file's metadata say what is *told*, too."""
        self._writer.add_key_value_metadata(told)

    def close(self) -> None:
        """Write what is left and the file's footer; the file itself stays open."""
        self._pack()
        self._write_group()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of the file, which is of no use: else the writer would do so once it is closed."""
        with suppress(OSError):
            self._writer.close()


def write_rows(
    rows: Iterable[dict[str, Any]], schema: pa.Schema, storage: Storage, key: str
) -> FileMark | None:
    """Write *rows* to the file *key* of *storage* whole: what is read back takes its place.

    Returns by what it is known again.

    Raises :exc:`DatasetError` and leaves what was there where the disk is full, the place
    cannot be written, or what is read back is not what was written.
    """
    first = schema.names[0]
    with storage.replacing(key) as file:
        writer = RowWriter(file, schema)
        try:
            values = [_written(writer, row, first) for row in rows]
        except BaseException:
            writer.abandon()
            raise
        writer.close()
        if not _holds(file, first, values):
            raise DatasetError(
                f"{storage.name(key)} does not read back as it was written: check the disk"
            )
        return mark_of(file)


def read_rows(storage: Storage, key: str) -> list[dict[str, Any]]:
    """Return the rows of the file *key*, none where there is none.

    Raises :exc:`DatasetError` where it is damaged.
    """
    data = storage.read(key)
    if data is None:
        return []
    try:
        batches = pq.ParquetFile(BytesIO(data)).iter_batches(BATCH)
        return [row for batch in batches for row in batch.to_pylist()]
    except (pa.ArrowException, OSError) as error:
        raise DatasetError(
            f"{storage.name(key)} is damaged: restore it or delete it, then run again"
        ) from error


def is_whole(data: bytes) -> bool:
    """Return whether *data* is a Parquet file of which every page is as its checksum says."""
    try:
        found = pq.ParquetFile(BytesIO(data), page_checksum_verification=True)
        for _ in found.iter_batches(BATCH):
            pass
    except (pa.ArrowException, OSError):
        return False
    return True


def _written(writer: RowWriter, row: dict[str, Any], column: str) -> object:
    writer.write(row)
    return row[column]


def _holds(file: IO[bytes], column: str, values: list[object]) -> bool:
    """Read the whole file, its checksums included, and compare one column of its rows."""
    found = pq.ParquetFile(file, page_checksum_verification=True)
    batches = found.iter_batches(BATCH)
    return values == [value for batch in batches for value in batch[column].to_pylist()]
