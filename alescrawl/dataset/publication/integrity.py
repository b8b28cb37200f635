"""Whether the files that the ledger counts as published are there, and as they were written."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alescrawl.dataset.ledger.partitions import partition_key
from alescrawl.dataset.storage.file_marks import LETTERS, mark_of, read_mark

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.storage.file_marks import FileMark, FileTimes
    from alescrawl.dataset.storage.files import Storage

Loss = Literal["missing", "damaged"]

_PUBLISHED: Final = """
SELECT dataset, source, part, file, changes > published AS is_dirty FROM parts WHERE published > 0
"""
# One that is to be written anyway, or waits, stays as it is.
_WRITE_AGAIN: Final = """
UPDATE parts SET changes = changes + (changes = published)
WHERE (dataset, source, part) = (?, ?, ?)
"""
_REMEMBER: Final = "UPDATE parts SET file = ? WHERE (dataset, source, part) = (?, ?, ?)"


class Partition(NamedTuple):
    """One file of a table, by the names that the ledger has for it."""

    table: str
    source: str
    part: str

    @property
    def key(self) -> str:
        """Where it lies in the place that is published to."""
        return partition_key(*self)


class LostFile(NamedTuple):
    """A published file that is not what was written, or not there."""

    partition: Partition
    loss: Loss

    def __str__(self) -> str:
        return f"{self.loss}: {self.partition.key}"


@dataclass(slots=True)
class _Check:
    """What a look at a file came to: what is wrong with it, and a *mark* that is new."""

    loss: Loss | None = None
    mark: FileMark | None = None


def find_lost(db: sqlite3.Connection, output: Folder) -> list[LostFile]:
    """Return the published files that are not as they were written, without changing anything.

    None where the ledger published to another place last: then all is published anew here.
    """
    place = "" if output.elsewhere is None else str(output.elsewhere)
    if db.execute("SELECT published_to FROM identity").fetchone()[0] != place:
        return []
    return [
        LostFile(partition, check.loss)
        for partition, check in _checks(db.execute(_PUBLISHED), output.published, thorough=False)
        if check.loss is not None
    ]


def write_lost_again(ledger: Ledger, output: Folder) -> list[LostFile]:
    """Let the published files that are not as they were written be published again; return them.

    A file that only has another time, as a copy has, is read whole once.
    """
    rows = ledger.query(_PUBLISHED).fetchall()
    checks = list(_checks(rows, output.published, thorough=True))
    marks = [(str(check.mark), *partition) for partition, check in checks if check.mark]
    lost = [LostFile(partition, check.loss) for partition, check in checks if check.loss]
    if marks or lost:
        with ledger.transaction() as db:
            db.executemany(_REMEMBER, marks)
            db.executemany(_WRITE_AGAIN, [each.partition for each in lost])
    return lost


def _checks(
    rows: Iterable[sqlite3.Row], storage: Storage, *, thorough: bool
) -> Iterator[tuple[Partition, _Check]]:
    in_order = sorted(rows, key=lambda row: row[0])
    for table, of_table in groupby(in_order, key=lambda row: row[0]):
        times = storage.times(table)
        for row in of_table:
            partition = Partition(table, row[1], row[2])
            found = times.get(partition.key)
            known = read_mark(row[3]) if row[3] else None
            check = _check(storage, partition.key, found, known, thorough=thorough)
            if check.loss == "damaged" and row[4]:
                # A process may have put a newer file there, and be about to record it or be killed.
                check = _check(storage, partition.key, found, None, thorough=thorough)
            yield partition, check


def _check(
    storage: Storage, key: str, found: FileTimes | None, known: FileMark | None, *, thorough: bool
) -> _Check:
    if found is None:
        return _Check("missing")
    if found.size == 0 or (known is not None and found.size != known.size):
        return _Check("damaged")
    if known is not None and _is_of_same_time(storage, found, known):
        if not _has_footer(storage, key, known):
            return _Check("damaged")
        is_news = found.modified and not known.modified
        return _Check(mark=known._replace(modified=found.modified) if is_news else None)
    if not thorough:
        is_well = _is_parquet(storage, key) if known is None else _has_footer(storage, key, known)
        return _Check(None if is_well else "damaged")
    return _read_whole(storage, key, found, known)


def _is_of_same_time(storage: Storage, found: FileTimes, known: FileMark) -> bool:
    """Return whether a file was written when it is said to have been, as far as that is known."""
    if not (known.modified and found.modified):
        return True
    return abs(known.modified - found.modified) <= storage.time_tolerance


def _has_footer(storage: Storage, key: str, known: FileMark) -> bool:
    """Return whether the file ends as it was written, as far as that can be seen at no cost."""
    end = storage.end_of(key, known.tail)
    return end is None or zlib.crc32(end) == known.footer


def _is_parquet(storage: Storage, key: str) -> bool:
    """Return whether the file ends as every Parquet file does, as far as that can be seen so."""
    end = storage.end_of(key, len(LETTERS))
    return end is None or end == LETTERS


def _read_whole(storage: Storage, key: str, found: FileTimes, known: FileMark | None) -> _Check:
    from alescrawl.dataset.storage.parquet import is_whole  # noqa: PLC0415 - slow to import

    data = storage.read(key)
    if data is None:
        return _Check("missing")
    mark = mark_of(BytesIO(data), found.modified)
    if mark is None or (known is not None and mark.digest != known.digest):
        return _Check("damaged")
    # One that an earlier alescrawl wrote: by what it is known was not recorded.
    if known is None and not is_whole(data):
        return _Check("damaged")
    return _Check(mark=mark)


def told(lost: Iterable[LostFile]) -> str:
    """Return in one line how many files are lost, and the first of them."""
    found = list(lost)
    counts = [
        f"{count} {loss}"
        for loss in ("missing", "damaged")
        if (count := sum(each.loss == loss for each in found))
    ]
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{', '.join(counts)}: {found[0].partition.key}{more}" if found else "none"
