"""Common Crawl's columnar index: Parquet files of which only what concerns a source is read."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from alescrawl.backfill.cdx import joined
from alescrawl.backfill.indexes import Part
from alescrawl.backfill.records import stated_digest
from alescrawl.crawling.source import domains_of
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.captures import Capture, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow.dataset as ds

    from alescrawl.crawling.source import Source
    from alescrawl.dataset.ledger.window import Window

# The names of the flat schema: github.com/commoncrawl/cc-index-table, read in December 2026.
_COLUMNS: Final = (
    *("url", "fetch_time", "content_digest", "content_mime_detected", "warc_filename"),
    *("warc_record_offset", "warc_record_length", "crawl"),
)
_OK: Final = 200


class ColumnarIndex:
    """The table at *place*, a folder or an ``s3://`` address, partitioned by crawl and subset.

    WARCs lie below *data*. The files are sorted by address, so that the statistics of their row
    groups leave nearly all unread. Raises :exc:`DatasetError` where there is no such table.
    """

    def __init__(self, place: str, data: str) -> None:
        self._place = place
        self._data = data
        self.counts: Counter[str] = Counter()

    def parts(self, source: type[Source], window: Window) -> Iterator[Part]:
        """Yield each crawl of the table."""
        table = self._table()
        for crawl, fragments in sorted(_by_crawl(table).items()):
            yield Part(
                f"{self._place} {crawl} {window}",
                lambda crawl=crawl, found=fragments: self._captures(source, window, crawl, found),  # type: ignore[misc]
            )

    def _table(self) -> ds.Dataset:
        import pyarrow.dataset as ds  # noqa: PLC0415 - heavy

        try:
            return ds.dataset(self._place, format="parquet", partitioning="hive")
        except (OSError, ValueError) as error:
            raise DatasetError(
                f"{self._place} holds no table such as cc-index/table/cc-main/warc ({error})"
            ) from error

    def _captures(
        self, source: type[Source], window: Window, crawl: str, fragments: list[ds.Fragment]
    ) -> Iterator[Capture]:
        chosen = _condition(source, window)
        for fragment in fragments:
            names = [name for name in _COLUMNS if name in fragment.physical_schema.names]
            for batch in fragment.to_batches(columns=names, filter=chosen):
                for row in batch.to_pylist():
                    if (capture := self._capture(row, crawl)) is not None:
                        yield capture

    def _capture(self, row: dict[str, Any], crawl: str) -> Capture | None:
        if "html" not in (row.get("content_mime_detected") or "html"):
            self.counts["index/other_type"] += 1
            return None
        moment: datetime = row["fetch_time"]
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).replace(microsecond=0)
        place = Place(
            joined(self._data, row["warc_filename"]),
            row["warc_record_offset"],
            row["warc_record_length"],
        )
        return Capture(row["url"], moment, stated_digest(row["content_digest"]), crawl, place)


def _by_crawl(table: ds.Dataset) -> dict[str, list[ds.Fragment]]:
    """Return the files of each crawl, of the subset of pages alone."""
    import pyarrow.dataset as ds  # noqa: PLC0415 - heavy

    found: dict[str, list[ds.Fragment]] = {}
    for fragment in table.get_fragments():
        keys = ds.get_partition_keys(fragment.partition_expression)
        if keys.get("subset", "warc") == "warc":
            found.setdefault(str(keys.get("crawl", "")), []).append(fragment)
    return found


def _condition(source: type[Source], window: Window) -> ds.Expression:
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    host = pc.field("url_host_name")
    own = None
    for domain in sorted(set(domains_of(source))):
        names = host.isin([domain, f"www.{domain}"]) | pc.ends_with(host, f".{domain}")
        own = names if own is None else own | names
    wanted = own & (pc.field("fetch_status") == _OK)
    moment = pc.field("fetch_time")
    if window.since is not None:
        wanted &= moment >= _plain(window.since)
    if window.until is not None:
        wanted &= moment < _plain(window.until)
    return wanted


def _plain(moment: datetime) -> Any:  # noqa: ANN401 - Arrow's
    import pyarrow as pa  # noqa: PLC0415 - heavy

    return pa.scalar(moment.astimezone(UTC).replace(tzinfo=None), pa.timestamp("ms"))
