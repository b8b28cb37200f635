"""The shareable edition: facts about articles, without their words and without persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc
import pyarrow.dataset as ds

from alescrawl.dataset import folder
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.parquet import write_rows
from alescrawl.dataset.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import pyarrow as pa

    from alescrawl.dataset.folder import Folder

COLUMNS: Final = {
    folder.ARTICLES: (
        *("article_id", "url", "canonical_url", "source", "publisher", "section", "language"),
        *("published", "published_precision", "modified", "word_count", "access"),
        *("tdm_reserved", "institutions", "places", "gard_score", "is_gard", "is_economic"),
        *("topics", "duplicate_of", "cluster_id", "revision", "first_seen", "fetched_at"),
        *("gone_since", "extractor_version"),
    ),
    folder.MENTIONS: (
        *("article_id", "kind", "name", "entity_id", "subtype", "date_start", "date_end"),
        *("number", "unit", "siren", "insee", "method", "score", "source"),
    ),
    folder.RUNS: tuple(TABLES[folder.RUNS].names),
}
"""No title, text, lead, caption or tag (a publisher's words); no author, byline or person."""


def export_facts(output: Folder, destination: Path) -> dict[str, int]:
    """Write the edition to the new folder *destination*; return the number of rows by table.

    Mentions of persons are left out. Raises :exc:`DatasetError` where *destination* exists,
    cannot be written, or nothing is published yet.
    """
    if destination.exists():
        raise DatasetError(f"{destination} exists: name a folder that does not")
    if not output.table(folder.ARTICLES).is_dir():
        raise DatasetError(f"there is no dataset in {output.root}: `scrapy crawl NAME` makes it")
    return {name: _export(output, name, destination) for name in COLUMNS}


def _export(output: Folder, name: str, destination: Path) -> int:
    paths = sorted(output.table(name).rglob("[!._]*.parquet"))
    rows = 0
    for path in paths:
        table = _facts(path, name)
        target = destination / name / path.relative_to(output.table(name))
        write_rows(_rows(table), table.schema, target)
        rows += table.num_rows
    return rows


def _facts(path: Path, name: str) -> pa.Table:
    dataset = ds.dataset(str(path), schema=TABLES[name], format="parquet")
    others = pc.field("kind") != "person" if name == folder.MENTIONS else None
    return dataset.to_table(columns=list(COLUMNS[name]), filter=others)


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches():
        yield from batch.to_pylist()
