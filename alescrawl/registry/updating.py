"""`scrapy registry update`: the stock files become the compact file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from alescrawl.entities.gazetteer.lists import GARD
from alescrawl.registry.companies import (
    FILE,
    Provenance,
    day_of,
    registry_folder,
    write_companies,
)
from alescrawl.registry.sirene import Counts, Department, Stock
from alescrawl.registry.terms import facts

if TYPE_CHECKING:
    from alescrawl.dataset.folder import Folder


class Updated(NamedTuple):
    """What an update wrote, and what it left out."""

    provenance: Provenance
    counts: Counts
    missing: list[str]
    """Which of the files that may be missing are."""


def update(folder: Folder, base: str, agent: str, department: str = GARD) -> Updated:
    """Make the compact file of *department* out of the stock files at *base*.

    *base* is a folder or an address. Raises :exc:`DatasetError` where they cannot be read; what
    was there stays.
    """
    terms = facts()["sirene"]
    stock = Stock.at(base, agent)
    here = Department(stock, department)

    def provenance(count: int) -> Provenance:
        return Provenance(
            base,
            terms["licence"],
            terms["attribution"],
            day_of(here.last_change),
            datetime.now(UTC).replace(microsecond=0),
            department,
            count,
        )

    told = write_companies(registry_folder(folder) / FILE, here.companies(), provenance)
    found = {"history": stock.history, "successions": stock.successions}
    return Updated(told, here.counts, [terms["files"][k] for k, v in found.items() if v is None])
