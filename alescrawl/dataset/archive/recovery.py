"""What processes that were killed, and power cuts, left of the archive and its index."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alescrawl.dataset.archive.warc import BATCH, DamagedRecord, end_of, read_page, record_of
from alescrawl.dataset.ledger.connection import instant_text
from alescrawl.extraction.canonical import canonical_url

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger

# Pages were left out of it; any other file may be of a ledger that was lost.
_REWRITTEN = re.compile(r"\.\d+\.warc\.gz$")


def delete_leftovers(ledger: Ledger, output: Folder, sources: Iterable[str]) -> None:
    """Delete what the index does not know of the files of *sources*, and of it what is not there.

    No other run of these may be under way: it writes first and commits then.
    """
    for source in sources:
        for path in (output.raw / f"source={source}").glob("*.warc.gz"):
            _drop_lost(ledger, source, path)
            end = end_of(ledger, f"source={source}/{path.name}")
            if 0 < end < path.stat().st_size:
                os.truncate(path, end)
            elif not end and _REWRITTEN.search(path.name):
                path.unlink()


_AFTER_END = 'SELECT * FROM raw WHERE file = ? AND "offset" + length > ?'
_NEWEST = 'SELECT * FROM raw WHERE file = ? ORDER BY "offset" DESC LIMIT ?'
# Without the validators: else the page would not come again.
_ASK_AGAIN = """
UPDATE urls SET next_check = ?, etag = NULL, last_modified = NULL
WHERE source = ? AND url = ? AND status = 'article'
"""


def _drop_lost(ledger: Ledger, source: str, path: Path) -> None:
    """Drop from the index what a power cut took of a file; those pages are asked for again."""
    file = f"source={source}/{path.name}"
    lost = ledger.query(_AFTER_END, file, path.stat().st_size).fetchall()
    if lost or _was_cut_off(ledger, source):
        # Blocks that were not written yet may be zeros, and not the last ones alone.
        newest = ledger.query(_NEWEST, file, 2 * BATCH).fetchall()
        lost += [row for row in newest if row not in lost and not _is_sound(path, row)]
    if not lost:
        return
    now = instant_text(datetime.now(UTC))
    with ledger.transaction() as db:
        for row in lost:
            db.execute('DELETE FROM raw WHERE file = ? AND "offset" = ?', (file, row["offset"]))
            db.execute(_ASK_AGAIN, (now, source, canonical_url(row["url"])))


def _was_cut_off(ledger: Ledger, source: str) -> bool:
    """Return whether the last run of a source did not come to its end."""
    last = "SELECT ended FROM runs WHERE source = ? ORDER BY run_id DESC LIMIT 1"
    found = ledger.query(last, source).fetchone()
    return found is not None and found["ended"] is None


def _is_sound(path: Path, row: sqlite3.Row) -> bool:
    record = record_of(row)
    try:
        read_page(
            path.parent.parent,
            record.location,
            record.digest if record.kind == "response" else None,
        )
    except DamagedRecord:
        return False
    return True
