"""`scrapy crawl NAME -O file.parquet`: the ordinary Scrapy way, with the dataset's own schema."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy.exporters import BaseItemExporter, CsvItemExporter
from scrapy.extensions.feedexport import FileFeedStorage

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.reading.cells import ARTICLE_COLUMNS, csv_cell
from alescrawl.dataset.storage.files import replacing
from alescrawl.dataset.tables import article_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Spider


class ParquetItemExporter(BaseItemExporter):
    """Writes articles as Parquet, in batches; ``FEED_EXPORT_FIELDS`` chooses the columns."""

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:  # noqa: ANN401
        # Arrow is slow to import: every crawl loads this module, few write Parquet with it.
        import pyarrow as pa  # noqa: PLC0415

        from alescrawl.dataset.schema import ARTICLES  # noqa: PLC0415
        from alescrawl.dataset.storage.parquet import RowWriter  # noqa: PLC0415

        super().__init__(dont_fail=True, **kwargs)
        columns = ARTICLES
        if self.fields_to_export is not None:
            columns = pa.schema([columns.field(name) for name in self.fields_to_export])
        self._writer = RowWriter(file, columns)
        self._names = columns.names

    def export_item(self, item: Any) -> None:  # noqa: ANN401 - Scrapy's signature
        """Write one article."""
        row = article_row(item)
        self._writer.write({name: row[name] for name in self._names})

    def finish_exporting(self) -> None:
        """Write the file's footer."""
        self._writer.close()


class CsvArticleExporter(CsvItemExporter):
    """Writes articles as CSV for people: their columns, lists as text, the times of Paris.

    ``FEED_EXPORT_FIELDS`` chooses other columns.
    """

    def __init__(self, file: IO[bytes], **kwargs: Any) -> None:  # noqa: ANN401
        kwargs["fields_to_export"] = kwargs.get("fields_to_export") or list(ARTICLE_COLUMNS)
        # Excel takes a file without this mark for one of another character set.
        kwargs["encoding"] = "utf-8-sig"
        super().__init__(file, **kwargs)  # type: ignore[arg-type]

    def export_item(self, item: Any) -> None:  # noqa: ANN401 - Scrapy's signature
        """Write one article."""
        row = article_row(item)
        super().export_item({name: csv_cell(value) for name, value in row.items()})


def refuse_to_append(path: str | Path, feed_options: Mapping[str, Any]) -> None:
    """Raise :exc:`DatasetError` where a feed would append to a Parquet file."""
    appends = feed_options.get("format") == "parquet" and not feed_options.get("overwrite")
    if appends and Path(path).exists():
        raise DatasetError(f"{path}: a Parquet file cannot be appended to, use -O")


def check_parent(path: str | Path) -> None:
    """Raise :exc:`DatasetError` where a feed on this disk could not be written to *path*."""
    if "://" in str(path) or str(path) == "-":
        return
    parent = Path(path).absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(
            f"cannot write {path} ({error.strerror}): choose another file"
        ) from error
    if not os.access(parent, os.W_OK):
        raise DatasetError(f"cannot write to {parent}: choose another file")


_writing: dict[str, IO[str]] = {}
"""The locks of the files that this process writes, for as long as it runs."""


def lock_feed(path: str | Path, feed_options: Mapping[str, Any]) -> None:
    """Keep other processes from replacing a feed's file until this one ends.

    Raises :exc:`DatasetError` where another writes it: the rows of one would vanish.
    """
    told = str(path)
    appends = feed_options.get("format") != "parquet" and not feed_options.get("overwrite")
    # Of a name that Scrapy fills in each run has its own.
    if appends or "://" in told or told == "-" or "%(" in told:
        return
    file = Path(path).absolute()
    lock = file.with_name(f".{file.name}.lock")
    while str(lock) not in _writing:
        handle = lock.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            raise DatasetError(
                f"{path} is being written by another process: wait for it to end, or choose "
                "another file"
            ) from None
        # The one that had it may have removed the file meanwhile.
        if lock.exists() and os.path.samestat(os.fstat(handle.fileno()), lock.stat()):
            _writing[str(lock)] = handle
            atexit.register(lock.unlink, missing_ok=True)


class WholeFileStorage(FileFeedStorage):
    """Stores a feed on this disk: what overwrites a file replaces it whole at the end.

    Until then, and if the crawl is killed, the file that was there stays. A feed that is
    appended to (``-o``) is written in place as Scrapy does, but not Parquet, which cannot be.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        refuse_to_append(self.path, feed_options or {})
        is_parquet = (feed_options or {}).get("format") == "parquet"
        self._overwrite = is_parquet or self.write_mode == "wb"
        self._stack = contextlib.ExitStack()

    def open(self, spider: Spider) -> IO[bytes]:
        """Return the open file to write to."""
        if not self._overwrite:
            return super().open(spider)
        return self._stack.enter_context(replacing(Path(self.path)))

    def store(self, file: IO[bytes]) -> None:
        """Put the written file in its place."""
        file.close()
        self._stack.close()
