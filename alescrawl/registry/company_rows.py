"""One company's row out of what the stock files say of it: its unit, establishments and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.registry.company_names import company_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Columns = dict[str, Any]
"""A row of a stock file: what it says as text, or nothing."""
PERSON: Final = "1000"
"""The legal form of a natural person's own business."""
PUBLIC: Final = "O"
_HIDDEN: Final = "[ND]"
_IN_FORCE: Final = "A"

UNIT: Final = (
    *("siren", "statutDiffusionUniteLegale", "dateCreationUniteLegale", "sigleUniteLegale"),
    *("identifiantAssociationUniteLegale", "trancheEffectifsUniteLegale", "categorieEntreprise"),
    *("dateDebut", "etatAdministratifUniteLegale", "denominationUniteLegale"),
    *(f"denominationUsuelle{n}UniteLegale" for n in (1, 2, 3)),
    *("categorieJuridiqueUniteLegale", "activitePrincipaleUniteLegale", "nicSiegeUniteLegale"),
    "dateDernierTraitementUniteLegale",
)
PERSONAL: Final = (
    *("nomUniteLegale", "nomUsageUniteLegale", "pseudonymeUniteLegale", "prenomUsuelUniteLegale"),
    *(f"prenom{n}UniteLegale" for n in (1, 2, 3, 4)),
)
"""Read to know a trade name that is only a person's name; never kept."""
ESTABLISHMENT: Final = (
    *("siren", "siret", "statutDiffusionEtablissement", "etablissementSiege"),
    *("codeCommuneEtablissement", "libelleCommuneEtablissement", "etatAdministratifEtablissement"),
    *(f"enseigne{n}Etablissement" for n in (1, 2, 3)),
    "denominationUsuelleEtablissement",
)
_BRANDS: Final = ESTABLISHMENT[7:]
_USUAL: Final = tuple(f"denominationUsuelle{n}UniteLegale" for n in (1, 2, 3))
HISTORY: Final = (
    *("siren", "dateDebut", "dateFin", "denominationUniteLegale", "nicSiegeUniteLegale"),
    *_USUAL,
)


def company_row(
    unit: Columns, establishments: Sequence[Columns], history: Sequence[Columns], department: str
) -> dict[str, Any] | None:
    """Return the row of a company, nothing where it has no name that may be told."""
    names = _names(unit, establishments)
    if not names.name:
        return None
    places = _Places.of(unit, establishments, department)
    in_force = unit["etatAdministratifUniteLegale"] == _IN_FORCE
    return {
        "siren": unit["siren"],
        "name": names.name,
        "sigle": _said(unit["sigleUniteLegale"]) or None,
        "brands": names.brands,
        "former_names": _former_names(names.name, history, unit),
        "legal_form": unit["categorieJuridiqueUniteLegale"],
        "created": unit["dateCreationUniteLegale"],
        "closed": None if in_force else unit["dateDebut"],
        "active": in_force,
        "activity": unit["activitePrincipaleUniteLegale"],
        "headcount": unit["trancheEffectifsUniteLegale"],
        "category": unit["categorieEntreprise"],
        "association": unit["identifiantAssociationUniteLegale"],
        "seat": places.seat,
        "seat_commune": places.seat_commune,
        "communes": places.communes,
        "seats": _seats(history, {r["siret"]: r for r in establishments}),
    }


class _Names(NamedTuple):
    name: str
    brands: list[str]


def _names(unit: Columns, establishments: Iterable[Columns]) -> _Names:
    """Return a company's name and its trade names; of a person's business those alone."""
    usual = [_said(unit[column]) for column in _USUAL]
    signs = [_said(row[column]) for row in establishments if _is_public(row) for column in _BRANDS]
    is_person = unit["categorieJuridiqueUniteLegale"] == PERSON
    own = {word for column in PERSONAL for word in company_key(_said(unit[column])).split()}
    brands = [
        brand
        for brand in dict.fromkeys((*usual, *signs))
        if brand and not (is_person and set(company_key(brand).split()) <= own)
    ]
    if is_person:
        return _Names(brands[0], brands[1:]) if brands else _Names("", [])
    name = _said(unit["denominationUniteLegale"])
    return _Names(name, [brand for brand in brands if brand != name])


def _said(text: str | None) -> str:
    """Return *text*, nothing where it is hidden."""
    return "" if text is None or _HIDDEN in text else " ".join(text.split())


def _is_public(row: Columns) -> bool:
    return row["statutDiffusionEtablissement"] in {PUBLIC, None}


class _Places(NamedTuple):
    seat: str | None
    seat_commune: str | None
    communes: list[str]
    """Of its establishments in the department."""

    @classmethod
    def of(
        cls,
        unit: Columns,
        establishments: Iterable[Columns],
        department: str,
    ) -> _Places:
        public = [row for row in establishments if _is_public(row)]
        siret = f"{unit['siren']}{(unit['nicSiegeUniteLegale'] or '').zfill(5)}"
        seats = [r for r in public if r["siret"] == siret] or [
            r for r in public if r["etablissementSiege"] == "true"
        ]
        seat = seats[0] if seats else {}
        codes = sorted({_said(row["codeCommuneEtablissement"]) for row in public})
        return cls(
            _said(seat.get("codeCommuneEtablissement")) or None,
            _said(seat.get("libelleCommuneEtablissement")) or None,
            [code for code in codes if code.startswith(department)],
        )


def _former_names(name: str, history: Sequence[Columns], unit: Columns) -> list[dict[str, Any]]:
    if unit["categorieJuridiqueUniteLegale"] == PERSON:
        return []
    periods = _runs((_said(r["denominationUniteLegale"]), r) for r in history)
    return [
        period(written, since, until)
        for written, since, until in periods
        if written and until and company_key(written) != company_key(name)
    ]


def _seats(history: Sequence[Columns], by_siret: Mapping[Any, Columns]) -> list[dict[str, Any]]:
    """Return the communes of the seat by date; of one seat that never moved nothing."""
    sirets = ((_siret(row), row) for row in history)
    communes = (
        (_said(by_siret.get(siret, {}).get("codeCommuneEtablissement")), row)
        for siret, row in sirets
    )
    found = [period(code, since, until) for code, since, until in _runs(communes) if code]
    return found if len(found) > 1 else []


def _siret(row: Columns) -> str:
    nic = row["nicSiegeUniteLegale"]
    return f"{row['siren']}{nic.zfill(5)}" if nic else ""


def former_seats(rows: Iterable[Columns]) -> set[str]:
    """Return the SIRETs of the seats that a history names."""
    return {siret for row in rows if (siret := _siret(row))}


def _runs(
    valued: Iterable[tuple[str, Columns]],
) -> Iterator[tuple[str, str, str]]:
    """Yield each value with the first and last day of the periods in a row that have it."""
    in_order = sorted(valued, key=lambda pair: pair[1]["dateDebut"] or "")
    value, since, until = "", "", ""
    for found, row in in_order:
        if found != value:
            if value:
                yield value, since, until
            value, since = found, row["dateDebut"] or ""
        until = row["dateFin"] or ""
    if value:
        yield value, since, until


def period(value: str, since: str, until: str) -> dict[str, Any]:
    """Return a value with the days from and until which it was so, where they are known."""
    return {"value": value, "since": since or None, "until": until or None}
