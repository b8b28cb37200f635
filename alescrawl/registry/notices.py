"""A notice of the gazette (BODACC) as what happened to companies: kinds, dates, facts, no person.

Records are those of the dataset `annonces-commerciales`; several of their fields hold JSON in a
string. Nothing of a natural person but the number of its business is read out of a notice.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from alescrawl.entities.gazetteer.own_names import is_siren
from alescrawl.registry.terms import facts
from alescrawl.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CEASED: Final = re.compile(r"cessation des paiements\D{0,12}(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_CEASED_DIGITS: Final = re.compile(r"cessation des paiements\D{0,12}(\d{1,2})/(\d{1,2})/(\d{4})")
_PRICE: Final = re.compile(
    r"prix (?:stipule|principal)?\s*(?:de|:)?\s*([\d\s.]+(?:,\d+)?)\s*(?:eur|€)"
)
_MONTHS: Final = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre"),
)
_DAY: Final = re.compile(r"(\d{1,2})(?:er)? ([a-z]+) (\d{4})")
_LONGEST_NATURE: Final = 160
_REPLACES: Final = frozenset(["rectificatif", "annulation"])
_RETRACTS: Final = "retractation"


class UnreadableNoticeError(ValueError):
    """A record has not what every notice has: its form changed."""


@dataclass(frozen=True)
class Party:
    """A company of a notice."""

    siren: str
    name: str | None
    """None of a natural person."""
    is_person: bool
    role: str = ""
    """Of a sale: buys or sells."""


@dataclass(frozen=True)
class Notice:
    """What a notice says; of a rectification or annulment, *replaces* is the notice it is of."""

    id: str
    kind: str
    published: str
    day: str
    tribunal: str | None
    department: str | None
    town: str | None
    url: str | None
    facts: list[str]
    parties: list[Party] = field(default_factory=list)
    replaces: str | None = None
    annuls: bool = False

    def packed(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def unpacked(cls, row: dict[str, Any]) -> Notice:
        """Undo :meth:`packed`."""
        return cls(**row | {"parties": [Party(**party) for party in row["parties"]]})


def read_notice(record: Mapping[str, Any]) -> Notice:
    """Return what a *record* says; raise :exc:`UnreadableNoticeError` where its form is another."""
    id_, published, family = (_text(record.get(n)) for n in ("id", "dateparution", "familleavis"))
    if not id_ or not family or _day(published) is None:
        raise UnreadableNoticeError(f"a notice without id, day or family: {id_ or '?'}")
    judgment, deed = _object(record.get("jugement")), _object(record.get("acte"))
    kind = _kind(family, judgment)
    told = fold(f"{_text(judgment.get('famille'))} {_text(judgment.get('nature'))}")
    return Notice(
        id=id_,
        kind=kind,
        published=published[:10],
        day=_happened(record, judgment, deed) or published[:10],
        tribunal=_text(record.get("tribunal")) or None,
        department=_text(record.get("numerodepartement")) or None,
        town=_text(record.get("ville")) or None,
        url=_address(record),
        facts=list(_facts(record, kind, judgment, deed)),
        parties=_parties(record, kind),
        replaces=_previous(record, told),
        annuls=_text(record.get("typeavis")) == "annulation" or _RETRACTS in told,
    )


def _kind(family: str, judgment: Mapping[str, Any]) -> str:
    terms = facts()["notices"]
    if family != "collective":
        return str(terms["families"].get(family, "other"))
    told = fold(f"{_text(judgment.get('famille'))} {_text(judgment.get('nature'))}")
    for each in terms["judgments"]:
        if any(words in told for words in each["has"]):
            return str(each["kind"])
    return "insolvency_other"


def _parties(record: Mapping[str, Any], kind: str) -> list[Party]:
    subjects = list(_persons(record.get("listepersonnes"), "buys" if kind == "sale" else ""))
    if kind == "sale":
        subjects += _persons(record.get("listeprecedentproprietaire"), "sells")
    if not subjects and kind != "sale":
        registers = record.get("registre") or ()
        numbers = registers.split(",") if isinstance(registers, str) else registers
        # Of whom no more is known than the number: as if it were a person's.
        sirens = dict.fromkeys(filter(is_siren, map(_digits, numbers)))
        subjects = [Party(siren, None, is_person=True) for siren in sirens]
    once = {party.siren: party for party in reversed(subjects)}
    return list(reversed(once.values()))


def _persons(packed: Any, role: str) -> Iterator[Party]:  # noqa: ANN401 - of JSON
    found = _object(packed).get("personne")
    for person in map(_object, found if isinstance(found, list) else [found]):
        register = _object(person.get("numeroImmatriculation"))
        trades = _object(person.get("inscriptionRM"))
        number = register.get("numeroIdentification") or trades.get("numeroIdentificationRM")
        siren = _digits(number)
        if is_siren(siren):
            name = _text(person.get("denomination"))
            is_person = person.get("typePersonne") == "pp" or not name
            yield Party(siren, None if is_person else name, is_person, role)


def _happened(
    record: Mapping[str, Any], judgment: Mapping[str, Any], deed: Mapping[str, Any]
) -> str | None:
    """Return the day of the judgment, of the deed's effect, or of the end of the business."""
    changes = _object(record.get("modificationsgenerales"))
    struck = _object(_object(record.get("radiationaurcs")).get("radiationPM"))
    told = (
        judgment.get("date"),
        deed.get("dateImmatriculation"),
        deed.get("dateCommencementActivite"),
        deed.get("dateEffet"),
        changes.get("dateEffet"),
        struck.get("dateCessationActivitePM"),
    )
    return next((day for each in told if (day := _day(_text(each))) is not None), None)


def _facts(
    record: Mapping[str, Any], kind: str, judgment: Mapping[str, Any], deed: Mapping[str, Any]
) -> Iterator[str]:
    if nature := _text(judgment.get("nature")):
        yield nature[:_LONGEST_NATURE]
    if ceased := _ceased(_text(judgment.get("complementJugement"))):
        yield f"payments ceased {ceased}"
    if kind == "sale":
        yield from _price(record, deed)
    if kind == "modification":
        yield from _changes(_text(_object(record.get("modificationsgenerales")).get("descriptif")))
    deposit = _object(record.get("depot"))
    if closed := _day(_text(deposit.get("dateCloture"))):
        yield f"accounts to {closed}"


def _ceased(text: str) -> str | None:
    told = fold(text)
    if found := _CEASED.search(told):
        return _written(*found.groups())
    if found := _CEASED_DIGITS.search(told):
        day, month, year = map(int, found.groups())
        return _valid(year, month, day)
    return None


def _price(record: Mapping[str, Any], deed: Mapping[str, Any]) -> Iterator[str]:
    """Yield the price that a sale names: of words that cannot be read as one sum, nothing."""
    places = _object(record.get("listeetablissements")).get("etablissement")
    origins = [_text(p.get("origineFonds")) for p in _objects(places)]
    sale = _text(_object(deed.get("vente")).get("descriptif"))
    told = fold(" ".join([*origins, _text(deed.get("descriptif")), sale]))
    sums = {plain for each in _PRICE.findall(told) if (plain := _sum(each)) is not None}
    if len(sums) == 1:
        yield f"price {sums.pop():.0f} EUR"


def _sum(written: str) -> float | None:
    plain = re.sub(r"\s", "", written).rstrip(".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def _changes(description: str) -> Iterator[str]:
    words = re.findall(r"[a-z]+", fold(description))
    for change, stems in facts()["notices"]["changes"].items():
        if any(word.startswith(stem) for stem in stems.split() for word in words):
            yield f"changes: {change.replace('_', ' ')}"


def _previous(record: Mapping[str, Any], told: str) -> str | None:
    """Return the id of the notice that this one rectifies, annuls or retracts."""
    if _text(record.get("typeavis")) not in _REPLACES and _RETRACTS not in told:
        return None
    before = _object(record.get("parutionavisprecedent"))
    letter = _text(before.get("nomPublication")).split()[-1:]
    issue, number = (_text(before.get(n)) for n in ("numeroParution", "numeroAnnonce"))
    return f"{letter[0]}{issue}{number}" if letter and issue and number else None


def _address(record: Mapping[str, Any]) -> str | None:
    url = _text(record.get("url_complete"))
    return url if url.startswith(("https://", "http://")) else None


def _object(packed: Any) -> dict[str, Any]:  # noqa: ANN401 - of JSON
    """Return the object that *packed* is, or that is packed in it as a string."""
    if isinstance(packed, str):
        try:
            packed = json.loads(packed)
        except ValueError:
            return {}
    return packed if isinstance(packed, dict) else {}


def _objects(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of JSON
    return [_object(each) for each in (found if isinstance(found, list) else [found])]


def _text(value: Any) -> str:  # noqa: ANN401 - of JSON
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _digits(value: Any) -> str:  # noqa: ANN401 - of JSON
    return re.sub(r"\D", "", _text(value))[:9]


def _day(written: str) -> str | None:
    """Return the day that is *written* as 2025-03-12 or « 12 mars 2025 », ISO."""
    try:
        return date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        found = _DAY.search(fold(written))
        return _written(*found.groups()) if found else None


def _written(day: str, month: str, year: str) -> str | None:
    return _valid(int(year), _MONTHS.index(month) + 1, int(day)) if month in _MONTHS else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
