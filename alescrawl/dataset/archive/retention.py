"""How long and how much of the raw archive is kept: whole months go, the oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from alescrawl.dataset.archive.warc import delete_dropped, drop_files
from alescrawl.dataset.ledger.connection import instant_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import datetime

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger

_FILES = """
SELECT file, max(fetched_at) AS newest, sum(length) AS size FROM raw GROUP BY file
ORDER BY newest DESC, file
"""
_MEGABYTE = 1_000_000


class Keep(NamedTuple):
    """What of the archive is kept: the newest *months*, at most *megabytes*; 0 for all."""

    months: int = 0
    megabytes: int = 0


def trim(ledger: Ledger, output: Folder, keep: Keep, now: datetime) -> int:
    """Delete the files of the archive that are beyond *keep*; return how many.

    This month's files stay whatever their size: another run may be writing to one.
    """
    if not any(keep):
        return 0
    with ledger.transaction() as db:
        beyond = list(_beyond(db, keep, now))
        drop_files(db, beyond)
    delete_dropped(ledger, output)
    return len(beyond)


def _beyond(db: sqlite3.Connection, keep: Keep, now: datetime) -> Iterator[str]:
    size = 0
    for row in db.execute(_FILES).fetchall():
        size += row["size"]
        age = _months(instant_text(now) or "") - _months(row["newest"])
        is_old = bool(keep.months) and age >= keep.months
        is_much = bool(keep.megabytes) and size > keep.megabytes * _MEGABYTE
        if age > 0 and (is_old or is_much):
            yield row["file"]


def _months(instant: str) -> int:
    """Return the number of months since the year 0 of an instant in ISO 8601."""
    year, month = instant.split("-")[:2]
    return int(year) * 12 + int(month)
