"""Publication: the partitions whose rows changed are written as Parquet and replaced whole."""

from __future__ import annotations

import logging
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from alescrawl.dataset import tables
from alescrawl.dataset.ledger.articles import unpack
from alescrawl.dataset.ledger.mentions import mention_rows
from alescrawl.dataset.ledger.near_duplicates import cluster_columns
from alescrawl.dataset.ledger.runs import runs_of_month
from alescrawl.dataset.publication.integrity import Partition, write_lost_again
from alescrawl.dataset.publication.migration import prepare_tables
from alescrawl.dataset.publication.ownership import claim, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.publication.integrity import LostFile

logger = logging.getLogger(__name__)

_DIRTY = """
SELECT dataset, source, part, changes, published, dataset != ?1 AND source IN (
    SELECT source FROM sources
    WHERE coalesce(running, held, reprocess_held, backfill_held) IS NOT NULL) AS waits
FROM parts WHERE changes > published AND (removes OR NOT waits)
"""
_ALL = f"{_DIRTY} ORDER BY loses"
_CHANGED = """
SELECT 1 FROM parts WHERE changes > published AND (dataset, source, part) = (?, ?, ?)
"""
_ONE = f"{_DIRTY} AND (dataset, source, part) = (?2, ?3, ?4)"


def publish(ledger: Ledger, output: Folder, *, look: bool = True) -> int:
    """Write every partition that changed since it was last written; return how many.

    So is one whose file is gone, cut or damaged, which is logged as a warning, unless nobody is
    to *look*.

    Of those of a source whose run is not judged yet, or whose rows wait, only the rows of which
    something had to go.

    One process at a time: of two, the slower would put an older state over a newer one.
    """
    with output.publishing():
        settle(ledger, output)
        prepare_tables(ledger, output)
        lost = write_lost_again(ledger, output) if look else []
        written = _publish_changed(ledger, output, {each.partition for each in lost})
        _warn(ledger, output, lost)
    return written


def _warn(ledger: Ledger, output: Folder, lost: list[LostFile]) -> None:
    for each in lost:
        waits = ledger.query(_CHANGED, *each.partition).fetchone() is not None
        done = "it is written anew once its rows may be" if waits else "it was written anew"
        logger.warning("%s was %s: %s", output.published.name(each.partition.key), each.loss, done)


def _publish_changed(ledger: Ledger, output: Folder, lost: set[Partition]) -> int:
    # An article that moves is for a moment in both partitions rather than in none.
    dirty = ledger.query(_ALL, tables.RUNS).fetchall()
    claim(ledger, output, {row["source"] for row in dirty})
    written = sum(_publish_part(ledger, output, Partition(*row[:3]), lost) for row in dirty)
    with ledger.transaction() as db:
        db.execute("DELETE FROM removed WHERE NOT EXISTS (SELECT 1 FROM parts WHERE removes)")
    return written


def _publish_part(
    ledger: Ledger, output: Folder, partition: Partition, lost: set[Partition]
) -> bool:
    """Write a partition if it still may be: a run may have begun since it was found changed."""
    if partition in lost and _waits(ledger, partition):
        _leave_nothing_of_it(ledger, output, partition)
        return False
    # Slow to import, and a run that brought nothing new writes nothing.
    from alescrawl.dataset.schema import TABLES  # noqa: PLC0415
    from alescrawl.dataset.storage.parquet import read_rows, write_rows  # noqa: PLC0415

    # What the gate says and the rows are of one moment.
    with ledger.snapshot():
        found = ledger.query(_ONE, tables.RUNS, *partition).fetchone()
        if found is None:
            return False
        rows = _READERS[partition.table](ledger, partition.source, partition.part)
        if found["waits"]:
            removed = {row["article_id"] for row in ledger.query("SELECT article_id FROM removed")}
            rows = _in_place(read_rows(output.published, partition.key), rows, removed)
        mark = write_rows(rows, TABLES[partition.table], output.published, partition.key)
    changes, published = found["changes"], found["published"]
    if mark is not None:
        mark = mark._replace(modified=output.published.modified(partition.key))
    with ledger.transaction() as db:
        db.execute(
            "UPDATE parts SET published = ?1, loses = (changes > ?1) * loses, "
            "removes = (changes > ?2) * removes, file = ?3 "
            "WHERE (dataset, source, part) = (?4, ?5, ?6)",
            (
                published if found["waits"] else changes,
                changes,
                None if mark is None else str(mark),
                *partition,
            ),
        )
    return True


def _waits(ledger: Ledger, partition: Partition) -> bool:
    found = ledger.query(_ONE, tables.RUNS, *partition).fetchone()
    return found is not None and bool(found["waits"])


def _leave_nothing_of_it(ledger: Ledger, output: Folder, partition: Partition) -> None:
    """Delete what cannot be read of a file from which something has to go, while its rows wait."""
    if partition.key in output.published.times(partition.table):
        output.published.remove(partition.key)
    with ledger.transaction() as db:
        db.execute(
            "UPDATE parts SET removes = 0 WHERE (dataset, source, part) = (?, ?, ?)", partition
        )


def _in_place(
    published: list[dict[str, Any]], rows: Iterable[dict[str, Any]], removed: set[str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows that are *published*, those of *removed* articles as they are now."""
    known = {row["article_id"] for row in published} & removed
    kept = (row for row in published if row["article_id"] not in known)
    now = (row for row in rows if row["article_id"] in known)
    yield from merge(kept, now, key=itemgetter("article_id"))


def _article_rows(ledger: Ledger, source: str, part: str) -> Iterable[dict[str, Any]]:
    rows = ledger.query(
        "SELECT article_id, row, cluster_id FROM articles LEFT JOIN shingled USING (article_id) "
        "WHERE articles.source = ? AND part = ? ORDER BY article_id",
        source,
        part,
    )
    for row in rows:
        yield unpack(row["row"]) | cluster_columns(row["article_id"], row["cluster_id"])


def _revision_rows(ledger: Ledger, source: str, part: str) -> Iterable[dict[str, Any]]:
    rows = ledger.query(
        "SELECT row FROM revisions WHERE source = ? AND part = ? "
        "ORDER BY article_id, revision, length(extractor), extractor",
        source,
        part,
    )
    return (unpack(row["row"]) for row in rows)


_READERS: dict[str, Callable[[Ledger, str, str], Iterable[dict[str, Any]]]] = {
    tables.ARTICLES: _article_rows,
    tables.REVISIONS: _revision_rows,
    tables.MENTIONS: mention_rows,
    tables.RUNS: runs_of_month,
}
