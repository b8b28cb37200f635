"""The compact file of companies beside the ledger: written whole, read by name and by SIREN."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import pyarrow.parquet as pq

from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.schema import COMPANIES
from alescrawl.dataset.storage.files import replacing
from alescrawl.dataset.storage.parquet import RowWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from alescrawl.dataset.folder import Folder

FILE: Final = "companies.parquet"
_PREFIX: Final = "registry."
_DAYS: Final = ("created", "closed")
_PERIODS: Final = ("former_names", "seats", "successors")


def registry_folder(folder: Folder) -> Path:
    """Return where the registers' files lie: beside the ledger."""
    return folder.root / "registry"


@dataclass(frozen=True)
class Provenance:
    """Whose data the compact file holds, and as of when."""

    source: str
    licence: str
    attribution: str
    stock_date: date | None
    """Of the last change that the stock files know."""
    written: datetime
    department: str
    companies: int

    def metadata(self) -> dict[bytes, bytes]:
        """Return it as metadata of a Parquet file."""
        told = {name: "" if v is None else str(v) for name, v in vars(self).items()}
        return {f"{_PREFIX}{name}".encode(): value.encode() for name, value in told.items()}

    @classmethod
    def of(cls, metadata: dict[bytes, bytes]) -> Provenance:
        """Undo :meth:`metadata`."""

        def said(name: str) -> str:
            return metadata.get(f"{_PREFIX}{name}".encode(), b"").decode()

        return cls(
            said("source"),
            said("licence"),
            said("attribution"),
            date.fromisoformat(said("stock_date")) if said("stock_date") else None,
            datetime.fromisoformat(said("written")),
            said("department"),
            int(said("companies") or 0),
        )


def write_companies(
    path: Path, rows: Iterable[dict[str, Any]], provenance: Callable[[int], Provenance]
) -> Provenance:
    """Write the compact file whole: what was there stays until it is complete.

    *provenance* tells of the file, once all rows are read, given how many they are.
    """
    with replacing(path) as file:
        writer = RowWriter(file, COMPANIES)
        count = 0
        try:
            for row in rows:
                writer.write(_typed(row))
                count += 1
        except BaseException:
            writer.abandon()
            raise
        told = provenance(count)
        writer.describe(told.metadata())
        writer.close()
    return told


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: day_of(row[name]) for name in _DAYS}
    periods = {
        name: [p | {"since": day_of(p["since"]), "until": day_of(p["until"])} for p in row[name]]
        for name in _PERIODS
    }
    return row | days | periods


def day_of(text: str | None) -> date | None:
    """Return a day of the stock; the year 1900 stands there for one that is not known."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if found.year > 1900 else None  # noqa: PLR2004 - see above


def read_companies(folder: Folder) -> tuple[Provenance, Iterator[dict[str, Any]]]:
    """Return what the compact file is, and its rows; :exc:`DatasetError` where there is none."""
    path = registry_folder(folder) / FILE
    if not path.exists():
        raise DatasetError(
            f"there is no file of companies in {path.parent}: `scrapy registry update` makes it"
        )
    try:
        file = pq.ParquetFile(path)
        told = Provenance.of(file.schema_arrow.metadata | (file.metadata.metadata or {}))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path} is damaged: run `scrapy registry update` again") from error
    return told, (row for batch in file.iter_batches(2_000) for row in batch.to_pylist())
