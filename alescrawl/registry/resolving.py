"""`scrapy registry resolve`: institutions of the dataset become companies, or wait for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from alescrawl.dataset import schema, tables
from alescrawl.dataset.reading.linked import DECISION, LINKS_FILE
from alescrawl.dataset.reading.load import load_mentions
from alescrawl.dataset.storage.files import LocalStorage
from alescrawl.dataset.storage.parquet import read_rows, write_rows
from alescrawl.registry.companies import read_companies, registry_folder
from alescrawl.registry.linking.linker import Choice, Outcome, choices_of
from alescrawl.registry.linking.name_index import NameIndex
from alescrawl.registry.linking.named import COMPANY_KINDS, Named, named_institutions
from alescrawl.registry.linking.probability import model
from alescrawl.registry.online import known
from alescrawl.registry.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from alescrawl.dataset.folder import Folder
    from alescrawl.registry.decisions import Decision

EVIDENCE: Final = "evidence"
CANDIDATE: Final = "candidate"
COMPANIES_FILE: Final = f"{tables.COMPANIES}/companies.parquet"
CANDIDATES_FILE: Final = "candidates.parquet"
_MOST: Final = 5
"""Candidates that are kept for a person to decide."""


class Resolved(NamedTuple):
    """How many institutions became what."""

    institutions: int
    linked: int
    decided: int
    in_list: int
    """Those whose SIREN the gazetteer has."""
    candidates: int
    """Institutions with candidates of which none is sure enough."""
    unknown: int
    unlinked: list[str]
    """Names of the institutions of the last two, those of most articles first."""


class _Found(NamedTuple):
    """What a link says of its company."""

    siren: str | None
    company: str | None
    probability: float | None
    evidence: list[str]

    @classmethod
    def of(cls, choice: Choice) -> _Found:
        company = choice.company
        return cls(company["siren"], company["name"], choice.probability, choice.evidence)


@dataclass
class Resolution:
    """What is resolved, with all that is to be written of it."""

    index: NameIndex
    registry_date: date | None
    decisions: Mapping[str, Decision]
    threshold: float
    managers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    sirens: set[str] = field(default_factory=set)
    in_list: int = 0
    waiting: int = 0
    unknown: int = 0
    unlinked: list[tuple[int, str]] = field(default_factory=list)

    def add(self, named: Named) -> None:
        """Resolve one institution; what a person decided comes first."""
        decision = self.decisions.get(named.institution) or self.decisions.get(named.name)
        if decision is not None:
            self._decided(named, decision)
        elif named.siren:
            self.in_list += 1
            self.sirens.add(named.siren)
        else:
            self._weigh(choices_of(named, self.index, self.managers))

    def _decided(self, named: Named, decision: Decision) -> None:
        company = self.index.by_siren.get(decision.siren or "", {})
        evidence = [decision.note] if decision.note else []
        self._link(named, DECISION, _Found(decision.siren, company.get("name"), None, evidence))

    def _weigh(self, outcome: Outcome) -> None:
        best = outcome.linked(self.threshold)
        if best is not None:
            self._link(outcome.named, EVIDENCE, _Found.of(best))
            return
        self.unlinked.append((-outcome.named.articles, outcome.named.name))
        if outcome.choices:
            self.waiting += 1
            for choice in outcome.choices[:_MOST]:
                self.candidates.append(self._row(outcome.named, CANDIDATE, _Found.of(choice)))
        else:
            self.unknown += 1

    def _link(self, named: Named, origin: str, found: _Found) -> None:
        self.links.append(self._row(named, origin, found))
        if found.siren:
            self.sirens.add(found.siren)

    def _row(self, named: Named, origin: str, found: _Found) -> dict[str, Any]:
        own = {"institution": named.institution, "name": named.name, "origin": origin}
        return own | found._asdict() | {"registry_date": self.registry_date}

    def counts(self) -> Resolved:
        """Return what became of how many."""
        decided = sum(link["origin"] == DECISION for link in self.links)
        linked = len(self.links) - decided
        known = len(self.links) + self.in_list
        return Resolved(
            known + self.waiting + self.unknown,
            linked,
            decided,
            self.in_list,
            self.waiting,
            self.unknown,
            [name for _, name in sorted(self.unlinked)],
        )


def resolve(folder: Folder, decisions: Mapping[str, Decision]) -> Resolved:
    """Link the institutions of the dataset to the companies of the compact file.

    Those that the search was asked for come besides; what the file has of a company counts.
    Writes the tables of links and companies whole, and the candidates beside the ledger.
    """
    provenance, rows = read_companies(folder)
    with Store(folder) as store:
        asked = known(store)
    resolution = Resolution(
        NameIndex(_each_once(rows, asked.companies)),
        provenance.stock_date,
        decisions,
        model().threshold,
        asked.managers,
    )
    for _, named in sorted(named_institutions(folder.published).items()):
        resolution.add(named)
    _write(folder, resolution)
    return resolution.counts()


def _each_once(
    rows: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    known = set()
    for row in rows:
        known.add(row["siren"])
        yield row
    yield from (row for row in others if row["siren"] not in known)


def _write(folder: Folder, resolution: Resolution) -> None:
    links, companies = schema.OF_REGISTRY[tables.LINKS], schema.COMPANIES
    known = (resolution.index.by_siren.get(siren) for siren in sorted(resolution.sirens))
    with folder.publishing():
        write_rows(filter(None, known), companies, folder.published, COMPANIES_FILE)
        write_rows(resolution.links, links, folder.published, LINKS_FILE)
    beside = LocalStorage(registry_folder(folder))
    write_rows(resolution.candidates, links, beside, CANDIDATES_FILE)


def read_candidates(folder: Folder) -> list[dict[str, Any]]:
    """Return the candidates of the last resolution, those of one institution together."""
    return read_rows(LocalStorage(registry_folder(folder)), CANDIDATES_FILE)


def read_links(folder: Folder) -> list[dict[str, Any]]:
    """Return the links of the last resolution."""
    return read_rows(folder.published, LINKS_FILE)


def linked_sirens(output: str) -> set[str]:
    """Return the SIRENs of the companies that institutions are, by links or by the gazetteer."""
    mentions = load_mentions(output, columns=["kind", "subtype", "siren"])
    named = mentions[(mentions["kind"] == "institution") & mentions["siren"].notna()]
    return set(named.loc[named["subtype"].isin(COMPANY_KINDS), "siren"])
