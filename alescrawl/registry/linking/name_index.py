"""The companies of the compact file by their names: which ones a name may mean, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from alescrawl.entities.gazetteer.communes import gard_communes
from alescrawl.entities.gazetteer.words import key
from alescrawl.registry.company_names import company_key, loose_key, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SAME: Final = "name"
BRAND: Final = "brand"
SIGLE: Final = "sigle"
FORMER: Final = "former name"
NEAR: Final = "near name"
KINDS: Final = (SAME, BRAND, SIGLE, FORMER, NEAR)
"""How a name is a company's, the surest first."""
_MOST: Final = 60
"""Companies of one name beyond which it is nobody's."""
_LEAST_SQUEEZED: Final = 5


@dataclass(frozen=True)
class Candidate:
    """A company that a name may mean."""

    company: Mapping[str, Any]
    match: str
    """One of KINDS."""
    written: str
    """The name in the register that is meant."""
    commune: str = ""
    """INSEE code of the commune at the end of the name, which the register's name lacks."""


class NameIndex:
    """Companies by name. Rows are those of the compact file."""

    def __init__(self, companies: Iterable[dict[str, Any]]) -> None:
        self.by_siren: dict[str, dict[str, Any]] = {}
        self._exact: dict[str, list[tuple[str, str, str]]] = {}
        self._near: dict[str, list[tuple[str, str]]] = {}
        for company in companies:
            self._add(company)
        self._communes = {key(c.name): c.insee for c in gard_communes()}

    def _add(self, company: dict[str, Any]) -> None:
        siren = company["siren"]
        self.by_siren[siren] = company
        for match, written in _names(company):
            name = company_key(written)
            self._exact.setdefault(name, []).append((siren, match, written))
            joined = squeezed(written)
            if joined != name and len(joined) >= _LEAST_SQUEEZED:
                self._near.setdefault(joined, []).append((siren, written))
            loose = loose_key(written)
            if loose != name:
                self._near.setdefault(loose, []).append((siren, written))

    def candidates(self, writings: Iterable[str]) -> list[Candidate]:
        """Return the companies that an institution written so may mean, each in its surest way."""
        found: dict[str, Candidate] = {}
        for written in writings:
            for candidate in self._of(written):
                siren = candidate.company["siren"]
                known = found.get(siren)
                if known is None or KINDS.index(candidate.match) < KINDS.index(known.match):
                    found[siren] = candidate
        return list(found.values()) if len(found) <= _MOST else []

    def _of(self, written: str) -> Iterator[Candidate]:
        name = company_key(written)
        yield from self._named(name)
        for near in dict.fromkeys((loose_key(written), squeezed(written))):
            for siren, registered in self._near.get(near, ()):
                yield Candidate(self.by_siren[siren], NEAR, registered)
            for siren, _, registered in self._exact.get(near, ()) if near != name else ():
                yield Candidate(self.by_siren[siren], NEAR, registered)
        yield from self._with_commune(name)

    def _named(self, name: str) -> Iterator[Candidate]:
        for siren, match, registered in self._exact.get(name, ()):
            yield Candidate(self.by_siren[siren], match, registered)

    def _with_commune(self, name: str) -> Iterator[Candidate]:
        """Yield those of a name that a commune's follows: « Mécalzen Alès »."""
        words = name.split()
        for length in range(1, len(words)):
            insee = self._communes.get(" ".join(words[length:]))
            if insee:
                for found in self._named(" ".join(words[:length])):
                    yield Candidate(found.company, NEAR, found.written, insee)


def _names(company: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield SAME, company["name"]
    for brand in company["brands"]:
        yield BRAND, brand
    if company["sigle"]:
        yield SIGLE, company["sigle"]
    for former in company["former_names"]:
        yield FORMER, former["value"]
