"""The revisions of one article, oldest first, from the published tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from alescrawl.dataset import folder
from alescrawl.dataset.places import storage_at
from alescrawl.dataset.reading import scan, table_keys
from alescrawl.extraction.canonical import canonical_url
from alescrawl.items import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READING = frozenset(
    {"article_id", "revision", "fetched_at", "first_seen", "extractor_version", "provenance"}
)
"""Columns that say how an article was read, not what it says."""

DERIVED = frozenset({"text", "paragraphs", "lead", "word_count", "content_hash"})
"""Columns that change with the text, which is shown word by word."""


def revisions(output: str | Path, article: str) -> list[dict[str, Any]]:
    """Return the rows of an article, the newest last; none where it is unknown.

    There is one a revision, and one more for each earlier extractor that read it otherwise.

    *article* is its address, its canonical address or its ``article_id``. Raises
    :exc:`DatasetError` where the output folder is none.
    """
    found = _rows(output, folder.ARTICLES, _names(article))
    if not found:
        return []
    # Of two, one may only have been read at the address that is the other's own.
    newest = max(found, key=lambda row: (row["canonical_url"] == article, row["revision"]))
    older = _rows(output, folder.REVISIONS, pc.field("article_id") == newest["article_id"])
    return [*sorted(older, key=_age), newest]


def _age(row: dict[str, Any]) -> tuple[int, int, str]:
    extractor = row["extractor_version"]
    return row["revision"], len(extractor), extractor


def changed_fields(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, old and new value of each column that changed, the text's own left out."""
    for name, value in new.items():
        if name not in READING | DERIVED and old[name] != value:
            yield name, old[name], value


def _names(article: str) -> pc.Expression:
    canonical = canonical_url(article) if "://" in article else article
    addresses = [article, canonical]
    return (
        pc.field("article_id").isin([article, fingerprint(canonical)])
        | pc.field("canonical_url").isin(addresses)
        | pc.field("url").isin(addresses)
    )


def _rows(output: str | Path, table: str, chosen: pc.Expression) -> list[dict[str, Any]]:
    storage = storage_at(output)
    keys = table_keys(storage, table)
    rows: list[dict[str, Any]] = scan(storage, table, keys, chosen).to_pylist()
    return rows
