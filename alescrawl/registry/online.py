"""`scrapy registry resolve --online`: the State's search is asked for names that the file lacks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.dataset.errors import DatasetError
from alescrawl.entities.gazetteer.own_names import is_siren
from alescrawl.registry.companies import day_of
from alescrawl.registry.company_names import company_key
from alescrawl.registry.company_rows import PERSON
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from alescrawl.registry.polite import Interface
    from alescrawl.registry.store import Store

KEPT_DAYS: Final = 120
"""An answer is not asked for again for so long."""
PER_PAGE: Final = 25
_MOST_PAGES: Final = 3
"""A name of more companies is nobody's: its evidence decides among those, or a person."""
_PUBLIC: Final = "O"
_HIDDEN: Final = "[ND"


class Asked(NamedTuple):
    """How asking went."""

    names: int
    asked: int
    """Names that were not answered lately."""
    requests: int
    stopped: str
    """Why it stopped before the end, empty where it did not."""


def ask(names: Iterable[str], store: Store, search: Interface, today: date) -> Asked:
    """Ask *search* for *names* that *store* has no answer to, and keep each answer at once.

    Where no answer is to be had any more what came is kept, and the next time goes on there.
    """
    since = today - timedelta(days=KEPT_DAYS)
    queries = list(dict.fromkeys(filter(None, map(company_key, names))))
    asked = 0
    try:
        for query in queries:
            if store.answer(query, since) is None:
                asked += 1
                store.put_answer(query, today, list(_companies(query, search)))
    except DatasetError as error:
        return Asked(len(queries), asked, search.requests, str(error))
    return Asked(len(queries), asked, search.requests, "")


def _companies(query: str, search: Interface) -> Iterator[dict[str, Any]]:
    pages = 1
    page = 0
    while page < min(pages, _MOST_PAGES):
        page += 1
        found = search.get("/search", {"q": query, "page": page, "per_page": PER_PAGE})
        results = found.get("results")
        if not isinstance(results, list):
            raise DatasetError(
                f"{search.address} answers in another form (no results): upgrade alescrawl"
            )
        pages = int(found.get("total_pages") or 1)
        for result in results:
            if isinstance(result, dict) and (row := _row(result)) is not None:
                yield row


def _row(result: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a company as the compact file has it, with its managers; nothing of who is hidden."""
    siren = str(result.get("siren") or "")
    seat = _mapping(result.get("siege"))
    places = [seat, *(p for p in result.get("matching_etablissements") or () if _mapping(p))]
    if not is_siren(siren) or result.get("statut_diffusion", _PUBLIC) != _PUBLIC:
        return None
    form = str(result.get("nature_juridique") or "")
    complements = _mapping(result.get("complements"))
    is_person = form == PERSON or bool(complements.get("est_entrepreneur_individuel"))
    brands = list(dict.fromkeys(brand for place in places for brand in _brands(place)))
    name = "" if is_person else _said(result.get("nom_raison_sociale")) or _legal_name(result)
    own = set(company_key(_said(result.get("nom_complet"))).split()) if is_person else set()
    brands = [b for b in brands if b != name and not (own and set(company_key(b).split()) <= own)]
    if not name and not brands:
        return None
    communes = dict.fromkeys(filter(None, (_said(place.get("commune")) for place in places)))
    active = result.get("etat_administratif", "A") == "A"
    return {
        "siren": siren,
        "name": name or brands[0],
        "sigle": _said(result.get("sigle")) or None,
        "brands": brands if name else brands[1:],
        "former_names": [],
        "legal_form": PERSON if is_person else form or None,
        "created": result.get("date_creation"),
        "closed": None if active else result.get("date_fermeture"),
        "active": active,
        "activity": result.get("activite_principale"),
        "headcount": result.get("tranche_effectif_salarie"),
        "category": result.get("categorie_entreprise"),
        "association": complements.get("identifiant_association"),
        "seat": _said(seat.get("commune")) or None,
        "seat_commune": _said(seat.get("libelle_commune")) or None,
        "communes": list(communes),
        "seats": [],
        "successors": [],
        "managers": [] if is_person else sorted(_managers(result)),
    }


def _mapping(value: Any) -> dict[str, Any]:  # noqa: ANN401 - of JSON
    return value if isinstance(value, dict) else {}


def _said(value: Any) -> str:  # noqa: ANN401 - of JSON
    text = value if isinstance(value, str) else ""
    return "" if _HIDDEN in text else " ".join(text.split())


def _legal_name(result: Mapping[str, Any]) -> str:
    """Return the name before the sigle and trade names that stand in brackets after it."""
    return _said(result.get("nom_complet")).partition(" (")[0]


def _brands(place: Mapping[str, Any]) -> Iterator[str]:
    signs = place.get("liste_enseignes")
    for sign in (*(signs if isinstance(signs, list) else ()), place.get("nom_commercial")):
        if brand := _said(sign):
            yield brand


def _managers(result: Mapping[str, Any]) -> set[str]:
    """Return the managers that are persons, first given name and surname, folded."""
    found = set()
    for manager in map(_mapping, result.get("dirigeants") or ()):
        given = _said(manager.get("prenoms")).replace(",", " ").split()
        surname = _said(manager.get("nom")).partition(" (")[0]
        if given and surname:
            found.add(fold(f"{given[0]} {surname}"))
    return found


class Known(NamedTuple):
    """What the search answered: companies as the compact file has them, and their managers."""

    companies: list[dict[str, Any]]
    managers: dict[str, frozenset[str]]


def known(store: Store) -> Known:
    """Return what was answered until now, each company once."""
    companies: dict[str, dict[str, Any]] = {}
    managers: dict[str, frozenset[str]] = {}
    for rows in store.answers():
        for row in rows:
            managers[row["siren"]] = frozenset(row.pop("managers"))
            days = {name: day_of(row[name]) for name in ("created", "closed")}
            companies[row["siren"]] = row | days
    return Known(list(companies.values()), managers)
