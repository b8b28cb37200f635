"""A Parquet file of the stock, on this disk or read in parts over HTTP: the columns asked for."""

from __future__ import annotations

import io
import time
from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BATCH: Final = 65_536
_WAITS: Final = (1.0, 4.0, 16.0)
"""Seconds before a part that did not come is asked for again."""
_PARTIAL: Final = 206
_NOT_THERE: Final = frozenset([404, 410])
_LOST: Final = (OSError, HTTPException)


class MissingFileError(DatasetError):
    """There is no such file."""


class RemoteFile(io.RawIOBase):
    """A file at an address whose server gives parts of it; a seekable file for pyarrow."""

    def __init__(self, address: str, agent: str, waits: Sequence[float] = _WAITS) -> None:
        super().__init__()
        self._address, self._agent, self._waits = address, agent, waits
        self._at = 0
        self._mark: str | None = None
        self.requests = 0
        self.bytes = 0
        self._size = 0
        self._part(0, 1)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from anywhere."""
        return True

    def tell(self) -> int:
        """Return where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to *offset*, of which *whence* says from where."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = begin + offset
        return self._at

    def size(self) -> int:
        """Return the bytes of the file."""
        return self._size

    def read(self, size: int | None = -1) -> bytes:
        """Return the next *size* bytes, all that are left where it is negative."""
        end = self._size if size is None or size < 0 else min(self._at + size, self._size)
        if end <= self._at:
            return b""
        data = self._part(self._at, end)
        self._at += len(data)
        return data

    def _part(self, begin: int, end: int) -> bytes:
        for wait in (*self._waits, None):
            try:
                return self._ask(begin, end)
            except _LOST as error:
                if wait is None or not _passes(error):
                    raise self._lost(error) from error
                time.sleep(_asked_wait(error, wait))
        raise AssertionError

    def _lost(self, error: Exception) -> DatasetError:
        if isinstance(error, HTTPError) and error.code in _NOT_THERE:
            return MissingFileError(f"{self._address} is not there (HTTP {error.code})")
        return DatasetError(f"{self._address} cannot be read: {_told(error)}")

    def _ask(self, begin: int, end: int) -> bytes:
        headers = {"Range": f"bytes={begin}-{end - 1}", "User-Agent": self._agent}
        self.requests += 1
        request = Request(self._address, headers=headers)  # noqa: S310 - the scheme was checked
        with urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            if answer.status != _PARTIAL:
                raise DatasetError(
                    f"{self._address}: the server gives no parts of a file; download it, and name "
                    "the folder that it is in"
                )
            self._check_same(answer.headers)
            data = bytes(answer.read())
        if len(data) != end - begin:
            raise ConnectionError(f"{len(data)} of {end - begin} bytes came")
        self.bytes += len(data)
        return data

    def _check_same(self, headers: Any) -> None:  # noqa: ANN401 - of the standard library
        """Refuse a part of another file than the first: a new month's took its place."""
        size = int(headers["Content-Range"].rpartition("/")[2])
        mark = f"{size} {headers.get('ETag', '')}"
        if self._mark is not None and mark != self._mark:
            raise DatasetError(f"{self._address} changed while it was read: run it again")
        self._mark, self._size = mark, size


def _passes(error: Exception) -> bool:
    """Whether to ask again may help: not where the server says that the request is wrong."""
    return not isinstance(error, HTTPError) or error.code == 429 or error.code >= 500  # noqa: PLR2004


def _asked_wait(error: Exception, wait: float) -> float:
    told = error.headers.get("Retry-After", "") if isinstance(error, HTTPError) else ""
    return min(float(told), 120.0) if told.isdigit() else wait


def _told(error: Exception) -> str:
    return f"HTTP {error.code}" if isinstance(error, HTTPError) else str(error) or repr(error)


class StockFile:
    """A file of the stock at a path or address; *columns* may be missing in older ones."""

    def __init__(self, place: str, agent: str = "alescrawl") -> None:
        self.place = place
        self.rows_read = 0
        with _plain(place):
            remote = (
                pa.PythonFile(RemoteFile(place, agent), mode="r") if _is_remote(place) else None
            )
            self._file = pq.ParquetFile(remote or place)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self._file.metadata.num_rows)

    @property
    def names(self) -> list[str]:
        """The columns it has."""
        return list(self._file.schema_arrow.names)

    def need(self, columns: Sequence[str]) -> None:
        """Raise :exc:`DatasetError` where it lacks one of *columns*: another file may be meant."""
        if missing := [name for name in columns if name not in self.names]:
            raise DatasetError(
                f"{self.place} has no column {', '.join(missing)}: name Sirene's folder"
            )

    def tables(
        self,
        columns: Sequence[str],
        chosen: Callable[[pa.Table], pa.Array],
        *,
        sirens: Sequence[str] | None = None,
    ) -> Iterator[pa.Table]:
        """Yield the *chosen* rows, all columns as text; a column that is missing is empty.

        Row groups whose statistics say that none of *sirens* (sorted) is in them are not read.
        """
        there = [name for name in columns if name in self.names]
        with _plain(self.place):
            groups = [g for g in range(self._file.num_row_groups) if self._may_hold(g, sirens)]
            for group in groups:
                for batch in self._file.iter_batches(BATCH, row_groups=[group], columns=there):
                    self.rows_read += batch.num_rows
                    table = _as_text(pa.Table.from_batches([batch]), columns)
                    found = table.filter(chosen(table))
                    if found.num_rows:
                        yield found

    def _may_hold(self, group: int, sirens: Sequence[str] | None) -> bool:
        if sirens is None:
            return True
        position = self.names.index("siren")
        told = self._file.metadata.row_group(group).column(position).statistics
        if told is None or not told.has_min_max or not isinstance(told.min, str):
            return True
        return bisect_right(sirens, told.max) > bisect_left(sirens, told.min)


def _as_text(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    made = {
        name: (
            pc.cast(table[name], pa.string())
            if name in table.column_names
            else pa.nulls(table.num_rows, pa.string())
        )
        for name in columns
    }
    return pa.table(made)


def _is_remote(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def place_of(base: str, file: str) -> str:
    """Return where *file* lies below *base*, a folder or an address."""
    return f"{base.rstrip('/')}/{file}" if _is_remote(base) else str(Path(base) / file)


@contextmanager
def _plain(place: str) -> Iterator[None]:
    """Raise :exc:`DatasetError` where a file is not there, or no Parquet file."""
    try:
        yield
    except FileNotFoundError as error:
        raise MissingFileError(
            f"{place} is not there: name the folder of the stock files"
        ) from error
    except (pa.ArrowInvalid, OSError) as error:
        told = " ".join(str(error).split())
        raise DatasetError(f"{place} cannot be read as Parquet: {told}") from error
