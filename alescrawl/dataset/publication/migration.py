"""The tables of an output folder as they are, and the way to the columns of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alescrawl.dataset import tables
from alescrawl.dataset.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.dataset.storage.files import Storage

EMPTY = "schema.parquet"
"""A valid file without rows in each table's folder: readers find the columns before any row."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A table with other columns than today's: what its files lack, and which are written anew."""

    name: str
    added: list[str]
    files: list[str]


def prepare_tables(ledger: Ledger, output: Folder) -> None:
    """Make every table readable, before the first row too, with today's columns.

    Where a table has other columns all its partitions are marked as changed, so that they are
    published again. The file that tells the columns comes first: a reader takes them from it,
    and finds null where a partition does not have them yet.
    """
    # Arrow is slow to import, and a command that publishes nothing does without it.
    from alescrawl.dataset import schema  # noqa: PLC0415
    from alescrawl.dataset.storage.parquet import write_rows  # noqa: PLC0415

    for name in tables.COLUMNS:
        key = f"{name}/{EMPTY}"
        columns = output.published.columns(key)
        if columns is not None and _is_current(columns, output.published.name(key), name):
            continue
        # Also where there is none: the partitions may have been published elsewhere until now.
        with ledger.transaction() as db:
            db.execute("UPDATE parts SET changes = changes + 1 WHERE dataset = ?", (name,))
        write_rows((), schema.TABLES[name], output.published, key)


def outdated_tables(output: Folder) -> list[Outdated]:
    """Return the tables of which a file has other columns than today's."""
    found = (_outdated(output.published, name) for name in tables.COLUMNS)
    return [table for table in found if table.files]


def mark_outdated(ledger: Ledger, outdated: Iterable[Outdated]) -> None:
    """Let the files of *outdated* tables that *ledger* publishes be published again.

    Where several ledgers publish to one place, only the first meets the older columns there.
    """
    with ledger.transaction() as db:
        db.executemany(
            "UPDATE parts SET changes = changes + 1 "
            "WHERE dataset || '/source=' || source || '/' || part || '.parquet' = ?",
            [(key,) for table in outdated for key in table.files],
        )


def _outdated(storage: Storage, name: str) -> Outdated:
    found = {key: storage.columns(key) for key in storage.keys(name)}
    kept = {key: columns for key, columns in found.items() if columns is not None}
    files = [key for key in kept if not _is_current(kept[key], storage.name(key), name)]
    sound = [set(kept[key].names) for key in files if kept[key].names]
    added = [c for c in tables.COLUMNS[name] if any(c not in names for names in sound)]
    return Outdated(name, added, files)


def _is_current(columns: pa.Schema, path: str, name: str) -> bool:
    """Return whether a file has today's columns; a newer program's are refused.

    A damaged file has none: it is written anew.
    """
    from alescrawl.dataset import schema  # noqa: PLC0415 - as above

    schema.refuse_newer(columns, path)
    if unknown := [c for c in columns.names if c not in tables.COLUMNS[name]]:
        raise DatasetError(
            f"{path} has columns that this alescrawl does not know ({', '.join(unknown)}): "
            "a newer one made it, upgrade alescrawl"
        )
    same_version = schema.check_version(columns.metadata) == schema.SCHEMA_VERSION
    return same_version and columns.equals(schema.TABLES[name], check_metadata=False)
