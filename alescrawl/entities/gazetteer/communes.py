"""The communes as facts: names of all of France; of the Gard population, EPCI and centre."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from alescrawl.entities.gazetteer import lists


class Commune(NamedTuple):
    """A commune of the Gard."""

    insee: str
    name: str
    population: int | None
    epci_siren: str
    epci: str
    arrondissement: str
    latitude: float | None
    """Of the centre of its area, degrees."""
    longitude: float | None


@cache
def commune_names() -> dict[str, str]:
    """Return the names of the communes of France by their INSEE code."""
    return {insee: name for _, insee, name, _ in lists.rows("communes.tsv.gz")}


@cache
def epci_names() -> dict[str, str]:
    """Return what the EPCIs of the Gard are called, by their SIREN."""
    by_siren = {e.siren: e.name for e in lists.institutions_by_id().values() if e.siren}
    sirens = dict.fromkeys(cells[3] for cells in lists.rows("communes_gard.tsv"))
    return {siren: by_siren.get(siren, siren) for siren in sirens}


@cache
def gard_communes() -> tuple[Commune, ...]:
    """Return the communes of the Gard in the order of their codes."""
    epcis = epci_names()
    return tuple(
        Commune(
            insee,
            name,
            int(population) if population else None,
            siren,
            epcis[siren],
            arrondissement,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
        )
        for insee, name, population, siren, arrondissement, latitude, longitude in lists.rows(
            "communes_gard.tsv"
        )
    )
