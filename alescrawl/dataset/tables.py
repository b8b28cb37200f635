"""The tables of an output folder as they are, and the way to the columns of today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.parquet import write_rows
from alescrawl.dataset.schema import SCHEMA_VERSION, TABLES, check_version

if TYPE_CHECKING:
    from pathlib import Path

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger import Ledger

EMPTY = "schema.parquet"
"""A valid file without rows in each table's folder: readers find the columns before any row."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """A table with other columns than today's: what its files lack, and which are written anew."""

    name: str
    added: list[str]
    files: list[Path]


def prepare_tables(ledger: Ledger, output: Folder) -> None:
    """Make every table readable, before the first row too, with today's columns.

    Where a table has other columns all its partitions are marked as changed, so that they are
    published again. The file that tells the columns comes first: a reader takes them from it,
    and finds null where a partition does not have them yet.
    """
    for name in TABLES:
        path = output.table(name) / EMPTY
        if path.exists():
            if _is_current(path, name):
                continue
            with ledger.transaction() as db:
                db.execute("UPDATE parts SET changes = changes + 1 WHERE dataset = ?", (name,))
        write_rows((), TABLES[name], path)


def outdated_tables(output: Folder) -> list[Outdated]:
    """Return the tables of which a file has other columns than today's."""
    found = (_outdated(output, name) for name in TABLES)
    return [table for table in found if table.files]


def refuse_newer(path: Path, columns: pa.Schema) -> None:
    """Raise :exc:`DatasetError` where a file's *columns* are those of a newer alescrawl."""
    version = check_version(columns.metadata)
    if version > SCHEMA_VERSION:
        raise DatasetError(
            f"{path} was made by a newer alescrawl (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade alescrawl"
        )


def _outdated(output: Folder, name: str) -> Outdated:
    paths = sorted(output.table(name).rglob("[!._]*.parquet"))
    files = [path for path in paths if not _is_current(path, name)]
    kept = [set(columns.names) for path in files if (columns := _columns(path)) is not None]
    added = [c for c in TABLES[name].names if any(c not in names for names in kept)]
    return Outdated(name, added, files)


def _is_current(path: Path, name: str) -> bool:
    """Return whether a file has today's columns; a newer program's are refused."""
    columns = _columns(path)
    if columns is None:
        return False
    refuse_newer(path, columns)
    if unknown := [c for c in columns.names if c not in TABLES[name].names]:
        raise DatasetError(
            f"{path} has columns that this alescrawl does not know ({', '.join(unknown)}): "
            "a newer one made it, upgrade alescrawl"
        )
    same_version = check_version(columns.metadata) == SCHEMA_VERSION
    return same_version and columns.equals(TABLES[name], check_metadata=False)


def _columns(path: Path) -> pa.Schema | None:
    """Return the columns of a file, nothing where it is damaged: it is then written anew."""
    try:
        return pq.read_schema(path)
    except pa.ArrowInvalid:
        return None
