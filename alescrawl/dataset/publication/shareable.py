"""The shareable edition: facts about articles, without their words and without persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from alescrawl.dataset import tables
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import storage_at
from alescrawl.dataset.reading.load import scan, table_keys
from alescrawl.dataset.schema import TABLES
from alescrawl.dataset.storage.parquet import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import pyarrow as pa

    from alescrawl.dataset.storage.files import Storage

COLUMNS: Final = {
    tables.ARTICLES: (
        *("article_id", "url", "canonical_url", "source", "publisher", "section", "language"),
        *("published", "published_precision", "modified", "word_count", "access"),
        *("tdm_reserved", "institutions", "places", "gard_score", "is_gard", "is_economic"),
        *("topics", "duplicate_of", "cluster_id", "revision", "first_seen", "fetched_at"),
        *("gone_since", "extractor_version"),
    ),
    tables.MENTIONS: (
        *("article_id", "kind", "name", "entity_id", "subtype", "date_start", "date_end"),
        *("number", "unit", "siren", "insee", "method", "score", "source"),
    ),
    tables.RUNS: tuple(TABLES[tables.RUNS].names),
}
"""No title, text, lead, caption or tag (a publisher's words); no author, byline or person."""


def export_facts(published: Storage, destination: str) -> dict[str, int]:
    """Write the edition to *destination*, a new folder or address; return the rows by table.

    Mentions of persons are left out. Raises :exc:`DatasetError` where *destination* exists,
    cannot be written, or nothing is published yet.
    """
    target = storage_at(destination)
    if target.exists():
        raise DatasetError(f"{target} exists: name a place that does not")
    if not table_keys(published, tables.ARTICLES):
        raise DatasetError(f"there is no dataset in {published}: `scrapy crawl NAME` makes it")
    return {name: _export(published, name, target) for name in COLUMNS}


def _export(published: Storage, name: str, target: Storage) -> int:
    others = pc.field("kind") != "person" if name == tables.MENTIONS else None
    rows = 0
    for key in published.keys(name):
        table = scan(published, name, [key], others, COLUMNS[name])
        write_rows(_rows(table), table.schema, target, key)
        rows += table.num_rows
    return rows


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches():
        yield from batch.to_pylist()
