"""The companies of a department out of Insee's stock files, in memory that they do not swell.

The establishments are passed over twice: two columns to know whose they are, then all that is
wanted of those rows. What is kept of a person's own business is its trade name alone, where it has
one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from alescrawl.registry.company_rows import (
    ESTABLISHMENT,
    HISTORY,
    PERSON,
    PERSONAL,
    PUBLIC,
    UNIT,
    Columns,
    company_row,
    former_seats,
    period,
)
from alescrawl.registry.stock_files import MissingFileError, StockFile, place_of
from alescrawl.registry.terms import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SUCCESSION: Final = (
    *("siretEtablissementPredecesseur", "siretEtablissementSuccesseur", "dateLienSuccession"),
    "continuiteEconomique",
)


class Counts(NamedTuple):
    """What a pass over the files found."""

    units: int
    """Legal units with an establishment in the department, ceased ones too."""
    kept: int
    persons: int
    """Of those kept, persons' own businesses, under their trade names."""
    hidden: int
    """Left out: they objected to diffusion."""
    nameless: int
    """Left out: without a name, and persons' businesses without a trade name."""


@dataclass
class Stock:
    """The stock files; *history* and *successions* may be missing."""

    units: StockFile
    establishments: StockFile
    history: StockFile | None = None
    successions: StockFile | None = None

    @classmethod
    def at(cls, base: str, agent: str) -> Stock:
        """Open the files in a folder or below an address."""
        names = facts()["sirene"]["files"]
        found = {kind: place_of(base, name) for kind, name in names.items()}
        stock = cls(
            StockFile(found["units"], agent),
            StockFile(found["establishments"], agent),
            _perhaps(found["history"], agent),
            _perhaps(found["successions"], agent),
        )
        stock.units.need(("siren", "statutDiffusionUniteLegale", "denominationUniteLegale"))
        stock.establishments.need(("siren", "siret", "codeCommuneEtablissement"))
        return stock


def _perhaps(place: str, agent: str) -> StockFile | None:
    try:
        return StockFile(place, agent)
    except MissingFileError:
        return None


@dataclass
class Department:
    """What the files say of the companies of one *department*; read once, in order."""

    stock: Stock
    department: str
    sirens: list[str] = field(default_factory=list)
    hidden: int = 0
    nameless: int = 0
    persons: int = 0
    kept: int = 0
    last_change: str = ""
    """The day of the last change of a unit."""

    def companies(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each company, by SIREN."""
        self.sirens = self._with_establishment()
        history = _BySiren(self._history())
        seats = {siret for rows in history.values() for siret in former_seats(rows)}
        establishments = _BySiren(self._establishments(seats))
        successors = self._successors()
        units = _sorted(self.stock.units, (*UNIT, *PERSONAL), self.sirens)
        for unit in _rows(units):
            siren = unit["siren"]
            changed = (unit["dateDernierTraitementUniteLegale"] or "")[:10]
            self.last_change = max(self.last_change, changed)
            row = self._row(unit, establishments.get(siren), history.get(siren))
            if row is not None:
                self.kept += 1
                yield row | {"successors": successors.get(siren, [])}

    @property
    def counts(self) -> Counts:
        """What was found, once all are read."""
        return Counts(len(self.sirens), self.kept, self.persons, self.hidden, self.nameless)

    def _with_establishment(self) -> list[str]:
        file = self.stock.establishments
        columns = ("siren", "codeCommuneEtablissement")
        parts = [t["siren"] for t in file.tables(columns, self._is_here)]
        chunks = [chunk for part in parts for chunk in part.chunks]
        found = pc.unique(pa.chunked_array(chunks, pa.string()))
        return sorted(found.to_pylist())

    def _is_here(self, table: pa.Table) -> pa.Array:
        return pc.starts_with(table["codeCommuneEtablissement"], self.department).fill_null(False)

    def _establishments(self, seats: Iterable[str]) -> pa.Table:
        of_companies = pa.array(self.sirens, pa.string())
        former = pa.array(list(seats), pa.string())

        def chosen(table: pa.Table) -> pa.Array:
            is_seat = pc.and_(
                pc.equal(table["etablissementSiege"], "true").fill_null(False),
                pc.is_in(table["siren"], of_companies),
            )
            was_seat = pc.is_in(table["siret"], former)
            return pc.or_(pc.or_(self._is_here(table), is_seat), was_seat)

        return _table(
            self.stock.establishments.tables(ESTABLISHMENT, chosen, sirens=self.sirens),
            ESTABLISHMENT,
        )

    def _history(self) -> pa.Table:
        if self.stock.history is None:
            return _table([], HISTORY)
        return _sorted(self.stock.history, HISTORY, self.sirens)

    def _successors(self) -> dict[str, list[dict[str, Any]]]:
        """Return which other company took over what a company was, and when."""
        if self.stock.successions is None:
            return {}
        sirens = pa.array(self.sirens, pa.string())

        def chosen(table: pa.Table) -> pa.Array:
            before = pc.utf8_slice_codeunits(table[_SUCCESSION[0]], 0, 9)
            after = pc.utf8_slice_codeunits(table[_SUCCESSION[1]], 0, 9)
            goes_on = pc.equal(table["continuiteEconomique"], "true").fill_null(False)
            return pc.and_(
                pc.and_(pc.is_in(before, sirens), pc.not_equal(before, after)), goes_on
            ).fill_null(False)

        found: dict[str, dict[str, str]] = {}
        for table in self.stock.successions.tables(_SUCCESSION, chosen):
            for row in table.to_pylist():
                before, after = row[_SUCCESSION[0]][:9], row[_SUCCESSION[1]][:9]
                found.setdefault(before, {})[after] = row["dateLienSuccession"] or ""
        return {
            siren: [period(after, day, "") for after, day in sorted(after_it.items())]
            for siren, after_it in found.items()
        }

    def _row(
        self, unit: Columns, establishments: Sequence[Columns], history: Sequence[Columns]
    ) -> dict[str, Any] | None:
        if unit["statutDiffusionUniteLegale"] != PUBLIC:
            self.hidden += 1
            return None
        row = company_row(unit, establishments, history, self.department)
        if row is None:
            self.nameless += 1
        else:
            self.persons += unit["categorieJuridiqueUniteLegale"] == PERSON
        return row


def _sorted(file: StockFile, columns: Sequence[str], sirens: Sequence[str]) -> pa.Table:
    known = pa.array(sirens, pa.string())
    parts = file.tables(columns, lambda t: pc.is_in(t["siren"], known), sirens=sirens)
    return _table(parts, columns).sort_by("siren")


def _table(parts: Iterable[pa.Table], columns: Sequence[str]) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in columns])
    return pa.concat_tables([schema.empty_table(), *parts])


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(1_000):
        yield from batch.to_pylist()


class _BySiren:
    """Rows of a table by SIREN, made into objects when they are asked for."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table.sort_by("siren").combine_chunks()
        self._slices: dict[str, tuple[int, int]] = {}
        begin = 0
        for siren, group in groupby(self._table["siren"].to_pylist()):
            length = sum(1 for _ in group)
            self._slices[siren] = begin, length
            begin += length

    def get(self, siren: str) -> list[dict[str, Any]]:
        """Return the rows of *siren*."""
        rows: list[dict[str, Any]] = self._table.slice(*self._slices.get(siren, (0, 0))).to_pylist()
        return rows

    def values(self) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of each."""
        return map(self.get, self._slices)
