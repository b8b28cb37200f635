"""Writing Parquet files row by row in bounded memory, and putting them in place whole."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

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

    def close(self) -> None:
        """Write what is left and the file's footer; the file itself stays open."""
        self._pack()
        self._write_group()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of the file, which is of no use: else the writer would do so once it is closed."""
        with suppress(OSError):
            self._writer.close()


def write_rows(rows: Iterable[dict[str, Any]], schema: pa.Schema, path: Path) -> None:
    """Write *rows* to *path* whole: temporary file, fsync, read back, replace.

    Raises :exc:`DatasetError` and leaves what was there where the disk is full, the folder
    cannot be written, or what is read back is not what was written.
    """
    key = schema.names[0]
    with replacing(path) as temporary:
        with temporary.open("wb") as file:
            writer = RowWriter(file, schema)
            try:
                keys = [_written(writer, row, key) for row in rows]
            except BaseException:
                writer.abandon()
                raise
            writer.close()
        _check(temporary, keys, key)


def _written(writer: RowWriter, row: dict[str, Any], key: str) -> object:
    writer.write(row)
    return row[key]


def _check(path: Path, keys: list[object], key: str) -> None:
    """Read the whole file, its checksums included, and compare the keys of its rows."""
    file = pq.ParquetFile(path, page_checksum_verification=True)
    found = [k for batch in file.iter_batches(BATCH) for k in batch[key].to_pylist()]
    if found != keys:
        raise DatasetError(f"{path} does not read back as it was written: check the disk")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside *path*; at the end what was written there replaces *path*.

    Where anything goes wrong the temporary file is removed and *path* stays as it was.
    """
    # Readers pass over names that begin with a dot.
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path)
        yield temporary
        _sync(temporary)
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise DatasetError(
            f"cannot write {path} ({error.strerror or error}): free some disk space or check the "
            "permissions, then run again; nothing collected is lost"
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_leftovers(path: Path) -> None:
    """Remove temporary files of *path* whose process was killed."""
    for leftover in path.parent.glob(f".{path.name}.*"):
        if not _alive(leftover.suffix[1:]):
            leftover.unlink(missing_ok=True)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
